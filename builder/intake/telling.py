"""The verdicts in words, and as JSON for programs.

In: entries. Out: lines. It prints nothing and decides no exit code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.diagnostics import Severity
from builder.intake.delivery import Delivery
from builder.intake.plan import Entry, Finding, Verdict
from builder.report import SEVERITY_NAMES

_OFTEN = 3  # the same advice on so many questions is said once
_MAX_SHOWN = 3  # advice of the checks on one question


def counts(entries: Iterable[Entry]) -> str:
    """Return how many questions there are and what becomes of them."""
    number = Counter(entry.verdict for entry in entries)
    told = [
        f"{number[verdict]} {_plural(verdict, number[verdict])}" for verdict in Verdict if number[verdict]
    ]
    return f"{sum(number.values())} {'vraag' if sum(number.values()) == 1 else 'vragen'}: {', '.join(told)}."


def after(made: Sequence[str], back: Sequence[str]) -> list[str]:
    """Return what was done: the new files, the workbook that goes back, what to do next."""
    told = [f"Gemaakt: {path}" for path in made]
    workbooks = [name for name in back if name.endswith(".xlsx")]
    if workbooks:
        told.append(
            f"Wat nog niet kan, staat in {workbooks[0]}. Verbeter de cellen met een kleur, en lees het weer in."
        )
    if made:
        told.append("De nieuwe vragen zijn concept. Kijk ze na met: knm check items")
    return told


def before(entries: Sequence[Entry], file: str) -> str:
    """Return what can be done: nothing has changed yet."""
    verdicts = {entry.verdict for entry in entries}
    if Verdict.READY in verdicts:
        return f'Er is nog niets veranderd. Is dit goed? Typ: knm import "{file}" --write'
    if Verdict.BAD in verdicts:
        return "Er is niets veranderd. Met --write krijg je een werkblad waarin staat wat er moet gebeuren."
    return "Er is niets nieuws. Er is niets veranderd."


def _plural(verdict: Verdict, number: int) -> str:
    many = {Verdict.THERE: "staan er al", Verdict.BAD: "kunnen nog niet"}
    return many.get(verdict, verdict.value) if number > 1 else verdict.value


def lines(entries: Sequence[Entry], written: bool) -> list[str]:
    """Return a verdict on each question, with what was found."""
    shared = often(entries)
    made = []
    for entry in entries:
        made.append(f"{entry.question.spot.said}: {_verdict(entry, written)}")
        chosen, left = told(entry, shared)
        for found in chosen:
            made += _shown(entry, found)
        if left:
            made.append(f"  En nog {left} adviezen. Die lees je later met knm check.")
    for message, number in shared.items():
        made.append(f"Bij {number} vragen: {message[:1].lower()}{message[1:]}")
    return [_visible(line) for line in made]


def told(entry: Entry, shared: Mapping[str, int]) -> tuple[list[Finding], int]:
    """Return what is told of a question by itself, and how much advice of the checks is left for later."""
    chosen: list[Finding] = []
    advice = 0
    for found in entry.findings:
        if found.message in shared:
            continue
        if found.rule.severity is Severity.ADVICE and not found.rule.code.startswith("I"):
            advice += 1
            if advice > _MAX_SHOWN:
                continue
        chosen.append(found)
    return chosen, max(0, advice - _MAX_SHOWN)


def often(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the pieces of advice that many questions share, with how many do."""
    told = Counter(
        found.message
        for entry in entries
        for found in {found.message: found for found in entry.findings}.values()
        if found.rule.severity is Severity.ADVICE
    )
    return {message: number for message, number in told.items() if number >= _OFTEN}


def _verdict(entry: Entry, written: bool) -> str:
    question = entry.question
    if entry.verdict is Verdict.READY:
        eindterm = entry.draft.data["eindterm"] if entry.draft is not None else ""
        return f"klaar. {'Is nu' if written else 'Wordt'} {entry.id}, bij eindterm {eindterm}."
    if entry.verdict is Verdict.THERE:
        return f"staat er al, als {entry.id}."
    if entry.verdict is Verdict.SKIPPED:
        return f"overgeslagen. {question.skipped}"
    return "kan nog niet."


def _shown(entry: Entry, found: Finding) -> list[str]:
    spot = found.spot.said
    message = found.message
    if spot and spot != entry.question.spot.said:
        message = f"{spot}: {message[:1].lower()}{message[1:]}"
    made = [f"  {SEVERITY_NAMES[found.rule.severity]} {found.rule.code}  {message}"]
    return [*made, f"    → {found.hint}"] if found.hint else made


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def as_data(name: str, delivery: Delivery, entries: Sequence[Entry], written: bool) -> dict[str, Any]:
    """Return everything as plain data, for `--format json`."""
    return {
        "bestand": name,
        "soort": delivery.form,
        "gelezen": not delivery.refused,
        "geschreven": written,
        "aantallen": {
            verdict.value: sum(entry.verdict is verdict for entry in entries) for verdict in Verdict
        },
        "bevindingen": [
            {
                "code": one.rule.code,
                "ernst": one.rule.severity.value,
                "plaats": one.spot.said,
                "regel": one.spot.line,
                "kolom": one.spot.column,
                "boodschap": one.message,
                "hint": one.hint,
            }
            for one in delivery.remarks
        ],
        "vragen": [
            {
                "plaats": entry.question.spot.said,
                "regel": entry.question.spot.line,
                "oordeel": entry.verdict.value,
                "id": entry.id,
                "bevindingen": [
                    {
                        "code": one.rule.code,
                        "ernst": one.rule.severity.value,
                        "plaats": one.spot.said,
                        "regel": one.spot.line,
                        "kolom": one.spot.column,
                        "veld": one.pointer,
                        "boodschap": one.message,
                        "hint": one.hint,
                    }
                    for one in entry.findings
                ],
            }
            for entry in entries
        ],
    }
