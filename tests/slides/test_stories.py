"""Each sample's story in seven to nine steps: figures are computed, and nothing is answered before its step."""

from __future__ import annotations

import json
from functools import cache

import altair as alt
import pytest

from tests.sample_panels import SAMPLES, sample_panel
from tests.slides.letters import letter_sizes
from workbench.charts.wall import enlarge_spec
from workbench.design.model import load_design
from workbench.scoring.correlation import Correlation
from workbench.slides.slide import Slide
from workbench.slides.story import FOLDER, StoryStep, load_story
from workbench.slides.story_slides import PICTURES, story_slide
from workbench.ui.session.navigation import PAGES
from workbench.words.slides import kpi_link_sentence, style_sales_sentence

STORIES = sorted(path.stem for path in FOLDER.glob("*.json"))
LEAST_LETTERS, MOST_WORDS, MOST_NOTES = 24, 20, 45


def steps(data_set: str) -> tuple[StoryStep, ...]:
    story = load_story(data_set)
    assert story is not None
    return story.steps


def link(rho: float, low: float, high: float) -> Correlation:
    return Correlation(rho, low, high, 24, 24, "spearman")


@cache
def slide(data_set: str, number: int) -> Slide:
    design = load_design(SAMPLES / data_set / f"{data_set}.design.json")
    panel = sample_panel(data_set)
    return story_slide(steps(data_set)[number - 1], panel, design, {rep: rep for rep in panel.reps["rep"]}, "#000000")


def test_every_sample_has_a_story() -> None:
    assert [*STORIES] == sorted(path.parent.name for path in SAMPLES.glob("*/*.dataset.json"))
    assert load_story("0123456789abcdef") is None


@pytest.mark.parametrize("data_set", STORIES)
def test_steps_name_what_there_is_and_type_no_figure(data_set: str) -> None:
    kpis = {kpi["name"] for kpi in json.loads((SAMPLES / data_set / f"{data_set}.design.json").read_text())["kpis"]}
    told = steps(data_set)
    assert 7 <= len(told) <= 9
    for step in told:
        assert step.page in PAGES
        assert step.picture in PICTURES or step.picture == "evidence"
        assert {step.kpi} - {None} <= kpis
        assert {name for name, _ in step.weights or ()} <= kpis
        assert (step.kpi is not None) == (step.picture in ("kpi", "stop"))
        assert not any(letter.isdigit() for letter in step.says or "")
        assert len(step.notes.split()) <= MOST_NOTES


@pytest.mark.parametrize("data_set", STORIES)
def test_a_story_begins_with_a_question_and_a_picture_of_scores_alone(data_set: str) -> None:
    first = steps(data_set)[0]
    assert first.picture == "score"
    assert (first.says or "").endswith("?")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "A sales floor is paid for dials. Whom would you promote?"),
        (2, "These weights put 1 of your 8 best sellers in the top 8."),
        (3, "Dials: no detectable link with Sales."),
        (5, "141 of 320 reprimands would have gone to reps who made the goal that month."),
        (
            7,
            "7 of 8 best sellers on top instead of 1, 7 new names; 97 fewer reprimands despite making the goal.",
        ),
        (8, "Quotes predicted Sales, and the data gave no reason to stop."),
    ],
)
def test_a_step_says_what_the_sample_shows(number: int, sentence: str) -> None:
    assert slide("dials-floor", number).sentence == sentence


@pytest.mark.parametrize("number", range(1, 10))
def test_a_step_can_be_read_from_six_metres(number: int) -> None:
    shown = slide("dials-floor", number)
    assert 0 < len(shown.sentence.split()) <= MOST_WORDS
    assert shown.chart is not None
    large = enlarge_spec(shown.chart.to_dict(), shown.n_rows)
    assert min(letter_sizes(large)) >= LEAST_LETTERS
    alt.Chart.from_dict(large)  # the grammar knows it


def test_the_first_step_gives_nothing_of_the_goal_away() -> None:
    shown = slide("dials-floor", 1)
    assert shown.chart is not None
    assert list(shown.chart.data.columns) == ["name", "amount", "said"]
    assert "Sales" not in json.dumps(shown.chart.to_dict()) + shown.alt


def test_a_kpi_useless_to_all_is_strong_for_those_who_live_by_it() -> None:
    assert slide("many-ways-to-sell", 4).sentence == "Dials: no detectable link with Sales."
    assert slide("many-ways-to-sell", 5).sentence == "Dials: very strong link with Sales among reps who lead on Dials."
    assert slide("many-ways-to-sell", 2).sentence == "The 4 ways of selling differ by 7% in Sales."
    assert (
        slide("many-ways-to-sell", 9).sentence == "At equal Sales, no way of selling clearly scores lower than another."
    )


def test_ways_that_sell_nothing_do_not_differ() -> None:
    assert style_sales_sentence({"Calls": 0.0, "Mails": 0.0}, "Sales") == "No way of selling brings any Sales."


def test_a_link_that_could_be_chance_is_not_called_one() -> None:
    found = link(-0.3, -0.7, 0.3)
    assert (
        kpi_link_sentence("Quotes", "Sales", found) == "Quotes: the link with Sales is negative, and could be chance."
    )
    assert kpi_link_sentence("Quotes", "Sales", link(0.3, -0.3, 0.7), "Calls") == (
        "Quotes: the link with Sales among reps who lead on Calls could be chance."
    )
    unknown = link(float("nan"), float("nan"), float("nan"))
    assert kpi_link_sentence("Quotes", "Sales", unknown) == "It is too early to say whether Quotes is linked to Sales."
