"""Conditions on rows: columns read as numbers, dates or text as the condition needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.panels import build, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.events.row_filter import column_uses
from workbench.formula.formula import parse_formula

ROWS = """rep,date,closed,planned,stage,code,value,quota,my note
Ann,05-01-2024,25-01-2024,20-01-2024,Won,007,"$1,200.00","$900.00",x
Ann,06-01-2024,14-02-2024,29-02-2024, Won ,7,$90.00,"$1,000.00",
Bob,07-01-2024,,15-03-2024,Lost,,$5.00,$5.00,y
Bob,28-01-2024,03-03-2024,01-03-2024,,07,,$1.00,
"""


CONDITIONS = (
    ("stage == 'Won'", 2),
    ("stage != 'Won'", 1),
    ("not stage == 'Won'", 1),
    ("stage in ('Won', 'Lost')", 3),
    ("value > 100", 1),
    ("value > quota", 1),
    ("value >= quota", 2),
    ("value == quota", 1),
    ("value + 0 < 100 or stage == 'Won'", 3),
    ("coalesce(value, 0) < 100", 3),
    ("code == '007'", 1),
    ("code == 7", 3),
    ("closed > planned", 2),
    ("closed >= '2024-02-14'", 2),
    ("date < '2024-01-07'", 2),
    ("`my note` == 'x'", 1),
    ("abs(value - 1000) <= 200", 1),
    ("if(stage == 'Won', value, 0) > 0", 2),
)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Rows by condition, all counted in one panel: a column is read as each condition needs it, beside the others."""
    measures = [{"name": f"n{place}", "where": where} for place, (where, _) in enumerate(CONDITIONS)]
    panel = build(tmp_path_factory.mktemp("conditions"), {"calls.csv": ROWS}, source(measures=measures))
    found = measure_totals(panel)
    return {where: found[f"n{place}"] for place, (where, _) in enumerate(CONDITIONS)}


@pytest.mark.parametrize(("where", "n"), CONDITIONS)
def test_which_rows_a_condition_holds_for(counted: dict[str, float], where: str, n: int) -> None:
    assert counted[where] == n


@pytest.mark.parametrize(("where", "n"), [("value > quota", 1), ("code == 7", 3), ("closed > planned", 2)])
def test_a_condition_reads_its_columns_without_the_others(tmp_path: Path, where: str, n: int) -> None:
    panel = build(tmp_path, {"calls.csv": ROWS}, source(measures=[{"name": "n", "where": where}]))
    assert measure_totals(panel) == {"n": n}


PAID = """rep,date,invoice,month,stamp
Ann,2024-01-05,2024-0117,2024-01,2024-01-05 10:30
Ann,2024-01-06,2024-0118,2024-01,2024-01-05 11:00
Bob,2024-02-07,2024-0119,2024-02,2024-02-07 09:00
Bob,2024-02-08,,,
"""


@pytest.mark.parametrize(
    ("where", "n"),
    [
        ("month == '2024-01'", 2),
        ("month != '2024-01'", 1),
        ("month in ('2024-01', '2024-02')", 3),
        ("invoice == '2024-0117'", 1),
        ("stamp == '2024-01-05 10:30'", 1),
        ("stamp == '2024-01-05'", 2),
        ("month == '2024-01' and month >= '2024-01-01'", 2),
        ("stamp == '2024-01-05 10:30' or stamp >= '2024-02'", 2),
        ("coalesce(month, '') != '2024-01'", 2),
        ("coalesce(stamp, '') not in ('2024-01-05')", 2),
        ("if(month == '2024-01', stamp, date) >= '2024-01-05'", 3),
    ],
)
def test_a_text_that_begins_like_a_date_is_what_the_file_writes(tmp_path: Path, where: str, n: int) -> None:
    panel = build(tmp_path, {"calls.csv": PAID}, source(measures=[{"name": "n", "where": where}]))
    assert measure_totals(panel) == {"n": n}
    assert not [issue for issue in panel.issues if issue.code == "absent_value"]


@pytest.mark.parametrize(
    ("where", "absent"),
    [("month == '2024-03'", ["2024-03"]), ("coalesce(invoice, '') != '2024-0120'", ["2024-0120"]),
     ("coalesce(month, '') in ('2024-01', '')", [])],
)  # fmt: skip
def test_a_text_like_a_date_that_no_row_has_is_warned_of(tmp_path: Path, where: str, absent: list[str]) -> None:
    panel = build(tmp_path, {"calls.csv": PAID}, source(measures=[{"name": "n", "where": where}]))
    assert [dict(issue.parts)["name"] for issue in panel.issues if issue.code == "absent_value"] == absent


def test_a_count_of_a_column_leaves_its_blanks_out(tmp_path: Path) -> None:
    measures = [{"name": "n", "column": "stage"}, {"name": "notes", "column": "my note"}]
    assert measure_totals(build(tmp_path, {"calls.csv": ROWS}, source(measures=measures))) == {"n": 3, "notes": 2}


def test_different_values_are_counted_per_rep_and_period(tmp_path: Path) -> None:
    text = "rep,date,who\nAnn,2024-01-05,x\nAnn,2024-01-06,x\nAnn,2024-01-07,\nAnn,2024-02-06,x\nBob,2024-02-06,x\n"
    measure = {"name": "contacts", "aggregate": "distinct", "column": "who"}
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[measure]))
    assert panel.frame["contacts"].tolist() == [1, 1, 1]
    assert measure_totals(panel) == {"contacts": 3}


def test_measures_that_differ_by_case_alone_are_two(tmp_path: Path) -> None:
    measures = [{"name": "Won", "where": "stage == 'Won'"}, {"name": "won"}]
    assert measure_totals(build(tmp_path, {"calls.csv": ROWS}, source(measures=measures))) == {"Won": 2, "won": 4}


def test_what_a_condition_reads_its_columns_as() -> None:
    uses = column_uses(
        parse_formula("a > 1 and b == 'x' and c == d and e >= '2024-01' and f > c and a in ('1', '2')"), ["f"]
    )
    assert uses == {"number": {"a"}, "text": {"a", "b"}, "compared": {"c", "d"}, "date": {"e", "f", "c"}}
