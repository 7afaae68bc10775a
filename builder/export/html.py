"""The practice page: one HTML file that works from a folder or a phone, without internet.

In: a toets for practice and the bank. Out: one artifact under `oefenen/`, or a finding why there is none.
The key is inside the file and shown after each answer, so a toets for an exam is refused. All texts reach
the page as data; the program in it knows no Dutch and writes no HTML.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.dutch import count, dutch_date, listed
from builder.export.pdf import picture_data
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.lifecycle import usable_for
from builder.model.toets import Toets
from builder.templating import HTML, html_environment, script_json

X541 = Rule(
    "X541",
    "geen-oefenpagina",
    Severity.ADVICE,
    "In een oefenpagina zit het goede antwoord. Wie in het bestand kijkt, kan het vinden. Daarom maken we de "
    "oefenpagina alleen van een toets om te oefenen, met vragen die daarvoor gebruikt mogen worden.",
    "doel: examen",
    "doel: oefenen",
)
RULES = (X541,)


# Every Dutch text of the page, in the u-form; {…} is filled in by the page itself.
# What stands beside an explanation speaks to nobody: an explanation says "je", the rest of the page says "u".
TEKSTEN = {
    "vak": "Kennis van de Nederlandse Maatschappij",
    "zonder_script": "Deze pagina werkt alleen met JavaScript. Zet dat aan in uw browser.",
    "code": "code",
    "welkom": "Oefenen",
    "bewaart": "U kunt stoppen en later verder gaan. Dit apparaat bewaart uw antwoorden.",
    "bewaart_niet": "Dit apparaat bewaart uw antwoorden niet. Maak de oefening daarom in één keer af.",
    "begin": "Begin met oefenen",
    "ga_verder": "Ga verder bij vraag {nummer}",
    "opnieuw": "Begin opnieuw",
    "vraag": "Vraag {nummer}",
    "vraag_van": "Vraag {nummer} van {totaal}",
    "gedaan": "Klaar: {aantal} van {totaal}",
    "controleer": "Controleer mijn antwoord",
    "kies_eerst": "Kies eerst een antwoord.",
    "sla_over": "Sla over",
    "vorige": "Vorige vraag",
    "volgende": "Volgende vraag",
    "goed": "Goed. Het antwoord is {letter}.",
    "mis": "Niet goed. Het goede antwoord is {letter}.",
    "overgeslagen": "overgeslagen",
    "gekozen_goed": "Gekozen antwoord. Dit is goed.",
    "gekozen_mis": "Gekozen antwoord. Dit is niet goed.",
    "goede_antwoord": "Goed antwoord.",
    "naar_uitslag": "Bekijk mijn resultaat",
    "uitslag": "Resultaat",
    "score": "Goed: {goed} van {totaal}",
    "aantal_over": "Overgeslagen: {aantal}",
    "maak_over": "Maak de overgeslagen vragen",
    "bewaar": "Bewaar mijn antwoorden",
    "bewaar_uitleg": "De antwoorden komen in een bestand. Daar staat geen naam in.",
    "maak_deze": "Maak vraag {nummer}",
    "print": "Print deze pagina",
    "zeker": "Alle antwoorden gaan weg. Is dat goed?",
    "ja_opnieuw": "Ja, begin opnieuw",
    "nee_terug": "Nee, bewaar ze",
    "per_onderwerp": "Resultaat per onderwerp",
    "onderwerp": "Onderwerp",
    "kolom_goed": "Goed",
    "eindterm": "eindterm {nummer}",
    "van": "{goed} van {totaal}",
    "alle": "Alle vragen met uitleg",
    "lees_voor": "Lees voor",
    "stop_voorlezen": "Stop met voorlezen",
    "nog_minuten": "U hebt nog {minuten} minuten.",
    "nog_een_minuut": "U hebt nog 1 minuut.",
    "tijd_om": "De tijd is om. U mag de vragen wel afmaken.",
    "iets_anders": "Kies iets anders",
    "kijk_nog": "Kijk nog eens naar de les: ",
}
GEVOELIG = "Een paar vragen gaan over een moeilijk onderwerp. U mag een vraag overslaan."


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the practice page of the toets in its own order, or a finding why it is not made."""
    if toets.doel != "oefenen":
        message = f"Van toets {toets.id} maken we geen oefenpagina: hij is voor een examen."
        hint = "In een oefenpagina zit het goede antwoord. Maak een toets met doel: oefenen."
        return (), (Diagnostic(X541, bank.locate(toets.id, "doel"), message, hint),)
    unfit = [plek.id for plek in toets.items if not usable_for(bank.item(plek.id), "oefenen")]
    if unfit:
        message = f"Van toets {toets.id} maken we geen oefenpagina. {_these(unfit)}"
        hint = "Kies andere vragen, of maak deze vragen eerst af."
        return (), (Diagnostic(X541, bank.locate(toets.id, "items"), message, hint),)
    page = _page(bank, teacher_view(bank, toets))
    return (Artifact(f"oefenen/{toets.id}-oefenen.html", page.encode("utf-8")),), ()


def _these(unfit: list[str]) -> str:
    if len(unfit) == 1:
        return f"Vraag {unfit[0]} mag niet in een oefentoets."
    return f"De vragen {listed(unfit)} mogen niet in een oefentoets."


@cache
def _template() -> jinja2.Template:
    return html_environment().get_template("oefenen.html")


@cache
def _part(name: str) -> str:
    return (HTML / name).read_text(encoding="utf-8")


def _page(bank: Itembank, view: DocentToets) -> str:
    style, program = _part("oefenen.css"), _part("bouwen.js") + _part("oefenen.js")
    return _template().render(
        titel=view.gezien.titel,
        id=view.gezien.id,
        code=view.code,
        datum=dutch_date(view.gezien.datum),
        label=view.gezien.label,
        teksten=TEKSTEN,
        beleid=(
            f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(program)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        # Our own files, and JSON that is made safe: the only values that are not escaped.
        stijl=Markup(style),
        programma=Markup(program),
        gegevens=Markup(script_json(_data(bank, view))),
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data(bank: Itembank, view: DocentToets) -> dict[str, Any]:
    digests = "".join(vraag.digest for vraag in view.vragen)
    number = len(view.vragen)
    uitleg = [
        f"Deze oefening heeft {count(number, 'vraag', 'vragen')}.",
        "Kies een antwoord. U ziet dan meteen of het goed is.",
    ]
    if any(vraag.item.gevoelig for vraag in view.vragen):
        uitleg.append(GEVOELIG)
    return {
        "id": view.gezien.id,
        "titel": view.gezien.titel,
        "kenmerk": hashlib.sha256((view.code + digests).encode("ascii")).hexdigest()[:16],
        "inleiding": view.gezien.uitleg,
        "uitleg": uitleg,
        "teksten": TEKSTEN,
        "plaatjes": {picture.path: _address(picture) for picture in _pictures(view)},
        "vragen": [question_data(bank, vraag) for vraag in view.vragen],
    }


def question_data(bank: Itembank, vraag: DocentVraag) -> dict[str, Any]:
    """Return a question as the practice program wants it, key and explanations and all."""
    return {
        "item": vraag.item.id,
        "versie": vraag.item.versie,
        "digest": vraag.digest,
        "eindterm": vraag.item.eindterm,
        "thema": bank.thema_of(vraag.item.eindterm).titel,
        "onderwerp": bank.eindterm(vraag.item.eindterm).kort or _subject(bank, vraag.item.eindterm),
        "context": vraag.gezien.context,
        "stam": vraag.gezien.stam,
        "beeld": picture_data(vraag.gezien.afbeelding),
        "opties": [
            {
                "letter": optie.gezien.letter,
                "plaats": optie.plaats,
                "tekst": optie.gezien.tekst,
                "beeld": picture_data(optie.gezien.afbeelding),
                "goed": optie.juist,
                "uitleg": optie.toelichting,
            }
            for optie in vraag.opties
        ],
    }


def _subject(bank: Itembank, nummer: str) -> str:
    """Return the official title of the handeling that the eindterm is part of."""
    return next(
        handeling.titel
        for handeling in bank.thema_of(nummer).handelingen
        if any(eindterm.nummer == nummer for eindterm in handeling.eindtermen)
    )


def _pictures(view: DocentToets) -> list[Plaatje]:
    found = [
        picture
        for vraag in view.gezien.vragen
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties))
    ]
    return [picture for picture in found if picture is not None]


def _address(picture: Plaatje) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"
