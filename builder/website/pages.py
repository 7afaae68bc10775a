"""The pages of the site: Itembank → artifacts (Markdown with HTML in it, and pictures).

In: the linked bank, the rules and the schemas. Out: artifacts, as paths under the site's source. It knows
nothing of mkdocs, writes nothing and has no clock. What a learner sees is made from types without a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from posixpath import relpath
from typing import Any

import jinja2
from markupsafe import Markup

from builder.artifacts import Artifact
from builder.cells import coverage
from builder.diagnostics import Rule
from builder.model.eindterm import Thema
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje, candidate_question
from builder.model.les import Les
from builder.model.lifecycle import APPROVED, is_public, unapproved_label
from builder.model.lijsten import Begrip
from builder.model.statistiek import administrations
from builder.model.usage import may_be_used
from builder.templating import environment, inert, markdown_html
from builder.website import (
    author_pages,
    begrippen,
    catalogus,
    eindterm_pages,
    handreiking,
    lesson_lists,
    oefenen,
    paging,
    vragen_pages,
    zoeken,
    zoekrijen,
)
from builder.website.addresses import eindterm_path, item_path, les_path
from builder.website.lesson_pages import PVT_TITLE, LessonPages, cited, pictures_of
from builder.website.paging import cut, in_pages
from builder.website.woorden import Uitleg


@dataclass(frozen=True, slots=True)
class SiteInput:
    """All that the pages are made of. `preview` also shows what is still `concept`."""

    bank: Itembank
    rules: Sequence[Rule]
    schemas: Mapping[str, Mapping[str, Any]]
    templates: Path
    site_adres: str = ""
    obk: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False
    today: date | None = None
    downloads: Mapping[str, Sequence[Artifact]] = field(default_factory=dict)
    toetsen: Mapping[str, bytes] = field(default_factory=dict)
    synoniemen: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that the pages show, by path: each is written once."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def use(self, picture: Plaatje | None) -> None:
        """Keep a picture; None is none."""
        if picture is not None:
            self.kept[picture.path] = picture.data


class Pages:
    """The maker of pages: addresses, what is shown, and one method per kind of page."""

    def __init__(self, given: SiteInput) -> None:
        """Decide once what is shown."""
        self.given = given
        self.bank = given.bank
        self.items = {item.id: item for item in given.bank.items.values() if self._shown(item)}
        self.lessen = {les.id: les for les in given.bank.lessen.values() if self._shown(les)}
        self._bron_paths = {
            bron.id: "over/bronnen" + (f"-{place // paging.PER_PAGE + 1}" if place >= paging.PER_PAGE else "")
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
                "bron_path": self.source_page,
                "deel": paging.part,
                "eindterm_path": eindterm_path,
                "item_path": item_path,
                "les_path": les_path,
                "usable": lambda item: may_be_used(self.bank, item, "oefenen"),
                "unapproved": lambda document: document.status not in APPROVED,
                "unapproved_label": unapproved_label,
            },
        )

        self._lesson_pages = LessonPages(
            self.bank, self.items, self.lessen, given.site_adres, given.downloads, self._page
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
        shown = Pictures()
        lessen = lesson_lists.alive(self.lessen.values())
        yield self._page("index", "index", aantal=coverage(self.bank))
        yield from self._lessons()
        for les in self.lessen.values():
            yield from self._lesson_pages.artifacts(les, shown.use)
        yield self._page("eindtermen/index", "eindtermen", counts=self._counts())
        for thema in self.bank.themas:
            yield self._page(f"eindtermen/{thema.slug}", "thema", thema=thema, counts=self._counts())
            yield from eindterm_pages.artifacts(self.bank, thema, self._alive(), lessen, self._page)
        usable = oefenen.practice_items(self.bank, self._alive())
        yield from vragen_pages.artifacts(self.bank, self._alive(), usable, self.given.toetsen, self._page)
        for thema in self.bank.themas:
            yield from self._list(thema)
        for item in self.items.values():
            yield self._item(item, shown)
        yield from author_pages.artifacts(
            self.bank, self.items.values(), self.afnames, self.given.rules, self.given.schemas, self._page
        )
        bladen = list(dict.fromkeys(self._bron_paths.values()))
        for path, some in zip(bladen, cut(self._sources()), strict=True):
            yield self._page(path, "bronnen", sorted_bronnen=some, bladen=bladen)
        yield from self._glossary()
        per_dag = lesson_lists.by_day(self.lessen.values(), paging.PER_PAGE)
        yield self._page("over/nieuw", "nieuw", per_dag=per_dag, alive=self._alive())
        yield from self._finding(shown, lessen, usable)
        yield from handreiking.artifacts(self.bank, lessen, usable, self._page, self.given.today)
        for path, data in sorted(shown.kept.items()):
            yield Artifact(path, data)

    def _finding(self, shown: Pictures, lessen: Sequence[Les], usable: Sequence[Item]) -> Iterator[Artifact]:
        """Yield search, basket and practice: their pages and the data that the pages load."""
        records = [self._lesson_pages.record(les) for les in lessen]
        yield Artifact("catalogus.json", catalogus.catalogue(records, len(self._alive())))
        for known in records:
            folder = known.adres.rpartition("/")[0]
            yield Artifact(f"{folder}/{known.id}-nllom.xml", catalogus.nl_lom(known, self.given.obk))
        yield self._page("zoeken/index", "zoeken")
        data = zoeken.data(self.bank, zoekrijen.rows(self.bank, lessen, usable), self.given.synoniemen)
        yield Artifact("data/zoeken.js", oefenen.script("KNM_ZOEKEN", data))
        yield self._page("mandje", "mandje")
        yield self._page("oefenen/index", "oefenen", keuze=oefenen.KEUZE, label=unapproved_label(usable))
        yield from oefenen.artifacts(self.bank, usable, lessen)
        for picture in oefenen.pictures(self.bank, usable):
            shown.use(picture)

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
        paths, pages = in_pages(f"vragen/{thema.slug}", mine)
        for number, (path, shown) in enumerate(zip(paths, pages, strict=True)):
            yield self._page(
                path,
                "vragen-thema",
                thema=thema,
                vragen=shown,
                aantal=len(mine),
                eerste=number * paging.PER_PAGE + 1,
                bladen=paths,
                te_oefenen=any(may_be_used(self.bank, item, "oefenen") for item in mine),
            )

    def _lessons(self) -> Iterator[Artifact]:
        """Yield the list of the lessons, by thema and title, a hundred to a page."""
        mine = lesson_lists.by_title(self.bank, lesson_lists.alive(self.lessen.values()))
        paths, pages = in_pages("lessen", mine)
        for path, shown in zip(paths, pages, strict=True):
            yield self._page(
                path,
                "lessen",
                groepen=lesson_lists.by_thema(self.bank, shown),
                aantal=len(mine),
                bladen=paths,
                taalniveaus=lesson_lists.levels(mine),
                reeksen=lesson_lists.series(self.bank, mine) if path == paths[0] else (),
            )

    def page_of(self, document: Item | Les) -> dict[str, bytes]:
        """Return the pages of one item or les with their pictures, by path: for a preview while writing."""
        shown = Pictures()
        made = (
            [self._item(document, shown)]
            if isinstance(document, Item)
            else self._lesson_pages.artifacts(document, shown.use)
        )
        return {artifact.path: artifact.content for artifact in made} | shown.kept

    def _alive(self) -> list[Item]:
        return [item for item in self.items.values() if item.status != "vervallen"]

    def _counts(self) -> dict[str, tuple[int, int]]:
        """Return the number of lessons and of items per eindterm."""
        vragen = Counter(item.eindterm for item in self._alive())
        lessen = Counter(nummer for les in self.lessen.values() for nummer in les.eindtermen)
        return {nummer: (lessen[nummer], vragen[nummer]) for nummer in self.bank.eindterm_nummers()}

    def _page(self, path: str, template: str, **context: Any) -> Artifact:
        folder = path.rpartition("/")[0]
        nummers, papier = context.get("nummers", {}), context.get("papier", False)  # paper needs no links

        def link(target: str) -> str:
            """Return the address of a page or picture as seen from this page."""
            return relpath(target, folder or ".")

        def cite(bron_id: str) -> Markup:
            if papier or bron_id not in self.bank.bronnen:
                return Markup("")
            if bron_id in nummers:
                return Markup('<a class="bron" href="#b{0}">[{0}]</a>').format(nummers[bron_id])
            return Markup('<span class="knm-bron"> <a class="bron" href="{}">[bron]</a></span>').format(
                inert(link(f"{self._bron_paths[bron_id]}.html") + f"#{bron_id}")
            )

        def explained(begrip: Begrip) -> str:
            return link(f"{self._woord_paths[begrip.id]}.html") + f"#{begrip.id}"

        known = context.get("uitgelegd", ())  # words that the page explains itself
        words = [een for een in self.bank.begrippen.values() if not papier and een.woord.casefold() not in known]
        uitleg = Uitleg(words, explained)

        def rendered(text: str) -> Markup:
            return uitleg.in_html(markdown_html(text, cite))

        try:
            text = self._environment.get_template(f"{template}.md.j2").render(
                context | {"link": link, "md": rendered, "here": path}
            )
        except jinja2.TemplateError as error:
            raise RuntimeError(f"site/templates/{template}.md.j2: {error}") from error
        return Artifact(f"{path}.md", text.encode("utf-8"))

    def _item(self, item: Item, shown: Pictures) -> Artifact:
        vraag = candidate_question(self.bank, item, 1)
        for picture in pictures_of(vraag):
            shown.use(picture)
        return self._page(
            item_path(item.id),
            "item",
            item=item,
            vraag=vraag,
            thema=self.bank.thema(item.thema),
            term=self.bank.eindterm(item.eindterm),
            bronnen=cited(self.bank, item.bronnen),
            afnames=self.afnames.get(item.id, ()),
        )

    def _sources(self) -> list[Any]:
        return sorted(self.bank.bronnen.values(), key=lambda bron: (bron.titel.casefold(), bron.id))
