"""One-click fixes of a data set, as their buttons say them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from workbench.data.mapping.fixes import Fix, FixCode
from workbench.words.gaps import span_words


def _limit(fix: Fix) -> str:
    first, last = pd.Timestamp(fix.first), pd.Timestamp(fix.last)
    return f"Use only {span_words(first, last, fix.dataset.grain)}"


LABELS: dict[FixCode, Callable[[Fix], str]] = {
    "merge_spellings": lambda fix: f"Count them as “{'”, “'.join(fix.names)}”",
    "match_keys": lambda fix: "Read them as the same",
    "count_once": lambda fix: "Count repeated rows once",
    "limit_periods": _limit,
    "leave_out": lambda fix: "Leave this file out",
    "score_them": lambda fix: "Score them" if len(fix.names) > 1 else "Score this person",
    "not_score_them": lambda fix: "Leave them out" if len(fix.names) > 1 else "Leave this person out",
    "count_as_zero": lambda fix: "Nothing happened there: count 0",
}


def fix_label(fix: Fix) -> str:
    """``Use only February to March 2026``."""
    return LABELS[fix.code](fix)
