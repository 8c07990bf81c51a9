"""Names of data sets, such that two of one name differ visibly, and what happened to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from workbench.data.library.data_sets import DataSetEntry
from workbench.words.history import figures_words
from workbench.words.times import day_after, moment, short_moment

GONE_FOR_GOOD = "Delete for good"


def data_set_names(entries: Sequence[DataSetEntry], zone: str | None = None) -> dict[str, str]:
    """The name of each data set by id; of several with one name, also when it was saved, its rows and its span."""
    times = Counter(entry.name.strip().casefold() for entry in entries)
    return {
        entry.id: entry.name if times[entry.name.strip().casefold()] == 1 else f"{entry.name} ({_apart(entry, zone)})"
        for entry in entries
    }


def _apart(entry: DataSetEntry, zone: str | None) -> str:
    if entry.kind == "sample":
        return "sample"
    figures = entry.figures
    rows = figures_words(figures.model_copy(update={"n_reps": 0})).replace(", 0 reps", "") if figures else ""
    return " · ".join(filter(None, [short_moment(entry.added, zone), rows]))


def data_set_details(entry: DataSetEntry, zone: str | None = None) -> str:
    """``Saved 30 November 2026, 14:05. 1,234 rows, 8 reps, January to August 2026.``"""
    parts = [f"Saved {moment(entry.added, zone)}" if entry.added else "", figures_words(entry.figures)]
    return " ".join(f"{part}." for part in parts if part)


def deleted_words(n_versions: int) -> str:
    """What is deleted with a data set, and for how long that can be undone."""
    older = {0: "", 1: " and its older version"}.get(n_versions - 1, f" and its {n_versions - 1:,} older versions")
    return f"Delete this data set{older}? You can undo this for 30 days."


def kept_until(at: str, kept: timedelta, zone: str | None = None) -> str:
    """``Deleted 30 November 2026, 14:05. Can be restored until 30 December 2026.``"""
    return f"Deleted {moment(at, zone)}. Can be restored until {day_after(at, kept, zone)}."


def here_already(entry: DataSetEntry, zone: str | None = None) -> str:
    """What is said when somebody brings exactly what is here."""
    return (
        f"The same files with the same meaning are here since {moment(entry.added, zone)}. That data set is open now. "
        "To keep one of your own, give it another name."
    )
