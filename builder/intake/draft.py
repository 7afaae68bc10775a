"""A question as it came → an item document, without its id yet; or what is the matter with it.

In: a question, the bank (its eindtermen and bronnen) and what the user wished. Out: the data of an item with status
concept, its pictures, and remarks. An error among the remarks means: this question does not go in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, get_args

from builder.diagnostics import Severity
from builder.intake import notes as ours
from builder.intake.columns import LETTERS
from builder.intake.dates import taken_for_a_date
from builder.intake.delivery import Picture, Question, Remark
from builder.intake.notes import Said
from builder.intake.placing import bronnen_of, eindterm_of
from builder.intake.plain_text import tidy
from builder.intake.rules import I502, I503, I504, I506, I507, I508, I509, I523
from builder.model.itembank import Itembank
from builder.model.lijsten import (
    ABSTRACTIENIVEAUS,
    TAALNIVEAUS,
    Beheersing,
    Herkomst,
    Licentie,
    Stof,
    Veroudert,
)
from builder.repicture import Studio, Unfit

MAX_TEXT = 2000  # characters: longer does not fit a telephone, and is nearly always a mistake
MAX_CONTEXT = 6000  # a text to read
MAX_WORDS = 20
TODO_ALT = "TODO beschrijf wat je ziet"
# What an item must have and most sources do not: the same as `knm new item` writes.
_DEFAULTS = {
    "stof": ("examenstof", get_args(Stof)),
    "taalniveau": ("A2", TAALNIVEAUS),
    "abstractieniveau": ("concreet", ABSTRACTIENIVEAUS),
    "beheersing": ("onthouden", get_args(Beheersing)),
    "veroudert": ("niet", get_args(Veroudert)),
    "herkomst": ("mens", get_args(Herkomst)),
}
_ORDER = (
    "id", "versie", "status", "eindterm", "indicator", "stof", "taalniveau", "abstractieniveau", "beheersing",
    "gevoelig", "soort", "context", "stam", "afbeelding", "opties", "bronnen", "veroudert", "gecontroleerd_op",
    "herkomst", "maker", "ingelezen_uit", "trefwoorden",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said about all questions of a delivery that do not say it themselves."""

    eindterm: str = ""
    taalniveau: str = ""
    maker: str = "auteur"
    herkomst: str = ""
    picture_maker: str = ""
    picture_licentie: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item to be: its data without id, its pictures by place ("" is the stem, else a letter), the remarks.

    `filled` are the fields that we filled in ourselves.
    """

    question: Question
    data: Mapping[str, Any]
    pictures: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    thema: str = ""
    filled: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether nothing stands in the way of the item."""
        return not any(remark.rule.severity is Severity.ERROR for remark in self.remarks)

    def named(self, item_id: str) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return the data with this id and with its pictures named after it, and these pictures by file name."""
        data = dict(self.data)
        data["id"] = item_id
        files: dict[str, bytes] = {}
        opties = [dict(optie) for optie in data["opties"]]
        data["opties"] = opties
        for place, (suffix, content) in self.pictures.items():
            name = f"{item_id}-{place}.{suffix}" if place else f"{item_id}.{suffix}"
            files[name] = content
            owner = opties["abcd".index(place)] if place else data
            owner["afbeelding"] = {"bestand": name, **owner["afbeelding"]}
        return {key: data[key] for key in _ORDER if key in data}, files


def make(question: Question, bank: Itembank, wishes: Wishes, studio: Studio) -> Draft:
    """Return the draft of a question."""
    maker = _Maker(question, bank, wishes, studio)
    return maker.draft()


class _Maker:
    """Makes one draft; gathers its remarks."""

    def __init__(self, question: Question, bank: Itembank, wishes: Wishes, studio: Studio) -> None:
        self.question, self.bank, self.wishes, self.studio = question, bank, wishes, studio
        self.remarks = list(question.remarks)
        self.pictures: dict[str, tuple[str, bytes]] = {}
        self.tags = ours.from_tags(question.tags, [thema.slug for thema in bank.themas])
        ours_too = ours.is_ours(question.notes)
        self.notes = ours.from_notes(question.notes, bank.bronnen) if ours_too else Said()
        # with more than one maker nobody can tell any more which picture is whose
        self.credit = self.notes.pictures[0] if len(self.notes.pictures) == 1 else ("", "")
        self.filled: list[str] = []

    def say(self, rule: Any, pointer: str, message: str, hint: str = "") -> None:
        self.remarks.append(Remark(rule, pointer, message, hint))

    def draft(self) -> Draft:
        question = self.question
        eindterm, indicator = self.eindterm()
        data: dict[str, Any] = {"versie": 1, "status": "concept", "eindterm": eindterm}
        if indicator:
            data["indicator"] = indicator
        data |= self.fields()
        data["soort"] = "meerkeuze"
        data["stam"] = self.text("/stam", question.stem)
        if question.context:
            data["context"] = self.text("/context", question.context)
        if not question.stem and not self.has("I501", "I405") and not self.formula("/stam"):
            self.say(I502, "/stam", "Hier staat geen vraag.", "Vul de tekst van de vraag in.")
        if question.picture is not None:
            self.picture("", question.picture, "/afbeelding", data)
        data["opties"] = self.opties()
        data["bronnen"] = self.bronnen()
        own = self.own_id()
        origin = f"knm {own}" if own else question.origin
        if origin:
            data["ingelezen_uit"] = origin[:200]
        words = list(dict.fromkeys(tidy(word)[:60] for word in self.tags.rest if word.strip()))[:MAX_WORDS]
        if words:
            data["trefwoorden"] = words
        thema = self.bank.thema_of(eindterm).slug if self.bank.has_eindterm(eindterm) else ""
        remarks = tuple(dict.fromkeys(self.remarks))
        told = replace(question, own_id=own)
        return Draft(told, data, self.pictures, remarks, thema, tuple(self.filled))

    def has(self, *codes: str) -> bool:
        return any(remark.rule.code in codes for remark in self.remarks)

    def formula(self, pointer: str) -> bool:
        return any(remark.rule is I508 and remark.pointer == pointer for remark in self.remarks)

    def own_id(self) -> str:
        return self.question.own_id or self.notes.fields.get("id", "") or self.tags.fields.get("id", "")

    def text(self, pointer: str, text: str) -> str:
        most = MAX_CONTEXT if pointer == "/context" else MAX_TEXT
        if len(text) > most:
            told = f"Deze tekst heeft {len(text)} tekens. Ten hoogste {most} kan."
            self.say(I509, pointer, told, "Maak de tekst korter.")
        return text[:most]

    def fields(self) -> dict[str, Any]:
        """Return the fields from closed lists: what the source says, else what is usual (and that is said)."""
        given = {**self.tags.fields, **self.question.fields}
        wished = {"taalniveau": self.wishes.taalniveau, "herkomst": self.wishes.herkomst}
        made: dict[str, Any] = {}
        for key, (usual, allowed) in _DEFAULTS.items():
            if key == "herkomst" and self.own_id():
                usual = "machine"  # from a bank like ours: claim no human hand that nobody vouched for
            value = given.get(key) or wished.get(key, "")
            said = any(remark.pointer == f"/{key}" for remark in self.remarks)
            if value and value not in allowed and not said:
                near = get_close_matches(value[:40], allowed, 1, 0.5)
                hint = f'Bedoelde je "{near[0]}"?' if near else f"Kies uit: {', '.join(allowed)}."
                self.say(I507, f"/{key}", f'{key.capitalize()} "{value[:40]}" kennen we niet.', hint)
            elif not value and not said:
                self.filled.append(key)
            made[key] = value if value in allowed else usual
        if given.get("gevoelig", "nee") not in ("nee", "false"):
            made["gevoelig"] = True
        if day := given.get("gecontroleerd_op"):
            made["gecontroleerd_op"] = day
        made["maker"] = self.text("/maker", given.get("maker") or self.wishes.maker)[:80]
        if self.filled:
            filled = [f"{key} {made[key]}" for key in self.filled]
            self.say(
                I523, "", f"Stond er niet bij, zelf ingevuld: {', '.join(filled)}.", "Kijk na of dit klopt."
            )
        return made

    def eindterm(self) -> tuple[str, str]:
        term, indicator, remarks = eindterm_of(
            self.question, self.tags, self.notes, self.bank, self.wishes.eindterm
        )
        if not self.has("I405", "I501"):
            given = "" if term else self.question.fields.get("eindterm", "")
            date = taken_for_a_date(given, self.bank.eindterm_nummers())
            self.remarks += remarks if date is None else (date,)
        return term, indicator

    def opties(self) -> list[dict[str, Any]]:
        choices = self.question.choices
        made: list[dict[str, Any]] = []
        for place, choice in enumerate(choices[:4]):
            pointer = f"/opties/{place}"
            optie: dict[str, Any] = {}
            if choice.text:
                optie["tekst"] = self.text(f"{pointer}/tekst", choice.text)
            if choice.picture is not None:
                self.picture("abcd"[place], choice.picture, f"{pointer}/afbeelding", optie)
            optie["juist"] = choice.right
            if choice.why:
                optie["toelichting"] = self.text(f"{pointer}/toelichting", choice.why)
            if choice.fixed:
                optie["vast"] = True
            if choice.empty and not self.formula(f"{pointer}/tekst"):
                good = (
                    "Dit is het goede antwoord, maar het is leeg."
                    if choice.right
                    else "Dit antwoord is leeg."
                )
                self.say(
                    I504,
                    f"{pointer}/tekst",
                    good,
                    f"Vul antwoord {LETTERS[place]} in, of schuif de andere op.",
                )
            made.append(optie)
        if self.has("I501", "I405"):
            return made
        if not 2 <= len(choices) <= 4:
            many = {0: "geen antwoorden", 1: "maar 1 antwoord"}.get(
                len(choices), f"{len(choices)} antwoorden"
            )
            self.say(I504, "/opties", f"Deze vraag heeft {many}. Twee, drie of vier kan.", "Maak er drie.")
        right = [LETTERS[place] for place, choice in enumerate(choices[:4]) if choice.right]
        if not right and not self.has("I503", "I508"):
            self.say(
                I503, "/opties", "Er is geen goed antwoord gekozen.", "Kies het ene antwoord dat goed is."
            )
        elif len(right) > 1 and not self.has("I503"):
            self.say(
                I503, "/opties", f"Er zijn {len(right)} goede antwoorden: {', '.join(right)}.", "Kies er één."
            )
        return made

    def picture(self, place: str, picture: Picture, pointer: str, owner: dict[str, Any]) -> None:
        """Put a picture in the item, when it is fit and free."""
        maker = picture.maker or self.credit[0] or self.wishes.picture_maker
        licentie = picture.licentie or self.credit[1] or self.wishes.picture_licentie
        if picture.problem:
            self.say(
                I506,
                pointer,
                picture.problem,
                "Zorg dat het plaatje erbij zit, of haal het weg bij de vraag.",
            )
            return
        try:
            fit = self.studio.fit(picture.name, picture.data)
        except Unfit as error:
            self.say(I506, pointer, str(error), "Verbeter het plaatje, of haal het weg bij de vraag.")
            return
        self.pictures[place] = (fit.suffix, fit.data)
        if not picture.alt:
            self.say(
                I523,
                f"{pointer}/alt",
                "Het plaatje heeft geen beschrijving. Er staat nu TODO.",
                "Schrijf wat je ziet.",
            )
        if not maker or licentie not in get_args(Licentie):
            what = "maker" if not maker and licentie else "licentie" if maker else "maker en licentie"
            self.say(
                I506,
                f"{pointer}/licentie" if maker else f"{pointer}/maker",
                f"Van dit plaatje weten we de {what} niet.",
                'Vul ze in, of geef ze mee: --picture-maker redactie --picture-licence "CC BY 4.0".',
            )
        owner["afbeelding"] = {
            "alt": picture.alt[:400] or TODO_ALT,
            "maker": maker or "onbekend",
            "licentie": licentie if licentie in get_args(Licentie) else "CC BY 4.0",
        }

    def bronnen(self) -> list[dict[str, str]]:
        made, remarks = bronnen_of([*self.question.bronnen, *self.notes.bronnen], self.bank)
        self.remarks += remarks
        return made
