"""Sheets of judges about the cesuur, read back: Angoff and Hofstee.

In: a table. Out: numbers per judge, or findings. The sheets are those of `template`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.analysis.rules import A519
from builder.analysis.table import Table
from builder.analysis.template import HOFSTEE
from builder.analysis.words import number
from builder.diagnostics import Diagnostic

_PERCENT = "Vul hele percentages in, van 0 tot en met 100. Excel bewaart 60% als 0,6: typ 60, zonder %."
_JUDGE = re.compile(r"beoordelaar.*|judge.*|b[0-9]+", re.IGNORECASE)


def read_angoff(
    table: Table, items: Sequence[str]
) -> tuple[list[list[float]] | None, tuple[Diagnostic, ...]]:
    """Return the estimates (0 to 1) of judges × `items`. A judge who filled in nothing is left out."""
    heads = [head.casefold() for head in table.head]
    at = heads.index("item") if "item" in heads else -1
    judges = [place for place, head in enumerate(table.head) if _JUDGE.fullmatch(head)]
    if at < 0 or not judges:
        hint = "Gebruik het blad van `knm template angoff TOETS`."
        return None, (Diagnostic(A519, table.at(-1), "Dit is geen blad voor Angoff.", hint),)
    judges = [place for place in judges if any(_cell(row, place) for row in table.rows)]
    found: list[Diagnostic] = []
    # who never goes above 1 wrote shares: 0,6 where the sheet asks for 60
    shares = {place for place in judges if _never_above_one([_cell(row, place) for row in table.rows])}
    for place in sorted(shares):
        message = f"Bij {table.head[place]} zijn alle getallen 1 of lager. Bedoel je 60 in plaats van 0,6?"
        found.append(Diagnostic(A519, table.at(-1, place), message, _PERCENT))
    values: dict[str, list[float]] = {}
    for row_at, row in enumerate(table.rows):
        item = _cell(row, at)
        if item not in items:
            message = (
                f'Vraag "{item}" hoort niet bij deze toets.' if item else "In deze rij ontbreekt de vraag."
            )
            found.append(Diagnostic(A519, table.at(row_at, at), message))
            continue
        if item in values:
            found.append(Diagnostic(A519, table.at(row_at, at), f"Vraag {item} staat er twee keer."))
        values[item] = []
        for place in judges:
            value = _number(_cell(row, place))
            if value is not None and 0 < value < 1 and place not in shares:
                found.append(Diagnostic(A519, table.at(row_at, place), *_a_share(item, _cell(row, place))))
            if value is None or not 0 <= value <= 100:
                said = _cell(row, place) or "niets"
                message = f"Bij {item} staat {said} bij {table.head[place]}."
                hint = "Vul een getal in van 0 tot en met 100."
                found.append(Diagnostic(A519, table.at(row_at, place), message, hint))
            else:
                values[item].append(value / 100)
    for item in items:
        if item not in values:
            found.append(Diagnostic(A519, table.at(-1), f"Vraag {item} ontbreekt op het blad."))
    if not judges:
        found.append(Diagnostic(A519, table.at(-1), "Geen enkele beoordelaar vulde iets in."))
    if found:
        return None, tuple(found)
    return [[values[item][judge] for item in items] for judge in range(len(judges))], ()


def read_hofstee(
    table: Table, most: int
) -> tuple[list[tuple[float, float, float, float]] | None, tuple[Diagnostic, ...]]:
    """Return what each judge accepts: lowest and highest cesuur, lowest and highest percentage that fails."""
    heads = [head.casefold() for head in table.head]
    missing = [title for title in HOFSTEE if title.casefold() not in heads]
    if missing:
        hint = "Gebruik het blad van `knm template hofstee TOETS`."
        message = f"Deze kolommen ontbreken: {', '.join(missing)}."
        return None, (Diagnostic(A519, table.at(-1), message, hint),)
    places = [heads.index(title.casefold()) for title in HOFSTEE]
    found: list[Diagnostic] = []
    judges = []
    for row_at, row in enumerate(table.rows):
        cells = [_cell(row, place) for place in places]
        if not any(cells):
            continue
        values = [_number(cell) for cell in cells]
        for place, value, limit in zip(places, values, (most, most, 100, 100), strict=True):
            if value is None or not 0 <= value <= limit:
                said = _cell(row, place) or "niets"
                message = f'Bij "{table.head[place]}" staat {said}.'
                found.append(
                    Diagnostic(
                        A519, table.at(row_at, place), message, f"Vul een getal in van 0 tot en met {limit}."
                    )
                )
        for place, value in list(zip(places, values, strict=True))[2:]:
            if value is not None and 0 < value < 1:
                where = f'"{table.head[place]}"'
                found.append(Diagnostic(A519, table.at(row_at, place), *_a_share(where, _cell(row, place))))
        if None in values:
            continue
        low_cut, high_cut, low_fail, high_fail = (value for value in values if value is not None)
        if low_cut > high_cut or low_fail > high_fail:
            message = "In deze rij is een laagste getal hoger dan het hoogste."
            found.append(
                Diagnostic(A519, table.at(row_at, places[0]), message, "Wissel de twee getallen om.")
            )
        judges.append((low_cut, high_cut, low_fail, high_fail))
    if not judges and not found:
        found.append(Diagnostic(A519, table.at(-1), "Geen enkele beoordelaar vulde iets in."))
    return (None, tuple(found)) if found else (judges, ())


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _never_above_one(cells: Sequence[str]) -> bool:
    values = [value for cell in cells if (value := _number(cell)) is not None]
    return bool(values) and max(values) <= 1


def _a_share(where: str, said: str) -> tuple[str, str]:
    """Return what to tell of a number such as 0,6 where a percentage was asked."""
    meant = number((_number(said) or 0.0) * 100, 1).removesuffix(",0")
    return f"Bij {where} staat {said}. Bedoel je {meant} in plaats van {said.replace('.', ',')}?", _PERCENT


def _number(text: str) -> float | None:
    text = text.replace(",", ".").rstrip("%").strip()
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None
