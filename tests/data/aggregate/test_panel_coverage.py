"""Periods about which a source says nothing are missing, not 0; which periods a data set uses."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import Panel
from workbench.words.issues import describe_issue

DEALS = "rep,date\n" + "".join(f"{rep},2024-{month:02}-10\n" for month in range(1, 7) for rep in ("Ann", "Ben"))
CALLS = "rep,date\nAnn,2024-02-05\nAnn,2024-04-20\n"
FILES = {"deals.csv": DEALS, "calls.csv": CALLS}
MONTHS = [f"2024-{month:02}-01" for month in range(1, 7)]


def deals(**more: object) -> dict:
    return source("deals", "deals.csv", measures=[{"name": "deals"}], **more)


def calls(**more: object) -> dict:
    return source("calls", "calls.csv", measures=[{"name": "calls"}], **more)


def course(panel: Panel, measure: str, rep: str) -> list[float]:
    found = cells(panel, measure)
    return [found[rep, month] for month in MONTHS if (rep, month) in found]


def test_outside_its_span_a_source_says_nothing(tmp_path: Path) -> None:
    panel = build(tmp_path, FILES, deals(), calls())
    assert course(panel, "calls", "Ann") == pytest.approx([math.nan, 1, 0, 1, math.nan, math.nan], nan_ok=True)
    assert course(panel, "calls", "Ben") == pytest.approx([math.nan, 0, 0, 0, math.nan, math.nan], nan_ok=True)
    assert course(panel, "deals", "Ben") == [1] * 6
    assert measure_totals(panel) == {"deals": 12, "calls": 2}


def test_the_months_that_a_source_covers_are_told(tmp_path: Path) -> None:
    found = issue(build(tmp_path, FILES, deals(), calls()), "coverage")
    assert "“calls”" in describe_issue(found).where
    assert "covers February to April 2024" in describe_issue(found).message


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        (["2024-01-01", "2024-06-30"], [0, 1, 0, 1, 0, 0]),
        (["2024-02-10", "2024-05-02"], [math.nan, 1, 0, 1, 0, math.nan]),
        (["2024-04-01", "2024-04-30"], [math.nan, 1, math.nan, 1, math.nan, math.nan]),  # events are never taken away
    ],
)
def test_the_owner_may_say_what_a_source_covers(tmp_path: Path, covers: list[str], expected: list[float]) -> None:
    panel = build(tmp_path, FILES, deals(), calls(covers=covers))
    assert course(panel, "calls", "Ann") == pytest.approx(expected, nan_ok=True)


def test_each_date_column_covers_its_own_span(tmp_path: Path) -> None:
    text = "rep,opened,stage,closed\nAnn,2024-01-05,Won,2024-03-05\nAnn,2024-02-05,Lost,2024-04-09\nAnn,2024-04-30,,\n"
    won = {"name": "won", "where": "stage == 'Won'", "date": "closed"}
    panel = build(tmp_path, {"p.csv": text}, source("p", "p.csv", date="opened", measures=[{"name": "n"}, won]))
    found = cells(panel, "won")
    assert [found["Ann", month] for month in MONTHS[2:4]] == [1, 0]  # a lost deal closes in April: nothing was won
    assert all(math.isnan(found["Ann", month]) for month in MONTHS[:2])


def test_expected_dates_ahead_do_not_stretch_what_is_covered(tmp_path: Path) -> None:
    text = DEALS.replace("date", "date,due", 1).replace("-10\n", "-10,2024-12-31\n")
    due = {"name": "due", "date": "due", "where": "rep == 'nobody'"}
    panel = build(tmp_path, {"deals.csv": text}, source("deals", "deals.csv", measures=[{"name": "deals"}, due]))
    assert max(period for _, period in cells(panel, "deals")) == "2024-06-01"


def test_first_and_last_period_leave_the_rest_out_and_say_so(tmp_path: Path) -> None:
    panel = build(tmp_path, FILES, deals(), calls(), **{"from": "2024-02", "to": "2024-04-15"})
    assert sorted({period for _, period in cells(panel, "deals")}) == MONTHS[1:4]
    assert measure_totals(panel) == {"deals": 6, "calls": 2}
    left = panel.n_unused.set_index(["source", "reason"])["n_rows"]
    assert left["deals", "outside_periods"] == 6
    assert issues(panel, "coverage") == []


def test_tenure_counts_from_the_first_event_even_before_the_first_period(tmp_path: Path) -> None:
    panel = build(tmp_path, FILES, deals(), calls(), **{"from": "2024-03"})
    assert cells(panel, "tenure")["Ann", "2024-03-01"] == 2


def test_a_span_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    assert [each.code for each in refused(tmp_path, FILES, deals(), **{"from": "2024-05", "to": "2024-01"})]
    assert [each.code for each in refused(tmp_path, FILES, deals(covers=["2024-05-01", "2024-01-01"]))]
