"""The pages of the handreiking beside lessons: materials, places, hard moments, help, core values and routes.

In: the bank, the lessons and items that the site shows, and the maker of a page. Out: artifacts. What is not known
of a place or a material is said to be unknown; nothing is filled in. The reference date only decides whether a card
was checked long ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from builder.artifacts import Artifact
from builder.checks.freshness import later
from builder.dutch import dutch_date
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import PROVINCIES, Bronverwijzing, Gezien
from builder.model.locatie import Locatie
from builder.website import kaart, kaartjes, materialen
from builder.website.paging import in_pages

UNKNOWN = "onbekend, vraag het eerst"
_SEEN = {
    "live": "Gezien op {}.",
    "kopie": "Gelezen in een kopie van de pagina, op {}. Nog niet opnieuw gecontroleerd.",
    "domeinbestand": "Overgenomen uit een lijst met feiten, op {}. Nog niet gecontroleerd.",
}
MAX_MONTHS = 12  # after this a card says that it was not checked again
DAGEN = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag",
         "zo": "zondag"}  # fmt: skip
GROEPEN = {
    "nu": "Nu hulp nodig",
    "advies": "Advies en hulp",
    "praten": "Met iemand praten",
    "docent": "Voor docenten",
    "netwerk": "Mensen leren kennen",
}


@dataclass(frozen=True, slots=True)
class Leerroute:
    """A route of the Wet inburgering 2021 and the levels of language that fit it (our choice)."""

    naam: str
    titel: str
    taalniveaus: tuple[str, ...]


ROUTES = (
    Leerroute("b1-route", "B1-route", ("A1", "A2", "B1")),
    Leerroute("onderwijsroute", "Onderwijsroute (taalschakeltraject)", ("A2", "B1")),
    Leerroute("z-route", "Z-route", ("alfa", "A1", "A2")),
)


def artifacts(
    bank: Itembank,
    lessen: Sequence[Les],
    items: Sequence[Item],
    page: Callable[..., Artifact],
    today: date | None,
) -> Iterator[Artifact]:
    """Yield every page of this part; `page` makes one from a path, a template and what it needs."""

    def looked(gezien: Gezien | None, checked: str) -> str:
        return freshness(gezien, checked, today)

    yield page("handreiking/index", "handreiking")
    materiaal = sorted(bank.lesmateriaal.values(), key=lambda one: (bool(one.niet_aangeraden), one.titel))
    paths, shown = in_pages("materialen", materiaal)
    for path, some in zip(paths, shown, strict=True):
        yield page(
            path, "materialen", materiaal=some, aantal=len(materiaal), bladen=paths, looked=looked,
            facetten=materialen.facets(materiaal) if len(paths) == 1 else (), keys=materialen.keys,
            level=materialen.level, materiaal_path=materialen.page_path, taligheid=materialen.TALIGHEID,
            abstractie=materialen.ABSTRACTIE,
        )  # fmt: skip
    for one in materiaal:
        if not one.niet_aangeraden:  # of these the list tells only why
            yield page(
                f"materialen/{one.id}", "materiaal", een=one, kaartje=materialen.card(one), looked=looked,
                bronnen=_cited(bank)(one.bronnen),
            )  # fmt: skip
    yield page(
        "materialen/matrix", "materialen-matrix", matrix=materialen.matrix(materiaal), taligheid=materialen.TALIGHEID,
        abstractie=materialen.ABSTRACTIE,
    )  # fmt: skip
    yield from _places(bank, page, looked)
    yield page("lastige-momenten/index", "lastige-momenten", momenten=list(bank.momenten.values()))
    for moment in bank.momenten.values():
        yield page(f"lastige-momenten/{moment.id}", "lastig-moment", moment=moment, cited=_cited(bank))
    groups = [
        (title, [wegwijs for wegwijs in bank.wegwijzer.values() if wegwijs.groep == key])
        for key, title in GROEPEN.items()
    ]
    yield page(
        "veiligheid/index", "veiligheid", groepen=[group for group in groups if group[1]], looked=looked
    )
    regels, gelezen = kaartjes.lines(bank)
    yield page(
        "veiligheid/kaartjes", "kaartjes", titel=kaartjes.TITEL, bestand=kaartjes.BESTAND, regels=regels,
        gelezen=gelezen,
    )  # fmt: skip
    yield Artifact(f"veiligheid/{kaartjes.BESTAND}", kaartjes.sheet(bank))
    yield page(
        "pvt/index", "pvt", kernwaarden=list(bank.kernwaarden.values()), cited=_cited(bank),
        per_term={nummer: _of_term(lessen, items, nummer) for nummer in bank.eindterm_nummers()},
        pvt_lessen=[les for les in lessen if les.thema == "pvt"],
    )  # fmt: skip
    yield page("routes/index", "routes", routes=[_route(bank, lessen, items, route) for route in ROUTES],
               werk=_at_work(lessen, items))  # fmt: skip


def freshness(gezien: Gezien | None, checked: str, today: date | None) -> str:
    """Return when somebody last looked, in words; a check of more than a year ago does not count as one."""
    if checked and (today is None or later(date.fromisoformat(checked), MAX_MONTHS) >= today):
        return f"Gecontroleerd op {dutch_date(checked)}."
    if checked:
        return f"Nog niet opnieuw gecontroleerd. De laatste keer was op {dutch_date(checked)}."
    if gezien is None:
        return "Nog niet gecontroleerd."
    return _SEEN[gezien.hoe].format(dutch_date(gezien.op))


def price(euro: str) -> str:
    """Return a price such as 8,00 as people write it."""
    return "gratis" if euro == "0,00" else f"€ {euro}"


def card(locatie: Locatie) -> list[tuple[str, str]]:
    """Return the rows of the card of a place: what it says, and what is known, or that it is unknown."""
    dagen = ", ".join(DAGEN[dag] for dag in locatie.dagen)
    tijden = " of ".join(
        tijd.replace(":", ".") for tijd in (locatie.start_ochtend, locatie.start_middag) if tijd
    )
    groep = " ".join(
        text
        for text in (
            f"ten minste {locatie.min_groep}" if locatie.min_groep else "",
            f"hoogstens {locatie.max_groep} mensen" if locatie.max_groep else "",
        )
        if text
    )
    kosten = [
        f"{price(locatie.prijs_groep)} per groep"
        if locatie.prijs_groep and locatie.prijs_groep != "0,00"
        else "",
        "gratis" if locatie.prijs_persoon == "0,00" else "",
        f"{price(locatie.prijs_persoon)} per persoon" if locatie.prijs_persoon not in ("", "0,00") else "",
        f"{price(locatie.toeslag)} toeslag per persoon, ook voor begeleiders" if locatie.toeslag else "",
    ]
    betaald = ", ".join(part for part in kosten if part)
    toegang = ". ".join(part for part in (", ".join(locatie.toegang), locatie.toegang_uitleg) if part)
    begeleiding = locatie.begeleiding or (
        f"ten minste 1 bij {locatie.personen_per_begeleider} mensen"
        if locatie.personen_per_begeleider
        else ""
    )
    buiten = {True: "ja, neem een jas mee", False: "nee", None: ""}[locatie.buiten]
    rows = [
        ("Voor wie", locatie.voor_wie),
        ("Taalniveau (onze schatting)", ", ".join(locatie.taalniveaus) or "nog niet geschat"),
        ("Programma", locatie.programma),
        ("Duur", f"{locatie.duur} minuten" if locatie.duur else ""),
        ("Open", locatie.openingstijden),
        ("Dagen voor groepen", dagen),
        ("Begintijd", f"{tijden} uur" if tijden else ""),
        ("Grootte van de groep", groep),
        ("Begeleiders", begeleiding),
        ("Taal van het programma", ", ".join(locatie.talen)),
        (
            "Kosten",
            " ".join(part for part in (f"{betaald}." if betaald else "", locatie.prijs_uitleg) if part),
        ),
        ("Vervoer", locatie.halte),
        ("Toegankelijkheid", toegang),
        ("Vooral buiten", buiten),
        ("Joodse feestdagen", locatie.joodse_dagen or ""),
        ("Bijzondere dagen", locatie.bijzondere_dagen),
        ("Reserveren", locatie.reserveren),
        ("Wat je ziet", locatie.ziet),
        ("Wat je mag overslaan", locatie.overslaan),
    ]
    return [(name, value or UNKNOWN) for name, value in rows]


def _places(
    bank: Itembank, page: Callable[..., Artifact], looked: Callable[[Gezien | None, str], str]
) -> Iterator[Artifact]:
    """Yield the index with the map, and a page for each place; by province, from north to south."""
    found = sorted(bank.locaties.values(), key=lambda one: (PROVINCIES.index(one.provincie), one.naam))
    numbered = list(enumerate(found, start=1))
    dots = [
        kaart.Plek(number, one.naam, f"{one.id}.html", one.coordinaten)
        for number, one in numbered
        if one.coordinaten is not None
    ]
    regions = [
        (provincie, [(number, one) for number, one in numbered if one.provincie == provincie])
        for provincie in PROVINCIES
    ]
    yield page(
        "bezoeken/index", "bezoeken", kaart=Markup(kaart.svg(dots, "Kaart van Nederland met de plekken")),
        regios=[region for region in regions if region[1]], looked=looked, price=price, unknown=UNKNOWN,
    )  # fmt: skip
    for one in found:
        yield page(
            f"bezoeken/{one.id}", "locatie", locatie=one, kaartje=card(one), looked=looked, unknown=UNKNOWN,
            materiaal=[
                bank.lesmateriaal[name]
                for name in one.lesmateriaal
                if name in bank.lesmateriaal and not bank.lesmateriaal[name].niet_aangeraden
            ],
            bronnen=_cited(bank)(one.bronnen),
        )  # fmt: skip


def _cited(bank: Itembank) -> Callable[[Sequence[Bronverwijzing]], list[tuple[object, str]]]:
    def cited(references: Sequence[Bronverwijzing]) -> list[tuple[object, str]]:
        return [(bank.bronnen[found.id], found.plaats) for found in references if found.id in bank.bronnen]

    return cited


def _of_term(lessen: Sequence[Les], items: Sequence[Item], nummer: str) -> tuple[list[Les], int]:
    return [les for les in lessen if nummer in les.eindtermen], sum(item.eindterm == nummer for item in items)


def _route(
    bank: Itembank, lessen: Sequence[Les], items: Sequence[Item], route: Leerroute
) -> Mapping[str, object]:
    """Return what fits a route: lessons that name it, questions per level, materials for learners."""
    return {
        "route": route,
        "lessen": [les for les in lessen if route.naam in les.routes],
        "vragen": [
            (niveau, sum(item.taalniveau == niveau for item in items))
            for niveau in route.taalniveaus
            if any(item.taalniveau == niveau for item in items)
        ],
        "materiaal": [
            one
            for one in bank.lesmateriaal.values()
            if "cursist" in one.voor
            and not one.niet_aangeraden
            and set(one.taalniveaus) & set(route.taalniveaus)
        ],
    }


def _at_work(lessen: Sequence[Les], items: Sequence[Item]) -> Mapping[str, object]:
    """Return what fits language at the workplace: lessons and the number of questions of the thema werk."""
    return {
        "lessen": [les for les in lessen if les.thema == "werk"],
        "vragen": sum(item.thema == "werk" for item in items),
    }
