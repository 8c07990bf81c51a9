"""Rows that are stored in a file are the same as those stored in memory, and so is the panel made of them."""

from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.engine import temp_tables
from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import drop_tables, materialize, store_rows
from workbench.data.model.dataset import parse_dataset

WORK = pd.DataFrame({
    "rep": ["Ana", " Ana", "Bo", "Bo", "Bo", None, "Total", "Grand total"],
    "day": pd.to_datetime(["2025-01-03", "2025-02-04", "2025-01-03", "2025-01-03", None, "2025-01-05", None, None]),
    "amount": [1.5, 2.0, 4.0, 4.0, 8.0, 16.0, 15.5, 15.5],
})  # fmt: skip
SOURCE = {
    "name": "sales", "rep": "rep", "date": "day",
    "measures": [{"name": "sales", "aggregate": "sum", "column": "amount"}, {"name": "rows"}],
}  # fmt: skip


def test_many_rows_lie_in_a_file_that_goes_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temp_tables, "MOST_IN_MEMORY", 4)
    with Engine() as engine:
        rows = materialize(engine, ibis.memtable(pd.DataFrame({"n": range(5)})).mutate(none=ibis.null("string")))
        few, many = store_rows(engine, rows, 4), store_rows(engine, rows, 5)
        assert len(list(engine.folder.glob("*.parquet"))) == 1
        assert few.to_pyarrow().to_pylist() == many.to_pyarrow().to_pylist()
        again = store_rows(engine, rows, 5)
        assert len(list(engine.folder.glob("*.parquet"))) == 2
        drop_tables(engine, rows, few, many)
        assert len(list(engine.folder.glob("*.parquet"))) == 1
        assert again.count().to_pyarrow().as_py() == 5
        drop_tables(engine, again)
        assert not list(engine.folder.glob("*.parquet"))
        assert not engine.connection.raw_sql("SELECT 1 FROM duckdb_tables() WHERE NOT internal").fetchall()


def test_no_path_is_given_twice_when_files_go() -> None:
    with Engine() as engine:
        first, second = (engine.scratch(".txt") for _ in range(2))
        second.write_text("kept")
        first.write_text("gone")
        first.unlink()
        assert len({first, second, engine.scratch(".txt")}) == 3


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("most", [1, 100])
def test_the_panel_is_the_same_wherever_rows_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, most: int
) -> None:
    monkeypatch.setattr(temp_tables, "MOST_IN_MEMORY", most)
    duckdb.from_df(WORK).query("work", f"COPY work TO '{tmp_path / 'sales'}.{form}' (FORMAT {form})")
    panel = build_panel(parse_dataset({"name": "x", "sources": [SOURCE | {"location": f"sales.{form}"}]}), tmp_path)
    assert_frame_equal(
        panel.frame[["rep", "sales", "rows"]],
        pd.DataFrame({"rep": ["Ana", "Ana", "Bo"], "sales": [1.5, 2.0, 8.0], "rows": [1.0, 1.0, 2.0]}),
        check_dtype=False,
    )
    assert {issue.code: issue.n_rows for issue in panel.issues if issue.code in ("duplicate_rows", "total_row")} == {
        "duplicate_rows": 1, "total_row": 2,
    }  # fmt: skip
    assert panel.n_unused.set_index("reason")["n_rows"].to_dict() == {"total_row": 2, "no_date": 1, "blank_rep": 1}
