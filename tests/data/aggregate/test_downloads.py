"""Downloads hold what was on screen, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.data.aggregate.downloads import dataset_file_bytes, panel_csv, spreadsheet_csv, unused_rows_csv
from workbench.data.events.events import REASONS
from workbench.data.model.dataset import DataSet, Source, parse_dataset
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.words.unused_reasons import UNUSED_REASONS

FRAME = pd.DataFrame(
    {"rep": ["=1+1", "Ben"], "period": pd.to_datetime(["2026-01-01", "2026-02-01"]), "net": [-5.0, 2.0]}
)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\n=", "\r\n＝", "\t", "\u200b@", "  \n -"]


@pytest.mark.parametrize("start", STARTS)
def test_a_spreadsheet_runs_no_text(start: str) -> None:
    text = f"{start}cmd()"
    frame = pd.DataFrame({"rep": [text, "Ann-Lee", " Ann"], text: [1, -2, 3]})
    found = rows(spreadsheet_csv(frame))
    assert [row[0] for row in found] == ["rep", f"'{text}", "Ann-Lee", " Ann"]
    assert [row[1] for row in found] == [f"'{text}", "1", "-2", "3"]


def panel() -> Panel:
    unused = pd.DataFrame({"source": ["calls"], "row": [7], "reason": ["blank_rep"], "note": ["@SUM(A1)"]})
    return Panel("P", "month", FRAME, (MeasureInfo("net", "sum"),), pd.DataFrame({"rep": ["Ben"]}), unused=unused)


def test_the_panel_keeps_its_numbers_and_disarms_names() -> None:
    assert rows(panel_csv(panel())) == [
        ["rep", "period", "net"],
        ["'=1+1", "2026-01-01", "-5.0"],
        ["Ben", "2026-02-01", "2.0"],
    ]


def test_the_rows_not_used_carry_their_reason() -> None:
    assert rows(unused_rows_csv(panel(), UNUSED_REASONS)) == [
        ["source", "row", "reason", "note"],
        ["calls", "7", "no rep", "'@SUM(A1)"],
    ]


def test_every_reason_has_words() -> None:
    assert set(UNUSED_REASONS) == set(REASONS)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_cell_of_text_begins_like_a_formula(cells: list[str]) -> None:
    written = spreadsheet_csv(pd.DataFrame({"=head": cells})).decode("utf-8-sig")
    read = pd.read_csv(io.StringIO(written), dtype=str, keep_default_na=False, skip_blank_lines=False)
    assert not [cell for cell in [*read.columns, *read.iloc[:, 0]] if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("zone", [None, "Europe/Zurich"])
def test_the_data_set_file_reads_back_as_the_same_data_set(zone: str | None) -> None:
    dataset = DataSet(name="Ünï", timezone=zone, sources=(Source(name="a", location="a.csv", rep="r", date="d"),))
    assert parse_dataset(json.loads(dataset_file_bytes(dataset))) == dataset
