"""Sheets that people fill in: the empty template, and the workbook with what must be better.

In: the bank (its eindtermen, bronnen and examples), or entries that cannot go in yet. Out: sheets for `sheets.write`.
What goes back can be read again: it has the columns of the template, and the cell that is wrong is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from builder.diagnostics import Severity
from builder.intake.columns import HEADINGS, LETTERS, REMARK, Heading
from builder.intake.draft import TODO_ALT
from builder.intake.plan import Entry, Finding
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import usable_for
from builder.sheets import Column, Sheet

ROWS = 200
_EXAMPLES = 3
_HOW = (
    "Eén rij is één vraag. Vul het blad Vragen in.",
    "Nodig zijn: Eindterm, Vraag, Antwoord A, Antwoord B en Goed antwoord. Drie antwoorden is het beste.",
    "Bij Uitleg schrijf je waarom een antwoord goed is of niet klopt.",
    "Bij kolommen met een kleur kies je uit een lijst.",
    "Op het blad Eindtermen staan de nummers met hun tekst. Op het blad Bronnen staan de namen van de bronnen.",
    "Een plaatje leg je in dezelfde map als dit werkblad. In de werkplaats kies je het erbij.",
    "Vul de naam van het bestand in, bijvoorbeeld huis.png.",
    "Bij een plaatje horen ook een beschrijving, de maker en een licentie.",
    "Gebruik geen formules. Schrijf gewone tekst.",
    "Schrijf alles zelf. Neem geen vragen over van DUO, uitgevers of musea.",
    "Klaar? Ga in de werkplaats naar Vragen uit Excel. Je leest eerst wat er goed en fout is.",
    "Zonder werkplaats typ je: knm import vragen.xlsx. Er verandert dan nog niets.",
    "Is het goed? Typ: knm import vragen.xlsx --write.",
    "Wat nog niet kan, krijg je terug in een werkblad met opmerkingen. Verbeter dat, en lees het weer in.",
)


def template(bank: Itembank) -> tuple[Sheet, ...]:
    """Return the empty template with its lists and examples."""
    headings = [heading for heading in HEADINGS if not heading.extra]
    columns = _columns(headings, bank)
    empty = ("",) * len(headings)
    examples = [_of_item(item, headings) for item in _examples(bank)]
    sheets = [
        Sheet(
            "Vragen", columns, (empty,) * ROWS, frozen=4, typed_in=True, footer="Vragen voor de itembank KNM"
        )
    ]
    if examples:
        plain = tuple(replace(column, choices=(), choices_from="", hint="") for column in columns)
        sheets.append(Sheet("Voorbeelden", plain, tuple(examples), frozen=4))
    return (*sheets, *_lists(bank))


def given_back(
    entries: Sequence[Entry], bank: Itembank, pictures: Mapping[tuple[int, str], str]
) -> tuple[Sheet, ...]:
    """Return the workbook of the entries that cannot go in yet, each wrong cell marked with a note.

    `pictures` are the names of the files beside it, by the index of the entry and the place in the item ("" or a letter).
    """
    used = {
        key
        for index, entry in enumerate(entries)
        for key, text in _cells(index, entry, pictures).items()
        if text
    }
    headings = [heading for heading in HEADINGS if not heading.extra or heading.key in used]
    remark = Column(REMARK, 60)
    rows, notes = [], {}
    for index, entry in enumerate(entries):
        cells = _cells(index, entry, pictures)
        rows.append((_remark(entry), *(cells.get(heading.key, "") for heading in headings)))
        for place, found in _marks(entry.findings, headings).items():
            notes[index + 1, place + 1] = "\n".join(found)
        notes.setdefault((index + 1, 1), "Kijk in deze rij naar de cellen met een kleur.")
    sheet = Sheet(
        "Vragen",
        (remark, *_columns(headings, bank)),
        tuple(rows),
        frozen=1,
        notes=notes,
        typed_in=True,
        footer="Terug: deze vragen kunnen nog niet",
    )
    return (sheet, *_lists(bank))


def _columns(headings: Iterable[Heading], bank: Itembank) -> tuple[Column, ...]:
    ranges = {
        "eindterm": f"Eindtermen!$A$2:$A${len(bank.eindterm_nummers()) + 1}"
        if bank.eindterm_nummers()
        else "",
        "bron": f"Bronnen!$A$2:$A${len(bank.bronnen) + 1}" if bank.bronnen else "",
    }
    return tuple(
        Column(
            heading.title,
            heading.width,
            heading.choices,
            choices_from=ranges.get(heading.key, ""),
            hint=heading.hint,
        )
        for heading in headings
    )


def _lists(bank: Itembank) -> tuple[Sheet, ...]:
    terms = tuple(
        (number, bank.thema_of(number).titel, bank.eindterm(number).tekst)
        for number in bank.eindterm_nummers()
    )
    bronnen = tuple((bron.id, bron.titel, bron.maker) for bron in bank.bronnen.values())
    return (
        Sheet("Eindtermen", (Column("Nummer", 10), Column("Onderwerp", 30), Column("Eindterm", 100)), terms),
        Sheet("Bronnen", (Column("Naam", 36), Column("Titel", 70), Column("Maker", 40)), bronnen),
        Sheet("Uitleg", (Column("Zo vul je dit in", 100),), tuple((line,) for line in _HOW)),
    )


def _examples(bank: Itembank) -> list[Item]:
    """Return the first good question of each of the first themas: three answers, explained, without a picture."""
    found: dict[str, Item] = {}
    for item in bank.items.values():
        whole = len(item.opties) == 3 and all(optie.tekst and optie.toelichting for optie in item.opties)
        if whole and usable_for(item, "oefenen") and not item.afbeeldingen and item.bronnen:
            found.setdefault(item.thema, item)
    return list(found.values())[:_EXAMPLES]


def _of_item(item: Item, headings: Iterable[Heading]) -> tuple[str, ...]:
    cells = {
        "eindterm": item.eindterm,
        "context": item.context,
        "stam": item.stam,
        "goed": LETTERS[item.sleutel] if item.sleutel is not None else "",
        "bron": item.bronnen[0].id,
        "plaats": item.bronnen[0].plaats,
        "gevoelig": "ja" if item.gevoelig else "nee",
        "trefwoorden": ", ".join(item.trefwoorden),
        **{
            key: str(getattr(item, key))
            for key in ("taalniveau", "abstractieniveau", "beheersing", "stof", "veroudert", "herkomst")
        },
    }
    for low, optie in zip("abcd", item.opties, strict=False):
        cells |= {f"tekst_{low}": optie.tekst, f"uitleg_{low}": optie.toelichting}
    return tuple(cells.get(heading.key, "") for heading in headings)


def _cells(index: int, entry: Entry, pictures: Mapping[tuple[int, str], str]) -> dict[str, str]:
    """Return a question as cells: what came, so that nothing that its writer typed is lost."""
    question = entry.question
    data = entry.draft.data if entry.draft is not None else {}
    origin = str(data.get("ingelezen_uit", "")).removeprefix("werkblad ")
    cells = {
        "nummer": origin,
        "eindterm": str(data.get("eindterm", "")) or question.fields.get("eindterm", ""),
        "indicator": str(data.get("indicator", "")) or question.fields.get("indicator", ""),
        "context": question.context,
        "stam": question.stem,
        "goed": ", ".join(
            LETTERS[place] for place, choice in enumerate(question.choices[:4]) if choice.right
        )
        or question.right,
        "bron": question.bronnen[0][0].partition(" (")[0] if question.bronnen else "",
        "plaats": question.bronnen[0][1] if question.bronnen else "",
        "gevoelig": "ja" if data.get("gevoelig") else question.fields.get("gevoelig", ""),
        "trefwoorden": ", ".join(data.get("trefwoorden", ())),
        "maker": question.fields.get("maker", ""),
        "vast": ", ".join(
            LETTERS[place] for place, choice in enumerate(question.choices[:4]) if choice.fixed
        ),
    }
    filled = entry.draft.filled if entry.draft is not None else ()
    for key in ("taalniveau", "abstractieniveau", "beheersing", "stof", "veroudert", "herkomst"):
        cells[key] = question.fields.get(key) or ("" if key in filled else str(data.get(key, "")))
    for low, choice in zip("abcd", question.choices, strict=False):
        cells |= {f"tekst_{low}": choice.text, f"uitleg_{low}": choice.why}
        if choice.picture is not None:
            cells[f"plaatje_{low}"] = pictures.get((index, low), choice.picture.name)
            cells[f"beschrijving_{low}"] = choice.picture.alt
    if question.picture is not None:
        shown = data.get("afbeelding", {})
        cells["plaatje"] = pictures.get((index, ""), question.picture.name)
        cells["alt"] = question.picture.alt
        cells["plaatje_maker"] = (
            "" if shown.get("maker") == "onbekend" else shown.get("maker", question.picture.maker)
        )
        cells["plaatje_licentie"] = question.picture.licentie
    cells["alt"] = "" if cells.get("alt") == TODO_ALT else cells.get("alt", "")
    return cells


def _marks(findings: Iterable[Finding], headings: Sequence[Heading]) -> dict[int, list[str]]:
    """Return the notes by the place of the column (from 1); what has no column of its own is not among them."""
    places = {heading.pointer: place for place, heading in reversed(list(enumerate(headings, start=1)))}
    places["/opties"] = next(place for place, heading in enumerate(headings, 1) if heading.key == "goed")
    made: dict[int, list[str]] = {}
    for found in findings:
        pointer = found.pointer
        tries = [pointer, f"{pointer}/tekst", f"{pointer}/bestand", pointer.rpartition("/")[0]]
        place = next((places[name] for name in tries if name in places), None)
        if place is not None and found.rule.severity is not Severity.ADVICE:
            made.setdefault(place, []).append(f"{found.message} {found.hint}".strip())
    return made


def _remark(entry: Entry) -> str:
    told = [
        f"{found.message} {found.hint}".strip()
        for found in entry.findings
        if found.rule.severity is Severity.ERROR or found.rule.code in ("I520", "I521")
    ]
    too_many = entry.question.choices[4:]
    if too_many:
        told.append(f"Andere antwoorden waren: {'; '.join(choice.text for choice in too_many)}.")
    return "\n".join([f"{entry.question.spot.said}.", *told])
