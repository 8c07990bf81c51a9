"""First rows and frequent values are what the file says, as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.mapping.preview import first_rows, frequent_values
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


def test_frequent_values_are_counted_without_blanks_the_most_frequent_first(deals: Path) -> None:
    assert frequent_values(SOURCE, deals, "stage") == (("Won", 2), ("<b>", 1), ("Lost", 1))
    assert frequent_values(SOURCE, deals, "stage", most=1) == (("Won", 2),)
    assert frequent_values(SOURCE, deals, "nothing") == ()
