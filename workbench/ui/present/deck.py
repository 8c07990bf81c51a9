"""The slide of each page, through the caches that the page itself reads."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.driver_tree import GOAL, layout_driver_tree
from workbench.design.in_force import spans_in_force, standing_decisions
from workbench.design.model import Design, load_design
from workbench.design.named_goal import with_goal_named
from workbench.design.rules import check_design
from workbench.errors import InputError, errors
from workbench.evidence.record import EvidenceOptions
from workbench.learn.lesson import LessonPicture
from workbench.phases.first_phases import logs_with_outcomes
from workbench.scoring.backtest import counts_goal
from workbench.scoring.compare import evaluate_option
from workbench.slides import page_slides
from workbench.slides.slide import Slide
from workbench.slides.story import StoryStep
from workbench.slides.story_slides import story_slide
from workbench.ui.coaching.in_question import must_wait
from workbench.ui.coaching.seen import coaching_of
from workbench.ui.goal_and_kpis import editing
from workbench.ui.learn.lesson_at_hand import lesson_of, picture_of
from workbench.ui.replay.sections import cached_replay
from workbench.ui.replay.settings import chosen_rule, chosen_until
from workbench.ui.session import (
    cached_evidence,
    cached_integrity,
    cached_scores,
    cached_targets,
    cached_weights,
    decision_log,
    names_allowed,
    state,
)
from workbench.ui.session.cached_trials import judged_trials
from workbench.ui.session.navigation import PAGES
from workbench.ui.session.trial_link import open_trial_key
from workbench.ui.widgets.filters import filtered_earlier
from workbench.ui.widgets.in_force_line import chosen_scope
from workbench.ui.widgets.parts import text_colour
from workbench.weights.accept import equal_weights
from workbench.words import coaching as coaching_words
from workbench.words import learn as learn_words
from workbench.words import slides as words
from workbench.words import trials as trial_words
from workbench.words.kpis import target_words

Make = Callable[[Panel, Design, Mapping[str, str]], Slide]


def page_slide(file: str, panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """The slide of a page; one that only says what is missing where its numbers cannot be computed."""
    if file not in PAGES:
        return Slide(words.UNKNOWN)
    if file in NEED_KPIS and (design.goal is None or not design.kpis):
        return Slide(words.NO_KPIS)
    if file in NEED_WEIGHTS and not design.total_weight:
        return Slide(words.NO_WEIGHT)
    try:
        return SLIDES[file](panel, design, names)
    except InputError:
        return Slide(words.BROKEN)


def step_slide(step: StoryStep, panel: Panel, names: Mapping[str, str]) -> Slide:
    """The slide of a step of a sample's story, under the sample's own design."""
    opened = state.current_entry()
    if opened is None or opened.design_path is None:
        return Slide(words.UNKNOWN)
    design = load_design(opened.design_path)
    if step.picture == "evidence":
        return page_slide("evidence", panel, design, names)
    return _told(step, panel, panel.key, design, tuple(names.items()), text_colour())


@st.cache_resource(max_entries=64, show_spinner=False)
def _told(
    step: StoryStep, _panel: Panel, panel_key: str, design: Design, names: tuple[tuple[str, str], ...], ink: str
) -> Slide:
    return story_slide(step, _panel, design, dict(names), ink)


def _start(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    return page_slides.start_slide(panel, design.goal, text_colour()) if design.goal else Slide(words.NO_GOAL)


def _data(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    known = panel.measure_names
    measure = design.goal.measure if design.goal and design.goal.measure in known else known[0]
    return page_slides.data_slide(panel, measure, names)


def _goal(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    if design.goal is None:
        return Slide(words.NO_GOAL)
    nodes, colours = layout_driver_tree(with_goal_named(design, panel)), editing.all_kpi_colours(design)
    shown = {node.key: colours[node.name] for node in nodes if node.key != GOAL}
    kpis = {kpi.name: target_words(kpi) for kpi in design.kpis}
    details = {node.key: kpis.get(node.name, "") for node in nodes}
    verdicts = cached_evidence.cached_verdicts(panel, design)
    return page_slides.goal_slide(nodes, details, shown, verdicts, text_colour())


def _kpis(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    reach = {kpi.name: cached_targets.cached_reach(panel, kpi) for kpi in design.kpis}
    shares = {name: found.share if found else math.nan for name, found in reach.items()}
    return page_slides.kpis_slide(design, shares, panel.grain, text_colour())


def _preview(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    shown = filtered_earlier(panel, "preview")
    seen = cached_scores.cached_preview(panel, design, shown)
    inside = counts_goal(cached_scores.cached_kpi_agreements(panel, design, shown), design)
    return page_slides.preview_slide(seen, names, text_colour(), grain=panel.grain, goal_inside=inside)


def _weights(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    return page_slides.weights_slide(cached_weights.cached_matter(panel, design), design, text_colour())


def _options(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """The scorecard that this design began as, or equal weights where nothing was changed, and the design of today."""
    before, called = state.current_draft().began_as, words.BEFORE
    if not before.total_weight or before.shares() == design.shares():
        before, called = equal_weights(design), words.EQUAL
    outcomes = {called: evaluate_option(panel, before), words.TODAY: evaluate_option(panel, design)}
    return page_slides.options_slide(outcomes, names, text_colour())


def _replay(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """The time that was chosen on the page, under the scope that it was chosen for."""
    part = chosen_scope(panel, design, "replay")
    found = cached_replay(part, panel, design, chosen_rule(part), chosen_until(part))
    return page_slides.replay_slide(found, names, text_colour())


def _evidence(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    if errors(check_design(design, panel)):
        return Slide(words.BROKEN)
    options = EvidenceOptions.for_grain(cached_evidence.cached_scale(panel, design).grain)
    return page_slides.evidence_slide(cached_evidence.cached_evidence(panel, design, options).evidence)


def _integrity(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """Nobody is named on a wall."""
    entry = state.current_entry()
    if entry is None:
        return Slide(words.BROKEN)
    found = cached_integrity.cached_flags(entry, panel)
    lines = names_allowed.may_see_named_flags()
    return page_slides.integrity_slide(found.counts, found.flags, text_colour(), with_lines=lines)


def _coaching(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """Nobody is named on a wall."""
    entry = state.current_entry()
    logs = logs_with_outcomes(entry.load()) if entry else ()
    if entry is None or not logs:
        return Slide(coaching_words.NO_LOG)
    if must_wait(entry, panel):
        return Slide(coaching_words.PLAN_WAITS)
    seen = coaching_of(entry, panel, logs, dict(names))
    return page_slides.coaching_slide(seen.phases, seen.coaching, text_colour())


def _trials(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """The trial that is open, else the first on the wall."""
    entry = state.current_entry()
    judged = judged_trials(entry, panel, design, names) if entry else ()
    found = {one.kept.key: one.found for one in judged if one.found is not None}
    shown = found.get(open_trial_key()) or next(iter(found.values()), None)
    return page_slides.trials_slide(shown, text_colour()) if shown else Slide(trial_words.EMPTY)


def _decide(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    if design.goal is None:
        return Slide(words.NO_GOAL)
    log, today = decision_log.shown_log(panel), decision_log.today()
    standing, spans = standing_decisions(log, today), spans_in_force(log)
    goal = spans[-1].decision.chosen.goal if spans else None
    return page_slides.decide_slide(standing, spans, panel, goal or design.goal, today, text_colour())


def _learn(panel: Panel, design: Design, names: Mapping[str, str]) -> Slide:
    """The scores of the story's first question; nothing of the answer."""
    entry = state.current_entry()
    lesson = lesson_of(entry)
    if entry is None or lesson is None:
        return Slide(learn_words.NO_LESSON_WALL)
    drawn = picture_of(entry, panel, "preview", LessonPicture(picture="score"), names)
    said = learn_words.lesson_lead(lesson[0].title, len(lesson[1].steps))
    return Slide(said, drawn.chart, drawn.alt, drawn.n_rows)


SLIDES: dict[str, Make] = {
    "start": _start, "data": _data, "goal": _goal, "kpis": _kpis, "preview": _preview, "weights": _weights,
    "options": _options, "replay": _replay, "evidence": _evidence, "integrity": _integrity, "coaching": _coaching,
    "trials": _trials, "decide": _decide, "learn": _learn,
}  # fmt: skip
NEED_KPIS = ("kpis", "preview", "weights", "options", "replay", "evidence")
NEED_WEIGHTS = ("preview", "weights", "options", "replay")
