"""Figures of a record are those of the day it was made, and each period is scored by the design in force in it."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from tests.decisions import decided_on
from tests.sample_panels import SAMPLES, sample_panel
from tests.scoring.panels import CALLS, MEETINGS, design_of, random_panel
from workbench.design.decisions import Decision, DecisionLog
from workbench.design.in_force import rules_in_force, spans_in_force
from workbench.design.model import load_design
from workbench.scoring.compare import evaluate_option
from workbench.scoring.known_figures import (
    freeze_data,
    freeze_figures,
    period_days,
    score_as_in_force,
    stretches_in_force,
    thaw_link,
)
from workbench.scoring.replay.replay import replay_design
from workbench.words.decisions import known_rows
from workbench.words.options import FIGURES


def test_a_record_says_the_figures_as_options_says_them() -> None:
    panel = sample_panel("dials-floor")
    outcome = evaluate_option(panel, load_design(SAMPLES / "dials-floor" / "dials-floor.design.json"))
    said = {name: figure.text(outcome) for name, figure in FIGURES.items()}
    assert known_rows(freeze_figures(outcome)) == said
    assert said["Best sellers on top"] == "1 of 8"


def test_figures_come_back_from_a_file_as_they_went() -> None:
    panel = random_panel(4)
    made = decided_on(panel, design_of(CALLS, MEETINGS), "2024-03-01", "2024-04-01")
    assert Decision.model_validate_json(made.model_dump_json(by_alias=True)) == made
    outcome = evaluate_option(panel, made.chosen)
    assert thaw_link(made.known.across_reps) == outcome.agreement.across_reps
    assert freeze_data(panel) == made.data


def test_what_is_not_known_stays_unknown() -> None:
    few = random_panel(4, n_reps=2, n_periods=2)
    made = decided_on(few, design_of(CALLS), "2024-03-01", "2024-04-01")
    assert made.known.across_reps.low is None
    assert math.isnan(thaw_link(made.known.across_reps).low)
    assert known_rows(made.known)["Link across reps"] == "too early to say"


def test_each_period_is_scored_by_the_design_in_force_on_its_first_day() -> None:
    panel = random_panel(4)
    calls, meetings = design_of(CALLS), design_of(MEETINGS).model_copy(update={"name": "meetings"})
    log = DecisionLog((decided_on(panel, calls, "2024-01-15", "2024-02-01"),
                       decided_on(panel, meetings, "2024-03-10", "2024-04-15", 2)))  # fmt: skip
    found = score_as_in_force(panel, spans_in_force(log))
    assert [(one.span.decision.chosen.name, one.first.month, one.last.month) for one in found] == [
        ("d", 2, 4), ("meetings", 5, 6)]  # fmt: skip
    assert [one.n_periods for one in found] == [3, 2]
    part = panel.frame[panel.frame["period"] >= "2024-05-01"]
    by_hand = (part["meetings"] < 10).sum()
    assert found[1].outcome.called_in == by_hand


def test_a_time_without_periods_is_left_out() -> None:
    panel = random_panel(4)
    later = decided_on(panel, design_of(CALLS), "2026-01-01", "2026-02-01")
    assert score_as_in_force(panel, spans_in_force(DecisionLog((later,)))) == ()


def test_points_of_a_part_are_those_among_the_whole_history() -> None:
    panel = random_panel(4)
    design = design_of(CALLS, points="percentile")
    log = DecisionLog((decided_on(panel, design, "2024-01-01", "2024-05-01"),))
    alone = score_as_in_force(panel, spans_in_force(log))[0].outcome.standing.set_index("rep")["score"]
    part = panel.frame[panel.frame["period"] >= "2024-05-01"].groupby("rep")["calls"].mean()
    assert alone.corr(part, method="spearman") > 0.9
    assert alone.between(0, 100).all()


@pytest.mark.parametrize(("until", "n"), [(None, 6), (pd.Timestamp("2024-03-01"), 3)])
def test_days_of_periods(until: pd.Timestamp | None, n: int) -> None:
    days = period_days(random_panel(4), until)
    assert days[:1] == (dt.date(2024, 1, 1),)
    assert len(days) == n


def test_stretches_are_the_times_without_a_break() -> None:
    panel = random_panel(4)
    found = stretches_in_force(panel, (None, True, True, False, True, None))
    months = [sorted(part.frame["period"].dt.month.unique().tolist()) for part in found]
    assert months == [[2, 3], [5]]
    assert len({panel.key, *(part.key for part in found)}) == 3


@pytest.mark.parametrize("points", ["percentile", "zscore"])
def test_a_stretch_is_replayed_with_the_points_of_its_time_on_decide(points: str) -> None:
    panel = random_panel(4)
    design = design_of(CALLS, MEETINGS, points=points)
    log = DecisionLog((decided_on(panel, design, "2024-01-01", "2024-04-01"),))
    as_it_was = score_as_in_force(panel, spans_in_force(log))[0].outcome.standing
    (part,) = stretches_in_force(panel, rules_in_force(log, period_days(panel), design))
    replayed = replay_design(part, design, reference=panel)
    scores = replayed.overall.rounds.set_index("rep")["score"]
    assert scores.to_dict() == pytest.approx(as_it_was.set_index("rep")["score"].to_dict())
    alone = replay_design(part, design).overall.rounds.set_index("rep")["score"]
    assert (alone - scores).abs().max() > 0.5
