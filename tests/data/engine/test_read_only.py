"""Sessions of named connections: the database itself refuses to write, to reach files, and to go on for ever."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg
import pytest

from tests.postgres import Cluster
from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.engine.read_only import open_connection
from workbench.data.engine.temp_tables import fetch
from workbench.errors import InputError

LIMITS = ReadLimits()
ENDLESS = f"select max({' * '.join(f'd{i}.a' for i in range(40))}) as a from " + ", ".join(
    f"deals d{i}" for i in range(40)
)
WRITES = [
    "insert into deals values (9)",
    "drop table deals",
    "create table other (a integer)",
    "attach '{folder}/new.db' as new",
]  # fmt: skip


@pytest.fixture(params=["duckdb", "sqlite"])
def url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    path = tmp_path / f"ware house.{request.param}"
    opened = duckdb.connect(str(path)) if request.param == "duckdb" else sqlite3.connect(path)
    with closing(opened) as connection:
        connection.execute("create table deals (a integer)")
        connection.execute("insert into deals values (1), (2), (3)")
        connection.commit()
    return f"{request.param}://{path}"


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine


def limited(**limits: int) -> Engine:
    return Engine(limits=dataclasses.replace(LIMITS, **limits))


@pytest.mark.parametrize("asked", [{"table": "deals"}, {"query": "select a from deals"}])
def test_rows_are_read_and_fetched(url: str, engine: Engine, asked: dict[str, str]) -> None:
    rows = open_connection(url, "warehouse", asked.get("table"), asked.get("query"), engine)
    assert rows.a.sum().execute() == 6
    assert sorted(fetch(engine, rows).a.execute()) == [1, 2, 3]


@pytest.mark.parametrize("statement", WRITES)
def test_the_session_itself_refuses_to_write(url: str, engine: Engine, tmp_path: Path, statement: str) -> None:
    session = open_connection(url, "warehouse", "deals", None, engine).get_backend()
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises((duckdb.Error, sqlite3.Error)):
        session.con.execute(statement.format(folder=tmp_path)).fetchall()
    assert {path.name for path in tmp_path.iterdir()} == before
    assert session.table("deals").count().execute() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('{folder}/secret.txt')",
        "select * from '{folder}/secret.csv'",
        "copy deals to '{folder}/out.csv'",
        "export database '{folder}/out'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '99GB'",
    ],
)
def test_a_duckdb_session_reaches_no_file_and_keeps_its_settings(
    tmp_path: Path, engine: Engine, statement: str
) -> None:
    path = tmp_path / "warehouse.duckdb"
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table deals as select 1 as a")
    session = open_connection(f"duckdb://{path}", "warehouse", "deals", None, engine).get_backend()
    with pytest.raises(duckdb.Error):
        session.con.execute(statement.format(folder=tmp_path)).fetchall()
    assert {each.name for each in tmp_path.iterdir()} == {"warehouse.duckdb", "secret.txt", "secret.csv"}


def test_a_query_that_never_ends_is_ended(url: str) -> None:
    with limited(query_seconds=1) as engine, pytest.raises(InputError) as raised:
        open_connection(url, "warehouse", None, ENDLESS, engine).execute()
    (issue,) = raised.value.issues
    assert (issue.code, dict(issue.parts)["limit"]) == ("past_limit", "query_seconds")


def test_no_more_rows_are_fetched_than_the_limit(url: str) -> None:
    with limited(query_rows=2) as engine, pytest.raises(InputError) as raised:
        fetch(engine, open_connection(url, "warehouse", "deals", None, engine))
    assert dict(raised.value.issues[0].parts)["limit"] == "query_rows"
    with limited(query_rows=3) as engine:
        assert fetch(engine, open_connection(url, "warehouse", "deals", None, engine)).count().execute() == 3


def test_a_missing_database_is_not_made(tmp_path: Path, engine: Engine) -> None:
    for kind in ("duckdb", "sqlite"):
        with pytest.raises(InputError) as raised:
            open_connection(f"{kind}://{tmp_path}/none.{kind}", "warehouse", "deals", None, engine)
        assert raised.value.issues[0].code == "connection"
    assert list(tmp_path.iterdir()) == []


def test_two_engines_read_one_database_and_let_go_of_it(url: str) -> None:
    with Engine() as one, Engine() as other:
        for engine in (one, other):
            assert open_connection(url, "warehouse", "deals", None, engine).count().execute() == 3
    path = url.split("://")[1]
    with closing(duckdb.connect(path) if url.startswith("duckdb") else sqlite3.connect(path)) as connection:
        connection.execute("insert into deals values (4)")


@pytest.fixture
def deals(postgres: Cluster) -> Iterator[str]:
    """The address of a PostgreSQL database with a table of deals."""
    address = postgres.new_database()
    with psycopg.connect(address) as connection:
        connection.execute("create table deals (a integer, price numeric(24, 12), won date)")
        connection.execute("insert into deals values (1, 0.000000000001, '2024-01-05'), (2, 5, null)")
    yield address
    postgres.drop(address)


@pytest.mark.parametrize("asked", [{"table": "deals"}, {"query": "select a, price, won from deals"}])
def test_postgresql_gives_rows_to_the_last_digit(deals: str, engine: Engine, asked: dict[str, str]) -> None:
    rows = fetch(engine, open_connection(deals, "warehouse", asked.get("table"), asked.get("query"), engine))
    assert rows.a.sum().execute() == 3
    assert rows.price.min().execute() == Decimal("0.000000000001")
    assert str(rows.won.max().execute())[:10] == "2024-01-05"


@pytest.mark.parametrize("statement", ["insert into deals values (9)", "drop table deals", "create table x (a int)"])
def test_postgresql_itself_refuses_to_write(deals: str, engine: Engine, statement: str) -> None:
    session = open_connection(deals, "warehouse", "deals", None, engine).get_backend()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        session.con.execute(statement)


def test_postgresql_ends_what_takes_too_long(deals: str) -> None:
    with limited(query_seconds=1) as engine, pytest.raises(InputError) as raised:
        open_connection(deals, "warehouse", None, ENDLESS, engine).execute()
    assert dict(raised.value.issues[0].parts)["limit"] == "query_seconds"


def test_the_own_options_of_a_postgresql_address_stay(deals: str, engine: Engine) -> None:
    url = f"{deals}&options=-c%20application_name%3Dworkbench"
    session = open_connection(url, "warehouse", "deals", None, engine).get_backend()
    said = [session.con.execute(f"show {name}").fetchone()[0] for name in ("application_name", "transaction_read_only")]
    assert said == ["workbench", "on"]


def test_a_driver_that_is_missing_is_said(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        open_connection("nosuchdatabase://host/db", "warehouse", "deals", None, engine)
    assert raised.value.issues[0].code == "connection"


def test_what_fails_while_rows_are_read_is_said(url: str, engine: Engine) -> None:
    rows = open_connection(url, "warehouse", None, "select a from deals", engine)
    rows.get_backend().con.close()
    with pytest.raises(InputError) as raised:
        rows.execute()
    assert raised.value.issues[0].code == "connection"
