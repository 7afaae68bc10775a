"""Does a toets keep every rule? Counted again from the documents, with nothing of the model that chose.

In: the bank, a toets, its matrix and the other forms of its series. Out: `Breach`es. It imports nothing of
planning, rows, solvers or shuffling, and that is the point: a mistake there cannot hide here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Cel, Toets, Toetsmatrijs
from builder.model.usage import may_be_used

M410 = Rule(
    "M410",
    "toets-breekt-een-regel",
    Severity.ERROR,
    "Een toets houdt zich aan de regels van zijn vragen en zijn matrijs. "
    "Vijanden staan niet samen, een set komt heel, ankers staan erin en verboden vragen niet.",
    "Een toets met wonen-001 en zijn vijand wonen-002.",
    "Een toets met één van die twee.",
)
RULES = (M410,)
# What other checks of a toets say already: C330-C332, and for the whole bank also C428 and C430.
_TOLD_ELSEWHERE = frozenset({"vraag", "status", "digest", "aantal", "doel", "cel", "reeks"})
_TOLD_BY_CHECK = _TOLD_ELSEWHERE | {"vijanden"}
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a toets does not keep: what kind, a sentence, where in the document, what to do."""

    kind: str
    sentence: str
    path: Path = ()
    hint: str = ""


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield what every toets of the bank breaks, but for what the other checks say."""
    for toets in bank.toetsen.values():
        yield from diagnostics(bank, toets, _TOLD_BY_CHECK)


def diagnostics(bank: Itembank, toets: Toets, told: frozenset[str] = _TOLD_ELSEWHERE) -> Iterator[Diagnostic]:
    """Yield the same about one toets, but for the kinds that are `told` already."""
    matrijs = bank.matrijzen.get(toets.matrijs)
    for breach in verify(bank, toets, matrijs, series_of(bank, toets)):
        if breach.kind not in told:
            yield Diagnostic(M410, bank.locate(toets.id, *breach.path), breach.sentence, breach.hint)


def series_of(bank: Itembank, toets: Toets) -> tuple[Toets, ...]:
    """Return the other forms that were made together with this one."""
    mine = toets.samenstelling
    if mine is None:
        return ()
    return tuple(
        other
        for other in bank.toetsen.values()
        if other.id != toets.id
        and other.matrijs == toets.matrijs
        and other.zaad == toets.zaad
        and other.samenstelling is not None
        and other.samenstelling.voorraad == mine.voorraad
        and other.samenstelling.formulieren == mine.formulieren
        and other.samenstelling.formulier != mine.formulier
    )


def verify(
    bank: Itembank, toets: Toets, matrijs: Toetsmatrijs | None, series: Sequence[Toets] = ()
) -> tuple[Breach, ...]:
    """Return every rule that this toets does not keep, in a fixed order."""
    return tuple(_breaches(bank, toets, matrijs, series))


def _breaches(
    bank: Itembank, toets: Toets, matrijs: Toetsmatrijs | None, series: Sequence[Toets]
) -> Iterator[Breach]:
    items = []
    for index, plek in enumerate(toets.items):
        item = bank.items.get(plek.id)
        if item is None:
            yield Breach("vraag", f"Vraag {plek.id} bestaat niet of heeft fouten.", ("items", index))
            continue
        items.append(item)
        if plek.versie != item.versie or plek.digest != item_digest(bank, item):
            yield Breach("digest", f"Vraag {plek.id} is veranderd sinds deze toets.", ("items", index))
        if not may_be_used(bank, item, toets.doel):
            yield Breach("status", f"Vraag {plek.id} mag niet bij doel {toets.doel}.", ("items", index))
    twice = [name for name, number in Counter(plek.id for plek in toets.items).items() if number > 1]
    for name in twice:
        yield Breach("vraag", f"Vraag {name} staat er meer dan één keer in.", ("items",))
    if len(items) == len(toets.items):
        yield from _orders(toets, items)
    yield from _together(bank, toets, items)
    yield from _keys(toets, items, None if matrijs is None else matrijs.sleutelbalans)
    if matrijs is not None:
        yield from _matrix(toets, items, matrijs)
        yield from _overlap(items, matrijs, series)


def _orders(toets: Toets, items: Sequence[Item]) -> Iterator[Breach]:
    by_id = {item.id: item for item in items}
    printed: list[tuple[Path, str, tuple[int, ...]]] = [
        (("items", n, "opties"), plek.id, plek.opties) for n, plek in enumerate(toets.items)
    ]
    for v, variant in enumerate(toets.varianten):
        if Counter(p.id for p in variant.items) != Counter(p.id for p in toets.items):
            yield Breach("vraag", f"Variant {variant.code} heeft niet dezelfde vragen.", ("varianten", v))
            continue
        printed += [
            (("varianten", v, "items", n, "opties"), plek.id, plek.opties)
            for n, plek in enumerate(variant.items)
        ]
    for path, name, order in printed:
        opties = by_id[name].opties
        if sorted(order) != [number + 1 for number in range(len(opties))]:
            yield Breach("vraag", f"De volgorde van de opties past niet bij vraag {name}.", path)
            continue
        moved = [n + 1 for n, optie in enumerate(opties) if optie.vast and order[n] != n + 1]
        if moved:
            yield Breach(
                "vast",
                f"Bij vraag {name} staat optie {moved[0]} niet op haar vaste plaats.",
                path,
                f"Zet optie {moved[0]} terug op plaats {moved[0]}.",
            )


def _together(bank: Itembank, toets: Toets, items: Sequence[Item]) -> Iterator[Breach]:
    names = {item.id for item in items}
    place = {plek.id: index for index, plek in enumerate(toets.items)}
    said: set[frozenset[str]] = set()
    for item in items:
        for other in item.vijanden:
            pair = frozenset((item.id, other))
            if other in names and len(pair) == 2 and pair not in said:
                said.add(pair)
                yield Breach(
                    "vijanden",
                    f"Vraag {item.id} en vraag {other} mogen niet samen in één toets.",
                    ("items", place[item.id], "id"),
                    "Vervang één van de twee.",
                )
    families: dict[str, list[str]] = {}
    for item in items:
        families.setdefault(item.variant_van or item.id, []).append(item.id)
    for parent, members in sorted(families.items()):
        if len(members) > 1:
            yield Breach(
                "vijanden",
                f"De vragen {' en '.join(sorted(members))} zijn varianten van {parent}.",
                ("items", place[members[0]], "id"),
                "Gebruik er één van.",
            )
    # By hand one may take a single item of a set: its context comes with it. Assembling keeps a set whole.
    sets = {item.set for item in items if item.set and toets.samenstelling is not None}
    whole: dict[str, set[str]] = {name: set() for name in sets}
    for item in bank.items.values() if sets else ():
        if item.set in whole and may_be_used(bank, item, toets.doel):
            whole[item.set].add(item.id)
    for name in sorted(sets):
        missing = sorted(whole[name] - names)
        first = next(item.id for item in items if item.set == name)
        if missing:
            yield Breach(
                "set",
                f"Van set {name} ontbreekt {' en '.join(missing)}.",
                ("items", place[first], "id"),
                "Neem de hele set, of geen enkele vraag daarvan.",
            )


def _keys(toets: Toets, items: Sequence[Item], most: int | None) -> Iterator[Breach]:
    by_id = {item.id: item for item in items}
    forms: list[tuple[str, Path, list[tuple[str, tuple[int, ...]]]]] = [
        ("", ("items",), [(plek.id, plek.opties) for plek in toets.items])
    ]
    for v, variant in enumerate(toets.varianten):
        places = [(plek.id, plek.opties) for plek in variant.items]
        forms.append((f"Variant {variant.code}: ", ("varianten", v, "items"), places))
    for start, path, printed in forms:
        letters = ""
        for name, order in printed:
            right = (
                [n + 1 for n, optie in enumerate(by_id[name].opties) if optie.juist] if name in by_id else []
            )
            letters += "ABCD"[order.index(right[0])] if len(right) == 1 and right[0] in order else "-"
        if run := re.search(r"([A-D])\1{3,}", letters):
            begin, end = run.start() + 1, run.end()
            yield Breach(
                "reeks",
                f"{start}Bij vraag {begin} tot en met {end} is steeds {run[1]} goed.",
                (*path, run.start()),
                "Geef de opties van één van die vragen een andere volgorde.",
            )
        count = [letters.count(letter) for letter in "ABC"]
        if most is not None and max(count) - min(count) > most:
            told = ", ".join(f"{letter} {n} keer" for letter, n in zip("ABC", count, strict=True))
            yield Breach(
                "sleutelbalans",
                f"{start}De goede antwoorden zijn niet verdeeld: {told}.",
                path,
                f"Het verschil mag ten hoogste {most} zijn.",
            )


def _matrix(toets: Toets, items: Sequence[Item], matrijs: Toetsmatrijs) -> Iterator[Breach]:
    if len(toets.items) != matrijs.aantal:
        yield Breach(
            "aantal", f"De toets heeft {len(toets.items)} vragen. Het moeten er {matrijs.aantal} zijn."
        )
    if toets.doel != matrijs.doel:
        yield Breach("doel", f"Het doel is {toets.doel}, maar de matrijs zegt {matrijs.doel}.")
    for cel in matrijs.cellen + matrijs.marges:
        got = len([item for item in items if _in_cell(item, cel)])
        if not cel.min <= got <= (len(toets.items) if cel.max is None else cel.max):
            yield Breach("cel", f"Een cel heeft {got} vragen. Dat past niet bij de matrijs ({_labels(cel)}).")
    names = [plek.id for plek in toets.items]
    for name in matrijs.ankers:
        if name not in names:
            yield Breach("anker", f"Vraag {name} is een anker, maar staat niet in de toets.", ("items",))
    for index, name in enumerate(names):
        if name in matrijs.verboden:
            yield Breach("verboden", f"Vraag {name} is verboden in de matrijs.", ("items", index, "id"))
    words = sum(_words(item) for item in items)
    if matrijs.woorden is not None:
        low, high = matrijs.woorden.min, matrijs.woorden.max
        if (low is not None and words < low) or (high is not None and words > high):
            yield Breach(
                "woorden",
                f"De vragen hebben samen {words} woorden. Dat past niet bij de matrijs.",
                ("items",),
            )
    if matrijs.tempo is not None:
        minutes = words / matrijs.tempo.woorden_per_minuut
        minutes += len(items) * matrijs.tempo.seconden_per_vraag / 60
        if minutes > matrijs.minuten + 1e-9:
            yield Breach(
                "minuten",
                f"De vragen duren ongeveer {minutes:.0f} minuten. De toets heeft er {matrijs.minuten}.",
                ("items",),
            )


def _overlap(items: Sequence[Item], matrijs: Toetsmatrijs, series: Iterable[Toets]) -> Iterator[Breach]:
    with_anchor = {item.set for item in items if item.set and item.id in matrijs.ankers}
    mine = {item.id for item in items if item.id not in matrijs.ankers and item.set not in with_anchor}
    for other in series:
        shared = mine & {plek.id for plek in other.items}
        if len(shared) > matrijs.overlap:
            yield Breach(
                "overlap",
                f"Deze toets deelt {len(shared)} vragen met {other.id}. Het mogen er {matrijs.overlap} zijn.",
                ("items",),
                "Vervang vragen, of verhoog de overlap in de matrijs.",
            )


def _in_cell(item: Item, cel: Cel) -> bool:
    pairs = (
        (item.id.rsplit("-", 1)[0], cel.thema),
        (".".join(item.eindterm.split(".")[:2]), cel.handeling),
        (item.eindterm, cel.eindterm),
        (item.indicator, cel.indicator),
        (item.stof, cel.stof),
        (item.taalniveau, cel.taalniveau),
        (item.abstractieniveau, cel.abstractieniveau),
        (item.beheersing, cel.beheersing),
    )
    return all(not asked or own == asked for own, asked in pairs)


def _labels(cel: Cel) -> str:
    asked = [cel.naam, cel.thema, cel.handeling, cel.eindterm, cel.indicator, cel.stof, cel.taalniveau]
    asked += [cel.abstractieniveau, cel.beheersing]
    return ", ".join(str(label) for label in asked if label)


def _words(item: Item) -> int:
    texts = [item.context, item.stam, *[optie.tekst for optie in item.opties]]
    return sum(len(re.findall(r"\S+", text)) for text in texts)
