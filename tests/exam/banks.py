"""Banks made in memory: no files, as many items as wanted, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from builder.model.digest import item_digest
from builder.model.eindterm import Eindterm, Eindtermen, Handeling, Thema
from builder.model.item import Item, Optie
from builder.model.itembank import Itembank, Source
from builder.model.lijsten import Abstractieniveau, Beoordeling, Bronverwijzing, Gezien
from builder.model.toets import Cel, Toets, Toetsmatrijs

THEMAS = ("werk", "omgang", "wonen", "gezondheid", "geschiedenis", "instanties", "staat", "onderwijs")
TERMS_PER_THEMA = 4
TERMS = tuple(
    f"{nummer}.{1 + place // 2}.{1 + place % 2}"
    for nummer in range(1, len(THEMAS) + 1)
    for place in range(TERMS_PER_THEMA)
)


# A digest asks the bank for pictures only, and these items have none.
NO_PICTURES = cast(Itembank, None)


class Nowhere:
    """Positions of documents that have no file."""

    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        return (1, 1)


def item(name: str, **labels: Any) -> Item:
    """An item in review with three options, of which the first is right."""
    thema = name.rpartition("-")[0]
    given: dict[str, Any] = {
        "id": name,
        "versie": 1,
        "status": "review",
        "eindterm": f"{THEMAS.index(thema) + 1}.1.1",
        "stof": "examenstof",
        "taalniveau": "A2",
        "abstractieniveau": "concreet",
        "beheersing": "onthouden",
        "soort": "meerkeuze",
        "stam": f"Wat hoort bij {name}?",
        "bronnen": (Bronverwijzing("regeling-inburgering-2021", "bijlage 2"),),
        "veroudert": "niet",
        "herkomst": "machine",
        "maker": "test",
        "opties": tuple(
            Optie(place == 0, f"{word} {name}", toelichting="Dat staat in de bron.")
            for place, word in enumerate(("Dit", "Dat", "Iets anders"))
        ),
    }
    return Item(**{**given, **labels})


def read_blind(item: Item) -> Item:
    """The same item, answered well by a blind reader of its present text (unless it has beoordelingen already)."""
    if item.beoordelingen and item.beoordelingen[-1].beoordelaar != "blinde-lezer":
        return item
    reading = Beoordeling(
        "automatisch", "toets-taal", "blinde-lezer", "2026-11-25", item.versie,
        item_digest(NO_PICTURES, item), "goed", antwoord=(item.sleutel or 0) + 1,
    )  # fmt: skip
    return replace(item, beoordelingen=(reading,))


def bank(
    items: Iterable[Item], matrijzen: Iterable[Toetsmatrijs] = (), toetsen: Iterable[Toets] = ()
) -> Itembank:
    """A bank with these documents and eight themas of four eindtermen."""
    themas = tuple(
        Thema(
            str(nummer), slug, slug.capitalize(), "Een thema.", "Een thema.",
            tuple(
                Handeling(
                    f"{nummer}.{h}", "Een handeling.",
                    tuple(Eindterm(f"{nummer}.{h}.{e}", "Een eindterm.", "Een eindterm.") for e in (1, 2)),
                )
                for h in (1, 2)
            ),
        )
        for nummer, slug in enumerate(THEMAS, start=1)
    )  # fmt: skip
    terms = {e.nummer: e for t in themas for h in t.handelingen for e in h.eindtermen}
    documents = [*map(read_blind, items), *matrijzen, *toetsen]
    return Itembank(
        eindtermen=Eindtermen(
            "regeling-inburgering-2021", "2026-04-18", Gezien("2026-11-25", "kopie"), "", "", (), (), themas
        ),
        bronnen={},
        begrippen={},
        domeinwoorden={},
        reeksen={},
        items={d.id: d for d in sorted(documents, key=lambda d: d.id) if isinstance(d, Item)},
        lessen={},
        matrijzen={d.id: d for d in documents if isinstance(d, Toetsmatrijs)},
        toetsen={d.id: d for d in documents if isinstance(d, Toets)},
        pictures={},
        broken=frozenset(),
        locations={d.id: Source(f"{d.id}.yaml", Nowhere()) for d in documents},
        _themas={t.slug: t for t in themas},
        _eindtermen=terms,
    )


def many(number: int, seed: int = 1, enemies: int = 0) -> list[Item]:
    """A varied pool: every label by lot, stems of 8 to 24 words, and `enemies` hostile pairs."""
    rng = random.Random(seed)
    found = []
    for index in range(number):
        term = TERMS[index % len(TERMS)]
        slug = THEMAS[int(term[0]) - 1]
        key = rng.randrange(3)
        words = " ".join("woord" for _ in range(rng.randint(8, 24)))
        found.append(
            item(
                f"{slug}-{index:06}",
                eindterm=term,
                taalniveau=rng.choice(("A1", "A2", "A2", "A2")),
                abstractieniveau=rng.choice(get_args(Abstractieniveau)),
                stam=f"{words} {index}?",
                opties=tuple(
                    Optie(place == key, f"antwoord {word}", toelichting="Daarom.")
                    for place, word in enumerate(("rood", "geel", "blauw"))
                ),
            )
        )
    for _ in range(enemies):
        one, other = rng.sample(range(number), 2)
        found[one] = replace(found[one], vijanden=(*found[one].vijanden, found[other].id))
    return found


def matrix(cells: Sequence[Cel], aantal: int, **rules: Any) -> Toetsmatrijs:
    """A matrix to practise with."""
    given: dict[str, Any] = {"id": "proef", "titel": "Proef", "doel": "oefenen", "minuten": 45}
    return Toetsmatrijs(**{**given, **rules}, aantal=aantal, cellen=tuple(cells))


def matrix_of_forty(**rules: Any) -> Toetsmatrijs:
    """Forty items: each eindterm once or twice, at most four at A1, a mix of abstraction, a word limit."""
    from builder.model.toets import Woorden

    cells = [Cel(1, 2, eindterm=term) for term in TERMS]
    margins = [
        Cel(2, 6, taalniveau="A1"),
        *(Cel(6, 14, abstractieniveau=level) for level in get_args(Abstractieniveau)),
        *(Cel(5, 5, thema=thema) for thema in THEMAS),
    ]
    return matrix(cells, 40, marges=tuple(margins), woorden=Woorden(900, 1000), **rules)
