"""One row of a table → a question: what each cell means, and where it stands.

In: the cells of a row by column, and a way to ask for a picture that lies beside the file. Out: a question. It knows no
workbook and no CSV.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from builder.intake.columns import BY_KEY, HEADINGS, LETTERS, Heading
from builder.intake.delivery import Choice, Picture, Question, Remark, Spot
from builder.intake.rules import I503, I504, I507, I508
from builder.sheets import column_letter

# The number of a question in what went back: it came from another program before.
_OTHER = re.compile(r"(moodle|qti|gift|knm) ")
_FIELDS = (
    "eindterm", "indicator", "taalniveau", "abstractieniveau", "beheersing", "stof", "veroudert", "gevoelig", "herkomst",
    "maker",
)  # fmt: skip

Beside = Callable[[str], bytes | None]


def question_of(
    cells: dict[str, str],
    places: Mapping[str, int],
    formulas: frozenset[str],
    line: int,
    said: str,
    beside: Beside,
) -> Question:
    """Return the question of a row. `cells` and `places` (columns from 1) go by the key of the heading.

    `formulas` are the keys of the cells that hold one; `said` is how a person calls the row.
    """
    remarks = [
        Remark(
            I508,
            BY_KEY[key].pointer,
            "Hier staat een formule. Die lezen we niet.",
            "Zet de tekst zelf in de cel, zonder = ervoor.",
        )
        for key in places
        if key in formulas
    ]
    for heading in HEADINGS:
        if heading.choices and heading.key != "goed" and cells.get(heading.key):
            cells[heading.key] = _chosen(heading, cells[heading.key], remarks)
    bron = cells.get("bron", "")
    number = cells.get("nummer", "")
    return Question(
        name=said,
        spot=Spot(line, 1, said),
        stem=cells.get("stam", ""),
        context=cells.get("context", ""),
        picture=_picture(cells, "plaatje", "alt", beside),
        choices=_choices(cells, remarks, beside),
        origin=number if _OTHER.match(number) else f"werkblad {number}" if number else "",
        own_id=number.removeprefix("knm ") if re.fullmatch(r"(knm )?[a-z]+-[0-9]{3}", number) else "",
        fields={key: cells[key] for key in _FIELDS if cells.get(key)},
        bronnen=((bron, cells.get("plaats", "")),) if bron else (),
        tags=tuple(
            word for part in re.split(r"[,;\n]", cells.get("trefwoorden", "")) if (word := part.strip())
        ),
        remarks=tuple(remarks),
        spots=_spots(places, line, said),
        right=cells.get("goed", ""),
    )


def _spots(places: Mapping[str, int], line: int, said: str) -> dict[str, Spot]:
    """Return where each part of the item stands in the row."""
    spots = {
        BY_KEY[key].pointer: Spot(line, column, f"{said}, kolom {column_letter(column)}")
        for key, column in places.items()
        if key not in ("goed", "vast")
    }
    if "/afbeelding/bestand" in spots:
        spots["/afbeelding"] = spots["/afbeelding/bestand"]
    for place in range(4):
        text = spots.get(f"/opties/{place}/tekst") or spots.get(f"/opties/{place}/afbeelding/bestand")
        if text:
            spots[f"/opties/{place}"] = text
    if "goed" in places:
        spots["/opties"] = Spot(line, places["goed"], f"{said}, kolom {column_letter(places['goed'])}")
    return spots


def _chosen(heading: Heading, text: str, remarks: list[Remark]) -> str:
    """Return the choice as the list has it; what is not in the list stays as it was typed, with a remark."""
    for choice in heading.choices:
        if choice.lower() == text.lower():
            return choice
    near = get_close_matches(text.lower()[:60], [choice.lower() for choice in heading.choices], 1, 0.6)
    meant = next((f'Bedoelde je "{choice}"? ' for choice in heading.choices if choice.lower() in near), "")
    listed = f"{', '.join(heading.choices[:-1])} of {heading.choices[-1]}"
    remarks.append(
        Remark(
            I507, heading.pointer, f'{heading.title} "{text[:60]}" kennen we niet.', f"{meant}Kies {listed}."
        )
    )
    return text


def _picture(cells: Mapping[str, str], name: str, alt: str, beside: Beside) -> Picture | None:
    file = cells.get(name, "")
    if not file:
        return None
    data = None
    problem = ""
    if re.search(r"[/\\:]", file) or file.startswith((".", "~")):
        problem = f'"{file[:60]}" is geen bestandsnaam. Noem alleen de naam, zonder map.'
    else:
        data = beside(file)
        if data is None:
            problem = f'Het plaatje "{file[:60]}" ligt niet in dezelfde map als dit bestand.'
    return Picture(
        file,
        data or b"",
        cells.get(alt, ""),
        cells.get("plaatje_maker", ""),
        cells.get("plaatje_licentie", ""),
        problem,
    )


def _choices(cells: Mapping[str, str], remarks: list[Remark], beside: Beside) -> tuple[Choice, ...]:
    right = _letters(cells.get("goed", ""), remarks)
    fixed = set(re.findall(r"[a-d]", cells.get("vast", "").lower()))
    made = [
        Choice(
            cells.get(f"tekst_{low}", ""),
            low in right,
            cells.get(f"uitleg_{low}", ""),
            _picture(cells, f"plaatje_{low}", f"beschrijving_{low}", beside),
            low in fixed,
        )
        for low in "abcd"
    ]
    while made and made[-1].empty and not made[-1].right:
        lost = made.pop()
        if lost.why:
            remarks.append(
                Remark(
                    I504,
                    f"/opties/{len(made)}/tekst",
                    f"Bij antwoord {LETTERS[len(made)]} staat uitleg, maar geen antwoord.",
                    "Vul het antwoord in, of haal de uitleg weg.",
                )
            )
    return tuple(made)


def _letters(text: str, remarks: list[Remark]) -> set[str]:
    """Return the letters of the right answers; a number from 1 to 4 counts as a letter."""
    parts = [part for part in re.split(r"[\s,;+&/]+|\ben\b", text.lower()) if part and part != "antwoord"]
    letters = {LETTERS[int(part) - 1].lower() if part in ("1", "2", "3", "4") else part for part in parts}
    if all(re.fullmatch("[a-d]", part) for part in letters):
        return letters
    remarks.append(
        Remark(I503, "/opties", f'"{text[:60]}" is geen letter van een antwoord.', "Vul A, B, C of D in.")
    )
    return set()
