"""Every rule of every stage in one list: for `knm explain` and the page with rules."""

from __future__ import annotations

from builder import analysis, checks, export, intake, visits
from builder.diagnostics import Rule
from builder.exam import verify
from builder.loading import link, read, validate

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *read.RULES,
            *validate.RULES,
            *link.RULES,
            *checks.RULES,
            *verify.RULES,
            *export.RULES,
            *intake.RULES,
            *visits.RULES,
            *analysis.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
