"""Words and spreadsheet errors that mean a missing value."""

from __future__ import annotations

MISSING_WORDS = (
    "-",
    "--",
    "—",
    "–",
    ".",
    "?",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "null",
    "(null)",
    "none",
    "nil",
    "(blank)",
    "k.a.",
    "\\n",
)
SPREADSHEET_ERRORS = (
    "#ref!",
    "#div/0!",
    "#value!",
    "#name?",
    "#num!",
    "#null!",
    "#n/a",
    "#error!",
    "#spill!",
    "#calc!",
    "#field!",
)
ALL_MISSING = frozenset((*MISSING_WORDS, *SPREADSHEET_ERRORS))
