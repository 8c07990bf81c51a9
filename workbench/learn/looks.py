"""Figures that are looked at before a prediction: a part of what the page shows, without the part that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from workbench.data.model.panel import PERIOD, REP
from workbench.design.model import Kpi
from workbench.learn.lesson import LessonLook, StepPlan
from workbench.learn.lesson_data import LessonData
from workbench.scoring.classification import rank_reps
from workbench.scoring.history import kpi_series
from workbench.scoring.replay.leavers import compare_leavers

Look = Callable[[LessonData, StepPlan, str], LessonLook]


def look_at(data: LessonData, step: StepPlan) -> LessonLook | None:
    """What a step shows before the prediction; None where it has a picture, or something to play with."""
    return LOOKS[step.look](data, step, step.look) if step.look else None


def _kpi_by_month(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """The team's level of a KPI in the step's months."""
    team = data.history.team
    levels = pd.Series(kpi_series(team, data.design, data.place(step.kpi or "")), pd.DatetimeIndex(team.keys[PERIOD]))
    return _of_kpi(data, step, kind, _by_month(levels[step.first : step.last]))


def _goal_by_month(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """The team's goal, all months."""
    team = data.history.team
    levels = pd.Series(team.goal, pd.DatetimeIndex(team.keys[PERIOD]))
    return LessonLook(kind=kind, figures=_by_month(levels), target=float(team.goal_target[-1]))


def _kpi_by_rep(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """A KPI of each rep, most first."""
    levels = data.level(step.kpi or "").dropna().sort_values(ascending=False, kind="stable")
    return _of_kpi(data, step, kind, _figures(levels), reps=True)


def _each_kpi(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """How much of each of the step's KPIs a rep does, on average."""
    kpis = [kpi for kpi in data.design.kpis if kpi.name in step.kpis]
    return LessonLook(kind=kind, figures=tuple((_with_unit(kpi), float(data.level(kpi.name).mean())) for kpi in kpis))


def _scores_of_leavers(data: LessonData, _: StepPlan, kind: str) -> LessonLook:
    """The score of each who left, and of the rest on average."""
    left = sorted(str(rep) for rep in compare_leavers(data.panel, data.history).reps[REP])
    scores = rank_reps(data.history).set_index(REP)["score"].dropna()
    rest = float(scores[~scores.index.isin(left)].mean())
    return LessonLook(kind=kind, figures=(*_figures(scores[left]), ("others", rest)), reps=True)


def _reps_by_style(data: LessonData, _: StepPlan, kind: str) -> LessonLook:
    """How many reps live by each style."""
    return LessonLook(kind=kind, figures=_figures(pd.Series(data.truth.styles).value_counts(sort=False).sort_index()))


def _team_rates(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """How many of 100 attempts of the team get through each step."""
    sums = data.panel.frame[[measure for _, measure in step.chain]].sum().astype(float)
    rates = (sums / sums.shift()).iloc[1:].set_axis([name for name, _ in step.chain[1:]])
    return LessonLook(kind=kind, figures=_figures(100 * rates))


def _best_rates(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """How many of 100 attempts get through each step with whoever is best at it, who is not named."""
    return LessonLook(kind=kind, figures=_figures(100 * data.rates(step.chain).max()))


def _first_rate_by_rep(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """How many of 100 attempts of each rep get through the first step."""
    rates = 100 * data.rates(step.chain).iloc[:, 0]
    return LessonLook(kind=kind, figures=_figures(rates.sort_values(ascending=False)), reps=True)


def _all_steps_by_rep(data: LessonData, step: StepPlan, kind: str) -> LessonLook:
    """How many of 1,000 attempts of each rep get through all steps."""
    through = 1000 * data.rates(step.chain).prod(axis=1)
    return LessonLook(kind=kind, figures=_figures(through.sort_values(ascending=False)), reps=True)


LOOKS: dict[str, Look] = {
    "kpi by month": _kpi_by_month,
    "goal by month": _goal_by_month,
    "kpi by rep": _kpi_by_rep,
    "each kpi": _each_kpi,
    "scores of leavers": _scores_of_leavers,
    "reps by style": _reps_by_style,
    "team rates": _team_rates,
    "best rates": _best_rates,
    "first rate by rep": _first_rate_by_rep,
    "all steps by rep": _all_steps_by_rep,
}


def _of_kpi(
    data: LessonData, step: StepPlan, kind: str, figures: Iterable[tuple[str, float]], reps: bool = False
) -> LessonLook:
    kpi = next(each for each in data.design.kpis if each.name == step.kpi)
    target = float(kpi.target) if isinstance(kpi.target, int | float) else None
    return LessonLook(kind=kind, figures=tuple(figures), about=_with_unit(kpi), target=target, reps=reps)


def _with_unit(kpi: Kpi) -> str:
    return f"{kpi.name}, {kpi.unit}" if kpi.unit else kpi.name


def _figures(values: pd.Series) -> tuple[tuple[str, float], ...]:
    return tuple((str(name), float(value)) for name, value in values.items())


def _by_month(levels: pd.Series) -> tuple[tuple[str, float], ...]:
    return tuple((f"{month:%B %Y}", float(level)) for month, level in levels.items())
