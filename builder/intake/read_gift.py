"""GIFT → questions. Made after docs.moodle.org "GIFT format".

In: text. Out: questions; a kind that we do not have is named. A backslash keeps a sign from being a sign; comments
may hold an id and tags; an empty line parts two questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.dutch import file_size
from builder.intake.delivery import Choice, Delivery, Question, Remark, Spot, Stop
from builder.intake.notes import is_ours
from builder.intake.opening import decode
from builder.intake.plain_text import Plain, tidy
from builder.intake.rules import I402, I405, I408, I501
from builder.intake.wording import (
    ANSWER_INSTEAD,
    KINDS,
    auto,
    losses,
    outside,
    parted,
    picture_in,
    right_answers,
    weights,
)

MAX_GIFT = 4 * 1024 * 1024
MAX_QUESTIONS = 2000
_SIGNS = "~=#{}:"
_HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()} | {"\ue00a": "\n"})
_FORM = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_TRUE_FALSE = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,6}(?:\.[0-9]{1,10})?)%")


@dataclass(slots=True)
class _Block:
    """The lines of one question, with the line of its first and what its comments told."""

    line: int
    lines: list[str] = field(default_factory=list)
    category: str = ""
    idnumber: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_gift(data: bytes) -> Delivery:
    """Return the questions of a GIFT file."""
    if len(data) > MAX_GIFT:
        raise Stop(I402, f"Dit bestand is {file_size(len(data))}. Ten hoogste {file_size(MAX_GIFT)} kan.")
    made: list[Question] = []
    for block in _joined(_blocks(_hidden(decode(data)))):
        if len(made) >= MAX_QUESTIONS:
            raise Stop(
                I402, f"Er staan meer dan {MAX_QUESTIONS} vragen in.", "Verdeel ze over meer bestanden."
            )
        made.append(_question(block, len(made) + 1))
    if not made:
        raise Stop(I408, "In dit bestand staat geen enkele vraag.", "Kijk of dit het goede bestand is.")
    return Delivery("GIFT", tuple(made))


def looks_like_gift(text: str) -> bool:
    """Tell whether a text may be GIFT: braces with an answer in it, or a title between double colons."""
    return (
        re.search(r"\{[^{}]*[=~#]|\{\s*(?:T|F|TRUE|FALSE)?\s*\}|^::", text[:200_000], re.MULTILINE)
        is not None
    )


def _hidden(text: str) -> str:
    """Return the text in which every escaped sign is a letter of its own, so that it can be cut by signs."""
    text = re.sub("[\ue000-\uf8ff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(
        r"\\([~=#{}:n\\])",
        lambda found: "\ue00a" if found[1] == "n" else "\\" if found[1] == "\\" else _HIDDEN[found[1]],
        text,
    )


def _blocks(text: str) -> Iterator[_Block]:
    category = ""
    block = _Block(1)
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if not line.strip():
            if block.lines:
                yield block
                block = _Block(number + 1)
            continue
        stripped = line.lstrip()
        if stripped.startswith("//"):
            told = stripped.translate(_SHOWN)
            block.idnumber = block.idnumber or next(_told(told, "id"), "")
            block.tags += _told(told, "tag")
            continue
        if stripped.upper().startswith("$CATEGORY"):
            category = tidy(stripped[9:].lstrip(":" + _HIDDEN[":"] + " ").translate(_SHOWN))
            continue
        if not block.lines:
            block.line, block.category = number, category
        block.lines.append(line)


def _told(comment: str, what: str) -> Iterator[str]:
    """Yield what a comment tells in square brackets: [id:…] or [tag:…], where \\] is a bracket."""
    for found in re.finditer(rf"\[{what}:((?:\\\]|[^\]\x00-\x1f]){{1,100}})\]", comment):
        yield tidy(found[1].replace("\\]", "]"))


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Yield the blocks; one whose answers are cut by an empty line is put together again."""
    open_block: _Block | None = None
    for block in blocks:
        if open_block is not None:
            text = block.text
            closes = text.find("}")
            if closes >= 0 and "{" not in text[:closes]:
                open_block.lines += block.lines
                yield open_block
                open_block = None
                continue
            yield open_block
            open_block = None
        if "{" in block.text and "}" not in block.text:
            open_block = block
        else:
            yield block
    if open_block is not None:
        yield open_block


def _question(block: _Block, number: int) -> Question:
    text = block.text.strip()
    title = ""
    if text.startswith("::"):
        title, closed, rest = text[2:].partition("::")
        text = rest.lstrip() if closed else text
    title = tidy(title.translate(_SHOWN)) if title else ""
    said = f"Vraag {number} (regel {block.line}" + (f', "{title[:40]}")' if title else ")")
    spot = Spot(block.line, 1, said)
    form = "moodle"
    if match := _FORM.match(text):
        form, text = match[1].lower(), text[match.end() :]
    before, opened, rest = text.partition("{")
    if not opened:
        return Question(
            f"Vraag {number}", spot, _shown(text, form).text, skipped="Dit is een tekst, geen vraag."
        )
    remarks: list[Remark] = []
    answers, closed, after = rest.rpartition("}")
    if not closed:
        remarks.append(
            Remark(
                I405,
                "/opties",
                "De accolade { bij deze vraag wordt niet gesloten.",
                "Zet } achter de antwoorden.",
            )
        )
        answers, after = rest, ""
    if after.strip():
        before = f"{before.rstrip()} _____ {after.strip()}"
    plain = _shown(before, form)
    context, stem = parted(plain)
    answers, general, overall = answers.partition("####")
    notes_plain = _shown(overall, form)
    notes = tuple(line for part in notes_plain.paragraphs for line in part.split("\n"))
    lost = ["feedback bij de hele vraag"] if general and notes and not is_ours(notes) else []
    plains = [plain]
    choices = _choices(answers.strip(), form, remarks, lost, plains)
    remarks += losses("", plains, lost)
    own = re.match(r"([a-z]+-[0-9]{3})\b", title)
    return Question(
        name=f"Vraag {number}",
        spot=spot,
        stem=stem,
        context=context,
        picture=picture_in(plain, outside, "/afbeelding", remarks),
        choices=choices,
        origin=f"gift {block.idnumber}" if block.idnumber else "",
        own_id=own[1] if own else "",
        tags=tuple(block.tags),
        hints=(block.idnumber, block.category, title),
        notes=notes,
        remarks=tuple(remarks),
    )


def _shown(text: str, form: str) -> Plain:
    if match := _FORM.match(text):
        form, text = match[1].lower(), text[match.end() :]
    return auto(text.strip().translate(_SHOWN), form)


def _choices(
    answers: str, form: str, remarks: list[Remark], lost: list[str], plains: list[Plain]
) -> tuple[Choice, ...]:
    kind = ""
    if not answers:
        kind = "essay"
    elif answers.startswith("#"):
        kind = "numerical"
    elif match := _TRUE_FALSE.fullmatch(answers):
        return _true_false(match, form)
    elif "~" not in answers:
        kind = "matching" if "->" in answers else "shortanswer"
    if kind:
        remarks.append(
            Remark(I501, "", f"Dit is {KINDS[kind]}. Wij hebben alleen meerkeuzevragen.", ANSWER_INSTEAD)
        )
        return ()
    parts = re.split(r"([=~])", answers)
    pairs = [(parts[place], parts[place + 1]) for place in range(1, len(parts) - 1, 2)]
    percents: list[float] = []
    texts: list[tuple[str, str]] = []
    for sign, part in pairs:
        weight = _WEIGHT.match(part)
        if weight:
            percents.append(float(weight[1]))
            part = part[weight.end() :]
        else:
            percents.append(100.0 if sign == "=" else 0.0)
        text, _, why = part.partition("#")
        texts.append((text, why))
    full = sum(percent >= 100 for percent in percents)
    multiple = full == 0 or full > 1
    right = right_answers(percents, multiple, remarks)
    lost += weights(percents, multiple)
    made = []
    for place, (text, why) in enumerate(texts):
        said, reason = _shown(text, form), _shown(why, form)
        plains += [said, reason]
        made.append(
            Choice(
                said.text,
                right[place],
                reason.text,
                picture_in(said, outside, f"/opties/{place}/afbeelding", remarks),
            )
        )
    return tuple(made)


def _true_false(match: re.Match[str], form: str) -> tuple[Choice, ...]:
    """Return the two answers. The first feedback is for who answers wrong, the second for who answers right."""
    true = match[1].upper().startswith("T")
    wrong, right = (_shown(match[place] or "", form).text for place in (2, 3))
    return (
        Choice("Waar", true, right if true else wrong),
        Choice("Niet waar", not true, wrong if true else right),
    )
