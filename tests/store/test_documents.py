"""Documents in the store: numbered versions, drafts, deletions that can be undone, and a log that only grows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from workbench.rights.acting import ask_person
from workbench.rights.person import Person
from workbench.store.document_rows import StaleSaveError
from workbench.store.opening import reading, writing

pytestmark = pytest.mark.usefixtures("each_database")
KIND, DATA = "trial", "floor"


def test_versions_are_numbered_and_stay(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        made = [store.save(KIND, DATA, "k", content, note=content) for content in ("a", "b", "c")]
    assert [each.number for each in made] == [1, 2, 3]
    with reading(tmp_path) as store:
        assert [version for _, _, version in store.versions(KIND, DATA)] == made
        found = store.find(KIND, DATA, "k")
        assert found is not None
        assert (found.version, found.draft, found.deleted_at) == (made[-1], None, None)
        assert store.find(KIND, DATA, "other") is None
        assert store.data_sets(KIND) == {DATA}


def test_a_save_of_what_somebody_else_has_changed_is_refused_with_theirs(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.save(KIND, DATA, "k", "first", seen=0)
        store.save(KIND, DATA, "k", "theirs", seen=1)
    with pytest.raises(StaleSaveError) as stale, writing(tmp_path) as store:
        store.save(KIND, DATA, "k", "mine", seen=1)
    assert stale.value.theirs.version is not None
    assert stale.value.theirs.version.content == "theirs"
    with writing(tmp_path) as store:
        store.keep_draft(KIND, DATA, "k", "their state", seen=0)
    with pytest.raises(StaleSaveError) as stale, writing(tmp_path) as store:
        store.keep_draft(KIND, DATA, "k", "my state", seen=0)
    assert stale.value.theirs.draft is not None
    assert stale.value.theirs.draft.content == "their state"


def test_a_draft_is_replaced_and_no_version(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        revisions = [store.keep_draft(KIND, DATA, "k", f"state {n}").revision for n in range(5)]
    assert revisions == [1, 2, 3, 4, 5]
    with reading(tmp_path) as store:
        (found,) = store.list(KIND)
        assert found.version is None
        assert found.draft is not None
        assert found.draft.content == "state 4"
        assert "save" not in {line["action"] for line in store.audit_log()}


def test_what_is_deleted_can_be_restored_until_it_is_erased(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.save(KIND, DATA, "k", "a")
        assert store.delete(KIND, DATA, "k")
        assert not store.delete(KIND, DATA, "k")
        assert not store.delete(KIND, DATA, "nothing")
        assert store.restore(KIND, DATA, "k")
        assert not store.restore(KIND, DATA, "k")
        store.delete(KIND, DATA, "k", at="2026-01-01")
        store.erase_deleted(KIND, "2026-01-01")
        assert store.restore(KIND, DATA, "k"), "it was not deleted before that time"
        store.delete(KIND, DATA, "k", at="2026-01-01")
        store.erase_deleted(KIND, "2026-01-02")
        assert not store.restore(KIND, DATA, "k")
        found = store.find(KIND, DATA, "k")
        assert found is not None
        assert found.is_erased
        assert list(store.versions(KIND)) == []
        assert store.save(KIND, DATA, "k", "again", seen=0).number == 1
        (again,) = store.list(KIND)
        assert again.deleted_at is None


def test_saving_what_was_deleted_brings_it_back(tmp_path: Path) -> None:
    with writing(tmp_path) as store:
        store.save(KIND, DATA, "k", "a")
        store.delete(KIND, DATA, "k")
        store.save(KIND, DATA, "k", "b")
        (found,) = store.list(KIND)
    assert found.deleted_at is None


def test_an_error_undoes_everything_since_the_transaction_began(tmp_path: Path) -> None:
    def fail() -> None:
        with writing(tmp_path) as outer:
            outer.save(KIND, DATA, "one", "a")
            with writing(tmp_path) as inner:
                inner.save(KIND, DATA, "two", "b")
                with reading(tmp_path) as store:
                    assert len(store.list(KIND)) == 2, "what is being written can be read within"
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with reading(tmp_path) as store:
        assert store.list(KIND) == ()
        assert store.audit_log() == ()


def test_everything_that_is_done_stands_in_the_log_with_who_did_it(tmp_path: Path) -> None:
    ask_person(lambda: Person("ann@example.com", "Ann", "editor"))
    try:
        with writing(tmp_path) as store:
            store.save(KIND, DATA, "k", "a")
            store.delete(KIND, DATA, "k")
            store.record("export", data=DATA, file="x.html")
    finally:
        ask_person(lambda: None)
    with reading(tmp_path) as store:
        log = store.audit_log()
        assert [(line["action"], line["author"]) for line in log] == [
            ("export", "Ann (ann@example.com)"),
            ("delete", "Ann (ann@example.com)"),
            ("save", "Ann (ann@example.com)"),
        ]
        assert log[0]["facts"] == {"file": "x.html"}
        found = store.find(KIND, DATA, "k")
        assert found is not None
        assert (found.owner, found.shared) == ("ann@example.com", "")


@pytest.mark.parametrize("change", ["DELETE FROM audit", "UPDATE audit SET author = 'nobody'"])
def test_the_log_only_grows(tmp_path: Path, change: str) -> None:
    with writing(tmp_path) as store:
        store.record("export")
    with pytest.raises(OSError, match="error"), writing(tmp_path) as store:
        store.connection.execute(text(change))
    with reading(tmp_path) as store:
        assert len(store.audit_log()) == 1


def test_threads_that_save_at_once_keep_everything(tmp_path: Path) -> None:
    def save(number: int) -> int:
        with writing(tmp_path) as store:
            return store.save(KIND, DATA, "k", str(number)).number

    with ThreadPoolExecutor(10) as people:
        assert sorted(people.map(save, range(100))) == list(range(1, 101))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None)), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_can_be_kept(tmp_path: Path, content: str, key: str) -> None:
    with writing(tmp_path) as store:
        kept = store.save(KIND, DATA, key, content).content
        found = store.find(KIND, DATA, key)
    assert found is not None
    assert found.version is not None
    assert found.version.content == kept
    assert kept == content.replace("\0", "").encode("utf-8", "replace").decode()
    with writing(tmp_path) as store:
        again = store.save(KIND, DATA, key, "x", note=content, author=content)
        found = store.find(KIND, DATA, key)
    assert found is not None
    assert found.version == again
    assert again.note == kept
