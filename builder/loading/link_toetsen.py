"""Toetsmatrijzen, toetsen and statistics: what they count and hold is there, each option once."""

from __future__ import annotations

from builder.loading.link_rules import (
    L202,
    L203,
    L204,
    L213,
    L214,
    L215,
)
from builder.loading.linking import State, link_eindterm, link_item_reference
from builder.loading.suggesting import meant
from builder.model.eindterm import Eindterm, Thema
from builder.model.statistiek import Statistiek
from builder.model.toets import Toets, Toetsmatrijs


def link_matrijs(
    state: State, matrijs: Toetsmatrijs, themas: dict[str, Thema], terms: dict[str, Eindterm]
) -> None:
    """Link one toetsmatrijs."""
    handelingen = {h.nummer for thema in themas.values() for h in thema.handelingen}
    codes = {i.code for term in terms.values() for i in term.indicatoren}
    for part in ("cellen", "marges"):
        for index, cel in enumerate(getattr(matrijs, part)):
            at: tuple[str | int, ...] = (part, index)
            if cel.eindterm:
                link_eindterm(state, matrijs.id, (*at, "eindterm"), cel.eindterm, terms)
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


def link_toets(state: State, toets: Toets) -> None:
    """Link one toets with its variants."""
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
        link_item_reference(state, name, (*at, "id"), plek.id)
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


def link_statistiek(state: State, statistiek: Statistiek) -> None:
    """Link one statistiek."""
    seen: set[str] = set()
    for index, vraag in enumerate(statistiek.vragen):
        at = ("vragen", index, "id")
        if vraag.id in seen:
            state.report(
                L202, statistiek.id, at, f"Vraag {vraag.id} staat er twee keer in.", "Haal er één weg."
            )
        seen.add(vraag.id)
        link_item_reference(state, statistiek.id, at, vraag.id)


def _order(
    state: State, name: str, path: tuple[str | int, ...], item_id: str, order: tuple[int, ...]
) -> None:
    item = state.objects["item"].get(item_id)
    if item is None or item_id in state.broken:
        return
    if sorted(order) != list(range(1, len(item.opties) + 1)):
        state.report(
            L214, name, path, f"De volgorde {list(order)} past niet bij vraag {item_id}: die heeft {len(item.opties)} opties.",
            f"Noem elke optie één keer, bijvoorbeeld {list(range(1, len(item.opties) + 1))}.",
        )  # fmt: skip
