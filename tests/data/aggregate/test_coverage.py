"""Which days the data covers: slips of the pen, the usual week, dates that stand for whole periods."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import build, issue, issues, refused, source
from workbench.data.aggregate import activity
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.coverage import count_events_by_day, data_span, is_outlier_date, working_week
from workbench.data.aggregate.preaggregated_dates import infer_date_grain
from workbench.data.aggregate.rep_period_sums import RepPeriodSums
from workbench.data.model.dataset import parse_dataset
from workbench.words.build_steps import build_step_label
from workbench.words.issues import describe_issue


def days(**events: int) -> pd.DataFrame:
    """Days with their number of events, as ``d2024_01_31=5``."""
    dates = pd.to_datetime([name[1:].replace("_", "-") for name in events])
    return pd.DataFrame({"day": dates, "n": list(events.values())})


def dates(*texts: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


@pytest.mark.parametrize(
    ("counted", "far"),
    [
        (days(d2020_01_01=1, d2024_01_01=99), [True, False]),  # exactly a hundredth of the events
        (days(d2020_01_01=2, d2024_01_01=98), [False, False]),  # two in a hundred are a history
        (days(d2024_01_01=99, d2042_01_01=1), [False, True]),
        (days(d2020_01_01=1, d2020_01_02=1, d2024_01_01=198), [True, True, False]),
        (days(d2024_01_01=198, d2042_01_01=1, d2042_01_02=1), [False, True, True]),
        (days(d2010_01_01=1, d2024_01_01=198, d2042_01_01=1), [True, False, True]),
        (days(d2023_01_01=1, d2024_01_02=99), [False, False]),  # 366 days apart: a year, not more
        (days(d2023_01_01=1, d2024_01_03=99), [True, False]),
    ],
)
def test_a_date_is_far_off_when_more_than_a_year_parts_a_hundredth_of_the_events_from_the_rest(counted, far):
    assert is_outlier_date(counted).tolist() == far
    kept = counted["day"][[not each for each in far]]
    assert data_span(counted) == (kept.min(), kept.max())


def test_no_events_cover_no_days():
    assert all(pd.isna(edge) for edge in data_span(days()))


def tally(found: pd.DataFrame, stamped: bool) -> RepPeriodSums:
    return RepPeriodSums("calls", "date", found[:0], found[:0], found, found, (), stamped)


def test_plans_count_as_days_only_where_there_is_nothing_else():
    plan, calls = tally(days(d2024_12_01=9), True), tally(days(d2024_01_02=1, d2024_01_05=2), False)
    more = tally(days(d2024_01_02=3), False)
    assert count_events_by_day([plan, calls, more])["n"].tolist() == [4, 2]
    assert count_events_by_day([plan, tally(days(), False)])["day"].tolist() == [pd.Timestamp("2024-12-01")]


def test_a_weekday_belongs_to_the_week_from_a_fifth_of_the_busiest_ones_days():
    every = pd.date_range("2024-01-01", periods=70)  # ten weeks, from a Monday
    saturdays, workdays = every[every.day_of_week == 5], every[every.day_of_week < 5]
    assert working_week(pd.Series(workdays)) == [True] * 5 + [False, False]
    assert working_week(pd.Series(workdays.append(saturdays[:1]))) == [True] * 5 + [False, False]
    assert working_week(pd.Series(workdays.append(saturdays[:2]))) == [True] * 6 + [False]


@pytest.mark.parametrize(
    ("found", "grain", "stands_for"),
    [
        (dates("2024-01-01", "2024-03-01"), "month", "month"),
        (dates("2024-01-31", "2024-02-29"), "month", "month"),
        (dates("2024-01-01", "2024-02-29"), "month", None),  # first and last days mixed are days of events
        (dates("2024-01-01", "2024-01-02"), "month", None),
        (dates("2024-01-01", "2024-04-01"), "quarter", "quarter"),
        (dates("2024-01-01", "2024-02-01"), "quarter", "month"),
        (dates("2024-01-01", "2024-02-01"), "week", None),  # 1 February is a Thursday
        (dates("2024-01-01", "2024-01-08"), "week", "week"),
        (dates("2024-01-01"), "day", None),
        (dates(), "month", None),
    ],
)
def test_dates_that_all_begin_or_all_end_periods_stand_for_them(found, grain, stands_for):
    assert infer_date_grain(found.astype("datetime64[us]"), grain) == stands_for


def test_weeks_that_begin_on_sunday_have_other_edges():
    assert infer_date_grain(dates("2024-01-07", "2024-01-14"), "week", "sunday") == "week"
    assert infer_date_grain(dates("2024-01-01", "2024-01-08"), "week", "sunday") is None


CALLS = {
    "calls.csv": "rep,date\nAnn,2024-02-05\nAnn,2024-02-06\n",
    "quotes.csv": "rep,date\nAnn,2024-01-09\nAnn,2024-03-04\n",
}
QUOTES = source("quotes", "quotes.csv", measures=[{"name": "quotes"}])


def test_a_source_that_starts_later_and_stops_earlier_is_said_once_with_all_four_edges(tmp_path: Path) -> None:
    (found,) = issues(build(tmp_path, CALLS, source(), QUOTES), "coverage")
    assert (found.level, describe_issue(found).where) == ("warning", "source “calls”")
    edges = {"low": "2024-02-01", "high": "2024-02-01", "first": "2024-01-01", "last": "2024-03-01"}
    assert edges.items() <= dict(found.parts).items()


def test_issues_come_the_worst_first(tmp_path: Path) -> None:
    roster = {"location": "team.csv", "rep": "rep"}
    files = CALLS | {"team.csv": "rep\nAnn\nBob\n"}
    levels = [each.level for each in build(tmp_path, files, source(), QUOTES, roster=roster).issues]
    assert levels == ["warning", "info"]


ROSTER = {"location": "team.csv", "rep": "rep", "start": "hired", "end": "left"}


@pytest.mark.parametrize(
    ("hired", "left", "outside"),
    [
        ("2024-01-31", "2024-03-01", 0),  # the last day of January and the first of March are enough
        ("2024-02-01", "2024-03-01", 1),
        ("2024-01-31", "2024-02-29", 2),
        ("2024-02-01", "2024-02-29", 3),
        ("", "", 0),
    ],
)
def test_events_are_outside_when_their_whole_period_is(tmp_path: Path, hired: str, left: str, outside: int) -> None:
    calls = "rep,date\nAnn,2024-01-05\nAnn,2024-02-05\nAnn,2024-03-05\nAnn,2024-03-06\n"
    panel = build(tmp_path, {"calls.csv": calls, "team.csv": f"rep,hired,left\nAnn,{hired},{left}\n"}, roster=ROSTER)
    assert [(each.level, each.n_rows) for each in issues(panel, "outside_employment")] == [("warning", outside)][
        :outside
    ]


def test_a_panel_may_have_as_many_rows_as_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "MOST_ROWS", 3)
    files = {"calls.csv": "rep,date\nAnn,2024-01-05\nAnn,2024-02-05\nBob,2024-01-05\n"}
    assert len(build(tmp_path, files).frame) == 3
    files["calls.csv"] += "Bob,2024-02-05\n"
    (found,) = refused(tmp_path, files)
    assert (found.level, found.code, describe_issue(found).where) == ("error", "too_many_periods", "data set")
    assert "4 rows" in describe_issue(found).message


def test_reps_on_one_side_of_the_roster_come_with_their_rows_the_most_first(tmp_path: Path) -> None:
    calls = "rep,date\nAnn,2024-01-05\nEve,2024-01-05\nEve,2024-01-06\nCid,2024-01-05\nBob,2024-01-05\n"
    panel = build(
        tmp_path,
        {"calls.csv": calls, "team.csv": "rep\nAnn\nZoe\nTotal\n"},
        roster={"location": "team.csv", "rep": "rep"},
    )
    strangers, absent, blank = (issue(panel, code) for code in ("not_on_roster", "no_events", "blank_rep"))
    assert (strangers.level, strangers.n_rows) == ("warning", 4)
    assert describe_issue(strangers).where == "team list (team.csv)"
    assert "“Eve”, “Bob”, “Cid”" in describe_issue(strangers).message
    assert (absent.level, describe_issue(absent).where) == ("info", "team list (team.csv)")
    assert (blank.level, blank.n_rows) == ("warning", 1)


def test_progress_runs_from_nothing_to_the_last_step(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("rep,date\nAnn,2024-01-05\n")
    heard = []
    content = parse_dataset({"name": "test", "sources": [source()]})
    build_panel(content, tmp_path, progress=lambda share, step: heard.append((share, build_step_label(step))))
    steps = [
        "Opening calls.csv",
        "Reading 1 row of calls",
        "Adding up 1 row of calls",
        "Checking 1 row of calls",
        "Reading the team list",
        "Putting it together",
    ]
    assert heard == [(pytest.approx(at / 6), what) for at, what in enumerate(steps)]
