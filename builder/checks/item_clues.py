"""What gives the key away: its length, an echo of the stem, or options that tell it by themselves.

In: one item with exactly one key, read. Out: findings about clues that need no knowledge of KNM.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.words import ItemText, content, listed, stem, tokens
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank

C415 = Rule(
    "C415",
    "goed-antwoord-het-langst",
    Severity.WARNING,
    "Wie het niet weet, kiest het langste antwoord. Vaak is dat ook goed, omdat de maker daar precies wilde zijn.",
    "goed: De huisarts, want die kent u en kan u doorsturen · fout: De politie · fout: De buren",
    "goed: De huisarts · fout: De politie · fout: De buren",
)
C419 = Rule(
    "C419",
    "echo-uit-de-stam",
    Severity.WARNING,
    "Staat een woord uit de stam alleen in het goede antwoord, dan vindt iedereen het zonder kennis.",
    "stam: Wie controleert de belasting?\ngoed: De inspecteur van de belasting",
    "stam: Wie controleert de belasting?\ngoed: De inspecteur",
)
C420 = Rule(
    "C420",
    "klank-uit-de-stam",
    Severity.ADVICE,
    "Ook een woord dat op een woord uit de stam lijkt, wijst naar het goede antwoord.",
    "stam: Waar vraagt u huurtoeslag aan?\ngoed: Bij de Dienst Toeslagen",
    "Een fout antwoord dat ook op de stam lijkt, of een ander woord in de stam.",
)
C433 = Rule(
    "C433",
    "alt-tekst-verraadt-antwoord",
    Severity.WARNING,
    "Wie de alt-tekst hoort, krijgt dan een makkelijker vraag dan wie het plaatje ziet.",
    "goed: Een dijk\nalt: Een dijk houdt het water tegen.",
    "goed: Een dijk\nalt: Een lange heuvel met gras ligt tussen het water en de huizen.",
)
C436 = Rule(
    "C436",
    "opties-verraden-antwoord",
    Severity.WARNING,
    "Een handige kandidaat vindt het goede antwoord uit de antwoorden alleen. Dan meet de vraag geen kennis.",
    "goed: Rood, wit en blauw · fout: Rood en groen · fout: Blauw en zwart",
    "goed: Rood, wit en blauw · fout: Blauw, wit en groen · fout: Groen, rood en zwart",
)
C439 = Rule(
    "C439",
    "antwoord-staat-in-de-situatie",
    Severity.ADVICE,
    "Staat het goede antwoord al in de situatie, dan meet de vraag lezen en geen kennis.",
    "context: Sara belt de huisarts, want zij heeft koorts.\nstam: Wie belt u bij koorts?\ngoed: De huisarts",
    "context: Sara heeft koorts.\nstam: Wie belt zij?\ngoed: De huisarts",
)
RULES = (C415, C419, C420, C433, C436, C439)

_QUALIFIED = re.compile(
    r"[,:;(]|\b(?:omdat|zodat|want|doordat|namelijk|bijvoorbeeld|tenzij|mits)\b", re.IGNORECASE
)


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about clues to the key of one item."""
    if text.key is None or len(text.options) < 2:
        return
    too_long = False
    if text.has_text_only:
        for finding in _longest(bank, text):
            too_long = True
            yield finding
        yield from _by_themselves(bank, text, too_long)
        yield from _in_context(bank, text)
    yield from _echo(bank, text)
    yield from _alt(bank, text)


def _at_key(bank: Itembank, text: ItemText) -> Location:
    return bank.locate(text.item.id, "opties", text.key or 0, "tekst")


def excess(text: ItemText) -> float:
    """Return how much longer the key is than the longest other option: 0.3 means 30%."""
    key = len(text.options[text.key or 0].text.strip())
    return key / max(1, *(len(option.text.strip()) for option in text.others)) - 1


def _longest(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    key = text.options[text.key or 0]
    longest = max(text.others, key=lambda option: len(option.text.strip()))
    more = len(key.text.strip()) - len(longest.text.strip())
    wordier = len(key.words) > max(len(option.words) for option in text.others)
    if excess(text) <= 0.3 or more < 8 or not (wordier or len(key.words) > 4):
        return  # one long word among short words is no hint
    percent = round(excess(text) * 100)
    how = "meer dan twee keer zo lang als" if percent > 100 else f"{percent}% langer dan"
    yield Diagnostic(
        C415,
        _at_key(bank, text),
        f"Het goede antwoord valt op: het is {how} het langste foute.",
        "Maak het korter, of maak de foute antwoorden even precies.",
    )


def _echo(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    key = text.options[text.key or 0]
    asked = {root: word for root, word in content(text.question_words).items() if len(word) > 3}
    elsewhere = {word for option in text.others for word in option.content}
    if asked.keys() & elsewhere:
        return  # a wrong option echoes the stem too: no clue
    same = [key.content[word] for word in asked if word in key.content]
    hint = "Kies een ander woord in de stam of in het antwoord. Of zet het ook in een fout antwoord."
    where = "alt-tekst van het goede plaatje" if key.is_picture else "goede antwoord"
    path = ("afbeelding", "alt") if key.is_picture else ("tekst",)
    at_key = (text.item.id, "opties", text.key or 0, *path)
    if same:
        verb = "staat" if len(same) == 1 else "staan"
        yield Diagnostic(
            C419,
            bank.locate(*at_key),
            f"{listed(same)} {verb} in de stam en verder alleen in {_the(where)}.",
            hint,
        )
        return
    pairs = [
        (heard, said) for heard in asked.values() for said in key.content.values() if sounds_like(heard, said)
    ]
    others = {word for option in text.others for word in option.content.values()}
    if pairs and not any(sounds_like(heard, said) for heard in asked.values() for said in others):
        heard, said = pairs[0]
        yield Diagnostic(
            C420,
            bank.locate(*at_key),
            f'"{said}" in het goede antwoord lijkt op "{heard}" in de stam.',
            "Kies een ander woord, of laat ook een fout antwoord erop lijken.",
        )


def _the(where: str) -> str:
    return f"de {where}" if where.startswith("alt") else f"het {where}"


def sounds_like(one: str, two: str) -> bool:
    """Tell whether two words share a part that an eye or ear catches: huurcontract, contract."""
    if not (one[:4] in two or two[:4] in one or one[-4:] in two or two[-4:] in one):
        return False
    one, two = one.replace("-", ""), two.replace("-", "")
    for pair in ((one, two), (stem(one), stem(two))):
        short, long = sorted(pair, key=len)
        if short == long or len(short) < 4:
            continue
        if long.startswith(short) or long.endswith(short) or short[:6] == long[:6]:
            return True
        if len(short) > 4 and (_runs_into(*pair) or _runs_into(*pair[::-1])):
            return True
    return False


def _runs_into(one: str, two: str) -> bool:
    """Tell whether one word ends with the part of five letters or more that the other begins with."""
    at = one.find(two[:5])
    return at > 0 and two.startswith(one[at:])


def _alt(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    picture = text.item.afbeelding
    key = text.options[text.key or 0]
    if picture is None or key.is_picture or not key.content:
        return
    told = _stems_of(picture.alt)
    if key.content.keys() <= told and not any(
        option.content and option.content.keys() <= told for option in text.others
    ):
        yield Diagnostic(
            C433,
            bank.locate(text.item.id, "afbeelding", "alt"),
            f"De alt-tekst noemt het goede antwoord: {listed(list(key.content.values()))}.",
            "Beschrijf wat er te zien is, zonder de woorden van het antwoord.",
        )


def _stems_of(text: str) -> set[str]:
    return set(content(tokens(text)))


def _in_context(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    key = text.options[text.key or 0]
    told = text.context_content.keys()
    if (
        key.content
        and key.content.keys() <= told
        and not any(option.content.keys() & told for option in text.others)
    ):
        yield Diagnostic(
            C439,
            _at_key(bank, text),
            f"De situatie noemt het goede antwoord al: {listed(list(key.content.values()))}.",
            "Haal het woord uit de situatie, of noem daar ook een fout antwoord.",
        )


def _by_themselves(bank: Itembank, text: ItemText, too_long: bool) -> Iterator[Diagnostic]:
    key, others = text.options[text.key or 0], text.others
    if len(others) < 2:
        return
    if _converges(text):
        clues = ["het deelt met elk fout antwoord een ander woord"]
    else:
        clues = []
        if excess(text) > 0.15 and len(key.text) - max(len(option.text) for option in others) > 4:
            clues.append("het is het langst")
        if _QUALIFIED.search(key.text) and not any(_QUALIFIED.search(option.text) for option in others):
            clues.append("het heeft als enige een toevoeging")
        if _has_figure(key.text) and not any(_has_figure(option.text) for option in others):
            clues.append("het noemt als enige een getal")
        if len({option.text.rstrip().endswith(".") for option in others}) == 1 and (
            key.text.rstrip().endswith(".") != others[0].text.rstrip().endswith(".")
        ):
            clues.append("het eindigt anders")
        if len(clues) < 2 or too_long:
            return
    yield Diagnostic(
        C436,
        _at_key(bank, text),
        f"Het goede antwoord is zonder de vraag te raden: {' en '.join(clues)}.",
        "Geef elk antwoord dezelfde bouw en evenveel details.",
    )


def _has_figure(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _converges(text: ItemText) -> bool:
    """Tell whether the key shares words with every other option, and these share none with each other."""
    key = {word for word in text.options[text.key or 0].content if not word[0].isdigit()}
    shares = [option.content.keys() & key for option in text.others]
    if not all(shares) or len(set().union(*shares)) < 2:
        return False
    pairs = [(one, two) for one in range(len(shares)) for two in range(one)]
    return not any(text.others[one].content.keys() & text.others[two].content.keys() for one, two in pairs)
