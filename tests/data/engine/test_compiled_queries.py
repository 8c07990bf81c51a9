"""Queries are translated once, and answered by the engine in which they are asked."""

from __future__ import annotations

from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from ibis.common.exceptions import TableNotFound

from workbench.data.engine import compiled_queries
from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import drop_tables, materialize


def _csv(folder: Path, *amounts: int) -> Path:
    path = folder / "amounts.csv"
    path.write_text("rep,amount\n" + "".join(f"Ana,{amount}\n" for amount in amounts), encoding="utf-8")
    return path


def _read(path: Path, engine: Engine) -> ir.Table:
    return engine.connection.read_csv(str(path), table_name=engine.table_name())


def _total(rows: ir.Table) -> int:
    return rows.aggregate(total=rows["amount"].sum()).to_pyarrow()["total"][0].as_py()


def test_the_same_question_is_translated_once_and_answered_from_each_engines_own_rows(tmp_path: Path) -> None:
    with Engine() as one, Engine() as other:
        mine = _read(_csv(tmp_path, 1, 2), one)
        assert _total(mine) == 3
        before = compiled_queries._translate.cache_info()
        theirs = _read(_csv(tmp_path, 30, 12), other)
        assert _total(theirs) == 42
        after = compiled_queries._translate.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


def test_literals_that_hash_alike_stay_apart(tmp_path: Path) -> None:
    """In Python, −1 and −2 have the same hash, and 1, 1.0 and True are equal."""
    with Engine() as engine:
        rows = _read(_csv(tmp_path, 5), engine)
        asked = [rows.select(x=ibis.literal(value)) for value in (-1, -2, 1, 1.0, True, "1")]
        said = [each.to_pyarrow()["x"][0].as_py() for each in asked]
    assert [(value, type(value)) for value in said] == [
        (-1, int), (-2, int), (1, int), (1.0, float), (True, bool), ("1", str),
    ]  # fmt: skip


def test_frames_are_read_in_every_engine() -> None:
    frame = ibis.memtable(pa.table({"amount": [1, 2]}))
    for _ in range(2):
        with Engine() as engine:
            assert engine.connection.to_pyarrow(frame.amount.sum()).as_py() == 3
            assert materialize(engine, frame).count().to_pyarrow().as_py() == 2


@pytest.mark.parametrize("name", ["amount", 'a "quoted" name', "Größe"])
def test_stored_rows_have_the_types_of_the_expression(tmp_path: Path, name: str) -> None:
    with Engine() as engine:
        rows = _read(_csv(tmp_path, 5, 7), engine)
        kinds = {
            name: rows["amount"], "small": ibis.literal(1), "share": rows["amount"] / 2, "none": ibis.null("string"),
            "day": ibis.date("2024-02-29"), "yes": ibis.literal(True), "part": rows["amount"].cast("decimal(9, 2)"),
        }  # fmt: skip
        asked = rows.filter(rows["amount"] > 5).select(**kinds)
        kept = materialize(engine, asked)
        described = engine.connection.table(kept.op().name).schema()
        assert kept.schema() == asked.schema()
        assert [kind.copy(nullable=True) for kind in described.types] == [
            kind.copy(nullable=True) for kind in asked.schema().types
        ]
        assert kept.to_pyarrow()[name].to_pylist() == [7]
        drop_tables(engine, kept)
        with pytest.raises(TableNotFound):
            engine.connection.table(kept.op().name)
