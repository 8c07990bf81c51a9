"""Processes that are killed while they save: nothing that was committed is lost, nothing half-written stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.effort import examples
from tests.store import savers
from tests.store.forks import kill_processes
from tests.store.test_takeover import BEFORE, FLOOR
from workbench.data.library.data_sets import find_data_set, list_data_sets
from workbench.design.options import list_options
from workbench.design.store import find_design
from workbench.store.kinds import DATA_SET, OPTION
from workbench.store.opening import close_stores, reading

pytestmark = pytest.mark.usefixtures("each_database")
KILLS = examples(50)


def test_what_was_saved_before_a_kill_is_there_whole(tmp_path: Path, each_database: str) -> None:
    home = tmp_path / "home"
    done = kill_processes("save_options_for_ever", home, KILLS, 0.1)
    found = {option.name: option.design for option in list_options(home, FLOOR)}
    assert set(done) <= set(found), "nothing that was committed is lost"
    assert KILLS <= len(done) <= len(found) <= len(done) + KILLS, "at most one save a process was done and not yet said"
    for name, design in found.items():
        kept = find_design(home, design)
        assert kept is not None, "an option without its design is half a save"
        assert (kept.name, len(kept.kpis[0].name)) == (name, 4_000)
    with reading(home) as store:
        assert len(list(store.versions(OPTION, FLOOR))) == len(found)
        if each_database == "sqlite":
            assert store.connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    close_stores()
    assert {path.name for path in home.glob("*")} <= {"workbench.db"}, "nothing lies beside the store"


def test_a_workspace_is_taken_over_whole_whenever_the_process_was_killed(tmp_path: Path) -> None:
    home = Path(shutil.copytree(BEFORE, tmp_path / "home"))
    kill_processes("open_store_and_tell", home, examples(10), 0.2)
    assert len(list_options(home, FLOOR)) == 2
    with reading(home) as store:
        assert [line["action"] for line in store.audit_log()] == ["take over"]
    assert (home / "before-store" / "options" / f"{FLOOR}.json").is_file()


def test_a_data_set_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = kill_processes("add_data_sets_for_ever", home, examples(20), 0.1)
    shown = {entry.id: entry for entry in list_data_sets(home) if entry.kind == "upload"}
    assert set(done) <= set(shown)
    for entry in shown.values():
        assert entry.added
        assert entry.load().name == entry.name
        assert entry.files()["deals.csv"].stat().st_size > 0
    strays = list((home / "datasets").glob(".new-*"))
    for stray in strays:
        os.utime(stray, (1_000, 1_000))
    added = savers.add_numbered(home, "the next one")
    assert find_data_set(home, added) is not None
    assert list((home / "datasets").glob(".new-*")) == [], "what was left of a killed upload is cleared away"
    with reading(home) as store:
        assert {each.data for each in store.list(DATA_SET)} == {path.name for path in (home / "datasets").iterdir()}
