"""What the cells of a table are: letters or numbers as printed, places in the item, or scores. Never a guess.

In: a reader of a table. Out: the kind, put in the reader, or the question to ask. What was decided is noted in
the gathering, so that each report tells how the answers were read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.analysis.cells import kind_of, tidy
from builder.analysis.nouns import Cells
from builder.analysis.paper import on_paper
from builder.analysis.reader import Reader
from builder.analysis.rules import A503, A511, A520
from builder.diagnostics import Diagnostic
from builder.dutch import listed

_READ_AS = {
    "letters": "De letters zijn gelezen zoals gedrukt in het boekje.",
    "printed": "De cijfers en letters zijn gelezen zoals gedrukt in het boekje: 1 is A.",
    "places": "De antwoorden zijn gelezen als plaats in het bestand van de vraag. Daar is 1 of A het eerste antwoord.",
    "scores": "De antwoorden zijn gelezen als scores: 1 is goed, 0 is fout.",
    "auto": "De antwoorden zijn gelezen met de scoreregels.",
    "oefenpagina": "De antwoorden zijn gelezen zoals de oefenpagina ze bewaart.",
    "moodle": "De antwoorden zijn gelezen op de tekst die Moodle bewaart.",
    "qti": "De antwoorden zijn gelezen zoals QTI ze bewaart. A is het eerste antwoord in het bestand van de vraag.",
}
_SHOWN = 5  # files that are named by their number


def decide_kind(reader: Reader) -> Diagnostic | None:
    """Decide once what the cells of this table are; ask when that cannot be known."""
    kind, why, wrong = _kind(reader)
    if wrong is not None:
        return wrong
    reader.kind = kind
    wrong = _needs_toets(reader)
    if wrong is None:
        reader.gather.read_as.setdefault(why or kind, []).append(reader.gather.file)
    return wrong


def told(read_as: Mapping[str, Sequence[int]]) -> list[str]:
    """Return in sentences how the files were read. Files go by their number: a name may be that of a person."""
    if len(read_as) < 2:
        return [_READ_AS[kind] for kind in read_as]
    made = []
    for kind, files in read_as.items():
        numbers = [str(number) for number in dict.fromkeys(files)]
        more = len(numbers) - _SHOWN
        names = listed([*numbers[:_SHOWN], *([f"nog {more}"] if more > 0 else [])])
        made.append(f"Bestand {names}: {_READ_AS[kind][0].lower()}{_READ_AS[kind][1:]}")
    return made


def _kind(reader: Reader) -> tuple[Cells, str, Diagnostic | None]:
    """Return the kind, what to tell of it when that is something else, and what must be asked first."""
    table, roles, settings = reader.table, reader.columns.roles, reader.settings
    if settings.rules:
        return "auto", "", None
    if table.source:
        return "places", table.source, None
    if not settings.bank:
        return "scores", "", None
    is_long = reader.columns.layout == "long" and "antwoord" not in roles
    if is_long and "optie" not in roles:
        return "scores", "", None
    if is_long and "digest" in roles:  # only our practice page writes the digest of each question
        return "places", "oefenpagina", None
    if settings.cells != "auto":
        return settings.cells, "", None
    places = (
        [roles["optie"] if is_long else roles["antwoord"]]
        if reader.columns.layout == "long"
        else [place for place, _, _ in reader.columns.answers]
    )
    at = table.at(-1, places[0])
    texts = {row[place] for row in table.rows for place in places if place < len(row)}
    try:
        kind = kind_of({tidy(text) for text in texts})
    except ValueError as error:
        message = f"Er staan letters en ook iets anders: {error}."
        hint = "Gebruik overal letters, of overal scores. Of zeg wat het is met --cells."
        return "auto", "", Diagnostic(A503, at, message, hint)
    if kind is None and not is_long:
        message = "Er staan alleen enen. Zijn dat scores, of is het steeds het eerste antwoord?"
        hint = f"Scores? Gebruik --cells scores. Antwoorden? {_how(reader)}"
        return "auto", "", Diagnostic(A520, at, message, hint)
    if kind == "places" or is_long:
        if _same_order(reader) or (not is_long and on_paper(table)):
            return "printed", "", None
        shown = (
            f'In de kolom "{table.head[places[0]]}" staan antwoorden.'
            if is_long
            else "Er staan cijfers als antwoord."
        )
        first = "A" if kind == "letters" else "1"
        message = f"{shown} Is {first} het eerste antwoord in het boekje, of in het bestand van de vraag?"
        return "auto", "", Diagnostic(A520, at, message, _how(reader))
    return kind or "scores", "", None


def _how(reader: Reader) -> str:
    """Return which words of the command settle it."""
    named = "" if reader.settings.toets or "toets" in reader.columns.roles else " --toets TOETS"
    return f"Boekje: gebruik --cells printed{named}. Bestand van de vraag: gebruik --cells places."


def _same_order(reader: Reader) -> bool:
    """Tell whether the options are printed as they stand in the item, in each toets and variant of this table."""
    place = reader.columns.roles.get("toets")
    names = {row[place].strip() for row in reader.table.rows if place is not None and place < len(row)} - {""}
    names |= {reader.settings.toets} if reader.settings.toets else set()
    orders = [order for (name, _), order in reader.catalogue.orders.items() if name in names]
    printed = [places for order in orders for _, places in order]
    return bool(printed) and all(list(places) == sorted(places) for places in printed)


def _needs_toets(reader: Reader) -> Diagnostic | None:
    """Ask for the toets when letters or numbers of questions have no meaning without it."""
    settings = reader.settings
    answers = reader.columns.answers
    by_number = any(number for _, _, number in answers)
    known = settings.toets or "toets" in reader.columns.roles
    by_letter = reader.kind in ("letters", "printed")
    if known or not settings.bank or settings.rules or not (by_letter or by_number):
        return None
    what = (
        "Vraagnummers" if by_number else "Letters" if reader.kind == "letters" else "Plaatsen in een boekje"
    )
    message = f"{what} krijgen pas betekenis met de toets erbij."
    hint = "Zeg welke toets het is met --toets."
    if not by_number:
        hint += " Is A het eerste antwoord in het bestand van de vraag? Gebruik dan --cells places."
    place = answers[0][0] if answers else reader.columns.roles.get("antwoord", 0)
    return Diagnostic(A511, reader.table.at(-1, place), message, hint)
