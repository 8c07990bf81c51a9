"""The page Learn: no answer before a prediction, the same step again, other data sets, and how sure one was."""

from __future__ import annotations

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from tests.learn.lessons import SLUGS, lesson_data, lesson_plan
from tests.samples import raw
from tests.stored import n_documents
from tests.ui.conftest import Open, label_of
from tests.ui.test_hidden_names import everything_sent
from workbench.data.library.data_sets import workspace_folder
from workbench.design.edits import set_weights
from workbench.learn.answers import answer_step, build_step, mark_step
from workbench.learn.lesson import StepPlan
from workbench.learn.plays import join_line, join_reps, join_weights, split_line, split_reps, split_weights
from workbench.store.kinds import LEARNER
from workbench.ui.learn import lesson_at_hand
from workbench.words import learn as words
from workbench.words.glossary import GLOSSARY

FLOOR = "dials-floor"
STEPS = lesson_plan(FLOOR).steps


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.header, app.subheader, app.caption, app.success, app.warning, app.info)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def labels(app: AppTest) -> list[str]:
    return [label_of(button) for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if label_of(button) == label).click()
    return app.run()


def keys(step: str) -> list[str]:
    plan = next(each for each in STEPS if each.id == step)
    return [choice.key for choice in build_step(lesson_data(FLOOR), plan).choices]


def right(step: str) -> str:
    return answer_step(lesson_data(FLOOR), next(each for each in STEPS if each.id == step)).key


def answer_any(app: AppTest, slug: str, step: StepPlan, said: str | None = None) -> str:
    """Say something, ``said`` or the last choice there is, as the components would report it; returns what was said."""
    asked = build_step(lesson_data(slug), step)
    if step.play == "choice":
        keys = [choice.key for choice in asked.choices]
        place = len(keys) - 1 if said is None else keys.index(said)
        app.radio[0].set_value(place)
        said = keys[place]
    elif step.play == "reps":
        reps = [rep for rep, _ in asked.task.bars]
        picked = range(asked.task.n) if said is None else [reps.index(rep) for rep in split_reps(said)][: asked.task.n]
        app.session_state[f"learn.said.{slug}.{step.id}"] = tuple(picked)
        said = join_reps([reps[place] for place in picked])
    elif step.play == "line":
        line = asked.task.start if said is None else split_line(said)
        app.session_state[f"learn.said.{slug}.{step.id}"] = line
        said = join_line(line)
    else:
        weights = split_weights(said) if said else {kpi.name: kpi.weight for kpi in lesson_data(slug).design.kpis}
        drafts = app.session_state["context.drafts"]
        design = set_weights(drafts[slug].design, {name: weights.get(name, 0.0) for name in weights})
        drafts[slug] = drafts[slug].change(design, "dragged")
        said = join_weights({kpi.name: kpi.weight for kpi in design.kpis})
    app.run()
    return said


def predict(app: AppTest, step: str, key: str, sure: int = 80) -> AppTest:
    app.radio(key=f"learn.choice.{FLOOR}.{step}").set_value(keys(step).index(key))
    app.select_slider(key=f"learn.sure.{FLOOR}.{step}").set_value(sure)
    app.run()
    return press(app, words.COMMIT)


@pytest.fixture
def floor(opened: Open) -> AppTest:
    return opened("learn", data=FLOOR)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_of_an_answer_is_computed_or_sent_before_the_prediction(
    opened: Open, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither reason nor figures nor the picture after it, whatever is chosen and however sure."""

    def no_answer(*_: object) -> None:
        raise AssertionError("asked for the answer")

    monkeypatch.setattr(lesson_at_hand, "answer_step", no_answer)
    app = opened("learn", data=slug)
    step = lesson_plan(slug).steps[0]
    answer_any(app, slug, step)
    assert not app.exception
    sent = b"\n".join(everything_sent(app._tree)).decode("utf-8", "ignore").replace("\\", "")
    data = lesson_data(slug)
    found = answer_step(data, step)
    assert build_step(data, step).ask in sent
    for secret in (
        found.why,
        data.truth.reveal,
        "The answer is",
        words.FIGURES[step.kind].split("{")[0] or "per month",
    ):
        assert secret not in sent


def test_a_wrong_prediction_is_answered_with_reason_and_the_page_that_shows_it(floor: AppTest) -> None:
    step = STEPS[0]
    wrong = next(key for key in keys(step.id) if key != right(step.id))
    predict(floor, step.id, wrong, 90)
    assert not floor.exception
    assert f"Not this time. The answer is: {right(step.id)}. You were 90% sure." in shown(floor)
    assert step.why in shown(floor)
    assert words.NEXT in labels(floor)
    links = [link for link in floor.get("page_link") if link.proto.label.startswith("See it on Preview")]
    assert [link.proto.label for link in links] == ["See it on Preview, July 2024 to December 2024"]
    assert f"data={FLOOR}" in links[0].proto.query_string


def test_a_prediction_stays_as_it_was_and_the_story_goes_on_where_it_was_left(floor: AppTest, opened: Open) -> None:
    predict(floor, "promote", right("promote"))
    assert f"Right: {right('promote')}. You were 80% sure." in shown(floor)
    learner = floor.session_state["context.learner"]
    press(floor, words.NEXT)
    assert "Question 2 of 8" in shown(floor)
    press(floor, words.BACK)
    assert not floor.radio
    assert "You were 80% sure." in shown(floor)
    again = opened("learn")
    again.session_state["context.learner"] = learner
    again.run()
    assert "1 of 8 questions answered" in shown(again)
    press(again, words.ON_ONE_PAGE)
    assert "Question 2 of 8" in shown(again)
    assert n_documents(workspace_folder(), LEARNER) == 1


def play(app: AppTest) -> AppTest:
    for step in STEPS:
        app.select_slider(key=f"learn.sure.{FLOOR}.{step.id}").set_value(100)
        answer_any(app, FLOOR, step, right(step.id))
        press(app, words.COMMIT)
        press(app, words.NEXT if step is not STEPS[-1] else words.END)
        assert not app.exception
    return app


def test_the_end_says_how_the_story_went_and_starting_over_keeps_the_first_time(floor: AppTest) -> None:
    play(floor)
    assert "8 of 8 right" in shown(floor)
    assert lesson_data(FLOOR).truth.reveal.split(". ")[0] in shown(floor)
    press(floor, words.TABS[1])
    assert "You were 100% sure on average and right 100% of the time." in shown(floor)
    assert "guessing and always saying 50%" not in shown(floor).lower()  # eight predictions are too few
    assert "When you were 100% sure, you were right 8 times of 8." in shown(floor)
    assert "Brier score 0.00, always 50% 0.25" in shown(floor)
    floor.session_state["learn.part"] = words.TABS[0]
    floor.run()
    press(floor, words.OVER)
    assert "Question 1 of 8" in shown(floor)
    wrong = next(key for key in keys("promote") if key != right("promote"))
    predict(floor, "promote", wrong, 100)
    floor.session_state["learn.part"] = words.TABS[1]
    floor.run()
    assert "right 8 times of 8" in shown(floor)


def test_a_step_ahead_cannot_be_looked_at(floor: AppTest) -> None:
    floor.session_state["learn.at"] = {FLOOR: 7}
    floor.run()
    assert "Question 1 of 8" in shown(floor)


def test_hidden_names_are_hidden_in_questions_and_answers(floor: AppTest) -> None:
    floor.toggle(key="context.hide_names").set_value(True).run()
    assert all(option.startswith("Rep ") for option in floor.radio[0].options)
    predict(floor, "promote", right("promote"))
    sent = b"\n".join(everything_sent(floor._tree))
    assert [rep for rep in lesson_data(FLOOR).panel.reps["rep"] if rep.encode() in sent] == []
    assert "Right: Rep " in shown(floor)


def test_without_a_story_the_samples_are_offered(opened: Open, uploaded: str) -> None:
    app = opened("learn", data=uploaded)
    assert words.NO_LESSON in shown(app)
    assert labels(app).count(words.BEGIN) == len(SLUGS)
    press(app, words.ON_ONE_PAGE)
    assert "Question 1 of 8" in shown(app)
    press(app, words.OTHER_STORIES)
    assert words.CHOOSE in shown(app)


def test_a_prediction_that_cannot_be_saved_is_said_and_not_lost(floor: AppTest, home) -> None:
    shutil.rmtree(home)
    home.write_text("in the way", encoding="utf-8")
    predict(floor, "promote", right("promote"))
    assert not floor.exception
    assert words.NOT_SAVED in [error.value for error in floor.error]
    assert floor.radio[0].value is not None


def test_the_glossary_is_a_part_of_the_page(opened: Open) -> None:
    app = opened("learn", part="glossary")
    assert all(f"**{word}** – " in shown(app) for word in GLOSSARY)
    assert all(len(text.split()) <= 20 for meaning in GLOSSARY.values() for text in meaning.split(". "))


def test_a_link_with_dice_opens_the_story_with_other_people_and_leaves_the_address(opened: Open) -> None:
    app = opened("learn", story="quotes-desk", dice="7")
    assert not app.exception
    assert "Question 1 of 8" in shown(app)
    assert not {"story", "dice"} & set(app.query_params)
    reps = {rep["rep"] for rep in raw.truth("quotes-desk")["reps"]}
    sent = b"\n".join(everything_sent(app._tree)).decode("utf-8", "ignore")
    assert not [rep for rep in reps if rep in sent]


@pytest.mark.parametrize(("story", "dice"), [("quotes-desk", "07"), ("no-story", "7"), ("quotes-desk", "<b>")])
def test_a_link_with_dice_that_are_none_shows_all_stories(opened: Open, story: str, dice: str) -> None:
    app = opened("learn", story=story, dice=dice)
    assert not app.exception
    assert words.CHOOSE in shown(app)


def test_words_of_a_page_are_explained_beside_its_question(opened: Open) -> None:
    app = opened("replay", data=FLOOR)
    asked = ("Box ticker", "Unsung seller")
    assert app.title[0].proto.help == "  \n".join(f"**{word}**: {GLOSSARY[word]}" for word in asked)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != FLOOR])
def test_every_story_can_be_played_to_its_end(opened: Open, slug: str) -> None:
    """By somebody who always takes the last choice, and is quite sure."""
    app, steps = opened("learn", data=slug), lesson_plan(slug).steps
    n_right = 0
    for step in steps:
        said = answer_any(app, slug, step)
        press(app, words.COMMIT)
        assert not app.exception
        n_right += mark_step(lesson_data(slug), step, said).right
        press(app, words.NEXT if step is not steps[-1] else words.END)
        assert not app.exception
    assert f"{n_right} of 8 right" in shown(app)


def test_a_workspace_that_cannot_be_read_leaves_the_lesson_going_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_disk(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("workbench.ui.session.learner_progress.read_progress", no_disk)
    monkeypatch.setattr("workbench.ui.learn.place.start_story_over", no_disk)
    for page in ("learn", "start"):
        assert not opened(page, data="quotes-desk").exception
