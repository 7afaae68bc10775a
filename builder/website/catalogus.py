"""The lessons for programs: JSON-LD in the page, one `catalogus.json`, and NL-LOM, all from the same record.

In: a les and where its page is. Out: plain data and XML. Addresses are absolute only when the site has one.
JSON-LD follows schema.org's LearningResource (with the LRMI terms); NL-LOM follows Kennisnet's public example
(`kennisnet/edurep-files`, example/nllom-groen-aanbevolen.xml). Codes of the OBK (a list of subjects and levels) are
filled in by a person in knm.toml; what is not there is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from builder.model.itembank import Itembank
from builder.model.les import Les

LICENTIES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_STATUS = {"concept": "draft", "review": "draft", "vervallen": "unavailable"}  # the rest is final
_VDEX = "http://purl.edustandaard.nl"


@dataclass(frozen=True, slots=True)
class Leerobject:
    """What a program may know of a les. `adres` is from the root of the site; `volledig` empty without one."""

    id: str
    titel: str
    samenvatting: str
    adres: str
    volledig: str
    thema: str
    minuten: int
    taalniveaus: tuple[str, ...]
    abstractieniveau: str
    werkvormen: tuple[str, ...]
    gevoelig: bool
    eindtermen: tuple[tuple[str, str], ...]
    doelen: tuple[str, ...]
    trefwoorden: tuple[str, ...]
    maker: str
    licentie: str
    versie: int
    status: str
    bijgewerkt_op: str


def record(bank: Itembank, les: Les, adres: str, site_adres: str = "") -> Leerobject:
    """Return the record of a les; `adres` is the path of its page, `site_adres` the root of the site."""
    return Leerobject(
        les.id,
        les.titel,
        les.samenvatting,
        adres,
        f"{site_adres.rstrip('/')}/{adres}" if site_adres else "",
        les.thema,
        les.minuten,
        les.taalniveaus,
        les.abstractieniveau,
        les.werkvorm,
        les.gevoelig,
        tuple(
            (nummer, bank.eindterm(nummer).tekst) for nummer in les.eindtermen if bank.has_eindterm(nummer)
        ),
        tuple(doel.tekst for doel in les.doelen),
        les.trefwoorden,
        les.maker,
        les.licentie,
        les.versie,
        les.status,
        les.bijgewerkt_op,
    )


def json_ld(les: Leerobject) -> str:
    """Return the record as JSON-LD that may stand in a script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": les.titel,
        "description": les.samenvatting,
        "inLanguage": "nl",
        "learningResourceType": "les",
        "educationalLevel": list(les.taalniveaus),
        "timeRequired": f"PT{les.minuten}M",
        "teaches": list(les.doelen),
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "teaches",
                "educationalFramework": "Eindtermen Kennis van de Nederlandse Maatschappij",
                "targetName": nummer,
            }
            for nummer, _ in les.eindtermen
        ],
        "keywords": list(les.trefwoorden),
        "author": {"@type": "Organization", "name": les.maker},
        "license": LICENTIES.get(les.licentie, les.licentie),
        "isAccessibleForFree": True,
        "dateModified": les.bijgewerkt_op,
        "version": str(les.versie),
        "creativeWorkStatus": les.status,
    }
    if les.volledig:
        data |= {"@id": les.volledig, "url": les.volledig}
    known = {key: value for key, value in data.items() if value != []}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def catalogue(lessen: Sequence[Leerobject], vragen: int) -> bytes:
    """Return `catalogus.json`, as `schemas/catalogus.schema.json` has it."""
    data = {
        "vorm": 1,
        "taal": "nl",
        "vragen": vragen,
        "lessen": [
            {
                "id": les.id,
                "titel": les.titel,
                "samenvatting": les.samenvatting,
                "adres": les.adres,
                **({"volledig_adres": les.volledig} if les.volledig else {}),
                "thema": les.thema,
                "minuten": les.minuten,
                "taalniveaus": list(les.taalniveaus),
                "abstractieniveau": les.abstractieniveau,
                "werkvormen": list(les.werkvormen),
                "gevoelig": les.gevoelig,
                "eindtermen": [nummer for nummer, _ in les.eindtermen],
                "doelen": list(les.doelen),
                "trefwoorden": list(les.trefwoorden),
                "maker": les.maker,
                "licentie": les.licentie,
                "versie": les.versie,
                "status": les.status,
                "bijgewerkt_op": les.bijgewerkt_op,
            }
            for les in lessen
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def nl_lom(les: Leerobject, obk: Mapping[str, str]) -> bytes:
    """Return the record as NL-LOM; `obk` has the codes that a person filled in (`vakgebied`, `niveau`)."""
    root = ET.Element(
        "lom",
        {
            "xmlns": "http://www.imsglobal.org/xsd/imsmd_v1p2",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": "http://www.imsglobal.org/xsd/imsmd_v1p2 http://www.imsglobal.org/xsd/imsmd_v1p2p4.xsd",
        },
    )
    general = ET.SubElement(root, "general")
    _text(general, "title", les.titel, "nl")
    if les.volledig:
        entry = ET.SubElement(general, "catalogentry")
        ET.SubElement(entry, "catalog").text = "URI"
        _text(entry, "entry", les.volledig)
    ET.SubElement(general, "language").text = "nl"
    _text(general, "description", les.samenvatting, "nl")
    for word in les.trefwoorden or (les.thema,):
        _text(general, "keyword", word, "nl")
    _value(general, "aggregationlevel", "vdex_aggregationlevel_czp_20060628.xml", "2")
    life = ET.SubElement(root, "lifecycle")
    _text(life, "version", f"v{les.versie}")
    _value(life, "status", "vdex_status_lomv1p0_20060628.xml", _STATUS.get(les.status, "final"))
    contribute = ET.SubElement(life, "contribute")
    _value(contribute, "role", "vdex_lifecycle_contribute_role_lomv1p0_20060628.xml", "author")
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{les.maker}\nN:{les.maker};;;;\nORG:{les.maker}\nEND:VCARD"
    ET.SubElement(ET.SubElement(contribute, "centity"), "vcard").text = card
    ET.SubElement(ET.SubElement(contribute, "date"), "datetime").text = les.bijgewerkt_op
    meta = ET.SubElement(root, "metametadata")
    for scheme in ("LOMv1.0", "nl_lom_v1p0"):
        ET.SubElement(meta, "metadatascheme").text = scheme
    technical = ET.SubElement(root, "technical")
    ET.SubElement(technical, "format").text = "text/html"
    if les.volledig:
        ET.SubElement(technical, "location").text = les.volledig
    education = ET.SubElement(root, "educational")
    _value(education, "intendedenduserrole", "vdex_intendedenduserrole_lomv1p0_20060628.xml", "teacher")
    ET.SubElement(ET.SubElement(education, "typicallearningtime"), "datetime").text = f"PT{les.minuten}M"
    rights = ET.SubElement(root, "rights")
    _value(rights, "cost", "vdex_cost_lomv1p0_20060628.xml", "no")
    _value(
        rights,
        "copyrightandotherrestrictions",
        "vdex_copyrightsandotherrestrictions_lomv1p0_20060628.xml",
        "yes",
    )
    _text(rights, "description", f"{les.licentie}: {LICENTIES.get(les.licentie, les.licentie)}")
    for name, purpose in (("vakgebied", "discipline"), ("niveau", "educational level")):
        if code := obk.get(name):
            found = ET.SubElement(root, "classification")
            _value(found, "purpose", "vdex_classification_purpose_czp_20060628.xml", purpose)
            path = ET.SubElement(found, "taxonpath")
            _text(path, "source", f"{_VDEX}/begrippenkader")
            ET.SubElement(ET.SubElement(path, "taxon"), "id").text = code
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _text(parent: ET.Element, tag: str, text: str, language: str = "x-none") -> None:
    place = ET.SubElement(parent, tag)
    ET.SubElement(place, "langstring", {"xml:lang": language}).text = text


def _value(parent: ET.Element, tag: str, vocabulary: str, value: str) -> None:
    place = ET.SubElement(parent, tag)
    _text(place, "source", f"{_VDEX}/{vocabulary}")
    _text(place, "value", value)
