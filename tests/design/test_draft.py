"""Undo and redo, and designs kept by their content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.design.test_model import designs
from tests.stored import put
from workbench.design import store
from workbench.design.draft import MOST_STEPS, Draft
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.store.kinds import DESIGN

ONE, TWO, THREE = (Design(name=name) for name in ("one", "two", "three"))


def test_undo_and_redo_walk_the_steps_and_say_what_they_were():
    draft = Draft.start(ONE).change(TWO, "to two").change(THREE, "to three")
    assert (draft.undoes, draft.redoes) == ("to three", None)
    back = draft.undo()
    assert (back.design, back.undoes, back.redoes) == (TWO, "to two", "to three")
    assert back.undo().undo().undo().design == ONE
    assert back.redo().redo().design == THREE


def test_a_change_after_undo_drops_what_was_undone():
    draft = Draft.start(ONE).change(TWO, "to two").undo().change(THREE, "to three")
    assert [step.design for step in draft.steps] == [ONE, THREE]
    assert draft.redoes is None


def test_the_same_design_again_is_no_step():
    draft = Draft.start(ONE).change(TWO, "to two")
    assert draft.change(TWO, "again") is draft


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_any_sequence_keeps_the_draft_whole(moves):
    draft = Draft.start(ONE)
    for place, move in enumerate(moves):
        draft = draft.change(Design(name=f"d{place}"), move) if move == "change" else getattr(draft, move)()
        assert draft.design is draft.steps[draft.at].design
    assert len(draft.steps) <= len(moves) + 1


def test_history_is_bounded():
    draft = Draft.start(ONE)
    for place in range(MOST_STEPS + 50):
        draft = draft.change(Design(name=f"d{place}"), "next")
    assert len(draft.steps) == MOST_STEPS
    assert draft.design.name == f"d{MOST_STEPS + 49}"


def test_going_to_a_design_takes_the_nearest_step_that_shows_it():
    draft = Draft.start(ONE).change(TWO, "a").change(ONE, "b").change(THREE, "c")
    assert draft.go_to(ONE).at == 2
    assert draft.go_to(Design(name="elsewhere")) is None


@given(designs)
def test_kept_designs_come_back_equal_under_an_id_of_their_content(tmp_path_factory, design):
    folder = tmp_path_factory.getbasetemp() / "kept"
    name = store.save_design(folder, design)
    assert store.find_design(folder, name) == design
    assert store.save_design(folder, design) == name
    assert len(name) == 12


@pytest.mark.parametrize("name", ["", "../secret", "a" * 13, "0123456789AB", "0123456789ab/..", "\x00" * 12, "abc"])
def test_any_text_is_safe_to_ask_for(tmp_path, name):
    assert store.find_design(tmp_path, name) is None


def test_a_damaged_design_is_an_input_fault(tmp_path):
    name = store.save_design(tmp_path, ONE)
    put(tmp_path, DESIGN, "", name, "{")
    with pytest.raises(InputError, match="not_json"):
        store.find_design(tmp_path, name)
