"""Check that a query is one SELECT over tables of its database."""

from __future__ import annotations

import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from workbench.errors import InputError, Where, refused

ROW_MAKERS = (exp.Unnest, exp.Explode, exp.GenerateSeries, exp.GenerateDateArray, exp.ExplodingGenerateSeries)
"""Functions that stand in place of a table and read nothing but their arguments."""
WRITERS = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock, exp.Drop, exp.Alter, exp.Copy, exp.Set, exp.Pragma)
FILE_READERS = (exp.ReadCSV, exp.ReadParquet)
REFUSED_FUNCTIONS = re.compile(
    r"(read|write|load|pg|lo|sniff|parquet|duckdb|sqlite|pragma|dblink|utl|dbms|xp|sys|http|st_read)_.*"
    r"|(query|table|cursor|schema|database)_to_xml.*|query(_table)?|glob|dblink|readfile|writefile|edit|getenv"
    r"|set_config|current_setting|nextval|setval|sleep|benchmark|url|file|s3|remote",
    re.IGNORECASE,
)
"""Functions that read files, reach the server or change it."""
FILE_NAME = re.compile(r"[/\\]|\.(csv|tsv|txt|json|jsonl|ndjson|parquet|xlsx|db|duckdb|sqlite)(\.\w+)?$", re.IGNORECASE)


def checked_select(query: str, dialect: str, where: str) -> str:
    """Return the query as its checked tree says it, so that what runs is what was checked.

    CTEs and set operations of SELECTs are allowed.

    Raises
    ------
    InputError
        When it is not one SELECT, or uses something that changes the database or reads anything but its tables.
    """
    try:
        parsed = [each for each in sqlglot.parse(query, read=dialect) if each is not None]
    except (SqlglotError, RecursionError):
        raise _not_allowed(where, "unreadable") from None
    if len(parsed) != 1:
        raise _not_allowed(where, "several")
    (tree,) = parsed
    if not isinstance(tree, exp.Select | exp.SetOperation | exp.Subquery):
        raise _not_allowed(where, "statement", _keyword(query))
    for node in tree.walk():
        _check_node(node, dialect, where)
    return tree.sql(dialect, comments=False)


def _check_node(node: exp.Expr, dialect: str, where: str) -> None:
    if isinstance(node, WRITERS):
        raise _not_allowed(where, "statement", node.key.upper())
    if isinstance(node, exp.With) and node.recursive:
        raise _not_allowed(where, "statement", "WITH RECURSIVE")  # Ibis 12 loses the second word
    if isinstance(node, exp.Func) and _is_refused(node):
        raise _not_allowed(where, "function", _function_name(node))
    if isinstance(node, exp.Table) and dialect == "duckdb" and FILE_NAME.search(node.name):
        raise _not_allowed(where, "file", node.name)


def _is_refused(call: exp.Func) -> bool:
    if isinstance(call, FILE_READERS) or REFUSED_FUNCTIONS.fullmatch(_function_name(call)):
        return True
    return isinstance(call.parent, exp.Table | exp.Lateral) and not isinstance(call, ROW_MAKERS)


def _function_name(call: exp.Func) -> str:
    return call.name if isinstance(call, exp.Anonymous) else call.sql_name().lower()


def _keyword(query: str) -> str:
    """The first word of a statement, by which people know it."""
    found = re.search(r"[A-Za-z]+", query)
    return found[0].upper() if found else ""


def _not_allowed(where: str, problem: str, name: str = "") -> InputError:
    return refused("query_not_allowed", Where(file=where), problem=problem, name=name)
