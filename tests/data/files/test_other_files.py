"""Parquet, JSON and SQLite files, and named connections."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.data.reading import cells, codes, opened
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.files.table import open_table
from workbench.errors import InputError

LONG_ID = 1234567890123456789


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


def test_parquet_keeps_its_types(engine, tmp_path):
    content = {"id": [LONG_ID, None], "at": [dt.datetime(2024, 1, 2, 3), None], "v": [1.5, None]}
    pq.write_table(pa.table(content), tmp_path / "f.parquet")
    table = open_table("f.parquet", folder=tmp_path, engine=engine)
    assert [str(table.rows[name].type()) for name in table.columns] == ["int64", "timestamp(6)", "float64"]
    assert (table.n_rows, codes(table.issues), cells(table)) == (
        1,
        {"empty_rows": 1},
        [[LONG_ID, content["at"][0], 1.5]],
    )


@pytest.mark.parametrize("name", ["f.jsonl", "f.ndjson", "f.json"])
def test_json_lines_keep_every_digit(engine, tmp_path, name):
    text = '{"id": 12345678901234567890, "day": "2024-01-02", "more": {"a": [1]}}\n{"id": "007", "v": null}\n'
    table = opened(engine, tmp_path / name, text)
    assert table.columns == ("id", "day", "more", "v")
    assert cells(table) == [["12345678901234567890", "2024-01-02", '{"a":[1]}', None], ["007", None, None, None]]


def test_a_json_list_of_objects_is_a_table_too(engine, tmp_path):
    assert cells(opened(engine, tmp_path / "f.json", '[{"a": 1, "b": true}, {"a": 2}]')) == [["1", "true"], ["2", None]]


@pytest.mark.parametrize("text", ['{"a": 1}\n{broken\n', "[1, 2]\n", "{}\n"])
def test_json_that_is_no_table_is_refused(engine, tmp_path, text):
    with pytest.raises(InputError, match=r"(?i)json"):
        opened(engine, tmp_path / "f.json", text)


def database(path, **tables):
    with sqlite3.connect(path) as connection:
        for name, rows in tables.items():
            name = name.replace('"', '""')
            connection.execute(f'CREATE TABLE "{name}" (id, rep TEXT, value, raw BLOB)')
            connection.executemany(f'INSERT INTO "{name}" VALUES (?, ?, ?, ?)', rows)
    connection.close()


def test_a_sqlite_table_of_mixed_cells(engine, tmp_path):
    database(tmp_path / "f.db", deals=[(LONG_ID, "Anna", 1.5, b"\x01"), ("007", None, 2.0, None)])
    table = open_table("f.db", folder=tmp_path, engine=engine)
    assert cells(table) == [[str(LONG_ID), "Anna", "1.5", "01"], ["007", None, "2", None]]
    assert table.rows.order_by(ROW).to_pyarrow()[ROW].to_pylist() == [1, 2]


def test_which_sqlite_table_has_to_be_said_when_there_are_several(engine, tmp_path):
    database(tmp_path / "f.db", deals=[], **{'odd " name': [(1, "Anna", 2, None)]})
    assert open_table("f.db", folder=tmp_path, engine=engine, table='odd " name').n_rows == 1
    for asked, words in {None: "name=None, near=None", "deal": "name='deal', near='deals'"}.items():
        with pytest.raises(InputError, match=words):
            open_table("f.db", folder=tmp_path, engine=engine, table=asked)


def test_a_connection_is_read_where_it_is(engine, tmp_path):
    database(tmp_path / "f.db", deals=[(1, "Anna", 2, None)])
    options = {"folder": tmp_path, "engine": engine, "connections": {"crm": f"sqlite://{tmp_path}/f.db"}}
    table = open_table("crm", table="deals", **options)
    assert (table.n_rows, table.form.kind, table.rows.get_backend().name) == (1, "database", "sqlite")
    for asked in ({}, {"table": "deals", "query": "SELECT 1"}, {"table": "nothing"}):
        with pytest.raises(InputError, match="crm"):
            open_table("crm", **options, **asked)


def test_a_file_comes_before_a_connection_of_its_name(engine, tmp_path):
    """Else whoever may use the connection would read a database where others read a file that they brought."""
    database(tmp_path / "f.db", deals=[(1, "Anna", 2, None)])
    (tmp_path / "crm").write_text("rep,deals\nBen,3\nBen,4\n")
    table = open_table("crm", folder=tmp_path, engine=engine, connections={"crm": f"sqlite://{tmp_path}/f.db"})
    assert (table.n_rows, table.columns, table.form.kind) == (2, ("rep", "deals"), "text")


def test_what_a_connection_says_never_holds_its_address(engine, tmp_path):
    url = f"duckdb://{tmp_path}/secret-password/f.ddb"
    with pytest.raises(InputError) as refusal:
        open_table("crm", table="deals", folder=tmp_path, engine=engine, connections={"crm": url})
    assert url not in str(refusal.value)
