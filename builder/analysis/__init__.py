"""The wing of statistics: answers → what they say about the questions → report and files.

In: files with answers (pseudonyms only) and the bank. Out: numbers, flags in words, artifacts. This file
names the rules only, so that who asks for them does not load numpy.
"""

from __future__ import annotations

from builder.analysis import outcome_rules, rules

RULES = (*rules.RULES, *outcome_rules.RULES)
