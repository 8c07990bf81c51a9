"""The latest cases of an export, some of which close after it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.data.panels import build, issue, issues, source
from workbench.data.model.dataset import Measure
from workbench.data.model.panel import Panel
from workbench.words.issues import describe_issue

END = dt.date(2024, 12, 31)
CLOSED = Measure(name="closed", where="stage in ('Won', 'Lost')", date="closed")
WON = Measure(name="won", where="stage == 'Won'", date="closed")


def deals(days: Callable[[int], int], *, planned: bool = False) -> str:
    """Three deals a day through 2024; those that would close later are open at the end of the year."""
    lines = ["rep,date,closed,stage"]
    for day in range(366):
        began = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        for number in range(3):
            closed = began + dt.timedelta(days=days(3 * day + number))
            stage = "Open" if closed > END else ("Won", "Lost")[number % 2]
            lines.append(f"Ann,{began},{closed if planned or closed <= END else ''},{stage}")
    return "\n".join(lines) + "\n"


def slow(number: int) -> int:
    return 10 + 9 * (number % 10)


def found(folder: Path, text: str, *measures: Measure) -> Panel:
    counted = [each.model_dump(exclude_none=True) for each in (Measure(name="deals"), *measures)]
    return build(folder, {"deals.csv": text}, source("deals", "deals.csv", measures=counted))


@pytest.mark.parametrize("planned", [False, True])
def test_the_months_whose_cases_may_still_close_are_named(tmp_path: Path, planned: bool) -> None:
    panel = found(tmp_path, deals(slow, planned=planned), CLOSED, WON)
    said = describe_issue(issue(panel, "still_open"))
    assert "begun in October to December 2024 are still open and may close later." in said.message
    assert "Nine in ten close within 82 days." in said.message
    assert said.fix.startswith("Compare wins with new cases in earlier months only")
    n_open = sum("Open" in line for line in deals(slow).splitlines())
    assert issue(panel, "still_open").n_rows == n_open


def test_one_kind_of_closed_rows_leaves_the_rest_to_the_date(tmp_path: Path) -> None:
    """Lost deals are not open because only won ones are counted."""
    text = deals(slow)
    panel = found(tmp_path, text, WON)
    assert issue(panel, "still_open").n_rows == sum("Open" in line for line in text.splitlines())


@pytest.mark.parametrize("days", [lambda _: 0, lambda number: number % 5])
def test_cases_that_close_within_days_are_no_matter(tmp_path: Path, days: Callable[[int], int]) -> None:
    assert issues(found(tmp_path, deals(days), CLOSED, WON), "still_open") == []


def test_an_export_in_which_all_cases_have_closed_ends_too_early_for_none(tmp_path: Path) -> None:
    done = "\n".join(line for line in deals(slow).splitlines() if not line.endswith("Open")) + "\n"
    assert issues(found(tmp_path, done, CLOSED, WON), "still_open") == []


def test_without_another_date_nothing_is_said(tmp_path: Path) -> None:
    own = Measure(name="won", where="stage == 'Won'")
    assert issues(found(tmp_path, deals(slow), own), "still_open") == []
