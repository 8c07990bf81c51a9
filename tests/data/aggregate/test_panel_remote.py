"""Databases behind a named connection: adding up happens there, and gives what a file gives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import ibis.backends.duckdb
import pytest

from tests.data.panels import build, issue, same_numbers, source
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.engine.connections import SETTING, connections_for_uploads, read_connections
from workbench.data.model.dataset import parse_dataset
from workbench.data.model.panel import Panel
from workbench.errors import InputError

ROWS = """id,rep,date,closed,stage,value
1,Ann,2024-01-05,2024-02-01,Won,10.5
2, Ann,2024-01-20,,Open,
3,Bob,2024-03-01,2024-03-02,Won,7
3,Bob,2024-03-01,2024-03-02,Lost,5
5,,2024-03-01,2024-03-02,Lost,3
6,Total,2024-03-01,,,25.5
7,Bob,,,Open,1
"""
WON = "stage == 'Won'"
MEASURES = [
    {"name": "n"},
    {"name": "won", "where": WON, "date": "closed"},
    {"name": "value", "aggregate": "sum", "column": "value", "where": WON, "date": "closed"},
    {"name": "size", "aggregate": "mean", "column": "value"},
    {"name": "stages", "aggregate": "distinct", "column": "stage"},
    {"name": "largest", "aggregate": "max", "column": "value", "where": "value > 6"},
]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    (tmp_path / "deals.csv").write_text(ROWS)
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table deals as from read_csv('{tmp_path / 'deals.csv'}')")
    return path


def remote(folder: Path, url: str, where: dict[str, Any], **dataset: Any) -> Panel:
    deals = source("deals", "warehouse", id="id", measures=MEASURES, **where)
    content = parse_dataset({"name": "test", "sources": [deals], **dataset})
    return build_panel(content, folder, connections={"warehouse": url})


@pytest.mark.parametrize("where", [{"table": "deals"}, {"query": "select * from deals where id > 0"}])
def test_a_database_gives_what_the_same_rows_in_a_file_give(tmp_path: Path, warehouse: Path, where: dict) -> None:
    panel = remote(tmp_path, f"duckdb://{warehouse}", where)
    same_numbers(panel, build(tmp_path, {}, source("deals", "deals.csv", id="id", measures=MEASURES)))
    assert (panel.n_rows_read, panel.n_rows_used) == (7, 4)
    assert dict(zip(panel.n_unused["reason"], panel.n_unused["n_rows"], strict=True)) == {
        "total_row": 1, "no_date": 1, "blank_rep": 1,
    }  # fmt: skip
    assert panel.undated.to_dict("records") == [{"rep": "Bob", "n": 1, "won": 0, "value": 0, "stages": 1}]


def test_only_rep_periods_leave_the_database(tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "insert into deals select 100 + i, 'Cid', '2024-01-05', null, 'Open', i from range(5000) t(i)"
        )
    fetched = []
    plain = ibis.backends.duckdb.Backend.to_pyarrow
    monkeypatch.setattr(
        ibis.backends.duckdb.Backend,
        "to_pyarrow",
        lambda self, expr, **options: fetched.append(result := plain(self, expr, **options)) or result,
    )
    panel = remote(tmp_path, f"duckdb://{warehouse}", {"table": "deals"})
    assert panel.frame.set_index("rep").loc["Cid", "n"] == 5000
    assert max(table.num_rows for table in fetched if hasattr(table, "num_rows")) < 20


def test_a_database_and_a_file_meet_in_one_panel(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "plan.csv").write_text("rep,month,target\nAnn,2024-01-01,100\n")
    plan = source(
        "plan", "plan.csv", date="month", measures=[{"name": "target", "aggregate": "sum", "column": "target"}]
    )
    deals = source("deals", "warehouse", table="deals", measures=[{"name": "n"}])
    panel = build_panel(
        parse_dataset({"name": "both", "sources": [deals, plan]}), tmp_path,
        connections={"warehouse": f"duckdb://{warehouse}"},
    )  # fmt: skip
    assert panel.frame.set_index(["rep", "period"]).loc[("Ann", "2024-01-01"), ["n", "target"]].tolist() == [2, 100]


def test_texts_are_fetched_and_read_here_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table deals (id integer, rep text, date text, closed text, stage text, value real)")
        rows = [[cell or None for cell in line.split(",")] for line in ROWS.splitlines()[1:]]
        connection.executemany("insert into deals values (?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    (tmp_path / "deals.csv").write_text(ROWS)
    panel = remote(tmp_path, f"sqlite://{path}", {"table": "deals"})
    same_numbers(panel, build(tmp_path, {}, source("deals", "deals.csv", id="id", measures=MEASURES)))
    assert issue(panel, "fetched").n_rows == 7
    assert issue(panel, "duplicate_ids").n_rows == 1


def test_a_roster_and_a_lookup_can_be_in_a_database(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        people = "(values (17, 'Ann', 'North'), (18, 'Bob', 'South')) p(k, rep, team)"
        connection.execute(f"create table people as select * from {people}")
    lookup = {"location": "warehouse", "table": "people", "on": {"who": "k"}, "take": ["rep"]}
    roster = {"location": "warehouse", "table": "people", "rep": "rep", "attributes": ["team"]}
    (tmp_path / "calls.csv").write_text("who,date\n17,2024-01-05\n18,2024-01-06\n")
    content = {"name": "x", "sources": [source(lookups=[lookup])], "roster": roster}
    panel = build_panel(parse_dataset(content), tmp_path, connections={"warehouse": f"duckdb://{path}"})
    assert panel.reps[["rep", "team"]].to_numpy().tolist() == [["Ann", "North"], ["Bob", "South"]]


def test_an_unknown_table_is_refused(tmp_path: Path, warehouse: Path) -> None:
    with pytest.raises(InputError) as raised:
        remote(tmp_path, f"duckdb://{warehouse}", {"table": "dels"})
    assert [each.code for each in raised.value.issues] == ["connection"]


def test_connections_come_from_the_secrets_file(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[connections.warehouse]\nurl = "duckdb://x"\n[connections.other]\nhost = "y"\n[theme]\na = 1\n')
    assert read_connections(secrets) == {"warehouse": "duckdb://x"}
    assert read_connections(tmp_path / "none.toml") == {}


def test_a_broken_secrets_file_is_refused_without_repeating_it(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('password = "hunter2')
    with pytest.raises(InputError) as raised:
        read_connections(secrets)
    assert "hunter2" not in str(raised.value)


def test_a_data_set_of_the_app_names_a_connection_only_where_the_server_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[connections.warehouse]\nurl = "duckdb://x"\n')
    monkeypatch.delenv(SETTING, raising=False)
    assert connections_for_uploads(secrets) == {}
    monkeypatch.setenv(SETTING, "uploads")
    assert connections_for_uploads(secrets) == read_connections(secrets) == {"warehouse": "duckdb://x"}


def test_only_commands_read_connections_without_asking() -> None:
    root = Path(__file__).resolve().parents[3] / "workbench"
    reading = {path.relative_to(root).parts[0] for path in root.rglob("*.py")
               if "read_connections" in path.read_text(encoding="utf-8")}  # fmt: skip
    assert reading == {"cli", "data"}
