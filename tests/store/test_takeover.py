"""What earlier releases kept in folders is taken over on first opening, once, and nothing is lost.

``before_store`` is a workspace as the last release without a store made it: one of everything, and a few damaged files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT
from workbench.data.library.data_sets import find_data_set, list_data_sets
from workbench.data.library.deletion import list_deleted
from workbench.data.library.versions import list_versions
from workbench.design import options, shelf, store
from workbench.design.decisions import read_decisions
from workbench.design.model import load_design
from workbench.learn.progress_store import read_progress
from workbench.phases.coaching_record import list_coaching, list_settled
from workbench.phases.phase_library import list_phase_files, read_phase_file
from workbench.store.kinds import DATA_SET, DESIGN, OPTION, SAVED_DESIGN, TRIAL
from workbench.store.opening import close_stores, open_store, reading
from workbench.store.takeover import ASIDE
from workbench.trials.trial_library import list_trials

pytestmark = pytest.mark.usefixtures("each_database")
BEFORE = Path(__file__).parent / "before_store"
FIRST, SECOND, GONE, UNSTAMPED = "0fbb723a9d1e34bd", "31e18f1061a9549c", "e939d2864389699e", "478c5980290de676"
FLOOR = "dials-floor"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BEFORE, tmp_path / "home"))


def test_every_design_opens_from_its_link(home: Path) -> None:
    files = sorted((BEFORE / "designs").glob("*.design.json"))
    assert len(files) == 7
    for path in files:
        assert store.find_design(home, path.name.split(".")[0]) == load_design(path)


@pytest.mark.parametrize("data", [SECOND, FLOOR])
def test_saved_designs_and_options_keep_name_state_and_deletion(home: Path, data: str) -> None:
    saved = shelf.read_shelf(home, data)
    assert [(each.name, each.deleted) for each in saved.documents] == [("Ours", False), ("Deleted", True)]
    latest = shelf.load_saved_design(home, data, saved.documents[0].id)
    assert latest is not None
    assert store.design_id(latest) == saved.documents[0].design
    assert latest.kpis[0].weight == 2
    assert saved.current is not None
    current = store.find_design(home, saved.current)
    assert current is not None
    assert current.kpis[0].weight == 1
    found = options.list_options(home, data)
    assert [(each.name, each.note, each.pinned, each.deleted) for each in found] == [
        ("Calm", "for Monday", True, False),
        ("Bold", "", False, True),
    ]
    assert all(each.added.startswith("20") for each in found)


def test_decisions_keep_their_order_and_damaged_ones_are_counted(home: Path) -> None:
    for data, damaged in ((SECOND, 0), (FLOOR, 1)):
        log = read_decisions(home, data)
        assert [each.chosen.name for each in log.decisions] == ["A", "B"]
        assert (len(log.pivots), len(log.withdrawals), log.n_damaged) == (1, 1, damaged)


def test_trials_keep_every_version_and_what_was_removed(home: Path) -> None:
    for data in (FIRST, FLOOR):
        entry = find_data_set(home, data)
        assert entry is not None
        own = [each for each in list_trials(home, entry) if each.version]
        assert [(each.key, each.file.name, each.version) for each in own] == [("k", "second", 2)]
        assert [each.file.name for each in list_trials(home, entry, removed=True)] == ["away"]
    with reading(home) as kept:
        assert len(list(kept.versions(TRIAL, FLOOR))) == 5
    changed = find_data_set(home, SECOND)
    assert changed is not None
    assert [each.file.name for each in list_trials(home, changed)] == ["second"], "a later version inherits"


def test_phase_files_talks_and_predictions_are_there(home: Path) -> None:
    floor, second = find_data_set(home, FLOOR), find_data_set(home, SECOND)
    assert floor is not None
    assert second is not None
    ours = read_phase_file(home, floor)
    assert ours is not None
    assert ours.dispositions == {"ü": "Reached"}
    assert sorted(each.name for each in list_phase_files(home)) == ["Deals", "Ours"]
    assert [(each.rep, each.why) for each in list_settled(home, second)] == [("Ana", "a second phone")]
    assert [each.trial for each in list_coaching(home, second)] == ["k"]
    progress = read_progress(home, "0123456789abcdef")
    assert [each.sure for each in progress.predictions] == [80, 60]
    assert (progress.rounds, progress.tour_seen) == ({"a": 1}, True)


def test_data_sets_keep_history_figures_and_deletion_and_their_files(home: Path) -> None:
    uploads = {each.id: each for each in list_data_sets(home) if each.kind == "upload"}
    assert set(uploads) == {SECOND, UNSTAMPED}
    assert uploads[UNSTAMPED].added == "2026-01-01T00:00:00+00:00"
    assert uploads[SECOND].replaces == FIRST
    assert uploads[SECOND].figures is not None
    assert [version.entry.id for version in list_versions(home, SECOND)] == [SECOND, FIRST]
    assert [(each.entry.id, each.at[:4]) for each in list_deleted(home)] == [(GONE, "2999")]
    for path in (BEFORE / "datasets").rglob("*.*"):
        if path.name != ".entry.json":
            assert (home / "datasets" / path.relative_to(BEFORE / "datasets")).read_bytes() == path.read_bytes()


def test_the_folders_are_put_aside_whole_and_what_could_not_be_read_is_named(home: Path) -> None:
    with reading(home) as kept:
        (line,) = kept.audit_log()
    assert line["action"] == "take over"
    assert line["facts"]["unread"] == ["options/quotes-desk.json", "phases/the-conversation.coached.json"]
    assert {path.name for path in home.iterdir() if not path.name.startswith("workbench.db")} == {
        "datasets",
        "incoming",
        ASIDE,
    }
    for folder in ("designs", "shelves", "options", "decisions", "trials", "phases", "learners"):
        before = {path.relative_to(BEFORE): path.read_bytes() for path in (BEFORE / folder).rglob("*.*")}
        aside = home / ASIDE
        assert {path.relative_to(aside): path.read_bytes() for path in (aside / folder).rglob("*.*")} == before


def test_a_second_run_changes_nothing(home: Path) -> None:
    """As after a process was killed between taking over and moving the folders."""
    kinds = (DESIGN, SAVED_DESIGN, OPTION, TRIAL, DATA_SET)
    with reading(home) as kept:
        before = {kind: (kept.list(kind), list(kept.versions(kind))) for kind in kinds}
    shutil.copytree(BEFORE, home, dirs_exist_ok=True)
    close_stores()
    with reading(home) as kept:
        assert {kind: (kept.list(kind), list(kept.versions(kind))) for kind in kinds} == before
    assert (home / ASIDE / "options-2").is_dir()
    assert not (home / "options").exists()


def test_two_servers_that_start_at_once_take_over_once(home: Path) -> None:
    open_it = (
        "import sys; from pathlib import Path; from workbench.store.opening import reading\n"
        "with reading(Path(sys.argv[1])) as store: print(len(store.list('option')), len(store.audit_log()))"
    )
    servers = [
        subprocess.Popen([sys.executable, "-c", open_it, home], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(3)
    ]
    assert {server.communicate()[0].strip() for server in servers} == {"4 1"}
    assert (home / ASIDE / "options" / "dials-floor.json").is_file()


def test_names_and_texts_that_no_database_holds_take_nothing_else_along(home: Path) -> None:
    odd = os.fsdecode(b"na\xefve")
    (home / "decisions" / FLOOR / f"{odd}.decision.json").write_text("{}")
    (home / "learners" / f"{odd}.dice").write_text("x")
    (home / "trials" / odd).mkdir()
    (home / "trials" / odd / "k.0001.json").write_text("{}")
    (home / "trials" / FLOOR / "deep.0001.json").write_text("[" * 200_000)
    (home / "options" / "deep.json").write_text("[" * 200_000)
    path = home / "shelves" / f"{FLOOR}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"current": "zz"}))
    assert open_store(home).closed is None
    found = shelf.read_shelf(home, FLOOR)
    assert [each.name for each in found.documents] == ["Ours", "Deleted"]
    assert found.current is None
    with reading(home) as kept:
        (line,) = kept.audit_log()
    assert len(line["facts"]["unread"]) == 6
