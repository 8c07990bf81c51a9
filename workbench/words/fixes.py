"""One-click fixes of a data set, as their buttons say them."""

from __future__ import annotations

from collections.abc import Callable

from workbench.data.mapping.fixes import Fix, FixCode

LABELS: dict[FixCode, Callable[[Fix], str]] = {
    "merge_spellings": lambda fix: f"Count them as “{'”, “'.join(fix.names)}”",
    "match_keys": lambda fix: "Read them as the same",
    "count_once": lambda fix: "Count repeated rows once",
    "limit_periods": lambda fix: f"Use only {fix.first} to {fix.last}",
    "leave_out": lambda fix: "Leave this file out",
    "count_as_zero": lambda fix: "Nothing happened there: count 0",
}


def fix_label(fix: Fix) -> str:
    """``Use only 2026-02-01 to 2026-03-01``."""
    return LABELS[fix.code](fix)
