"""Words on the wall where a slide cannot be drawn yet, and where a slide stands."""

from __future__ import annotations

NO_DATA = "Nothing to present yet. Press Esc and open a data set."
NO_GOAL = "No goal yet. Press Esc and choose the team's #1 goal."
NO_KPIS = "No KPIs yet. Press Esc and choose the first one."
NO_WEIGHT = "No KPI has a weight yet. Press Esc and give one some weight."
BROKEN = "These KPIs cannot be computed yet. Press Esc and fix them on the KPIs page."
UNKNOWN = "This link asks for a slide that does not exist. Press Esc to go back."
BEFORE, EQUAL, TODAY = "Before", "Equal weights", "Today"
TO_STORY, TO_PAGES = "Story", "Pages"


def slide_place(at: int, n: int) -> str:
    """``3 of 9``; ``at`` is 0 for the first."""
    return f"{at + 1} of {n}"
