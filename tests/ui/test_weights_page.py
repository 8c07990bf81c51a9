"""Finding weights on Preview, and Options: every way leads to a draft that is ranked, and what is accepted stays."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_panels import SAMPLES
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from tests.ui.conftest import FRAME, Open, label_of
from workbench.design.draft import Draft
from workbench.design.model import load_design
from workbench.design.options import list_options
from workbench.design.store import find_design
from workbench.ui.session import state
from workbench.ui.widgets.parts import FIRST_SAMPLE


def said(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(each.value) for kind in kinds for each in kind).replace("\\", "")


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    app = [button for button in app.button if label_of(button) == label][place].click().run()
    assert not app.exception
    return app


def drafted(app: AppTest) -> list[float]:
    return [field.value for field in app.number_input]


def way(app: AppTest, name: str) -> AppTest:
    app = app.button_group(key="weights.way").set_value(name).run()
    assert not app.exception
    return app


def test_swing_clicks_become_weights_with_where_they_came_from(opened: Open) -> None:
    app = opened("weights", data=FIRST_SAMPLE)
    assert drafted(app) == []
    app = press(app, "Lift first", 1)
    app = press(app, "Lift next", 1)
    assert drafted(app) == [11.1, 61.1, 27.8]
    app = press(app, "Accept these weights")
    assert "Today's weights were found by swing: Quotes before Meetings before Dials." in said(app)
    accepted = app.session_state["context.drafts"][FIRST_SAMPLE]
    assert [kpi.weight for kpi in accepted.design.kpis] == [11.1, 61.1, 27.8, 0]
    assert accepted.undoes == "Weights: Swing"


def wanted(app: AppTest):
    """The choice of KPIs to weigh."""
    return next(group for group in app.button_group if (group.key or "").startswith("weights.on."))


def test_the_ranking_follows_the_first_answer_before_anything_is_accepted(opened: Open) -> None:
    app = opened("weights", data=FIRST_SAMPLE)
    assert "These weights put 1 of your 8 best sellers in the top 8." in said(app)
    app = press(app, "Lift first", 1)
    assert drafted(app) == [19.4, 61.1, 19.4]
    assert app.title[0].value.replace("\\", "") == (
        "This draft puts 6 of 8 best sellers in the top 8, today's weights put 1."
    )
    assert app.session_state["context.drafts"][FIRST_SAMPLE].undoes is None


def test_a_kpi_at_0_can_be_weighed_and_one_left_out_gets_0(opened: Open) -> None:
    app = opened("weights", data=FIRST_SAMPLE)
    app = wanted(app).set_value(["Meetings", "Communications"]).run()
    app = press(app, "Lift first", 1)
    assert drafted(app) == [0, 0, 25, 75]
    app = press(app, "Accept these weights")
    accepted = app.session_state["context.drafts"][FIRST_SAMPLE].design
    assert [kpi.weight for kpi in accepted.kpis] == [0, 0, 25, 75]


def test_an_adjusted_draft_is_accepted_as_typed_over(opened: Open) -> None:
    app = press(press(opened("weights", data=FIRST_SAMPLE), "Lift first"), "Lift next")
    app = app.number_input[0].set_value(50).run()
    app = press(app, "Accept these weights")
    assert "Dials before Quotes before Meetings; adjusted by hand." in said(app)


def test_contradicting_comparisons_are_named(opened: Open) -> None:
    app = way(opened("weights", data=FIRST_SAMPLE), "pairwise")
    key = next(group.key for group in app.button_group if (group.key or "").endswith(".Dials.Quotes"))
    for pair, answer in (("Dials.Quotes", 9), ("Dials.Meetings", 1 / 9), ("Quotes.Meetings", 9)):
        app = app.button_group(key=key.replace("Dials.Quotes", pair)).set_value(answer).run()
    assert "The answers contradict each other" in said(app)
    assert "Dials far above Quotes; Quotes far above Meetings; but Meetings far above Dials. Change one." in said(app)
    assert sum(drafted(app)) == pytest.approx(100, abs=0.2)


def test_ordered_reps_become_weights_and_answers_can_be_taken_back(opened: Open) -> None:
    app = way(opened("weights", data=FIRST_SAMPLE), "order")
    first = next(button for button in app.button if (button.key or "").endswith(".first"))
    app = first.click().run()
    better = first.label.strip("*").replace("\\", "")
    assert f"{better} before" in said(app)
    assert sum(drafted(app)) == pytest.approx(100, abs=0.2)
    asked_next = next(button for button in app.button if (button.key or "").endswith(".first"))
    app = press(asked_next.click().run(), "Remove answer")
    assert f"{better} before" not in said(app)
    app = press(app, "Undo last answer")
    assert drafted(app) == []


def test_where_no_pair_of_reps_can_be_asked_the_reason_and_the_other_ways_are_shown(
    home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ann does more of everything than Ben, and Ben than Cleo."""
    rows = [(rep, month, 200 * size, 10 * size, 900 * size) for rep, size in (("Ann", 0.9), ("Ben", 0.7), ("Cleo", 0.5))
            for month in ("2024-01-01", "2024-02-01")]  # fmt: skip
    panel = panel_of(pd.DataFrame(rows, columns=["rep", "period", "calls", "meetings", "sales"]))
    monkeypatch.setattr(state, "current_panel", lambda: replace(panel, key="three reps"))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["context.drafts"] = {"": Draft.start(design_of(CALLS, MEETINGS))}
    app = way(app.run().switch_page("../../../pages/weights.py").run(), "order")
    text = said(app)
    assert "In every pair of these reps, one is at least as good on every KPI" in text
    for gone in ("better seller", "No other pair", "Answer the questions"):
        assert gone not in text
    assert not app.get("progress")
    app = press(app, "Pairwise")
    assert "Which of the two KPIs matters more" in said(app)


def test_nobody_is_told_to_give_a_weight_to_a_kpi_that_cannot_be_measured(
    home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "current_panel", lambda: replace(random_panel(1), key="cards"))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    kpis = (CALLS, MEETINGS, {**WIN_RATE, "weight": 0}, {"name": "Card"})
    app.session_state["context.drafts"] = {"": Draft.start(design_of(*kpis))}
    app = app.run().switch_page("../../../pages/weights.py").run()
    assert "Card cannot be measured yet, so no weight is proposed." in said(app)
    assert wanted(app).options == [CALLS["name"], MEETINGS["name"], WIN_RATE["name"]]


@pytest.mark.parametrize("name", ["swing", "pairwise", "order", "data", "typed"])
def test_a_card_with_a_weight_is_asked_about_in_no_way(home, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(state, "current_panel", lambda: replace(random_panel(1), key="weighted cards"))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["context.drafts"] = {"": Draft.start(design_of(CALLS, MEETINGS, {"name": "Card", "weight": 50}))}
    app = way(app.run().switch_page("../../../pages/weights.py").run(), name)
    assert not app.exception
    assert not [button for button in app.button if button.key and button.key.endswith(".Card")]
    if name != "typed":
        assert "Card cannot be measured yet, so no weight is proposed." in said(app)


def test_a_rep_put_before_and_after_another_cannot_be_met(opened: Open) -> None:
    app = way(opened("weights", data=FIRST_SAMPLE), "order")
    for better, worse in (("Ana Ruiz", "Wei Zhang"), ("Wei Zhang", "Ana Ruiz")):
        picks = {(field.key or "").rsplit(".")[-1]: field for field in app.selectbox}
        picks["better"].set_value(better)
        picks["worse"].set_value(worse)
        app = press(app.run(), "Add")
    assert "contradict" in said(app)


def test_the_data_and_the_presets_are_drafts_too(opened: Open) -> None:
    app = way(opened("weights", data=FIRST_SAMPLE), "data")
    assert "Use equal weights." in said(app)
    assert "but not in later periods" in said(app)
    assert drafted(app) == [33.3, 33.3, 33.3, 0]
    assert sum(drafted(app)) == pytest.approx(100, abs=0.2)
    app = way(app, "typed")
    assert drafted(app) == [70, 15, 15, 0]
    app = app.button_group(key="weights.preset").set_value("equal").run()
    assert drafted(app) == [33.3, 33.3, 33.3, 0]


def test_a_kpi_that_the_data_gives_no_weight_is_left_out_by_one_click(opened: Open) -> None:
    app = way(opened("weights", data=FIRST_SAMPLE), "data")
    assert drafted(app) == [33.3, 33.3, 33.3, 0]
    assert "Equal weights of all count it like the rest." in said(app)
    app = press(app, "Weigh without Dials")
    assert wanted(app).value == ["Quotes", "Meetings"]
    assert drafted(app) == [0, 50, 50, 0]
    assert not any(label_of(button).startswith("Weigh without") for button in app.button)


def test_how_much_the_weights_matter_is_said(opened: Open) -> None:
    app = opened("preview", data=FIRST_SAMPLE, weights="matter")
    assert not app.exception
    text = said(app)
    for short in (
        "All 24 reps are tied: the ranks tell how these months went, not who is better.",
        "Dials decides the ranking: 70% of the weight, 100% of the influence.",
        "Least room: Dials. At 66.2%, 3.8 points lower, Jonas Berg replaces Luca Moretti at the top.",
    ):
        assert short in text
    assert "moves the ranks most" not in text
    app = app.toggle(key="weights.details").set_value(True).run()
    assert "moves the ranks most" in said(app)
    app = app.button_group(key="weights.doubt").set_value("weights").run()
    shown = [box.label for box in app.expander]
    assert "The 252 pairs with a clear order" in shown


def test_what_stands_beside_the_ranking_is_in_the_link(opened: Open) -> None:
    app = opened("preview", data=FIRST_SAMPLE)
    assert app.button_group(key="preview.place").value == "hand"
    app = app.button_group(key="preview.place").set_value("find").run()
    assert app.query_params["weights"] == "find"
    assert "Imagine a rep who is worst at everything." in said(app)
    app = app.button_group(key="preview.place").set_value("hand").run()
    assert "weights" not in app.query_params
    assert "Imagine" not in said(app)
    old = opened("weights", data=FIRST_SAMPLE)
    assert old.button_group(key="preview.place").value == "find"
    assert opened("preview", data=FIRST_SAMPLE, weights="nonsense").button_group(key="preview.place").value == "hand"


def test_how_far_ranks_can_be_told_apart_is_said_above_the_ranking(opened: Open) -> None:
    tied = "All 24 reps are tied: the ranks tell how these months went, not who is better."
    assert "Only 43 of 276 pairs of reps have a clear order." in said(opened("preview", data="many-ways-to-sell"))
    app = opened("preview", data=FIRST_SAMPLE)
    assert tied in said(app)
    team = next(box for box in app.multiselect if (box.key or "").startswith("preview.filter."))
    app = team.set_value(team.options[:1]).run()
    assert not app.exception
    assert tied not in said(app)


@pytest.mark.parametrize("kpis", [3, 6])
def test_weights_of_the_data_once_accepted_stay_the_draft(opened: Open, kpis: int) -> None:
    """A KPI that they leave at 0 was no longer fitted, and other weights were offered at once."""
    app = opened("weights", data="quotes-desk")
    app = wanted(app).set_value(wanted(app).options[:kpis]).run()
    app = way(app, "data")
    fitted = drafted(app)
    assert 0 in fitted
    app = press(app, "Accept these weights")
    assert drafted(app) == fitted
    assert "These are today's weights." in said(app)
    assert "Use the data's weights" in said(app)


def test_a_kpi_that_an_accepted_draft_leaves_at_0_stays_asked_about(home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "current_panel", lambda: replace(random_panel(1, n_reps=20), key="all on"))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["context.drafts"] = {"": Draft.start(design_of(CALLS, MEETINGS, WIN_RATE))}
    app = way(app.run().switch_page("../../../pages/weights.py").run(), "data")
    app = next(g for g in app.button_group if (g.key or "").startswith("weights.data.")).set_value("data").run()
    fitted = drafted(app)
    assert 0 in fitted
    app = press(app, "Accept these weights")
    assert wanted(app).value == [CALLS["name"], MEETINGS["name"], WIN_RATE["name"]]
    assert drafted(app) == fitted


def test_a_draft_is_saved_as_an_option_without_being_accepted(opened: Open, home) -> None:
    app = press(opened("weights", data=FIRST_SAMPLE), "Lift first", 1)
    app = keep(app, "Quotes first", "a try")
    (option,) = list_options(home, FIRST_SAMPLE)
    assert (option.name, option.note) == ("Quotes first", "a try")
    kept = find_design(home, option.design)
    assert kept is not None
    assert [kpi.weight for kpi in kept.kpis] == [19.4, 61.1, 19.4, 0]
    assert app.session_state["context.drafts"][FIRST_SAMPLE].undoes is None
    assert [kpi.weight for kpi in app.session_state["context.drafts"][FIRST_SAMPLE].design.kpis] == [70, 15, 15, 0]


@pytest.mark.parametrize("name", ["swing", "pairwise", "order", "data", "typed"])
def test_every_way_weighs_kpis_none_of_which_has_a_weight_yet(home, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(state, "current_panel", lambda: replace(random_panel(1), key="no weight"))
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["context.drafts"] = {"": Draft.start(design_of(*({**k, "weight": 0} for k in (CALLS, MEETINGS))))}
    app = way(app.run().switch_page("../../../pages/weights.py").run(), name)
    if name == "swing":
        app = press(app, "Lift first", 1)
    elif name == "pairwise":
        app = next(g for g in app.button_group if (g.key or "").endswith("Calls.Meetings")).set_value(1 / 3).run()
    elif name == "order":
        app = next(button for button in app.button if (button.key or "").endswith(".first")).click().run()
    elif name == "typed":
        app = app.button_group(key="weights.preset").set_value("equal").run()
    assert not app.exception
    assert app.title[0].value.startswith("This draft puts ")
    assert sum(drafted(app)) == pytest.approx(100, abs=0.2)


def keep(app: AppTest, name: str, note: str = "") -> AppTest:
    app.text_input(key="options.name").set_value(name)
    app.text_input(key="options.note").set_value(note)
    return press(app, "Save as option")


def test_an_option_saved_on_preview_is_the_whole_design(opened: Open, home) -> None:
    own = load_design(SAMPLES / FIRST_SAMPLE / f"{FIRST_SAMPLE}.design.json")
    keep(opened("preview", data=FIRST_SAMPLE), "As it is")
    (option,) = list_options(home, FIRST_SAMPLE)
    assert find_design(home, option.design) == own
    assert own.name != "points"


def test_options_are_kept_compared_opened_deleted_and_put_back(opened: Open, home) -> None:
    app = keep(opened("options", data=FIRST_SAMPLE), "As it is", "since *July*")
    app.switch_page("../../../pages/weights.py").run()
    app = press(press(press(app, "Lift first", 2), "Lift next", 1), "Accept these weights")
    app.switch_page("../../../pages/options.py").run()
    app = keep(app, "Meetings first")
    assert [(option.name, option.note) for option in list_options(home, FIRST_SAMPLE)] == [
        ("As it is", "since *July*"), ("Meetings first", ""),
    ]  # fmt: skip
    compared = next(each for each in app.pills if (each.key or "").startswith("options.compare."))
    assert compared.value == ["As it is", "Meetings first"]  # which is open: it stands there once
    assert {"Weight of Dials", "Reprimands despite making the goal"} <= {
        name.replace("\\", "") for name in app.table[0].value.index
    }
    app = press(app, "Open")
    assert app.session_state["context.drafts"][FIRST_SAMPLE].undoes == "Option “As it is” opened"
    app = press(app, "Delete", 2)  # the first is of the design menu
    assert "**Meetings first**" not in said(app)
    again = opened("options", data=FIRST_SAMPLE)
    again = press(again, "Restore “Meetings first”")
    assert "**Meetings first**" in said(again)


def test_an_option_without_a_name_is_asked_for_one(opened: Open, home) -> None:
    app = keep(opened("options", data=FIRST_SAMPLE), "  ")
    assert "Type a name first." in said(app)
    assert list_options(home, FIRST_SAMPLE) == ()
