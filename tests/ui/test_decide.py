"""Decide from the first click to the review: recorded, in force, replayed, kept, withdrawn, and never a hidden name."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.decisions import decided_on, pivoted
from tests.sample_panels import SAMPLES, sample_panel
from tests.stored import put
from tests.ui.conftest import Open
from tests.ui.test_hidden_names import everything_sent
from tests.ui.test_pages import words as shown
from workbench.data.library.data_sets import add_data_set, find_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.design import options
from workbench.design.decisions import Decision, DecisionLog, Dissent, add_record, read_decisions
from workbench.design.in_force import rules_in_force
from workbench.design.model import Design, load_design
from workbench.design.store import save_design
from workbench.phases.coaching_record import list_settled, settle_reps
from workbench.scoring.known_figures import period_days, stretches_in_force
from workbench.store.kinds import DECISION
from workbench.ui.session import decision_log
from workbench.ui.session.carry_over import carry_saved_work
from workbench.ui.widgets.in_force_line import chosen_scope
from workbench.words import decisions as words
from workbench.words import pivots as pivot_words

FLOOR = "dials-floor"
TODAY = dt.datetime(2025, 7, 10, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def a_day_in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are dated, and reviews are due, as on 10 July 2025."""
    monkeypatch.setattr("workbench.ui.session.decision_log.moment_now", lambda: TODAY)


def floor_design() -> Design:
    return load_design(SAMPLES / FLOOR / f"{FLOOR}.design.json")


def without_dials() -> Design:
    design = floor_design()
    kpis = tuple(kpi.model_copy(update={"weight": 0.0 if kpi.name == "Dials" else kpi.weight}) for kpi in design.kpis)
    return design.model_copy(update={"kpis": kpis, "name": "No dials"})


def recorded(home: Path, design: Design, on: str, in_force: str, **fields: object) -> Decision:
    made = decided_on(sample_panel(FLOOR), design, on, in_force).model_copy(update=fields)
    add_record(home, FLOOR, made)
    return made


def field(app: AppTest, kind: str, label: str) -> object:
    return next(each for each in getattr(app, kind) if each.label == label)


def submit(app: AppTest, label: str) -> AppTest:
    button = next(each for each in app.button if label in each.label)
    return button.click().run()


def test_a_decision_is_recorded_with_what_was_known(opened: Open, home: Path) -> None:
    options.save_option(home, FLOOR, without_dials(), "Without dials")
    app = opened("decide", data=FLOOR)
    assert words.EMPTY in shown(app)
    field(app, "pills", "Decide for").set_value("Without dials").run()
    assert "7 of 8 best sellers on top instead of 1" in shown(app)
    field(app, "text_area", words.FIELDS["why"]).set_value("Honest sellers win")
    field(app, "text_area", words.FIELDS["dissent"]).set_value("Floor manager: dials made us\nBen")
    submit(app, words.RECORD)
    assert not app.exception
    found = read_decisions(home, FLOOR).decisions
    assert [(each.chosen, each.why, each.in_force) for each in found] == [
        (without_dials(), "Honest sellers win", dt.date(2025, 8, 1))]  # fmt: skip
    assert found[0].dissent == (Dissent(who="Floor manager", says="dials made us"), Dissent(who="Ben"))
    assert [each.name for each in found[0].considered] == ["Without dials", "The floor’s scorecard"]
    assert (found[0].known.best_on_top, found[0].data.key) == (7, sample_panel(FLOOR).key)
    assert "“Without dials” comes into force on 1 August 2025." in shown(app)
    assert field(app, "text_area", words.FIELDS["why"]).value == ""


def test_an_export_is_called_like_the_chosen_option(opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported: list[Design] = []
    monkeypatch.setattr(
        "workbench.ui.decide.choose.show_export_menu", lambda panel, design, key: exported.append(design)
    )
    options.save_option(home, FLOOR, without_dials(), "Quotes and meetings")
    app = opened("decide", data=FLOOR)
    field(app, "pills", "Decide for").set_value("Quotes and meetings").run()
    assert exported[-1] == without_dials().model_copy(update={"name": "Quotes and meetings"})


def test_the_newest_option_is_chosen_and_columns_keep_their_order(opened: Open, home: Path) -> None:
    options.save_option(home, FLOOR, without_dials(), "Without dials")
    renamed = floor_design().model_copy(update={"name": "The same rules"})
    app = opened("decide", data=FLOOR, design=save_design(home, renamed))
    pills = field(app, "pills", "Decide for")
    current = "Current scorecard: The floor’s scorecard"
    assert [each.replace("\\", "") for each in pills.options] == [current, "Without dials"]
    assert pills.value == "Without dials"
    assert [each.replace("\\", "") for each in app.table[0].value.columns] == [current, "Without dials"]
    assert "Without dials compared with Current scorecard" in shown(app)
    pills.set_value(current).run()
    assert [each.replace("\\", "") for each in app.table[0].value.columns] == [current, "Without dials"]
    assert "The floor’s scorecard compared with Without dials" in shown(app)


def test_without_a_reason_nothing_is_recorded_and_nothing_typed_is_lost(opened: Open, home: Path) -> None:
    app = opened("decide", data=FLOOR)
    field(app, "text_area", words.FIELDS["dissent"]).set_value("Ben: no")
    submit(app, words.RECORD)
    assert words.MISSING_WHY in shown(app)
    assert read_decisions(home, FLOOR).decisions == ()
    assert field(app, "text_area", words.FIELDS["dissent"]).value == "Ben: no"


def test_a_review_comes_after_the_first_day_in_force(opened: Open, home: Path) -> None:
    app = opened("decide", data=FLOOR)
    field(app, "text_area", words.FIELDS["why"]).set_value("because")
    review = field(app, "date_input", words.FIELDS["review"])
    assert review.min < dt.date(1999, 1, 1), "a slip of decades would be put back to the usual date without a word"
    review.set_value(dt.date(1999, 1, 1))
    submit(app, words.RECORD)
    assert words.REVIEW_FIRST in shown(app)
    assert read_decisions(home, FLOOR).decisions == ()


def test_a_decision_from_before_the_one_in_force_is_refused(opened: Open, home: Path) -> None:
    """It would never count."""
    recorded(home, floor_design(), "2024-06-20", "2025-07-01", id="1" * 12)
    app = opened("decide", data=FLOOR)
    start = field(app, "date_input", words.FIELDS["in_force"])
    field(app, "text_area", words.FIELDS["why"]).set_value("because")
    start.set_value(dt.date(2025, 5, 1))
    submit(app, words.RECORD)
    assert not app.exception
    assert "“The floor’s scorecard” counts from 1 July 2025. Choose that day or a later one." in shown(app)
    assert len(read_decisions(home, FLOOR).decisions) == 1


def test_a_decision_from_a_past_day_names_the_last_day_of_the_one_before(opened: Open, home: Path) -> None:
    recorded(home, without_dials(), "2024-06-20", "2024-07-01", id="1" * 12)
    recorded(home, floor_design(), "2025-07-05", "2025-07-01", id="2" * 12)
    app = opened("decide", data=FLOOR)
    field(app, "text_area", words.FIELDS["why"]).set_value("because")
    field(app, "date_input", words.FIELDS["in_force"]).set_value(dt.date(2025, 7, 2))
    submit(app, words.RECORD)
    assert "“The floor’s scorecard” was in force until 9 July 2025. The past keeps that design." in shown(app)


def test_records_are_dated_as_the_machine_that_exports_and_runs_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")  # 14 hours before UTC
    time.tzset()
    try:
        assert decision_log.moment_now().utcoffset() == dt.timedelta(hours=14)
        assert decision_log.today() == dt.date.today()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_edited_sample_takes_its_records_along(home: Path, tmp_path: Path) -> None:
    made = recorded(home, floor_design(), "2024-06-20", "2024-07-01")
    file = tmp_path / "deals.csv"
    file.write_text("rep,date\nAnn,2026-01-01\n")
    source = Source(name="deals", location="deals.csv", rep="rep", date="date", measures=(Measure(name="deals"),))
    edited = add_data_set(home, DataSet(name="Edited", sources=(source,)), {"deals.csv": file})
    sample = find_data_set(home, FLOOR)
    assert sample is not None
    settle_reps(home, sample, ["Ann"], "a second phone", dt.date(2025, 7, 1))
    carry_saved_work(FLOOR, edited.id)
    assert read_decisions(home, edited.id).decisions == (made,)
    assert [each.why for each in list_settled(home, edited)] == ["a second phone"]


def test_on_the_review_date_then_stands_beside_today_and_the_design_can_be_kept(opened: Open, home: Path) -> None:
    recorded(home, floor_design(), "2024-06-20", "2024-07-01", review=dt.date(2025, 7, 7))
    app = opened("decide", data=FLOOR)
    assert "The review was due 3 days ago, on 7 July 2025." in shown(app)
    table = next(each.value for each in app.table if list(each.value.columns) == [words.THEN, words.TODAY])
    assert table.loc["Best sellers on top"].tolist() == ["1 of 8", "1 of 8"]
    assert "Same data as then" in shown(app)
    key = f"decide.keep.{1:012x}"
    keep = [each for each in app.text_input if each.proto.form_id == key]
    keep[0].set_value("Still right")
    next(each for each in app.button if each.proto.form_id == key).click().run()
    found = read_decisions(home, FLOOR).decisions
    assert [(each.in_force, each.why) for each in found] == [
        (dt.date(2024, 7, 1), "because"), (dt.date(2025, 7, 10), "Still right")]  # fmt: skip
    assert "“The floor’s scorecard” has been in force since 1 July 2024. Review in 91 days" in shown(app)


def test_a_design_that_no_longer_fits_cannot_be_kept(opened: Open, home: Path) -> None:
    """Keeping it said that the review date was wrong, whatever the date."""
    gone = floor_design().kpis[0].model_copy(update={"name": "Gone", "formula": "not_in_the_data"})
    broken = floor_design().model_copy(update={"kpis": (*floor_design().kpis, gone)})
    recorded(home, floor_design(), "2024-06-20", "2024-07-01", review=dt.date(2025, 7, 7), chosen=broken)
    app = opened("decide", data=FLOOR)
    assert "The review was due 3 days ago" in shown(app)
    assert words.NOT_TODAY in shown(app)
    assert [each for each in app.text_input if each.proto.form_id.startswith("decide.keep.")] == []


def test_a_mistake_is_withdrawn_and_stays_on_record(opened: Open, home: Path) -> None:
    made = recorded(home, floor_design(), "2025-07-10", "2025-08-01")
    app = opened("decide", data=FLOOR)
    field(app, "text_input", words.WITHDRAW_WHY).set_value("Wrong design")
    next(each for each in app.button if each.proto.form_id == f"decide.withdraw.{made.id}").click().run()
    log = read_decisions(home, FLOOR)
    assert [each.why for each in log.withdrawals] == ["Wrong design"]
    assert log.decisions == (made,)
    assert "Withdrawn 10 July 2025: Wrong design" in shown(app)
    assert "comes into force" not in shown(app)


def test_reviews_that_are_due_are_on_start_and_lead_to_decide(opened: Open, home: Path) -> None:
    recorded(home, floor_design(), "2024-06-20", "2024-07-01", review=dt.date(2025, 7, 20))
    app = opened("start")
    assert "“The floor’s scorecard” (The dials floor): Review in 10 days, on 20 July 2025." in shown(app)
    submit(app, "Open the review")
    assert [title.value for title in app.title] == [words.QUESTION]


def test_what_was_typed_on_another_data_set_is_not_shown_while_names_are_hidden(opened: Open, home: Path) -> None:
    named = floor_design().model_copy(update={"name": "As Ana Ruiz wants it"})
    recorded(home, named, "2024-06-20", "2024-07-01", review=dt.date(2025, 7, 7))
    app = opened("start", data="quotes-desk")
    assert "As Ana Ruiz wants it" in shown(app)
    app.toggle(key="context.hide_names").set_value(True).run()
    assert "“Hidden name” (The dials floor): The review was due" in shown(app)
    assert "Ana Ruiz" not in shown(app)


def test_a_review_of_two_data_sets_with_one_history_is_on_start_once(opened: Open, home: Path, tmp_path: Path) -> None:
    """Two tabs edited the same data set: both versions list its record."""
    file = tmp_path / "deals.csv"
    file.write_text("rep,date\nAnn,2026-01-01\n")
    source = Source(name="deals", location="deals.csv", rep="rep", date="date", measures=(Measure(name="deals"),))
    first = add_data_set(home, DataSet(name="Deals", sources=(source,)), {"deals.csv": file})
    made = decided_on(sample_panel(FLOOR), floor_design(), "2024-06-20", "2024-07-01")
    add_record(home, first.id, made.model_copy(update={"review": dt.date(2025, 7, 7)}))
    for name in ("Left tab", "Right tab"):
        add_data_set(home, DataSet(name=name, sources=(source,)), {"deals.csv": file}, replaces=first.id)
    app = opened("start", data=FLOOR)
    assert not app.exception
    lines = [each.value for each in app.markdown if "The review was due" in each.value or "days ago" in each.value]
    assert len(lines) == 1
    assert len([each for each in app.button if each.label == "Open the review"]) == 1


def test_a_review_far_away_is_not_on_start(opened: Open, home: Path) -> None:
    recorded(home, floor_design(), "2024-06-20", "2024-07-01", review=dt.date(2025, 8, 20))
    assert "Review in" not in shown(opened("start"))


def test_replay_says_whether_its_rules_were_in_force(opened: Open, home: Path) -> None:
    before = shown(opened("replay", data=FLOOR))
    assert "What-if" not in before
    assert "In force from July 2024. Communications took the place of Dials in January 2025." in before
    recorded(home, floor_design(), "2024-06-20", "2024-07-01")
    app = opened("replay", data=FLOOR)
    assert "What-if: these rules were in force in only 12 of these 18 months." in shown(app)


def test_replay_can_be_of_the_time_in_which_the_rules_counted(opened: Open, home: Path) -> None:
    recorded(home, floor_design(), "2024-06-20", "2024-07-01")
    add_record(home, FLOOR, decided_on(sample_panel(FLOOR), without_dials(), "2024-12-20", "2025-01-01", 2))
    app = opened("replay", data=FLOOR)
    scope = next(each for each in app.segmented_control if each.label == words.SCOPE)
    assert scope.options == ["What-if: all 18 months", "As in force: July to December 2024"]
    scope.set_value(scope.options[1]).run()
    assert not app.exception
    assert "As in force: these rules counted in all 6 months." in shown(app)
    assert "The team hit the scorecard and Dials but missed Sales 3 months in a row, October 2024" in shown(app)
    assert "3 of 6" in [metric.value for metric in app.metric]


def test_the_slide_of_replay_keeps_the_chosen_time(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = sample_panel(FLOOR)
    made = DecisionLog((decided_on(panel, floor_design(), "2024-06-20", "2024-07-01"),))
    seen: dict[str, str] = {}
    monkeypatch.setattr("workbench.ui.session.decision_log.current_log", lambda: made)
    monkeypatch.setattr("workbench.ui.widgets.in_force_line.st.session_state", seen)
    assert chosen_scope(panel, floor_design(), "replay") is panel
    (part,) = stretches_in_force(panel, rules_in_force(made, period_days(panel), floor_design()))
    seen[f"replay.scope.{panel.key}.2"] = part.key
    assert chosen_scope(panel, floor_design(), "replay").key == part.key


def test_the_baseline_of_options_is_the_design_in_force(opened: Open, home: Path) -> None:
    recorded(home, without_dials(), "2025-01-10", "2025-02-01")
    app = opened("options", data=FLOOR)
    options.save_option(home, FLOOR, floor_design(), "With dials")
    app.run()
    assert "1 of 8 best sellers on top instead of 7" in shown(app)


def test_hidden_names_are_hidden_in_records_and_shown_again(opened: Open, home: Path) -> None:
    reps = sorted(sample_panel(FLOOR).reps["rep"])
    design = floor_design().model_copy(update={"name": f"As {reps[0]} likes", "note": reps[1]})
    recorded(home, design, "2024-06-20", "2024-07-01", why=f"Ask {reps[2]}", by=reps[3], review=dt.date(2025, 7, 1),
             dissent=(Dissent(who=reps[4], says=f"not like {reps[5]}"),))  # fmt: skip
    app = opened("decide", data=FLOOR)
    assert f"{reps[4]} disagreed" in shown(app)
    app.toggle(key="context.hide_names").set_value(True).run()
    sent = b"\n".join(everything_sent(app._tree)).decode("utf-8", "replace")
    assert "Rep 05 disagreed: not like Rep 06" in shown(app)
    assert [rep for rep in reps if rep in sent] == []


def test_damaged_records_are_counted(opened: Open, home: Path) -> None:
    made = recorded(home, floor_design(), "2024-06-20", "2024-07-01")
    put(home, DECISION, FLOOR, "x", json.dumps({"kind": "decision", "id": made.id}))
    assert "1 record cannot be read and is left out." in shown(opened("decide", data=FLOOR))


def test_a_pivot_is_logged_and_its_review_shows_what_happened(opened: Open, home: Path) -> None:
    app = opened("decide", data=FLOOR)
    form = "decide.pivot.form.0"
    field(app, "text_area", pivot_words.WHY).set_value("Dials do not sell")
    app.selectbox[[each.label for each in app.selectbox].index(pivot_words.ABOUT)].set_value("Dials")
    dates = {each.label: each for each in app.date_input if each.proto.form_id == form}
    dates[pivot_words.FROM].set_value(dt.date(2025, 1, 1))
    dates[words.FIELDS["review"]].set_value(dt.date(2025, 7, 8))
    next(each for each in app.button if each.proto.form_id == form).click().run()
    assert not app.exception
    assert [(each.kpi.name, each.step, each.why) for each in read_decisions(home, FLOOR).pivots] == [
        ("Dials", "keep", "Dials do not sell")]  # fmt: skip
    said = shown(app)
    assert "in the 6 months since" in said
    frame = sample_panel(FLOOR).frame
    since = frame[frame["period"] >= "2025-01-01"]
    a_day = since["dials"].sum() / since["days_at_work"].sum()  # vacations are known of this team
    assert f"Dials: {a_day:.3g} per workday in the 6 months since" in said
    assert "The review was due 2 days ago" in said
    assert "“Keep Dials” (The dials floor): The review was due 2 days ago" in shown(opened("start"))


def test_a_pivot_that_is_due_stands_before_the_choice_and_only_there(opened: Open, home: Path) -> None:
    """Open the review led to a page on which the review was far below “Nothing decided yet”."""
    for number, kpi, since in ((1, "Dials", "2025-01-01"), (2, "Quotes", "2025-06-30")):
        add_record(home, FLOOR, pivoted(kpi, "stop", since, since, number))
    app = opened("decide", data=FLOOR)
    headers = [each.value.replace("\\", "") for each in app.header]
    assert headers[0] == "Stop Dials from 1 January 2025 on. The review was due 100 days ago, on 1 April 2025."
    assert headers.index(pivot_words.PIVOTS) > 0
    assert [each.label for each in app.expander if "Stop" in each.label] == ["**Stop Quotes from 30 June 2025 on**"]
    assert words.NO_DESIGN in shown(app)
    assert words.EMPTY not in shown(app)


def test_a_stopped_kpi_without_weight_is_said_to_have_none(opened: Open, home: Path) -> None:
    recorded(home, without_dials(), "2025-07-09", "2025-08-01")
    for day, said in ((dt.date(2025, 8, 1), True), (dt.date(2025, 7, 10), False)):
        app = opened("decide", data=FLOOR)
        field(app, "text_area", pivot_words.WHY).set_value("Dials do not sell")
        field(app, "selectbox", pivot_words.ABOUT).set_value("Dials")
        next(each for each in app.button_group if each.label == pivot_words.STEP).set_value("stop")
        dates = {each.label: each for each in app.date_input if each.proto.form_id == "decide.pivot.form.0"}
        dates[pivot_words.FROM].set_value(day)
        next(each for each in app.button if each.proto.form_id == "decide.pivot.form.0").click().run()
        sentence = "Dials has no weight in “No dials”, which is in force from 1 August 2025."
        assert (sentence in [each.value.replace("\\", "") for each in app.warning]) is said
    assert [each.step for each in read_decisions(home, FLOOR).pivots] == ["stop", "stop"]


def test_start_says_what_comes_into_force(opened: Open, home: Path) -> None:
    assert "comes into force" not in shown(opened("start", data=FLOOR))
    recorded(home, without_dials(), "2025-07-09", "2025-08-01")
    assert "“No dials” comes into force on 1 August 2025." in shown(opened("start", data=FLOOR))


def test_a_stopped_kpi_that_left_the_design_can_be_logged_again(opened: Open, home: Path) -> None:
    add_record(home, FLOOR, pivoted("Old visits", "stop", "2025-01-01", "2025-01-01"))
    app = opened("decide", data=FLOOR)
    assert "Old visits" in field(app, "selectbox", pivot_words.ABOUT).options


def test_what_happened_since_a_decision_stands_in_its_record(opened: Open, home: Path) -> None:
    recorded(home, floor_design(), "2024-06-20", "2024-07-01")
    frame = sample_panel(FLOOR).frame
    said = shown(opened("decide", data=FLOOR))
    assert "per rep and month in the 12 months since, " in said
    assert len(frame["period"].unique()) == 18


def test_recording_with_hidden_names_sends_none(opened: Open, home: Path) -> None:
    reps = sorted(sample_panel(FLOOR).reps["rep"])
    named = without_dials().model_copy(update={"name": f"For {reps[0]}"})
    options.save_option(home, FLOOR, named, f"Of {reps[0]}")
    app = opened("decide", data=FLOOR)
    app.toggle(key="context.hide_names").set_value(True).run()
    field(app, "pills", "Decide for").set_value("Of Rep 01").run()
    field(app, "text_area", words.FIELDS["why"]).set_value("because")
    submit(app, words.RECORD)
    assert [toast.value.replace("\\", "") for toast in app.toast] == ["Recorded: “Of Rep 01” from 1 August 2025 on."]
    sent = b"\n".join(everything_sent(app._tree)).decode("utf-8", "replace")
    assert [rep for rep in reps if rep in sent] == []
    (kept,) = read_decisions(home, FLOOR).decisions
    assert (kept.chosen.name, kept.called) == (f"For {reps[0]}", f"Of {reps[0]}")
