"""The Coaching page: the plan, what stands behind it, mapping by mouse, and reps whose calls are in question."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.integrity.logs import write_log
from tests.stored import full_disk, saved_phases
from tests.ui.conftest import Open, label_of
from tests.ui.test_goal_and_kpis import design
from tests.ui.test_integrity import FAKERS
from tests.words.test_integrity import flags
from workbench.data.library import data_sets as library
from workbench.phases.calibration.phase_table import load_phase_table
from workbench.ui.coaching import in_question
from workbench.words.coaching import COMPARED_BY_HOUR, OTHER_HOURS, TABS
from workbench.words.panels import day_words

BY_HOUR_FIRST = "Reps differ at Reached mostly by the hour they call: compare by hour first."


def shown(app: AppTest) -> str:
    kinds = (app.title, app.markdown, app.header, app.subheader, app.caption, app.info, app.error)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def on_tab(app: AppTest, place: int) -> AppTest:
    app.session_state["coaching.part"] = TABS[place]
    return app.run()


@pytest.fixture
def conversation(opened: Open) -> AppTest:
    return opened("coaching", data="the-conversation")


def stored(folder: Path, rows: pd.DataFrame, **events: object) -> str:
    """Store a log as an upload, and return its id."""
    folder.mkdir(exist_ok=True)
    dataset = write_log(folder, rows, {"disposition": "outcome", **events})
    return library.add_data_set(library.workspace_folder(), dataset, {"log.csv": folder / "log.csv"}).id


def calls(reps: int = 6, each: int = 400, talked: str = "spoke", seed: int = 1) -> pd.DataFrame:
    """A log over four months in which the first rep reaches far fewer people than the others."""
    rng = np.random.default_rng(seed)
    n = reps * each
    rep = np.repeat(np.arange(reps), each)
    day = pd.Timestamp("2025-01-06") + pd.to_timedelta(rng.integers(0, 110, n), unit="D")
    reached = rng.random(n) < np.where(rep == 0, 0.1, 0.4)
    won = reached & (rng.random(n) < 0.3)
    outcome = np.where(won, "meeting set", np.where(reached, talked, "no answer"))
    return pd.DataFrame({"started": day + pd.to_timedelta(rng.integers(480, 1000, n), unit="m"),
                         "rep": [f"Rep {chr(65 + each)}" for each in rep], "outcome": outcome})  # fmt: skip


def test_the_plan_is_one_sentence_and_names_whom_to_learn_from(conversation) -> None:
    assert not conversation.exception
    assert conversation.header[0].value.replace("\\", "") == BY_HOUR_FIRST
    text = shown(conversation)
    assert OTHER_HOURS in text
    assert "Gulsen Yilmaz" in text
    assert "They could learn when to call from Alicia Moreno." in text
    assert re.search(r"that many calls came with about [\d.,]+k? Meetings held a month", text)
    assert [metric.value for metric in conversation.metric][2:] == ["5 of 5", "20", "83,557"]


@pytest.mark.parametrize("place", range(len(TABS)))
def test_every_part_opens(conversation, place: int) -> None:
    on_tab(conversation, place)
    assert not conversation.exception
    assert not conversation.error


def test_a_link_opens_a_part(opened: Open) -> None:
    app = opened("coaching", data="the-conversation", part="one-rep")
    assert not app.exception
    assert "Try other hours with" in shown(app)
    assert "one-rep" in app.query_params["part"]
    on_tab(app, 0)
    assert "part" not in app.query_params
    strange = opened("coaching", data="the-conversation", part="<b>")
    assert not strange.exception
    assert "They could learn when to call from" in shown(strange)


def test_a_link_opens_the_page_of_a_rep_and_names_nobody(opened: Open) -> None:
    app = opened("coaching", data="the-conversation", part="one-rep", rep="01")
    assert app.selectbox(key="coaching.rep").value == "Alicia Moreno"
    assert "Alicia Moreno is ahead at Reached" in shown(app)
    app.selectbox(key="coaching.rep").set_value("David Cohen").run()
    number = "".join(app.query_params["rep"])
    assert re.fullmatch(r"\d\d", number)
    hidden = opened("coaching", data="the-conversation", part="one-rep", rep=number, names="hidden")
    assert hidden.selectbox(key="coaching.rep").value == f"Rep {number}"
    app.toggle(key="context.hide_names").set_value(True).run()
    assert app.selectbox(key="coaching.rep").value == f"Rep {number}"  # the same rep, called otherwise
    assert "".join(app.query_params["rep"]) == number
    strange = opened("coaching", data="the-conversation", part="one-rep", rep="<b>")
    assert not strange.exception
    assert strange.selectbox(key="coaching.rep").value == "Gulsen Yilmaz"  # who is to be coached first
    assert "rep" not in strange.query_params


def test_attempts_of_a_phase_are_the_successes_of_the_one_before(conversation) -> None:
    on_tab(conversation, 1)
    assert "83,557 calls → 20,173 Reached → 10,417 Conversation → 5,285 Need found" in shown(conversation)


def test_the_difference_that_like_for_like_makes_is_said(conversation) -> None:
    on_tab(conversation, 1)
    assert shown(conversation).count("like for like changes a rep's rate by ") == 5


def test_how_reliable_the_plan_is_stands_below_the_phases(conversation) -> None:
    on_tab(conversation, 1)
    assert "simulated teams of 20 reps with 1,500 calls each" in shown(conversation)
    table = conversation.dataframe[0].value
    assert len(table) == len(load_phase_table())


def test_one_rep_gets_one_thing_to_practise(conversation) -> None:
    on_tab(conversation, 2)
    assert "Try other hours with Gulsen Yilmaz: about 14% get through Reached now" in shown(conversation)
    conversation.selectbox(key="coaching.rep").set_value("Alicia Moreno").run()
    assert not conversation.exception
    assert "Practise Reached with Alicia" not in shown(conversation)
    assert "Alicia Moreno is ahead at Reached: others could learn from Alicia Moreno." in shown(conversation)


def test_coached_reps_are_compared_with_their_past_and_with_the_others(conversation) -> None:
    on_tab(conversation, 3)
    conversation.selectbox(key="coaching.since").set_value("2025-04").run()
    assert not conversation.exception
    text = shown(conversation)
    assert "did not improve at Reached" in text or "Too early to say for" in text
    assert "Meanwhile 17 reps without coaching went from" in text
    conversation.multiselect(key="coaching.coached").set_value([]).run()
    assert not conversation.exception
    assert "Meanwhile" not in shown(conversation)


def test_empty_calls_are_not_taken_for_a_lack_of_skill(opened: Open) -> None:
    app = opened("coaching", data="dials-floor")
    assert not app.exception
    assert "8 reps are set apart" in shown(app)
    assert not any(name in shown(app) for name in FAKERS)
    app = settle(app, ["Kyle Jensen"], "A broken *dialler*")
    assert "7 reps are set apart" in shown(app)
    assert [metric.value for metric in app.metric][1] == "17"
    app = settle(app, [name for name in FAKERS if name != "Kyle Jensen"])
    assert "8 reps compared although Integrity finds their calls worth a conversation." in shown(app)
    assert not app.exception
    assert "24" in {metric.value for metric in app.metric}


def settle(app: AppTest, reps: list[str], why: str = "") -> AppTest:
    app.multiselect(key="coaching.settled").set_value(reps)
    app.text_input(key="coaching.settled_why").set_value(why)
    return app.button(key="coaching.settle.go").click().run()


def test_with_whom_was_talked_is_remembered_with_day_and_reason_and_can_be_taken_back(opened: Open) -> None:
    settle(opened("coaching", data="dials-floor"), ["Kyle Jensen"], "A broken *dialler*, says Kyle Jensen")
    later = opened("coaching", data="dials-floor")  # another visit
    assert "7 reps are set apart" in shown(later)
    assert f"Kyle Jensen, {day_words(f'{date.today()}')}: A broken *dialler*" in shown(later)
    assert any("A broken \\*dialler" in each.value for each in later.markdown)  # text, not markdown
    later.toggle(key="context.hide_names").set_value(True).run()
    assert "Kyle Jensen" not in shown(later)
    assert "7 reps are set apart" in shown(later)
    (back,) = [button for button in later.button if str(button.key).startswith("coaching.apart.Rep ")]
    back.click().run()
    assert not later.exception
    assert "8 reps are set apart" in shown(later)
    assert "8 reps are set apart" in shown(opened("coaching", data="dials-floor"))


def test_calls_that_may_be_empty_are_said_to_be_before_anybody_is_coached(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reps who stand out on checks but cannot be named may be the ones with low rates."""
    said = "Some calls may be empty, though nobody is named"
    assert said not in shown(opened("coaching", data="the-conversation"))
    found = SimpleNamespace(flags=flags(n_without_role=2))
    monkeypatch.setattr(in_question, "cached_flags", lambda entry, panel: found)
    assert said in shown(opened("coaching", data="the-conversation"))


def test_who_may_not_see_named_flags_gets_no_plan_without_those_reps(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_NAMES", "nobody")
    app = opened("coaching", data="dials-floor")
    assert not app.exception
    assert "Some reps need a talk about their calls first." in shown(app)
    assert not app.header
    quiet = opened("coaching", data="the-conversation")
    assert quiet.header[0].value.replace("\\", "") == BY_HOUR_FIRST


def test_guessed_phases_are_said_to_be_and_can_be_kept(opened: Open, tmp_path: Path, home: Path) -> None:
    data = stored(tmp_path / "a", calls())
    app = opened("coaching", data=data)
    assert not app.exception
    assert "The phases were guessed" in shown(app)
    assert app.header[0].value == "Coach Conversation first\\: Rep A\\."
    app.button(key="coaching.confirm").click().run()
    assert "The phases were guessed" not in shown(app)
    kept = saved_phases(home, data)
    assert kept.dispositions == {"no answer": None, "spoke": "Conversation", "meeting set": "Meeting set"}


def test_phases_of_one_log_are_used_for_the_next(opened: Open, tmp_path: Path) -> None:
    opened("coaching", data=stored(tmp_path / "a", calls())).button(key="coaching.confirm").click().run()
    app = opened("coaching", data=stored(tmp_path / "b", calls(seed=2)))
    assert "The phases are those of another call log" in shown(app)


def test_phases_in_the_wrong_order_are_said_to_be(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    rows["outcome"] = rows["outcome"].replace({"spoke": "conversation"})
    app = on_tab(opened("coaching", data=stored(tmp_path / "a", rows)), 4)
    app.text_area(key="coaching.phases").set_value("Meeting set\nConversation").run()
    assert not app.exception
    assert any("conversation" in each.value and "meeting set" in each.value for each in app.warning)


def test_outcomes_are_mapped_by_click_and_a_change_can_be_undone(opened: Open, tmp_path: Path, home: Path) -> None:
    data = stored(tmp_path / "a", calls(talked="Quatschte"))
    app = on_tab(opened("coaching", data=data), 4)
    assert "of the calls are left out" in shown(app)
    assert app.header[0].value.startswith("Say first what the outcomes mean")
    assert sum(":orange-badge[no answer yet]" in each.value for each in app.markdown) == 1
    app.text_area(key="coaching.phases").set_value("Talked\nMeeting set").run()
    places = [each.value.replace("\\", "").split("  ")[0] for each in app.markdown if ":small" in each.value]
    app.segmented_control(key=f"coaching.outcome.{places.index('Quatschte')}").set_value(1).run()
    assert not app.exception
    assert saved_phases(home, data).dispositions["Quatschte"] == "Talked"
    assert "of the calls are left out" not in shown(app)
    app.button(key="coaching.undo").click().run()
    assert "Quatschte" not in saved_phases(home, data).dispositions


def test_two_quick_clicks_are_both_kept(conversation, home: Path) -> None:
    """The second comes before the page is drawn again with the first."""
    on_tab(conversation, 4)
    conversation.segmented_control(key="coaching.outcome.0").set_value(1)
    conversation.segmented_control(key="coaching.outcome.1").set_value(1)
    conversation.run()
    kept = saved_phases(home, "the-conversation").dispositions
    assert (kept["no answer"], kept["voicemail"]) == ("Reached", "Reached")


def test_a_log_whose_outcomes_say_nothing_begins_with_the_mapping(opened: Open, tmp_path: Path) -> None:
    app = opened("coaching", data=stored(tmp_path / "a", calls().assign(outcome="A7")))
    assert not app.exception
    assert "Say which phase each outcome proves" in shown(app)
    app.text_area(key="coaching.phases").set_value("Reached").run()
    app.segmented_control(key="coaching.outcome.0").set_value(1).run()
    assert not app.exception
    assert app.header[0].value.startswith("Reps are alike at every phase")
    assert app.session_state["coaching.part"] == TABS[-1]


def test_the_plan_says_what_the_hour_would_change_and_compares_by_it_on_a_click(conversation, home: Path) -> None:
    said = "Compared within the same hour of day, a rep's rate at Reached would change by up to "
    assert said in shown(conversation)
    assert conversation.header[0].value.replace("\\", "") == BY_HOUR_FIRST
    conversation.button(key="coaching.by_hour").click().run()
    assert not conversation.exception
    assert saved_phases(home, "the-conversation").strata == ("list", "hour")
    assert said not in shown(conversation)
    assert conversation.header[0].value.startswith("Coach Need found first")  # who reaches more calls later in the day
    assert OTHER_HOURS not in shown(conversation)
    assert COMPARED_BY_HOUR in shown(conversation)
    assert "Reached + Conversation are read together: reps who are high in one" in shown(conversation)
    conversation.button(key="coaching.without_hour").click().run()
    assert conversation.header[0].value.replace("\\", "") == BY_HOUR_FIRST
    assert saved_phases(home, "the-conversation").strata == ("list",)
    conversation.button(key="coaching.by_hour").click().run()
    on_tab(conversation, 4).button(key="coaching.undo").click().run()
    assert said in shown(on_tab(conversation, 0))


def test_a_skill_at_the_same_hours_keeps_the_plan_with_its_names(opened: Open, tmp_path: Path) -> None:
    """Calls of all reps are spread alike over the day here, and Rep A reaches least at every hour."""
    app = opened("coaching", data=stored(tmp_path / "a", calls()))
    assert app.header[0].value == "Coach Conversation first\\: Rep A\\."
    assert OTHER_HOURS not in shown(app)


def test_dates_without_times_say_nothing_of_hours(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    rows["started"] = rows["started"].dt.normalize()
    app = opened("coaching", data=stored(tmp_path / "a", rows))
    assert app.header[0].value.startswith("Coach ")
    assert "hour of day" not in shown(app)


def test_a_preset_starts_again_with_its_phases(conversation) -> None:
    on_tab(conversation, 4)
    conversation.button(key="coaching.preset.Outbound call").click().run()
    assert not conversation.exception
    assert conversation.text_area(key="coaching.phases").value.startswith("Connect\nConversation\nInterest")
    conversation.button(key="coaching.undo").click().run()
    assert conversation.text_area(key="coaching.phases").value.startswith("Reached\nConversation")


def test_example_rows_have_the_names_as_shown(conversation) -> None:
    on_tab(conversation, 4)
    conversation.toggle(key="context.hide_names").set_value(True).run()
    conversation.button(key="coaching.rows.0").click().run()
    assert not conversation.exception
    rows = conversation.dataframe[0].value
    assert len(rows) == 50
    assert rows["rep"].str.fullmatch(r"Rep \d\d").all()


def test_three_callers_are_told_what_cannot_be_said(opened: Open, tmp_path: Path) -> None:
    app = opened("coaching", data=stored(tmp_path / "a", calls(reps=3)))
    assert not app.exception
    assert app.header[0].value.startswith("Too few reps for a plan")
    assert "With 3 reps, no level can be called achievable at Conversation: 5 reps are needed." in shown(app)


def test_data_without_outcomes_of_calls_leads_to_what_is_missing(opened: Open, uploaded: str) -> None:
    app = opened("coaching", data=uploaded)
    assert not app.exception
    assert "Coaching needs a log of calls" in shown(app)
    app.button(key="coaching.sample").click().run()
    assert app.header[0].value.replace("\\", "") == BY_HOUR_FIRST


def test_names_with_markup_are_text(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    rows["rep"] = rows["rep"].replace({"Rep A": "<script>alert(1)</script>"})
    app = opened("coaching", data=stored(tmp_path / "a", rows))
    assert not app.exception
    assert "<script>" not in json.dumps([each.value for each in app.markdown])


def test_who_left_is_neither_coached_nor_learnt_from(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    late = rows["started"] > "2025-03-01"
    rows = rows[~(late & (rows["rep"] == "Rep A"))]
    app = opened("coaching", data=stored(tmp_path / "a", rows))
    assert not app.exception
    assert "Rep A" not in app.header[0].value
    assert "Rep A made no calls lately and would not be coached." in shown(app)
    on_tab(app, 2)
    app.selectbox(key="coaching.rep").set_value("Rep A").run()
    assert "Rep A has stopped calling, so there is nothing to practise." in shown(app)


def test_new_reps_are_shown_apart(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    rows = rows[(rows["rep"] != "Rep B") | (rows["started"] > "2025-03-20")]
    app = opened("coaching", data=stored(tmp_path / "a", rows))
    assert not app.exception
    assert "Rep B is new and shown apart." in shown(app)
    app.toggle(key="context.hide_names").set_value(True).run()
    assert "Rep 02 is new and shown apart." in shown(app)
    assert re.search(r"Rep 02, first seen 2\d March 2025: \d+% at Conversation and \d+% at Meeting set\.", shown(app))
    assert re.search(r"Conversation \d+% to \d+%, n \d+; Meeting set", shown(app))
    assert "Rep B" not in shown(app)


def test_blank_outcomes_can_be_mapped_too(opened: Open, tmp_path: Path) -> None:
    rows = calls()
    rows.loc[rows.index % 3 == 0, "outcome"] = None
    app = on_tab(opened("coaching", data=stored(tmp_path / "a", rows)), 4)
    assert "of the calls are left out" in shown(app)
    places = [each.value.replace("\\", "").split("  ")[0] for each in app.markdown if ":small" in each.value]
    app.segmented_control(key=f"coaching.outcome.{places.index('(blank)')}").set_value(0).run()
    assert not app.exception
    assert "of the calls are left out" not in shown(app)


def test_what_another_tab_maps_is_not_taken_back(opened: Open, tmp_path: Path, home: Path) -> None:
    data = stored(tmp_path / "a", calls(talked="Quatschte"))
    one, other = (on_tab(opened("coaching", data=data), 4) for _ in range(2))
    one.text_area(key="coaching.phases").set_value("Talked\nMeeting set").run()
    other.run()
    assert other.text_area(key="coaching.phases").value == "Meeting set"
    other.button(key="coaching.confirm").click().run()
    other.run()
    kept = saved_phases(home, data)
    assert kept.phases == ("Meeting set",)
    one.run()
    assert one.text_area(key="coaching.phases").value == "Meeting set"
    one.button(key="coaching.undo").click().run()
    assert one.text_area(key="coaching.phases").value.startswith("Talked")


def started(app: AppTest, since: str) -> AppTest:
    app.selectbox(key="coaching.start.month").set_value(since)
    return next(button for button in app.button if label_of(button) == "Start").click().run()


def test_coaching_that_is_started_has_a_trial_in_the_design_and_its_months(conversation) -> None:
    started(conversation, "2025-04")
    assert not conversation.exception
    with_whom = ", with Gulsen Yilmaz, David Cohen and Nikhil Sharma."
    assert f"Coaching of Reached has been running since April 2025{with_whom}" in shown(conversation)
    assert "is planned" not in shown(conversation)
    assert "Open KPIs" in [label_of(link) for link in conversation.get("page_link")]
    kpi = next(each for each in design(conversation).kpis if each.trial)
    assert kpi.trial is not None
    assert (kpi.formula, kpi.weight) == ("reached / dials", 0)
    assert (kpi.trial.start, kpi.trial.look_again) == ("2025-04-01", "2025-07-01")
    assert "3 reps" in kpi.trial.who
    on_tab(conversation, 3)
    assert conversation.selectbox(key="coaching.since").value == "2025-04"
    assert "Meanwhile 17 reps without coaching" in shown(conversation)
    conversation.selectbox(key="coaching.since").set_value("2025-08").run()
    assert "upload the calls since then" in shown(conversation)


def test_on_a_full_disk_nothing_is_said_to_have_started(conversation, home: Path) -> None:
    with full_disk(home):
        started(conversation, "2025-04")
    assert not conversation.exception
    assert not any(each.trial for each in design(conversation).kpis)
    assert not conversation.toast


def test_who_chooses_too_few_for_a_trial_is_told_before_the_start(conversation) -> None:
    said = "With 3 reps Trials cannot show an effect: choose at least 4."
    assert said in [each.value for each in conversation.warning]
    chosen = conversation.multiselect(key="coaching.start.reps")
    chosen.set_value([*chosen.value, "Paolo Ricci"]).run()
    assert not conversation.warning
    chosen = conversation.multiselect(key="coaching.start.reps")
    chosen.set_value([each for each in chosen.options if each != "Paolo Ricci"]).run()
    assert "With 1 rep not coached Trials cannot show an effect" in conversation.warning[0].value


def test_where_no_measure_counts_the_phase_the_data_set_gets_one(opened: Open, tmp_path: Path) -> None:
    app = opened("coaching", data=stored(tmp_path / "a", calls()))
    app = started(app, "2025-03")
    assert not app.exception
    kpi = next(each for each in design(app).kpis if each.trial)
    assert kpi.formula == "calls_conversation / dials"
    assert app.header[0].value == "Coach Conversation first\\: Rep A\\."
    assert "Coaching of Conversation has been running since March 2025, with Rep A." in shown(app)
    assert "The phases were guessed" not in shown(app)
    on_tab(app, 3)
    assert app.selectbox(key="coaching.since").value == "2025-03"
