"""Items: each in the folder of its thema, with an eindterm, bronnen, pictures and other items that are there."""

from __future__ import annotations

from builder.loading.link_rules import (
    L204,
    L210,
    L216,
)
from builder.loading.linking import State, link_bronnen, link_eindterm, link_item_reference, link_picture
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.loading.suggesting import meant
from builder.model.eindterm import Eindterm, Thema
from builder.model.item import Item


def link_items(state: State, themas: dict[str, Thema], terms: dict[str, Eindterm]) -> None:
    """Link every item. Of one that is known, what it refers to is enough to see that there is nothing to say."""
    items = state.objects["item"]
    thema_of = {thema.nummer: thema.slug for thema in reversed(themas.values())}
    fits: set[tuple[str, str, str, str]] = set()
    for name in list(items):
        document = state.documents[name]
        if isinstance(document, KnownDocument) and _holds(state, document, terms, thema_of, fits):
            for bestand in document.pictures:
                link_picture(state, name, bestand, ())
        else:
            link_item(state, items[name], themas, terms)


def _holds(
    state: State,
    item: KnownDocument,
    terms: dict[str, Eindterm],
    thema_of: dict[str, str],
    fits: set[tuple[str, str, str, str]],
) -> bool:
    """Tell whether `link_item` would find nothing in this item. When in doubt: no, then `link_item` looks."""
    folder = item.path.split("/")[1]
    name = item.name
    place = (folder, name.rpartition("-")[0], item.eindterm, item.indicator)
    if place not in fits:
        term = terms.get(item.eindterm)
        if folder != place[1] or term is None or thema_of.get(item.eindterm.partition(".")[0]) != folder:
            return False
        if item.indicator and item.indicator not in [indicator.code for indicator in term.indicatoren]:
            return False
        fits.add(place)
    bronnen = state.objects["bronnen"]
    if not all(bron in bronnen for bron in item.bronnen):
        return False
    if not all(other != name and other in state.objects["item"] for other in item.others):
        return False
    home = item.path.rpartition("/")[0]
    return all(isinstance(state.pictures.get(f"{home}/{bestand}"), KnownPicture) for bestand in item.pictures)


def link_item(state: State, item: Item, themas: dict[str, Thema], terms: dict[str, Eindterm]) -> None:
    """Link one item."""
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
    link_eindterm(state, name, ("eindterm",), item.eindterm, terms)
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
    link_bronnen(state, name, item.bronnen)
    if item.afbeelding:
        link_picture(state, name, item.afbeelding.bestand, ("afbeelding", "bestand"))
    for index, optie in enumerate(item.opties):
        if optie.afbeelding:
            link_picture(state, name, optie.afbeelding.bestand, ("opties", index, "afbeelding", "bestand"))
    others: list[tuple[tuple[str | int, ...], str]] = [
        (("vijanden", index), other) for index, other in enumerate(item.vijanden)
    ]
    if item.variant_van:
        others.append((("variant_van",), item.variant_van))
    if item.vervangen_door:
        others.append((("vervangen_door",), item.vervangen_door))
    for path, other in others:
        link_item_reference(state, name, path, other)


def link_sets(state: State) -> None:
    """Items of one set have the same context."""
    first: dict[str, Item] = {}
    for name in sorted(state.objects["item"]):
        document = state.documents[name]
        if isinstance(document, KnownDocument) and not document.in_set:
            continue
        item = state.objects["item"][name]
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
