"""Practice on the site: what can be chosen, and the questions themselves, as scripts that also load from a folder.

In: the bank and the items that the site shows. Out: `data/oefenen.js` (what there is to choose, without a key),
`data/vragen-<thema>.js` (questions with key and explanations, for practice and for the basket), and the program
and style that the practice file of a bundle uses too. Only items that may be practised are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from builder.artifacts import Artifact
from builder.export.html import TEKSTEN, question_data
from builder.model.digest import item_digest
from builder.model.docent import teacher_view
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les
from builder.model.lifecycle import APPROVED
from builder.model.toets import Plek, Toets
from builder.model.usage import may_be_used
from builder.templating import HTML, script_json
from builder.website.addresses import les_path
from builder.website.eindterm_pages import short_title
from builder.website.vragen_pages import practice_toetsen

# What the page says around the questions, in the u-form; {…} is filled in by the page.
KEUZE = {
    "titel": "Oefenen voor KNM",
    "kies": "Wat wilt u oefenen?",
    "onderwerp": "Een onderwerp",
    "thema": "Thema",
    "alle_themas": "Alle thema's",
    "eindterm": "Onderdeel (eindterm)",
    "alle_eindtermen": "Alle onderdelen",
    "taalniveau": "Taal",
    "alle_niveaus": "Alle niveaus",
    "niveau_a1": "A1: makkelijk",
    "niveau_a2": "A2: zoals het examen",
    "niveau_b1": "B1: moeilijker",
    "aantal": "Hoeveel vragen?",
    "alles": "Alles ({aantal})",
    "verdieping": "Ook vragen die verder gaan dan het examen",
    "begin": "Begin met oefenen",
    "gevonden": "{aantal} vragen",
    "een_gevonden": "1 vraag",
    "niets": "Bij deze keuze zijn er nog geen vragen. Kies een ander niveau of een ander onderdeel.",
    "examen": "Een heel oefenexamen",
    "examen_uitleg": "{aantal} vragen in {minuten} minuten. U ziet aan het eind wat goed is.",
    "zonder_tijd": "Oefen zonder tijd. U ziet na elke vraag wat goed is.",
    "verder": "Verder waar u was",
    "bewaard": "Dit apparaat bewaart uw antwoorden. Het stuurt niets weg.",
    "niet_bewaard": "Dit apparaat bewaart uw antwoorden niet. U kunt wel gewoon oefenen.",
    "wis": "Wis alles wat dit apparaat bewaart",
    "wis_zeker": "Al uw antwoorden gaan weg. Ook het mandje en de gekozen kleuren gaan weg. Is dat goed?",
    "wis_ja": "Ja, wis alles",
    "wis_nee": "Nee, bewaar alles",
    "gewist": "Alles is gewist.",
    "laden": "De vragen komen eraan.",
    "mislukt": "De vragen zijn niet geladen. Laad de pagina opnieuw.",
    "geen_examen": "Dit oefenexamen is er niet meer. Kies een ander.",
    "uitleg_oefenen": "Kies een antwoord. U ziet dan meteen of het goed is.",
    "uitleg_examen": "U ziet aan het eind welke antwoorden goed zijn.",
    "examen_vragen": "Dit oefenexamen heeft {aantal} vragen. U hebt {minuten} minuten.",
    "klok": "De tijd loopt als u begint. Is de tijd om? Dan mag u de vragen wel afmaken.",
    "aantal_vragen": "Deze oefening heeft {aantal} vragen.",
    "een_vraag": "Deze oefening heeft 1 vraag.",
    "gevoelig": "Een paar vragen gaan over een moeilijk onderwerp. U mag een vraag overslaan.",
    "naar_site": "Voor docenten: naar de lessen en vragen",
}


# Under the page: how many questions of this choice nobody looked at yet; the words of `unapproved_label`.
LABEL = {
    "een": "Oefenmateriaal. Deze vraag is nog niet door een mens beoordeeld.",
    "een_van": "Oefenmateriaal. 1 van {totaal} vragen is nog niet door een mens beoordeeld.",
    "meer": "Oefenmateriaal. {aantal} van {totaal} vragen zijn nog niet door een mens beoordeeld.",
}


def practice_items(bank: Itembank, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items that may be practised, in order of id."""
    return tuple(item for item in items if may_be_used(bank, item, "oefenen"))


def script(name: str, data: object) -> bytes:
    """Return data as a script that sets `window.<name>`; nothing in it can end a script or a line."""
    return f"window.{name}={script_json(data)};\n".encode()


def artifacts(bank: Itembank, items: Iterable[Item], lessen: Sequence[Les]) -> Iterator[Artifact]:
    """Yield the data and the program."""
    usable = practice_items(bank, items)
    yield Artifact("data/oefenen.js", script("KNM_OEFENEN", _choices(bank, usable, lessen)))
    for thema in bank.themas:
        mine = [item for item in usable if item.thema == thema.slug]
        if mine:
            body = script_json(_questions(bank, mine))
            text = f'(window.KNM_VRAGEN=window.KNM_VRAGEN||{{}})["{thema.slug}"]={body};\n'
            yield Artifact(f"data/vragen-{thema.slug}.js", text.encode("utf-8"))
    for name in ("bouwen.js", "oefenen.js"):
        yield Artifact(f"assets/js/{name}", (HTML / name).read_bytes())
    yield Artifact("assets/oefenen.css", (HTML / "oefenen.css").read_bytes())


def pictures(bank: Itembank, items: Iterable[Item]) -> Iterator[Plaatje]:
    """Yield every picture that these questions show."""
    for vraag in teacher_view(bank, _all_of(bank, practice_items(bank, items))).gezien.vragen:
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties)):
            if picture is not None:
                yield picture


def _all_of(bank: Itembank, items: Sequence[Item]) -> Toets:
    """Return a toets of these items as they are, only to look at them as a teacher does."""
    plekken = tuple(
        Plek(item.id, item.versie, item_digest(bank, item), tuple(range(1, len(item.opties) + 1)))
        for item in items
    )
    return Toets(id="site", titel="site", doel="oefenen", datum="", editie=1, items=plekken)


def _questions(bank: Itembank, items: Sequence[Item]) -> dict[str, Any]:
    view = teacher_view(bank, _all_of(bank, items))
    return {
        vraag.item.id: question_data(bank, vraag)
        # what the lists to choose from say too, and what is printed at the foot of a worksheet from the basket
        | {
            "onderwerp": short_title(bank, vraag.item.eindterm),
            "beoordeeld": vraag.item.status in APPROVED,
            "tekeningen": drawn_by(vraag.item),
        }
        for vraag in view.vragen
    }


def drawn_by(item: Item) -> list[str]:
    """Return who made the pictures of a question, with the licence, each once."""
    return list(dict.fromkeys(f"{one.maker}, {one.licentie}" for one in item.afbeeldingen))


def _choices(bank: Itembank, usable: Sequence[Item], lessen: Sequence[Les]) -> dict[str, Any]:
    per_term: dict[str, list[dict[str, str]]] = {}
    for les in lessen:
        for nummer in les.eindtermen:
            if les.status != "vervallen":
                # of a learner: the page of the lesson itself is her teacher's, with the answers
                adres = f"{les_path(les)}/cursist.html"
                per_term.setdefault(nummer, []).append({"titel": les.titel, "adres": adres})
    return {
        "teksten": TEKSTEN,
        "keuze": KEUZE,
        "label": LABEL,
        "themas": [
            {
                "slug": thema.slug,
                "titel": thema.titel,
                "eindtermen": [
                    {"nummer": term.nummer, "titel": short_title(bank, term.nummer)}
                    for handeling in thema.handelingen
                    for term in handeling.eindtermen
                    if any(item.eindterm == term.nummer for item in usable)
                ],
            }
            for thema in bank.themas
            if any(item.thema == thema.slug for item in usable)
        ],
        "vragen": [
            [
                item.id,
                item.thema,
                item.eindterm,
                item.taalniveau,
                item.stof == "verdieping",
                item.gevoelig,
                item.status not in APPROVED,
            ]
            for item in usable
        ],
        "toetsen": [
            {
                "id": toets.id,
                "titel": toets.titel,
                "minuten": toets.minuten,
                "vragen": [[plek.id, list(plek.opties)] for plek in toets.items],
            }
            for toets in practice_toetsen(bank, usable)
            if toets.minuten
        ],
        "lessen": per_term,
    }
