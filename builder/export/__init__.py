"""The way out: what a toets becomes in other programs and on paper."""

from __future__ import annotations

from builder.diagnostics import Rule

RULES: tuple[Rule, ...] = ()
