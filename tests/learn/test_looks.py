"""Before each prediction there is one thing to look at, and no answer gives away the next one."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.learn.lessons import SLUGS, lesson_answer, lesson_data, lesson_plan
from tests.samples.story_files import StoryFiles
from tests.samples.test_every_sentence import FILES
from workbench.learn.answers import build_step, compute_answer
from workbench.learn.lesson import LessonLook, StepPlan
from workbench.learn.looks import LOOKS, look_at
from workbench.learn.plays import split_reps, split_weights
from workbench.scoring.replay.stop_signal import find_stop_signal
from workbench.words.learn_looks import look_title

STEPS = [(slug, step) for slug in SLUGS for step in lesson_plan(slug).steps]
PAIRS = [(slug, *pair) for slug in SLUGS for pair in pairwise(lesson_plan(slug).steps)]
STANDING = {"best seller", "place of top", "first group", "overlap", "pick sellers", "who rises", "unjust reprimands"}
SHOWS = {"places": STANDING, "change": {*STANDING, "weigh kpis"}, "reprimands": {"pick reprimanded"}}
"""Questions that a picture answers, by picture."""
SHOWN_BY = {"best seller": STANDING, "place of top": STANDING, "pick sellers": STANDING, "who rises": {"weigh kpis"},
            "reach by hour": {"why reached"}, "why reached": {"reach by hour"}}  # fmt: skip
"""Questions that the page answers as it opens after a question, by its kind."""


def step_called(slug: str, step: str) -> StepPlan:
    return next(each for each in lesson_plan(slug).steps if each.id == step)


def look_of(slug: str, step: str) -> LessonLook:
    look = build_step(lesson_data(slug), step_called(slug, step)).look
    assert look is not None
    return look


@pytest.mark.parametrize(("slug", "step"), STEPS, ids=lambda part: getattr(part, "id", part))
def test_each_question_has_one_thing_to_look_at_or_to_play_with(slug: str, step: StepPlan) -> None:
    asked = build_step(lesson_data(slug), step)
    assert [asked.play != "choice", asked.before is not None, asked.look is not None].count(True) == 1
    if asked.look is not None:
        assert asked.look.kind == step.look
        assert len(asked.look.figures) >= 2
        assert asked.look == look_at(lesson_data(slug), step)
        assert "{" not in look_title(asked.look, "Sales", "USD", "month")


def given_away(slug: str, step: StepPlan, after: StepPlan) -> str:
    """What of the answer to a question is in the answer to the one before; empty for nothing."""
    data = lesson_data(slug)
    shown, found = lesson_answer(slug, step), lesson_answer(slug, after)
    asked = {choice.key: choice.text for choice in build_step(data, step).choices}
    told = f"{asked.get(shown.key, shown.key)} {shown.why}"
    if after.play == "choice":
        labels = [choice.text for choice in build_step(data, after).choices if choice.key == found.key]
    elif after.play == "weights":
        labels = [kpi for kpi, weight in split_weights(found.key).items() if weight]
        told += json.dumps(shown.after.model_dump() if shown.after else "")
    else:
        labels = list(split_reps(found.key)) if after.play == "reps" else []
        told += " ".join(name for name, _ in shown.figures)
    return ", ".join(label for label in labels if label.casefold() in told.casefold())


@pytest.mark.parametrize(("slug", "step", "after"), PAIRS, ids=lambda part: getattr(part, "id", part))
def test_no_answer_gives_away_the_next_one(slug: str, step: StepPlan, after: StepPlan) -> None:
    assert given_away(slug, step, after) == ""
    assert after.kind not in SHOWN_BY.get(step.kind, ())
    picture = step.after.picture if step.after else ""
    assert after.kind not in SHOWS.get(picture, ())
    assert not (step.after and step.after.kpi and after.play == "line" and step.after.kpi == after.kpi)


HEADLINES = {
    ("coaching", "why reached"), ("evidence", "fairest kpi"), ("evidence", "tells who"), ("replay", "when to stop"),
    ("replay", "who left"),
}  # fmt: skip
"""Questions that a page answers, by its title or in a part that is one click away."""


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_that_answers_a_later_question_stays_covered_until_then(slug: str) -> None:
    plan = lesson_plan(slug)
    for at, step in enumerate(plan.steps):
        later = [each.id for each in plan.steps[at + 1 :] if (step.page, each.kind) in HEADLINES]
        assert step.covered_until in (later or [None])
        done = {each.id for each in plan.steps[: at + 1]}
        assert (plan.still_covered(step, done) is None) is not bool(later)
        assert plan.still_covered(step, {*done, *later}) is None


def test_an_answer_that_gives_away_the_next_one_is_found() -> None:
    """In the order in which two stories were first told."""
    fair, weigh = (step_called("many-ways-to-sell", step) for step in ("fair", "weigh"))
    assert given_away("many-ways-to-sell", fair, weigh) == "Conversations"
    rises = next(step for step in lesson_plan("dials-floor").told if step.id == "rises")
    assert "weigh kpis" in SHOWN_BY[rises.kind]


def test_looks_are_figures_of_the_files() -> None:
    floor, quotes = FILES["dials-floor"], FILES["quotes-desk"]
    calls = floor.read("calls.csv.gz", "started")
    months = floor.employed("2024-01-01", "2025-06-30").groupby("month")["workdays"].sum()
    look = look_of("dials-floor", "autumn")
    for month, dials in look.figures:
        period = calls["month"] == months.index[[f"{each:%B %Y}" == month for each in months.index]][0]
        assert dials == pytest.approx(period.sum() / months[calls.loc[period, "month"].iloc[0]], rel=0.05)
    assert (look.target, len(look.figures), min(dials for _, dials in look.figures) > 50) == (50, 3, True)
    left = look_of("dials-floor", "left")
    assert {name for name, _ in left.figures} == {*floor.roster.index[floor.roster["end"].notna()], "others"}
    many = FILES["many-ways-to-sell"]
    styles = [rep["style"] for rep in many.truth["reps"]]
    assert dict(look_of("many-ways-to-sell", "style").figures) == {each: styles.count(each) for each in styles}
    most = max(dict(look_of("quotes-desk", "needed").figures).items(), key=lambda each: each[1])[0]
    assert most == quotes.read("quotes.csv", "quoted_on").groupby("rep").size().idxmax()


def test_looks_at_a_conversation_count_its_calls() -> None:
    files = FILES["the-conversation"]
    calls = files.read("calls.csv.gz", "started")
    n = calls.groupby("rep").size()
    first = dict(look_of("the-conversation", "why").figures)
    whole = dict(look_of("the-conversation", "step").figures)
    best = dict(look_of("the-conversation", "one best").figures)
    assert set(first) == set(n.index)
    assert best["Reached"] == pytest.approx(max(first.values()))
    assert min(first.values()) < whole["Reached"] < best["Reached"]
    assert set(LOOKS) >= {step.look for _, step in STEPS if step.look}


def share_asked_for(files: StoryFiles) -> float:
    """Of the quotes of the six who made most: how many of 100 somebody asked for."""
    quotes = files.read("quotes.csv", "quoted_on")
    theirs = quotes[quotes["rep"].isin(quotes.groupby("rep").size().nlargest(6).index)]
    return 100 * float((theirs["enquiry"] != "none").mean())


def test_shares_are_those_of_the_files() -> None:
    found = dict(compute_answer(lesson_data("quotes-desk"), step_called("quotes-desk", "asked")).figures)
    assert found["phantom_quoter"] == pytest.approx(share_asked_for(FILES["quotes-desk"]))
    assert found["others"] == 100


def test_in_no_month_do_the_dials_say_stop_and_the_months_read_are_told() -> None:
    data = lesson_data("dials-floor")
    found = compute_answer(data, step_called("dials-floor", "stop"))
    assert found.key == "none"
    assert [month for month, _ in found.figures][:1] == ["June 2024"], "the first month with six of them"
    signal = find_stop_signal(data.panel, data.history, data.place("Dials"))
    assert not signal.readings["shown"].any()
