"""Uploads are kept whole, under safe names and ids made from their content; links and paths cannot reach elsewhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.data.library import data_sets as library
from workbench.data.library.deletion import delete_data_set
from workbench.data.library.safe_names import distinct_file_names, safe_file_name
from workbench.data.library.versions import go_back
from workbench.data.model.dataset import DataSet as DataSetFile
from workbench.data.model.dataset import Lookup, Measure, Roster, Source, dataset_json, parse_dataset
from workbench.errors import InputError
from workbench.words.issues import describe_issue

CALLS = b"rep,day\nAna,2026-01-05\n"


def dataset(location: str = "calls.csv", name: str = "Calls") -> DataSetFile:
    source = Source(name="calls", location=location, rep="rep", date="day", measures=(Measure(name="dials"),))
    return DataSetFile(name=name, sources=(source,))


def test_an_upload_is_found_again_with_its_files_and_its_data_set_file(tmp_path: Path) -> None:
    entry = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    found = library.find_data_set(tmp_path, entry.id)
    assert found == entry
    assert found.load() == dataset()
    assert found.files()["calls.csv"].read_bytes() == CALLS
    assert [e.id for e in library.list_data_sets(tmp_path) if e.kind == "upload"] == [entry.id]


def test_the_same_content_twice_is_one_entry_and_a_changed_one_is_another(tmp_path: Path) -> None:
    first = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    again = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    other_rows = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS + b"Ben,2026-01-06\n"})
    other_name = library.add_data_set(tmp_path, dataset(name="Dials"), {"calls.csv": CALLS})
    assert first.id == again.id
    assert len({first.id, other_rows.id, other_name.id}) == 3


def test_the_id_does_not_depend_on_the_order_of_the_files_or_on_where_they_come_from(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(CALLS)
    files = {"calls.csv": CALLS, "notes.csv": b"a\n"}
    turned = {"notes.csv": b"a\n", "calls.csv": tmp_path / "elsewhere"}
    assert (
        library.add_data_set(tmp_path, dataset(), files).id
        == library.add_data_set(tmp_path / "b", dataset(), turned).id
    )


def test_a_change_hides_what_it_replaces_and_changing_back_brings_it_back(tmp_path: Path) -> None:
    files = {"calls.csv": CALLS}
    first = library.add_data_set(tmp_path, dataset(), files)
    second = library.add_data_set(tmp_path, dataset(name="Dials"), files, replaces=first.id)
    uploads = [e.id for e in library.list_data_sets(tmp_path) if e.kind == "upload"]
    assert uploads == [second.id]
    assert library.find_data_set(tmp_path, first.id) is not None
    library.add_data_set(tmp_path, dataset(), files, replaces=second.id)
    assert [e.id for e in library.list_data_sets(tmp_path) if e.kind == "upload"] == [first.id]


def test_a_changed_data_set_shares_the_files_of_the_one_it_replaces(tmp_path: Path) -> None:
    first = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    second = library.add_data_set(tmp_path, dataset(name="Dials"), first.files(), replaces=first.id)
    assert (second.folder / "calls.csv").samefile(first.folder / "calls.csv")
    shutil.rmtree(first.folder)
    assert (second.folder / "calls.csv").read_bytes() == CALLS


def test_the_same_files_brought_by_somebody_else_take_nothing_away(tmp_path: Path) -> None:
    """Whoever brought them first had the older versions come back into the list."""
    first = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    second = library.add_data_set(tmp_path, dataset(name="Dials"), {"calls.csv": CALLS}, replaces=first.id)
    again = library.add_data_set(tmp_path, dataset(name="Dials"), {"calls.csv": CALLS})
    assert (again.id, again.added, again.replaces) == (second.id, second.added, first.id)
    shown = [entry.id for entry in library.list_data_sets(tmp_path) if entry.kind == "upload"]
    assert shown == [second.id]


def test_files_that_somebody_has_changed_since_are_a_data_set_of_their_own_again(tmp_path: Path) -> None:
    first = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    second = library.add_data_set(tmp_path, dataset(name="Dials"), {"calls.csv": CALLS}, replaces=first.id)
    library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    shown = [entry.id for entry in library.list_data_sets(tmp_path) if entry.kind == "upload"]
    assert shown == [first.id, second.id]


def test_a_design_added_later_counts_not_the_one_that_was_there(tmp_path: Path) -> None:
    files = {"calls.csv": CALLS, "first.design.json": b'{"name": "Old"}', "mine.design.json": b'{"name": "New"}'}
    entry = library.add_data_set(tmp_path, dataset(), files)
    assert entry.design_path is not None
    assert json.loads(entry.design_path.read_text()) == {"name": "New"}


def test_a_design_that_comes_along_is_kept_beside_the_data(tmp_path: Path) -> None:
    entry = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS, "mine.design.json": b'{"name": "Mine"}'})
    assert entry.design_path is not None
    assert json.loads(entry.design_path.read_text()) == {"name": "Mine"}


@pytest.mark.parametrize(
    "trick", ["..", "../../etc", "", ".", "/etc/passwd", "0123456789abcdef/..", "*", "\0", "a" * 9999]
)
def test_an_id_from_a_link_reaches_nothing_but_entries(tmp_path: Path, trick: str) -> None:
    library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    assert library.find_data_set(tmp_path, trick) is None
    assert not delete_data_set(tmp_path, trick)
    assert go_back(tmp_path, trick, trick) is None
    assert (tmp_path / "datasets").is_dir()


@pytest.mark.parametrize("place", ["/etc/passwd", "../secret.csv", "C:\\secret.csv", "warehouse"])
def test_a_data_set_file_cannot_name_files_that_were_not_uploaded(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError) as caught:
        library.add_data_set(tmp_path, dataset(place), {"calls.csv": CALLS})
    assert [(issue.code, describe_issue(issue).where) for issue in caught.value.issues] == [("file_missing", place)]
    assert not (tmp_path / "datasets").exists()


def test_a_name_without_an_ending_is_told_that_it_may_be_a_database(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        library.add_data_set(tmp_path, dataset("warehouse"), {"calls.csv": CALLS})
    (issue,) = caught.value.issues
    assert "no database that uploads may use" in describe_issue(issue).message


def test_a_connection_may_stand_for_a_file(tmp_path: Path) -> None:
    entry = library.add_data_set(tmp_path, dataset("warehouse"), {}, connections=["warehouse"])
    assert entry.load().sources[0].location == "warehouse"


def test_every_location_follows_its_file_to_its_safe_name(tmp_path: Path) -> None:
    lookup = Lookup(location="in/who.csv", on={"rep": "key"}, take=("name",))
    source = dataset("exports/../a?b.csv").sources[0].model_copy(update={"lookups": (lookup,)})
    spec = DataSetFile(name="Moved", sources=(source,), roster=Roster(location="team.csv", rep="rep"))
    entry = library.add_data_set(tmp_path, spec, {"a?b.csv": CALLS, "who.csv": b"key,name\n", "team.csv": b"rep\n"})
    moved = entry.load()
    assert moved.sources[0].location == "a_b.csv"
    assert moved.sources[0].lookups[0].location == "who.csv"
    assert set(entry.files()) == {"a_b.csv", "who.csv", "team.csv"}


def test_a_damaged_entry_does_not_hide_the_others(tmp_path: Path) -> None:
    damaged = library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    damaged.spec_path.write_text("{")
    sound = library.add_data_set(tmp_path, dataset(name="Sound"), {"calls.csv": CALLS})
    assert {e.id for e in library.list_data_sets(tmp_path) if e.kind == "upload"} == {damaged.id, sound.id}
    with pytest.raises(InputError):
        library.find_data_set(tmp_path, damaged.id).load()


def test_a_folder_that_cannot_be_written_is_an_issue_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "datasets").write_text("a file where the folder should be")
    with pytest.raises(InputError) as caught:
        library.add_data_set(tmp_path, dataset(), {"calls.csv": CALLS})
    assert caught.value.issues[0].code == "not_kept"


def test_the_workspace_follows_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "here"))
    assert library.workspace_folder() == tmp_path / "here"
    monkeypatch.delenv("WORKBENCH_HOME")
    assert library.workspace_folder() == Path.home() / ".kpi-workbench"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\deals.csv", "deals.csv"),
        ("Übersicht März (2).csv", "Übersicht März (2).csv"),
        (".hidden.csv", "hidden.csv"),
        ("a\nb\x1b[31m.csv", "a_b__31m.csv"),
        ("nul.csv", "_nul.csv"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_file_names_lose_what_a_file_system_may_choke_on(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@given(st.lists(st.text(max_size=300), max_size=6))
def test_safe_names_are_distinct_short_and_stay_in_their_folder(names: list[str]) -> None:
    safe = distinct_file_names(names)
    assert len({name.casefold() for name in safe}) == len(names)
    for name in safe:
        assert Path(name).name == name
        assert 0 < len(name.encode()) <= 140
        assert not name.startswith(".")


def test_the_data_set_file_survives_being_written_and_read() -> None:
    spec = dataset().model_copy(update={"same_rep": {"ana": "Ana"}, "timezone": "Europe/Zurich"})
    assert parse_dataset(json.loads(json.dumps(dataset_json(spec)))) == spec
