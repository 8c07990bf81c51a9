"""Words on the wall where a slide cannot be drawn yet, and where a slide stands."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.design.model import Goal
from workbench.scoring.correlation import Correlation
from workbench.scoring.replay.styles import StyleComparison
from workbench.words.links import link_words
from workbench.words.numbers import percent
from workbench.words.replay import styles_sentence

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


def kpi_link_sentence(kpi: str, goal: str, found: Correlation, style: str | None = None) -> str:
    """``Dials: no detectable link with Sales.``; of the reps of one style alone."""
    among, said = f" among reps who lead on {style}" if style else "", link_words(found)
    if not said.endswith(("chance", "say")):
        return f"{kpi}: {said} with {goal}{among}."
    if said.endswith("say"):
        return f"It is too early to say whether {kpi} is linked to {goal}{among}."
    what = "is negative, and could be chance" if found.rho < 0 else "could be chance"
    return f"{kpi}: the link with {goal}{among} {what}."


def style_sales_sentence(amounts: Mapping[str, float], goal: str) -> str:
    """How far apart the ways of selling are in the goal; ``amounts`` is the average rep's of each."""
    low, high = min(amounts.values()), max(amounts.values())
    if high <= 0:
        return f"No way of selling brings any {goal}."
    return f"The {len(amounts)} ways of selling differ by {percent(1 - low / high)} in {goal}."


def styles_slide_sentence(guard: StyleComparison, goal: Goal) -> str:
    """The one sentence on styles: how many points one way of selling loses at an equal goal."""
    said = styles_sentence(guard, goal).split(". ")
    return f"{said[1]}." if len(said) > 1 else said[0]
