"""A story on the pages: a strip asks, the page is covered until one has committed, and then it answers."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.learn.lessons import SLUGS, lesson_data, lesson_plan
from tests.ui.conftest import Open
from tests.ui.test_hidden_names import everything_sent
from tests.ui.test_learn import answer_any, labels, press, shown
from workbench.learn.answers import answer_step
from workbench.learn.predictions import Prediction
from workbench.learn.progress_store import keep_prediction, read_progress
from workbench.ui.learn import lesson_at_hand
from workbench.ui.preview.live_weights.board import live_board
from workbench.words import learn as words
from workbench.words.path import HEADING as START_QUESTION
from workbench.words.preview import QUESTION as PREVIEW_QUESTION
from workbench.words.replay import QUESTION as REPLAY_QUESTION

FLOOR = "dials-floor"
WHERE = "Where are we?"


def titles(app: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in app.title]


def sent(app: AppTest) -> str:
    return b"\n".join(everything_sent(app._tree)).decode("utf-8", "ignore").replace("\\", "")


def display_names() -> dict[str, str]:
    return {rep: rep for rep in lesson_data(FLOOR).panel.reps["rep"]}


def begin(opened: Open, slug: str = FLOOR) -> AppTest:
    return visit(press(opened("learn", data=slug), words.ON_PAGES), lesson_plan(slug).steps[0].page)


def visit(app: AppTest, page: str) -> AppTest:
    """Go to a page; also where the app has gone there itself, which a test does not follow beyond one run."""
    app.switch_page(f"../../../pages/{page}.py")
    return app.run()


def follow(app: AppTest, label: str, page: str) -> AppTest:
    return visit(press(app, label), page)


def commit(app: AppTest, slug: str, at: int) -> AppTest:
    answer_any(app, slug, lesson_plan(slug).steps[at])
    return press(app, words.COMMIT)


def test_a_story_opens_on_the_page_of_its_question_with_the_rest_covered(opened: Open) -> None:
    app = begin(opened)
    assert not app.exception
    assert titles(app) == [lesson_plan(FLOOR).steps[0].ask]
    assert "step 1 of 8" in shown(app)
    scored = lesson_data(FLOOR).scored(lesson_plan(FLOOR).steps[0])
    goals = {rep["goalText"] for rep in live_board(scored, display_names(), 8, "month")["reps"]}
    told = sent(app)
    assert "covered until you commit" in told
    assert [goal for goal in goals if f'"{goal}"' in told] == []
    commit(app, FLOOR, 0)
    assert not app.exception
    assert "You were 70% sure." in shown(app)
    assert "best sellers" in titles(app)[0]
    assert [goal for goal in goals if f'"{goal}"' in sent(app)] != []
    assert app.query_params["periods"] == "2024-07..2024-12"


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_of_an_answer_is_computed_or_sent_on_any_page_before_the_prediction(
    opened: Open, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer(*_: object) -> None:
        raise AssertionError("asked for the answer")

    monkeypatch.setattr(lesson_at_hand, "answer_step", no_answer)
    monkeypatch.setattr(lesson_at_hand, "mark_step", no_answer)
    app, step = begin(opened, slug), lesson_plan(slug).steps[0]
    answer_any(app, slug, step)
    found = answer_step(lesson_data(slug), step)
    for page in (
        step.page,
        "start",
        "preview",
        "weights",
        "replay",
        "evidence",
        "options",
        "integrity",
        "coaching",
        "trials",
    ):
        visit(app, page)
        assert not app.exception
        assert len(titles(app)) == 1
        assert not app.dataframe
        told = sent(app)
        assert found.why not in told
        assert lesson_data(slug).truth.reveal not in told
        assert [figure for _, figure in found.figures if figure > 1000 and f"{figure:.6f}"[:8] in told] == []


def test_a_page_is_not_presented_while_a_question_waits(opened: Open) -> None:
    app = begin(opened)
    for presented in ("preview", "story.3"):
        app.query_params["present"] = presented
        app.run()
        assert not app.exception
        assert titles(app) == [lesson_plan(FLOOR).steps[0].ask]
        assert "present" not in app.query_params


def test_another_page_says_where_the_question_waits_and_leads_there(opened: Open) -> None:
    app = visit(begin(opened), "replay")
    assert titles(app) == ["Question 1 is waiting on Preview."]
    assert REPLAY_QUESTION not in sent(app)
    follow(app, words.TO_QUESTION, "preview")
    assert titles(app) == [lesson_plan(FLOOR).steps[0].ask]


def test_start_leads_to_the_question_and_draws_nothing_of_its_data_while_it_waits(opened: Open) -> None:
    app = visit(begin(opened), "start")
    assert not app.exception
    assert titles(app) == [START_QUESTION]
    assert "Question 1 is waiting on Preview." in shown(app)
    assert WHERE not in [each.value for each in app.header]
    assert app.get("vega_lite_chart") == []
    assert {button.key for button in app.button if str(button.key).startswith("tour.")} == set()
    assert "Finished examples" in [each.value for each in app.header]
    assert len(app.get("file_uploader")) == 1
    follow(app, words.TO_QUESTION, "preview")
    assert titles(app) == [lesson_plan(FLOOR).steps[0].ask]
    visit(commit(app, FLOOR, 0), "start")
    assert not app.exception
    assert WHERE in [each.value for each in app.header]
    assert words.NEXT in labels(app)


def test_a_page_answers_after_the_commitment_and_next_leads_to_the_next_page(opened: Open) -> None:
    app, plan, done = begin(opened), lesson_plan(FLOOR), set[str]()
    for at, step in enumerate(plan.steps):
        assert f"step {at + 1} of 8" in shown(app)
        commit(app, FLOOR, at)
        done.add(step.id)
        assert not app.exception
        if step.page == "replay":
            assert (REPLAY_QUESTION in titles(app)) is (plan.still_covered(step, done) is None)
        if step.part and step.page == "replay":
            assert app.query_params["part"] == step.part
        following = lesson_plan(FLOOR).steps[at + 1].page if at < 7 else "learn"
        follow(app, words.NEXT if at < 7 else words.END, following)
        assert not app.exception
    assert words.QUESTION in titles(app)
    assert "of 8 right" in shown(app)
    visit(app, "replay")
    assert "step" not in shown(app)
    assert titles(app) == [REPLAY_QUESTION]


def test_the_same_step_is_at_hand_on_learn_and_on_the_pages(opened: Open) -> None:
    app = commit(begin(opened), FLOOR, 0)
    follow(app, words.NEXT, "preview")
    visit(app, "learn")
    assert "Question 2 of 8" in shown(app)
    commit(app, FLOOR, 1)
    press(app, words.NEXT)
    visit(app, "preview")
    assert "step 3 of 8" in shown(app)
    follow(app, words.BACK, "preview")
    assert "step 2 of 8" in shown(app)
    assert "You were 70% sure." in shown(app)


def test_another_tab_finds_the_story_open_and_a_second_prediction_changes_nothing(opened: Open, home) -> None:
    app = begin(opened)
    learner = app.session_state["context.learner"]
    other = opened("learn", data=FLOOR)
    other.session_state["context.learner"] = learner
    visit(other, "preview")
    assert "step 1 of 8" in shown(other)
    commit(app, FLOOR, 0)
    kept = read_progress(home, learner).predictions
    other.run()
    assert "You were 70% sure." in shown(other)
    assert words.ELSEWHERE in shown(other)
    assert words.ELSEWHERE not in shown(app.run())
    assert read_progress(home, learner).predictions == kept
    press(other, words.LEAVE)
    app.run()
    assert "step" not in shown(app)


def test_a_commitment_after_one_in_another_tab_says_that_the_other_counts(opened: Open, home) -> None:
    app = begin(opened)
    learner, choices = app.session_state["context.learner"], app.radio[0].options
    other = opened("learn", data=FLOOR)
    other.session_state["context.learner"] = learner
    visit(other, "preview")
    other.radio[0].set_value(0).run()
    commit(app, FLOOR, 0)  # takes the last choice
    assert words.ELSEWHERE not in shown(app)
    assert len(choices) > 1
    press(other, words.COMMIT)
    assert not other.exception
    assert words.ELSEWHERE in shown(other)
    assert [each.step for each in read_progress(home, learner).predictions] == [lesson_plan(FLOOR).steps[0].id]
    follow(other, words.NEXT, "preview")
    commit(other, FLOOR, 1)
    assert words.ELSEWHERE not in shown(other)


def test_leaving_takes_one_click_and_puts_the_design_back(opened: Open) -> None:
    app = begin(opened, "quotes-desk")
    assert [kpi.weight for kpi in app.session_state["context.drafts"]["quotes-desk"].design.kpis][:3] == [67, 0, 33]
    own = lesson_data("quotes-desk").design
    assert app.session_state["context.drafts"]["quotes-desk"].design.name == words.IN_STORY.format(name=own.name)
    press(app, words.LEAVE)
    assert not app.exception
    design = app.session_state["context.drafts"]["quotes-desk"].design
    assert design == own
    assert PREVIEW_QUESTION not in titles(app)
    assert "step 1 of 8" not in shown(app)
    assert words.COMMIT not in labels(app)


def test_a_page_that_answers_a_later_question_too_stays_covered_until_then(opened: Open, home) -> None:
    slug = "the-conversation"
    app, steps = begin(opened, slug), lesson_plan(slug).steps
    at = next(at for at, step in enumerate(steps) if step.covered_until)
    until = [step.id for step in steps].index(steps[at].covered_until)
    learner = app.session_state["context.learner"]
    for n in (at + 1, until + 1):
        for step in steps[:n]:
            said = Prediction(story=slug, step=step.id, choice="-", sure=70, right=False)
            keep_prediction(home, learner, said)
        app.session_state["learn.at"] = {slug: at}
        visit(app, steps[at].page)
        assert not app.exception
        assert answer_step(lesson_data(slug), steps[at]).why in shown(app)
        assert (words.STILL_COVERED.format(page="Coaching", n=until + 1) in shown(app)) is (n <= until)
        assert (titles(app) == []) is (n <= until)
        app.query_params["present"] = "coaching"
        app.run()
        assert ("present" in app.query_params) is (n > until)


def test_another_data_set_has_no_strip(opened: Open, uploaded: str) -> None:
    app = begin(opened)
    app.session_state["context.data"] = uploaded
    visit(app, "goal")
    assert not app.exception
    assert words.LEAVE not in labels(app)


def test_a_card_begins_the_story_on_its_page(opened: Open) -> None:
    app = opened("learn")
    follow(app, words.BEGIN, "preview")
    assert not app.exception
    assert "step 1 of 8" in shown(app)


def test_hidden_names_are_hidden_on_the_pages_too(opened: Open) -> None:
    app = begin(opened, "quotes-desk")
    app.toggle(key="context.hide_names").set_value(True).run()
    commit(app, "quotes-desk", 0)
    told = sent(app)
    assert [rep for rep in lesson_data("quotes-desk").panel.reps["rep"] if rep in told] == []


def test_a_link_opens_preview_filtered_to_its_months(opened: Open) -> None:
    app = opened("preview", data=FLOOR, periods="2024-07..2024-12")
    key = next(slider.key for slider in app.select_slider if str(slider.key).endswith("·periods"))
    assert [f"{end:%Y-%m}" for end in app.session_state[key]] == ["2024-07", "2024-12"]
    app.select_slider(key=key).set_value(tuple(pd.to_datetime(["2024-02-01", "2024-03-01"])))
    app.run()
    assert "periods" not in app.query_params
    for strange in ("x..y", "..", "2031-01..2031-02", "<b>"):
        other = opened("preview", data=FLOOR, periods=strange)
        assert not other.exception
        assert [f"{end:%Y-%m}" for end in other.session_state[key]] == ["2024-01", "2025-06"]
