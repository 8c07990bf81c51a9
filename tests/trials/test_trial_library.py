"""Trials in the workspace: two tabs lose nothing, what is removed comes back, a new data set version inherits."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.stored import contents, put
from workbench.data.library.data_sets import DataSetEntry, add_data_set, find_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.store.document_rows import StaleSaveError
from workbench.store.kinds import TRIAL
from workbench.store.opening import open_store, writing
from workbench.trials import trial_library
from workbench.trials.trial_file import TrialFile, parse_trial, trial_json
from workbench.trials.trial_library import (
    TRIAL_ENDING,
    copy_trials,
    find_trial,
    list_trials,
    new_trial_key,
    remove_trial,
    restore_trial,
    save_trial,
    trial_versions,
)

pytestmark = pytest.mark.usefixtures("each_database")


def trial(name: str = "T", start: str = "2025-02-01") -> TrialFile:
    return parse_trial({"name": name, "measure": "sales", "treated": ["Ana"], "start": start})


def stored(home: Path, name: str, replaces: str | None = None) -> DataSetEntry:
    measures = (Measure(name="sales", aggregate="sum", column="value"),)
    source = Source(name="deals", location="deals.csv", rep="rep", date="day", measures=measures)
    content = b"rep,day,value\nAna,2025-01-02,3\n"
    return add_data_set(home, DataSet(name=name, sources=(source,)), {"deals.csv": content}, replaces=replaces)


def names(home: Path, entry: DataSetEntry, removed: bool = False) -> list[str]:
    return [kept.file.name for kept in list_trials(home, entry, removed)]


def test_trials_are_listed_by_start_and_each_data_set_has_its_own(tmp_path) -> None:
    one, two = stored(tmp_path, "One"), stored(tmp_path, "Two")
    for name, start in (("later", "2025-03-01"), ("earlier", "2025-02-01")):
        save_trial(tmp_path, one, new_trial_key(), trial(name, start))
    assert names(tmp_path, one) == ["earlier", "later"]
    assert names(tmp_path, two) == []


def test_the_last_version_leads_and_the_ones_before_stay(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    for name in ("first", "second"):
        kept = save_trial(tmp_path, entry, "k", trial(name))
    assert kept.version == 2
    assert names(tmp_path, entry) == ["second"]
    assert len(contents(tmp_path, TRIAL, entry.id)) == 2


def test_who_saves_second_is_shown_what_the_first_one_saved(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    save_trial(tmp_path, entry, "k", trial("first"))
    save_trial(tmp_path, entry, "k", trial("one tab"), seen=1)
    with pytest.raises(StaleSaveError) as stale:
        save_trial(tmp_path, entry, "k", trial("other tab"), seen=1)
    assert stale.value.theirs.version is not None
    assert stale.value.theirs.version.number == 2
    assert names(tmp_path, entry) == ["one tab"]
    assert save_trial(tmp_path, entry, "k", trial("other tab"), seen=2).version == 3


def test_tabs_that_save_at_once_all_keep_their_version(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    with ThreadPoolExecutor(8) as tabs:
        made = list(tabs.map(lambda n: save_trial(tmp_path, entry, "k", trial(f"T{n}")).version, range(24)))
    assert sorted(made) == list(range(1, 25))
    assert len(contents(tmp_path, TRIAL, entry.id)) == 24


def test_a_removed_trial_comes_back(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    save_trial(tmp_path, entry, "k", trial())
    remove_trial(tmp_path, entry, "k")
    assert names(tmp_path, entry) == []
    assert names(tmp_path, entry, removed=True) == ["T"]
    restore_trial(tmp_path, entry, "k")
    assert names(tmp_path, entry) == ["T"]
    remove_trial(tmp_path, entry, "nothing")
    assert names(tmp_path, entry) == ["T"]


def test_a_new_version_of_a_data_set_inherits_over_several_steps(tmp_path) -> None:
    first = stored(tmp_path, "One")
    save_trial(tmp_path, first, "k", trial("kept"))
    second = stored(tmp_path, "One, changed", first.id)
    third = stored(tmp_path, "One, changed again", second.id)
    assert names(tmp_path, third) == ["kept"]
    remove_trial(tmp_path, third, "k")
    assert names(tmp_path, third) == []
    assert names(tmp_path, first) == ["kept"]


def test_what_was_removed_for_good_is_not_inherited_again(tmp_path) -> None:
    first = stored(tmp_path, "One")
    save_trial(tmp_path, first, "k", trial("kept"))
    second = stored(tmp_path, "One, changed", first.id)
    remove_trial(tmp_path, second, "k")
    with writing(tmp_path) as store:
        store.erase_deleted(TRIAL, "9999")
    assert (names(tmp_path, second), names(tmp_path, second, removed=True)) == ([], [])
    assert names(tmp_path, first) == ["kept"]


def test_what_is_copied_does_not_replace_what_is_there(tmp_path) -> None:
    old, new = stored(tmp_path, "One"), stored(tmp_path, "Two")
    save_trial(tmp_path, old, "a", trial("mine"))
    save_trial(tmp_path, old, "b", trial("shared"))
    save_trial(tmp_path, new, "b", trial("theirs"))
    copy_trials(tmp_path, old, new)
    assert sorted(names(tmp_path, new)) == ["mine", "theirs"]


def test_a_version_that_is_opened_again_gets_what_was_changed_since(tmp_path) -> None:
    first = stored(tmp_path, "One")
    save_trial(tmp_path, first, "k", trial("before"))
    save_trial(tmp_path, first, "gone", trial("gone"))
    second = stored(tmp_path, "One, changed", first.id)
    save_trial(tmp_path, second, "k", trial("since"))
    remove_trial(tmp_path, second, "gone")
    copy_trials(tmp_path, second, first, over=True)
    assert names(tmp_path, first) == ["since"]
    assert names(tmp_path, first, removed=True) == ["gone"]
    assert len(contents(tmp_path, TRIAL, first.id)) == 4, "each version is kept"


def test_a_damaged_version_leaves_the_one_before(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    save_trial(tmp_path, entry, "k", trial("sound"))
    put(tmp_path, TRIAL, entry.id, "k", "{")
    assert names(tmp_path, entry) == ["sound"]
    assert save_trial(tmp_path, entry, "k", trial("next")).version == 3


def test_a_sample_shows_what_it_brings_until_it_is_changed(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "samples" / "demo"
    folder.mkdir(parents=True)
    made = stored(tmp_path, "One")
    for path in made.folder.iterdir():
        (folder / path.name.replace("data.dataset", "demo.dataset")).write_bytes(path.read_bytes())
    (folder / f"ours{TRIAL_ENDING}").write_text(parse_and_dump("shipped"))
    monkeypatch.setattr("workbench.data.library.data_sets.SAMPLES", tmp_path / "samples")
    entry = find_data_set(tmp_path, "demo")
    assert entry is not None
    assert [(kept.key, kept.version) for kept in list_trials(tmp_path, entry)] == [("ours", 0)]
    save_trial(tmp_path, entry, "ours", trial("changed"))
    assert names(tmp_path, entry) == ["changed"]
    assert find_trial(tmp_path, entry, "../ours") is None


def parse_and_dump(name: str) -> str:
    return json.dumps(trial_json(trial(name)))


@pytest.mark.parametrize("key", ["", "../x", "a/b", "x" * 200])
def test_a_key_that_is_no_file_name_is_refused(tmp_path, key: str) -> None:
    with pytest.raises(LookupError):
        save_trial(tmp_path, stored(tmp_path, "One"), key, trial())


def test_every_version_is_there_in_order_with_when_and_by_whom(tmp_path) -> None:
    first = stored(tmp_path, "One")
    save_trial(tmp_path, first, "k", trial("a"), by="Grace")
    save_trial(tmp_path, first, "k", trial("a"))
    save_trial(tmp_path, first, "k", trial("b"), by="Wei")
    remove_trial(tmp_path, first, "k", "Ana")
    second = stored(tmp_path, "One, changed", first.id)
    copy_trials(tmp_path, first, second)
    restore_trial(tmp_path, second, "k", "Bo")
    save_trial(tmp_path, second, "other", trial("c"))
    versions = trial_versions(tmp_path, second, "k")
    assert [(kept.file.name, kept.removed, kept.by) for kept in versions] == [
        ("a", False, "Grace"), ("b", False, "Wei"), ("b", True, "Ana"), ("b", False, "Bo"),
    ]  # fmt: skip
    assert all(kept.saved[:2] == "20" for kept in versions)
    assert [kept.saved for kept in versions] == sorted(kept.saved for kept in versions)


def test_versions_that_cannot_be_read_are_passed_over(tmp_path) -> None:
    entry = stored(tmp_path, "One")
    save_trial(tmp_path, entry, "k", trial("old"))
    put(tmp_path, TRIAL, entry.id, "k", "{")
    save_trial(tmp_path, entry, "k", trial("new"), by="Grace")
    versions = trial_versions(tmp_path, entry, "k")
    assert [(kept.file.name, bool(kept.saved), kept.by) for kept in versions] == [
        ("old", True, ""), ("new", True, "Grace"),
    ]  # fmt: skip


def test_the_trial_of_a_sample_is_the_first_version(tmp_path) -> None:
    entry = find_data_set(tmp_path, "dials-floor")
    assert entry is not None
    assert [kept.version for kept in trial_versions(tmp_path, entry, "dials-floor")] == [0]


def test_a_removal_reads_and_saves_in_one_transaction(tmp_path, monkeypatch) -> None:
    entry = stored(tmp_path, "One")
    save_trial(tmp_path, entry, "k", trial())
    find, within = trial_library.find_trial, list[bool]()

    def find_and_look(home, entry, key):
        within.append(getattr(open_store(home).at_work, "writer", None) is not None)
        return find(home, entry, key)

    monkeypatch.setattr(trial_library, "find_trial", find_and_look)
    remove_trial(tmp_path, entry, "k")
    restore_trial(tmp_path, entry, "k")
    assert within == [True, True]
