"""Each page as one sentence and one picture, on a sample."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import cache

import altair as alt
import numpy as np
import pytest

from tests.decisions import decided_on
from tests.phases.planted import team
from tests.sample_panels import SAMPLES, sample_panel
from tests.slides.letters import letter_sizes
from workbench.charts.wall import enlarge_spec
from workbench.data.model.panel import Panel
from workbench.design.decisions import DecisionLog
from workbench.design.driver_tree import layout_driver_tree
from workbench.design.in_force import spans_in_force, standing_decisions
from workbench.design.model import Design, load_design
from workbench.phases.coaching_plan import plan_coaching
from workbench.phases.judge_phases import judge_phases
from workbench.scoring.compare import evaluate_option
from workbench.scoring.history import score_history
from workbench.scoring.preview import build_preview
from workbench.scoring.replay.prizes import PrizeRule
from workbench.scoring.replay.replay import replay_design
from workbench.slides import page_slides as slides
from workbench.slides.slide import Slide
from workbench.weights.accept import equal_weights
from workbench.weights.weight_impact import measure_weight_impact

RUN = "The team hit the scorecard and Dials but missed Sales 3 months in a row, October 2024 to December 2024."
INK, READABLE, MOST_WORDS = "#000000", 24, 20


def floor() -> tuple[Panel, Design, dict[str, str]]:
    panel = sample_panel("dials-floor")
    return panel, load_design(SAMPLES / "dials-floor" / "dials-floor.design.json"), {r: r for r in panel.reps["rep"]}


@cache
def all_slides() -> dict[str, Slide]:
    panel, design, names = floor()
    history = score_history(panel, design)
    nodes = layout_driver_tree(design)
    before = evaluate_option(panel, equal_weights(design)), evaluate_option(panel, design)
    return {
        "start": slides.start_slide(panel, design.required_goal, INK),
        "data": slides.data_slide(panel, design.required_goal.measure, names),
        "goal": slides.goal_slide(nodes, {}, {}, {"Dials": "drop"}, INK),
        "kpis": slides.kpis_slide(design, {kpi.name: 0.5 - k / 10 for k, kpi in enumerate(design.kpis)}, "month", INK),
        "preview": slides.preview_slide(build_preview(history), names, INK),
        "weights": slides.weights_slide(measure_weight_impact(history), design, INK),
        "options": slides.options_slide(dict(zip(["Equal weights", "Today"], before, strict=True)), names, INK),
        "replay": slides.replay_slide(
            replay_design(panel, design, PrizeRule(), panel.frame["period"].max()), names, INK
        ),
    }


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("start", "The team reached $408k of $400k in June 2025, $7,970 above the target."),
        ("data", "We look at 24 reps, January 2024 to June 2025."),
        ("goal", "What must happen for Sales to happen? Today we say: Dials, Quotes, Meetings and Communications."),
        ("kpis", "We count 4 KPIs. The target of Communications is the hardest to hit."),
        ("preview", "These weights put 1 of your 8 best sellers in the top 8."),
        ("weights", "Dials has 70% of the weight but 100% of the influence on the ranking."),
        (
            "options",
            "1 of 8 best sellers on top instead of 6, 6 new names; 64 more reprimands despite making the goal.",
        ),
        (
            "replay",
            "The team hit the scorecard and Dials but missed Sales 3 months in a row, October 2024 to December 2024.",
        ),
    ],
)
def test_a_page_is_one_sentence_and_one_picture(page: str, sentence: str) -> None:
    slide = all_slides()[page]
    assert slide.sentence == sentence
    assert len(sentence.split()) <= MOST_WORDS
    assert slide.chart is not None
    assert slide.alt.endswith(".")
    large = enlarge_spec(slide.chart.to_dict(), slide.n_rows)
    assert min(letter_sizes(large)) >= READABLE
    alt.Chart.from_dict(large)  # the grammar knows it


def test_the_wall_says_what_to_coach_and_names_nobody() -> None:
    planted = team(np.random.default_rng(3), spread=(0.3, 0, 0, 0, 0), months=6)
    found = judge_phases(planted.cube, draws=400)
    slide = slides.coaching_slide(found, plan_coaching(found), INK)
    assert slide.sentence.startswith("Coach Reached first, with 3 reps: about ")
    assert len(slide.sentence.split()) <= MOST_WORDS
    assert slide.chart is not None
    large = enlarge_spec(slide.chart.to_dict(), slide.n_rows)
    assert min(letter_sizes(large)) >= READABLE
    alt.Chart.from_dict(large)
    drawn = json.dumps(slide.chart.to_dict()) + slide.alt
    assert not any(rep in drawn for rep in found.cube.reps)


def test_without_a_run_replay_shows_prizes() -> None:
    panel, design, names = floor()
    found = replace(replay_design(panel, design, PrizeRule(), panel.frame["period"].max()), runs=())
    slide = slides.replay_slide(found, names, INK)
    assert slide.sentence.startswith("20 of 54 prizes went to reps below the middle rep")
    assert slide.alt.startswith("Prizes of 18 reps")


def test_names_shown_are_those_of_the_session() -> None:
    panel, design, names = floor()
    hidden = {rep: f"Rep {place:02}" for place, rep in enumerate(names)}
    slide = slides.preview_slide(build_preview(score_history(panel, design)), hidden, INK)
    drawn = slide.chart.data["name"].tolist() if slide.chart is not None else []
    assert set(drawn) == set(hidden.values())
    assert not any(rep in slide.alt for rep in names)


def test_a_dot_in_a_unit_ends_no_sentence() -> None:
    panel, design, _ = floor()
    slide = slides.start_slide(panel, design.required_goal.model_copy(update={"unit": "no. of deals"}), INK)
    assert "no. of deals of " in slide.sentence
    assert slide.sentence.endswith(("short.", "the target."))


def test_where_nobody_knows_the_goal_there_are_no_places_to_draw() -> None:
    panel, design, names = floor()
    seen = build_preview(score_history(panel, design))
    slide = slides.preview_slide(replace(seen, awards=replace(seen.awards, goal_known=False)), names, INK)
    assert slide.sentence.startswith("The goal is not known for any rep")
    assert slide.chart is None


def test_without_a_target_of_the_goal_the_team_is_shown_and_nothing_is_judged() -> None:
    panel, design, _ = floor()
    slide = slides.start_slide(panel, design.required_goal.model_copy(update={"target": None}), INK)
    assert slide.sentence == "The one result this team exists for: Sales."
    assert "The target was reached" not in slide.alt


def test_the_wall_says_what_is_in_force_over_the_course_of_the_goal() -> None:
    panel, design, _ = floor()
    log = DecisionLog((decided_on(panel, design, "2024-06-20", "2024-07-01"),))
    today = dt.date(2024, 9, 1)
    slide = slides.decide_slide(
        standing_decisions(log, today), spans_in_force(log), panel, design.required_goal, today, INK
    )
    assert slide.sentence == "“The floor’s scorecard” has been in force since 1 July 2024. Review in 28 days."
    assert slide.chart is not None
    large = enlarge_spec(slide.chart.to_dict(), slide.n_rows)
    assert min(letter_sizes(large)) >= READABLE
    alt.Chart.from_dict(large)
    before = slides.decide_slide((), (), panel, design.required_goal, today, INK)
    assert before.sentence.startswith("Nothing decided yet.")
    assert before.alt == slides.start_slide(panel, design.required_goal, INK).alt
