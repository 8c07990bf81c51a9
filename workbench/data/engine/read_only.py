"""Read-only sessions of the databases behind named connections, each query bounded in time."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, parse_qsl, urlparse

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB
from ibis.backends.sql import SQLBackend
from ibis.backends.sqlite import Backend as SQLite
from ibis.common.exceptions import TableNotFound

from workbench.data.engine.embedded import MEMORY, Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.engine.select_only import checked_select
from workbench.errors import InputError, Where, refused

FAILURES = (ImportError, OSError, ValueError, ibis.IbisError, TableNotFound)
STOPPED = {"InterruptException", "QueryCanceled"}  # what DuckDB and PostgreSQL raise


class _Bounded(SQLBackend):
    """What the sessions share: queries end when their time is up, and two sessions are never one database.

    Attributes
    ----------
    where : the name of the connection. folder : of fetched rows; all that a session of DuckDB reads or writes besides
        its database.
    """

    limits: ReadLimits
    where: str
    folder: Path

    @property
    def db_identity(self) -> str:
        """Tell sessions apart."""
        return f"{self.name} {id(self)}"

    def to_pyarrow(self, expr: ir.Expr, /, **options: Any) -> Any:
        """Run a query within the time limit."""
        with self.in_time():
            return super().to_pyarrow(expr, **options)

    def execute(self, expr: ir.Expr, /, **options: Any) -> Any:
        """Run a query within the time limit."""
        with self.in_time():
            return super().execute(expr, **options)

    @contextlib.contextmanager
    def in_time(self) -> Iterator[None]:
        """Interrupt what runs within after the time limit. Raises InputError then, and where the database fails."""
        interrupt = getattr(self.con, "interrupt", None)
        timer = threading.Timer(self.limits.query_seconds, interrupt or (lambda: None))
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if _is_stop(error):
                raise self.limits.past("query_seconds", self.where) from None
            if _is_of_driver(error):
                raise _cannot_be_read(error, self.where) from None
            raise
        finally:
            timer.cancel()


class _DuckDBSession(_Bounded, DuckDB):
    pass


class _SQLiteSession(_Bounded, SQLite):
    pass


def open_connection(url: str, where: str, table: str | None, query: str | None, engine: Engine) -> ir.Table:
    """Open a table or query of a database read-only; its rows stay there until the engine asks for them.

    Raises
    ------
    InputError
        When neither or both are given, the query is not one SELECT over tables, it takes too long, the database's
        driver is not installed, or there is no such table.
    """
    if (table is None) == (query is None):
        raise refused("which_table", Where(file=where), name=None, near=None, known=None)
    try:
        session = _open_session(url, where, engine)
        with session.in_time():
            return session.table(table) if query is None else _query_rows(session, query, where)
    except Exception as error:
        if isinstance(error, FAILURES) or _is_of_driver(error):
            raise _cannot_be_read(error, where, url) from None
        raise


def _query_rows(session: Any, query: str, where: str) -> ir.Table:
    checked = checked_select(query, session.name, where)
    return session.sql(checked, schema=_query_schema(session, checked))


def _open_session(url: str, where: str, engine: Engine) -> Any:
    parsed = urlparse(url)
    scheme = parsed.scheme.replace("postgresql", "postgres") or "file"
    if scheme == "file":
        scheme = "duckdb" if parsed.path.endswith(".duckdb") else "sqlite"
    folder = engine.scratch("")
    folder.mkdir()
    if scheme == "duckdb":
        session = _open_duckdb(_file_path(parsed), folder)
    elif scheme == "sqlite":
        session = _open_sqlite(_file_path(parsed))
    else:
        session = _open_server(scheme, parsed, engine.limits)
    session.limits, session.where, session.folder = engine.limits, where, folder
    engine.on_close(session.disconnect)
    return session


def _file_path(url: ParseResult) -> Path:
    path = Path(*filter(None, (url.netloc, url.path[bool(url.netloc) :]))).absolute()
    if not path.is_file():
        raise FileNotFoundError("there is no such database file")
    return path


def _open_duckdb(path: Path, folder: Path) -> Any:
    """Attach the file to a database in memory: settings of its own, whoever else has the file open."""
    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
    place = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS \"{_alias(path)}\" (READ_ONLY)")
    connection.execute(f'USE "{_alias(path)}"')
    session = _DuckDBSession.from_connection(connection)
    written = str(folder).replace("'", "''")
    for setting in (
        f"allowed_directories = ['{written}']",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return session


def _alias(path: Path) -> str:
    """The name by which queries know a database file: its own without the ending, as DuckDB has it."""
    return "warehouse" if path.stem in ("memory", "system", "temp") else path.stem.replace('"', '""')


def _open_sqlite(path: Path) -> Any:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return _SQLiteSession.from_connection(connection)


def _open_server(scheme: str, url: ParseResult, limits: ReadLimits) -> Any:
    """Connect to a server. PostgreSQL is told to be read-only; of others the account must see to it."""
    try:
        backend = import_module(f"ibis.backends.{scheme}").Backend
    except ModuleNotFoundError as error:
        raise ImportError(str(error)) from None
    options = dict(parse_qsl(url.query))
    if scheme == "postgres":
        options["options"] = f"{options.get('options', '')} {_postgres_options(limits)}".strip()
    return type("Session", (_Bounded, backend), {})()._from_url(url, **options)


def _postgres_options(limits: ReadLimits) -> str:
    """Settings of a PostgreSQL session: it changes nothing, and each query ends in time."""
    return f"-c default_transaction_read_only=on -c statement_timeout={limits.query_seconds * 1000}"


def _query_schema(session: Any, query: str) -> ibis.Schema | None:
    """Return the schema of a query; None where Ibis finds it by itself.

    Ibis 12 cannot with DuckDB 2, and makes a view for it in PostgreSQL, which a read-only session refuses.
    """
    if session.name == "duckdb":
        relation = session.con.sql(query)
        kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    elif session.name == "postgres":
        kinds = _postgres_kinds(session.con, query)
    else:
        return None
    return ibis.schema({name: session.compiler.type_mapper.from_string(kind) for name, kind in kinds.items()})


def _postgres_kinds(connection: Any, query: str) -> dict[str, str]:
    columns = connection.execute(f"SELECT * FROM ({query}) AS asked LIMIT 0").description
    named = "SELECT oid, format_type(oid, NULL) FROM pg_type WHERE oid = ANY(%s)"
    kinds = dict(connection.execute(named, [[each.type_code for each in columns]]).fetchall())
    return {each.name: kinds[each.type_code] + _digits(each) for each in columns}


def _digits(column: Any) -> str:
    """Precision and scale of a number, without which it would be cut to nine decimals."""
    return f"({column.precision},{column.scale})" if column.precision is not None and column.scale is not None else ""


def _cannot_be_read(error: Exception, where: str, url: str = "") -> InputError:
    reason = str(error).partition("\n")[0]
    return refused("connection", Where(file=where), reason=reason.replace(url, where) if url else reason)  # passwords


def _is_of_driver(error: Exception) -> bool:
    """Whether an error is a database's: drivers derive theirs from a class ``Error`` (PEP 249)."""
    return any(each.__name__ == "Error" for each in type(error).__mro__)


def _is_stop(error: Exception) -> bool:
    if isinstance(error, InputError):
        return False
    return type(error).__name__ in STOPPED or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
