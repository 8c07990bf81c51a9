"""Days at work: from the data set's own measure, from the roster's dates, else from spells of activity."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.data.panels import build, cells, source
from workbench.data.aggregate.exposure import infer_days_at_work
from workbench.data.aggregate.whole_periods import days_known, share_of_days_worked
from workbench.design.model import Design, Goal, Kpi
from workbench.evidence.build_record import build_record
from workbench.scoring.classification import count_cut_periods
from workbench.scoring.history import score_history
from workbench.words.days_at_work import unknown_days_sentence


def calls(days: dict[str, list[pd.Timestamp]]) -> str:
    """A file of calls, one row per rep and day."""
    rows = [f"{rep},{day:%Y-%m-%d}" for rep, dates in days.items() for day in dates]
    return "\n".join(["rep,date", *rows])


def workdays(first: str, last: str) -> list[pd.Timestamp]:
    return list(pd.bdate_range(first, last))


def test_a_long_pause_over_all_sources_is_absence_and_a_short_one_is_not(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-03-29")
    away = workdays("2024-02-05", "2024-02-16")  # ten workdays
    sick = workdays("2024-03-04", "2024-03-07")  # four
    there = [day for day in every if day not in [*away, *sick]]
    panel = build(tmp_path, {"calls.csv": calls({"Ann": there, "Bob": every})})
    assert cells(panel, "days_at_work") == {
        ("Ann", "2024-01-01"): 23, ("Ann", "2024-02-01"): 11, ("Ann", "2024-03-01"): 21,
        ("Bob", "2024-01-01"): 23, ("Bob", "2024-02-01"): 21, ("Bob", "2024-03-01"): 21,
    }  # fmt: skip
    assert panel.exposure.source.tolist() == ["spells", "spells"]
    assert panel.exposure.longest_pause.tolist() == [5, 5]


def test_activity_in_another_source_is_no_absence(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-02-29")
    away = workdays("2024-01-15", "2024-01-26")
    files = {
        "calls.csv": calls({"Ann": [d for d in every if d not in away], "Bob": every}),
        "mail.csv": calls({"Ann": away}),
    }
    mail = source("mail", "mail.csv", measures=[{"name": "mails"}])
    panel = build(tmp_path, files, source(), mail)
    assert cells(panel, "days_at_work")[("Ann", "2024-01-01")] == 23


def test_empty_days_inside_a_spell_count_as_worked(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-12-31")
    some = [day for place, day in enumerate(every) if place % 4]  # every fourth day is empty
    panel = build(tmp_path, {"calls.csv": calls({"Ann": some, "Bob": every})})
    assert cells(panel, "days_at_work")[("Ann", "2024-05-01")] == 23
    assert panel.exposure.longest_pause[0] == np.ceil(np.log(1e-5) / np.log(65 / 260))  # 9


def test_events_too_rare_to_tell_a_pause_from_absence_are_said_to_be(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-06-28")
    panel = build(tmp_path, {"calls.csv": calls({"Ann": every[::3], "Bob": every})})
    assert panel.exposure.source.tolist() == ["unreadable", "spells"]
    assert cells(panel, "days_at_work")[("Ann", "2024-02-01")] == 21


def test_the_roster_dates_cut_the_first_month(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-03-29")
    files = {
        "calls.csv": calls({"Ann": [d for d in every if d >= pd.Timestamp("2024-01-18")], "Bob": every}),
        "team.csv": "rep,start\nAnn,2024-01-15\nBob,2023-01-01\n",
    }
    roster = {"location": "team.csv", "rep": "rep", "start": "start"}
    panel = build(tmp_path, files, roster=roster)
    assert cells(panel, "days_at_work")[("Ann", "2024-01-01")] == 13
    assert panel.exposure.source.tolist() == ["roster", "roster"]


@pytest.mark.parametrize(("exposure", "expected"), [("present", 7), ({"absent": "present"}, 23 - 7)])
def test_a_measure_of_the_data_set_goes_before_everything(tmp_path: Path, exposure: object, expected: float) -> None:
    files = {
        "calls.csv": calls({"Ann": workdays("2024-01-01", "2024-01-31")}),
        "hours.csv": "rep,date,days\nAnn,2024-01-31,7\n",
    }
    hours = source("hours", "hours.csv", measures=[{"name": "present", "aggregate": "sum", "column": "days"}])
    panel = build(tmp_path, files, source(), hours, exposure=exposure)
    assert cells(panel, "days_at_work") == {("Ann", "2024-01-01"): expected}


def test_monthly_sheets_have_no_days(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": "rep,date,n\nAnn,2024-01-01,5\nAnn,2024-02-01,7\n"})
    assert panel.daily is None
    assert panel.exposure.source.tolist() == ["no_days"]


def test_sums_per_rep_and_day_over_all_sources(tmp_path: Path) -> None:
    files = {
        "calls.csv": "rep,date\nAnn,2024-01-02\nAnn,2024-01-02\nBob,2024-01-03\nAnn,2024-01-04\n",
        "deals.csv": "rep,date,value\nAnn,2024-01-02,50\nAnn,2024-01-03,20\n",
    }
    sales = {"name": "sales", "aggregate": "sum", "column": "value"}
    size = {"name": "size", "aggregate": "mean", "column": "value"}
    panel = build(tmp_path, files, source(), source("deals", "deals.csv", measures=[sales, size]))
    expected = pd.DataFrame(
        {
            "rep": ["Ann", "Ann", "Ann", "Bob"],
            "day": pd.to_datetime(["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-03"]),
            "n_events": [3.0, 1, 1, 1],
            "n": [2.0, 0, 1, 1],
            "sales": [50.0, 20, 0, 0],
            "size·sum": [50.0, 20, 0, 0],
            "size·n": [1.0, 1, 0, 0],
        }
    )
    pd.testing.assert_frame_equal(panel.daily.frame, expected, check_dtype=False)
    days = np.arange("2024-01-02", "2024-01-05", dtype="datetime64[D]")
    assert panel.daily.grid("sales", np.array(["Ann", "Bob"], object), days).tolist() == [[50, 20, 0], [0, 0, 0]]


def test_a_daily_table_that_says_zero_is_not_activity(tmp_path: Path) -> None:
    every = workdays("2024-01-01", "2024-03-29")
    away = workdays("2024-02-05", "2024-02-16")
    rows = [f"Ann,{day:%Y-%m-%d},{0 if day in away else 3}" for day in every]
    summed = source(measures=[{"name": "n", "aggregate": "sum", "column": "calls"}])
    panel = build(tmp_path, {"calls.csv": "\n".join(["rep,date,calls", *rows])}, summed)
    assert cells(panel, "days_at_work")[("Ann", "2024-02-01")] == 11


def test_the_pause_that_counts_follows_the_reps_own_share_of_empty_days() -> None:
    rng = np.random.default_rng(3)
    active = rng.random((3, 4000)) < np.array([[0.99], [0.8], [0.5]])
    at_work, pause = infer_days_at_work(active, np.ones_like(active))
    assert pause.tolist() == [5, np.ceil(np.log(1e-5) / np.log(1 - active[1].mean())), 17]
    assert at_work.mean(axis=1).min() > 0.998


def monthly(day: str, **months: int) -> str:
    """A table with one row per rep and month, dated by one day of it."""
    rows = [f"{rep},2024-{m:02d}-{day},{m}" for rep, until in months.items() for m in range(1, until + 1)]
    return "\n".join(["rep,date,calls", *rows])


CALLS = [{"name": "calls", "aggregate": "sum", "column": "calls"}]


@pytest.mark.parametrize("day", ["01", "17"])
def test_a_table_with_one_row_per_rep_and_month_has_no_days(tmp_path: Path, day: str) -> None:
    """Its activity was called too rare to tell a pause from absence."""
    panel = build(tmp_path, {"calls.csv": monthly(day, Ann=12, Bob=7)}, source(measures=CALLS))
    assert panel.exposure.source.tolist() == ["no_days", "no_days"]
    assert (share_of_days_worked(panel) == 1).all()
    assert unknown_days_sentence(days_known(panel), "month") == (
        "The data has one row per rep and month, so a month cut by absence counts as a whole month."
    )


def test_a_table_with_one_row_per_rep_and_week_has_no_days(tmp_path: Path) -> None:
    fridays = pd.date_range("2024-01-05", "2024-06-28", freq="7D")
    panel = build(tmp_path, {"calls.csv": calls({"Ann": [*fridays], "Bob": [*fridays[:-1]]})})
    assert panel.exposure.source.tolist() == ["no_days", "no_days"]


def test_deals_about_once_a_month_are_events(tmp_path: Path) -> None:
    deals = [pd.Timestamp(f"2024-{m:02d}-{m + 3:02d}") for m in (1, 2, 2, 5, 8, 9, 12)]
    deals[2] += pd.Timedelta(days=9)
    panel = build(tmp_path, {"calls.csv": calls({"Ann": deals, "Bob": deals[::2]})})
    assert panel.exposure.source.tolist() == ["unreadable", "unreadable"]


def test_days_at_work_are_counted_of_the_scored_reps_alone(tmp_path: Path) -> None:
    """Evidence said 25 of 35 and Preview 20 of 30, since one of them counted reps who are not scored."""
    every = workdays("2024-01-01", "2024-06-28")
    who = {"Ann": every, "Bob": every[::40], "Cy": every[::30], "Dee": every[::30]}
    team = "\n".join(["rep,role", "Ann,closer", "Bob,closer", "Cy,manager", "Dee,manager", "Eve,closer"])
    roster = {"location": "team.csv", "rep": "rep", "attributes": ["role"]}
    panel = build(
        tmp_path, {"calls.csv": calls(who), "team.csv": team}, roster=roster, scored="role == 'closer'"
    )  # fmt: skip
    design = Design(
        name="test", goal=Goal(measure="n", target=1), kpis=(Kpi(name="k", formula="n", target=1, weight=1),)
    )
    on_replay = count_cut_periods(score_history(panel, design), panel).known
    on_evidence = build_record(panel, design).exposed.known
    assert on_replay == on_evidence == days_known(panel)
    assert (on_evidence.n_unreadable, on_evidence.n_reps) == (1, 2)


def test_where_a_measure_of_hours_is_missing_no_days_stand_in_for_hours(tmp_path: Path) -> None:
    """A month without hours got its 23 workdays as hours: a seventh of a month, and was left out."""
    files = {
        "calls.csv": calls({rep: workdays("2024-01-01", "2024-03-29") for rep in ("Ann", "Bob")}),
        "hours.csv": "rep,date,hours\n"
        + "\n".join(f"{rep},2024-{m:02d}-01,160" for rep in ("Ann", "Bob") for m in (1, 2)),
    }
    hours = source("hours", "hours.csv", measures=[{"name": "hours", "aggregate": "sum", "column": "hours"}])
    panel = build(tmp_path, files, source(), hours, exposure="hours")
    assert np.isnan(cells(panel, "days_at_work")[("Ann", "2024-03-01")])
    assert (share_of_days_worked(panel) > 0.9).all()
