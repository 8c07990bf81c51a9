"""Answers about links: which KPI comes before the goal, for whom, and which only tells people apart."""

from __future__ import annotations

import pandas as pd

from workbench.learn.found import FoundAnswer
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.replay.styles import compare_styles

LEADS = 0.15
"""A rank link of a KPI with the next period's goal from which more of it is followed by more of the goal."""
APART = 0.3
"""Difference of links from which one group of KPIs is closer to the goal than another."""
HARDLY = 0.05
"""Standard deviation ÷ mean below which reps do as much as each other."""
ALIKE = 1.15
"""Highest ÷ lowest up to which groups are much the same."""


def closest_group(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether the step's KPIs rank the reps more like the goal than the rest: ``these``, ``others`` or ``alike``."""
    known = {name: each.agreement.across_reps.rho for name, each in data.agreements.items() if not each.by_construction}
    ours, rest = ([rho for name, rho in known.items() if (name in step.kpis) == chosen] for chosen in (True, False))
    key = "these" if min(ours) > max(rest) + APART else "others" if min(rest) > max(ours) + APART else "alike"
    return FoundAnswer(key, figures=tuple(known.items()))


def followed_by_goal(data: LessonData, step: StepPlan) -> FoundAnswer:
    """More of which KPI than usual is followed by more of the goal."""
    links = {kpi: data.link_after(kpi) for kpi in step.kpis}
    return FoundAnswer(max(links, key=links.__getitem__), figures=tuple(links.items()))


def tells_who(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether a KPI that good reps have more of is worth having: ``no`` where more of it brings nothing after."""
    kpi = step.kpi or ""
    between, after = data.agreements[kpi].agreement.across_reps.rho, data.link_after(kpi)
    key = "no" if between > LEADS >= after else "yes"
    return FoundAnswer(key, figures=(("between reps", between), ("a rep's own months", after)))


def works_for(data: LessonData, step: StepPlan) -> FoundAnswer:
    """For whom a KPI leads: ``all``, ``style`` (the step's style alone) or ``nobody``."""
    styles, kpi = data.truth.styles, step.kpi or ""
    ours = frozenset(rep for rep, style in styles.items() if style == step.style)
    theirs, others = data.link_after(kpi, ours), data.link_after(kpi, frozenset(styles) - ours)
    key = "nobody" if theirs <= LEADS else "all" if others > LEADS else "style"
    return FoundAnswer(key, figures=((step.style or "", theirs), ("others", others)))


def best_style(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Which style has most of the goal per rep: ``none`` where the lowest and highest are close."""
    means = data.goals().groupby(data.truth.styles).mean()
    key = "none" if means.max() / means.min() < ALIKE else str(means.idxmax())
    return FoundAnswer(key, figures=tuple((str(style), float(mean)) for style, mean in means.items()))


def muted_styles(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many points the styles but the favoured one lose at equal goals: ``few``, ``some`` or ``many`` (over 30)."""
    styles = compare_styles(data.history).styles
    taken = styles["taken"].astype(float).sort_values()[1:]
    key = "few" if taken.max() < 10 else "many" if taken.min() > 30 else "some"
    return FoundAnswer(key, figures=tuple(zip(styles["style"], styles["taken"].astype(float), strict=True)))


def fairest_kpi(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Which KPI's level differs least between the styles, as standard deviation ÷ mean."""
    levels = pd.DataFrame({kpi: data.level(kpi) for kpi in step.kpis}).groupby(data.truth.styles).mean()
    spread = (levels.std() / levels.mean()).astype(float)
    return FoundAnswer(
        str(spread.idxmin()), figures=tuple((str(kpi), 100.0 * float(each)) for kpi, each in spread.items())
    )


def who_does_most(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether reps differ in a KPI: ``alike`` (standard deviation under 5 %), ``far`` or ``little`` by its link."""
    level = data.level(step.kpi or "")
    if level.std() / level.mean() < HARDLY:
        key = "alike"
    else:
        key = "far" if data.agreements[step.kpi or ""].agreement.across_reps.rho > 0.5 else "little"
    return FoundAnswer(key, figures=(("most", float(level.max())), ("least", float(level.min()))))
