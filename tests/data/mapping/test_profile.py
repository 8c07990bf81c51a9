"""What a column is told to be does not hang on the columns beside it, nor on how it is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.engine.embedded import Engine
from workbench.data.files.table import open_table
from workbench.data.mapping.profile import ColumnProfile, profile_columns, profiles_by_name

COLUMNS = {
    "name": ("Ana", "Ben", "Ana", ""),
    "whole": ("1", "2", "2", ""),
    "share": ("0.5", "1.25", "-3.0", "n/a"),
    "money": ("$1,200.50", "$3.00", "$3.00", ""),
    "day": ("2024-01-31", "2024-02-29", "2024-02-29", ""),
    "moment": ("2024-01-31 09:00:00", "2024-01-31 09:30:00", "", ""),
    "written": ("31.01.2024", "29.02.2024", "1.3.2024", ""),
    "close date": ("990201", "990228", "990301", "990302"),
    "stamp": ("20240131", "20240229", "20240301", "20240302"),
    "order id": ("20240131", "20240229", "20240301", "20240302"),
    "century": ("0024-01-31", "0024-02-29", "", ""),
    "none": ("n/a", "-", "", ""),
    "mixed": ("1", "two", "3", "2024-01-31"),
}


@pytest.fixture
def seen(tmp_path: Path) -> dict[str, ColumnProfile]:
    lines = [",".join(COLUMNS), *(",".join(f'"{cell}"' for cell in row) for row in zip(*COLUMNS.values(), strict=True))]
    (tmp_path / "all.csv").write_text("\n".join(lines), encoding="utf-8")
    with Engine() as engine:
        table = open_table("all.csv", folder=tmp_path, engine=engine)
        together = profile_columns(table, engine)
        alone = tuple(profile_columns(table, engine, [name])[0] for name in table.columns)
        assert profile_columns(table, engine, []) == ()
    assert together == alone
    return profiles_by_name(together)


def test_kinds(seen: dict[str, ColumnProfile]) -> None:
    assert {name: column.kind for name, column in seen.items()} == {
        "name": "text", "whole": "number", "share": "number", "money": "number", "day": "date", "moment": "date",
        "written": "date", "close date": "date", "stamp": "date", "order id": "number", "century": "date",
        "none": "empty", "mixed": "text",
    }  # fmt: skip
    assert {name for name, column in seen.items() if column.whole} == {"whole", "order id"}


def test_counts_and_values(seen: dict[str, ColumnProfile]) -> None:
    name, stamp, none = seen["name"], seen["stamp"], seen["none"]
    assert (name.n_rows, name.filled, name.n_distinct, name.values) == (4, 0.75, 2, ("Ana", "Ben"))
    assert name.repeats == 1.5
    assert stamp.unique
    assert (none.filled, none.values) == (0.5, ("-", "n/a"))
    assert seen["day"].values == ("2024-02-29", "2024-01-31")


def test_a_file_without_rows(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("rep,day\n", encoding="utf-8")
    with Engine() as engine:
        columns = profile_columns(open_table("none.csv", folder=tmp_path, engine=engine), engine)
    assert columns == tuple(ColumnProfile(name, "empty", 0, 0.0, 0, False, ()) for name in ("rep", "day"))
