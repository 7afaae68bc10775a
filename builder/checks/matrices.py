"""Whether a toetsmatrijs can be met at all: minima and maxima that do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from builder.cells import cel_name
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.dutch import meant
from builder.model.itembank import Itembank
from builder.model.toets import Cel, Toetsmatrijs

M401 = Rule(
    "M401",
    "minimum-boven-maximum",
    Severity.ERROR,
    "Een cel die ten minste 5 en ten hoogste 3 vragen wil, kan niet.",
    "min: 5\nmax: 3",
    "min: 3\nmax: 5",
)
M402 = Rule(
    "M402",
    "cellen-passen-niet-bij-aantal",
    Severity.ERROR,
    "De cellen samen moeten op het aantal vragen van de toets kunnen uitkomen.",
    "aantal: 20, en cellen met samen ten minste 24",
    "aantal: 20, en cellen met samen ten minste 16 en ten hoogste 24",
)
M403 = Rule(
    "M403",
    "cellen-overlappen",
    Severity.WARNING,
    "De cellen verdelen de toets. Telt een vraag in twee cellen mee, dan klopt de optelling van de cellen niet.",
    "cellen: thema geschiedenis, en eindterm 5.1.2 (die daarin valt)",
    "cellen: thema geschiedenis. marges: eindterm 5.1.2",
)
M404 = Rule(
    "M404",
    "marge-boven-aantal",
    Severity.ERROR,
    "Een eis dwars door de toets kan niet meer vragen willen dan de toets heeft.",
    "aantal: 20, en een marge met min: 24",
    "aantal: 20, en een marge met min: 12",
)
M405 = Rule(
    "M405",
    "keuzes-gaan-niet-samen",
    Severity.ERROR,
    "De matrijs noemt vragen of grenzen die elkaar tegenspreken, of die er niet zijn. Dan komt er nooit een toets.",
    "ankers: wonen-001, en verboden: wonen-001",
    "ankers: wonen-001, en verboden: wonen-002",
)
RULES = (M401, M402, M403, M404, M405)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the contradictions in every toetsmatrijs."""
    for matrijs in bank.matrijzen.values():
        yield from _edges(bank, matrijs)
        yield from _total(bank, matrijs)
        yield from _double(bank, matrijs)
        yield from _margins(bank, matrijs)
        yield from _choices(bank, matrijs)


def _double(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    for (_, one), (place, other) in combinations(enumerate(matrijs.cellen), 2):
        if _may_share(bank, one, other):
            yield Diagnostic(
                M403,
                bank.locate(matrijs.id, "cellen", place),
                f"Een vraag kan in cel {cel_name(one)} en in cel {cel_name(other)} meetellen.",
                "Zet één van de twee bij marges.",
            )


def _may_share(bank: Itembank, one: Cel, other: Cel) -> bool:
    first, second = _code(bank, one), _code(bank, other)
    if not (first.startswith(second) or second.startswith(first)):
        return False
    labels = ("stof", "taalniveau", "abstractieniveau", "beheersing")
    return all(
        getattr(one, label) is None
        or getattr(other, label) is None
        or getattr(one, label) == getattr(other, label)
        for label in labels
    )


def _code(bank: Itembank, cel: Cel) -> str:
    """Return the narrowest number that a cell names, with a full stop behind each part: 5. or 5.1.2."""
    nummer = next((thema.nummer for thema in bank.themas if thema.slug == cel.thema), cel.thema)
    code = cel.indicator or cel.eindterm or cel.handeling or nummer
    return f"{code.replace('-', '.')}." if code else ""


def _margins(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    for index, marge in enumerate(matrijs.marges):
        if marge.min > matrijs.aantal:
            yield Diagnostic(
                M404,
                bank.locate(matrijs.id, "marges", index, "min"),
                f"Deze marge wil ten minste {marge.min} vragen, maar de toets heeft er {matrijs.aantal}.",
                "Verlaag het minimum, of verhoog het aantal.",
            )


def _choices(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    name = matrijs.id
    for part in ("ankers", "verplicht", "verboden"):
        for index, item_id in enumerate(getattr(matrijs, part)):
            at = bank.locate(name, part, index)
            if item_id not in bank.items and item_id not in bank.broken:
                hint = meant(item_id, bank.items, "Kies een vraag die er is.")
                yield Diagnostic(M405, at, f"Vraag {item_id} bestaat niet.", hint)
            elif part != "verboden" and item_id in matrijs.verboden:
                hint = "Haal de vraag uit één van de twee lijsten."
                yield Diagnostic(M405, at, f"Vraag {item_id} moet erin en is ook verboden.", hint)
    for one, other in combinations(matrijs.ankers, 2):
        pair = [bank.items[item_id] for item_id in (one, other) if item_id in bank.items]
        if len(pair) == 2 and (other in pair[0].vijanden or one in pair[1].vijanden):
            yield Diagnostic(
                M405,
                bank.locate(name, "ankers", matrijs.ankers.index(other)),
                f"De ankers {one} en {other} zijn vijanden. Ze kunnen niet samen in een toets.",
                "Haal één van de twee weg.",
            )
    for index, toets_id in enumerate(matrijs.los_van):
        if toets_id not in bank.toetsen and toets_id not in bank.broken:
            hint = meant(toets_id, bank.toetsen, "Kies een toets die er is.")
            yield Diagnostic(
                M405, bank.locate(name, "los_van", index), f"Toets {toets_id} bestaat niet.", hint
            )
    if len(matrijs.ankers) > matrijs.aantal:
        yield Diagnostic(
            M405,
            bank.locate(name, "ankers"),
            f"Er zijn {len(matrijs.ankers)} ankers, maar de toets heeft {matrijs.aantal} vragen.",
            "Haal ankers weg, of verhoog het aantal.",
        )
    if not matrijs.overlap and (matrijs.herhaling or 1) > 1:
        yield Diagnostic(
            M405,
            bank.locate(name, "herhaling"),
            "Een vraag mag vaker voorkomen, maar de toetsen mogen geen vragen delen.",
            "Zet er een overlap bij, of haal herhaling weg.",
        )
    if matrijs.woorden is not None:
        least, most = matrijs.woorden.min, matrijs.woorden.max
        if least is not None and most is not None and least > most:
            yield Diagnostic(
                M405,
                bank.locate(name, "woorden"),
                f"De toets moet ten minste {least} en ten hoogste {most} woorden hebben. Dat kan niet.",
                "Verlaag het minimum of verhoog het maximum.",
            )


def _edges(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    for part in ("cellen", "marges"):
        for index, cel in enumerate(getattr(matrijs, part)):
            if cel.max is not None and cel.min > cel.max:
                yield Diagnostic(
                    M401,
                    bank.locate(matrijs.id, part, index, "min"),
                    f"Deze cel wil ten minste {cel.min} en ten hoogste {cel.max} vragen. Dat kan niet.",
                    "Verlaag het minimum of verhoog het maximum.",
                )


def _total(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    least = sum(cel.min for cel in matrijs.cellen)
    most = sum(matrijs.aantal if cel.max is None else cel.max for cel in matrijs.cellen)
    if least > matrijs.aantal:
        yield Diagnostic(
            M402,
            bank.locate(matrijs.id, "aantal"),
            f"De cellen vragen samen ten minste {least} vragen, maar de toets heeft er {matrijs.aantal}.",
            "Verlaag een minimum, of verhoog het aantal.",
        )
    if most < matrijs.aantal:
        yield Diagnostic(
            M402,
            bank.locate(matrijs.id, "aantal"),
            f"In de cellen passen samen {most} vragen, maar de toets heeft er {matrijs.aantal}.",
            "Verhoog een maximum, of verlaag het aantal.",
        )
