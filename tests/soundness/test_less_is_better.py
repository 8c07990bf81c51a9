"""A goal, or a KPI, of which less is better is told as its mirror image is: what is good is never called bad.

Preview once called the link of a quick response time with sales negative, and a scorecard that puts the best reps on
top of a goal of lost customers a negative one too, while Evidence called both good.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.scoring.panels import design_of, random_panel
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.scoring.backtest import run_backtest
from workbench.scoring.compare import evaluate_option
from workbench.scoring.history import score_history
from workbench.scoring.oriented_links import link_kpis
from workbench.scoring.preview import build_preview
from workbench.weights.drop_one import drop_one
from workbench.words import preview as words
from workbench.words.links import link_words

MEETINGS, WAIT = ({"name": "Meetings", "formula": "meetings", "weight": 60, "target": 10},
                  {"name": "Wait", "formula": "wait", "weight": 40, "target": 40, "direction": "lower"})  # fmt: skip
SOLD = {"measure": "sales", "target": 1000}
LOST = {"measure": "lost", "label": "Lost value", "target": 4000, "direction": "lower"}


@pytest.fixture(scope="module")
def panel() -> Panel:
    """Sales hang on meetings; the wait is short where meetings are many; what is lost is what is not sold."""
    found = random_panel(3, n_reps=16, n_periods=10)
    frame = found.frame.assign(wait=60 - found.frame["meetings"], lost=5000 - found.frame["sales"])
    more = [replace(found.measures[0], name=name) for name in ("wait", "lost")]
    return replace(found, frame=frame, measures=(*found.measures, *more))


def designs() -> tuple[Design, Design]:
    return design_of(MEETINGS, WAIT, goal=SOLD), design_of(MEETINGS, WAIT, goal=LOST)


def test_a_kpi_of_which_less_is_better_has_the_link_of_its_mirror_image(panel: Panel) -> None:
    for design in designs():
        meetings, wait = link_kpis(panel, score_history(panel, design))
        for reading in ("across_reps", "within_reps", "next_period"):
            one, other = getattr(meetings.agreement, reading), getattr(wait.agreement, reading)
            assert (one.rho, one.low, one.high) == pytest.approx((other.rho, other.low, other.high), abs=1e-9)
        assert meetings.agreement.across_reps.rho > 0.8


def test_a_goal_of_which_less_is_better_is_told_as_its_mirror_image(panel: Panel) -> None:
    sold, lost = (build_preview(score_history(panel, design)) for design in designs())
    for reading in vars(sold.agreement):
        one, other = getattr(sold.agreement, reading), getattr(lost.agreement, reading)
        assert (one.rho, one.low, one.high) == pytest.approx((other.rho, other.low, other.high), abs=1e-9)
    assert link_words(lost.agreement.across_reps) == "very strong link"
    said = [words.leading_sentences(seen.awards, seen.n_ranked, seen.agreement, seen.history.design.required_goal,
                                    "month", False) for seen in (sold, lost)]  # fmt: skip
    assert said[1] == [sentence.replace("'s sales", "'s lost value") for sentence in said[0]]


def test_options_and_weights_read_it_the_same_way(panel: Panel) -> None:
    sold, lost = designs()
    figures = [evaluate_option(panel, design) for design in (sold, lost)]
    assert figures[0].agreement.across_reps.rho == pytest.approx(figures[1].agreement.across_reps.rho)
    dropped = [drop_one(score_history(panel, design), 3) for design in (sold, lost)]
    for column in ("across_reps", "next_period"):
        assert np.allclose(dropped[0][column], dropped[1][column])


def test_the_best_kpi_alone_is_the_one_that_goes_with_the_better_goal(panel: Panel) -> None:
    noise = {"name": "Calls", "formula": "calls", "weight": 40, "target": 200}
    for goal in (SOLD, LOST):
        found = run_backtest(panel, design_of(noise, MEETINGS, goal=goal))
        assert found.baselines["best_single_kpi"].more["name"] == "Meetings"


def test_what_is_promised_to_other_programs_correlates_the_values_as_they_are(panel: Panel) -> None:
    promised = run_backtest(panel, designs()[0]).as_json()["kpis"][1]["agreement"]["across_reps"]["rho"]
    assert promised < -0.8


def test_a_falling_picture_says_that_less_is_better() -> None:
    sold, lost = designs()
    assert words.drawn_name(sold.kpis[1]) == "Wait (less is better)"
    assert words.drawn_name(sold.kpis[0]) == "Meetings"
    assert words.drawn_name(lost.required_goal) == "Lost value (less is better)"
