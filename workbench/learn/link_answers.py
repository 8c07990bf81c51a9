"""Answers about links: which KPI comes before the goal, for whom, and which only tells people apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.learn.found import FoundAnswer, lead
from workbench.learn.lesson import StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.classification import rank_reps
from workbench.scoring.replay.styles import compare_styles

LEADS = 0.15
"""A rank link of a KPI with the next period's goal from which more of it is followed by more of the goal."""
APART = 0.3
"""Difference of links from which one group of KPIs is closer to the goal than another."""
LITTLE = 0.4
"""Size of a link over some twenty reps below which chance explains it as well."""
HARDLY = 0.05
"""Standard deviation ÷ mean below which reps do as much as each other."""
ALIKE = 1.15
"""Highest ÷ lowest up to which groups are much the same."""
FEW, MANY = 10.0, 30.0
"""Points taken, of 100, below and above which they are few and many."""


def closest_group(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether the step's KPIs rank the reps more like the goal than the rest: ``these``, ``others`` or ``alike``."""
    known = {name: each.agreement.across_reps.rho for name, each in data.agreements.items() if not each.by_construction}
    ours, rest = ([rho for name, rho in known.items() if (name in step.kpis) == chosen] for chosen in (True, False))
    key = "these" if min(ours) > max(rest) + APART else "others" if min(rest) > max(ours) + APART else "alike"
    apart = max(min(ours) - max(rest), min(rest) - max(ours))
    return FoundAnswer(key, figures=tuple(known.items()), margin=abs(apart - APART))


def score_link(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether the score under the step's weights ranks the reps like the goal, by more than the step's limit."""
    ranks = rank_reps(data.scored(step)).dropna(subset=["score", "goal"])[["score", "goal"]].rank()
    link = float(np.corrcoef(ranks["score"], ranks["goal"])[0, 1])
    return FoundAnswer("yes" if link > step.limits[0] else "no", figures=(("score", link),))


def followed_by_goal(data: LessonData, step: StepPlan) -> FoundAnswer:
    """More of which KPI than usual is followed by more of the goal."""
    links = {kpi: data.link_after(kpi) for kpi in step.kpis}
    first, second = sorted(links.values(), reverse=True)[:2]
    return FoundAnswer(max(links, key=links.__getitem__), figures=tuple(links.items()), margin=first - second)


def tells_who(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether a KPI that good reps have more of is worth having: ``no`` where more of it brings nothing after."""
    kpi = step.kpi or ""
    between, after = data.agreements[kpi].agreement.across_reps.rho, data.link_after(kpi)
    key = "no" if between > LEADS >= after else "yes"
    margin = min(between - LEADS, LEADS - after) if key == "no" else max(LEADS - between, after - LEADS)
    return FoundAnswer(key, figures=(("between reps", between), ("a rep's own months", after)), margin=margin)


def says_something(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether a KPI ranks the reps at all as the goal does: ``no`` below ``LITTLE``, in either direction."""
    between = data.agreements[step.kpi or ""].agreement.across_reps.rho
    return FoundAnswer("no" if abs(between) < LITTLE else "yes", figures=((step.kpi or "", between),),
                       margin=abs(abs(between) - LITTLE))  # fmt: skip


def works_for(data: LessonData, step: StepPlan) -> FoundAnswer:
    """For whom a KPI leads: ``all``, ``style`` (the step's style alone) or ``nobody``."""
    styles, kpi = data.truth.styles, step.kpi or ""
    ours = frozenset(rep for rep, style in styles.items() if style == step.style)
    theirs, others = data.link_after(kpi, ours), data.link_after(kpi, frozenset(styles) - ours)
    key = "nobody" if theirs <= LEADS else "all" if others > LEADS else "style"
    margin = LEADS - theirs if key == "nobody" else min(theirs - LEADS, abs(others - LEADS))
    return FoundAnswer(key, figures=((step.style or "", theirs), ("others", others)), margin=margin)


def best_style(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Which style has most of the goal per rep: ``none`` where the lowest and highest are close."""
    means = data.goals().groupby(data.truth.styles).mean()
    key = "none" if means.max() / means.min() < ALIKE else str(means.idxmax())
    spread = float(means.max() / means.min())
    margin = ALIKE - spread if key == "none" else min(spread - ALIKE, lead(means))
    return FoundAnswer(key, figures=tuple((str(style), float(mean)) for style, mean in means.items()), margin=margin)


def muted_styles(data: LessonData, step: StepPlan) -> FoundAnswer:
    """How many points the styles but the favoured one lose at equal goals: ``few``, ``some`` or ``many`` (over 30)."""
    styles = compare_styles(data.history).styles
    taken = styles["taken"].astype(float).sort_values()[1:]
    key = "few" if taken.max() < FEW else "many" if taken.min() > MANY else "some"
    low, high = float(taken.min()), float(taken.max())
    margin = {"few": FEW - high, "many": low - MANY, "some": min(MANY - low, high - FEW)}[key]
    figures = tuple(zip(styles["style"], styles["taken"].astype(float), strict=True))
    return FoundAnswer(key, figures=figures, margin=margin)


def fairest_kpi(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Which KPI's level differs least between the styles, as standard deviation ÷ mean."""
    levels = pd.DataFrame({kpi: data.level(kpi) for kpi in step.kpis}).groupby(data.truth.styles).mean()
    spread = (levels.std() / levels.mean()).astype(float)
    first, second = spread.sort_values()[:2]
    return FoundAnswer(str(spread.idxmin()), margin=1 - first / second,
                       figures=tuple((str(kpi), 100.0 * float(each)) for kpi, each in spread.items()))  # fmt: skip


def who_does_most(data: LessonData, step: StepPlan) -> FoundAnswer:
    """Whether reps differ in a KPI: ``alike`` (standard deviation under 5 %), ``far`` or ``little`` by its link."""
    level = data.level(step.kpi or "")
    if level.std() / level.mean() < HARDLY:
        key = "alike"
    else:
        key = "far" if data.agreements[step.kpi or ""].agreement.across_reps.rho > 0.5 else "little"
    margin = abs(float(level.std() / level.mean()) - HARDLY)
    return FoundAnswer(key, figures=(("most", float(level.max())), ("least", float(level.min()))), margin=margin)
