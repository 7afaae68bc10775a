"""The way out: what a toets becomes in other programs and on paper.

In: a toets and the bank. Out: artifacts, and findings about what did not fit. Every exporter stands in
`EXPORTERS`; none shuffles or scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule
from builder.export import pdf
from builder.model.itembank import Itembank
from builder.model.toets import Toets

Exporter = Callable[[Itembank, Toets], tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]]

EXPORTERS: Mapping[str, Exporter] = {"pdf": pdf.export}
RULES: tuple[Rule, ...] = pdf.RULES
