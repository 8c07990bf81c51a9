"""Rows without a date that have not got that far, and rows whose date is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.panels import build, issue, issues, source
from workbench.words.issues import describe_issue

DEALS = """rep,date,stage
Ann,2024-01-02,Won
Ann,2024-01-31,Engaging
Bob,2024-02-15,Lost
Bob,2024-03-29,Engaging
Ann,,Prospecting
Bob,,Prospecting
"""


def test_rows_that_have_not_got_that_far_are_not_to_be_filled_in(tmp_path: Path) -> None:
    panel = build(tmp_path, {"deals.csv": DEALS}, source("deals", "deals.csv"))
    said = describe_issue(issue(panel, "not_yet_dated"))
    assert said.message == "2 rows at “Prospecting” have no date yet, so they are in no period. At stake: n 2."
    assert said.fix.startswith("Nothing to do")
    assert issues(panel, "no_date") == []


@pytest.mark.parametrize("row", ["Ann,,Engaging", "Ann,,Lost", "Ann,,"])
def test_a_date_that_others_at_the_stage_have_is_missing(tmp_path: Path, row: str) -> None:
    panel = build(tmp_path, {"deals.csv": f"{DEALS}{row}\n"}, source("deals", "deals.csv"))
    assert "Fill in the date" in describe_issue(issue(panel, "no_date")).fix


def test_a_stage_that_ends_a_case_has_a_date(tmp_path: Path) -> None:
    lost = DEALS.replace("Prospecting", "Closed Lost")
    panel = build(tmp_path, {"deals.csv": lost}, source("deals", "deals.csv"))
    assert issues(panel, "not_yet_dated") == []
