"""The Dutch texts of items, lessons, lists and pages, one by one with their place.

In: a linked bank. Out: `Text`: where it stands, what kind of text it is and the text itself. Several checks
walk over the same texts; here it is written down once which fields those are. It judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.diagnostics import Location
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import Afbeelding
from builder.model.pagina import Pagina

Path = tuple[str | int, ...]
_SENTENCE = re.compile(r"[^.!?\n]+(?:(?:\.(?=\d)|\.(?=[a-z]\.))[^.!?\n]+)*[.!?]*[\"”’')*]*")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
CITATION = re.compile(r"\[bron:([^\]\n]*)\]")
HOLOCAUST_EINDTERM = "5.1.2"
HOLOCAUST_PAGES = "site/pages/holocaust/"
# Decisions about the machine are in English.
_ENGLISH_PAGES = "site/pages/besluiten/"
_LISTS = ("eindtermen", "begrippen", "reeksen", "wegwijzer", "kernwaarden")  # those of which there are texts below
_LOCATIE_TEXTS = (
    "samenvatting", "voor_wie", "programma", "openingstijden", "begeleiding", "prijs_uitleg", "toegang_uitleg",
    "bijzondere_dagen", "reserveren", "ziet", "overslaan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """One text: the id of its document, the path of the field, and whether somebody else is quoted in it."""

    document: str
    path: Path
    text: str
    quoted: bool = False


def item_texts(item: Item) -> Iterator[Text]:
    """Yield every Dutch text of an item that a candidate or learner can read."""
    yield from _some(item.id, ("context",), item.context)
    yield from _some(item.id, ("stam",), item.stam)
    yield from _picture(item.id, ("afbeelding",), item.afbeelding)
    for index, optie in enumerate(item.opties):
        yield from _some(item.id, ("opties", index, "tekst"), optie.tekst)
        yield from _picture(item.id, ("opties", index, "afbeelding"), optie.afbeelding)
        yield from _some(item.id, ("opties", index, "toelichting"), optie.toelichting)


def les_texts(les: Les) -> Iterator[Text]:
    """Yield every Dutch text of a les, for teacher and learner."""
    for name in ("titel", "samenvatting", "groepsvorm", "inhoudswaarschuwing"):
        yield from _some(les.id, (name,), getattr(les, name))
    for index, materiaal in enumerate(les.materiaal):
        yield from _some(les.id, ("materiaal", index, "naam"), materiaal.naam)
    for index, doel in enumerate(les.doelen):
        yield from _some(les.id, ("doelen", index, "tekst"), doel.tekst)
    for index, woord in enumerate(les.woorden):
        yield from _some(les.id, ("woorden", index, "uitleg"), woord.uitleg)
        yield from _some(les.id, ("woorden", index, "voorbeeld"), woord.voorbeeld)
    for name in ("docent", "veilig_beginnen", "veilig_afsluiten"):
        yield from _some(les.id, (name,), getattr(les, name))
    for index, stap in enumerate(les.stappen):
        for name in ("titel", "docent", "cursisten", "materiaal"):
            yield from _some(les.id, ("stappen", index, name), getattr(stap, name))
    for index, row in enumerate(les.differentiatie):
        yield from _some(les.id, ("differentiatie", index, "tekst"), row.tekst)
    for index, uitspraak in enumerate(les.dit_hoor_je_soms):
        at: Path = ("dit_hoor_je_soms", index)
        if uitspraak.uitspraak:
            yield Text(les.id, (*at, "uitspraak"), uitspraak.uitspraak, quoted=True)
        for name in ("vraag", "antwoord", "stop"):
            yield from _some(les.id, (*at, name), getattr(uitspraak, name))
    for index, vervolg in enumerate(les.verder):
        yield from _some(les.id, ("verder", index, "tekst"), vervolg.tekst)
    for h, handout in enumerate(les.handouts):
        yield from _some(les.id, ("handouts", h, "titel"), handout.titel)
        for d, deel in enumerate(handout.delen):
            place: Path = ("handouts", h, "delen", d)
            yield from _some(les.id, (*place, "kop"), deel.kop)
            yield from _some(les.id, (*place, "tekst"), deel.tekst)
            yield from _picture(les.id, (*place, "afbeelding"), deel.afbeelding)
            yield from _some(les.id, (*place, "antwoord"), deel.antwoord)


def handreiking_texts(bank: Itembank) -> Iterator[Text]:
    """Yield the texts of materials, places, hard moments, the wegwijzer and the core values."""
    for materiaal in bank.lesmateriaal.values():
        for name in (
            "publiek",
            "samenvatting",
            "duur",
            "prijs",
            "geschikt_voor",
            "let_op",
            "niet_aangeraden",
        ):
            yield from _some(materiaal.id, (name,), getattr(materiaal, name))
    for locatie in bank.locaties.values():
        for name in _LOCATIE_TEXTS:
            yield from _some(locatie.id, (name,), getattr(locatie, name))
    for moment in bank.momenten.values():
        for name in ("titel", "situatie", "eerst", "grens", "daarna"):
            yield from _some(moment.id, (name,), getattr(moment, name))
        for index, uitspraak in enumerate(moment.uitspraken):
            yield Text(moment.id, ("uitspraken", index), uitspraak, quoted=True)
        for index, zin in enumerate(moment.je_kunt_zeggen):
            yield from _some(moment.id, ("je_kunt_zeggen", index), zin)
        for index, feit in enumerate(moment.feiten):
            yield from _some(moment.id, ("feiten", index, "tekst"), feit.tekst)
        for index, meer in enumerate(moment.lees_meer):
            yield from _some(moment.id, ("lees_meer", index, "tekst"), meer.tekst)
    for index, wegwijs in enumerate(bank.wegwijzer.values()):
        for name in ("waarvoor", "bereikbaar"):
            yield from _some("wegwijzer", ("wegwijzer", index, name), getattr(wegwijs, name))
    for index, waarde in enumerate(bank.kernwaarden.values()):
        for name in ("uitleg", "holocaust"):
            yield from _some("kernwaarden", ("kernwaarden", index, name), getattr(waarde, name))


def begrip_texts(bank: Itembank) -> Iterator[Text]:
    """Yield the texts of the glossary."""
    for index, begrip in enumerate(bank.begrippen.values()):
        yield from _some("begrippen", ("begrippen", index, "uitleg"), begrip.uitleg)
        yield from _some("begrippen", ("begrippen", index, "voorbeeld"), begrip.voorbeeld)


def overview_texts(bank: Itembank) -> Iterator[Text]:
    """Yield what we wrote about series and eindtermen; the official texts are not ours."""
    for index, reeks in enumerate(bank.reeksen.values()):
        yield from _some("reeksen", ("reeksen", index, "uitleg"), reeks.uitleg)
    for t, thema in enumerate(bank.themas):
        yield from _some("eindtermen", ("themas", t, "samenvatting"), thema.samenvatting)
        for h, handeling in enumerate(thema.handelingen):
            for e, term in enumerate(handeling.eindtermen):
                at: Path = ("themas", t, "handelingen", h, "eindtermen", e, "samenvatting")
                yield from _some("eindtermen", at, term.samenvatting)


def documents(bank: Itembank) -> tuple[str, ...]:
    """Return the names in `bank.locations` of all that has texts and is no item: documents, lists and pages."""
    lists = (name for name in _LISTS if name in bank.locations)
    return (*bank.lessen, *bank.momenten, *bank.lesmateriaal, *bank.locaties, *lists, *bank.paginas)


def dutch_pages(bank: Itembank) -> Iterator[Pagina]:
    """Yield the hand-written pages that are in Dutch."""
    for pagina in bank.paginas.values():
        if not pagina.pad.startswith(_ENGLISH_PAGES):
            yield pagina


def all_texts(bank: Itembank) -> Iterator[Text]:
    """Yield every text of the bank but those of pages; what is `vervallen` is left in peace."""
    for item in bank.items.values():
        if item.status != "vervallen":
            yield from item_texts(item)
    for les in bank.lessen.values():
        if les.status != "vervallen":
            yield from les_texts(les)
    yield from begrip_texts(bank)
    yield from handreiking_texts(bank)


def is_about_the_holocaust(document: Item | Les) -> bool:
    """Tell whether an item or les belongs to the sensitive part of eindterm 5.1.2."""
    eindtermen = (document.eindterm,) if isinstance(document, Item) else document.eindtermen
    return document.gevoelig and HOLOCAUST_EINDTERM in eindtermen


def without_code(text: str) -> str:
    """Return the text of a page with code blanked: what stands there is an example."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def page_location(pagina: Pagina, place: int) -> Location:
    """Return line and column of a character of the text of a page."""
    before = pagina.tekst[:place]
    return Location(pagina.pad, pagina.regel + before.count("\n"), place - before.rfind("\n"))


def _some(document: str, path: Path, text: str) -> Iterator[Text]:
    if text:
        yield Text(document, path, text)


def _picture(document: str, path: Path, afbeelding: Afbeelding | None) -> Iterator[Text]:
    if afbeelding is not None:
        yield from _some(document, (*path, "alt"), afbeelding.alt)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of every sentence, without citations. A line end ends a sentence too."""
    bare = CITATION.sub(lambda match: " " * len(match[0]), text)
    for match in _SENTENCE.finditer(bare):
        sentence = match[0].strip()
        if sentence:
            yield match.start() + len(match[0]) - len(match[0].lstrip()), sentence
