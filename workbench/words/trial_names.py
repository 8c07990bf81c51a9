"""A trial and its finding as they are shown: reps by alias while names are hidden, measures by their plain names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.errors import Examples, Issue, Where
from workbench.formula.ratio import is_ratio
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import SideEffect, TrialFinding
from workbench.words.rep_names import without_rep_names
from workbench.words.trial_card import FIELDS

_TIME = re.compile(r"(^|\s)per (day|week|month|quarter|year)$")
TEXTS = ("name", "change", "hypothesis", "owner", "stop_rule", "note")


def trial_as_shown(file: TrialFile, names: Mapping[str, str]) -> TrialFile:
    """The card with every rep's name as shown, in lists, conditions and texts. For the screen, never for a file."""
    changed: dict[str, object] = {
        field: without_rep_names(text, names) for field in TEXTS if (text := getattr(file, field))
    }
    for field in ("treated", "comparison"):
        who = getattr(file, field)
        if isinstance(who, tuple):
            changed[field] = tuple(names.get(each, each) for each in who)
        elif who:
            changed[field] = without_rep_names(who, names)
    changed["starts"] = {names.get(unit, unit): day for unit, day in file.starts.items()}
    return file.model_copy(update=changed)


def finding_as_shown(
    found: TrialFinding, names: Mapping[str, str], called: Mapping[str, tuple[str, str | None]]
) -> TrialFinding:
    """The finding with names as shown, and measures by ``called``: plain name and unit by formula."""
    label, unit = called.get(found.file.measure.strip(), (found.label, None))
    named = found.named(names)
    warnings = tuple(replace(each, at=without_rep_names(each.at, names)) for each in named.warnings)
    unit = unit_for(found.file.measure, unit or found.unit_of_measure)
    lever = _called(found.lever, called) if found.lever else None
    return replace(
        named, file=trial_as_shown(found.file, names), warnings=warnings, label=label, unit_of_measure=unit,
        lever=lever, side_effects=tuple(_called(each, called) for each in found.side_effects),
    )  # fmt: skip


def _called(effect: SideEffect, called: Mapping[str, tuple[str, str | None]]) -> SideEffect:
    label, unit = called.get(effect.formula.strip(), (effect.label, effect.unit))
    return replace(effect, label=label, unit=unit_for(effect.formula, unit or effect.unit))


def unit_for(formula: str, unit: str | None) -> str | None:
    """The unit without its time, ``hours`` of ``hours per week``: what adds up is said per rep and month.

    A ratio keeps its unit: ``per workday``.
    """
    if unit is None or is_ratio(formula):
        return unit
    return _TIME.sub("", unit).strip() or None


def issue_as_shown(issue: Issue, names: Mapping[str, str]) -> Issue:
    """An issue of a card, at the field as the card calls it, with names as shown."""
    path = tuple(FIELDS.get(str(part), str(part)) for part in issue.where.path)
    parts = tuple((key, _shown_part(value, names)) for key, value in issue.parts)
    return replace(issue, where=Where(path=path), parts=parts)


def _shown_part(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Examples):
        return replace(value, shown=tuple(names.get(each, each) for each in value.shown))
    return without_rep_names(value, names) if isinstance(value, str) else value
