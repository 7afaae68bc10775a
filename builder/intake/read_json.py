"""Our own JSON (`knm export --to json`, `schemas/uitwisseling.schema.json`) → questions. Nothing of an item is lost.

In: text. Out: questions. What belongs to the other bank only (reviews, use, links to other questions) is named and
left there. The items themselves are judged by the schema later, like every item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from builder.dutch import file_size
from builder.intake.delivery import Choice, Delivery, Picture, Question, Remark, Spot, Stop
from builder.intake.opening import MAX_XML, decode
from builder.intake.plain_text import tidy
from builder.intake.rules import I401, I402, I405, I408, I501, I511, I520
from builder.intake.wording import ANSWER_INSTEAD, decoded, outside

MAX_QUESTIONS = 2000
_VORM = 1
_STAYS = {
    "beoordelingen": "de beoordelingen",
    "gebruik": "waar de vraag is gebruikt",
    "vijanden": "de vijanden",
    "variant_van": "van welke vraag zij een variant is",
    "uitzonderingen": "de uitzonderingen",
    "set": "de set met gedeelde tekst",
}
_FIELDS = (
    "eindterm", "indicator", "taalniveau", "abstractieniveau", "beheersing", "stof", "veroudert", "herkomst", "maker",
    "gecontroleerd_op",
)  # fmt: skip


def read_json(data: bytes) -> Delivery:
    """Return the questions of an exchange file."""
    if len(data) > MAX_XML:
        raise Stop(I402, f"Dit bestand is {file_size(len(data))}. Ten hoogste {file_size(MAX_XML)} kan.")
    try:
        whole = json.loads(decode(data))
    except json.JSONDecodeError as error:
        raise Stop(
            I405,
            f"Dit is geen goede JSON: op regel {error.lineno} klopt iets niet.",
            "Maak het bestand opnieuw met knm export.",
            Spot(error.lineno, error.colno, f"Regel {error.lineno}"),
        ) from None
    except (RecursionError, ValueError):
        raise Stop(
            I402, "In deze JSON zitten te veel lagen, of een te groot getal.", "Maak het bestand opnieuw."
        ) from None
    if not isinstance(whole, dict) or "items" not in whole or "vorm" not in whole:
        raise Stop(
            I401,
            "Deze JSON is niet door knm gemaakt.",
            "Gebruik een bestand van: knm export TOETS --to json.",
        )
    if whole["vorm"] != _VORM:
        raise Stop(I401, "Deze JSON is van een nieuwere knm. Die vorm kennen we nog niet.", "Werk knm bij.")
    items = whole["items"]
    if not isinstance(items, list) or not items:
        raise Stop(
            I408, "In dit bestand staat geen enkele vraag.", "Maak het bestand opnieuw met knm export."
        )
    if len(items) > MAX_QUESTIONS:
        raise Stop(I402, f"Er staan {len(items)} vragen in. Ten hoogste {MAX_QUESTIONS} kan.", "Verdeel ze.")
    pictures = _pictures(whole.get("plaatjes"))
    titles = _titles(whole.get("bronnen"))
    return Delivery(
        "JSON", tuple(_question(item, place, pictures, titles) for place, item in enumerate(items))
    )


def _text(value: Any) -> str:
    return tidy(value) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _pictures(value: Any) -> dict[tuple[str, str], Picture]:
    made = {}
    for entry in _list(value):
        if isinstance(entry, dict) and all(
            isinstance(entry.get(key), str) for key in ("item", "bestand", "inhoud")
        ):
            made[entry["item"], entry["bestand"]] = decoded(entry["bestand"], entry["inhoud"])
    return made


def _titles(value: Any) -> dict[str, str]:
    return {
        entry["id"]: _text(entry.get("titel"))
        for entry in _list(value)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }


def _question(
    item: Any, place: int, pictures: Mapping[tuple[str, str], Picture], titles: Mapping[str, str]
) -> Question:
    name = f"Vraag {place + 1}"
    if not isinstance(item, dict):
        return Question(
            name, Spot(1, 1, name), remarks=(Remark(I501, "", "Dit is geen vraag.", ANSWER_INSTEAD),)
        )
    own = _text(item.get("id"))[:100]
    spot = Spot(1, 1, f"{name} ({own})" if own else name)
    remarks: list[Remark] = []
    left = [said for key, said in _STAYS.items() if item.get(key)]
    if left:
        remarks.append(Remark(I520, "", f"Blijft bij de oude vraag: {', '.join(left)}."))
    if item.get("status") == "vervallen":
        return Question(name, spot, _text(item.get("stam")), skipped="Deze vraag is vervallen.")
    if item.get("status") == "geheim":
        told = "Deze vraag is geheim. Zij mag niet in een openbare bank."
        remarks.append(Remark(I511, "", told, "Houd haar in de besloten bank."))
    if item.get("soort", "meerkeuze") != "meerkeuze":
        said = f'Dit is een vraag van de soort "{_text(item["soort"])[:40]}".'
        remarks.append(Remark(I501, "", f"{said} Wij hebben alleen meerkeuzevragen.", ANSWER_INSTEAD))

    def picture(value: Any) -> Picture | None:
        if not isinstance(value, dict):
            return None
        named = value.get("bestand")
        file = named if isinstance(named, str) else ""
        found = pictures.get((own, file)) or outside(file)
        about = {key: _text(value.get(key)) for key in ("alt", "maker", "licentie")}
        return Picture(found.name, found.data, problem=found.problem, **about)

    choices = tuple(
        Choice(
            _text(optie.get("tekst")),
            optie.get("juist") is True,
            _text(optie.get("toelichting")),
            picture(optie.get("afbeelding")),
            optie.get("vast") is True,
        )
        for optie in _list(item.get("opties"))
        if isinstance(optie, dict)
    )
    bronnen = [
        (bron["id"], _text(bron.get("plaats")))
        for bron in _list(item.get("bronnen"))
        if isinstance(bron, dict) and isinstance(bron.get("id"), str) and _text(bron["id"])
    ]
    fields = {key: _text(item.get(key)) for key in _FIELDS if _text(item.get(key))}
    if item.get("gevoelig") is True:
        fields["gevoelig"] = "ja"
    return Question(
        name=name,
        spot=spot,
        stem=_text(item.get("stam")),
        context=_text(item.get("context")),
        picture=picture(item.get("afbeelding")),
        choices=choices,
        origin=_text(item.get("ingelezen_uit"))[:200],
        own_id=own,
        fields=fields,
        bronnen=tuple(
            (f"{_text(name)} ({titles[name]})" if titles.get(name) else _text(name), plaats)
            for name, plaats in bronnen
        ),
        tags=tuple(_text(word) for word in _list(item.get("trefwoorden")) if _text(word)),
        remarks=tuple(remarks),
    )
