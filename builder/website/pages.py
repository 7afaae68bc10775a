"""The pages of the site: Itembank → artifacts (Markdown with HTML in it, and pictures).

In: the linked bank, the rules and the schemas. Out: artifacts, as paths under the site's source. It knows
nothing of mkdocs, writes nothing and has no clock. What a learner sees is made from types without a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from posixpath import relpath
from typing import Any

import jinja2
import segno
from markupsafe import Markup

from builder.artifacts import Artifact
from builder.balance import balance
from builder.cells import coverage, coverage_cells, matrix_cells
from builder.diagnostics import Rule, Severity
from builder.model.cursist import learner_view
from builder.model.eindterm import Thema
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje, candidate_question
from builder.model.les import Les
from builder.model.lifecycle import APPROVED, is_public, unapproved_label
from builder.model.lijsten import ABSTRACTIENIVEAUS, TAALNIVEAUS, Begrip, Bronverwijzing
from builder.model.statistiek import administrations
from builder.model.usage import may_be_used
from builder.templating import environment, inert, markdown_html
from builder.website import (
    begrippen,
    bouwplan,
    bouwtekening,
    catalogus,
    downloads,
    handreiking,
    oefenen,
    zoeken,
)
from builder.website.woorden import Uitleg

PER_PAGE = 100
# What the families of rules are about, by the first signs of their codes.
FAMILIES = {
    "r": "Het bestand lezen",
    "s": "De velden",
    "l": "Verwijzingen",
    "c3": "Sleutel, status en toetsen",
    "c4": "Hoe een vraag is geschreven",
    "c5": "Taalwoorden, bronnen en gevoeligheid",
    "m": "Toetsmatrijs en samenstellen",
    "x": "Bestanden voor andere programma's",
    "i": "Vragen uit andere programma's",
    "v": "Bezoeken plannen",
    "a": "Antwoorden bekijken",
}
SEVERITIES = {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.ADVICE: "advies"}

PVT_TITLE = "Participatieverklaring"

# What authors look up most stands first on the page with fields.
_FIRST_FIELDS = ("item", "les", "toets", "toetsmatrijs")


@dataclass(frozen=True, slots=True)
class SiteInput:
    """All that the pages are made of. `preview` also shows what is still `concept`."""

    bank: Itembank
    rules: Sequence[Rule]
    schemas: Mapping[str, Mapping[str, Any]]
    templates: Path
    contact_mail: str = ""
    site_adres: str = ""
    obk: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False
    today: date | None = None
    downloads: Mapping[str, Sequence[Artifact]] = field(default_factory=dict)


class Pages:
    """The maker of pages: addresses, what is shown, and one method per kind of page."""

    def __init__(self, given: SiteInput) -> None:
        """Decide once what is shown."""
        self.given = given
        self.bank = given.bank
        self.items = {item.id: item for item in given.bank.items.values() if self._shown(item)}
        self.lessen = {les.id: les for les in given.bank.lessen.values() if self._shown(les)}
        self._bron_paths = {
            bron.id: "over/bronnen" + (f"-{place // PER_PAGE + 1}" if place >= PER_PAGE else "")
            for place, bron in enumerate(self._sources())
        } or {"": "over/bronnen"}
        self._delen = begrippen.parts(self.bank.begrippen.values(), self.bank.themas, PVT_TITLE)
        self._woord_paths = begrippen.places(self._delen)
        self.afnames = {
            name: found for name, found in administrations(given.bank).items() if name in self.items
        }
        self._environment = environment(
            given.templates,
            {
                "bank": self.bank,
                "items": self.items,
                "lessen": self.lessen,
                "contact_mail": given.contact_mail,
                "bron_path": self.source_page,
                "eindterm_path": eindterm_path,
                "item_path": item_path,
                "les_path": les_path,
                "usable": lambda item: may_be_used(self.bank, item, "oefenen"),
                "unapproved": lambda document: document.status not in APPROVED,
                "unapproved_label": unapproved_label,
            },
        )

    def _shown(self, document: Item | Les) -> bool:
        return is_public(document) and (self.given.preview or document.status != "concept")

    def source_page(self, bron_id: str) -> str:
        """Return the page, without ending, on which a bron stands."""
        return self._bron_paths.get(bron_id, "over/bronnen")

    def left_out(self) -> dict[str, int]:
        """Return how many documents are not on the site, by reason; secret ones are only counted."""
        everything: list[Item | Les] = [*self.bank.items.values(), *self.bank.lessen.values()]
        return dict(
            Counter(
                "geheim" if not is_public(document) else "concept"
                for document in everything
                if not self._shown(document)
            )
        )

    def artifacts(self) -> Iterator[Artifact]:
        """Yield every page and every picture that a page shows."""
        used: dict[str, bytes] = {}
        yield self._page("index", "index", aantal=coverage(self.bank))
        yield self._page("lessen/index", "lessen")
        for les in self.lessen.values():
            yield from self._lesson(les, used)
        yield self._page("eindtermen/index", "eindtermen", counts=self._counts())
        for thema in self.bank.themas:
            yield self._page(f"eindtermen/{thema.slug}", "thema", thema=thema, counts=self._counts())
            for handeling in thema.handelingen:
                for term in handeling.eindtermen:
                    yield self._page(
                        eindterm_path(term.nummer),
                        "eindterm",
                        term=term,
                        thema=thema,
                        handeling=handeling,
                        vragen=(mine := [item for item in self._alive() if item.eindterm == term.nummer]),
                        te_oefenen=any(may_be_used(self.bank, item, "oefenen") for item in mine),
                        bijbehorend=[
                            les
                            for les in self.lessen.values()
                            if term.nummer in les.eindtermen and les.status != "vervallen"
                        ],
                    )
        yield self._page("vragen/index", "vragen", alive=self._alive())
        for thema in self.bank.themas:
            yield from self._list(thema)
        for item in self.items.values():
            yield self._item(item, used)
        yield from self._rules()
        kinds = self._fields()
        yield self._page("auteurs/velden", "velden", kinds=kinds)
        for kind in kinds:
            yield self._page(f"auteurs/velden-{kind['name']}", "velden-soort", kind=kind)
        yield self._page("auteurs/dekking", "dekking", **self._coverage())
        yield self._page("auteurs/dekking-matrijzen", "dekking-matrijzen", matrijzen=matrix_cells(self.bank))
        yield self._page("auteurs/evenwicht", "evenwicht", telling=balance(self.items.values()))
        for number, path in enumerate(dict.fromkeys(self._bron_paths.values())):
            shown = self._sources()[number * PER_PAGE : (number + 1) * PER_PAGE]
            blad = {"sorted_bronnen": shown, "bladen": list(dict.fromkeys(self._bron_paths.values()))}
            yield self._page(path, "bronnen", **blad)
        yield from self._bouwplan()
        yield from self._glossary()
        yield self._page("over/nieuw", "nieuw", per_dag=self._by_day(), alive=self._alive())
        yield from self._finding(used)
        lessen = [les for les in self.lessen.values() if les.status != "vervallen"]
        usable = oefenen.practice_items(self.bank, self._alive())
        yield from handreiking.artifacts(self.bank, lessen, usable, self._page, self.given.today)
        for path, data in sorted(used.items()):
            yield Artifact(path, data)

    def _finding(self, used: dict[str, bytes]) -> Iterator[Artifact]:
        """Yield search, basket and practice: their pages and the data that the pages load."""
        address = {les.id: f"{les_path(les)}/index.html" for les in self.lessen.values()}
        address |= {item.id: f"{item_path(item.id)}.html" for item in self.items.values()}
        usable = oefenen.practice_items(self.bank, self._alive())
        lessen = [les for les in self.lessen.values() if les.status != "vervallen"]
        records = [self._record(les) for les in lessen]
        yield Artifact("catalogus.json", catalogus.catalogue(records, len(self._alive())))
        for known in records:
            folder = known.adres.rpartition("/")[0]
            yield Artifact(f"{folder}/{known.id}-nllom.xml", catalogus.nl_lom(known, self.given.obk))
        found = zoeken.rows(self.bank, lessen, usable, address)
        yield self._page("zoeken/index", "zoeken")
        yield Artifact("data/zoeken.js", oefenen.script("KNM_ZOEKEN", zoeken.data(self.bank, found)))
        yield self._page("mandje", "mandje")
        label = unapproved_label(usable) if usable else ""
        yield self._page("oefenen/index", "oefenen", keuze=oefenen.KEUZE, label=label)
        yield from oefenen.artifacts(self.bank, usable, lessen, address)
        for picture in oefenen.pictures(self.bank, usable):
            _use(picture, used)

    def _bouwplan(self) -> Iterator[Artifact]:
        """Yield the page on how the program is put together, drawn from its own source."""
        house = bouwplan.read_house()
        yield self._page(
            "over/bouwplan",
            "bouwplan",
            verdiepingen=Markup(bouwtekening.floors_svg(house)),
            gebruik=Markup(bouwtekening.uses_svg(house)),
            kinds=FAMILIES,
            severities=SEVERITIES,
            **bouwplan.context(house, self.given.rules, self.given.schemas),
        )

    def _glossary(self) -> Iterator[Artifact]:
        """Yield the list of all words, their explanations part by part, and tables and cards to print."""
        delen = self._delen
        yield self._page("over/begrippen", "begrippen", delen=delen, letters=list(begrippen.by_letter(delen)))
        yield self._page("over/woordkaarten", "woordkaarten", delen=delen, talen=begrippen.TALEN)
        for deel in delen:
            yield self._page(deel.pad, "begrippen-deel", deel=deel, delen=delen)
            yield self._page(deel.tabel, "woordkaarten-tabel", deel=deel, talen=begrippen.TALEN)
            yield self._page(deel.kaartjes, "woordkaarten-kaartjes", deel=deel)

    def _list(self, thema: Thema) -> Iterator[Artifact]:
        """Yield the list of the questions of a thema, a hundred to a page."""
        mine = [item for item in self._alive() if item.thema == thema.slug]
        pages = [mine[start : start + PER_PAGE] for start in range(0, len(mine), PER_PAGE)] or [[]]
        paths = [
            f"vragen/{thema.slug}/{'index' if not number else f'lijst-{number + 1}'}"
            for number in range(len(pages))
        ]
        for number, (path, shown) in enumerate(zip(paths, pages, strict=True)):
            yield self._page(
                path,
                "vragen-thema",
                thema=thema,
                vragen=shown,
                aantal=len(mine),
                eerste=number * PER_PAGE + 1,
                bladen=paths,
                te_oefenen=any(may_be_used(self.bank, item, "oefenen") for item in mine),
            )

    def _by_day(self) -> list[tuple[str, list[Les]]]:
        """Return the lessons by the day of their last change, newest first."""
        days = sorted({les.bijgewerkt_op for les in self.lessen.values()}, reverse=True)
        return [(day, [les for les in self.lessen.values() if les.bijgewerkt_op == day]) for day in days]

    def page_of(self, document: Item | Les) -> dict[str, bytes]:
        """Return the pages of one item or les with their pictures, by path: for a preview while writing."""
        used: dict[str, bytes] = {}
        made = [self._item(document, used)] if isinstance(document, Item) else self._lesson(document, used)
        return {artifact.path: artifact.content for artifact in made} | used

    def _alive(self) -> list[Item]:
        return [item for item in self.items.values() if item.status != "vervallen"]

    def _counts(self) -> dict[str, tuple[int, int]]:
        """Return the number of lessons and of items per eindterm."""
        vragen = Counter(item.eindterm for item in self._alive())
        lessen = Counter(nummer for les in self.lessen.values() for nummer in les.eindtermen)
        return {nummer: (lessen[nummer], vragen[nummer]) for nummer in self.bank.eindterm_nummers()}

    def _coverage(self) -> dict[str, Any]:
        """Return the table of what is there, in rows of eindtermen, and what the matrices lack."""
        columns = [(taal, abstractie) for taal in TAALNIVEAUS for abstractie in ABSTRACTIENIVEAUS]
        cells = coverage_cells(self.bank)
        rows = [cells[start : start + len(columns)] for start in range(0, len(cells), len(columns))]
        return {"columns": columns, "rows": rows, "afnames": self.afnames}

    def _rules(self) -> Iterator[Artifact]:
        """Yield the list of all rules, and a page for each family of them: C4 is how an item is written."""
        families: dict[str, list[Rule]] = {}
        for rule in self.given.rules:
            families.setdefault(rule.code[:2].lower(), []).append(rule)
        yield self._page("auteurs/regels", "regels", families=families, severities=SEVERITIES, kinds=FAMILIES)
        for name, rules in families.items():
            kind = FAMILIES.get(name, FAMILIES.get(name[0], "Regels"))
            yield self._page(
                f"auteurs/regels-{name}", "regels-soort", rules=rules, kind=kind, severities=SEVERITIES
            )

    def _page(self, path: str, template: str, **context: Any) -> Artifact:
        folder = path.rpartition("/")[0]

        def link(target: str) -> str:
            """Return the address of a page or picture as seen from this page."""
            return relpath(target, folder or ".")

        def cite(bron_id: str) -> Markup:
            bron = self.bank.bronnen.get(bron_id)
            if bron is None:
                return Markup("")
            return Markup('<span class="knm-bron"> <a class="bron" href="{}">[bron]</a></span>').format(
                inert(link(f"{self._bron_paths[bron_id]}.html") + f"#{bron_id}")
            )

        def explained(begrip: Begrip) -> str:
            return link(f"{self._woord_paths[begrip.id]}.html") + f"#{begrip.id}"

        uitleg = Uitleg(self.bank.begrippen.values(), explained)

        def rendered(text: str) -> Markup:
            return uitleg.in_html(markdown_html(text, cite))

        try:
            text = self._environment.get_template(f"{template}.md.j2").render(
                context | {"link": link, "md": rendered, "here": path}
            )
        except jinja2.TemplateError as error:
            raise RuntimeError(f"site/templates/{template}.md.j2: {error}") from error
        return Artifact(f"{path}.md", text.encode("utf-8"))

    def _item(self, item: Item, used: dict[str, bytes]) -> Artifact:
        vraag = candidate_question(self.bank, item, 1)
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties)):
            _use(picture, used)
        return self._page(
            item_path(item.id),
            "item",
            item=item,
            vraag=vraag,
            thema=self.bank.thema(item.thema),
            term=self.bank.eindterm(item.eindterm),
            bronnen=self._cited(item.bronnen),
            afnames=self.afnames.get(item.id, ()),
        )

    def _lesson(self, les: Les, used: dict[str, bytes]) -> Iterator[Artifact]:
        bladen = learner_view(self.bank, les).bladen
        for blad in bladen:
            for deel in blad.delen:
                _use(deel.afbeelding, used)
        files = self.given.downloads.get(les.id, ())
        yield from downloads.placed(les_path(les), files)
        vragen = [
            candidate_question(self.bank, self.items[name], nummer)
            for nummer, name in enumerate(
                [
                    n
                    for n in les.controlevragen
                    if n in self.items and may_be_used(self.bank, self.items[n], "oefenen")
                ],
                1,
            )
        ]
        for vraag in vragen:
            for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties)):
                _use(picture, used)
        series = [
            (self.bank.reeksen[place.id], place.les, self._neighbours(place.id, place.les))
            for place in les.reeks
            if place.id in self.bank.reeksen
        ]
        code = ""
        if self.given.site_adres:  # without an address there is nothing to point at
            code = f"{les_path(les)}/cursist-qr.svg"
            yield Artifact(code, qr_code(f"{self.given.site_adres.rstrip('/')}/{les_path(les)}/cursist.html"))
        yield self._page(
            f"{les_path(les)}/index",
            "les",
            les=les,
            thema_titel=self._thema_title(les.thema),
            vragen=vragen,
            bladen=bladen,
            series=series,
            bronnen=self._cited(les.bronnen),
            bronnen_per_deel=[
                (f"Werkblad {handout.taalniveau}", deel.kop, deel.bronnen, deel.verzonnen)
                for handout in les.handouts
                for deel in handout.delen
                if deel.bronnen or deel.verzonnen
            ],
            qr=code,
            json_ld=Markup(catalogus.json_ld(self._record(les)).replace("\\", "\\\\").replace('"', '\\"')),
            bestanden=downloads.listed(les, les_path(les), files),
            groepen=downloads.GROEPEN,
        )
        yield self._page(f"{les_path(les)}/cursist", "cursist", les=_LesForLearner.of(les), bladen=bladen)

    def _record(self, les: Les) -> catalogus.Leerobject:
        return catalogus.record(self.bank, les, f"{les_path(les)}/index.html", self.given.site_adres)

    def _neighbours(self, reeks: str, number: int) -> tuple[Les | None, Les | None]:
        def at(wanted: int) -> Les | None:
            return next(
                (
                    les
                    for les in self.lessen.values()
                    if any(place.id == reeks and place.les == wanted for place in les.reeks)
                ),
                None,
            )

        return at(number - 1), at(number + 1)

    def _thema_title(self, slug: str) -> str:
        return next((thema.titel for thema in self.bank.themas if thema.slug == slug), PVT_TITLE)

    def _cited(self, references: Sequence[Bronverwijzing]) -> list[tuple[Any, str]]:
        return [
            (self.bank.bronnen[reference.id], reference.plaats)
            for reference in references
            if reference.id in self.bank.bronnen
        ]

    def _sources(self) -> list[Any]:
        return sorted(self.bank.bronnen.values(), key=lambda bron: (bron.titel.casefold(), bron.id))

    def _fields(self) -> list[dict[str, Any]]:
        """Return the fields of every kind of document, as its schema describes them."""
        shared = self.given.schemas["lijsten"]["$defs"]
        names = dict.fromkeys([*_FIRST_FIELDS, *self.given.schemas])
        return [
            {
                "name": name,
                "title": schema["title"],
                "description": schema["description"],
                "rows": list(_rows(schema, shared, "")),
            }
            for name in names
            if name != "lijsten" and (schema := self.given.schemas.get(name))
        ]


@dataclass(frozen=True, slots=True)
class _LesForLearner:
    """What the learner page needs to know of a les."""

    titel: str
    inhoudswaarschuwing: str
    status: str

    @staticmethod
    def of(les: Les) -> _LesForLearner:
        """Take only what a learner may see."""
        return _LesForLearner(les.titel, les.inhoudswaarschuwing, les.status)


def _rows(schema: Mapping[str, Any], shared: Mapping[str, Any], prefix: str) -> Iterator[dict[str, Any]]:
    required = set(schema.get("required", ()))
    for name, found in schema.get("properties", {}).items():
        target = shared.get(found.get("$ref", "").rpartition("/")[2], {})
        merged = {**target, **found}
        values = merged.get("enum") or ([merged["const"]] if "const" in merged else [])
        entries = merged.get("items", {})
        entries = {**shared.get(entries.get("$ref", "").rpartition("/")[2], {}), **entries}
        if not values:
            values = entries.get("enum", [])
        yield {
            "field": f"{prefix}{name}",
            "title": merged.get("title", name),
            "description": merged.get("description", ""),
            "required": name in required,
            "values": [str(value) for value in values],
        }
        inside = merged if merged.get("type") == "object" else entries
        if inside.get("properties"):
            yield from _rows(inside, shared, f"{prefix}{name} › ")


def qr_code(text: str) -> bytes:
    """Return a QR code as SVG: dark on white, with the quiet border that a camera needs."""
    buffer = BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer,
        kind="svg",
        scale=6,
        border=4,
        dark="#1d2833",
        light="#ffffff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return buffer.getvalue()


def _use(picture: Plaatje | None, used: dict[str, bytes]) -> None:
    if picture is not None:
        used[picture.path] = picture.data


def eindterm_path(nummer: str) -> str:
    """Return the page of an eindterm, without ending: 5.1.2 → eindtermen/5-1-2."""
    return f"eindtermen/{nummer.replace('.', '-')}"


def item_path(item_id: str) -> str:
    """Return the page of an item, without ending."""
    return f"vragen/{item_id.rpartition('-')[0]}/{item_id}"


def les_path(les: Les) -> str:
    """Return the folder of a les; it has one address for ever."""
    return f"lessen/{les.thema}/{les.id}"
