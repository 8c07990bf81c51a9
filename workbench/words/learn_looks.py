"""Words of the figures that are looked at before a prediction."""

from __future__ import annotations

from workbench.data.model.dataset import Grain
from workbench.learn.lesson import LessonLook
from workbench.words.kpis import title_with_unit
from workbench.words.learn import AMOUNT_OF_GOAL
from workbench.words.numbers import short_number, with_unit

_TITLES: dict[str, str] = {
    "kpi by month": "{kpi}, whole team",
    "goal by month": "{goal} per {grain} of a rep, average",
    "kpi by rep": "{kpi}, average",
    "each kpi": "average of a rep",
    "scores of leavers": "score; the rest on average",
    "reps by style": "reps who sell this way",
    "team rates": "of 100 that come to a step, how many get through it, whole team",
    "best rates": "of 100 that come to a step, how many get through it, best rep",
    "first rate by rep": "of 100 calls, how many reach somebody",
    "all steps by rep": "of 1,000 calls, how many end with a meeting",
}


def look_title(look: LessonLook, goal: str, unit: str | None, grain: Grain) -> str:
    """What the bars count, with the target where there is one; ``unit``: of the goal."""
    title = _TITLES[look.kind].format(kpi=look.about, goal=goal, grain=grain)
    if look.target is None:
        return title_with_unit(title, unit if _TITLES[look.kind].startswith(AMOUNT_OF_GOAL) else None)
    return f"{title} (target {short_number(look.target) if look.about else with_unit(look.target, unit)})"
