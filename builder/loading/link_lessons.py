"""Lessons and what the handreiking has beside them: series, materials, places, hard moments, core values."""

from __future__ import annotations

from builder.loading.link_rules import (
    L210,
    L212,
    L215,
)
from builder.loading.linking import (
    PVT,
    State,
    link_bronnen,
    link_eindterm,
    link_item_reference,
    link_picture,
    link_reference,
    unknown_bron,
)
from builder.loading.suggesting import meant
from builder.model.eindterm import Eindterm, Thema
from builder.model.les import Les


def link_les(state: State, les: Les, themas: dict[str, Thema], terms: dict[str, Eindterm]) -> None:
    """Link one lesson."""
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
            link_eindterm(state, name, ("doelen", d, "eindtermen", e), nummer, terms)
    link_bronnen(state, name, les.bronnen)
    for h, handout in enumerate(les.handouts):
        for d, deel in enumerate(handout.delen):
            if deel.afbeelding:
                link_picture(
                    state, name, deel.afbeelding.bestand, ("handouts", h, "delen", d, "afbeelding", "bestand")
                )
    for index, vraag in enumerate(les.controlevragen):
        link_item_reference(state, name, ("controlevragen", index), vraag)
    targets = [
        (("verder", index, "les"), vervolg.les) for index, vervolg in enumerate(les.verder) if vervolg.les
    ]
    if les.vervangen_door:
        targets.append((("vervangen_door",), les.vervangen_door))  # type: ignore[arg-type]
    for path, other in targets:
        link_reference(state, name, path, "les", other)


def link_reeksen(state: State) -> None:
    """On each place of a series stands one lesson."""
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


def link_handreiking(state: State, terms: dict[str, Eindterm]) -> None:
    """Link what the handreiking has beside lessons: materials, places, hard moments, core values."""
    for materiaal in state.objects["lesmateriaal"].values():
        link_bronnen(state, materiaal.id, materiaal.bronnen)
        for index, nummer in enumerate(materiaal.eindtermen):
            link_eindterm(state, materiaal.id, ("eindtermen", index), nummer, terms)
    for locatie in state.objects["locatie"].values():
        link_bronnen(state, locatie.id, locatie.bronnen)
        for index, nummer in enumerate(locatie.eindtermen):
            link_eindterm(state, locatie.id, ("eindtermen", index), nummer, terms)
        for index, other in enumerate(locatie.lessen):
            link_reference(state, locatie.id, ("lessen", index), "les", other)
        for index, other in enumerate(locatie.lesmateriaal):
            link_reference(state, locatie.id, ("lesmateriaal", index), "lesmateriaal", other)
    for moment in state.objects["lastig-moment"].values():
        for index, feit in enumerate(moment.feiten):
            link_bronnen(state, moment.id, feit.bronnen, "feiten", index)
        for index, meer in enumerate(moment.lees_meer):
            at = ("lees_meer", index)
            if meer.bron and "bronnen" not in state.broken and meer.bron not in state.objects["bronnen"]:
                unknown_bron(state, moment.id, (*at, "bron"), meer.bron)
            if meer.les:
                link_reference(state, moment.id, (*at, "les"), "les", meer.les)
            if meer.moment:
                link_reference(state, moment.id, (*at, "moment"), "lastig-moment", meer.moment)
    for index, waarde in enumerate(state.objects["kernwaarden"].values()):
        for e, nummer in enumerate(waarde.eindtermen):
            link_eindterm(state, "kernwaarden", ("kernwaarden", index, "eindtermen", e), nummer, terms)
