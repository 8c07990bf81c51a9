"""What conditions leave, counted one after the other, is what a measure with them adds up to."""

from pathlib import Path

import pytest

from tests.data.panels import build, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.mapping.count_conditions import RowsLeft, count_conditions
from workbench.data.model.dataset import Measure, parse_dataset
from workbench.errors import InputError
from workbench.formula.row_conditions import Condition, Conditions

ROWS = """rep,date,closed,status,type,value
Ann,2024-01-05,2024-01-25,Closed Won,New Business,"$1,200.00"
Ann,2024-01-06,2024-02-14, Closed Won ,Renewal,$90.00
Bob,2024-01-07,2024-02-14,Closed Won,New Business,
Bob,2024-01-08,,Closed Lost,New Business,$5.00
Bob,2024-01-28,2024-03-03,Closed Won,,$7.00
,2024-01-28,2024-03-03,Closed Won,New Business,$700.00
Total,,,,,"$2,002.00"
"""
WON, NEW = Condition("status", "is", ("Closed Won",)), Condition("type", "is", ("New Business",))
LARGE = Condition("value", "at least", ("50",))
BOTH = Conditions((WON, NEW))


def _left(folder: Path, measure: Measure, conditions: Conditions) -> tuple[RowsLeft, ...]:
    (folder / "deals.csv").write_text(ROWS, encoding="utf-8")
    dataset = parse_dataset({"name": "x", "sources": [source("deals", "deals.csv", measures=[{"name": "rows"}])]})
    return count_conditions(dataset, dataset.sources[0], measure, conditions, folder)


def test_each_condition_says_the_rows_and_the_total_that_it_leaves(tmp_path: Path) -> None:
    by_value = Measure(name="won", aggregate="sum", column="value")
    assert _left(tmp_path, by_value, BOTH) == (RowsLeft(5, 1302.0), RowsLeft(4, 1297.0), RowsLeft(2, 1200.0))
    assert _left(tmp_path, Measure(name="won"), BOTH) == (RowsLeft(5, None), RowsLeft(4, None), RowsLeft(2, None))
    either = Conditions((WON, NEW), "or")
    assert [each.n_rows for each in _left(tmp_path, Measure(name="won"), either)] == [5, 4, 5]


@pytest.mark.parametrize("date", [None, "closed"])
@pytest.mark.parametrize("conditions", [BOTH, Conditions((WON, LARGE)), Conditions((NEW, LARGE), "or")])
def test_the_last_figure_is_the_total_of_the_measure(tmp_path: Path, date: str | None, conditions: Conditions) -> None:
    measure = Measure(name="won", aggregate="sum", column="value", date=date)
    left = _left(tmp_path, measure, conditions)[-1]
    counted = [
        {"name": "rows", "where": conditions.formula(), "date": date},
        {"name": "won", "aggregate": "sum", "column": "value", "where": conditions.formula(), "date": date},
    ]
    totals = measure_totals(build(tmp_path, {"deals.csv": ROWS}, source("deals", "deals.csv", measures=counted)))
    assert (left.n_rows, left.total) == (totals["rows"], totals["won"])


@pytest.mark.parametrize(
    ("condition", "n"),
    [(Condition("type", "is not", ("Renewal",)), 4), (Condition("type", "is not", ("Renewal", "")), 3),
     (Condition("type", "is", ("",)), 1), (Condition("type", "is", ("Renewal", "")), 2),
     (Condition("closed", "at most", ("2024-02",)), 3), (Condition("closed", "at least", ("2024-02",)), 3)],
)  # fmt: skip
def test_blanks_and_whole_months_are_counted_as_they_are_picked(tmp_path: Path, condition: Condition, n: int) -> None:
    assert _left(tmp_path, Measure(name="won"), Conditions((condition,)))[-1].n_rows == n


def test_a_condition_on_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        _left(tmp_path, Measure(name="won"), Conditions((Condition("statu", "is", ("Won",)),)))
