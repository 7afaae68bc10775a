"""The way in: a file from another program or a colleague → questions, item documents and a verdict on each.

In: the bytes of a file that nobody can be trusted for. Out: a `Delivery`. `reading.py` knows which file is what;
`plan.py` makes items of it; `giving_back.py` makes the workbook with what must be better. This wing opens no file,
judges no content beyond what it needs, and knows no YAML: the command puts the drafts in the bank and checks them.
"""

from __future__ import annotations

from builder.intake.rules import RULES

__all__ = ["RULES"]
