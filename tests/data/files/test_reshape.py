"""Sheets with a column per month, and one source in several files."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import Panel
from workbench.errors import Examples
from workbench.words.issues import describe_issue

SHEET = """Sales by month,,,,,,
Rep,Region,Jan 2024,Feb 2024,Mar 2024,Q1 2024,Total
Ann,North,100,,300,400,400
Ben,South,,50,,50,50
Total,,100,50,300,450,450
"""
SALES = {"name": "sales", "aggregate": "sum", "column": "sales"}
TURNED = {"rep": "Rep", "date": "month", "measures": [SALES]}


@pytest.mark.parametrize("columns", ["dates", ["Jan 2024", "Feb 2024", "Mar 2024"]])
def test_a_column_per_month_becomes_a_row_per_month(tmp_path: Path, columns: object) -> None:
    unpivot = {"columns": columns, "date": "month", "value": "sales"}
    panel = build(tmp_path, {"s.csv": SHEET}, source("sheet", "s.csv", unpivot=unpivot, **TURNED))
    expected = {
        ("Ann", "2024-01-01"): 100,
        ("Ann", "2024-02-01"): math.nan,
        ("Ann", "2024-03-01"): 300,
        ("Ben", "2024-02-01"): 50,
    }
    assert cells(panel, "sales") == pytest.approx(expected, nan_ok=True)
    assert measure_totals(panel) == {"sales": 450}
    left = panel.n_unused.set_index("reason")["n_rows"]
    assert left["total_row"] == 3


def test_columns_that_are_not_there_are_named(tmp_path: Path) -> None:
    unpivot = {"columns": ["April"], "date": "month", "value": "sales"}
    found = refused(tmp_path, {"s.csv": SHEET}, source("sheet", "s.csv", unpivot=unpivot, **TURNED))
    assert {each.code for each in found} == {"unknown_column"}


JANUARY = "id,rep,date\n1,Ann,2024-01-05\n2,Ben,2024-01-20\n3,Ben,2024-02-01\n"
FEBRUARY = "id,rep,date,note\n3,Ann,2024-02-01,corrected\n4,Ann,2024-02-10,\n"


def stack(folder: Path, **fields: object) -> Panel:
    files = {"jan.csv": JANUARY, "feb.csv": FEBRUARY}
    return build(folder, files, source("calls", ["jan.csv", "feb.csv"], **fields))


def test_files_of_one_shape_are_stacked(tmp_path: Path) -> None:
    panel = stack(tmp_path)
    assert panel.n_rows_read == panel.n_rows_used == 5
    assert cells(panel, "n")["Ben", "2024-02-01"] == 1
    assert dict(issue(panel, "lacks_columns").parts)["columns"] == Examples(("note",), 1)


@pytest.mark.parametrize("by", ["id", "period"])
def test_a_later_file_overrides_an_earlier_one(tmp_path: Path, by: str) -> None:
    panel = stack(tmp_path, replace=by, id="id")
    assert cells(panel, "n") == {("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): 2, ("Ben", "2024-01-01"): 1}
    assert panel.n_unused.set_index("reason")["n_rows"].to_dict() == {"replaced": 1}
    assert issues(panel, "duplicate_rows") == issues(panel, "duplicate_ids") == []


def test_columns_of_other_types_meet_as_text(tmp_path: Path) -> None:
    files = {"a.csv": "rep,date,v\nAnn,2024-01-05,7\n", "b.csv": "rep,date,v\nAnn,2024-02-05,seven\n"}
    total = {"name": "v", "aggregate": "sum", "column": "v"}
    panel = build(tmp_path, files, source("calls", ["a.csv", "b.csv"], measures=[total]))
    assert measure_totals(panel) == {"v": 7}


def test_replacing_by_id_needs_an_id(tmp_path: Path) -> None:
    found = refused(tmp_path, {"jan.csv": JANUARY}, source("calls", ["jan.csv"], replace="id"))
    assert "To replace rows by their id, name the column of the id." in describe_issue(found[0]).message
