"""Dates of a trial: starts inside a period, months without rows, periods that have only begun, weeks from Sunday."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.trials.planted import planted_panel
from workbench.charts.in_force import in_force_alt, in_force_chart
from workbench.data.model.panel import Panel
from workbench.data.model.periods import ends_of_periods
from workbench.trials.check_trial import check_trial
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.plan_card import data_until, last_day_of
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_scale import trial_scale
from workbench.trials.trial_state import trial_state, with_plan_kept

D = dt.date.fromisoformat


def everybody(start: str) -> TrialFile:
    return parse_trial({"name": "New script", "measure": "sales", "treated": "everybody", "start": start})


def seasonal(months: int = 44) -> np.ndarray:
    """Ten reps with a season of 40 % and nothing else."""
    rng = np.random.default_rng(3)
    season = 100 * (1 + 0.4 * np.sin(2 * np.pi * np.arange(months) / 12))
    return season * np.exp(rng.normal(0, 0.2, (10, 1))) * np.exp(rng.normal(0, 0.02, (10, months)))


def test_a_season_stays_in_step_over_a_month_that_is_left_out() -> None:
    """The month that held the start was cut out, so that all later months took the season of the month before."""
    values = seasonal()
    whole = evaluate_trial(planted_panel(values, "2021-01"), everybody("2024-01-01"))
    inside = evaluate_trial(planted_panel(values, "2021-01"), everybody("2024-01-15"))
    values[:, 14:17] = np.nan
    gap = evaluate_trial(planted_panel(values, "2021-01"), everybody("2024-01-01"))
    for found in (whole, inside, gap):
        assert (found.verdict, found.claim.method) == ("cannot_tell", "interrupted_series")
        assert abs(found.claim.value) < 0.02 * found.level_before
        assert found.claim.high - found.claim.low < 0.12 * found.level_before
    assert (inside.n_after, gap.n_before) == (7, 33)


def quarters(n: int = 8) -> Panel:
    """Quarters up to the fourth of 2026."""
    panel = planted_panel(seasonal(n))
    days = pd.period_range(end="2026Q4", periods=n, freq="Q").to_timestamp().as_unit("us")
    return replace(panel, grain="quarter", frame=panel.frame.assign(period=np.tile(days, 10)))


@pytest.mark.parametrize(
    ("start", "end", "today", "state"),
    [
        ("2026-11-01", None, "2026-10-05", "planned"), ("2026-11-01", None, "2026-11-01", "running"),
        ("2026-07-01", "2026-11-30", "2026-10-05", "running"), ("2026-07-01", "2026-11-30", "2026-12-01", "ended"),
        ("2026-11-01", None, "2027-02-01", "running"), ("2026-11-01", None, "2026-05-05", "running"),
    ],
)  # fmt: skip
def test_a_period_that_has_only_begun_starts_and_ends_no_trial(
    start: str, end: str | None, today: str, state: str
) -> None:
    """The last case is a clock before the data: what they hold is history."""
    file = everybody(start).model_copy(update={"end": D(end) if end else None})
    assert trial_state(file, data_until(quarters(), D(today)), D(today)) == state


def test_the_end_of_a_planned_trial_may_change_while_its_quarter_has_only_begun() -> None:
    until = data_until(quarters(), D("2026-10-05"))
    planned = everybody("2026-11-01").model_copy(update={"end": D("2027-04-30")})
    longer = with_plan_kept(planned.model_copy(update={"end": D("2027-10-31")}), planned, until)
    assert longer.plan == D("2027-10-31")


def weeks_from_sunday(n: int = 30) -> Panel:
    """Weeks that begin on Sunday 7 January 2024 and later."""
    panel = planted_panel(np.full((2, n), 5.0))
    days = pd.date_range("2024-01-07", periods=n, freq="W-SUN").as_unit("us")
    return replace(panel, grain="week", frame=panel.frame.assign(period=np.tile(days, 2)))


def test_weeks_that_begin_on_sunday_end_on_saturday_everywhere() -> None:
    panel = weeks_from_sunday()
    last = D("2024-08-03")
    assert last_day_of(panel) == last
    assert trial_scale(panel, everybody("2024-05-05")).ends[-1] == np.datetime64(last)
    first = ends_of_periods(pd.Series([pd.Timestamp("2024-01-07"), pd.Timestamp("2024-01-08")]), "week")
    assert [day.date() for day in first] == [D("2024-01-13"), D("2024-01-14")]
    assert [each.code for each in check_trial(everybody("2024-01-10"), panel)] == ["trial_before_data"]
    sums = panel.frame.groupby("period", as_index=False)["sales"].sum().rename(columns={"sales": "value"})
    drawn = in_force_chart(sums, (), "Sales", "USD", "week", "#000").to_dict()
    bars = next(rows for rows in drawn["datasets"].values() if rows and "inner" in rows[0])
    assert bars[0]["end"].startswith("2024-01-14")
    assert "30 weeks" in in_force_alt(sums, (), "Sales", "week")
