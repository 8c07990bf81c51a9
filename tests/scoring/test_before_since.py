"""The team before a day and since: as many whole periods on both sides, ratios as ratios of sums."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pandas as pd
import pytest

from tests.scoring.panels import panel_of
from workbench.errors import InputError
from workbench.scoring.before_since import compare_before_since

ROWS = pd.DataFrame({
    "rep": ["ann"] * 5 + ["ben"] * 5,
    "period": [f"2024-0{month}-01" for month in range(1, 6)] * 2,
    "won": [1, 2, 3, 4, 5, 1, 1, 1, 8, 1],
    "closed": [2, 4, 6, 4, 5, 10, 1, 9, 8, 9],
})  # fmt: skip


def test_as_many_periods_before_as_since_are_averaged() -> None:
    found = compare_before_since(panel_of(ROWS), "won", dt.date(2024, 4, 1))
    assert (found.n_before, found.n_since) == (2, 2)
    assert (found.before, found.since) == (pytest.approx((2 + 3 + 1 + 1) / 4), pytest.approx((4 + 5 + 8 + 1) / 4))


def test_the_period_that_holds_the_day_is_on_neither_side() -> None:
    found = compare_before_since(panel_of(ROWS), "won", dt.date(2024, 3, 15))
    assert (found.n_before, found.n_since) == (2, 2)
    assert (found.before, found.since) == (pytest.approx((1 + 2 + 1 + 1) / 4), pytest.approx((4 + 5 + 8 + 1) / 4))


def test_a_ratio_is_that_of_the_sums() -> None:
    found = compare_before_since(panel_of(ROWS), "won / closed", dt.date(2024, 4, 1))
    assert found.before == pytest.approx((2 + 3 + 1 + 1) / (4 + 6 + 1 + 9))
    assert found.since == pytest.approx((4 + 5 + 8 + 1) / (4 + 5 + 8 + 9))


def test_since_ends_where_the_next_design_began() -> None:
    found = compare_before_since(panel_of(ROWS), "won", dt.date(2024, 2, 1), dt.date(2024, 4, 1))
    assert (found.n_before, found.n_since) == (1, 2)
    assert found.since == pytest.approx((2 + 3 + 1 + 1) / 4)
    assert found.before == pytest.approx(1)


def test_the_period_that_holds_the_last_day_is_not_since() -> None:
    found = compare_before_since(panel_of(ROWS), "won", dt.date(2024, 2, 1), dt.date(2024, 4, 2))
    assert (found.n_before, found.n_since) == (1, 2)
    assert found.since == pytest.approx((2 + 3 + 1 + 1) / 4)


def test_periods_covered_in_part_are_left_out() -> None:
    panel = replace(panel_of(ROWS), partial=(pd.Timestamp("2024-05-01"),))
    found = compare_before_since(panel, "won", dt.date(2024, 4, 1))
    assert (found.n_since, found.since) == (1, pytest.approx((4 + 8) / 2))


@pytest.mark.parametrize(("day", "n"), [("2024-06-01", (0, 0)), ("2023-12-01", (0, 5))])
def test_without_a_side_nothing_is_compared(day: str, n: tuple[int, int]) -> None:
    found = compare_before_since(panel_of(ROWS), "won", dt.date.fromisoformat(day))
    assert (found.n_before, found.n_since) == n
    assert math.isnan(found.since)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(InputError):
        compare_before_since(panel_of(ROWS), "wno", dt.date(2024, 4, 1))
