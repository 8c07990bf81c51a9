"""Queries of a connection: one SELECT over tables, and nothing that writes or reads anything else."""

from __future__ import annotations

import pytest

from workbench.data.engine.select_only import checked_select
from workbench.errors import InputError


@pytest.mark.parametrize(
    "query",
    [
        "select * from deals",
        "select a, sum(b) as b from sales.deals where c like 'x%' group by a;",
        "with won as (select * from deals where stage = 'Won') select * from won",
        "select a from x union all select a from y except select a from z",
        "(select a from x) intersect select a from y",
        "select * from (select a, row_number() over (partition by b order by c) as n from x) t where n = 1",
        "select d.a from deals d left join reps r on d.rep = r.rep /* by rep */",
        "select coalesce(a, 'COPY x TO y'), date_trunc('month', d), fiscal_year(d) from deals",
    ],
)
@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "sqlite"])
def test_one_select_is_allowed(query: str, dialect: str) -> None:
    checked = checked_select(query, dialect, "warehouse")
    assert checked == checked_select(checked, dialect, "warehouse")
    assert "by rep" not in checked


@pytest.mark.parametrize(
    ("dialect", "query", "problem", "name"),
    [
        ("duckdb", "copy deals to '/tmp/out.csv'", "statement", "COPY"),
        ("duckdb", "attach 'other.db' as other", "statement", "ATTACH"),
        ("duckdb", "install httpfs", "statement", "INSTALL"),
        ("duckdb", "load httpfs", "statement", "LOAD"),
        ("duckdb", "pragma database_list", "statement", "PRAGMA"),
        ("duckdb", "set memory_limit = '99GB'", "statement", "SET"),
        ("duckdb", "call pragma_version()", "statement", "CALL"),
        ("duckdb", "drop table deals", "statement", "DROP"),
        ("duckdb", "create table x as select 1", "statement", "CREATE"),
        ("duckdb", "insert into deals select 1", "statement", "INSERT"),
        ("duckdb", "update deals set a = 1", "statement", "UPDATE"),
        ("duckdb", "delete from deals", "statement", "DELETE"),
        ("duckdb", "with recursive n as (select 1 as i union all select i + 1 from n) select * from n", "statement",
         "WITH RECURSIVE"),
        ("duckdb", "select 1; drop table deals", "several", ""),
        ("duckdb", "", "several", ""),
        ("duckdb", "select * from (deals", "unreadable", ""),
        ("duckdb", "select * from read_text('/etc/passwd')", "function", "read_text"),
        ("duckdb", "select * from READ_BLOB('/etc/passwd')", "function", "read_blob"),
        ("duckdb", "select * from read_csv('/etc/passwd')", "function", "read_csv"),
        ("duckdb", "select * from read_csv_auto('/etc/passwd')", "function", "read_csv_auto"),
        ("duckdb", "select * from read_parquet('x')", "function", "read_parquet"),
        ("duckdb", "select * from glob('/*')", "function", "glob"),
        ("duckdb", "select * from query('drop table deals')", "function", "query"),
        ("duckdb", "select * from duckdb_settings()", "function", "duckdb_settings"),
        ("duckdb", "select * from anything_else()", "function", "anything_else"),
        ("duckdb", "select * from deals, lateral read_text(deals.path)", "function", "read_text"),
        ("duckdb", "select (select content from read_text('x')) from deals", "function", "read_text"),
        ("duckdb", "with x as (select * from read_text('x')) select * from x", "function", "read_text"),
        ("duckdb", "select 1 union all select content from read_text('x')", "function", "read_text"),
        ("duckdb", "select * from '/etc/passwd'", "file", "/etc/passwd"),
        ("duckdb", 'select * from "sales.csv"', "file", "sales.csv"),
        ("postgres", "with gone as (delete from deals returning *) select * from gone", "statement", "DELETE"),
        ("postgres", "select * into copied from deals", "statement", "INTO"),
        ("postgres", "select * from deals for update", "statement", "LOCK"),
        ("postgres", "select pg_read_file('/etc/passwd')", "function", "pg_read_file"),
        ("postgres", "select pg_catalog.set_config('transaction_read_only', 'off', false)", "function", "set_config"),
        ("postgres", "select \"set_config\"('transaction_read_only', 'off', false)", "function", "set_config"),
        ("postgres", "select query_to_xml('delete from deals', true, true, '')", "function", "query_to_xml"),
        ("postgres", "select lo_import('/etc/passwd')", "function", "lo_import"),
        ("postgres", "copy deals to program 'sh'", "statement", "COPY"),
        ("sqlite", "select load_extension('x.so')", "function", "load_extension"),
        ("sqlite", "select * from pragma_database_list()", "function", "pragma_database_list"),
        ("sqlite", "attach 'other.db' as other", "statement", "ATTACH"),
        ("mysql", "select load_file('/etc/passwd')", "function", "load_file"),
    ],
)  # fmt: skip
def test_everything_else_is_refused_by_name(dialect: str, query: str, problem: str, name: str) -> None:
    with pytest.raises(InputError) as raised:
        checked_select(query, dialect, "warehouse")
    (issue,) = raised.value.issues
    parts = dict(issue.parts)
    assert (issue.code, issue.where.file) == ("query_not_allowed", "warehouse")
    assert (parts["problem"], str(parts["name"]).lower()) == (problem, name.lower())
