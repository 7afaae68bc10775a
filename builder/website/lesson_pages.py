"""The pages of a les: for the teacher, for paper and for the learners, with downloads, pictures and a QR code.

In: the bank, what the site shows, the downloads, and the maker of a page. Out: artifacts. The page of the learners
is made from types that have no place for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from builder.artifacts import Artifact
from builder.export.sheet import question_width, task_width
from builder.model.cursist import learner_view
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatVraag, Plaatje, candidate_question
from builder.model.les import Les
from builder.model.lijsten import Bronverwijzing, Reeks
from builder.model.usage import may_be_used
from builder.qr import qr_png
from builder.website import catalogus, downloads
from builder.website.addresses import les_path

PVT_TITLE = "Participatieverklaring"
_ARTICLE = re.compile(r"^(de|het|een) ")


@dataclass(frozen=True, slots=True)
class LesForLearner:
    """What the learner page needs to know of a les, and no more."""

    titel: str
    inhoudswaarschuwing: str
    status: str

    @staticmethod
    def of(les: Les) -> LesForLearner:
        """Take only what a learner may see."""
        return LesForLearner(les.titel, les.inhoudswaarschuwing, les.status)


@dataclass(frozen=True, slots=True)
class Plaats:
    """The place of a les in a series, with the lessons before and after it that the site shows."""

    reeks: Reeks
    nummer: int
    vorige: Les | None
    volgende: Les | None


@dataclass(frozen=True, slots=True)
class LessonPages:
    """The maker of the pages of lessons; `page` makes one from a path, a template and what it needs."""

    bank: Itembank
    items: Mapping[str, Item]
    lessen: Mapping[str, Les]
    site_adres: str
    downloads: Mapping[str, Sequence[Artifact]]
    page: Callable[..., Artifact]

    def artifacts(self, les: Les, use: Callable[[Plaatje | None], None]) -> Iterator[Artifact]:
        """Yield the pages of a les and its files; `use` hears of every picture that they show."""
        bladen = learner_view(self.bank, les).bladen
        for blad in bladen:
            for deel in blad.delen:
                use(deel.afbeelding)
        files = self.downloads.get(les.id, ())
        yield from downloads.placed(les_path(les), files)
        vragen = self._questions(les)
        for vraag in vragen:
            for picture in pictures_of(vraag):
                use(picture)
        code, side = "", 0
        if self.site_adres:  # without an address there is nothing to point at
            code = f"{les_path(les)}/cursist-qr.png"
            png, side = qr_png(f"{self.site_adres.rstrip('/')}/{les_path(les)}/cursist.html")
            yield Artifact(code, png)
        bronnen = cited(self.bank, les.bronnen)
        nummers = {bron.id: nummer for nummer, (bron, _) in enumerate(bronnen, 1)}
        shared = {"les": les, "vragen": vragen, "bladen": bladen, "bronnen": bronnen}
        yield self.page(
            f"{les_path(les)}/index",
            "les",
            **shared,
            nummers=nummers,
            uitgelegd={_ARTICLE.sub("", woord.woord.casefold()) for woord in les.woorden},
            thema_titel=thema_title(self.bank, les.thema),
            reeksen=self.places(les),
            qr=code,
            qr_zijde=side,
            json_ld=Markup(catalogus.json_ld(self.record(les)).replace("\\", "\\\\").replace('"', '\\"')),
            bestanden=downloads.listed(les, les_path(les), files),
            groepen=downloads.GROEPEN,
        )
        yield self.page(
            f"{les_path(les)}/print",
            "les-print",
            **shared,
            papier=True,
            bij_taak=task_width,
            bij_vraag=question_width,
            nummers={},
            nummering=nummers,
            bronnen_per_deel=[
                (f"Werkblad {handout.taalniveau}", deel.kop, deel.bronnen, deel.verzonnen)
                for handout in les.handouts
                for deel in handout.delen
                if deel.bronnen or deel.verzonnen
            ],
        )
        yield self.page(
            f"{les_path(les)}/cursist",
            "cursist",
            les=LesForLearner.of(les),
            bladen=bladen,
            bij_taak=task_width,
        )

    def record(self, les: Les) -> catalogus.Leerobject:
        """Return what programs may know of a les."""
        return catalogus.record(self.bank, les, f"{les_path(les)}/index.html", self.site_adres)

    def places(self, les: Les) -> list[Plaats]:
        """Return where a les stands in each series, the longest series first."""
        found = [
            Plaats(
                self.bank.reeksen[place.id],
                place.les,
                self._in_series(place.id, place.les - 1),
                self._in_series(place.id, place.les + 1),
            )
            for place in les.reeks
            if place.id in self.bank.reeksen
        ]
        return sorted(found, key=lambda place: -place.reeks.aantal)

    def _in_series(self, reeks: str, wanted: int) -> Les | None:
        return next(
            (
                les
                for les in self.lessen.values()
                if any(place.id == reeks and place.les == wanted for place in les.reeks)
            ),
            None,
        )

    def _questions(self, les: Les) -> list[KandidaatVraag]:
        usable = [
            self.items[name]
            for name in les.controlevragen
            if name in self.items and may_be_used(self.bank, self.items[name], "oefenen")
        ]
        return [candidate_question(self.bank, item, nummer) for nummer, item in enumerate(usable, 1)]


def pictures_of(vraag: KandidaatVraag) -> Iterator[Plaatje | None]:
    """Yield every picture of a question, None where there is none."""
    yield vraag.afbeelding
    yield from (optie.afbeelding for optie in vraag.opties)


def thema_title(bank: Itembank, slug: str) -> str:
    """Return the title of a thema; lessons of the participatieverklaring have a folder but no thema."""
    return next((thema.titel for thema in bank.themas if thema.slug == slug), PVT_TITLE)


def cited(bank: Itembank, references: Iterable[Bronverwijzing]) -> list[tuple[Any, str]]:
    """Return each source that is there, with the place in it."""
    return [
        (bank.bronnen[reference.id], reference.plaats)
        for reference in references
        if reference.id in bank.bronnen
    ]
