"""Where a question belongs: its eindterm and its bronnen, out of what its source says about it.

In: a question, what was recognised in its tags and notes, and the bank. Out: eindterm, indicator and bronnen, or why not.
What says it outright comes before what only happens to hold a number. One that does not exist is never replaced by a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from builder.dutch import meant
from builder.intake.delivery import Question, Remark
from builder.intake.notes import Said, numbers_in
from builder.intake.rules import I505, I522
from builder.model.itembank import Itembank


def eindterm_of(
    question: Question, tags: Said, notes: Said, bank: Itembank, wished: str
) -> tuple[str, str, tuple[Remark, ...]]:
    """Return eindterm and indicator ("" when unknown) and the remarks; `wished` counts when the source says nothing."""
    given = question.fields.get("eindterm", "")
    sources: tuple[tuple[str, ...], ...] = (
        (given, question.fields.get("indicator", "")),
        (tags.fields.get("eindterm", ""), tags.fields.get("indicator", "")),
        (notes.fields.get("eindterm", ""),),
        tuple(tags.rest),
        *((text,) for text in question.hints),
    )
    for texts in sources[:1] if given else sources:
        known = [number for text in texts for number in numbers_in(text) if _exists(bank, number)]
        terms = list(dict.fromkeys(number.partition("-")[0] for number in known))
        if len(terms) > 1:
            told = f"Hier staan {len(terms)} eindtermen: {', '.join(terms[:6])}."
            return terms[0], "", (Remark(I505, "/eindterm", told, "Kies de ene waar de vraag bij hoort."),)
        if terms:
            indicator = next((number for number in known if "-" in number), "")
            own = question.fields.get("indicator", "")
            # one that does not exist is left to linking, which says so
            return terms[0], own if own.startswith(f"{terms[0]}-") else indicator, ()
    if given:
        hint = meant(given[:20], bank.eindterm_nummers(), "Kijk bij Eindtermen welke er zijn.", 0.5)
        return "", "", (Remark(I505, "/eindterm", f'Eindterm "{given[:40]}" bestaat niet.', hint),)
    if wished:
        return wished, "", ()
    told = "Wij weten niet bij welke eindterm deze vraag hoort."
    hint = 'Vul de eindterm in (of een tag "eindterm 3.1.2"), of geef hem mee: --eindterm 3.1.2.'
    return "", "", (Remark(I505, "/eindterm", told, hint),)


def _exists(bank: Itembank, number: str) -> bool:
    term, dash, _ = number.partition("-")
    if not bank.has_eindterm(term):
        return False
    return not dash or number in {indicator.code for indicator in bank.eindterm(term).indicatoren}


def bronnen_of(
    given: Iterable[tuple[str, str]], bank: Itembank
) -> tuple[list[dict[str, str]], tuple[Remark, ...]]:
    """Return the bronnen (pairs of name or title, and place) as an item has them, and a remark on each unknown one."""
    made: list[dict[str, str]] = []
    remarks = []
    titles = {bron.titel.lower(): name for name, bron in bank.bronnen.items()}
    for name, plaats in given:
        bare = name.partition(" (")[0]
        known = next((key for key in (name, bare) if key in bank.bronnen), titles.get(name.lower(), ""))
        if not known:
            near = get_close_matches(bare[:80], list(bank.bronnen), 1, 0.7)
            hint = (
                f'Bedoelde je "{near[0]}"?'
                if near
                else "Zet de bron in content/bronnen.yaml, en dan bij de vraag."
            )
            told = f'De bron "{name[:80]}" kennen we niet. Zij is niet overgenomen.'
            remarks.append(Remark(I522, "/bronnen", told, hint))
            continue
        entry = {"id": known, **({"plaats": plaats[:300]} if plaats else {})}
        if entry not in made:
            made.append(entry)
    return made, tuple(remarks)
