"""A table with a row per answer → answers in the gathering.

In: a reader of the table. Out: nothing; answers and findings are put where the reader keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from builder.analysis.cells import EMPTY, SKIP_TEXTS, UNDECIDED, as_scores, codes_of, tidy, was_mangled
from builder.analysis.nouns import SKIPPED
from builder.analysis.reader import Reader
from builder.analysis.rules import A506, A507, A509, A512, A513
from builder.diagnostics import Diagnostic


def read_long(reader: Reader, otherwise: str) -> None:
    """Put the answers of a long table in the gathering of its reader."""
    table, roles, gather = reader.table, reader.columns.roles, reader.gather
    at_item = roles["item"]
    at_answer = roles.get("antwoord", roles.get("optie", roles.get("score", 0)))
    scored = roles.get("score") if at_answer != roles.get("score") else None
    digests: dict[str, set[tuple[str, str]]] = {}
    by_name = {name.casefold(): name for name in reader.catalogue.vragen}
    last: tuple[tuple[str, ...], tuple[int, str, str] | None] = ((), None)
    person_columns = [roles[role] for role in ("persoon", "toets", "variant") if role in roles]
    person_columns += [place for place, _ in reader.columns.properties]
    for row, cells in enumerate(table.rows):
        key = tuple([cells[place] for place in person_columns if place < len(cells)])
        if not row or key != last[0]:
            last = (key, reader.whose(row, otherwise))
        mine = last[1]
        if mine is None:
            continue
        number, toets, variant = mine
        given = cells[at_item].strip() if at_item < len(cells) else ""
        item = given if given in reader.catalogue.vragen else by_name.get(given.casefold(), given)
        meaning = reader.meaning(toets, variant, item)
        if meaning is None:
            _unknown_item(reader, row, at_item, item, toets)
            continue
        text = cells[at_answer] if at_answer < len(cells) else ""
        code = meaning[1].get(text)
        if code is None:
            code = meaning[1].get(tidy(text))
            if code is None:
                reader.wrong_answer(row, at_answer, item, text.strip())
                continue
            meaning[1][text] = code
        # a line of its own with an empty answer says that the question was asked
        gather.put(number, meaning[0], SKIPPED if code in (UNDECIDED, EMPTY) else code)
        if scored is not None and code >= 0:
            _compare(reader, row, scored, item, gather.vragen[meaning[0]].scores[code])
        if "digest" in roles or "versie" in roles:
            digests.setdefault(item, set()).add((reader.cell(row, "versie"), reader.cell(row, "digest")))
    _changed(reader, digests)


def _unknown_item(reader: Reader, row: int, place: int, item: str, toets: str) -> None:
    if was_mangled(item):
        message = f'Het vraagnummer "{item}" is door Excel veranderd.'
        reader.told.say(
            A509, row, place, item, message, "Maak de kolom op als Tekst en typ het nummer opnieuw."
        )
        return
    known = (
        sorted(reader.catalogue.of_toets(toets))
        if toets in reader.catalogue.toetsen
        else sorted(reader.catalogue.vragen)
    )
    near = get_close_matches(item, known, 1, 0.6)
    meant = f" Bedoelde je {near[0]}?" if near else ""
    where = (
        f"hoort niet bij toets {toets}"
        if item in reader.catalogue.elsewhere or item in reader.catalogue.vragen
        else "kennen we niet"
    )
    message = (
        f'Vraag "{item}" {where}.{meant}' if item else "In deze regel ontbreekt het nummer van de vraag."
    )
    reader.told.say(A506, row, place, item, message, "Verbeter het nummer, of haal deze regels weg.")


def _compare(reader: Reader, row: int, place: int, item: str, score: int) -> None:
    """Tell when the file says something else about right or wrong than the scoring does."""
    cells = reader.table.rows[row]
    said = tidy(cells[place]) if place < len(cells) else ""
    if said in SKIP_TEXTS:
        return
    vraag = as_scores(reader.gather.vragen[reader.gather.number_of[item]])
    code = codes_of(vraag, "scores", (), UNDECIDED).get(said)
    if code is None:
        message = f'"{cells[place].strip()}" is geen score bij {item}.'
        reader.told.say(A507, row, place, item, message, "Gebruik ja of nee, of 1 of 0.")
    elif vraag.scores[code] != score:
        message = f"Bij {item} zegt het bestand iets anders over goed en fout dan de sleutel van nu."
        hint = f'Is de sleutel veranderd? Laat deze kolom dan weg met --drop "{reader.table.head[place]}".'
        reader.told.say(A512, row, place, item, message, hint)


def _changed(reader: Reader, digests: Mapping[str, set[tuple[str, str]]]) -> None:
    """Keep the version that was answered, and warn when that is not the text of now."""
    for item, seen in digests.items():
        number = reader.gather.number_of[item]
        vraag = reader.gather.vragen[number]
        given = {
            (versie, digest)
            for versie, digest in seen
            if (digest or vraag.digest, versie or str(vraag.versie)) != (vraag.digest, str(vraag.versie))
        }
        if not given:
            continue
        message = f"De antwoorden op {item} horen bij een andere tekst van de vraag."
        hint = "We rekenen met de sleutel van nu. De cijfers tellen niet mee voor de tekst van nu."
        at = reader.table.at(-1, reader.columns.roles.get("digest", reader.columns.roles.get("versie", 0)))
        reader.told.found.append(Diagnostic(A513, at, message, hint))
        versie, digest = given.pop() if len(seen) == 1 else ("", "")
        reader.gather.vragen[number] = replace(
            vraag, versie=int(versie) if versie.isdigit() else 0, digest=digest if len(digest) == 64 else ""
        )
