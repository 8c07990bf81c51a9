"""Panels by month or quarter, and per whole period, against values by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from workbench.data.aggregate.coarsen import coarsen
from workbench.data.aggregate.whole_periods import scale_to_whole_periods, share_of_days_worked
from workbench.data.model.daily import Exposure
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.scoring.days_worked import with_share_worked

DAYS = np.array([d.to_datetime64() for d in pd.bdate_range("2024-01-01", "2024-03-29")], "datetime64[D]")


def panel(grain: str, rows: list[dict], **aggregates: str) -> Panel:
    frame = pd.DataFrame(rows).assign(period=lambda f: pd.to_datetime(f["period"]).astype("datetime64[us]"))
    measures = tuple(MeasureInfo(name, aggregates.get(name, "sum")) for name in frame.columns[2:] if "·" not in name)
    reps = pd.DataFrame({"rep": sorted(frame["rep"].unique()), "start": pd.NaT, "end": pd.NaT, "n_periods": 1})
    return Panel("by hand", grain, frame.sort_values(["rep", "period"], ignore_index=True), measures, reps)


def test_sums_add_up_means_keep_their_parts_and_missing_is_not_zero():
    days = [
        {"rep": "a", "period": "2024-01-30", "calls": 2, "size": 10.0, "size·sum": 10, "size·n": 1, "top": 5},
        {"rep": "a", "period": "2024-01-31", "calls": 3, "size": 40.0, "size·sum": 120, "size·n": 3, "top": 9},
        {"rep": "a", "period": "2024-02-01", "calls": np.nan, "size": np.nan, "size·sum": 0, "size·n": 0, "top": 1},
    ]
    by_month = coarsen(panel("day", days, size="mean", top="max"), "month")
    assert by_month.grain == "month"
    assert by_month.frame["period"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")]
    assert by_month.frame["calls"].tolist() == pytest.approx([5, np.nan], nan_ok=True)
    assert by_month.frame["size"].tolist() == pytest.approx([130 / 4, np.nan], nan_ok=True)
    assert by_month.frame["top"].tolist() == [9, 1]
    assert by_month.reps["n_periods"].tolist() == [2]


def test_a_week_belongs_to_the_month_of_most_of_its_days():
    weeks = [{"rep": "a", "period": start, "calls": 1.0} for start in ("2024-01-22", "2024-01-29", "2024-02-26")]
    by_month = coarsen(panel("week", weeks), "month")
    assert by_month.frame.set_index("period")["calls"].to_dict() == {
        pd.Timestamp("2024-01-01"): 1, pd.Timestamp("2024-02-01"): 2,
    }  # fmt: skip


def test_a_panel_as_coarse_already_stays_as_it_is():
    months = panel("month", [{"rep": "a", "period": "2024-01-01", "calls": 1.0}])
    assert coarsen(months, "month") is months


def with_absence() -> Panel:
    """Ann is away for the first 12 of January's 23 workdays, and in all but 4 of February's 21; Bob never."""
    away = np.concatenate([DAYS[:12], DAYS[23:40]])
    at_work = np.stack([~np.isin(DAYS, away), np.ones(len(DAYS), bool)])
    found = Exposure(np.array(["Ann", "Bob"], object), DAYS, at_work, np.array(["spells"] * 2, object), np.full(2, 5.0))
    rows = [
        {"rep": rep, "period": month, "calls": calls, "workdays": workdays, "days_at_work": worked, "rate": 0.5}
        for rep, month, calls, workdays, worked in (
            ("Ann", "2024-01-01", 22, 23, 11), ("Ann", "2024-02-01", 8, 21, 4), ("Ann", "2024-03-01", 42, 21, 21),
            ("Bob", "2024-01-01", 46, 23, 23), ("Bob", "2024-02-01", 42, 21, 21), ("Bob", "2024-03-01", 42, 21, 21),
        )
    ]  # fmt: skip
    made = panel("month", rows, workdays="built_in", days_at_work="built_in", rate="max")
    return replace(made, exposure=found)


def test_counts_are_put_on_whole_months_and_too_short_months_left_out():
    made = with_absence()
    assert share_of_days_worked(made).tolist() == pytest.approx([11 / 23, 4 / 21, 1, 1, 1, 1])
    whole, share = scale_to_whole_periods(made)
    assert share.tolist() == pytest.approx([11 / 23, 1, 1, 1, 1])
    assert whole.frame["calls"].tolist() == pytest.approx([46, 42, 46, 42, 42])
    assert whole.frame["workdays"].tolist() == [23, 21, 23, 21, 21]
    assert whole.frame["rate"].tolist() == [0.5] * 5


def test_where_days_cannot_be_read_months_stand_as_they_are():
    made = with_absence()
    unknown = replace(made, exposure=replace(made.exposure, source=np.array(["unreadable", "spells"], object)))
    assert share_of_days_worked(unknown).tolist() == [1] * 6
    assert scale_to_whole_periods(unknown)[0] is unknown


def test_an_own_measure_may_count_hours():
    made = with_absence()
    hours = made.frame.assign(days_at_work=made.frame["days_at_work"] * 8)
    own = replace(made, frame=hours, exposure=replace(made.exposure, source=np.array(["measure"] * 2, object)))
    assert share_of_days_worked(own).tolist() == pytest.approx([11 / 23, 4 / 21, 1, 1, 1, 1])
    whole, _ = scale_to_whole_periods(own)
    assert whole.frame["days_at_work"].tolist() == pytest.approx([8 * days for days in (23, 21, 23, 21, 21)])
    assert with_share_worked(own).frame["days_at_work"].tolist() == hours["days_at_work"].tolist()
