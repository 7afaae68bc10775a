"""Whether a toets still holds: the same texts as when it was made, items that may be used, the matrix met."""

from __future__ import annotations

from collections.abc import Iterator

from builder.cells import count_in
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.lifecycle import usable_for
from builder.model.toets import Toets
from builder.model.usage import why_not

C330 = Rule(
    "C330",
    "vraag-veranderd",
    Severity.ERROR,
    "Een toets houdt vast welke tekst bedoeld was. Verandert een vraag, dan past een oude sleutel misschien niet meer.",
    "Een vraag is verbeterd nadat de toets was gemaakt.",
    "Een nieuwe toets met de nieuwe tekst en een nieuwe afdrukcode.",
)
C331 = Rule(
    "C331",
    "vraag-mag-niet-in-toets",
    Severity.ERROR,
    "Om te oefenen zijn vragen vanaf review goed, als een blinde lezer het goede antwoord gaf. Voor een examen moeten mensen de vraag hebben vastgesteld.",
    "doel: examen, met een vraag in review",
    "doel: oefenen, met een vraag in review",
)
C332 = Rule(
    "C332",
    "toets-volgt-de-matrijs-niet",
    Severity.ERROR,
    "Een toets die een matrijs noemt, heeft het aantal en de verdeling van die matrijs.",
    "matrijs: oefentoets-20, met 19 vragen",
    "matrijs: oefentoets-20, met 20 vragen volgens de cellen",
)
RULES = (C330, C331, C332)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every toets."""
    for toets in bank.toetsen.values():
        yield from check_toets(bank, toets)


def check_toets(bank: Itembank, toets: Toets) -> Iterator[Diagnostic]:
    """Yield the findings about one toets: changed texts, items that may not be used, the matrix."""
    present = []
    for index, plek in enumerate(toets.items):
        item = bank.items.get(plek.id)
        if item is None:
            continue  # linking, or the item's own findings, told already
        present.append(item)
        changed = item_digest(bank, item) != plek.digest or item.versie != plek.versie
        if changed:
            yield Diagnostic(
                C330,
                bank.locate(toets.id, "items", index, "digest"),
                f"Vraag {plek.id} is veranderd sinds deze toets.",
                f"Maak de volgende editie: knm toets vernieuw {toets.id}.",
            )
        refused = why_not(bank, item, toets.doel)
        # a changed text has no reading yet: that it changed says enough
        if refused and not (changed and usable_for(item, toets.doel)):
            hint = "Kies een andere vraag"
            if not usable_for(item, toets.doel):
                hint += "." if item.status == "vervallen" else ", of maak deze vraag eerst af."
            else:
                hint += f", of laat haar lezen: knm review sheet {item.id}."
            yield Diagnostic(C331, bank.locate(toets.id, "items", index, "id"), refused, hint)
    matrijs = bank.matrijzen.get(toets.matrijs)
    if matrijs is None or len(present) != len(toets.items):
        return
    if len(present) != matrijs.aantal:
        yield Diagnostic(
            C332,
            bank.locate(toets.id, "items"),
            f"De toets heeft {len(present)} vragen. De matrijs {matrijs.id} vraagt er {matrijs.aantal}.",
            "Voeg vragen toe of haal ze weg.",
        )
    if toets.doel != matrijs.doel:
        yield Diagnostic(
            C332,
            bank.locate(toets.id, "doel"),
            f"Het doel van de toets is {toets.doel}, dat van de matrijs {matrijs.doel}.",
            "Maak ze gelijk.",
        )
    for cel in (*matrijs.cellen, *matrijs.marges):
        got = count_in(present, cel)
        if got < cel.min or (cel.max is not None and got > cel.max):
            wanted = f"ten minste {cel.min}" if got < cel.min else f"ten hoogste {cel.max}"
            name = cel.naam or " ".join(
                str(value)
                for value in (cel.thema, cel.handeling, cel.eindterm, cel.taalniveau, cel.abstractieniveau)
                if value
            )
            yield Diagnostic(
                C332,
                bank.locate(toets.id, "items"),
                f"Cel {name}: {got} vragen, maar de matrijs vraagt {wanted}.",
                "Vervang een vraag, of verander de matrijs.",
            )
