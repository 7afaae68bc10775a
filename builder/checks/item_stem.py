"""How a question is asked: one clear, positive question about knowledge that everybody can have.

In: one item, read. Out: findings about its stem and its situation. It knows nothing of other items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.words import ItemText, listed, without_quotations, word_list
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank

C401 = Rule(
    "C401",
    "beheersing-past-niet-bij-de-vraag",
    Severity.ADVICE,
    "Toepassen vraagt een situatie: iemand moet iets doen of kiezen. Vraagt de stam alleen een woord of feit, dan is het onthouden.",
    "beheersing: toepassen\nstam: Wat is een cao?",
    "beheersing: onthouden\nstam: Wat is een cao?",
)
C402 = Rule(
    "C402",
    "hangt-van-de-kandidaat-af",
    Severity.ADVICE,
    "Het antwoord moet voor iedereen gelijk zijn. Woonplaats, afkomst en geloof maken dan geen verschil.",
    "stam: Hoe heet de burgemeester van uw gemeente?",
    "stam: Wie is de voorzitter van de gemeenteraad?",
)
C403 = Rule(
    "C403",
    "stam-is-geen-vraag",
    Severity.WARNING,
    "Een hele vraag met een vraagteken leest het makkelijkst. Een zin om aan te vullen vraagt meer van het geheugen.",
    "stam: De hoofdstad van Nederland is …",
    "stam: Wat is de hoofdstad van Nederland?",
)
C404 = Rule(
    "C404",
    "situatie-staat-los-van-de-vraag",
    Severity.ADVICE,
    "Een situatie kost leestijd. Zij hoort erbij als de vraag zonder haar niet te beantwoorden is.",
    "context: Lina koopt een nieuwe fiets.\nstam: Wanneer is Koningsdag?",
    "stam: Wanneer is Koningsdag?",
)
C405 = Rule(
    "C405",
    "vraag-leunt-op-de-opties",
    Severity.ADVICE,
    "Een goede vraag kun je beantwoorden voordat je de antwoorden leest. Anders leest een kandidaat drie losse beweringen.",
    "stam: Welke uitspraak is waar?",
    "stam: Wie betaalt de huurtoeslag?",
)
C410 = Rule(
    "C410",
    "twee-vragen-in-een",
    Severity.WARNING,
    "Een vraag gaat over één punt. Anders weet je na een fout antwoord niet wat iemand mist.",
    "stam: Wie belt u bij brand en wat zegt u dan?",
    "stam: Wie belt u bij brand?",
)
C434 = Rule(
    "C434",
    "mening-gevraagd",
    Severity.WARNING,
    "Op een mening is geen antwoord fout. Vraag wat er geldt, wat er gebeurt of wat iets betekent.",
    "stam: Wat vindt u van de leerplicht?",
    "stam: Voor wie geldt de leerplicht?",
)
C435 = Rule(
    "C435",
    "beste-zonder-maatstaf",
    Severity.ADVICE,
    "Wat het beste is, hangt af van de maatstaf. Noem die, of vraag naar de eerste stap of de regel.",
    "stam: Wat kan Sara het beste doen?",
    "stam: Wat moet Sara volgens de wet doen?",
)
C431 = Rule(
    "C431",
    "feit-kan-veranderen",
    Severity.ADVICE,
    "Bedragen, percentages en namen van bestuurders veranderen. Dan moet iemand de vraag op tijd nakijken.",
    "stam: Hoe hoog is het eigen risico?\nantwoord: 385 euro\nveroudert: niet",
    "veroudert: jaarlijks\ngecontroleerd_op: 2026-11-25",
)
RULES = (C401, C402, C403, C404, C405, C410, C431, C434, C435)
_MONEY = re.compile(r"€\s*\d|\b\d[\d.,]*\s*(?:euro|procent|%)|\d\s*%", re.IGNORECASE)
_OFFICE = re.compile(
    r"\bwie\s+is\s+(?:nu\s+)?(?:de|het)\s+(?:\w+\s+)?(?:koning|koningin|minister|minister-president|premier)\b"
    r"|\b(?:op dit moment|tegenwoordig|dit jaar|momenteel)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b1\d{3}\b")

_ASKS = word_list("wie wat waar wanneer waarom hoe welk welke hoeveel waarmee waarvoor waarover")
_TWO_POINTS = re.compile(
    rf"\b(?:{'|'.join(_ASKS)})\b.*?(?:\ben|,)\s+(?:[a-z]+\s)?({'|'.join(_ASKS)})\b", re.IGNORECASE
)
_TWO_VERBS = re.compile(
    r"\ben\s+((?:moet|mag|kan|kunt|wil|gaat|doet|krijgt|betaalt|zegt|heeft|is)\s+(?:u|je|jij|hij|zij|ze|men|iemand))\b",
    re.IGNORECASE,
)
_ABOUT_THE_OPTIONS = re.compile(
    r"\bwelke?\s+(?:uitspra(?:ak|ken)|bewering(?:en)?|stelling(?:en)?|antwoord(?:en)?|zin(?:nen)?)\b"
    r"(?=.*\b(?:is|zijn|klopt|kloppen|past|passen|hoort|horen)\b)"
    r"|^wat\s+(?:is|klopt)\s+(?:waar|juist|correct|goed)?\s*(?:over|van|bij)\b"
    r"|^wat\s+(?:is|klopt)(?:\s+(?:er|hier|dan))?(?:\s+(?:hier\s+)?(?:waar|juist|goed|correct|niet waar))?\s*\?"
    r"|\bwelke?\s+van\s+(?:de\s+)?(?:deze|volgende|onderstaande|drie)\b",
    re.IGNORECASE,
)
_YOUR = r"\b(?:uw|jouw|je|jullie)\s+(?:eigen\s+)?"
_PLACES = r"(?:stad|dorp|wijk|buurt|straat|gemeente|provincie|regio)\b"
_PERSONAL = re.compile(
    rf"\b(?:hoe\s+heet|wie\s+is|hoeveel|wanneer|welke\s+(?:dag|partij)|op\s+welke\s+dag)\b.*?(?:\b(?:in|van|bij)\s+)?({_YOUR}{_PLACES})"
    rf"|({_YOUR}(?:geloof|godsdienst|cultuur|geboorteland|moederland|land|afkomst|huidskleur|familie)\b)"
    r"|\b(bij\s+u\s+thuis|waar\s+(?:u|je)\s+(?:woont|vandaan|geboren)|waar\s+komt\s+u\s+vandaan)\b"
    r"|\b(als\s+(?:moslim|christen|jood|hindoe|moslima))\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\bwat\s+(?:vindt\s+u|vind\s+(?:je|jij)|vinden\s+(?:jullie|wij|we))\s+(?!(?:u|je|jij)?\s*(?:op|in|bij|achter|onder|daar|hier|via|aan|tussen|met|langs)\b)"
    r"|\b(?:vindt\s+u|vind\s+(?:je|jij))\s+(?:dat|het|er|dit|deze)\b(?<!waar vindt u het)(?<!waar vind je het)"
    r"|\bis\s+het\s+(?:belangrijk|goed|slecht|leuk|fijn|mooi|erg|normaal)\s+dat\b"
    r"|\bvolgens\s+(?:u|jou|jullie)\b|\b(?:uw|jouw|je|jullie)\s+mening\b"
    r"|(?<!aan wie )(?<!waaraan )\b(?:denkt\s+u|denk\s+(?:je|jij))\b"
    r"|\bzou(?:dt)?\s+(?:u|je|jij)\b|\bhoe\s+voelt?\s+(?:u|je|jij)\b"
    r"|\b(?:mooiste|leukste|lekkerste|fijnste|prettigste|gezelligste|vervelendste|ergste)\b",
    re.IGNORECASE,
)
_BEST = re.compile(r"\b(?:beste|best|verstandigste?|slimste?|belangrijkste)\b", re.IGNORECASE)
_MEASURE = re.compile(r"\bvolgens\s+(?:de|het|een)\b", re.IGNORECASE)
# A question without one of these needs no look with the pattern.
_YOU = frozenset(word_list("uw jouw je jullie u als"))
_LEANING_WORDS = frozenset(word_list("welk welke is klopt"))
_OPINION_WORDS = frozenset(
    word_list(
        "vindt vind vinden is volgens mening denkt denk zou zoudt voelt voel mooiste leukste lekkerste fijnste "
        "prettigste gezelligste vervelendste ergste"
    )
)
_RECALL = re.compile(
    r"^(?:wat\s+(?:is|zijn|betekent|betekenen)\s+(?:een|de|het|\")|hoe\s+(?:heet|heten|noem\w*)|wat\s+betekent|in\s+welk\s+jaar)\b",
    re.IGNORECASE,
)
_REFERS = frozenset(
    word_list("""hij zij ze hem haar zijn hun hen dit deze dat die daar toen dan hier er daarvoor daarvan daarmee daarna
    daarom hiervoor nu u je jij uw jouw wij we ons onze iedereen eerst""")
)


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about the stem and the context of one item."""
    yield from _form(bank, text)
    yield from _subject(bank, text)
    yield from _situation(bank, text)
    yield from _fading(bank, text)


def _form(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    stam = text.item.stam
    bare = stam.rstrip(" \"”’')»")
    if re.search(r"…|\.\.\.|_{2,}", without_quotations(stam)):
        yield Diagnostic(
            C403,
            _at_stem(bank, text),
            "De stam is een zin om aan te vullen.",
            "Maak er een hele vraag van, met een vraagteken aan het eind.",
        )
    elif not bare.endswith("?"):
        yield Diagnostic(
            C403, _at_stem(bank, text), "De stam eindigt zonder vraagteken.", "Maak er een hele vraag van."
        )
    elif len(text.question_words) < 2 and len(stam.split()) < 3 and not text.item.context:
        yield Diagnostic(
            C403,
            _at_stem(bank, text),
            f"De stam is alleen {listed([stam])}.",
            "Schrijf de hele vraag: wie doet wat, waar of wanneer?",
        )
    plain = without_quotations(stam)
    double = None
    if "en" in text.asked_with or "," in text.question:
        double = _TWO_POINTS.search(text.question) or _TWO_VERBS.search(text.question)

    if plain.count("?") > 1:
        yield Diagnostic(
            C410,
            _at_stem(bank, text),
            f"In de stam staan {plain.count('?')} vragen.",
            "Kies de vraag die bij de eindterm hoort. Maak van de andere een eigen item.",
        )
    elif double:
        yield Diagnostic(
            C410,
            _at_stem(bank, text),
            f'De vraag heeft twee delen: het tweede begint bij "{double[1]}".',
            "Vraag één ding. Maak van het andere een eigen item.",
        )
    leaning = None
    if not _LEANING_WORDS.isdisjoint(text.asked_with):
        leaning = _ABOUT_THE_OPTIONS.search(text.question)

    if leaning:
        yield Diagnostic(
            C405,
            _at_stem(bank, text),
            f'Bij "{leaning[0].rstrip(" ?")}" moet een kandidaat eerst alle antwoorden lezen.',
            "Noem in de stam waar het over gaat, zodat de vraag zonder antwoorden te begrijpen is.",
        )


def _at_stem(bank: Itembank, text: ItemText) -> Location:
    return bank.locate(text.item.id, "stam")  # asked only for a finding: it reads the file again


def _subject(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    at = bank.locate(text.item.id, "stam")
    personal = None if _YOU.isdisjoint(text.asked_with) else _PERSONAL.search(text.question)

    if personal:
        words = next(group for group in personal.groups() if group)
        yield Diagnostic(
            C402,
            at,
            f'Het antwoord kan per kandidaat anders zijn, door "{words}".',
            "Vraag naar een regel of taak die in heel Nederland geldt.",
        )
    opinion = None if _OPINION_WORDS.isdisjoint(text.asked_with) else _OPINION.search(text.question)
    best = _BEST.search(text.question)

    if opinion:
        yield Diagnostic(
            C434,
            at,
            f'De stam vraagt een mening: "{opinion[0].strip()}".',
            "Vraag wat de regel is, wat er gebeurt of wat een woord betekent.",
        )
    elif best and not _MEASURE.search(text.question):
        yield Diagnostic(
            C435,
            at,
            f'Waarom is iets "{best[0]}"? De stam noemt geen maatstaf.',
            "Vraag naar de eerste stap, de regel of de taak. Of noem de maatstaf.",
        )


def _situation(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    item = text.item
    if item.beheersing == "toepassen" and not item.context and not item.afbeelding:
        plain = without_quotations(item.stam)
        if plain.strip() == text.question.strip() and _RECALL.search(text.question):
            yield Diagnostic(
                C401,
                bank.locate(item.id, "beheersing"),
                "Bij toepassen hoort een situatie, maar deze stam vraagt een woord of feit.",
                "Kies onthouden, of geef iemand in een situatie iets te doen.",
            )
    if not item.context:
        return
    asked = text.stem_content.keys() | {stem for option in text.options for stem in option.content}
    words = {*text.question_words, *(word for option in text.options for word in option.words)}
    if not asked & text.context_content.keys() and not _REFERS & words and item.stam.count(".") == 0:
        yield Diagnostic(
            C404,
            bank.locate(item.id, "context"),
            "De vraag en de antwoorden nemen geen woord uit deze situatie over.",
            "Haal de situatie weg als de vraag zonder haar te beantwoorden is.",
        )


def _fading(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    item = text.item
    if item.veroudert != "niet":
        return
    key = text.options[text.key].text if text.key is not None else ""
    asked = f"{item.context} {item.stam} {key}"
    found = _OFFICE.search(item.stam) or _MONEY.search(f"{item.stam} {key}")
    if found and not _PAST.search(asked):
        yield Diagnostic(
            C431,
            bank.locate(item.id, "veroudert"),
            f'"{found[0]}" kan veranderen, maar bij veroudert staat: niet.',
            "Kies jaarlijks of halfjaarlijks, en zet de datum bij gecontroleerd_op.",
        )
