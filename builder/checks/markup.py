"""Signs of a web page in a text that is shown as it is typed.

In: the items of a bank. Out: one advice per field that holds a tag or an entity. It changes no text: nothing of it is
ever carried out, a candidate sees the signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank

C442 = Rule(
    "C442",
    "opmaak-in-de-tekst",
    Severity.ADVICE,
    "Een tekst staat bij ons zonder opmaak. Tekens van een webpagina voeren wij niet uit: een kandidaat leest ze.",
    "stam: 'Wie belt u <b>niet</b>?'",
    "stam: Wie belt u?",
)
RULES = (C442,)

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});")


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield an advice for each field of an item that holds signs of a web page."""
    for item in bank.items.values():
        if item.status == "vervallen":
            continue
        for path, text in _texts(item):
            seen = list(dict.fromkeys(match[0] for match in _TAG.finditer(text)))
            if seen:
                named = ", ".join(part if len(part) <= 20 else f"{part[:19]}…" for part in seen[:3])
                yield Diagnostic(
                    C442,
                    bank.locate(item.id, *path),
                    f"Hier staan tekens van een webpagina: {named}. Een kandidaat leest ze zo.",
                    "Haal ze weg. Schrijf gewone tekst.",
                )


def _texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("context",), item.context
    yield ("stam",), item.stam
    for index, optie in enumerate(item.opties):
        yield ("opties", index, "tekst"), optie.tekst
        yield ("opties", index, "toelichting"), optie.toelichting
