"""Ways to page Trials from other pages: each fills the card or keeps the trial, and links to it."""

from __future__ import annotations

import datetime as dt

from streamlit.testing.v1 import AppTest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open, label_of
from tests.ui.test_coaching import started
from tests.ui.test_trials import SAMPLE, entry, shown
from workbench.data.library.data_sets import workspace_folder
from workbench.design.model import Design, Goal, Kpi
from workbench.errors import errors
from workbench.phases.coaching_record import CoachingStart, list_coaching
from workbench.trials.check_trial import check_trial
from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_library import list_trials, save_trial
from workbench.ui.coaching import start_coaching
from workbench.ui.session.try_as_trial import card_for_kpi
from workbench.words import trial_card as card_words
from workbench.words.trials import TRY_IT


def card(app: AppTest) -> dict:
    return app.session_state["trials.card"].fields


def test_evidence_fills_a_card_with_the_kpi_as_the_lever_and_the_goal_as_the_measure(opened: Open) -> None:
    app = opened("evidence", data="many-ways-to-sell")
    button = next(each for each in app.button if str(each.key).startswith("evidence.card."))
    assert label_of(button) == TRY_IT
    kpi = str(button.key).removeprefix("evidence.card.")
    app = button.click().run()
    assert not app.exception
    assert card(app)["name"] == f"More {kpi}"
    assert card(app)["measure"] != card(app)["lever"]
    assert card(app)["lever"] in card(app)["side_effects"]
    assert len(card(app)["treated"]) == 12
    assert card(app)["assignment"] == "random"
    assert parse_trial(card(app)).start > dt.date.today()


def test_an_option_fills_a_card(opened: Open) -> None:
    app = opened("options", data=SAMPLE)
    app.text_input(key="options.name").set_value("Fewer dials")
    next(each for each in app.button if label_of(each) == "Save as option").click().run()
    button = next(each for each in app.button if label_of(each) == TRY_IT)
    app = button.click().run()
    assert not app.exception
    assert card(app)["name"] == "Scorecard Fewer dials"
    assert card(app)["measure"] == "sales"


def test_coaching_everybody_keeps_a_trial_without_a_comparison(opened: Open) -> None:
    """An empty list of who is compared made a trial that was broken at once."""
    app = opened("coaching", data="the-conversation")
    chosen = app.multiselect(key="coaching.start.reps")
    chosen.set_value(list(chosen.options)).run()
    app = started(app, "2025-04")
    assert not app.exception
    data = entry("the-conversation")
    (start,) = list_coaching(workspace_folder(), data)
    (kept,) = [each for each in list_trials(workspace_folder(), data) if each.key == start.trial]
    assert len(kept.file.treated) == len(chosen.options)
    assert kept.file.comparison is None
    assert errors(check_trial(kept.file, sample_panel("the-conversation"))) == ()


def test_the_target_of_a_rare_phase_is_not_rounded_away() -> None:
    start = CoachingStart(phase="Meeting", reps=("Ana",), since="2025-04")
    for reachable, target in ((0.0041, 0.0041), (0.3478, 0.35)):
        design, name = start_coaching._with_trial(Design(name="D"), start, "met / dials", reachable)
        assert [kpi.target for kpi in design.kpis if kpi.name == name] == [target]


def test_a_card_on_what_is_to_fall_says_so(opened: Open) -> None:
    """ "More Response time", "A change for more Complaints"."""
    panel = sample_panel(SAMPLE)
    lower = Kpi(name="Idle days", formula="dials", target=1, weight=1, direction="lower")
    design = Design(name="D", goal=Goal(measure="sales", label="Complaints", direction="lower"), kpis=(lower,))
    filled = card_for_kpi(panel, design, lower)
    assert filled is not None
    assert (filled["name"], filled["hypothesis"]) == (
        "Bring down Idle days", "Reps who work on Idle days will bring down Complaints.",
    )  # fmt: skip
    assert card_words.card_name_for_goal("Complaints", "lower") == "A change to bring down Complaints"
    higher = design.model_copy(update={"goal": Goal(measure="sales", label="Sales")})
    filled = card_for_kpi(panel, higher, lower.model_copy(update={"direction": "higher"}))
    assert filled is not None
    assert (filled["name"], filled["hypothesis"]) == (
        "More Idle days", "Reps who work on Idle days will have more Sales.",
    )  # fmt: skip


def test_coaching_keeps_a_trial_of_those_picked_for_low_rates(opened: Open) -> None:
    app = started(opened("coaching", data="the-conversation"), "2025-04")
    assert not app.exception
    data = entry("the-conversation")
    (start,) = list_coaching(workspace_folder(), data)
    (kept,) = [each for each in list_trials(workspace_folder(), data) if each.key == start.trial]
    assert kept.file.treated == start.reps
    assert (kept.file.measure, kept.file.assignment, kept.file.start) == (
        "reached / dials", "chosen_on", dt.date(2025, 4, 1),
    )  # fmt: skip
    assert kept.file.before == 13  # weeks, as in the data: January to March
    assert isinstance(kept.file.comparison, tuple)
    assert not set(kept.file.comparison) & set(start.reps)
    assert len(kept.file.comparison) == 17
    app = opened("trials", data="the-conversation", trial=start.trial)
    assert not app.exception
    assert app.header[0].value.startswith("Coaching of Reached\\: not enough data with 3 against 17 reps")
    assert "Those who changed did worse than the others before the start." in shown(app)


def test_start_and_kpis_mention_trials_that_run_or_are_planned(opened: Open) -> None:
    for page in ("start", "kpis"):
        assert "1 trial is running." in shown(opened(page, data=SAMPLE))
    later = parse_trial({"name": "T", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2090-01-01"})
    save_trial(workspace_folder(), entry(), "later", later)
    assert "1 trial is running, 1 trial is planned." in shown(opened("start", data=SAMPLE))
    assert "trial is" not in shown(opened("start", data="quotes-desk"))
