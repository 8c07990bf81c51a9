"""What each source covers, what all share, and what is said about the rest."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import build, cells, issues, source
from workbench.charts.source_coverage import strip_alt, strip_chart, strip_rows
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.mapping.coverage_choices import (
    gap_meaning,
    losses_outside,
    with_covered_days,
    with_gap_meaning,
    with_periods,
)
from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.data.model.panel import Panel
from workbench.data.model.source_coverage import (
    days_of_source,
    overall_periods,
    shared_periods,
    sources_to_ask,
    sources_with_gaps,
)
from workbench.words import gaps
from workbench.words.issues import describe_issue


def rows(first: str, last: str) -> str:
    return "\n".join(
        ["rep,date", *(f"{rep},{day:%Y-%m-%d}" for rep in ("Ann", "Bob") for day in pd.bdate_range(first, last))]
    )


FILES = {
    "deals.csv": rows("2024-01-01", "2024-12-31"),
    "calls.csv": rows("2024-02-14", "2024-05-31"),
    "mails.csv": rows("2024-03-01", "2024-06-28"),
}
SOURCES = [source(name, f"{name}.csv", measures=[{"name": name}]) for name in ("deals", "calls", "mails")]


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return build(tmp_path, FILES, *SOURCES)


def dataset() -> DataSet:
    return parse_dataset({"name": "test", "sources": SOURCES})


def month(number: int) -> pd.Timestamp:
    return pd.Timestamp(f"2024-{number:02d}-01")


def test_each_source_covers_its_own_months(panel: Panel) -> None:
    by_name = {each.source: each for each in panel.coverage}
    assert {name: (each.first, each.last) for name, each in by_name.items()} == {
        "deals": (month(1), month(12)), "calls": (month(2), month(5)), "mails": (month(3), month(6)),
    }  # fmt: skip
    assert by_name["calls"].whole == (month(3), month(5))  # February begins on the 14th
    assert dict(by_name["calls"].rows)[month(3)] == 2 * 21
    assert overall_periods(panel.coverage) == (month(1), month(12))
    assert shared_periods(panel.coverage) == (month(3), month(5))
    assert sources_with_gaps(panel.coverage) == ("calls", "mails")


def test_the_shared_months_leave_no_gap(panel: Panel, tmp_path: Path) -> None:
    shared = shared_periods(panel.coverage)
    assert shared is not None
    limited = build_panel(with_periods(dataset(), *shared), tmp_path)
    assert issues(limited, "coverage") == []
    assert sorted(limited.frame["period"].unique()) == [month(3), month(4), month(5)]
    assert sources_with_gaps(limited.coverage) == ()
    assert with_periods(with_periods(dataset(), *shared), None, None) == dataset()


def test_where_nothing_happened_counts_are_zero(panel: Panel, tmp_path: Path) -> None:
    said = with_gap_meaning(dataset(), "calls", "zero", panel.coverage)
    told = build_panel(said, tmp_path)
    assert (gap_meaning("calls", told.coverage), gap_meaning("mails", told.coverage)) == ("zero", "missing")
    assert cells(told, "calls")["Ann", "2024-10-01"] == 0
    assert pd.isna(cells(told, "mails")["Ann", "2024-10-01"])
    assert sources_with_gaps(told.coverage) == ("mails",)
    assert sources_to_ask(told.coverage) == ("calls", "mails")  # an answer can be taken back
    assert gaps.gap_question("calls", told.coverage, "month") == (
        "has rows from February to May 2024. What about the other months?"
    )
    assert with_gap_meaning(said, "calls", "missing", panel.coverage) == dataset()


def test_what_is_said_of_gaps_ends_where_the_periods_used_end(panel: Panel, tmp_path: Path) -> None:
    said = with_gap_meaning(dataset(), "calls", "zero", panel.coverage)
    limited = with_periods(said, month(3), month(6))
    used = build_panel(limited, tmp_path)
    assert overall_periods(used.coverage) == (month(3), month(6))
    assert gaps.gap_summary(used.coverage, limited) == "Used: March to June 2024."
    assert gaps.shared_button(used.coverage, "month") == ""
    assert cells(used, "calls")["Ann", "2024-06-01"] == 0


def test_a_source_said_to_cover_some_months_leaves_the_others_unknown(tmp_path: Path) -> None:
    some = {**SOURCES[1], "covers": ["2024-01-01", "2024-06-30"]}
    partly = build(tmp_path, FILES, SOURCES[0], some)
    assert gap_meaning("calls", partly.coverage) == "missing"
    assert pd.isna(cells(partly, "calls")["Ann", "2024-10-01"])


def test_what_the_shared_months_leave_out_is_said_of_each_measure(panel: Panel) -> None:
    lost = {loss.label: loss for loss in losses_outside(panel, month(3), month(5))}
    assert (lost["deals"].lost, round(lost["deals"].share, 2)) == (2 * (262 - 66), 0.75)
    assert lost["calls"].lost == 2 * 12  # 14 to 29 February
    said = gaps.losses_words(losses_outside(panel, month(3), month(5)))
    assert said == "This leaves out deals: 392 (75%) · mails: 40 (23%) · calls: 24 (15%)."
    assert gaps.losses_words(losses_outside(panel, month(1), month(12))) == "Nothing that is counted is left out."
    assert "Nothing of calls" in gaps.losses_words(losses_outside(panel, month(2), month(12)))


def test_exact_days_move_what_is_known(panel: Panel, tmp_path: Path) -> None:
    guess = days_of_source("calls", panel.coverage)
    assert guess == (pd.Timestamp("2024-02-14"), pd.Timestamp("2024-05-31"))
    said = with_covered_days(dataset(), "calls", (dt.date(2024, 2, 1), dt.date(2024, 7, 31)))
    told = build_panel(said, tmp_path)
    assert days_of_source("calls", told.coverage) == (pd.Timestamp("2024-02-01"), pd.Timestamp("2024-07-31"))
    assert shared_periods(told.coverage) == (month(3), month(6))  # February is whole now, July is known
    assert cells(told, "calls")["Ann", "2024-07-01"] == 0
    assert with_covered_days(said, "calls", (dt.date(2024, 5, 1), dt.date(2024, 4, 1))) == said
    assert with_covered_days(said, "calls", None) == dataset()


def test_files_without_a_common_month_share_nothing(tmp_path: Path) -> None:
    files = {"deals.csv": rows("2024-01-01", "2024-02-29"), "calls.csv": rows("2024-04-01", "2024-05-31")}
    apart = build(tmp_path, files, *SOURCES[:2])
    assert shared_periods(apart.coverage) is None
    assert gaps.shared_button(apart.coverage, "month") == ""
    assert gaps.gap_summary(apart.coverage, dataset()) == "Your files share no whole month."


def test_the_question_in_words(panel: Panel) -> None:
    assert gaps.gap_summary(panel.coverage, dataset()) == (
        "Your files cover different months. They share March to May 2024."
    )
    assert gaps.shared_button(panel.coverage, "month") == "Use the months that all files share"
    assert gaps.gap_question("calls", panel.coverage, "month") == (
        "has rows from February to May 2024. What about the other months?"
    )
    assert gaps.span_words(pd.Timestamp("2023-11-01"), month(4), "month") == "November 2023 to April 2024"


def test_the_strip_shows_rows_zeros_and_what_is_unknown(panel: Panel, tmp_path: Path) -> None:
    drawn = strip_rows(panel.coverage, "month")
    assert drawn.groupby("strip")["state"].value_counts().to_dict() == {
        ("deals", "rows"): 12, ("calls", "rows"): 4, ("calls", "not covered: unknown"): 8,
        ("mails", "rows"): 4, ("mails", "not covered: unknown"): 8,
    }  # fmt: skip
    said = build_panel(with_gap_meaning(dataset(), "calls", "zero", panel.coverage), tmp_path)
    states = strip_rows(said.coverage, "month").query("strip == 'calls'")["state"].value_counts()
    assert states.to_dict() == {"rows": 4, "no rows: counts 0": 8}
    assert strip_chart(panel.coverage, "month").to_dict()["height"] == {"step": 22}
    assert strip_alt(panel.coverage, "month").startswith(
        "deals: rows in 12 months of 12, 0 not covered; calls: rows in 4"
    )


DEALS = """rep,date,closed,stage,value
Ann,2024-01-02,2024-03-01,Won,10
Ann,2024-01-31,2024-03-29,Lost,0
Ann,2024-02-15,2024-03-15,Won,5
Ann,2024-03-29,2024-04-02,Won,7
Bob,2024-04-01,2024-04-30,Won,1
Bob,2024-01-15,,Open,0
"""
WHERE = {"where": "stage == 'Won'", "date": "closed"}
WON = [
    {"name": "n"},
    {"name": "won", **WHERE},
    {"name": "value", "aggregate": "sum", "column": "value", **WHERE},
]


def test_one_file_whose_deals_close_later_is_not_to_be_cut(tmp_path: Path) -> None:
    whole = build(tmp_path, {"deals.csv": DEALS}, source("deals", "deals.csv", measures=WON))
    named = parse_dataset({"name": "test", "sources": [source("deals", "deals.csv", measures=WON)]})
    assert len(whole.coverage) == 2
    assert gaps.shared_button(whole.coverage, "month") == ""
    assert gaps.gap_summary(whole.coverage, named) == (
        "One file with 2 dates: each measure covers the months of its own date."
    )


def test_what_lies_outside_is_counted_by_the_date_of_each_measure(tmp_path: Path) -> None:
    deals = source("deals", "deals.csv", measures=WON)
    cut = build(tmp_path, {"deals.csv": DEALS}, deals, **{"from": "2024-02-01", "to": "2024-03-31"})
    found = describe_issue(issues(cut, "outside_periods")[0])
    # opened outside: 4 of 6 rows; won outside: the 2 that closed in April
    assert found.message == "5 rows have a date outside the months in use. At stake: n 4; won 2; value 8."
    assert "Use all months" in found.fix
