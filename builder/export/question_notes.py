"""What goes along with a question into another program: label, id and version, sources, makers of pictures.

In: a question or toets as the teacher sees it. Out: Dutch sentences and tags. It knows no format.
"""

from __future__ import annotations

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.export.html_text import clean, one_line
from builder.model.docent import DocentToets, DocentVraag
from builder.model.itembank import Itembank
from builder.model.lifecycle import unapproved_label

LICENTIE = "CC BY 4.0"

X512 = Rule(
    "X512",
    "vaste-plaats-niet-bewaard",
    Severity.ADVICE,
    "Een antwoord met een vaste plaats, zoals 'geen van deze', hoort onderaan. Moodle kent dat niet en kan het verplaatsen.",
    "opties:\n  - tekst: Geen van deze\n    vast: true",
    "opties:\n  - tekst: De gemeente",
)
RULES = (X512,)


def label(vraag: DocentVraag) -> str:
    """Return the honest label of one question, empty when a person approved it."""
    return unapproved_label([vraag.item])


def notes(vraag: DocentVraag) -> tuple[str, ...]:
    """Return what may be read after answering: label, where the question comes from, sources, credits."""
    item = vraag.item
    bronnen = [
        clean(", ".join(part for part in (bron.titel, bron.maker, plaats) if part))
        for bron, plaats in vraag.bronnen
    ]
    makers = dict.fromkeys(f"{picture.maker}, {picture.licentie}" for picture in item.afbeeldingen)
    said = [
        label(vraag),
        f"Vraag {item.id}, versie {item.versie}. Eindterm {item.eindterm}.",
        f"Bron: {'; '.join(bronnen)}." if bronnen else "",
        f"Plaatje: {'; '.join(makers)}." if makers else "",
    ]
    return tuple(sentence for sentence in said if sentence)


def tags(vraag: DocentVraag) -> tuple[str, ...]:
    """Return short words to find the question by; id and version are among them."""
    item = vraag.item
    found = [
        "knm",
        item.thema,
        f"eindterm {item.eindterm}",
        *([f"indicator {item.indicator}"] if item.indicator else []),
        f"taalniveau {item.taalniveau}",
        item.stof,
        item.abstractieniveau,
        item.beheersing,
        f"vraag {item.id}",
        f"versie {item.versie}",
        *(["nog niet beoordeeld"] if label(vraag) else []),
        *(["gevoelig"] if item.gevoelig else []),
        *(clean(word) for word in item.trefwoorden),
    ]
    return tuple(dict.fromkeys(found))


def introduction(view: DocentToets) -> tuple[str, ...]:
    """Return what a learner reads before the questions, and where the toets comes from."""
    seen = view.gezien
    many = "Er is 1 vraag." if len(seen.vragen) == 1 else f"Er zijn {len(seen.vragen)} vragen."
    said = [
        seen.label,
        seen.uitleg,
        many if seen.minuten is None else f"{many} U hebt {seen.minuten} minuten.",
        f"{seen.id}, editie {seen.editie}, {seen.datum}, code {view.code}. Licentie: {LICENTIE}.",
    ]
    return tuple(sentence for sentence in said if sentence)


def thema_title(bank: Itembank, vraag: DocentVraag) -> str:
    """Return the title of the thema of a question, its slug when the list of eindtermen is not there."""
    slug = vraag.item.thema
    return next((thema.titel for thema in bank.themas if thema.slug == slug), slug)


def title(text: str, otherwise: str) -> str:
    """Return a name for a question; Moodle strips what looks like a tag, so then it is `otherwise`."""
    return otherwise if "<" in text or ">" in text else one_line(text, 100)


def fixed_place(bank: Itembank, vraag: DocentVraag, program: str, hint: str) -> Diagnostic:
    """Return the finding for a question with an option that must keep its place."""
    place = next(place for place, optie in enumerate(vraag.item.opties) if optie.vast)
    return Diagnostic(
        X512,
        bank.locate(vraag.item.id, "opties", place, "vast"),
        f"{program} kent geen antwoord met een vaste plaats ({vraag.item.id}). Bij schudden kan het verhuizen.",
        hint,
    )
