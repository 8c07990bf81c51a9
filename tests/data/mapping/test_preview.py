"""First rows and frequent values are what the file says, as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.mapping.preview import ValueCounts, count_values, first_rows
from workbench.data.model.dataset import Source


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    lines = ["id,stage", "0012,Won", "0013, Won ", "0014,Lost", "0015,", "0016,<b>"]
    (tmp_path / "deals.csv").write_text("\n".join(lines) + "\n")
    return tmp_path


SOURCE = Source(name="deals", location="deals.csv", rep="id", date="id")


def test_the_first_rows_keep_leading_zeros_and_order(deals: Path) -> None:
    rows = first_rows(SOURCE, deals, n=4)
    assert rows["id"].tolist() == ["0012", "0013", "0014", "0015"]
    assert rows["stage"].str.strip().tolist() == ["Won", "Won", "Lost", ""]


def test_values_are_counted_beside_blanks_the_most_frequent_first(deals: Path) -> None:
    assert count_values(SOURCE, deals, "stage") == ValueCounts((("Won", 2), ("<b>", 1), ("Lost", 1)), 3, 1)
    assert count_values(SOURCE, deals, "stage", most=1) == ValueCounts((("Won", 2),), 3, 1)
    assert count_values(SOURCE, deals, "nothing", ("Won",)) == ValueCounts()


def test_a_rare_value_that_is_asked_for_has_its_own_count(deals: Path) -> None:
    named = ("Lost", "Won", "Gone", "")
    assert count_values(SOURCE, deals, "stage", named, most=1).rows == (("Won", 2), ("Lost", 1), ("Gone", 0))


def test_values_are_counted_over_all_stacked_files(deals: Path) -> None:
    (deals / "more.csv").write_text("id,stage\n0017,Lost\n0018,Lost\n")
    (deals / "last.csv").write_text("id\n0019\n")
    stacked = SOURCE.model_copy(update={"location": ("deals.csv", "more.csv", "last.csv")})
    assert count_values(stacked, deals, "stage") == ValueCounts((("Lost", 3), ("Won", 2), ("<b>", 1)), 3, 2)
