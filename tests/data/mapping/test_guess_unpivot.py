"""Sheets with one column per month are turned round; totals, quarters and titles are left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.files.reshape import needs_year
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.guess_role import guess_source
from workbench.data.mapping.guess_unpivot import guess_unpivot
from workbench.data.mapping.open_questions import open_questions
from workbench.data.mapping.table_roles import with_unpivot
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel

MONTHS = ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024", "May 2024", "Jun 2024"]
REPS = ["Ana Ruiz", "Ben Olsen", "Cleo Stone", "Dan Weber"]


def sheet(months: list[str] = MONTHS, title: str = "Sales by rep 2024\n\n") -> str:
    """A pivot of sales: quarters between the months, a total at the end of every row and below."""
    cells = [[100 * (r + 1) + m for m in range(len(months))] for r in range(len(REPS))]
    head = ["Salesperson", "Region", *months[:3], "Q1", *months[3:], "Q2", "Total"]
    lines = [",".join(head)]
    for rep, row in zip(REPS, cells, strict=True):
        lines.append(",".join(map(str, [rep, "North", *row[:3], sum(row[:3]), *row[3:], sum(row[3:]), sum(row)])))
    sums = [sum(column) for column in zip(*cells, strict=True)]
    lines.append(",".join(map(str, ["Total", "", *sums[:3], sum(sums[:3]), *sums[3:], sum(sums[3:]), sum(sums)])))
    return title + "\n".join(lines)


def guessed(folder: Path, **files: str) -> Panel:
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    dataset, _ = guess_dataset(folder, [f"{name}.csv" for name in files])
    assert dataset is not None
    return build_panel(dataset, folder)


@pytest.mark.parametrize(
    "months", [MONTHS, [f"2024-0{m}" for m in range(1, 7)], [f"0{m}/2024" for m in range(1, 7)],
               ["Januar 2024", "Februar 2024", "März 2024", "April 2024", "Mai 2024", "Juni 2024"]],
)  # fmt: skip
def test_a_column_per_month_becomes_a_row_per_month(tmp_path: Path, months: list[str]) -> None:
    """“No column of this file looks like a date” was the end of it."""
    panel = guessed(tmp_path, sales_sheet=sheet(months))
    assert panel.grain == "month"
    assert [info.label for info in panel.measures if info.source] == ["Sales"]
    assert sorted(panel.frame["rep"].unique()) == REPS
    assert panel.frame["sales"].sum() == sum(100 * (r + 1) + m for r in range(4) for m in range(6))
    assert set(panel.n_unused["reason"]) == {"total_row"}


def test_rows_that_name_what_they_count_become_measures(tmp_path: Path) -> None:
    rows = [
        f"{rep},{what},{','.join(str(k * (r + 1)) for k in range(1, 7))}"
        for r, rep in enumerate(REPS)
        for what in ("Calls", "Deals won")
    ]
    panel = guessed(tmp_path, activity="\n".join(["Rep,KPI," + ",".join(MONTHS), *rows]))
    assert [info.label for info in panel.measures if info.source] == ["Calls", "Deals won"]
    assert panel.frame["calls"].sum() == 21 * 10


def test_few_or_no_months_are_no_such_sheet() -> None:
    assert guess_unpivot(["rep", "Jan 2024", "Feb 2024"]) is None
    assert guess_unpivot(["rep", "date", "amount", "2021", "2022", "2023"]) is None
    spec = guess_unpivot(["rep", "Month", "value", *MONTHS])
    assert spec is not None
    assert (spec.date, spec.value) == ("month 2", "value 2")


def test_it_is_turned_off_and_on_by_hand(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(sheet(), encoding="utf-8")
    dataset, reasons = guess_dataset(tmp_path, ["s.csv"])
    assert dataset is not None
    assert {dict(issue.parts).get("choice") for issue in reasons} >= {"unpivot"}
    plain = with_unpivot(dataset, tmp_path, 0, wanted=False)
    assert (plain.sources[0].unpivot, plain.sources[0].date, plain.sources[0].measures) == (None, "", ())
    again = with_unpivot(plain, tmp_path, 0, wanted=True)
    assert again.sources[0].unpivot == dataset.sources[0].unpivot
    assert again.sources[0].date == "month"
    assert build_panel(again, tmp_path).frame.shape[0] == 24


def test_the_longest_history_gives_the_grain(tmp_path: Path) -> None:
    """Calls of a quarter, with more rows than the deals of a year, made a data set of weeks."""
    calls = "\n".join(
        ["rep,called"] + [f"{rep},2024-0{m}-{d:02d}" for rep in REPS for m in (2, 3) for d in range(1, 29)]
    )
    deals = "\n".join(["rep,closed,amount"] + [f"{rep},2024-{m:02d}-05,{m}" for rep in REPS for m in range(1, 13)])
    assert guessed(tmp_path, calls=calls, deals=deals).grain == "month"


HEAD = "Rep,Region,Jan,Feb,Mar,Q1,Apr,May,Jun,Q2,Total\n"
YEARLESS = HEAD + "".join(f"{who},N,1,2,3,6,4,5,6,15,21\n" for who in ("Ana", "Ben", "Total"))


@pytest.mark.parametrize(
    ("name", "text", "year"),
    [
        ("sales_2024.csv", YEARLESS, 2024),
        ("sales.csv", "Sales by rep 2023\n\n" + YEARLESS, 2023),
        ("sales.csv", YEARLESS, None),
    ],
)
def test_months_without_a_year_take_it_from_the_title_or_the_name(
    tmp_path: Path, name: str, text: str, year: int | None
) -> None:
    (tmp_path / name).write_text(text)
    source = guess_source(tmp_path, TableLocation(name))
    assert source.unpivot is not None
    assert source.unpivot.columns == ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
    assert (source.unpivot.year, needs_year(source.unpivot)) == (year, year is None)
    asked = open_questions(DataSet(name="d", sources=(source,)))
    assert [dict(issue.parts)["lacking"] for issue in asked] == ([] if year else ["year"])
    if year:
        panel = build_panel(DataSet(name="d", sources=(source,)), tmp_path)
        assert measure_totals(panel)[source.measures[0].name] == 2 * 21
        assert panel.frame["period"].min() == pd.Timestamp(year, 1, 1)
        assert panel.frame["period"].nunique() == 6


def test_a_month_before_the_one_to_its_left_is_of_the_next_year(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Mitarbeiter,Okt,Nov,Dez,Jänner,Feb,März\nAna,1,2,3,4,5,6\nBen,1,2,3,4,5,6\n")
    source = guess_source(tmp_path, TableLocation("s.csv"))
    assert source.unpivot is not None
    dated = source.model_copy(update={"unpivot": source.unpivot.model_copy(update={"year": 2023})})
    panel = build_panel(DataSet(name="d", sources=(dated,)), tmp_path)
    assert (panel.frame["period"].min(), panel.frame["period"].max()) == (
        pd.Timestamp("2023-10-01"), pd.Timestamp("2024-03-01"),
    )  # fmt: skip


def test_columns_that_only_begin_like_months_stay_columns() -> None:
    assert guess_unpivot(["Rep", "Margin", "Market", "Decision", "Octane"]) is None
