"""What a column is told to be does not hang on the columns beside it, nor on how it is found out."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.parquet_staging import stage_rows
from workbench.data.files.table import Table, open_table
from workbench.data.mapping import profile
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


SPELLED = st.sampled_from(
    ["Firm 12", "C0041", "+1 555 201-1000", "1.3.2024", "31/01/24", "5 March 2024", "2024-W05", "45292", "$1,200.50",
     "1.200,50 €", "(3)", "12%", "1.2M", "7 days", "10:15", "n/a", "-", "", "Q1 2024", "1e5", "0.5.1", "99" * 40, "two"]
)  # fmt: skip


@given(cells=st.lists(SPELLED, min_size=1, max_size=2).flatmap(lambda few: st.lists(st.sampled_from(few), max_size=12)))
@settings(max_examples=examples(40))
def test_what_looks_like_no_number_and_no_date_reads_as_neither(cells: list[str]) -> None:
    """Looks are asked of all columns at once, and spare reading most of them; they may not decide otherwise."""
    with Engine() as engine:
        rows = stage_rows([[cell] for cell in cells], ["v"], engine).mutate(**{ROW: ibis.row_number()})
        table = Table(rows, ("v",), (), len(cells))
        told = profile_columns(table, engine)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(profile, "_may_be_numbers", lambda *asked: True)
            patch.setattr(profile, "_may_be_dates", lambda *asked: True)
            assert told == profile_columns(table, engine)


def test_codes_are_known_without_reading_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codes.csv").write_text(
        "firm,call,phone\nFirm 12,C0041,+1 555 201-1000\nFirm 3,C0042,+1 555 202-1111\n", "utf-8"
    )
    read: list[str] = []
    for how in ("parse_numbers", "parse_dates"):
        monkeypatch.setattr(profile.read_column, how, lambda *asked: read.append(asked[1]))
    with Engine() as engine:
        seen = profile_columns(open_table("codes.csv", folder=tmp_path, engine=engine), engine)
    assert [column.kind for column in seen] == ["text", "text", "text"]
    assert not read
