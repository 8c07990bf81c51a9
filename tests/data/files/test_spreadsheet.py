"""Workbooks written by XlsxWriter and read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from tests.data.reading import cells, codes
from workbench.data.columns.read_column import parse_dates, parse_numbers
from workbench.data.engine.embedded import Engine
from workbench.data.files.table import Table, open_table
from workbench.errors import InputError

TITLE = [["Pipeline, June"], [], [None, "Rep", "Won at", "Value", "Share", "Sure"]]
DEALS = [
    [None, "Anna", dt.datetime(2024, 1, 2), 1250.5, 0.12, True],
    [None, "Bob", dt.datetime(2024, 2, 13, 9, 30), 7, 1, False],
]


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


def workbook(path: Path, **sheets: list[list]) -> Path:
    """Write one sheet per keyword."""
    with xlsxwriter.Workbook(str(path)) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    if isinstance(value, dt.datetime):
                        sheet.write_datetime(i, j, value, date)
                    elif value is not None:
                        sheet.write(i, j, value)
    return path


def open_sheet(engine: Engine, path: Path, **options: str) -> Table:
    return open_table(path.name, folder=path.parent, engine=engine, **options)


def test_a_table_below_a_title_and_beside_an_empty_column(engine, tmp_path):
    table = open_sheet(engine, workbook(tmp_path / "b.xlsx", Deals=TITLE + DEALS))
    assert table.columns == ("Rep", "Won at", "Value", "Share", "Sure")
    assert (table.form.kind, table.form.header_row, table.n_rows) == ("spreadsheet", 3, 2)
    assert cells(table) == [
        ["Anna", "2024-01-02", "1250.5", "0.12", "true"],
        ["Bob", "2024-02-13 09:30:00", "7", "1", "false"],
    ]


def test_cells_with_a_type_are_read_as_what_they_are(engine, tmp_path):
    rows = open_sheet(engine, workbook(tmp_path / "b.xlsx", Deals=TITLE + DEALS)).rows
    read = (
        rows.select(at=parse_dates(rows, "Won at").expr, value=parse_numbers(rows, "Value").expr)
        .to_pyarrow()
        .to_pylist()
    )
    assert read == [
        {"at": dt.datetime(2024, 1, 2), "value": 1250.5},
        {"at": dt.datetime(2024, 2, 13, 9, 30), "value": 7},
    ]


def test_the_first_sheet_with_something_in_it_unless_another_is_named(engine, tmp_path):
    path = workbook(tmp_path / "b.xlsx", Empty=[], Calls=[["rep", "n"], ["Anna", 1]], Deals=TITLE + DEALS)
    first = open_sheet(engine, path)
    assert (first.columns, set(codes(first.issues))) == (("rep", "n"), {"other_sheets"})
    assert open_sheet(engine, path, sheet="Deals").n_rows == 2
    with pytest.raises(InputError, match=r"no_such_sheet at .*name='Deal', near='Deals'"):
        open_sheet(engine, path, sheet="Deal")


def test_ids_longer_than_a_workbook_can_keep_are_reported(engine, tmp_path):
    table = open_sheet(engine, workbook(tmp_path / "b.xlsx", Ids=[["id", "n"], [1234567890123456789, 1], ["00012", 2]]))
    assert codes(table.issues) == {"long_numbers": 1}
    assert cells(table)[1] == ["00012", "2"]


def test_a_workbook_without_anything_is_empty(engine, tmp_path):
    with pytest.raises(InputError, match="empty_file"):
        open_sheet(engine, workbook(tmp_path / "b.xlsx", Sheet=[]))


def test_a_workbook_under_a_wrong_name_is_still_one(engine, tmp_path):
    path = workbook(tmp_path / "b.xlsx", Calls=[["rep", "n"], ["Anna", 1]]).rename(tmp_path / "b.csv")
    assert cells(open_sheet(engine, path)) == [["Anna", "1"]]
