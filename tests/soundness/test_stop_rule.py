"""Links that were said to be gone while they lasted, or that never were, once: a third of histories, more by season."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import stop_rule
from tests.scoring.panels import design_of, panel_of
from workbench.scoring.history import score_history
from workbench.scoring.replay.replay import replay_design
from workbench.scoring.replay.stop_rule import apply_stop_rule, stop_threshold
from workbench.scoring.replay.stop_signal import find_stop_signal


@pytest.mark.parametrize(("link", "season"), [(0.3, 0.0), (0.3, 0.4), (0.5, 0.4)])
def test_a_lasting_link_is_hardly_ever_said_to_be_gone(link, season):
    """80 teams of 24 months; a real lever was told to stop in 22 to 36 % of histories, in 84 % with a season."""
    rng = np.random.default_rng([2030, int(100 * link)])
    assert sum(bool(stop_rule.said(rng, link, 24, season)) for _ in range(80)) <= 3


@pytest.mark.parametrize("season", [0.0, 0.4])
def test_what_was_never_linked_is_not_gone(season):
    rng = np.random.default_rng(2031)
    assert not any(stop_rule.said(rng, 0.0, 24, season) for _ in range(60))


def test_a_link_that_ends_is_found_within_the_year():
    """60 teams in which a link of .5 ends after 12 of 24 months."""
    rng = np.random.default_rng(2032)
    months = np.array([stop_rule.said(rng, 0.5, 24, 0.2, ends=12) or 99 for _ in range(60)])
    assert (months <= 24).mean() >= 0.92
    assert (months <= 12).sum() == 0
    assert 3 <= np.median(months) - 12 <= 7


def planted_end(ends: int, months: int = 24, n_reps: int = 20):
    rng = np.random.default_rng(3)
    starts = pd.date_range("2023-01-01", periods=months, freq="MS")
    calls = rng.normal(100, 20, (n_reps, months))
    linked = np.arange(months) < ends
    sales = 1000 + np.where(linked, 8.0, 0.0) * (calls - 100) + rng.normal(0, 120, calls.shape)
    reps = np.repeat([f"r{i:02}" for i in range(n_reps)], months)
    frame = pd.DataFrame({"rep": reps, "period": np.tile(starts, n_reps), "calls": calls.ravel()})
    frame["sales"] = sales.ravel()
    panel = panel_of(frame)
    return panel, score_history(panel, design_of({"name": "Calls", "formula": "calls", "target": 100, "weight": 1}))


def test_through_a_panel_a_planted_end_is_told_with_its_lead_on_the_team():
    panel, scored = planted_end(ends=12)
    found = find_stop_signal(panel, scored, 0)
    assert found.why == "gone"
    assert pd.Timestamp("2024-03-01") <= found.first <= pd.Timestamp("2024-07-01")
    assert found.periods_earlier(found.first + pd.DateOffset(months=4), panel.grain) == 3
    acted = found.first + pd.DateOffset(months=4)
    (said,) = replay_design(panel, scored.design).as_json(acted)["stops"]
    assert (said["why"], said["first"], said["periods_earlier"]) == ("gone", f"{found.first:%Y-%m-%d}", 3)
    lasting = find_stop_signal(*planted_end(ends=24), 0)
    assert (lasting.first, lasting.why) == (None, "holds")


def test_a_run_of_missed_goals_is_a_picture_and_no_stop():
    """Three months of KPI hit and goal missed stopped a KPI whose link had never been stronger."""
    panel, scored = planted_end(ends=24)
    unreachable = scored.design.model_copy(update={"goal": scored.design.goal.model_copy(update={"target": 5000.0})})
    found = find_stop_signal(panel, score_history(panel, unreachable), 0)
    assert found.readings["run"].any()
    assert not found.readings["stop"].any()


def test_thresholds_rise_with_the_declared_horizon():
    assert [stop_threshold(6, horizon) for horizon in (18, 24, 36, 60)] == [3.2, 3.4, 3.6, 3.6]
    assert stop_threshold(30, 18) == 3.6


def test_too_few_months_or_reps_say_nothing():
    rng = np.random.default_rng(1)
    few = apply_stop_rule(*rng.normal(size=(2, 20, 8)) + 5, horizon=24)
    assert np.isnan(few.fall).all()
    alone = apply_stop_rule(*rng.normal(size=(2, 4, 30)) + 5, horizon=36)
    assert not alone.stop.any()
    assert np.isnan(alone.link).all()
