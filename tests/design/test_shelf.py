"""Designs kept by name: nothing that another tab saved is overwritten, and deleting is not for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acting import ANA, CY, acting
from tests.stored import n_documents, put_draft
from workbench.design import shelf, store
from workbench.design.draft import Draft, new_document
from workbench.design.model import Design
from workbench.rights.may import EVERYBODY
from workbench.store import documents, opening
from workbench.store.kinds import DESIGN, SAVED_DESIGN, SCORECARD
from workbench.store.opening import open_store, writing

pytestmark = pytest.mark.usefixtures("each_database")

A = Design(name="Ours")
DOC, DATA = "0123456789ab", "quotes-desk"


def noted(note: str) -> Design:
    return A.model_copy(update={"note": note})


def test_a_design_is_saved_and_changed_under_one_name(tmp_path: Path) -> None:
    first = shelf.save_document(tmp_path, DATA, DOC, A, None)
    later = shelf.save_document(tmp_path, DATA, DOC, noted("x"), store.design_id(A))
    assert (first.apart, later.apart) == (False, False)
    (kept,) = shelf.read_shelf(tmp_path, DATA).documents
    assert (kept.name, kept.design) == ("Ours", store.design_id(noted("x")))
    assert shelf.load_saved_design(tmp_path, DATA, kept.id) == noted("x")


def test_two_tabs_do_not_lose_each_others_work(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    seen = store.design_id(A)
    shelf.save_document(tmp_path, DATA, DOC, noted("one tab"), seen)
    second = shelf.save_document(tmp_path, DATA, DOC, noted("the other"), seen)
    assert second.apart
    assert second.document != DOC
    assert second.design.name == "Ours 2"
    kept = {each.name: shelf.load_saved_design(tmp_path, DATA, each.id).note
            for each in shelf.read_shelf(tmp_path, DATA).documents}  # fmt: skip
    assert kept == {"Ours": "one tab", "Ours 2": "the other"}


def test_the_same_state_in_two_tabs_is_one_design(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, noted("x"), None)
    assert not shelf.save_document(tmp_path, DATA, DOC, noted("x"), "f" * 12).apart
    assert len(shelf.read_shelf(tmp_path, DATA).documents) == 1


def test_a_deleted_design_can_be_restored_and_comes_back_when_it_is_worked_on(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    shelf.delete_document(tmp_path, DATA, DOC)
    assert shelf.read_shelf(tmp_path, DATA).latest_first() == ()
    assert [each.id for each in shelf.read_shelf(tmp_path, DATA).latest_first(deleted=True)] == [DOC]
    shelf.delete_document(tmp_path, DATA, DOC, deleted=False)
    assert [each.id for each in shelf.read_shelf(tmp_path, DATA).latest_first()] == [DOC]
    shelf.delete_document(tmp_path, DATA, DOC)
    shelf.save_document(tmp_path, DATA, DOC, noted("x"), store.design_id(A))
    assert [each.id for each in shelf.read_shelf(tmp_path, DATA).latest_first()] == [DOC]


def test_the_last_changed_comes_first_and_is_found_by_its_content(tmp_path: Path) -> None:
    other = "ba9876543210"
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    shelf.save_document(tmp_path, DATA, other, noted("x"), None)
    found = shelf.read_shelf(tmp_path, DATA)
    assert [each.id for each in found.latest_first()] == [other, DOC]
    assert found.of_design(store.design_id(A)).id == DOC
    assert found.of_design("f" * 12) is None


def test_the_current_scorecard_is_one_design_and_travels_with_the_data(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    shelf.set_current(tmp_path, DATA, A)
    shelf.copy_shelf(tmp_path, DATA, "changed")
    copied = shelf.read_shelf(tmp_path, "changed")
    assert (copied.current, [each.id for each in copied.documents]) == (store.design_id(A), [DOC])
    shelf.set_current(tmp_path, DATA, None)
    assert shelf.read_shelf(tmp_path, DATA).current is None


def test_of_one_person_only_what_is_theirs_travels(tmp_path: Path) -> None:
    with acting(ANA):
        shelf.save_document(tmp_path, DATA, DOC, A, None)
        shelf.set_current(tmp_path, DATA, A)
        with writing(tmp_path) as kept:
            kept.share(SAVED_DESIGN, DATA, DOC, EVERYBODY)
            kept.share(SCORECARD, DATA, "", EVERYBODY)
    with acting(CY):
        shelf.save_document(tmp_path, DATA, "c" * 12, noted("own"), None)
        shelf.copy_shelf(tmp_path, DATA, "changed", CY.id)
        copied = shelf.read_shelf(tmp_path, "changed")
    assert (copied.current, [each.id for each in copied.documents]) == (None, ["c" * 12])


def test_of_a_design_that_two_versions_of_the_data_have_the_later_one_travels(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    shelf.copy_shelf(tmp_path, DATA, "changed")
    shelf.save_document(tmp_path, "changed", DOC, noted("later"), store.design_id(A))
    shelf.copy_shelf(tmp_path, DATA, "changed")
    assert shelf.read_shelf(tmp_path, "changed").find(DOC).design == store.design_id(noted("later"))
    shelf.copy_shelf(tmp_path, "changed", DATA)
    assert shelf.read_shelf(tmp_path, DATA).find(DOC).design == store.design_id(noted("later"))


@pytest.mark.parametrize("damage", ["{", "[]", "null", '{"design": "no id", "name": "N"}', '{"name": "N"}'])
def test_one_damaged_entry_does_not_take_the_others_along(tmp_path: Path, damage: str) -> None:
    shelf.save_document(tmp_path, DATA, DOC, A, None)
    put_draft(tmp_path, SAVED_DESIGN, DATA, "ba9876543210", damage)
    assert [each.name for each in shelf.read_shelf(tmp_path, DATA).documents] == ["Ours"]


def test_the_state_on_the_shelf_outlives_the_links_to_it(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, DATA, DOC, noted("x"), None)
    assert shelf.load_saved_design(tmp_path, DATA, DOC) == noted("x")
    assert shelf.load_saved_design(tmp_path, DATA, "f" * 12) is None


def test_a_strange_name_of_a_data_set_keeps_nothing(tmp_path: Path) -> None:
    shelf.save_document(tmp_path, "../evil", DOC, A, None)
    assert shelf.read_shelf(tmp_path, "../evil").documents == ()
    assert not list(tmp_path.glob("evil*"))


def test_releasing_a_weight_leaves_one_state_for_ever(tmp_path: Path) -> None:
    """Each release used to leave a file."""
    seen = None
    for release in range(20):
        state = noted(f"release {release}")
        store.keep_design_draft(tmp_path, state)
        shelf.save_document(tmp_path, DATA, DOC, state, seen)
        seen = store.design_id(state)
    assert n_documents(tmp_path, SAVED_DESIGN) == 1
    chosen = noted("release 7")
    store.save_design(tmp_path, chosen)
    with writing(tmp_path) as kept:
        forgotten = kept.forget_drafts(DESIGN, (datetime.now(UTC) + timedelta(seconds=1)).isoformat())
    assert (forgotten, n_documents(tmp_path, DESIGN)) == (19, 1)
    assert store.find_design(tmp_path, store.design_id(chosen)) == chosen
    assert shelf.load_saved_design(tmp_path, DATA, DOC) == noted("release 19")


def test_a_draft_that_a_link_opens_now_and_then_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "utc_now", lambda: "2026-01-01T00:00:00.000000+00:00")
    for note in ("opened again", "never again"):
        store.keep_design_draft(tmp_path, noted(note))
    monkeypatch.undo()
    store.keep_design_draft(tmp_path, noted("opened again"))
    open_store(tmp_path).upkeep_at -= opening.UPKEEP_SECONDS + 1
    found = [store.find_design(tmp_path, store.design_id(noted(note))) for note in ("opened again", "never again")]
    assert found == [noted("opened again"), None]


def test_opening_another_design_is_a_step_that_can_be_undone() -> None:
    draft = Draft.start(A, document=DOC).change(noted("x"), "noted")
    other = draft.change(A, "“Ours” opened", new_document())
    assert (other.document != DOC, other.is_edited, other.undo().document) == (True, False, DOC)
    assert other.undo().is_edited
    assert (other.began_as, other.undo().began_as) == (A, A)
    moved = other.undo().moved_to("f" * 12, "Ours 2")
    assert [step.design.name for step in moved.steps] == ["Ours 2", "Ours 2", "Ours"]
    assert {step.document for step in moved.steps[:2]} == {"f" * 12}
