"""The toets as spreadsheets: a list of its questions for review, and a sheet to import in Kahoot.

In: a toets and the bank. Out: artifacts under `docent/`, and a finding for each question that Kahoot
cannot hold. The Kahoot sheet follows Kahoot's own template; it was not tried in Kahoot itself.
"""

from __future__ import annotations

from datetime import date

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.export.quiz_text import one_line, outside_service
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.office import Properties
from builder.sheets import Column, Sheet, write

MAX_QUESTION = 120
MAX_ANSWER = 75
# Kahoot takes 5, 10, 20, 30, 60, 90, 120 or 240 seconds; slow readers get time by the number of characters.
SECONDS = ((100, 30), (200, 60), (10_000, 90))

X542 = Rule(
    "X542",
    "past-niet-in-kahoot",
    Severity.ADVICE,
    "Kahoot neemt een vraag van ten hoogste 120 tekens, antwoorden van ten hoogste 75 tekens en geen plaatjes uit "
    "een rekenblad. Een afgekapte vraag is een andere vraag. Daarom laten we hem weg en zeggen we dat.",
    "stam: een vraag van 150 tekens",
    "stam: een vraag van 90 tekens",
)
RULES = (X542,)
OORDELEN = ("goed", "goed na kleine wijziging", "terug", "niet gebruiken")


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the list for review and, when questions fit, the Kahoot sheet; and a finding for each misfit."""
    view = teacher_view(bank, toets)
    made = [Artifact(f"docent/{toets.id}-vragenlijst.xlsx", _review_list(bank, view))]
    sheets, found = kahoot(bank, toets)
    return (*made, *sheets), found


def kahoot(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the Kahoot sheet, when questions fit, and a finding for each misfit."""
    refused = outside_service(bank, toets, X542, "Kahoot")
    if refused is not None:
        return (), (refused,)
    view = teacher_view(bank, toets)
    found = []
    fitting = []
    for vraag in view.vragen:
        misfit = _misfit(bank, vraag)
        if misfit is None:
            fitting.append(vraag)
        else:
            found.append(misfit)
    if not fitting:
        return (), tuple(found)
    return (Artifact(f"docent/{toets.id}-kahoot.xlsx", _kahoot(view, fitting)),), tuple(found)


def _properties(view: DocentToets, kind: str) -> Properties:
    day = date.fromisoformat(view.gezien.datum)
    return Properties(f"{view.gezien.titel} · {kind}", f"{view.gezien.id} {view.code}", day)


def _about(view: DocentToets) -> tuple[str, ...]:
    seen = view.gezien
    lines = (seen.titel, seen.label, f"{seen.id} · editie {seen.editie} · {seen.datum} · code {view.code}")
    return tuple(line for line in lines if line)


def _review_list(bank: Itembank, view: DocentToets) -> bytes:
    most = max(len(vraag.opties) for vraag in view.vragen)
    letters = "ABCD"[:most]
    paper = (
        Column("Vraag", 7),
        Column("Nummer in de bank", 16),
        Column("Context", 26),
        Column("Plaatje", 18),
        Column("Stam", 26),
        *(Column(letter, 18) for letter in letters),
        Column("Goed", 7),
        Column("Uitleg", 50),
        Column("Oordeel", 14, OORDELEN),
        Column("Opmerking", 26),
    )
    screen = (
        Column("Versie", 7),
        Column("Status", 11),
        Column("Thema", 22),
        Column("Eindterm", 10),
        Column("Indicator", 10),
        Column("Stof", 12),
        Column("Taalniveau", 11),
        Column("Abstractie", 11),
        Column("Beheersing", 12),
        Column("Gevoelig", 9),
        Column("Bronnen", 50),
        Column("Trefwoorden", 24),
    )
    rows = []
    for vraag in view.vragen:
        item, seen = vraag.item, vraag.gezien
        rows.append(
            (
                str(seen.nummer),
                item.id,
                seen.context,
                seen.afbeelding.alt if seen.afbeelding else "",
                seen.stam,
                *(optie.in_woorden for optie in vraag.opties),
                *("",) * (most - len(vraag.opties)),
                vraag.goed,
                "\n".join(f"{optie.gezien.letter}. {optie.toelichting}" for optie in vraag.opties),
                "",
                "",
                str(item.versie),
                item.status,
                bank.thema(item.thema).titel,
                item.eindterm,
                item.indicator,
                item.stof,
                item.taalniveau,
                item.abstractieniveau,
                item.beheersing,
                "ja" if item.gevoelig else "nee",
                "\n".join(
                    ", ".join(part for part in (bron.titel, plaats) if part) for bron, plaats in vraag.bronnen
                ),
                ", ".join(item.trefwoorden),
            )
        )
    footer = " · ".join(_about(view)[1:])
    about = (
        *_about(view),
        "",
        "Op het blad Vragen staat één vraag per rij, in de volgorde van de toets.",
        "Beantwoord elke vraag eerst zelf. Kijk dan pas naar de kolom Goed.",
        "Vul de kolommen Oordeel en Opmerking in. De andere kolommen veranderen de vraag niet.",
        "In dit bestand staan de goede antwoorden. Geef het niet aan cursisten.",
    )
    sheets = (
        Sheet("Vragen", (*paper, *screen), tuple(rows), footer=footer, frozen=2, printed=len(paper)),
        Sheet("Over deze lijst", (Column("Over deze lijst", 100),), tuple((line,) for line in about)),
    )
    return write(sheets, _properties(view, "vragenlijst"))


def _kahoot(view: DocentToets, fitting: list[DocentVraag]) -> bytes:
    columns = (
        Column("", 5),
        Column(f"Question - max {MAX_QUESTION} characters", 60),
        *(Column(f"Answer {number} - max {MAX_ANSWER} characters", 28) for number in range(1, 5)),
        Column("Time limit (sec) - 5, 10, 20, 30, 60, 90, 120, or 240 secs", 18),
        Column("Correct answer(s) - choose at least one", 18),
    )
    rows: list[tuple[str | int, ...]] = []
    for number, vraag in enumerate(fitting, start=1):
        question = one_line(vraag.gezien)
        answers = [_short(optie.gezien.tekst) for optie in vraag.opties]
        size = len(question) + sum(map(len, answers))
        seconds = next(seconds for most, seconds in SECONDS if size <= most)
        right = 1 + next(place for place, optie in enumerate(vraag.opties) if optie.juist)
        rows.append((number, question, *answers, *("",) * (4 - len(answers)), seconds, right))
    above = (
        *_about(view),
        f"{len(fitting)} van {len(view.vragen)} vragen passen in Kahoot.",
        "In dit bestand staan de goede antwoorden. Geef het niet aan cursisten.",
    )
    # Kahoot's own template has its head in row 8, and the questions below that
    sheet = Sheet("Sheet1", columns, tuple(rows), above, head_row=8, footer=" · ".join(_about(view)[1:]))
    return write((sheet,), _properties(view, "Kahoot"))


def _short(text: str) -> str:
    return " ".join(text.split())


def _misfit(bank: Itembank, vraag: DocentVraag) -> Diagnostic | None:
    item = vraag.item
    reasons: list[tuple[str, tuple[str | int, ...]]] = []
    if vraag.gezien.afbeelding is not None:
        reasons.append(("de vraag heeft een plaatje", ("afbeelding",)))
    for optie in vraag.opties:
        place = optie.plaats - 1
        if optie.gezien.afbeelding is not None:
            reasons.append(
                (f"antwoord {optie.gezien.letter} is een plaatje", ("opties", place, "afbeelding"))
            )
        size = len(_short(optie.gezien.tekst))
        if size > MAX_ANSWER:
            said = f"antwoord {optie.gezien.letter} heeft {size} tekens, {MAX_ANSWER} mag"
            reasons.append((said, ("opties", place, "tekst")))
    size = len(one_line(vraag.gezien))
    if size > MAX_QUESTION:
        what = "context en vraag hebben samen" if vraag.gezien.context else "de vraag heeft"
        reasons.append((f"{what} {size} tekens, {MAX_QUESTION} mag", ("stam",)))
    if not reasons:
        return None
    message = f"Vraag {item.id} staat niet in het Kahoot-bestand: {'; '.join(said for said, _ in reasons)}."
    hint = "Gebruik deze vraag op papier, op het bord of op de oefenpagina."
    return Diagnostic(X542, bank.locate(item.id, *reasons[0][1]), message, hint)
