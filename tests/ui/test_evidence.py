"""The Evidence page: verdicts follow what the user sets, details follow the KPI, hidden names stay hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_panels import SAMPLES, sample_panel
from tests.soundness.test_scope import files_of
from tests.ui.conftest import Open
from workbench.data.library import data_sets as library
from workbench.data.model.dataset import DataSet
from workbench.design.edits import set_weights
from workbench.design.model import load_design
from workbench.evidence.report import CHECKS
from workbench.evidence.verdict import RULES
from workbench.scoring.history import score_history
from workbench.scoring.preview import build_preview
from workbench.ui.session.cached_evidence import CHECKING

DIALS_FLOOR = "dials-floor"


@pytest.fixture
def page(opened: Open) -> AppTest:
    return opened("evidence", data=DIALS_FLOOR)


def read(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.header, app.markdown, app.caption) for e in kind).replace("\\", "")


def test_every_kpi_has_a_card_with_its_two_reasons_and_what_would_change_it(page: AppTest) -> None:
    said = read(page)
    assert page.header[0].value == "Keep Quotes and Meetings\\. Drop Dials and Communications\\."
    assert "Dials and Communications measure the same thing." in said
    assert said.count("What would change our mind:") == 4
    assert "In teams like yours" in said


def test_a_larger_smallest_link_leaves_association_only(page: AppTest) -> None:
    page.slider(key="evidence.smallest").set_value(0.6).run()
    assert not page.exception
    assert page.header[0].value.startswith("Watch Quotes and Meetings")
    assert "Association, not proof" in read(page)


def test_leaving_the_season_in_and_a_short_horizon_are_followed(page: AppTest) -> None:
    page.slider(key="evidence.horizon.month").set_value(3).run()
    assert "Watch Quotes and Meetings" in page.header[0].value
    assert "can separate two reps" in read(page)
    page.toggle(key="evidence.season").set_value(False).run()
    assert not page.exception


def test_the_details_are_those_of_the_chosen_kpi(page: AppTest) -> None:
    assert "**Is it linked to the goal?** A rep's better months on Dials are no better for Sales" in read(page)
    page.selectbox(key="evidence.kpi.4").select_index(2).run()
    assert "Meetings comes 1 month before Sales." in read(page)


def test_a_link_opens_one_kpi_and_follows_another(opened: Open) -> None:
    app = opened("evidence", data=DIALS_FLOOR, part="one-kpi", kpi="Meetings")
    kpi = app.selectbox(key="evidence.kpi.4")
    assert kpi.options[kpi.value] == "Meetings"
    assert app.session_state["evidence.part"] == "One KPI"
    kpi.set_value(1).run()
    assert (app.query_params["kpi"], app.query_params["part"]) == ("Quotes", "one-kpi")
    app.selectbox(key="evidence.kpi.4").set_value(0).run()
    assert "kpi" not in app.query_params
    app.query_params["kpi"] = "no such KPI"
    assert not app.run().exception


def test_who_made_the_goal_without_it_is_named_unless_names_are_hidden(page: AppTest) -> None:
    assert "Ana Ruiz" in read(page)
    next(toggle for toggle in page.toggle if toggle.label == "Hide names").set_value(True).run()
    assert "Ana Ruiz" not in read(page)
    assert "Rep 0" in read(page)


def test_the_table_of_conditions_is_on_the_page(page: AppTest) -> None:
    table = page.table[0].value
    assert table["Verdict"].tolist() == [
        rule.verdict for rule in RULES if not {"one_rep", "one_period"} & rule.when.keys()
    ]
    here = {row["Here"]: row["Verdict"] for _, row in table.iterrows() if row["Here"]}
    assert here == {"Quotes, Meetings": "keep", "Dials": "drop", "Communications": "drop"}


def test_the_horizon_begins_at_a_year_of_the_periods_that_evidence_is_judged_by(opened: Open) -> None:
    weekly = opened("evidence", data="the-conversation")
    assert weekly.slider(key="evidence.horizon.month").value == 12
    assert "within 12 months" in read(weekly)


def test_the_driver_tree_is_coloured_by_the_evidence(opened: Open) -> None:
    assert "The colour of a line is the verdict" in read(opened("goal", data=DIALS_FLOOR))


def test_every_check_says_what_it_asks_while_it_runs() -> None:
    assert list(CHECKING) == [check.module.NAME for check in CHECKS]


@pytest.mark.parametrize(("reps", "periods", "told"), [(60, 1, "With one month per rep"), (1, 40, "of one rep, or")],
                         ids=["one month", "one series"])  # fmt: skip
def test_data_that_cannot_show_everything_get_a_page_without_the_rest(
    opened: Open, home: Path, tmp_path: Path, reps: int, periods: int, told: str
) -> None:
    dataset, design = files_of(tmp_path, reps, periods)
    spec = DataSet.model_validate_json(dataset.read_text(encoding="utf-8"))
    kept = library.add_data_set(home, spec, {"table.csv": tmp_path / "table.csv"})
    app = opened("data", data=kept.id)
    app.file_uploader[0].set_value([("a.design.json", design.read_bytes(), "application/json")]).run()
    app.switch_page("../../../pages/evidence.py").run()
    assert not app.exception
    said = read(app)
    assert told in said
    assert "In teams like yours" not in said
    assert "in the first half" not in said
    assert "more reps" not in said
    assert ("When did each link hold?" in [one.value for one in app.header]) == (periods > 1)


def test_the_smallest_difference_is_set_in_the_goals_own_unit(page: AppTest) -> None:
    """Twice the amount is twice the link, and the verdicts follow."""
    page.selectbox(key="evidence.kpi.4").select_index(2).run()
    amount = next(box for box in page.number_input if box.key.startswith("evidence.amount.Meetings"))
    assert amount.label.startswith("Smallest difference in Sales that matters, for ")
    amount.set_value(2 * amount.value).run()
    page.button(key="evidence.apply.Meetings").click().run()
    assert not page.exception
    assert page.slider(key="evidence.smallest").value == pytest.approx(0.4, abs=0.011)
    again = next(box for box in page.number_input if box.key.startswith("evidence.amount.Meetings"))
    assert again.value == pytest.approx(amount.value, rel=0.03)


def test_an_amount_beyond_the_scale_stops_at_its_end(page: AppTest) -> None:
    amount = next(box for box in page.number_input if box.key.startswith("evidence.amount."))
    amount.set_value(1000 * amount.value).run()
    next(button for button in page.button if (button.key or "").startswith("evidence.apply.")).click().run()
    assert page.slider(key="evidence.smallest").value == pytest.approx(0.6)


def test_the_action_follows_from_the_verdict_and_says_first_what_it_does(page: AppTest) -> None:
    """Dials is dropped and says what its going does; Communications has no weight that could be taken away."""
    assert [b.key for b in page.button if (b.key or "").startswith("evidence.zero.")] == ["evidence.zero.Dials"]
    told = next(caption.value for caption in page.caption if caption.value.startswith("Without Dials, "))
    page.button(key="evidence.zero.Dials").click().run()
    assert not page.exception
    assert "evidence.zero.Dials" not in [b.key for b in page.button]
    panel, design = sample_panel(DIALS_FLOOR), load_design(SAMPLES / DIALS_FLOOR / "dials-floor.design.json")
    before, after = (
        build_preview(score_history(panel, each), None).awards for each in (design, set_weights(design, {"Dials": 0}))
    )
    assert f"{after.overlap} of {len(after.best_sellers)} best sellers are on top instead of {before.overlap}" in told


def test_each_strip_says_which_question_its_link_answers(page: AppTest) -> None:
    asked = [caption.value for caption in page.caption if caption.value.startswith(("Same rep", "Rep against"))]
    assert set(asked) == {"Same rep, 1 month later"}
    assert len(asked) == 4
