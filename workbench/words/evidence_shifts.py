"""What is said where the goal or a KPI itself moved to a new level."""

from __future__ import annotations

import pandas as pd

from workbench.evidence.level_shifts import LevelShift
from workbench.words.evidence_about import About
from workbench.words.numbers import with_unit
from workbench.words.panels import period_name


def level_shift_sentence(
    name: str, found: LevelShift | None, about: About, unit: str | None = None, each: str = ""
) -> str:
    """``Sales moved from $20k to $25k per rep and month in March 2024.``; empty where no shift is proven."""
    if found is None or found.at is None or not found.shifted(about.options.confidence):
        return ""
    when = period_name(pd.Timestamp(found.at), about.grain)
    before, after = with_unit(found.before, unit), with_unit(found.after, unit)
    return f"{name} moved from {before} to {after}{each} in {when}."


def goal_shift_sentence(found: LevelShift | None, about: About, unit: str | None = None) -> str:
    """The same of the goal, whose values are turned round where less is better."""
    if found is None or about.more == "better":
        return ""
    sign = -1 if about.more == "less" else 1
    turned = LevelShift(found.at, sign * found.before, sign * found.after, found.f, found.p, found.n)
    return level_shift_sentence(about.goal, turned, about, unit, f" per rep and {about.grain}")
