"""Numbers of a panel that were, or so easily are, silently wrong. Each test says which wrong number it keeps out."""

from __future__ import annotations

from pathlib import Path

from tests.data.panels import build, cells, issue, source
from workbench.data.aggregate.measure_totals import measure_totals


def test_text_that_looks_like_numbers_is_not_compared_as_text(tmp_path: Path) -> None:
    """As text "90" > "1000" holds, and 1 of 2 deals above quota became 2."""
    text = "rep,date,value,quota\nAnn,2024-01-05,90,1000\nAnn,2024-01-06,2000,1000\n"
    measures = [{"name": "above", "where": "value > quota"}]
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(measures=measures))) == {"above": 1}


def test_dates_written_day_first_are_not_compared_as_text(tmp_path: Path) -> None:
    """As text "14-02-2024" < "25-01-2024" holds, so a deal closed late counted as closed in time."""
    text = "rep,date,closed,planned\nAnn,05-01-2024,14-02-2024,25-01-2024\nAnn,06-01-2024,20-01-2024,25-01-2024\n"
    measures = [{"name": "in_time", "where": "closed <= planned"}]
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(measures=measures))) == {"in_time": 1}


def test_a_monthly_table_does_not_end_on_the_first_of_its_last_month(tmp_path: Path) -> None:
    """With one working day in the last month, 50 dials a day became 1,050."""
    text = "rep,date,dials\nAnn,2024-02-01,1050\nAnn,2024-03-01,1050\n"
    measures = [{"name": "dials", "aggregate": "sum", "column": "dials"}]
    frame = build(tmp_path, {"calls.csv": text}, source(measures=measures)).frame
    assert (frame["dials"] / frame["workdays"]).tolist() == [50, 50]


def test_a_total_line_does_not_count_everything_twice(tmp_path: Path) -> None:
    text = "rep,date,value\nAnn,2024-01-31,10\nBob,2024-01-31,20\nTotal,2024-01-31,30\n"
    measures = [{"name": "value", "aggregate": "sum", "column": "value"}]
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(measures=measures))) == {"value": 30}


def test_a_key_that_stands_twice_does_not_double_the_deals(tmp_path: Path) -> None:
    files = {"calls.csv": "rep,date,p\nAnn,2024-01-31,x\n", "p.csv": "p,kind\nx,a\nx,a\n"}
    lookup = {"location": "p.csv", "on": {"p": "p"}, "take": ["kind"]}
    assert measure_totals(build(tmp_path, files, source(lookups=[lookup]))) == {"n": 1}


def test_measures_named_won_and_Won_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """The engine does not tell their names apart."""
    text = "rep,date,stage\nAnn,2024-01-05,Won\nAnn,2024-01-06,Lost\n"
    measures = [{"name": "Won", "where": "stage == 'Won'"}, {"name": "won"}]
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(measures=measures))) == {"Won": 1, "won": 2}


def test_deals_outside_the_roster_dates_keep_their_value(tmp_path: Path) -> None:
    """Deals that closed after their rep had left vanished from the team's total."""
    files = {"calls.csv": "rep,date\nAnn,2024-01-05\nAnn,2024-04-05\n", "team.csv": "rep,left\nAnn,2024-02-15\n"}
    panel = build(tmp_path, files, roster={"location": "team.csv", "rep": "rep", "end": "left"})
    assert measure_totals(panel) == {"n": 2}
    assert sorted(cells(panel, "n")) == [("Ann", "2024-01-01"), ("Ann", "2024-02-01"), ("Ann", "2024-04-01")]


def test_a_wrong_capital_in_a_condition_is_not_a_silent_zero(tmp_path: Path) -> None:
    text = "rep,date,stage\nAnn,2024-01-05,Won\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "won", "where": "stage == 'won'"}]))
    assert measure_totals(panel) == {"won": 0}
    assert issue(panel, "absent_value").level == "warning"


def test_an_average_is_not_an_average_of_averages(tmp_path: Path) -> None:
    """The mean over rep-months of the means is 60, the mean of the deals 20."""
    text = "rep,date,value\n" + "Ann,2024-01-05,10\n" * 9 + "Bob,2024-01-05,110\n"
    measures = [{"name": "size", "aggregate": "mean", "column": "value"}]
    panel = build(tmp_path, {"calls.csv": text}, source(measures=measures))
    assert measure_totals(panel) == {"size": 20}
    assert panel.frame["size"].mean() == 60


def test_ten_dimes_are_a_dollar(tmp_path: Path) -> None:
    """Added up naively they are 0.9999999999999999, and two equal reps are ranked apart."""
    text = "rep,date,value\n" + "Ann,2024-01-05,0.1\n" * 10
    measures = [{"name": "value", "aggregate": "sum", "column": "value"}]
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(measures=measures))) == {"value": 1.0}
