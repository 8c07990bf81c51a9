"""A KPI on a card: where the team is now, which way it goes, and its target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.design.model import Kpi
from workbench.words.kpis import target_words, value_words

UP, DOWN, LEVEL = "↗", "↘", "→"
STRETCH = 3  # periods that are compared with as many before
LEAST_CHANGE = 0.05


def now_words(averages: Sequence[float], kpi: Kpi) -> str:
    """The team's last average and its direction: ``now 12 ↗``; empty without values."""
    known = [value for value in averages if np.isfinite(value)]
    return f"now {value_words(known[-1], kpi, bare=True)} {trend_mark(known)}".strip() if known else ""


def trend_mark(averages: Sequence[float]) -> str:
    """Whether the last periods are above or below those before by 5% or more; empty where there are too few."""
    if len(averages) < 2 * STRETCH:
        return ""
    late, early = np.mean(averages[-STRETCH:]), np.mean(averages[-2 * STRETCH : -STRETCH])
    if abs(late - early) < LEAST_CHANGE * abs(early) or late == early:
        return LEVEL
    return UP if late > early else DOWN


def card_line(averages: Sequence[float], kpi: Kpi) -> str:
    """``now 12 ↗ · target 15 per month``."""
    return " · ".join(filter(None, [now_words(averages, kpi), target_words(kpi)]))
