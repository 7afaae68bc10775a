"""What rows say of each other: double names, names that point nowhere, places whose point must be found.

In: the rows of all sheets. Out: the same rows, with names written as the rows they point at and points filled in, and
findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from builder.visits import rules
from builder.visits.columns import TABBLADEN
from builder.visits.faults import Faults
from builder.visits.places import find_place, is_postcode
from builder.visits.read_rows import Row

_TITLES = {(tab.naam, kolom.veld): kolom.titel for tab in TABBLADEN for kolom in tab.kolommen}


def check_doubles(rows: Mapping[str, list[Row]], faults: Faults) -> None:
    """Tell of names that stand on two rows."""
    for tab, veld in (("Groepen", "naam"), ("Locaties", "naam"), ("Bezoeken", "groep")):
        first: dict[str, int] = {}
        for row in rows[tab]:
            name = str(row.get(veld, "")).casefold()
            if name and name in first:
                faults.add(
                    rules.V609,
                    tab,
                    row["rij"],
                    1,
                    f"deze naam staat ook in rij {first[name]}.",
                    "Geef elke rij een eigen naam."
                    if veld == "naam"
                    else "Een groep heeft één bezoek. Haal een rij weg.",
                )
            first.setdefault(name, row["rij"])


def resolve_names(rows: Mapping[str, list[Row]], faults: Faults) -> None:
    """Check that names point at something, and write them as the rows they point at do."""
    groups = {str(row.get("naam", "")).casefold(): str(row.get("naam", "")) for row in rows["Groepen"]}
    places = {str(row.get("naam", "")).casefold(): str(row.get("naam", "")) for row in rows["Locaties"]}
    regions = {name: name for name in ("noord", "midden", "zuid")}

    def point(row: Row, tab: str, veld: str, known: Mapping[str, str], kind: str) -> None:
        name = str(row.get(veld, ""))
        if not name or name.casefold() in known:
            if name:
                row[veld] = known[name.casefold()]
            return
        row["heel"] = False
        if not known:  # the whole sheet is missing, which was told already
            return
        near = get_close_matches(name.casefold(), list(known), 1, 0.6)
        hint = f"Bedoelde je {known[near[0]]}?" if near else f"Kijk naar de namen bij {kind}."
        faults.add(
            rules.V610, tab, row["rij"], 0, f"de naam bij {_TITLES[tab, veld]} staat niet bij {kind}.", hint
        )

    for row in rows["Begeleiders"]:
        point(row, "Begeleiders", "locatie", places, "Locaties")
    for row in rows["Reistijden"]:
        point(row, "Reistijden", "naar", places, "Locaties")
    for row in rows["Bezoeken"]:
        point(row, "Bezoeken", "groep", groups, "Groepen")
        point(row, "Bezoeken", "locatie", places, "Locaties")
    for row in rows["Groepen"]:
        wanted = row.get("locaties", ())
        for place in wanted:
            point({"rij": row["rij"], "locaties": place}, "Groepen", "locaties", places, "Locaties")
        row["locaties"] = tuple(places.get(place.casefold(), place) for place in wanted)
    kinds = {
        "locatie": (places, "Locaties"),
        "groep": (groups, "Groepen"),
        "vakantieregio": (regions, "Vakantieregio"),
    }
    for row in rows["Gesloten dagen"]:
        row.setdefault("naam", "")
        kind = row.get("geldt_voor")
        if kind in kinds and not row["naam"]:
            faults.add(
                rules.V606,
                "Gesloten dagen",
                row["rij"],
                2,
                f"de naam van de {kind} is leeg.",
                "Schrijf voor wie deze rij geldt.",
                "Naam",
            )
            row["heel"] = False
        elif kind in kinds:
            point(row, "Gesloten dagen", "naam", *kinds[kind])


def find_points(rows: Mapping[str, list[Row]], faults: Faults) -> None:
    """Give every group and place its point, unless the table of journeys makes it needless."""
    measured = {str(row.get("van", "")).casefold() for row in rows["Reistijden"]}
    reached = {str(row.get("naar", "")).casefold() for row in rows["Reistijden"]}
    for tab in ("Groepen", "Locaties"):
        for row in rows[tab]:
            place = row.get("plaats")
            if place is None or "punt" in row:
                continue
            found = find_place(place)
            if found and isinstance(found[0], float):
                row["punt"] = found
                continue
            name = str(row.get("naam", "")).casefold()
            if place.casefold() in measured if tab == "Groepen" else name in reached:
                continue
            faults.add(rules.V611, tab, row["rij"], 0, *_unclear(place, found))
            row["heel"] = False


def _unclear(place: str, found: tuple[object, ...]) -> tuple[str, str]:
    """Return what is wrong with a place that has no point, and what to do."""
    otherwise = "Je kunt ook coördinaten invullen, of een rij in Reistijden."
    if is_postcode(place):
        if len(place.strip()) < 4:
            return (
                f"van postcode {place} zijn vier cijfers nodig.",
                "Schrijf er vier, zoals 8011. " + otherwise,
            )
        return (
            f"het postcodegebied {place} kennen we niet.",
            f"Klopt het? Schrijf anders de plaats. {otherwise}",
        )
    options = " of ".join(str(name) for name in found)
    told = f"deze plaats {'is niet duidelijk' if '(' in options else 'kennen we niet'}."
    return told, (f"Bedoelde je {options}? " if options else "") + otherwise
