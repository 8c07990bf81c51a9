"""The versions of a trial: when each was saved, by whom, and what changed, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from workbench.trials.trial_file import EVERYBODY, TrialFile
from workbench.trials.trial_library import KeptTrial
from workbench.words.lists import list_names
from workbench.words.panels import day_words
from workbench.words.trial_card import (
    ASSIGNMENTS,
    AT_SAME_DATA,
    FIELDS,
    MOST_LISTED,
    NO_END,
    unit_label,
    wave_line,
    who_words,
)

HISTORY = "Earlier versions"
READ_ONLY = "Earlier versions can be read, not brought back: what was planned stays on record."
FIRST, REMOVED, RESTORED, CAME_WITH = "First saved.", "Removed.", "Brought back.", "Came with the sample data."
LABELS: Mapping[str, str] = {
    **FIELDS,
    "starts": "Days of start", "kind": "Compared by", "planned_end": "Last day as first planned",
    "ended_early": "Ended before the plan", "direction": "Better when", "lever": "What the change is to move",
    "arm": "Group that only records who takes part", "note": "Note", "tries": AT_SAME_DATA,
}  # fmt: skip
_WAYS = {"higher": "higher", "lower": "lower"}
_KINDS = {"comparison": "colleagues", "staggered": "those still waiting", "one_team": "other teams",
          "no_comparison": "the time before alone"}  # fmt: skip


def version_title(place: int, kept: KeptTrial) -> str:
    """``2: 1 December 2026, Grace Kimani``; what is not known is left out."""
    said = [day_words(kept.saved[:10])] if kept.saved else []
    return f"{place}: {', '.join([*said, *filter(None, [kept.by])])}" if said or kept.by else f"{place}"


def version_changes(before: KeptTrial | None, kept: KeptTrial, called: Mapping[str, str]) -> list[str]:
    """What a version changed, a sentence for each field; files as shown.

    Parameters
    ----------
    called : plain name of a measure by its formula.
    """
    if before is None:
        return [FIRST if kept.version else CAME_WITH]
    out = [REMOVED if kept.removed else RESTORED] if kept.removed != before.removed else []
    for field, label in LABELS.items():
        old, new = (_said(field, each.file, called) for each in (before, kept))
        if getattr(before.file, field) != getattr(kept.file, field):
            out.append(f"{label}: {old.rstrip('.') or 'empty'} → {new.rstrip('.') or 'empty'}.")
    return out


def version_lines(file: TrialFile, called: Mapping[str, str]) -> list[str]:
    """The whole card of a version, a line for each field that says something."""
    return [f"{label}: {said}" for field, label in LABELS.items() if (said := _said(field, file, called))]


def _said(field: str, file: TrialFile, called: Mapping[str, str]) -> str:
    value: Any = getattr(file, field)
    match field:
        case "treated":
            return who_words(value)
        case "comparison":
            return "" if file.treated == EVERYBODY else who_words(value)
        case "measure" | "lever":
            return called.get((value or "").strip(), value or "")
        case "side_effects":
            return list_names([called.get(each.strip(), each) for each in value], MOST_LISTED)
        case "assignment":
            return ASSIGNMENTS[file.assignment].lower()
        case "unit":
            return unit_label(value)
        case "kind":
            return _KINDS.get(value or "", "")
        case "direction":
            return _WAYS[value]
        case "starts":
            days = sorted(set(value.values()))
            return " ".join(wave_line(day, sorted(unit for unit, on in value.items() if on == day)) for day in days)
        case "tries":
            return f"number {value}" if value > 1 else ""
        case "end":
            return day_words(value.isoformat()) if value else NO_END
    if isinstance(value, bool):
        return "yes" if value else ""
    return day_words(value.isoformat()) if isinstance(value, dt.date) else "" if value is None else f"{value}"
