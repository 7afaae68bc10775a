"""The pages for who makes questions: rules, fields, coverage, balance, and how the program is built.

In: the bank, the rules and schemas, and the maker of a page. Out: artifacts. It knows no lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from builder.artifacts import Artifact
from builder.balance import balance
from builder.cells import coverage_cells, matrix_cells
from builder.diagnostics import Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lijsten import ABSTRACTIENIVEAUS, TAALNIVEAUS
from builder.website import bouwplan, bouwtekening

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
# What authors look up most stands first on the page with fields.
_FIRST_FIELDS = ("item", "les", "toets", "toetsmatrijs")


def artifacts(
    bank: Itembank,
    items: Iterable[Item],
    afnames: Mapping[str, Any],
    rules: Sequence[Rule],
    schemas: Mapping[str, Mapping[str, Any]],
    page: Callable[..., Artifact],
) -> Iterator[Artifact]:
    """Yield every page of this part; `page` makes one from a path, a template and what it needs."""
    yield from _rules(rules, page)
    kinds = _fields(schemas)
    yield page("auteurs/velden", "velden", kinds=kinds)
    for kind in kinds:
        yield page(f"auteurs/velden-{kind['name']}", "velden-soort", kind=kind)
    columns = [(taal, abstractie) for taal in TAALNIVEAUS for abstractie in ABSTRACTIENIVEAUS]
    cells = coverage_cells(bank)
    rows = [cells[start : start + len(columns)] for start in range(0, len(cells), len(columns))]
    yield page("auteurs/dekking", "dekking", columns=columns, rows=rows, afnames=afnames)
    yield page("auteurs/dekking-matrijzen", "dekking-matrijzen", matrijzen=matrix_cells(bank))
    yield page("auteurs/evenwicht", "evenwicht", telling=balance(items))
    house = bouwplan.read_house()
    yield page(
        "over/bouwplan",
        "bouwplan",
        verdiepingen=Markup(bouwtekening.floors_svg(house)),
        gebruik=Markup(bouwtekening.uses_svg(house)),
        kinds=FAMILIES,
        severities=SEVERITIES,
        **bouwplan.context(house, rules, schemas),
    )


def _rules(rules: Iterable[Rule], page: Callable[..., Artifact]) -> Iterator[Artifact]:
    """Yield the list of all rules, and a page for each family of them: C4 is how an item is written."""
    families: dict[str, list[Rule]] = {}
    for rule in rules:
        families.setdefault(rule.code[:2].lower(), []).append(rule)
    yield page("auteurs/regels", "regels", families=families, severities=SEVERITIES, kinds=FAMILIES)
    for name, mine in families.items():
        kind = FAMILIES.get(name, FAMILIES.get(name[0], "Regels"))
        yield page(f"auteurs/regels-{name}", "regels-soort", rules=mine, kind=kind, severities=SEVERITIES)


def _fields(schemas: Mapping[str, Mapping[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return the fields of every kind of document, as its schema describes them."""
    if not schemas:
        return ()
    shared = schemas["lijsten"]["$defs"]
    names = dict.fromkeys([*_FIRST_FIELDS, *schemas])
    return [
        {
            "name": name,
            "title": schema["title"],
            "description": schema["description"],
            "rows": list(_rows(schema, shared, "")),
        }
        for name in names
        if name != "lijsten" and (schema := schemas.get(name))
    ]


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
