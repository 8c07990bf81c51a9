"""The page Trials: the wall, one trial with its parts, the card, and what hands do with trials."""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open, label_of
from tests.ui.test_hidden_names import check_sent
from workbench.data.library.data_sets import DataSetEntry, find_data_set, workspace_folder
from workbench.design.decisions import read_decisions
from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_library import find_trial, list_trials, save_trial
from workbench.ui.session.pivot_draft import PivotDraft
from workbench.ui.trials import changes
from workbench.words import trial_card as card_words
from workbench.words import trial_planning as planning
from workbench.words.trial_history import HISTORY
from workbench.words.trials import EMPTY, TABS

SAMPLE, KEY = "dials-floor", "dials-floor"


def shown(app: AppTest) -> str:
    said = (app.title, app.markdown, app.header, app.subheader, app.caption)
    kinds = (*said, app.info, app.warning, app.error, app.success)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    button = next(each for each in app.button if label_of(each) == label)
    assert not button.disabled
    app = button.click().run()
    assert not app.exception
    return app


def entry(data: str = SAMPLE) -> DataSetEntry:
    found = find_data_set(workspace_folder(), data)
    assert found is not None
    return found


def field(app: AppTest, name: str) -> str:
    """The key of a field of the card at hand."""
    hidden = "h" if app.toggle(key="context.hide_names").value else ""
    return f"trials.card.{app.session_state['trials.card'].number}{hidden}.{name}"


def on_decide(app: AppTest, draft: PivotDraft) -> AppTest:
    """Decide with what was handed over; after a switch of pages the harness goes on with the page that it began on."""
    app.session_state["decide.pivot.draft"] = draft
    return app.run()


@pytest.fixture
def half(home) -> str:
    """A trial of half of the dials floor that has data after its start; its key."""
    reps = sorted(sample_panel(SAMPLE).reps["rep"])
    file = parse_trial({"name": "Half", "measure": "sales", "treated": reps[::2], "start": "2025-01-01", "looks": 3,
                        "end": "2025-06-30", "side_effects": ["quotes"], "cost_hours": 4})  # fmt: skip
    return save_trial(workspace_folder(), entry(), "half", file).key


def test_what_is_decided_about_a_trial_begins_with_the_trial(opened: Open, home) -> None:
    reps = sorted(sample_panel(SAMPLE).reps["rep"])
    file = parse_trial({"name": "Half", "change": "Fewer dials.", "measure": "sales", "lever": "dials/workdays",
                        "treated": reps[::2], "start": "2025-01-01", "end": "2025-06-30"})  # fmt: skip
    app = opened("trials", data=SAMPLE, trial=save_trial(workspace_folder(), entry(), "half", file).key)
    app = press(app, "Log what you decide")
    form = "decide.pivot.handed.0"
    why = next(each for each in app.text_area if each.proto.form_id == form)
    about = next(each for each in app.selectbox if each.proto.form_id == form)
    assert why.value.startswith("Trial “Half”: Fewer dials. ")
    assert about.value == "Dials"
    app = on_decide(opened("decide", data=SAMPLE), app.session_state["decide.pivot.draft"])
    app = next(each for each in app.button if each.proto.form_id == form).click().run()
    (pivot,) = read_decisions(workspace_folder(), SAMPLE).pivots
    assert (pivot.kpi.name, pivot.why) == ("Dials", why.value)
    assert [each for each in app.text_area if each.proto.form_id.startswith("decide.pivot.handed")] == []


def test_a_trial_about_no_kpi_leaves_the_kpi_to_be_chosen(opened: Open, home) -> None:
    app = on_decide(opened("decide", data=SAMPLE), PivotDraft(SAMPLE, "Trial “Half”. It harms.", ("sales",), "stop"))
    assert "stop" in [each.value for each in app.segmented_control if each.label == "Step"]
    app = next(each for each in app.button if each.proto.form_id == "decide.pivot.handed.0").click().run()
    assert "Choose the KPI first." in shown(app)
    assert read_decisions(workspace_folder(), SAMPLE).pivots == ()
    app = press(app, "Not now")
    assert [each for each in app.text_area if each.proto.form_id.startswith("decide.pivot.handed")] == []


def test_the_first_visit_shows_the_trial_of_the_sample(opened: Open) -> None:
    app = opened("trials", data=SAMPLE)
    text = shown(app)
    assert "Communications instead of dials" in text
    assert "more per rep and month than before. Everybody changed, so this is no proof." in text
    assert len(app.get("vega_lite_chart")) == 1


@pytest.mark.parametrize("part", TABS)
@pytest.mark.parametrize("key", [KEY, "half"])
def test_every_part_of_a_trial_opens(opened: Open, half: str, key: str, part: str) -> None:
    app = opened("trials", data=SAMPLE, trial=key, part=part.lower().replace(" ", "-"))
    assert not app.exception
    assert not app.error
    assert app.session_state["trials.part"] == part
    assert 2 <= len(app.metric) <= 5


def test_a_trial_with_colleagues_shows_range_reasons_and_the_naive_change(opened: Open, half: str) -> None:
    app = opened("trials", data=SAMPLE, trial=half)
    assert app.header[0].value.replace("\\", "").startswith("Half: ")
    text = shown(app)
    assert "Before and after alone says " in text
    assert "Ended" in text
    assert [metric.label for metric in app.metric][1] == "Likely range"
    app.session_state["trials.part"] = TABS[4]
    text = shown(app.run())
    assert "95% CI" in text
    assert "simulated trials without an effect" in text


def test_the_link_follows_and_leads(opened: Open) -> None:
    app = opened("trials", data=SAMPLE)
    app = press(app, "Open")
    assert app.query_params["trial"] == KEY
    app = press(app, "All trials")
    assert "trial" not in app.query_params
    app.query_params["trial"] = KEY
    assert label_of(next(each for each in app.run().button if each.key == "trials.all")) == "All trials"


def test_a_link_to_nothing_says_so_and_shows_the_wall(opened: Open) -> None:
    app = opened("trials", data=SAMPLE, trial="nothing")
    assert card_words.NOT_FOUND in shown(app)
    assert "Communications instead of dials" in shown(app)


@pytest.mark.parametrize("key", ["", KEY, "half"])
def test_no_hidden_name_is_sent_from_the_wall_a_trial_or_its_card(opened: Open, half: str, key: str) -> None:
    app = opened("trials", data=SAMPLE, trial=key, names="hidden")
    check_sent(app)
    for part in TABS if key else ():
        app.session_state["trials.part"] = part
        check_sent(app.run())
    check_sent(press(app, "Edit" if key else card_words.NEW))


def test_an_empty_data_set_teaches_and_fills_a_card(opened: Open, uploaded: str) -> None:
    app = opened("trials", data=uploaded)
    assert EMPTY in shown(app)
    app = press(app, "Plan a trial on a measure")
    assert app.session_state[field(app, "measure")] == "deals"
    assert len(app.session_state[field(app, "treated.names")]) == 3
    app = press(app, card_words.SAVE)
    (kept,) = list_trials(workspace_folder(), entry(uploaded))
    assert kept.file.assignment == "random"
    assert kept.file.start > dt.date.today()
    assert app.query_params["trial"] == kept.key
    assert "Planned" in shown(app)


def test_a_card_names_all_of_its_problems_at_once_and_cannot_be_saved(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.text_input(key=field(app, "name")).set_value("").run()
    assert card_words.NO_NAME in shown(app)
    app.date_input(key=field(app, "start")).set_value(dt.date(2020, 1, 1))
    app.date_input(key=field(app, "end")).set_value(dt.date(2019, 1, 1)).run()
    assert (len(app.error), card_words.NO_NAME in shown(app)) == (2, True)
    app.text_input(key=field(app, "name")).set_value("T").run()
    assert (len(app.error), card_words.NO_NAME in shown(app)) == (2, False)
    assert next(each for each in app.button if label_of(each).endswith(card_words.SAVE)).disabled
    assert list_trials(workspace_folder(), entry())[0].key == KEY


def test_a_planned_card_says_which_effect_it_would_find(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    assert "would show an effect of $" in shown(app)
    app.number_input(key="trials.lots.n.20").set_value(5).run()
    drawn = []
    for _ in range(3):
        app = press(app, card_words.DRAW)
        drawn.append(tuple(app.session_state[field(app, "treated.names")]))
    assert [len(each) for each in drawn] == [5, 5, 5]
    assert len(set(drawn)) > 1, "another press draws other reps"


def test_the_order_in_which_reps_begin_is_drawn_shown_saved_and_taken_away(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.date_input(key=field(app, "start")).set_value(dt.date(2024, 10, 1)).run()
    app.date_input(key=field(app, "end")).set_value(None).run()
    app.segmented_control(key=field(app, "treated")).set_value(card_words.EVERYBODY_CHANGES).run()
    app = press(app, card_words.DRAW_ORDER)
    assert "From 1 October 2024: " in shown(app)
    assert "From 1 February 2025: " in shown(app)
    assert "From 1 April 2025: " not in shown(app)
    key = app.session_state["trials.card"].save_as
    press(app, card_words.SAVE)
    kept = find_trial(workspace_folder(), entry(), key)
    assert kept is not None
    assert sorted(set(kept.file.starts.values())) == [dt.date(2024, 10, 1), dt.date(2024, 12, 1), dt.date(2025, 2, 1)]
    assert len(kept.file.starts) == 24
    app = press(press(opened("trials", data=SAMPLE, trial=key), "Edit"), card_words.ONE_START)
    press(app, card_words.SAVE)
    assert find_trial(workspace_folder(), entry(), key).file.starts == {}


def test_what_was_typed_is_there_after_another_page(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.text_input(key=field(app, "change")).set_value("75 communications").run()
    app.switch_page("../../../pages/kpis.py").run()
    app.switch_page("../../../pages/trials.py").run()
    assert app.text_input(key=field(app, "change")).value == "75 communications"


def test_a_card_knows_under_which_key_it_is_saved_before_it_is(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    key = app.session_state["trials.card"].save_as
    app.text_input(key=field(app, "change")).set_value("typed").run()
    assert app.session_state["trials.card"].save_as == key
    assert press(app, card_words.SAVE).query_params["trial"] == key


def test_groups_are_saved_as_a_formula(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.session_state[field(app, "treated")] = card_words.BY_GROUP
    app.run()
    app.selectbox(key=field(app, "treated.attribute")).set_value("office").run()
    app.multiselect(key=field(app, "treated.office")).set_value(["Denver"]).run()
    app = press(app, card_words.SAVE)
    kept = find_trial(workspace_folder(), entry(), app.query_params["trial"])
    assert kept is not None
    assert kept.file.treated == "office == 'Denver'"


def test_edit_keeps_the_trial_and_a_duplicate_is_another(opened: Open, half: str) -> None:
    app = press(opened("trials", data=SAMPLE, trial=half), "Edit")
    app.text_input(key=field(app, "owner")).set_value("Grace").run()
    press(app, card_words.SAVE)
    kept = find_trial(workspace_folder(), entry(), half)
    assert kept is not None
    assert (kept.file.owner, kept.file.looks, kept.version) == ("Grace", 3, 2)
    app = opened("trials", data=SAMPLE, trial=half)
    press(app.button(key="trials.copy").click().run(), card_words.SAVE)
    assert [each.file.name for each in list_trials(workspace_folder(), entry())].count("Half (copy)") == 1


def test_hidden_names_are_not_saved_over_real_ones(opened: Open, half: str) -> None:
    file = parse_trial({"name": "Ana Ruiz leads", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01"})
    save_trial(workspace_folder(), entry(), "ana", file)
    app = press(opened("trials", data=SAMPLE, trial="ana", names="hidden"), "Edit")
    assert "Ana Ruiz" not in app.text_input(key=field(app, "name")).value
    press(app, card_words.SAVE)
    kept = find_trial(workspace_folder(), entry(), "ana")
    assert kept is not None
    assert (kept.file.name, kept.file.treated, kept.version) == ("Ana Ruiz leads", ("Ana Ruiz",), 2)


def test_hiding_names_over_an_open_card_loses_nothing(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.text_input(key=field(app, "change")).set_value("Ana Ruiz leads the calls").run()
    chosen = app.session_state["trials.card"].fields["treated"]
    app.toggle(key="context.hide_names").set_value(True).run()
    check_sent(app)
    assert app.session_state["trials.card"].fields["treated"] == chosen
    assert app.session_state["trials.card"].fields["change"] == "Ana Ruiz leads the calls"
    app.toggle(key="context.hide_names").set_value(False).run()
    assert app.text_input(key=field(app, "change")).value == "Ana Ruiz leads the calls"
    assert app.session_state[field(app, "treated.names")] == chosen


def test_a_running_trial_ends_with_the_data(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE, trial=KEY), "End now")
    kept = find_trial(workspace_folder(), entry(), KEY)
    assert kept is not None
    assert kept.file.end == dt.date(2025, 6, 30)
    assert "Ended" in shown(app)


def test_an_end_is_given_to_the_trial_as_somebody_else_saved_it(opened: Open) -> None:
    app, home = opened("trials", data=SAMPLE, trial=KEY), workspace_folder()
    kept = find_trial(home, entry(), KEY)
    assert kept is not None
    save_trial(home, entry(), KEY, kept.file.model_copy(update={"name": "theirs"}))
    press(app, "End now")
    kept = find_trial(home, entry(), KEY)
    assert kept is not None
    assert (kept.file.name, kept.file.end) == ("theirs", dt.date(2025, 6, 30))


def test_a_duplicate_with_another_end_keeps_the_plan_that_was_there(opened: Open, half: str) -> None:
    long = find_trial(workspace_folder(), entry(), half)
    assert long is not None
    save_trial(workspace_folder(), entry(), half, long.file.model_copy(update={"end": dt.date(2025, 12, 31)}))
    app = opened("trials", data=SAMPLE, trial=half)
    app = app.button(key="trials.copy").click().run()
    app.date_input(key=field(app, "end")).set_value(dt.date(2025, 6, 30)).run()
    app.number_input(key=field(app, "looks")).set_value(1).run()
    app = press(app, card_words.SAVE)
    (copy,) = [each.file for each in list_trials(workspace_folder(), entry()) if each.file.name == "Half (copy)"]
    assert (copy.plan, copy.ended_early, copy.looks) == (dt.date(2025, 12, 31), True, 3)
    assert "The trial “Half” looks at the same data" in shown(app)


def test_a_duplicate_with_another_first_day_says_which_look_it_is_before_and_after(opened: Open, half: str) -> None:
    app = opened("trials", data=SAMPLE, trial=half).button(key="trials.copy").click().run()
    assert card_words.further_look_line(2) not in shown(app)
    app.date_input(key=field(app, "start")).set_value(dt.date(2025, 2, 1)).run()
    assert card_words.further_look_line(2) in shown(app)
    app = press(app, card_words.SAVE)
    (copy,) = [each.file for each in list_trials(workspace_folder(), entry()) if each.file.name == "Half (copy)"]
    assert copy.tries == 2
    assert "This card is look 2 at the same data" in shown(app)


def test_earlier_versions_can_be_read_and_not_brought_back(opened: Open, half: str) -> None:
    app = press(opened("trials", data=SAMPLE, trial=half), "Edit")
    app.text_input(key=field(app, "owner")).set_value("Ana Ruiz").run()
    press(app, card_words.SAVE)
    app = opened("trials", data=SAMPLE, trial=half, part="how-reliable")
    assert HISTORY in shown(app)
    labels = [each.label for each in app.expander if each.icon == ":material/history:"]
    assert [label.split(":")[0].replace("\\", "") for label in labels] == ["2", "1"]
    assert "- Owner: empty → Ana Ruiz." in shown(app)
    assert "- First saved." in shown(app)
    assert not [each for each in app.button if "bring" in label_of(each).lower()]
    app = opened("trials", data=SAMPLE, trial=half, part="how-reliable", names="hidden")
    assert HISTORY in shown(app)
    check_sent(app)
    once = opened("trials", data=SAMPLE, trial=KEY, part="how-reliable")
    assert HISTORY not in shown(once)


def test_the_name_of_a_removed_trial_and_of_its_file_follow_the_names_as_shown(opened: Open) -> None:
    """Removed while names were shown, a trial named after a rep was still named after names were hidden."""
    rep = sorted(sample_panel(SAMPLE).reps["rep"])[0]
    file = parse_trial({"name": f"{rep} alone", "measure": "sales", "treated": [rep], "start": "2025-01-01"})
    key = save_trial(workspace_folder(), entry(), "named", file).key
    app = opened("trials", data=SAMPLE, trial=key, names="hidden")
    assert not any(part in app.get("download_button")[0].proto.url for part in rep.split())
    app = press(opened("trials", data=SAMPLE, trial=key), "Remove")
    assert f"Removed: {rep} alone." in shown(app)
    app.toggle(key="context.hide_names").set_value(True).run()
    assert "Removed: " in shown(app)
    check_sent(app)


def test_a_removed_trial_comes_back_by_one_press(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE, trial=KEY), "Remove")
    assert list_trials(workspace_folder(), entry()) == ()
    assert "Removed: Communications instead of dials." in shown(app)
    app = press(app, "Undo")
    assert [kept.key for kept in list_trials(workspace_folder(), entry())] == [KEY]
    assert "Removed:" not in shown(app)


def test_a_file_is_shown_as_a_card_before_anything_is_saved(opened: Open, monkeypatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(changes.st, "session_state", state)
    cards: list[dict] = []
    monkeypatch.setattr(changes, "open_card", lambda data, fields: cards.append(fields))
    content = {"name": "T", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01"}
    state["up"] = SimpleNamespace(name="t.trial.json", getvalue=lambda: json.dumps(content).encode())
    changes.open_trial_file(entry(), "up")
    assert cards[0]["treated"] == ["Ana Ruiz"]
    state["up"] = SimpleNamespace(name="t.trial.json", getvalue=lambda: b'{"name": "T", "colour": 3}')
    changes.open_trial_file(entry(), "up")
    assert {issue.code for issue in changes.take_bad_file()} == {"unknown_field", "missing_field"}
    assert changes.take_bad_file() == ()


def test_a_draw_is_used_for_a_planned_trial(opened: Open) -> None:
    file = parse_trial({"name": "Later", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2090-01-01"})
    save_trial(workspace_folder(), entry(), "later", file)
    app = opened("trials", data=SAMPLE, trial="later", part="before-the-start")
    assert "10 change, 10 work as before." in shown(app)
    press(app, "Use this draw")
    kept = find_trial(workspace_folder(), entry(), "later")
    assert kept is not None
    assert (len(kept.file.treated), kept.file.assignment) == (10, "random")


def test_a_card_that_is_drawn_says_so_and_does_not_ask_for_its_own_draw_again(opened: Open) -> None:
    """Twelve names stood under “Drawn by lot”, and “Draw the lots … Use this draw” was asked once more."""
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    names = app.session_state[field(app, "treated.names")]
    assert card_words.drawn_line(10, 10) in shown(app)
    app.multiselect(key=field(app, "treated.names")).set_value(names[1:]).run()
    assert "These names were drawn by lot" not in shown(app)
    app.multiselect(key=field(app, "treated.names")).set_value(names).run()
    app.text_input(key=field(app, "name")).set_value("Lots").run()
    press(app, card_words.SAVE)
    app = opened("trials", data=SAMPLE, trial=app.query_params["trial"], part="before-the-start")
    assert planning.ON_THE_CARD in shown(app)
    assert "trials.draw.use" not in [each.key for each in app.button]
    key = next(each.key for each in app.number_input if str(each.key).startswith("trials.draw.seed"))
    app.number_input(key=key).set_value(2).run()
    assert planning.ON_THE_CARD not in shown(app)
    assert planning.USE_OTHER_DRAW in [label_of(each) for each in app.button]


def test_a_trial_that_no_longer_fits_says_what_is_wrong(opened: Open) -> None:
    file = parse_trial({"name": "Old", "measure": "gone", "treated": ["Nobody Here"], "start": "2025-01-01"})
    save_trial(workspace_folder(), entry(), "old", file)
    app = opened("trials", data=SAMPLE)
    assert card_words.BROKEN in shown(app)
    assert len(app.error) == 2
    press(opened("trials", data=SAMPLE, trial="old"), "Edit")


def test_other_people_are_not_judged_by_the_kind_of_before(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE, trial=KEY), "Edit")
    assert app.session_state["trials.card"].fields["kind"] == "no_comparison"
    app.session_state[field(app, "treated")] = card_words.BY_NAMES
    app.run()
    app.multiselect(key=field(app, "treated.names")).set_value(["Ana Ruiz", "Wei Zhang"]).run()
    assert app.session_state["trials.card"].fields["kind"] is None


def test_a_link_to_a_trial_leads_past_an_open_card(opened: Open) -> None:
    app = press(opened("trials", data=SAMPLE), card_words.NEW)
    app.query_params["trial"] = KEY
    app.run()
    assert app.header[0].value.replace("\\", "").startswith("Communications instead of dials: ")


def test_what_somebody_else_saved_meanwhile_is_shown_before_it_is_saved_over(opened: Open, half: str) -> None:
    app = press(opened("trials", data=SAMPLE, trial=half), "Edit")
    app.text_input(key=field(app, "name")).set_value("Mine").run()
    theirs = find_trial(workspace_folder(), entry(), half)
    assert theirs is not None
    save_trial(workspace_folder(), entry(), half, theirs.file.model_copy(update={"name": "Theirs"}))
    app = press(app, card_words.SAVE)
    assert card_words.SAVED_MEANWHILE in shown(app)
    assert find_trial(workspace_folder(), entry(), half).file.name == "Theirs"
    app = press(app, card_words.OPEN_THEIRS)
    assert app.text_input(key=field(app, "name")).value == "Theirs"
    app.text_input(key=field(app, "name")).set_value("Both").run()
    press(app, card_words.SAVE)
    assert find_trial(workspace_folder(), entry(), half).file.name == "Both"


def test_who_is_slower_by_a_moment_is_shown_what_the_other_saved(
    opened: Open, half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = press(opened("trials", data=SAMPLE, trial=half), "Edit")
    app.text_input(key=field(app, "name")).set_value("Mine").run()
    look = changes.saved_meanwhile

    def nobody_yet(*_: object) -> None:
        """Somebody saves between the look and the click."""
        monkeypatch.setattr(changes, "saved_meanwhile", look)
        theirs = find_trial(workspace_folder(), entry(), half)
        assert theirs is not None
        save_trial(workspace_folder(), entry(), half, theirs.file.model_copy(update={"name": "Theirs"}))

    monkeypatch.setattr(changes, "saved_meanwhile", nobody_yet)
    app = press(app, card_words.SAVE)
    assert card_words.SAVED_MEANWHILE in shown(app)
    assert find_trial(workspace_folder(), entry(), half).file.name == "Theirs"
    press(app, card_words.SAVE_OVER)
    assert find_trial(workspace_folder(), entry(), half).file.name == "Mine"


def test_a_trial_can_be_saved_over_what_somebody_else_saved(opened: Open, half: str) -> None:
    app = press(opened("trials", data=SAMPLE, trial=half), "Edit")
    app.text_input(key=field(app, "name")).set_value("Mine").run()
    theirs = find_trial(workspace_folder(), entry(), half)
    save_trial(workspace_folder(), entry(), half, theirs.file.model_copy(update={"name": "Theirs"}))
    press(press(app, card_words.SAVE), card_words.SAVE_OVER)
    assert find_trial(workspace_folder(), entry(), half).file.name == "Mine"
