"""Well-formed documents → the typed Itembank: names find each other, pictures are there.

In: documents that validated, and the picture files. Out: an `Itembank` and findings L201-L221. A document
with an error here is left out and its id remembered in `bank.broken`, so that one typo is not reported
as many unknown references. Linking opens no file and judges no content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

import cattrs

from builder import pictures as picture_rules
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.loading.document import FOLDERS, LISTS, Document, PageFile, PictureFile
from builder.loading.validate import meant
from builder.model.eindterm import Eindterm, Eindtermen, Thema
from builder.model.item import Item
from builder.model.itembank import Itembank, Picture, Source
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.lijsten import Begrip, Bron, Domeinwoorden, Kernwaarde, Reeks, Wegwijs
from builder.model.locatie import Locatie
from builder.model.moment import LastigMoment
from builder.model.pagina import Pagina
from builder.model.statistiek import Statistiek
from builder.model.toets import Toets, Toetsmatrijs

ERR = Severity.ERROR
L201 = Rule(
    "L201",
    "id-is-niet-de-bestandsnaam",
    ERR,
    "Aan de bestandsnaam vind je een vraag terug. Daarom is het nummer gelijk aan de naam van het bestand.",
    "wonen-014.yaml met id: wonen-041",
    "wonen-014.yaml met id: wonen-014",
)
L202 = Rule(
    "L202",
    "dubbele-naam",
    ERR,
    "Een nummer of naam hoort bij één ding. Anders weet niemand welke bedoeld is.",
    "Twee bestanden met id: wonen-014",
    "wonen-014 en wonen-015",
)
L203 = Rule(
    "L203",
    "onbekende-eindterm",
    ERR,
    "Elke vraag en elke les hoort bij een officiële eindterm. Dit nummer staat niet in de lijst.",
    "eindterm: 3.1.12",
    "eindterm: 3.1.2",
)
L204 = Rule(
    "L204",
    "onbekende-indicator",
    ERR,
    "De indicator hoort bij de eindterm van dezelfde vraag.",
    "eindterm: 5.1.2\nindicator: 5.1.2-z",
    "eindterm: 5.1.2\nindicator: 5.1.2-a",
)
L205 = Rule(
    "L205",
    "onbekende-bron",
    ERR,
    "Een bron staat eerst in content/bronnen.yaml. Dan kan een lezer haar terugvinden.",
    "bronnen:\n  - id: van-horen-zeggen",
    "bronnen:\n  - id: regeling-inburgering-2021",
)
L206 = Rule(
    "L206",
    "onbekende-vraag",
    ERR,
    "Er wordt naar een vraag verwezen die er niet is.",
    "controlevragen:\n  - wonen-999",
    "controlevragen:\n  - wonen-014",
)
L207 = Rule(
    "L207",
    "plaatje-ontbreekt",
    ERR,
    "Het plaatje ligt naast het bestand waarin het genoemd wordt.",
    "bestand: huis.svg (maar het bestand is er niet)",
    "bestand: wonen-014.svg, in dezelfde map als wonen-014.yaml",
)
L208 = Rule(
    "L208",
    "plaatje-buiten-de-map",
    ERR,
    "Een plaatje van buiten de map kan iets naar buiten brengen wat daar niet hoort.",
    "bestand: ../../geheim.png",
    "bestand: wonen-014.png",
)
L209 = Rule(
    "L209",
    "plaatje-past-niet",
    ERR,
    "Een plaatje moet overal veilig en goed te zien zijn: op papier, op een telefoon, in het donker.",
    "Een SVG met een script, met losse letters of zonder achtergrond.",
    "Een SVG met alleen vormen, op een eigen achtergrond.",
)
L210 = Rule(
    "L210",
    "verkeerde-map",
    ERR,
    "Vragen en lessen staan in de map van hun thema. Zo vind je ze terug.",
    "items/wonen/werk-003.yaml",
    "items/werk/werk-003.yaml",
)
L211 = Rule(
    "L211",
    "onbekende-les",
    ERR,
    "Er wordt naar een les verwezen die er niet is.",
    "les: holocaust-les-99",
    "les: holocaust-een-mens-en-een-plaats",
)
L212 = Rule(
    "L212",
    "plaats-in-de-reeks",
    ERR,
    "Een reeks staat in content/reeksen.yaml, en op elke plaats van een reeks staat één les.",
    "reeks:\n  - id: onbekende-reeks\n    les: 1",
    "reeks:\n  - id: holocaust-in-drie\n    les: 1",
)
L213 = Rule(
    "L213",
    "onbekende-matrijs",
    ERR,
    "De toets noemt een toetsmatrijs die er niet is.",
    "matrijs: bestaat-niet",
    "matrijs: oefentoets-20",
)
L214 = Rule(
    "L214",
    "volgorde-past-niet",
    ERR,
    "De volgorde van de opties noemt elke optie van de vraag één keer. Een variant heeft dezelfde vragen.",
    "opties: [1, 2] bij een vraag met drie opties",
    "opties: [2, 1, 3]",
)
L215 = Rule(
    "L215",
    "onbekend-thema",
    ERR,
    "De acht thema's staan in content/eindtermen.yaml.",
    "thema: huizen",
    "thema: wonen",
)
L216 = Rule(
    "L216",
    "set-met-verschillende-context",
    ERR,
    "Vragen in één set horen bij dezelfde tekst. Die tekst moet dan ook gelijk zijn.",
    "Twee vragen met set: huurbrief en een andere context.",
    "Twee vragen met set: huurbrief en dezelfde context.",
)
L217 = Rule(
    "L217",
    "plaatje-niet-gebruikt",
    Severity.ADVICE,
    "Dit plaatje wordt nergens genoemd. Misschien is het vergeten, of mag het weg.",
    "wonen-014-oud.svg, dat in geen bestand staat",
    "wonen-014.svg, genoemd bij wonen-014",
)
L218 = Rule(
    "L218",
    "nummer-past-niet-in-de-lijst",
    ERR,
    "Een eindterm staat onder de handeling en het thema waarvan het nummer komt.",
    "Eindterm 5.1.2 onder handeling 5.2",
    "Eindterm 5.1.2 onder handeling 5.1",
)
L219 = Rule(
    "L219",
    "lijst-ontbreekt",
    ERR,
    "Elke vraag verwijst naar een eindterm en naar een bron. Zonder die twee lijsten is niets na te kijken.",
    "Een bank zonder content/bronnen.yaml.",
    "Een bank met content/eindtermen.yaml en content/bronnen.yaml.",
)
L220 = Rule(
    "L220",
    "onbekend-lesmateriaal",
    ERR,
    "Bij een plek hoort materiaal dat in de inventaris staat. Dit staat er niet in.",
    "lesmateriaal:\n  - bestaat-niet",
    "lesmateriaal:\n  - een-naam-en-een-gezicht",
)
L221 = Rule(
    "L221",
    "onbekend-moment",
    ERR,
    "Er wordt verwezen naar een lastig moment dat er niet is.",
    "lees_meer:\n  - tekst: Ook dit\n    moment: bestaat-niet",
    "lees_meer:\n  - tekst: Ook dit\n    moment: ontkenning",
)
RULES = (
    L201, L202, L203, L204, L205, L206, L207, L208, L209, L210, L211, L212, L213, L214, L215, L216, L217, L218,
    L219, L220, L221,
)  # fmt: skip

_CONVERTER = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
_TYPES: dict[str, type[Any]] = {
    "eindtermen": Eindtermen,
    "item": Item,
    "les": Les,
    "toetsmatrijs": Toetsmatrijs,
    "toets": Toets,
    "lesmateriaal": Lesmateriaal,
    "locatie": Locatie,
    "lastig-moment": LastigMoment,
    "statistiek": Statistiek,
}
_LIST_TYPES: dict[str, tuple[str, type[Any]]] = {
    "bronnen": ("bronnen", Bron),
    "begrippen": ("begrippen", Begrip),
    "domeinwoorden": ("themas", Domeinwoorden),
    "reeksen": ("reeksen", Reeks),
    "wegwijzer": ("wegwijzer", Wegwijs),
    "kernwaarden": ("kernwaarden", Kernwaarde),
}
PVT = "pvt"
T = TypeVar("T")


@dataclass(slots=True)
class _State:
    """What linking gathers; local to one call of `link`."""

    pictures: Mapping[str, PictureFile]
    broken: set[str]
    closed: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    checked: dict[str, Picture] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def report(
        self, rule: Rule, name: str, path: tuple[str | int, ...], message: str, hint: str = ""
    ) -> None:
        """Add a finding at a place in the document called `name`; an error puts the document aside."""
        self.found.append(Diagnostic(rule, self.documents[name].locate(*path), message, hint))
        if rule.severity is Severity.ERROR:
            self.broken.add(name)

    def knows(self, kind: str, name: str) -> bool:
        """Tell whether a name exists, or may exist: in a broken document, or in a folder that stayed closed."""
        if name in self.objects[kind] or name in self.broken:
            return True
        return self.is_closed(_home(kind, name)) or (
            kind == "les" and any(folder.startswith("content/lessen/") for folder in self.closed)
        )

    def is_closed(self, folder: str) -> bool:
        """Tell whether a folder, or one around it, could not be read."""
        return any(folder.startswith(closed) for closed in self.closed)


def _home(kind: str, name: str) -> str:
    """Return the folder in which the document `name` of this kind belongs."""
    if kind == "item":
        return f"items/{name.rpartition('-')[0]}/"
    folders = {"les": "lessen", **{found: folder for folder, found in FOLDERS.items()}}
    return f"content/{folders[kind]}/" if kind in folders else "content/"


def link(
    documents: Iterable[Document],
    pictures: Mapping[str, PictureFile],
    broken: Iterable[str],
    closed: Iterable[str] = (),
    pages: Sequence[PageFile] = (),
) -> tuple[Itembank, list[Diagnostic]]:
    """Return the bank and the findings.

    `broken` are the names of documents that fell out earlier, `closed` the folders that could not be read.
    """
    state = _State(pictures, set(broken), tuple(closed))
    for document in sorted(documents, key=_is_misnamed):  # who has the right name comes first
        _identify(state, document)
    _fixed_lists(state)
    eindtermen = state.objects["eindtermen"].get("eindtermen")
    all_themas, all_terms = _eindterm_tables(state, eindtermen)
    # With a mistake in the list itself, what refers to it is not judged: one finding, not one for each reference.
    themas, terms = ({}, {}) if "eindtermen" in state.broken else (all_themas, all_terms)
    for item in list(state.objects["item"].values()):
        _link_item(state, item, themas, terms)
    _sets(state)
    for les in list(state.objects["les"].values()):
        _link_les(state, les, themas, terms)
    _reeksen(state)
    for matrijs in state.objects["toetsmatrijs"].values():
        _link_matrijs(state, matrijs, themas, terms)
    for toets in list(state.objects["toets"].values()):
        _link_toets(state, toets)
    _link_handreiking(state, terms)
    for statistiek in list(state.objects["statistiek"].values()):
        _link_statistiek(state, statistiek)
    for kind in ("begrippen", "wegwijzer", "kernwaarden"):
        _bron_references(state, kind, list(state.objects[kind].values()))
    _themas_of_words(state, themas)
    if eindtermen and "bronnen" not in state.broken and eindtermen.bron not in state.objects["bronnen"]:
        _unknown_bron(state, "eindtermen", ("bron",), eindtermen.bron)
    _unused_pictures(state)

    def good(kind: str) -> dict[str, Any]:
        return {
            name: value for name, value in sorted(state.objects[kind].items()) if name not in state.broken
        }

    paginas = {page.front.path: _pagina(page) for page in pages}
    state.documents.update((page.front.path, page.front) for page in pages)
    held_back = set(LISTS) & state.broken
    bank = Itembank(
        eindtermen=eindtermen,
        bronnen=state.objects["bronnen"],
        begrippen=state.objects["begrippen"],
        domeinwoorden={name: value.woorden for name, value in state.objects["domeinwoorden"].items()},
        reeksen=state.objects["reeksen"],
        items=good("item"),
        lessen=good("les"),
        matrijzen=good("toetsmatrijs"),
        toetsen=good("toets"),
        statistieken=good("statistiek"),
        pictures=state.checked,
        broken=frozenset(state.broken | held_back),
        locations={name: Source(doc.path, doc.positions) for name, doc in state.documents.items()},
        _themas=all_themas,
        _eindtermen=all_terms,
        paginas=paginas,
        lesmateriaal=good("lesmateriaal"),
        locaties=good("locatie"),
        momenten=good("lastig-moment"),
        wegwijzer=state.objects["wegwijzer"],
        kernwaarden=state.objects["kernwaarden"],
    )
    return bank, state.found


def _pagina(page: PageFile) -> Pagina:
    """Return the typed page. Other fields of its front matter belong to mkdocs; wrong ones are for the checks."""
    data = page.front.data
    bronnen = data.get("bronnen") or []
    return Pagina(
        pad=page.front.path,
        tekst=page.text,
        regel=page.line,
        titel=str(data.get("title") or ""),
        taalniveau=str(data.get("taalniveau") or ""),
        bronnen=tuple(str(name) for name in (bronnen if isinstance(bronnen, list) else [bronnen])),
    )


def _is_misnamed(document: Document) -> bool:
    return "id" in document.data and document.data["id"] != _stem(document)


def _stem(document: Document) -> str:
    return document.path.rpartition("/")[2].removesuffix(".yaml")


def _identify(state: _State, document: Document) -> None:
    if document.kind in _LIST_TYPES:
        state.documents[document.kind] = document
        key, type_ = _LIST_TYPES[document.kind]
        for index, data in enumerate(document.data[key]):
            value = _CONVERTER.structure(data, type_)
            name = data["thema"] if document.kind == "domeinwoorden" else data["id"]
            if name in state.objects[document.kind]:
                state.report(
                    L202, document.kind, (key, index), f'"{name}" staat er twee keer in.', "Haal er één weg."
                )
            else:
                state.objects[document.kind][name] = value
        return
    value = _CONVERTER.structure(document.data, _TYPES[document.kind])
    if document.kind == "eindtermen":
        state.documents["eindtermen"] = document
        state.objects["eindtermen"]["eindtermen"] = value
        return
    own: str = document.data["id"]
    stem = _stem(document)
    first = state.documents.get(own)
    if first is not None:
        state.found.append(
            Diagnostic(
                L202,
                document.locate("id"),
                f"{own} bestaat al, in {first.path}.",
                "Geef dit bestand een ander, nieuw nummer of een andere naam.",
            )
        )
        state.broken.add(stem)
        return
    state.documents[own] = document
    state.objects[document.kind][own] = value
    if stem != own:
        state.report(
            L201,
            own,
            ("id",),
            f"Het bestand heet {stem}.yaml, maar het id is {own}.",
            "Maak ze gelijk: verander het id of de naam van het bestand.",
        )
        state.broken.add(stem)


def _fixed_lists(state: _State) -> None:
    """One finding for a list that is not there, instead of one for each reference to it."""
    for name, what in (("eindtermen", "de eindtermen"), ("bronnen", "de bronnen")):
        if name in state.documents or name in state.broken:
            continue
        if not state.is_closed("content/"):
            state.found.append(
                Diagnostic(
                    L219,
                    Location(f"content/{name}.yaml"),
                    f"Het bestand met {what} is er niet. Verwijzingen ernaar zijn nu niet gecontroleerd.",
                    f"Zet content/{name}.yaml terug op zijn plaats.",
                )
            )
        state.broken.add(name)


def _eindterm_tables(
    state: _State, eindtermen: Eindtermen | None
) -> tuple[dict[str, Thema], dict[str, Eindterm]]:
    themas: dict[str, Thema] = {}
    terms: dict[str, Eindterm] = {}
    for t, thema in enumerate(eindtermen.themas if eindtermen else ()):
        here: tuple[str | int, ...] = ("themas", t)
        if thema.slug in themas:
            state.report(
                L202,
                "eindtermen",
                (*here, "slug"),
                f'Thema "{thema.slug}" staat er twee keer in.',
                "Haal er één weg.",
            )
        themas[thema.slug] = thema
        for h, handeling in enumerate(thema.handelingen):
            at = (*here, "handelingen", h)
            if handeling.nummer.partition(".")[0] != thema.nummer:
                _misnumbered(state, (*at, "nummer"), f"Handeling {handeling.nummer}", f"thema {thema.nummer}")
            for e, term in enumerate(handeling.eindtermen):
                place = (*at, "eindtermen", e)
                if handeling.nummer.partition(".")[0] != thema.nummer:
                    pass  # the number of the handeling itself is wrong, which has been said
                elif term.nummer.rpartition(".")[0] != handeling.nummer:
                    _misnumbered(
                        state, (*place, "nummer"), f"Eindterm {term.nummer}", f"handeling {handeling.nummer}"
                    )
                if term.nummer in terms:
                    state.report(
                        L202,
                        "eindtermen",
                        (*place, "nummer"),
                        f"Eindterm {term.nummer} staat er twee keer in.",
                        "Haal er één weg, of verbeter het nummer.",
                    )
                terms[term.nummer] = term
                for i, indicator in enumerate(term.indicatoren):
                    if indicator.code != f"{term.nummer}-{'abcdefghijklmnopqrstuvwxyz'[i]}":
                        _misnumbered(
                            state,
                            (*place, "indicatoren", i, "code"),
                            f"Indicator {indicator.code}",
                            f"plaats {i + 1} van eindterm {term.nummer}",
                        )
    return themas, terms


def _misnumbered(state: _State, path: tuple[str | int, ...], what: str, where: str) -> None:
    state.report(
        L218, "eindtermen", path, f"{what} staat onder {where}. Dat past niet.", "Verbeter het nummer."
    )


def _link_item(state: _State, item: Item, themas: dict[str, Thema], terms: dict[str, Eindterm]) -> None:
    name = item.id
    folder = state.documents[name].path.split("/")[1]
    if item.thema != folder:
        state.report(
            L210,
            name,
            ("id",),
            f"{name} hoort bij {item.thema}, maar staat in de map items/{folder}.",
            f"Zet het bestand in items/{item.thema}, of kies een nummer dat begint met {folder}-.",
        )
    elif terms and item.eindterm in terms:
        thema = next((t for t in themas.values() if t.nummer == item.eindterm.partition(".")[0]), None)
        if thema is not None and thema.slug != item.thema:
            state.report(
                L210,
                name,
                ("eindterm",),
                f"Eindterm {item.eindterm} hoort bij het thema {thema.slug}, maar {name} staat bij {item.thema}.",
                f"Kies een eindterm van {item.thema}, of maak de vraag opnieuw met `knm new item` bij {thema.slug}.",
            )
    _eindterm(state, name, ("eindterm",), item.eindterm, terms)
    if item.indicator and item.eindterm in terms:
        codes = [indicator.code for indicator in terms[item.eindterm].indicatoren]
        if item.indicator not in codes:
            hint = (
                meant(item.indicator, codes, "Kies")
                if codes
                else f"Eindterm {item.eindterm} heeft geen indicatoren. Haal het veld weg."
            )
            state.report(
                L204,
                name,
                ("indicator",),
                f"Indicator {item.indicator} hoort niet bij eindterm {item.eindterm}.",
                hint,
            )
    _bron_list(state, name, item.bronnen)
    if item.afbeelding:
        _picture(state, name, item.afbeelding.bestand, ("afbeelding", "bestand"))
    for index, optie in enumerate(item.opties):
        if optie.afbeelding:
            _picture(state, name, optie.afbeelding.bestand, ("opties", index, "afbeelding", "bestand"))
    others: list[tuple[tuple[str | int, ...], str]] = [
        (("vijanden", index), other) for index, other in enumerate(item.vijanden)
    ]
    if item.variant_van:
        others.append((("variant_van",), item.variant_van))
    if item.vervangen_door:
        others.append((("vervangen_door",), item.vervangen_door))
    for path, other in others:
        _item_reference(state, name, path, other)


def _eindterm(
    state: _State, name: str, path: tuple[str | int, ...], nummer: str, terms: dict[str, Eindterm]
) -> None:
    if nummer in terms or "eindtermen" in state.broken:
        return
    state.report(
        L203,
        name,
        path,
        f"Eindterm {nummer} bestaat niet.",
        meant(nummer, sorted(terms), "Kies") or "Kijk in content/eindtermen.yaml welke er zijn.",
    )


def _bron_list(state: _State, name: str, bronnen: Iterable[Any], *path: str | int) -> None:
    if "bronnen" in state.broken:
        return
    for index, verwijzing in enumerate(bronnen):
        if verwijzing.id not in state.objects["bronnen"]:
            _unknown_bron(state, name, (*path, "bronnen", index, "id"), verwijzing.id)


def _unknown_bron(state: _State, name: str, path: tuple[str | int, ...], bron: str) -> None:
    state.report(
        L205,
        name,
        path,
        f'Bron "{bron}" staat niet in content/bronnen.yaml.',
        f"{meant(bron, sorted(state.objects['bronnen']), 'Kies')} Een nieuwe bron zet je daar eerst bij.".strip(),
    )


def _bron_references(state: _State, kind: str, rows: list[Begrip | Wegwijs | Kernwaarde]) -> None:
    for index, row in enumerate(rows):
        _bron_list(state, kind, row.bronnen, kind, index)


def _themas_of_words(state: _State, themas: dict[str, Thema]) -> None:
    for index, begrip in enumerate(state.objects["begrippen"].values()):
        if themas and begrip.thema and begrip.thema not in (*themas, PVT):
            state.report(
                L215,
                "begrippen",
                ("begrippen", index, "thema"),
                f'Thema "{begrip.thema}" bestaat niet.',
                meant(begrip.thema, [*themas, PVT], "Kies"),
            )


def _link_handreiking(state: _State, terms: dict[str, Eindterm]) -> None:
    """Link what the handreiking has beside lessons: materials, places, hard moments, core values."""
    for materiaal in state.objects["lesmateriaal"].values():
        _bron_list(state, materiaal.id, materiaal.bronnen)
        for index, nummer in enumerate(materiaal.eindtermen):
            _eindterm(state, materiaal.id, ("eindtermen", index), nummer, terms)
    for locatie in state.objects["locatie"].values():
        _bron_list(state, locatie.id, locatie.bronnen)
        for index, nummer in enumerate(locatie.eindtermen):
            _eindterm(state, locatie.id, ("eindtermen", index), nummer, terms)
        for index, other in enumerate(locatie.lessen):
            _reference(state, locatie.id, ("lessen", index), "les", other)
        for index, other in enumerate(locatie.lesmateriaal):
            _reference(state, locatie.id, ("lesmateriaal", index), "lesmateriaal", other)
    for moment in state.objects["lastig-moment"].values():
        for index, feit in enumerate(moment.feiten):
            _bron_list(state, moment.id, feit.bronnen, "feiten", index)
        for index, meer in enumerate(moment.lees_meer):
            at = ("lees_meer", index)
            if meer.bron and "bronnen" not in state.broken and meer.bron not in state.objects["bronnen"]:
                _unknown_bron(state, moment.id, (*at, "bron"), meer.bron)
            if meer.les:
                _reference(state, moment.id, (*at, "les"), "les", meer.les)
            if meer.moment:
                _reference(state, moment.id, (*at, "moment"), "lastig-moment", meer.moment)
    for index, waarde in enumerate(state.objects["kernwaarden"].values()):
        for e, nummer in enumerate(waarde.eindtermen):
            _eindterm(state, "kernwaarden", ("kernwaarden", index, "eindtermen", e), nummer, terms)


_REFERENCES = {
    "les": (L211, "De les"),
    "lesmateriaal": (L220, "Het lesmateriaal"),
    "lastig-moment": (L221, "Het lastige moment"),
}


def _reference(state: _State, name: str, path: tuple[str | int, ...], kind: str, other: str) -> None:
    """Report a reference to a document of this kind that is not there."""
    if state.knows(kind, other):
        return
    rule, what = _REFERENCES[kind]
    hint = meant(other, sorted(state.objects[kind]), "Kies") or "Haal deze verwijzing weg."
    state.report(rule, name, path, f'{what} "{other}" bestaat niet.', hint)


def _item_reference(state: _State, name: str, path: tuple[str | int, ...], other: str) -> None:
    if other == name:
        state.report(L206, name, path, f"{name} verwijst naar zichzelf.", "Noem een andere vraag.")
    elif not state.knows("item", other):
        state.report(
            L206,
            name,
            path,
            f"Vraag {other} bestaat niet.",
            meant(other, sorted(set(state.objects["item"]) - {name}), "Kies")
            or "Kies een vraag die er is, of haal dit weg.",
        )


def _picture(state: _State, name: str, bestand: str, path: tuple[str | int, ...]) -> None:
    folder = state.documents[name].path.rpartition("/")[0]
    if "/" in bestand or "\\" in bestand or bestand in (".", "..") or bestand.startswith("~"):
        state.report(
            L208,
            name,
            path,
            f'Het plaatje "{bestand}" ligt in een andere map.',
            f"Zet het plaatje in {folder} en noem alleen de bestandsnaam.",
        )
        return
    full = f"{folder}/{bestand}"
    state.used.add(full)
    if full in state.checked:
        return
    file = state.pictures.get(full)
    if file is None:
        if bestand in state.broken:  # it is there, but reading refused it and said so
            state.broken.add(name)
            return
        near = [other.rpartition("/")[2] for other in state.pictures if other.startswith(f"{folder}/{name}")]
        hint = f"Zet het bestand in {folder}, of haal het veld afbeelding weg."
        if close := get_close_matches(bestand, near, 1, 0.6):
            hint = f'Bedoelde je "{close[0]}"? {hint}'
        state.report(L207, name, path, f"Het plaatje {bestand} is er niet.", hint)
        return
    if file.refused:
        state.report(
            L209,
            name,
            path,
            f"Het plaatje {bestand} kan zo niet: {file.refused}.",
            "Verbeter het plaatje en bewaar het.",
        )
        return
    inspected = picture_rules.inspect(bestand, file.data)
    for problem in inspected.problems:
        state.report(
            L209,
            name,
            path,
            f"Het plaatje {bestand} kan zo niet: {problem}.",
            "Verbeter het plaatje en bewaar het.",
        )
    if not inspected.problems:
        state.checked[full] = Picture(
            full, file.data, inspected.media_type, inspected.width, inspected.height
        )


def _sets(state: _State) -> None:
    first: dict[str, Item] = {}
    for item in sorted(state.objects["item"].values(), key=lambda item: str(item.id)):
        if not item.set:
            continue
        other = first.setdefault(item.set, item)
        if other.context != item.context:
            state.report(
                L216,
                item.id,
                ("set",),
                f'Set "{item.set}" heeft bij {other.id} een andere context dan hier.',
                "Maak de context gelijk, of geef deze vraag een andere set.",
            )


def _link_les(state: _State, les: Les, themas: dict[str, Thema], terms: dict[str, Eindterm]) -> None:
    name = les.id
    folder = state.documents[name].path.split("/")[2]
    if themas and les.thema not in themas and les.thema != PVT:
        state.report(
            L215,
            name,
            ("thema",),
            f'Thema "{les.thema}" bestaat niet.',
            meant(les.thema, [*themas, PVT], "Kies"),
        )
    elif les.thema != folder:
        state.report(
            L210,
            name,
            ("thema",),
            f"De les hoort bij {les.thema}, maar staat in content/lessen/{folder}.",
            f"Zet het bestand in content/lessen/{les.thema}.",
        )
    for d, doel in enumerate(les.doelen):
        for e, nummer in enumerate(doel.eindtermen):
            _eindterm(state, name, ("doelen", d, "eindtermen", e), nummer, terms)
    _bron_list(state, name, les.bronnen)
    for h, handout in enumerate(les.handouts):
        for d, deel in enumerate(handout.delen):
            if deel.afbeelding:
                _picture(
                    state, name, deel.afbeelding.bestand, ("handouts", h, "delen", d, "afbeelding", "bestand")
                )
    for index, vraag in enumerate(les.controlevragen):
        _item_reference(state, name, ("controlevragen", index), vraag)
    targets = [
        (("verder", index, "les"), vervolg.les) for index, vervolg in enumerate(les.verder) if vervolg.les
    ]
    if les.vervangen_door:
        targets.append((("vervangen_door",), les.vervangen_door))  # type: ignore[arg-type]
    for path, other in targets:
        _reference(state, name, path, "les", other)


def _reeksen(state: _State) -> None:
    taken: dict[tuple[str, int], str] = {}
    for name, les in sorted(state.objects["les"].items()):
        for index, plaats in enumerate(les.reeks):
            path: tuple[str | int, ...] = ("reeks", index)
            reeks = state.objects["reeksen"].get(plaats.id)
            if reeks is None:
                if "reeksen" not in state.broken:
                    state.report(
                        L212,
                        name,
                        (*path, "id"),
                        f'Reeks "{plaats.id}" staat niet in content/reeksen.yaml.',
                        meant(plaats.id, sorted(state.objects["reeksen"]), "Kies")
                        or "Zet de reeks daar eerst bij.",
                    )
                continue
            if plaats.les > reeks.aantal:
                state.report(
                    L212, name, (*path, "les"), f"Reeks \"{plaats.id}\" heeft {reeks.aantal} lessen, dit is les {plaats.les}.",
                    "Verlaag het nummer, of verhoog het aantal in content/reeksen.yaml.",
                )  # fmt: skip
            other = taken.setdefault((plaats.id, plaats.les), name)
            if other != name:
                state.report(
                    L212, name, (*path, "les"), f"Les {plaats.les} van reeks \"{plaats.id}\" is al {other}.",
                    "Geef deze les een ander nummer in de reeks.",
                )  # fmt: skip


def _link_matrijs(
    state: _State, matrijs: Toetsmatrijs, themas: dict[str, Thema], terms: dict[str, Eindterm]
) -> None:
    handelingen = {h.nummer for thema in themas.values() for h in thema.handelingen}
    codes = {i.code for term in terms.values() for i in term.indicatoren}
    for part in ("cellen", "marges"):
        for index, cel in enumerate(getattr(matrijs, part)):
            at: tuple[str | int, ...] = (part, index)
            if cel.eindterm:
                _eindterm(state, matrijs.id, (*at, "eindterm"), cel.eindterm, terms)
            if not themas:
                continue
            if cel.thema and cel.thema not in themas:
                state.report(
                    L215, matrijs.id, (*at, "thema"), f"Thema \"{cel.thema}\" bestaat niet.",
                    meant(cel.thema, list(themas), "Kies"),
                )  # fmt: skip
            if cel.handeling and cel.handeling not in handelingen:
                state.report(
                    L203, matrijs.id, (*at, "handeling"), f"Handeling {cel.handeling} bestaat niet.",
                    meant(cel.handeling, sorted(handelingen), "Kies"),
                )  # fmt: skip
            if cel.indicator and cel.indicator not in codes:
                state.report(
                    L204, matrijs.id, (*at, "indicator"), f"Indicator {cel.indicator} bestaat niet.",
                    meant(cel.indicator, sorted(codes), "Kies"),
                )  # fmt: skip


def _link_toets(state: _State, toets: Toets) -> None:
    name = toets.id
    if toets.matrijs and not state.knows("toetsmatrijs", toets.matrijs):
        state.report(
            L213,
            name,
            ("matrijs",),
            f'Toetsmatrijs "{toets.matrijs}" bestaat niet.',
            meant(toets.matrijs, sorted(state.objects["toetsmatrijs"]), "Kies")
            or "Haal het veld weg als de toets met de hand is gemaakt.",
        )
    seen: dict[str, int] = {}
    for index, plek in enumerate(toets.items):
        at: tuple[str | int, ...] = ("items", index)
        if plek.id in seen:
            state.report(
                L202, name, (*at, "id"), f"Vraag {plek.id} staat er twee keer in: op plaats {seen[plek.id] + 1} en {index + 1}.",
                "Haal er één weg.",
            )  # fmt: skip
        seen.setdefault(plek.id, index)
        _item_reference(state, name, (*at, "id"), plek.id)
        _order(state, name, (*at, "opties"), plek.id, plek.opties)
    for v, variant in enumerate(toets.varianten):
        at = ("varianten", v)
        if sorted(plek.id for plek in variant.items) != sorted(plek.id for plek in toets.items):
            state.report(
                L214, name, (*at, "items"), f"Variant {variant.code} heeft niet dezelfde vragen als de toets.",
                "Maak de variant opnieuw.",
            )  # fmt: skip
        for index, place in enumerate(variant.items):
            _order(state, name, (*at, "items", index, "opties"), place.id, place.opties)


def _link_statistiek(state: _State, statistiek: Statistiek) -> None:
    seen: set[str] = set()
    for index, vraag in enumerate(statistiek.vragen):
        at = ("vragen", index, "id")
        if vraag.id in seen:
            state.report(
                L202, statistiek.id, at, f"Vraag {vraag.id} staat er twee keer in.", "Haal er één weg."
            )
        seen.add(vraag.id)
        _item_reference(state, statistiek.id, at, vraag.id)


def _order(
    state: _State, name: str, path: tuple[str | int, ...], item_id: str, order: tuple[int, ...]
) -> None:
    item = state.objects["item"].get(item_id)
    if item is None or item_id in state.broken:
        return
    if sorted(order) != list(range(1, len(item.opties) + 1)):
        state.report(
            L214, name, path, f"De volgorde {list(order)} past niet bij vraag {item_id}: die heeft {len(item.opties)} opties.",
            f"Noem elke optie één keer, bijvoorbeeld {list(range(1, len(item.opties) + 1))}.",
        )  # fmt: skip


def _unused_pictures(state: _State) -> None:
    if state.broken or state.closed:  # a document that fell out may well use it
        return
    for path in sorted(set(state.pictures) - state.used):
        state.found.append(
            Diagnostic(
                L217,
                Location(path),
                "Dit plaatje wordt in geen enkel bestand genoemd.",
                "Noem het bij een vraag of les, of haal het weg.",
            )
        )
