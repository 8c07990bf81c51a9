"""The design menu: begun, kept, opened, shared and deleted, and nothing lost on the way."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.stored import full_disk
from tests.ui.conftest import Open, label_of
from tests.ui.test_goal_and_kpis import design, pressed
from tests.ui.test_pages import words as shown
from workbench.design.model import design_json
from workbench.design.shelf import SavedDesign, load_saved_design, read_shelf
from workbench.design.store import design_id
from workbench.store.kinds import DESIGN
from workbench.store.opening import reading
from workbench.ui.session import documents, state
from workbench.ui.widgets.parts import FIRST_SAMPLE
from workbench.words import designs as words

MENU = "context.menu."


@pytest.fixture
def app(opened: Open) -> AppTest:
    return opened("data", data="quotes-desk")


def chosen(app: AppTest, command: str) -> AppTest:
    return pressed(app, MENU + command)


def weighed(app: AppTest, weight: float) -> AppTest:
    app.switch_page("../../../pages/kpis.py").run()
    return app.number_input(key="kpis.0.weight").set_value(weight).run()


def shelf_names(app: AppTest, home) -> list[str]:
    return [each.name for each in read_shelf(home, app.session_state["context.data"]).documents if not each.deleted]


def test_a_new_design_is_empty_and_the_old_one_is_one_undo_away(app: AppTest) -> None:
    old = design(app)
    app = chosen(app, "New")
    assert (design(app).goal, design(app).kpis) == (None, ())
    assert "First: what is the #1 goal?" in [header.value for header in app.header]
    app = pressed(app, "context.undo")
    assert design(app) == old


def test_a_change_is_kept_and_found_again_by_another_visitor(app: AppTest, opened: Open, home) -> None:
    weighed(app, 77)
    assert shelf_names(app, home) == ["Quotes beside sales"]
    other = chosen(opened("data", data="quotes-desk"), "Open …")
    row = next(button for button in other.button if (button.key or "").startswith("context.open.") and
               button.key != "context.open.own")  # fmt: skip
    other = row.click().run()
    assert design(other).kpis[0].weight == 77
    assert pressed(other, "context.undo").session_state["context.data"] == "quotes-desk"


def test_two_tabs_keep_both(app: AppTest, opened: Open, home) -> None:
    link = dict(weighed(app, 77).query_params)
    other = opened("kpis", **link)
    weighed(app, 60)
    other = weighed(other, 50)
    assert design(other).name == "Quotes beside sales 2"
    assert words.apart_sentence("Quotes beside sales", "Quotes beside sales 2") in shown(other)
    assert "Changed there: Quotes weighs 60 instead of 77." in shown(other)
    assert sorted(shelf_names(app, home)) == ["Quotes beside sales", "Quotes beside sales 2"]
    assert words.CHANGED_THERE not in shown(app.run())
    other.switch_page("../../../pages/preview.py").run()
    assert words.CHANGED_THERE in shown(other), "it stands on every page until somebody chooses"


def changed_in_two_tabs(app: AppTest, opened: Open) -> AppTest:
    """The tab that was slower: it weighs 50, the other one 60."""
    link = dict(weighed(app, 77).query_params)
    other = opened("kpis", **link)
    weighed(app, 60)
    return weighed(other, 50)


def test_a_save_whose_run_was_broken_off_is_no_change_of_another_tab(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run may end wherever it asks the session, so also right after a save."""
    save, ask = documents.shelf.save_document, documents._data
    saved: list[SavedDesign] = []
    just_saved: list[bool] = []

    def data() -> str:
        if just_saved and sys._getframe(1).f_code.co_name == "_save_changes":
            just_saved.clear()
            raise OSError("broken off")
        return ask()

    def and_tell(*args: Any) -> SavedDesign:
        saved.append(save(*args))
        just_saved.append(True)
        return saved[-1]

    monkeypatch.setattr(documents.shelf, "save_document", and_tell)
    monkeypatch.setattr(documents, "_data", data)
    weighed(app, 55)
    just_saved.clear()
    weighed(app, 65)
    assert len(saved) >= 2
    assert [each.apart for each in saved] == [False] * len(saved)


def test_of_two_changes_theirs_can_be_opened(app: AppTest, opened: Open, home) -> None:
    other = pressed(changed_in_two_tabs(app, opened), "context.apart.theirs")
    assert (design(other).name, design(other).kpis[0].weight) == ("Quotes beside sales", 60)
    assert words.CHANGED_THERE not in shown(other)
    assert sorted(shelf_names(app, home)) == ["Quotes beside sales", "Quotes beside sales 2"]
    assert design(weighed(other, 40)).name == "Quotes beside sales", "it goes on from theirs"


def test_of_two_changes_mine_can_take_the_place_of_theirs(app: AppTest, opened: Open, home) -> None:
    other = pressed(changed_in_two_tabs(app, opened), "context.apart.over")
    assert (design(other).name, design(other).kpis[0].weight) == ("Quotes beside sales", 50)
    assert shelf_names(app, home) == ["Quotes beside sales"]
    assert words.CHANGED_THERE not in shown(other)
    first = weighed(app, 61)
    assert design(first).name == "Quotes beside sales 2", "now the first tab is told"
    assert "Quotes weighs 50 instead of 60." in shown(first)


def test_of_two_changes_both_can_stay(app: AppTest, opened: Open, home) -> None:
    other = pressed(changed_in_two_tabs(app, opened), "context.apart.both")
    assert (design(other).name, design(other).kpis[0].weight) == ("Quotes beside sales 2", 50)
    assert words.CHANGED_THERE not in shown(other)
    assert sorted(shelf_names(app, home)) == ["Quotes beside sales", "Quotes beside sales 2"]


def test_on_a_full_disk_work_goes_on_and_is_saved_once_there_is_room(app: AppTest, home) -> None:
    with full_disk(home):
        app = weighed(app, 77)
        assert not app.exception
        assert [warning.value for warning in app.warning if "saved" in warning.value] == [
            words.unsaved_sentence("No space left on device")
        ]
        app = chosen(app, "Duplicate")
        assert not app.exception
        assert design(app).name == "Quotes beside sales (copy)"
    app = pressed(app, "context.undo")
    assert not [warning for warning in app.warning if "saved" in warning.value]
    assert "Quotes beside sales" in shelf_names(app, home)
    assert design(app).kpis[0].weight == 77


def test_a_copy_has_a_name_of_its_own_and_the_original_stays(app: AppTest, home) -> None:
    app = weighed(app, 77)
    app = chosen(app, "Duplicate")
    assert design(app).name == "Quotes beside sales (copy)"
    app = weighed(app, 10)
    assert sorted(shelf_names(app, home)) == ["Quotes beside sales", "Quotes beside sales (copy)"]
    assert design(pressed(pressed(app, "context.undo"), "context.undo")).kpis[0].weight == 77


def test_a_deleted_design_comes_back_by_undo(app: AppTest, home) -> None:
    app = weighed(app, 77)
    app = chosen(app, "Delete")
    assert [toast.value.replace("\\", "") for toast in app.toast] == [
        "“Quotes beside sales” was deleted, and “Quotes beside sales” is open now. Undo brings it back."
    ]
    assert design(app).kpis[0].weight != 77
    assert shelf_names(app, home) == []
    app = pressed(app, "context.undo")
    assert design(app).kpis[0].weight == 77
    assert shelf_names(app, home) == ["Quotes beside sales"]


def test_a_design_needs_a_name_that_is_free(app: AppTest, home) -> None:
    chosen(weighed(app, 77), "Duplicate")
    saved = read_shelf(home, "quotes-desk")
    copy = next(each for each in saved.documents if each.name.endswith("(copy)"))
    assert saved.is_taken(" Quotes beside sales ", but=copy.id)
    assert not saved.is_taken("Quotes beside sales (copy)", but=copy.id)
    assert words.name_problem("Free", taken=False) == ""
    assert words.name_problem("  ", taken=False) == "Type a name."
    assert words.name_problem("Free", taken=True).startswith("Another design has this name.")


def test_a_deleted_design_can_be_restored_later(app: AppTest, opened: Open) -> None:
    chosen(weighed(app, 77), "Delete")
    other = chosen(opened("data", data="quotes-desk"), "Open …")
    restore = next(button for button in other.button if (button.key or "").startswith("context.restore."))
    assert "Can be restored until" in shown(other)
    assert design(restore.click().run()).kpis[0].weight == 77


def test_copying_the_link_keeps_the_design_for_good(app: AppTest, home) -> None:
    app = weighed(app, 77)
    with reading(home) as store:
        assert store.find(DESIGN, "", design_id(design(app))).version is None
    chosen(app, "Copy link …")
    with reading(home) as store:
        assert store.find(DESIGN, "", design_id(design(app))).version.number == 1


def test_the_link_carries_hidden_names(app: AppTest, opened: Open) -> None:
    app = app.toggle(key=state.HIDE_NAMES).set_value(True).run()
    assert app.query_params["names"] == "hidden"
    other = opened("data", data="quotes-desk", names="hidden")
    assert other.toggle(key=state.HIDE_NAMES).value is True
    other = other.toggle(key=state.HIDE_NAMES).set_value(False).run()
    assert "names" not in other.query_params


def test_an_upload_opens_with_the_design_last_worked_on(opened: Open, uploaded: str) -> None:
    pressed(opened("goal", data=uploaded), "goal.first.sales")
    assert design(opened("goal", data=uploaded)).goal.measure == "sales"


def test_an_old_link_changes_nothing(opened: Open, uploaded: str, home) -> None:
    app = pressed(opened("goal", data=uploaded), "goal.first.sales")
    old = dict(app.query_params)
    app.text_input(key="goal.label").set_value("Renamed").run()
    assert design(opened("goal", **old)).goal.label != "Renamed"
    (kept,) = read_shelf(home, uploaded).documents
    assert kept.design == design_id(design(app))


def test_the_current_scorecard_is_what_was_said_to_be(app: AppTest) -> None:
    app = weighed(app, 77)
    app = chosen(app, "Use as current scorecard")
    assert "Use as current scorecard" not in [label_of(button) for button in app.button]
    weighed(app, 10)
    assert "Use as current scorecard" in [label_of(button) for button in app.button]


def test_a_file_brought_before_any_data_is_opened_with_the_data(opened: Open) -> None:
    def bring(content: str) -> None:
        import streamlit as st

        from workbench.ui.session import documents, state

        st.session_state["found"] = documents.import_design(content.encode(), "ours.design.json")
        state.open_dataset("quotes-desk")
        st.session_state["now"] = (state.current_design(), state.current_draft().undoes)

    ours = {"name": "Ours", "kpis": [{"name": "Quotes", "formula": "quotes"}]}
    app = AppTest.from_function(bring, args=(json.dumps(ours),)).run()
    assert app.session_state["found"] == ()
    assert (design_json(app.session_state["now"][0]), app.session_state["now"][1]) == (ours, "opened from a file")


def test_a_file_that_is_no_design_is_said(home) -> None:
    (issue,) = documents.import_design(b"[1]", "x.json")
    assert issue.code == "not_json"


def test_samples_begin_with_their_own_design(app: AppTest, opened: Open) -> None:
    own = design(app)
    weighed(app, 77)
    assert design(opened("data", data="quotes-desk")) == own
    assert FIRST_SAMPLE != "quotes-desk"


def test_of_two_changes_a_third_one_is_not_passed_over(app: AppTest, opened: Open, home) -> None:
    other = changed_in_two_tabs(app, opened)
    weighed(app, 61)
    other = pressed(other, "context.apart.over")
    assert design(app).kpis[0].weight == 61
    assert sorted(shelf_names(app, home)) == ["Quotes beside sales", "Quotes beside sales 2"]
    assert design(other).name == "Quotes beside sales 2"
    assert "Changed there: Quotes weighs 61 instead of 77." in shown(other)
    other = pressed(other, "context.apart.over")
    assert shelf_names(app, home) == ["Quotes beside sales"]


def test_what_is_saved_with_one_data_set_is_saved_with_another_too(app: AppTest, home) -> None:
    weighed(app, 77)
    drafts = app.session_state["context.drafts"]
    drafts["dials-floor"] = drafts["quotes-desk"]
    app.session_state["context.data"] = "dials-floor"
    app.run()
    (saved,) = read_shelf(home, "dials-floor").documents
    found = load_saved_design(home, "dials-floor", saved.id)
    assert found is not None
    assert found.kpis[0].weight == 77
