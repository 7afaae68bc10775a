"""What Cito's dexter reads: scoring rules, the design and long responses, with a script that gives the same tables.

In: an analysis. Out: artifacts. Pseudonyms stay what they were; nothing else about persons goes along but
the properties that were asked for. What was skipped is the response `leeg`, which scores 0. Booklets that
dexter does not know yet must stand in its design (`add_response_data` stops otherwise), so it goes along.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from builder.analysis.analyse import Analysis
from builder.artifacts import Artifact

_SKIPPED = "leeg"


def dexter(analysis: Analysis) -> tuple[Artifact, ...]:
    """Return rules, design, responses, persons' properties when there are any, and the script."""
    answers = analysis.answers
    rules: list[tuple[str, str, int]] = []
    for vraag in answers.vragen:
        rules += [(vraag.id, label, score) for label, score in zip(vraag.labels, vraag.scores, strict=True)]
        rules.append((vraag.id, _SKIPPED, 0))
    design = [
        (form.name, answers.vragen[number].id, place)
        for form in answers.forms
        for place, number in enumerate(form.vragen, start=1)
    ]
    responses = []
    for row, person in enumerate(answers.personen):
        form = answers.forms[int(answers.form_of[row])]
        chosen = answers.chosen[row]
        for number in form.vragen:
            code, asked = int(chosen[number]), answers.vragen[number]
            label = asked.labels[code] if code >= 0 else _SKIPPED
            responses.append((person, form.name, asked.id, label))
    made = [
        Artifact("dexter/rules.csv", _csv(("item_id", "response", "item_score"), rules)),
        Artifact("dexter/design.csv", _csv(("booklet_id", "item_id", "item_position"), design)),
        Artifact("dexter/responses.csv", _csv(("person_id", "booklet_id", "item_id", "response"), responses)),
        Artifact(
            "dexter/dexter.R", (_SCRIPT.replace("PERSONS\n", _PERSONS if answers.properties else "")).encode()
        ),
    ]
    if answers.properties:
        names = tuple(answers.properties)
        seen: dict[str, tuple[str, ...]] = {}
        for row, person in enumerate(answers.personen):
            seen.setdefault(person, tuple(answers.properties[name][row] for name in names))
        rows = [(person, *values) for person, values in seen.items()]
        made.append(Artifact("dexter/persons.csv", _csv(("person_id", *names), rows)))
    return tuple(made)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


_SCRIPT = """\
# install.packages("dexter")
library(dexter)
text <- function(file) read.csv(file, colClasses = "character", na.strings = character(0), check.names = FALSE)
rules <- text("rules.csv")
rules$item_score <- as.integer(rules$item_score)
design <- text("design.csv")
design$item_position <- as.integer(design$item_position)
db <- start_new_project(rules, ":memory:")
add_response_data(db, text("responses.csv"), design = design)
PERSONS
tia <- tia_tables(db, type = "averaged", max_scores = "theoretical", distractor = TRUE)
print(as.data.frame(tia$booklets), digits = 9)
print(as.data.frame(tia$items), digits = 9)
print(as.data.frame(tia$distractors), digits = 9)
print(coef(fit_enorm(db)), digits = 9)
close_project(db)
"""
_PERSONS = 'add_person_properties(db, text("persons.csv"))\n'
