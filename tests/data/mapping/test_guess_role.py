"""Once a table's role is known, its columns are guessed; sheets of a workbook are tables of their own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import xlsxwriter

from workbench.data.engine.embedded import Engine
from workbench.data.files.table import open_table
from workbench.data.files.table_locations import TableLocation, list_tables
from workbench.data.mapping.guess_role import guess_lookup, guess_roster, guess_source
from workbench.data.mapping.profile import ColumnProfile, profile_columns
from workbench.data.model.dataset import Source

DEALS = [["agent", "closed_on", "stage", "value"]] + [
    [f"Rep {n % 3}", f"2026-01-{n + 1:02}", "Won" if n % 2 else "Lost", 100 + n] for n in range(12)
]
TEAM = [["agent", "office", "hired"], *([f"Rep {n}", ("North", "South")[n % 2], "2024-05-01"] for n in range(3))]
STAGES = [["stage", "meaning"], ["Won", "sold"], ["Lost", "not sold"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        for name, rows in {"Deals": DEALS, "Team": TEAM, "Stages": STAGES, "Old": []}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == "Old":
                sheet.hide()
    (tmp_path / "one.csv").write_text("a,b\n1,2\n")
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute("create table calls (rep text)")
        connection.execute("create table people (rep text)")
    connection.close()
    return tmp_path


def test_every_visible_sheet_and_every_table_is_a_place_of_its_own(folder: Path) -> None:
    assert [place.label for place in list_tables(folder, "book.xlsx")] == [
        "book.xlsx › Deals",
        "book.xlsx › Team",
        "book.xlsx › Stages",
    ]
    assert list_tables(folder, "crm.db") == (
        TableLocation("crm.db", table="calls"),
        TableLocation("crm.db", table="people"),
    )
    assert list_tables(folder, "one.csv") == (TableLocation("one.csv"),)


def test_a_file_that_only_claims_to_be_a_workbook_is_one_place(folder: Path) -> None:
    (folder / "fake.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert list_tables(folder, "fake.xlsx") == (TableLocation("fake.xlsx"),)


def test_a_sheet_becomes_a_source_with_measures(folder: Path) -> None:
    source = guess_source(folder, TableLocation("book.xlsx", sheet="Deals"))
    assert (source.name, source.sheet, source.rep, source.date) == ("Deals", "Deals", "agent", "closed_on")
    assert source.measures


def test_a_table_without_rep_or_date_is_left_open(folder: Path) -> None:
    source = guess_source(folder, TableLocation("book.xlsx", sheet="Stages"))
    assert (source.rep, source.date, source.measures) == ("", "", ())
    assert guess_source(folder, TableLocation("missing.csv")).rep == ""


def test_a_sheet_becomes_the_team_list(folder: Path) -> None:
    roster = guess_roster(folder, TableLocation("book.xlsx", sheet="Team"))
    assert (roster.rep, roster.attributes, roster.start, roster.end) == ("agent", ("office",), "hired", None)


def test_a_sheet_becomes_names_looked_up_by_what_both_have(folder: Path) -> None:
    source = Source(name="Deals", location="book.xlsx", sheet="Deals", rep="agent", date="closed_on")
    lookup = guess_lookup(folder, TableLocation("book.xlsx", sheet="Stages"), source)
    assert (lookup.sheet, lookup.on, lookup.take) == ("Stages", {"stage": "stage"}, ("meaning",))


def test_numbers_too_large_for_whole_numbers_or_none_at_all_are_looked_at_too(folder: Path) -> None:
    (folder / "odd.csv").write_text("account,ratio\n40817810904500020000,nan\n40817810904500020001,1.5\n")
    large, odd = (column for column in profiled(folder / "odd.csv"))
    assert (large.kind, odd.kind, odd.whole) == ("number", "number", False)


def profiled(path: Path) -> tuple[ColumnProfile, ...]:
    with Engine() as engine:
        return profile_columns(open_table(path.name, folder=path.parent, engine=engine), engine)
