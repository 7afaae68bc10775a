"""Planning visits: a workbook with groups and places becomes a plan, with the reason of every choice.

In: the bytes of a workbook. Out: findings per cell, a plan that `verify.py` checked again, and what people need on
paper, in a calendar and in a sheet. The order: `read_request` → `candidates` → `solve` → `explain`, `compare` → files.
It knows no item and no toets.
"""

from __future__ import annotations

from builder.visits.rules import RULES

__all__ = ["RULES"]
