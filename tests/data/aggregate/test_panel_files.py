"""Panels of the kinds of files that people bring: messy workbooks, typed files, time zones, money as written."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.data.panels import build, cells, issues, source
from workbench.data.aggregate.measure_totals import measure_totals

VALUE = {"name": "value", "aggregate": "sum", "column": "value"}
UTC_NIGHT, NEXT_DAY = "2024-01-31T23:30:00", ("Ann", "2024-02-01")


@pytest.mark.parametrize(
    ("written", "timezone", "expected"),
    [
        (f"{UTC_NIGHT}Z", "Europe/Berlin", "2024-02-01"),
        (f"{UTC_NIGHT}+00:00", "Europe/Berlin", "2024-02-01"),
        ("2024-02-01T00:30:00+01:00", "America/New_York", "2024-01-01"),
        (f"{UTC_NIGHT}Z", None, "2024-01-01"),
        (f"{UTC_NIGHT}-08:00", None, "2024-01-01"),
        (UTC_NIGHT, "Europe/Berlin", "2024-01-01"),
        ("2024-03-31T00:59:00Z", "Europe/Berlin", "2024-03-01"),
        ("2024-03-31T22:30:00Z", "Europe/Berlin", "2024-04-01"),  # summer time: two hours ahead
    ],
)
def test_moments_and_the_time_zone(tmp_path: Path, written: str, timezone: str | None, expected: str) -> None:
    panel = build(tmp_path, {"calls.csv": f"rep,date\nAnn,{written}\n"}, timezone=timezone)
    assert cells(panel, "n") == {("Ann", expected): 1}


def test_an_hour_that_happens_twice_keeps_both_calls(tmp_path: Path) -> None:
    text = "rep,date\nAnn,2024-10-27T00:30:00Z\nAnn,2024-10-27T01:30:00Z\n"
    panel = build(tmp_path, {"calls.csv": text}, grain="day", timezone="Europe/Berlin")
    assert cells(panel, "n") == {("Ann", "2024-10-27"): 2}


def test_typed_files_keep_their_moments(tmp_path: Path) -> None:
    moments = pa.array([pd.Timestamp(UTC_NIGHT, tz="UTC")], pa.timestamp("us", tz="UTC"))
    table = pa.table({"rep": ["Ann"], "date": moments, "value": pa.array([1.5]).cast(pa.decimal128(10, 2))})
    pq.write_table(table, tmp_path / "calls.parquet")
    panel = build(tmp_path, {}, source(location="calls.parquet", measures=[VALUE]), timezone="Europe/Berlin")
    assert cells(panel, "value") == {NEXT_DAY: 1.5}


@pytest.mark.parametrize("ending", ["csv.gz", "jsonl", "tsv", "utf16.csv", "cp1251.csv"])
def test_the_same_rows_in_other_files(tmp_path: Path, ending: str) -> None:
    rows = [{"rep": "Анна", "date": "2024-01-05", "value": "1"}, {"rep": "Борис", "date": "2024-01-09", "value": "2"}]
    text = pd.DataFrame(rows).to_csv(index=False)
    contents = {
        "csv.gz": gzip.compress(text.encode()),
        "jsonl": "\n".join(json.dumps(row) for row in rows).encode(),
        "tsv": text.replace(",", "\t").encode(),
        "utf16.csv": text.encode("utf-16"),
        "cp1251.csv": text.encode("cp1251"),
    }
    (tmp_path / f"calls.{ending}").write_bytes(contents[ending])
    panel = build(tmp_path, {}, source(location=f"calls.{ending}", measures=[VALUE]))
    assert cells(panel, "value") == {("Анна", "2024-01-01"): 1, ("Борис", "2024-01-01"): 2}


def test_money_and_days_as_people_write_them(tmp_path: Path) -> None:
    text = "rep;date;value\nAnn;05.01.2024;€ 3.500,00\nAnn;31.01.2024;(1.200,50)\nBob;7.2.2024;1.000.000\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[VALUE]))
    assert cells(panel, "value") == {("Ann", "2024-01-01"): 2299.5, ("Bob", "2024-02-01"): 1_000_000}


def workbook(path: Path, rows: list[list[Any]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("Q1"), book.add_format({"num_format": "dd.mm.yyyy"})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, pd.Timestamp):
                    sheet.write_datetime(y, x, cell, day)
                elif cell is not None:
                    sheet.write(y, x, cell)


def test_a_workbook_as_somebody_keeps_it(tmp_path: Path) -> None:
    date = pd.Timestamp("2024-01-09")
    rows = [
        ["Sales report 2024"], ["made by hand, do not touch"], [],
        ["Rep", "Day", None, "Amount", "Order"],
        ["Ann Lee ", date, None, 1200.5, 4500000123],
        ["Ann Lee", pd.Timestamp("2024-02-09"), None, "$1,000.00", 4500000124],
        [],
        ["Bob Ray", date, None, "n/a", 4500000125],
        ["#REF!", date, None, 7, 4500000126],
        ["Total", None, None, 2200.5, None],
    ]  # fmt: skip
    workbook(tmp_path / "book.xlsx", rows)
    amount = {"name": "amount", "aggregate": "sum", "column": "Amount"}
    panel = build(tmp_path, {}, source(location="book.xlsx", rep="Rep", date="Day", id="Order", measures=[amount]))
    assert measure_totals(panel) == {"amount": 2200.5}
    assert panel.reps["rep"].tolist() == ["Ann Lee", "Bob Ray"]
    assert dict(zip(panel.n_unused["reason"], panel.n_unused["n_rows"], strict=True)) == {
        "rep_error": 1, "total_row": 1,
    }  # fmt: skip


def test_ids_of_a_workbook_match_ids_of_a_text_file(tmp_path: Path) -> None:
    workbook(
        tmp_path / "calls.xlsx", [["who", "date"], [282, pd.Timestamp("2024-01-09")], [283, pd.Timestamp("2024-01-09")]]
    )
    lookup = {"location": "people.csv", "on": {"who": "key"}, "take": ["rep"]}
    files = {"people.csv": "key,rep\n282,Ann\n283,Bob\n"}
    panel = build(tmp_path, files, source(location="calls.xlsx", lookups=[lookup]))
    assert panel.reps["rep"].tolist() == ["Ann", "Bob"]
    assert not issues(panel, "lookup_almost")


def test_columns_named_like_our_own_do_no_harm(tmp_path: Path) -> None:
    names = "rep,date,reason,period,found0,key0_0,take0,w0,v0,repeat,fault,who,date0,nth,raw,__first__,value"
    row = "Ann,2024-01-05,r,p,f,k,t,1,2,3,f,w,d,n,x,y,8"
    lookup = {"location": "more.csv", "on": {"take0": "take0"}, "take": ["zone"]}
    measures = [VALUE, {"name": "v", "aggregate": "sum", "column": "v0", "where": "reason == 'r' and zone == 'z'"}]
    files = {"calls.csv": f"{names}\n{row}\n", "more.csv": "take0,zone\nt,z\n"}
    panel = build(tmp_path, files, source(lookups=[lookup], measures=measures))
    assert measure_totals(panel) == {"value": 8, "v": 2}


def test_wide_files_are_read_where_needed_only(tmp_path: Path) -> None:
    frame = pd.DataFrame({"rep": ["Ann"], "date": ["2024-01-05"], **{f"c{n}": ["x" * 50] for n in range(300)}})
    frame.to_parquet(tmp_path / "calls.parquet")
    assert measure_totals(build(tmp_path, {}, source(location="calls.parquet"))) == {"n": 1}
