"""What stands in a cell: Dutch text to a value, and a value back to the same text.

In: the text of one cell and the kind of its column. Out: the value, or a `CellFault` with a Dutch sentence
and a hint. It knows no sheet and no column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, TypeVar

from builder.dutch import DAGEN, MAANDEN
from builder.visits.nouns import DAGDELEN, WEEKDAGEN

T = TypeVar("T")
_EXCEL_START = date(1899, 12, 30)
_TEXT = "deze tekst"  # how a message names words that it does not repeat


class CellFault(Exception):
    """The cell does not hold what its column asks; `hint` says what to do, `others` are more faults of the same cell."""

    def __init__(self, message: str, hint: str, in_list: bool = False) -> None:
        """Keep both sentences, and whether the matter is a word that is not in a list."""
        super().__init__(message)
        self.hint = hint
        self.in_list = in_list
        self.others: tuple[CellFault, ...] = ()


def parse(kind: str, text: str, choices: tuple[str, ...] = ()) -> Any:
    """Return the value of a cell that is not empty. Raises `CellFault`."""
    if kind == "keuze":
        return _choice(text, choices)
    if kind == "keuzes":
        return tuple(dict.fromkeys(_each(_parts(text), lambda part: _choice(part, choices))))
    if kind == "toegang":  # nothing there is known, which is not the same as not known
        return () if text.strip().casefold() == "geen" else parse("keuzes", text, choices)
    return _PARSERS[kind](text)


def show(kind: str, value: Any) -> str | int:
    """Return a value as the cell that `parse` reads as the same value."""
    if value is None:
        return ""
    shown: Callable[[Any], str | int] = _SHOWERS.get(kind, str)
    return shown(value)


def clock(minutes: int) -> str:
    """Return minutes after midnight as `09.30`."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,;\n]", text) if part.strip())


def _each(parts: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """Return every part as it was read. Raises the first `CellFault`, with those of the other parts in it.

    A part is named by its number, because its words may be a name.
    """
    made: list[T] = []
    wrong: list[CellFault] = []
    every = tuple(parts)
    for number, part in enumerate(every, 1):
        try:
            made.append(read(part))
        except CellFault as fault:
            if len(every) > 1:
                fault.args = (str(fault).replace(_TEXT, f"deel {number} van deze cel", 1),)
            wrong.append(fault)
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return made


def _choice(text: str, choices: tuple[str, ...]) -> str:
    wanted = " ".join(text.split()).casefold()
    for choice in choices:
        if choice.casefold() == wanted:
            return choice
    near = get_close_matches(wanted, [choice.casefold() for choice in choices], 1, 0.6)
    meant = next((choice for choice in choices if near and choice.casefold() == near[0]), "")
    hint = f"Bedoelde je {meant}? " if meant else ""
    raise CellFault(f"{_told(text)} kennen we hier niet.", f"{hint}Kies uit: {', '.join(choices)}.", True)


def _told(text: str) -> str:
    """Return how a message names a cell. Words may be a name and many digits a person: those are never repeated."""
    text = " ".join(text.split())
    if len(text) > 16 or re.search(r"[^\W\d_]", text) or len(re.findall(r"\d", text)) > 6:
        return _TEXT
    return f'"{text}"'


def _number(text: str) -> int:
    if re.fullmatch(r"-?\d{7,}", text):
        raise CellFault("dit getal is te groot.", "Schrijf hoogstens 999999.")
    if not re.fullmatch(r"-?\d{1,6}", text):
        raise CellFault(f"{_told(text)} is geen heel getal.", "Schrijf alleen cijfers, zoals 12.")
    if text.startswith("-"):
        raise CellFault(f"{text} is kleiner dan nul.", "Schrijf 0 of meer.")
    return int(text)


def _money(text: str) -> int:
    """Read euros with a decimal comma; a dot counts as a decimal only before one or two digits."""
    bare = text.replace("€", "").replace("EUR", "").replace("euro", "").replace("\u00a0", "").replace(" ", "")
    bare = bare.removesuffix(",-")
    if re.fullmatch(r"\d{1,7}\.\d{6,}", bare):  # what a formula made: 3 x 2.85 is 8.549999999999999
        return round(float(bare) * 100)
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:[,.](\d{1,2}))?", bare)
    if match is None:
        raise CellFault(f"{_told(text)} is geen bedrag.", "Schrijf euro's, zoals 8,50. Niets is 0.")
    return int(match[1].replace(".", "")) * 100 + int((match[2] or "0").ljust(2, "0"))


def _decimal(text: str) -> float:
    if not re.fullmatch(r"\d{1,4}([,.]\d{1,4})?", text):
        raise CellFault(f"{_told(text)} is geen getal.", "Schrijf een getal, zoals 1,3.")
    return float(text.replace(",", "."))


def _yes(text: str) -> bool:
    word = text.casefold()
    if word in ("ja", "j", "x", "waar", "true"):
        return True
    if word in ("nee", "n", "onwaar", "false", "-"):
        return False
    raise CellFault(f"{_told(text)} is geen ja en geen nee.", "Kies ja of nee.", True)


def read_date(text: str) -> date:
    """Return the date of `2026-10-05`, `5-10-2026`, `5/10/2026` or `5 oktober 2026`. Raises `CellFault`."""
    plain = " ".join(text.casefold().split()).removesuffix(" 00:00:00")
    hint = "Schrijf dag-maand-jaar, zoals 5-10-2026."
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    dutch = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", plain)
    words = re.fullmatch(r"(?:\w+dag )?(\d{1,2}) ([a-z]{3,9})\.? (\d{4})", plain)
    if iso:
        numbers = int(iso[1]), int(iso[2]), int(iso[3])
    elif dutch:
        numbers = int(dutch[3]), int(dutch[2]), int(dutch[1])
    elif words:
        months = [n for n, name in enumerate(MAANDEN, 1) if name.startswith(words[2].replace("mrt", "maart"))]
        numbers = int(words[3]), months[0] if len(months) == 1 else 0, int(words[1])
    elif re.fullmatch(r"[3-6]\d{4}", plain):  # a date whose cell lost its format: days since 1899
        return _EXCEL_START + timedelta(days=int(plain))
    else:
        raise CellFault(f"{_told(text)} is geen datum.", hint)
    try:
        return date(*numbers)
    except ValueError:
        raise CellFault(f"{_TEXT} is een datum die niet bestaat.", hint) from None


def _time(text: str) -> int:
    match = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?::00)?(?: ?uur)?", text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise CellFault(f"{_told(text)} is geen tijd.", "Schrijf uur en minuten, zoals 09:30.")
    return int(match[1]) * 60 + int(match[2])


def _days(text: str) -> tuple[int, ...]:
    plain = re.sub(r"\s*(?:–|-|t/m|tot en met)\s*", "-", text.casefold())
    parts = [part for part in re.split(r"[,;\n ]+", plain) if part not in ("", "en")]
    return tuple(sorted({day for days in _each(parts, _span) for day in days}))


def _span(part: str) -> tuple[int, ...]:
    """Return the days of `ma` or `ma-vr`; `vr-ma` goes over the weekend."""
    first, _, last = part.partition("-") if "-" in part else (part, "", part)
    begin, end = _day(first, part), _day(last, part)
    return tuple(range(begin, end + 1)) if begin <= end else (*range(begin, 7), *range(end + 1))


def _day(word: str, text: str) -> int:
    for number, (short, full) in enumerate(zip(WEEKDAGEN, DAGEN, strict=True)):
        if word.rstrip(".") in (short, full):
            return number
    raise CellFault(f"{_TEXT} is geen dag.", "Schrijf bijvoorbeeld: ma, di, do. Of: ma t/m vr.", True)


def _dates(text: str) -> tuple[date, ...]:
    return tuple(sorted({day for days in _each(_parts(text), _period) for day in days}))


def _period(part: str) -> tuple[date, ...]:
    first, _, last = part.partition(" t/m ")
    begin, end = read_date(first), read_date(last or first)
    if end < begin or (end - begin).days > 366:
        raise CellFault(f"{_told(part)} is geen periode.", "Schrijf eerst de eerste dag.")
    return tuple(begin + timedelta(days=n) for n in range((end - begin).days + 1))


def _point(text: str) -> tuple[float, float]:
    numbers = re.findall(r"-?\d{1,3}[.,]\d+|-?\d{1,3}(?=\s*[;/ ])", text)
    hint = "Schrijf breedte en lengte met een punt, zoals 52.0907; 5.1214."
    if len(numbers) != 2:
        raise CellFault("hier staan geen coördinaten.", hint)
    latitude, longitude = (float(number.replace(",", ".")) for number in numbers)
    if not (50.5 <= latitude <= 54 and 2.5 <= longitude <= 8):
        raise CellFault(f"{_told(text)} ligt niet in of bij Nederland.", hint)
    return latitude, longitude


def _show_days(value: tuple[int, ...]) -> str:
    return ", ".join(WEEKDAGEN[number] for number in value)


def show_money(value: int) -> str:
    """Return an amount in cents as it stands in a cell: 8,50."""
    return f"{value // 100},{value % 100:02}"


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "tekst": lambda text: " ".join(text.split()),
    "getal": _number,
    "geld": _money,
    "kommagetal": _decimal,
    "ja": _yes,
    "datum": read_date,
    "data": _dates,
    "tijd": _time,
    "dagen": _days,
    "dagdelen": lambda text: tuple(
        part for part in DAGDELEN if part in _each(_parts(text), lambda word: _choice(word, DAGDELEN))
    ),
    "talen": lambda text: tuple(
        dict.fromkeys(
            word.casefold() for part in re.split(r"/|\ben\b", text, flags=re.I) for word in _parts(part)
        )
    ),
    "lijst": _parts,
    "maanden": lambda text: tuple(dict.fromkeys(_each(_parts(text), _month))),
    "punt": _point,
}
_SHOWERS: Mapping[str, Callable[[Any], str | int]] = {
    "getal": int,
    "geld": show_money,
    "kommagetal": lambda value: f"{value:g}".replace(".", ","),
    "ja": lambda value: "ja" if value else "nee",
    "datum": lambda value: str(value.isoformat()),
    "data": lambda value: ", ".join(day.isoformat() for day in value),
    "tijd": lambda value: f"{value // 60:02}:{value % 60:02}",
    "dagen": _show_days,
    "dagdelen": ", ".join,
    "talen": ", ".join,
    "lijst": ", ".join,
    "keuzes": ", ".join,
    "toegang": lambda value: ", ".join(value) or "geen",
    "maanden": lambda value: ", ".join(str(number) for number in value),
    "punt": lambda value: f"{value[0]:.5f}; {value[1]:.5f}",
}


def _month(word: str) -> int:
    number = _number(word)
    if not 1 <= number <= 12:
        raise CellFault(f"{_told(word)} is geen maand.", "Schrijf maanden als getal, zoals 4, 5, 6.")
    return number
