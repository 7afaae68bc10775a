"""The nouns of an analysis: what was asked, who answered what, in which form.

In: nothing. Out: frozen types; the answers stand in one matrix of small whole numbers. They know no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Missing = Literal["", "skipped", "not-administered"]
Cells = Literal["auto", "letters", "printed", "places", "scores"]

# What a cell of `Answers.chosen` holds besides the index (from 0) of the response in `Vraag.labels`.
SKIPPED, NOT_REACHED, ABSENT = -1, -2, -3


@dataclass(frozen=True, slots=True)
class Vraag:
    """A question as it was taken: the possible responses and what each scores.

    `options` False: only scores are known, not which option was chosen. `teksten` may be empty.
    """

    id: str
    labels: tuple[str, ...]
    scores: tuple[int, ...]
    versie: int = 0
    digest: str = ""
    stam: str = ""
    teksten: tuple[str, ...] = ()
    options: bool = True

    @property
    def most(self) -> int:
        """The highest score that can be had."""
        return max(self.scores, default=0)

    @property
    def key(self) -> int | None:
        """The index of the only response that scores, or None."""
        right = [index for index, score in enumerate(self.scores) if score > 0]
        return right[0] if len(right) == 1 and self.options else None


@dataclass(frozen=True, slots=True)
class Form:
    """A booklet: its name and the indices of its questions, in the order they were asked."""

    name: str
    vragen: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All answers: rows are persons in a form, columns are questions.

    `chosen` (rows × questions, int8): index of the response, SKIPPED, NOT_REACHED or ABSENT.
    `form_of` (rows): index in `forms`. `properties`: per name one value per row.
    """

    vragen: tuple[Vraag, ...]
    personen: tuple[str, ...]
    forms: tuple[Form, ...]
    form_of: NDArray[np.int32]
    chosen: NDArray[np.int8]
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    toetsen: tuple[str, ...] = ()

    def rows_of(self, form: int) -> NDArray[np.intp]:
        """Return the indices of the rows of a form."""
        return np.flatnonzero(self.form_of == form)

    def chosen_in(self, form: int) -> NDArray[np.int8]:
        """Return rows × questions of one form, in the order of the form."""
        return self.chosen[np.ix_(self.rows_of(form), np.array(self.forms[form].vragen, dtype=np.intp))]

    def scores_in(self, form: int) -> NDArray[np.float64]:
        """Return the scores (rows × questions) of one form; what was skipped or not reached scores 0."""
        chosen = self.chosen_in(form)
        scores = np.zeros(chosen.shape)
        for place, number in enumerate(self.forms[form].vragen):
            table = np.array([*self.vragen[number].scores, 0, 0, 0], dtype=float)
            scores[:, place] = table[chosen[:, place]]  # -1, -2, -3 are the three zeros at the end
        return scores
