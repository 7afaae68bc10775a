"""Digests: which text was meant. One over all of an item, one over what a candidate of a toets sees.

In: an item or a candidate's toets with its pictures. Out: hexadecimal text. It knows no file.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatToets
from builder.model.les import Les
from builder.model.lijsten import Afbeelding

PRINT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0/O, 1/I/L: people read it aloud


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode("utf-8")


def _picture(bank: Itembank, document_id: str, afbeelding: Afbeelding | None) -> list[str] | None:
    if afbeelding is None:
        return None
    try:
        data = bank.picture(document_id, afbeelding.bestand).data
    except KeyError:
        data = b""
    return [afbeelding.alt, hashlib.sha256(data).hexdigest()]


def item_digest(bank: Itembank, item: Item) -> str:
    """Return the SHA-256 (64 hex digits) of everything a candidate or learner can read, plus the labels.

    That is context, stam, opties, alt texts, toelichtingen and the bytes of the pictures, and the key,
    `vast`, eindterm, taalniveau and stof; not remarks, not status. Canonical JSON in NFC.
    """
    return hashlib.sha256(
        _canonical(
            {
                "soort": item.soort,
                "eindterm": item.eindterm,
                "taalniveau": item.taalniveau,
                "stof": item.stof,
                "context": item.context,
                "stam": item.stam,
                "afbeelding": _picture(bank, item.id, item.afbeelding),
                "opties": [
                    {
                        "tekst": optie.tekst,
                        "afbeelding": _picture(bank, item.id, optie.afbeelding),
                        "juist": optie.juist,
                        "toelichting": optie.toelichting,
                        "vast": optie.vast,
                    }
                    for optie in item.opties
                ],
            }
        )
    ).hexdigest()


def les_digest(bank: Itembank, les: Les) -> str:
    """Return the SHA-256 (64 hex digits) of all that a teacher or learner reads of a les, with its pictures.

    The list of bronnen is in it. Which of them belong to which part is not: that changes no text.
    """
    from cattrs import unstructure

    data = unstructure(les)
    for field in ("status", "beoordelingen", "uitzonderingen", "bijgewerkt_op", "versie"):
        data.pop(field)
    delen = [deel for handout in data["handouts"] for deel in handout["delen"]]
    for part in (*data["woorden"], *data["stappen"], *data["dit_hoor_je_soms"], *delen):
        part.pop("bronnen")
        part.pop("verzonnen", None)
    pictures = [_picture(bank, les.id, afbeelding) for afbeelding in les.afbeeldingen]
    return hashlib.sha256(_canonical([data, pictures])).hexdigest()


def print_code(toets: KandidaatToets) -> str:
    """Return the six-character print code: a digest of what the candidate can see, and of nothing else.

    It is the same on booklet, answer sheet and key, and it does not depend on the key.
    """
    seen = {
        "toets": toets.id,
        "titel": toets.titel,
        "editie": toets.editie,
        "variant": toets.variant,
        "vragen": [
            [
                vraag.context,
                vraag.stam,
                vraag.afbeelding and [vraag.afbeelding.alt, _sha(vraag.afbeelding.data)],
                [
                    [
                        optie.letter,
                        optie.tekst,
                        optie.afbeelding and [optie.afbeelding.alt, _sha(optie.afbeelding.data)],
                    ]
                    for optie in vraag.opties
                ],
            ]
            for vraag in toets.vragen
        ],
    }
    number = int.from_bytes(hashlib.sha256(_canonical(seen)).digest(), "big")
    letters = []
    for _ in range(6):
        number, place = divmod(number, len(PRINT_ALPHABET))
        letters.append(PRINT_ALPHABET[place])
    return "".join(letters)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
