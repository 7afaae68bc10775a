"""One concrete repair for each kind of finding, in plain Dutch.

In: the words that were found. Out: one or two short sentences for the author.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.language.reading import Sentence, Word
from builder.language.wordlists import word_set

_CUTS = word_set("want maar dus omdat zodat terwijl hoewel doordat waardoor waarna nadat voordat totdat")
_JOINS = word_set("en of")
_SUBJECTS = word_set("ik je jij u hij zij ze we wij jullie het er dan daarna ook")
# The main clause that says the same as the subordinate one.
_MAIN = {
    "omdat": 'Maak er twee zinnen van: de tweede begint met "Want" of "Daarom".',
    "doordat": 'Maak er twee zinnen van: de tweede begint met "Daardoor".',
    "waardoor": 'Maak er twee zinnen van: de tweede begint met "Daardoor".',
    "zodat": 'Maak er twee zinnen van: de tweede begint met "Dan".',
    "terwijl": 'Maak er twee zinnen van: de tweede begint met "Tegelijk".',
    "hoewel": 'Maak er twee zinnen van: de tweede begint met "Toch".',
    "nadat": 'Maak er twee zinnen van: de tweede begint met "Daarna".',
    "voordat": 'Maak er twee zinnen van: de tweede begint met "Daarna".',
    "toen": 'Maak er twee zinnen van: de tweede begint met "Toen".',
    "als": 'Maak er twee zinnen van: de tweede begint met "Dan".',
}
_HEADS = sorted(
    word_set(
        "verzekering vergunning organisatie maatschappij medewerker voorwaarden wetgeving regeling procedure formulier "
        "toeslag uitkering instelling commissie bewijs dienst bureau kosten school"
    )
)
_VERBS = {
    "administratie": "bijhouden",
    "communicatie": "praten",
    "controle": "controleren",
    "indicatie": "aanwijzing",
    "innovatie": "vernieuwen",
    "integratie": "meedoen",
    "motivatie": "zin hebben",
    "naturalisatie": "Nederlander worden",
    "participatie": "meedoen",
    "presentatie": "laten zien",
    "reactie": "antwoorden",
    "registratie": "inschrijven",
    "reparatie": "repareren",
    "tolerantie": "respect hebben",
}
# Only so does a noun in -ing stand beside a verb that people use: "verhoging", not "huurverhoging".
_VERB_PREFIXES = ("aan", "be", "her", "onder", "ont", "op", "over", "uit", "ver", "voorb")
_NO_ANTECEDENT = word_set("aan als dat dus en is maar met of om op waar want weet zijn")
_BEFORE_NOUN = word_set("de het een deze dit mijn jouw je uw zijn haar ons onze hun")
_AGENT_WORDS = 4  # at most so many words after "door" name who does it


def cut(sentence: Sentence, opened: Sequence[int], text: str) -> str:
    """Return where to cut a long sentence of `text`: at the conjunction nearest to its middle, else at a comma."""
    words = sentence.words
    openers = set(opened)
    middle = len(words) / 2
    places = [
        index
        for index in range(3, len(words) - 2)
        if not words[index].quoted
        and (
            words[index].lower in _CUTS
            or (index in openers and words[index].lower != "sinds")
            or (words[index].lower in _JOINS and words[index + 1].lower in _SUBJECTS)
        )
    ]
    if places:
        best = min(places, key=lambda index: abs(index - middle))
        return f'Maak er twee zinnen van: knip bij "{words[best].lower}".'
    joins = [index for index in range(3, len(words) - 2) if words[index].lower in _JOINS]
    if joins:
        best = min(joins, key=lambda index: abs(index - middle))
        return (
            f'Maak er twee zinnen van, of een lijst: kijk bij "{words[best].lower} {words[best + 1].text}".'
        )
    commas = [
        index
        for index in range(2, len(words) - 3)
        if any(sign in text[words[index].end : words[index + 1].start] for sign in ",;:")
    ]
    if commas:
        best = min(commas, key=lambda index: abs(index + 1 - middle))
        return f'Maak er twee zinnen van: knip na "{words[best].text}".'
    return "Maak er twee zinnen van, of haal weg wat niet nodig is."


def simpler_clause(sentence: Sentence, index: int) -> str:
    """Return how to say the last subordinate clause in a sentence of its own."""
    opener = sentence.words[index].lower
    if opener == "die" and index and sentence.words[index - 1].lower not in _NO_ANTECEDENT:
        return f'Maak van het deel na "{sentence.words[index - 1].text}" een eigen zin.'
    return _MAIN.get(opener, f'Maak van het deel vanaf "{opener}" een eigen zin.')


def make_active(sentence: Sentence, pair: tuple[int, int]) -> str:
    """Return how to make a passive sentence active; names who does it when the sentence does."""
    words = sentence.words
    for index, word in enumerate(words[:-1]):
        if word.lower != "door":
            continue
        agent: list[str] = []
        for place in range(index + 1, min(index + 1 + _AGENT_WORDS, len(words))):
            if place in pair:
                break
            agent.append(words[place].text)
            if words[place].lower not in _BEFORE_NOUN and not words[place].text.endswith("e"):
                break
        if agent and agent[-1].lower() not in _BEFORE_NOUN:
            shown = " ".join(agent)
            return f'Maak de zin actief: begin met "{shown[0].upper()}{shown[1:]}".'
    return "Maak de zin actief: wie doet het? Begin met die persoon of instantie."


def use_a_verb(nouns: Sequence[Word]) -> str:
    """Return a verb or adjective for the first noun that has one."""
    for noun in nouns:
        word = noun.lower
        singular = word.removesuffix("en") if word.endswith("ingen") else word
        plain = _VERBS.get(word, "")
        if singular.endswith("ing") and (len(singular) <= 10 or singular.startswith(_VERB_PREFIXES)):
            plain = singular.removesuffix("ing") + "en"
        elif word.endswith(("heid", "heden")) and len(word) <= 15:
            plain = word.removesuffix("heid").removesuffix("heden")
        if plain:
            return f'Zeg het gewoner, bijvoorbeeld met "{plain}" in plaats van "{word}".'
    return "Schrijf met een werkwoord wie wat doet."


def long_word(word: str) -> str:
    """Return how to break up a long word: by its head when that is a common one."""
    if "-" in word.strip("-"):
        return "Schrijf het als twee woorden, of leg het kort uit."
    for head in _HEADS:
        if word.endswith(head) and len(word) > len(head) + 3:
            return f'Omschrijf het: "{head} voor …". Of leg het kort uit.'
    return "Kies een korter woord, of leg het in een korte zin uit."
