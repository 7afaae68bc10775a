"""The comparison of groups as a table, and in words how to read it: the same for each format of the report.

In: an analysis. Out: a grid and sentences. It knows no format.
"""

from __future__ import annotations

from builder.analysis.analyse import Analysis
from builder.analysis.dif import LEAST
from builder.analysis.tables import Grid
from builder.analysis.words import number


def dif_grid(analysis: Analysis) -> Grid | None:
    """Return the comparison of groups, the largest differences first."""
    if analysis.dif is None or not analysis.dif.rows:
        return None
    rows = sorted(analysis.dif.rows, key=lambda row: (-abs(row.delta or 0.0), row.id, row.group))
    return Grid(
        f"Kenmerk {analysis.dif.name}: elke groep vergeleken met {analysis.dif.reference}",
        ("Vraag", "Groep", "delta", "Klasse", "chi-kwadraat", "kans"),
        tuple(
            (
                row.id,
                row.group,
                number(row.delta),
                row.grade or "n.v.t.",
                number(row.chi_square),
                number(row.p, 3),
            )
            for row in rows
        ),
    )


def dif_told(analysis: Analysis) -> tuple[str, ...]:
    """Return how to read the comparison of groups: what a class is, and what few persons do to it."""
    if analysis.dif is None:
        return ()
    made = [
        "Bij gelijke totaalscore: heeft de ene groep een vraag vaker goed dan de andere?",
        "Een delta onder 0 is nadelig voor de groep in de rij.",
        "Klasse A: het verschil is kleiner dan 1, of het kan toeval zijn (kans 0,05 of meer).",
        "Klasse C: het verschil is 1,5 of meer, en zeker groter dan 1. Klasse B zit daartussen.",
    ]
    large = [row for row in analysis.dif.rows if row.grade == "A" and abs(row.delta or 0.0) >= 1]
    if large:
        most = max(large, key=lambda row: abs(row.delta or 0.0))
        made.append(
            f"Daarom is delta {number(most.delta)} bij {most.id} hier klasse A: de kans is {number(most.p, 3)}."
        )
    small = [f"{name} ({size})" for name, size in analysis.dif.sizes.items() if size < LEAST]
    if small:
        made.append(
            f"Deze groepen zijn klein: {', '.join(small)}. Onder {LEAST} personen is elke klasse indicatief."
        )
    return tuple(made)
