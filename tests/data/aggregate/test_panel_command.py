"""``python -m workbench panel``: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.scoring.panels import random_panel
from workbench.cli.main import main
from workbench.data.aggregate.save_panel import save_panel

KEYS = [
    "n_rows_read",
    "n_rows_used",
    "n_reps",
    "n_periods",
    "n_rep_periods",
    "first_period",
    "last_period",
    "totals",
    "issues",
    "engine",
]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    (tmp_path / "calls.csv").write_text(
        'rep,date,minutes\n"=HYPERLINK(""http://x"")",2024-01-05,3\nAnn,2024-01-31,\n'
        ",2024-01-09,1\nAnn,2024-03-05,4.25\n"
    )
    measures = [
        {"name": "calls"},
        {"name": "minutes", "aggregate": "sum", "column": "minutes"},
        {"name": "length", "aggregate": "mean", "column": "minutes"},
        {"name": "none", "aggregate": "max", "column": "minutes", "where": "minutes > 99"},
    ]
    source = {"name": "calls", "location": "calls.csv", "rep": "rep", "date": "date", "measures": measures}
    path = tmp_path / "calls.dataset.json"
    path.write_text(json.dumps({"name": "Calls", "sources": [source]}))
    return path


def test_it_prints_one_json_object_with_the_promised_keys(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", str(dataset), "--json"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert set(KEYS) <= set(found)
    assert [found[key] for key in KEYS[:7]] == [4, 3, 2, 3, 4, "2024-01-01", "2024-03-01"]
    assert found["totals"] == {"calls": 3, "minutes": 7.25, "length": pytest.approx(7.25 / 2), "none": None}
    blank = next(issue for issue in found["issues"] if issue["code"] == "blank_rep")
    assert (blank["level"], blank["n_rows"]) == ("warning", 1)
    assert {"level", "code", "where", "message", "fix", "n_rows"} == set(blank)
    assert found["engine"] == "duckdb"
    assert "Reading 4 rows of calls" in printed.err


def test_without_json_it_prints_a_readable_summary(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", str(dataset)]) == 0
    printed = capsys.readouterr().out
    assert "Calls: 3 of 4 rows used" in printed
    assert "2 reps, 3 months (2024-01-01 to 2024-03-01), 4 rep-periods" in printed


def test_csv_has_plain_dates_and_no_formula(dataset: Path) -> None:
    out = dataset.with_name("panel.csv")
    assert main(["panel", str(dataset), "--out", str(out)]) == 0
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rep"], row["period"], float(row["calls"])) for row in rows] == [
        ('\'=HYPERLINK("http://x")', "2024-01-01", 1),
        ("Ann", "2024-01-01", 1),
        ("Ann", "2024-02-01", 0),
        ("Ann", "2024-03-01", 1),
    ]
    assert rows[2]["length"] == ""


def test_parquet_is_exact(dataset: Path) -> None:
    out = dataset.with_name("panel.parquet")
    assert main(["panel", str(dataset), "--out", str(out)]) == 0
    frame = pd.read_parquet(out)
    assert frame.loc[0, "rep"] == '=HYPERLINK("http://x")'
    assert frame["minutes"].sum() == 7.25
    assert frame["period"].dt.month.tolist() == [1, 1, 2, 3]


def test_rows_not_used_can_be_written_with_their_reasons(dataset: Path) -> None:
    out = dataset.with_name("unused.csv")
    assert main(["panel", str(dataset), "--unused", str(out)]) == 0
    assert out.read_text(encoding="utf-8").splitlines() == [
        "source,row,reason,rep,date,minutes",
        "calls,3,no rep,,2024-01-09,1",
    ]


@pytest.mark.parametrize("option", ["--out", "--unused"])
@pytest.mark.parametrize("out", ["panel.xls", "missing/panel.csv"])
def test_a_place_that_cannot_be_written_is_an_input_fault(
    dataset: Path, option: str, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["panel", str(dataset), option, str(dataset.parent / out)]) == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "endings"), [("--out", ".parquet or .csv"), ("--unused", ".csv")])
def test_another_ending_is_refused_with_those_that_can_be_written(
    dataset: Path, option: str, endings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["panel", str(dataset), option, str(dataset.with_name("panel.xls"))]) == 2
    assert f"This is written as {endings}, not “.xls”." in capsys.readouterr().err


def test_parquet_of_some_rows_has_no_column_but_those_of_the_panel(tmp_path: Path) -> None:
    panel = random_panel(1)
    some = replace(panel, frame=panel.frame[panel.frame["calls"] > 200])
    save_panel(some, tmp_path / "panel.parquet")
    assert pq.read_schema(tmp_path / "panel.parquet").names == list(panel.frame)


def test_every_problem_goes_to_stderr_with_exit_2(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(dataset.read_text())
    content["sources"][0] |= {"rep": "repp", "date": "dat"}
    dataset.write_text(json.dumps(content))
    assert main(["panel", str(dataset), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "There is no column “repp”. Did you mean “rep”?" in printed.err
    assert "There is no column “dat”. Did you mean “date”?" in printed.err
