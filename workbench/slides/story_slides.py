"""The slide of a step of a story, computed from the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.charts.amount_bars import amount_bars_alt, amount_bars_chart
from workbench.charts.kpi_scatter import scatter_alt, scatter_chart, scatter_rows
from workbench.charts.palette import kpi_colours
from workbench.charts.replay import equal_sales_alt, equal_sales_chart, rolling_link_alt, rolling_link_chart
from workbench.charts.standing import score_bars_alt, score_bars_chart
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.edits import set_weights
from workbench.design.model import Design
from workbench.scoring.compare import evaluate_option
from workbench.scoring.history import History, score_history
from workbench.scoring.oriented_links import link_kpis
from workbench.scoring.preview import Preview, build_preview, is_share, kpi_pairs, select_periods
from workbench.scoring.replay.replay import Replay, replay_design
from workbench.scoring.replay.styles import compare_styles
from workbench.slides import page_slides
from workbench.slides.slide import Slide
from workbench.slides.story import Picture, StoryStep
from workbench.weights.weight_impact import measure_weight_impact
from workbench.words import replay as replay_words
from workbench.words.kpis import goal_name, goal_title, title_with_unit, unit_of_goal
from workbench.words.replay_headline import replay_headline
from workbench.words.slides import BEFORE, TODAY, kpi_link_sentence, style_sales_sentence, styles_slide_sentence


@dataclass(frozen=True)
class Scene:
    """A step with the data and the design it is about; ``design`` has the step's weights, ``before`` the sample's."""

    step: StoryStep
    panel: Panel
    design: Design
    before: Design
    names: Mapping[str, str]
    ink: str

    @property
    def shown(self) -> Panel:
        """The step's months."""
        periods = self.panel.frame[PERIOD]
        first = pd.Timestamp(self.step.first) if self.step.first else periods.min()
        last = pd.Timestamp(self.step.last) if self.step.last else periods.max()
        return select_periods(self.panel, first, last)

    def history(self) -> History:
        return score_history(self.shown, self.design, reference=self.panel)

    def preview(self) -> Preview:
        history = self.history()
        if self.step.style is None:
            return build_preview(history)
        reps = compare_styles(history).reps
        return build_preview(history, tuple(reps.loc[reps["style"] == self.step.style, REP]))

    def replay(self) -> Replay:
        return replay_design(self.shown, self.design)


def story_slide(step: StoryStep, panel: Panel, design: Design, names: Mapping[str, str], ink: str) -> Slide:
    """The slide of a step; ``design`` is the sample's own. The evidence is drawn where its checks are cached."""
    weights = {kpi.name: 0.0 for kpi in design.kpis} | dict(step.weights) if step.weights is not None else {}
    slide = PICTURES[step.picture](Scene(step, panel, set_weights(design, weights), design, names, ink))
    return slide if step.says is None else Slide(step.says, slide.chart, slide.alt, slide.n_rows)


def _score(scene: Scene) -> Slide:
    """The scores alone: nothing of the goal is given away."""
    standing = scene.preview().standing
    chart = score_bars_chart(standing, scene.names, scene.ink)
    return Slide("", chart, score_bars_alt(standing, scene.names), len(standing))


def _places(scene: Scene) -> Slide:
    return page_slides.preview_slide(scene.preview(), scene.names, scene.ink)


def _goal(scene: Scene) -> Slide:
    return page_slides.start_slide(scene.shown, scene.design.required_goal, scene.ink)


def _kpi(scene: Scene) -> Slide:
    seen = scene.preview()
    k = [kpi.name for kpi in scene.design.kpis].index(scene.step.kpi or "")
    kpi, goal = scene.design.kpis[k], goal_name(scene.design.required_goal)
    unit = kpi.unit or (None if is_share(seen.history, k) else "")
    rows = scatter_rows(kpi_pairs(seen.history, k)["across_reps"], seen.history, scene.names, scene.panel.grain)
    x_title = title_with_unit(kpi.name, kpi.unit)
    y_title = goal_title(scene.design.required_goal, scene.panel)
    colour = kpi_colours(scene.design.kpis)[kpi.name]
    chart = scatter_chart(rows, colour, x_title, y_title, None, unit)
    found = link_kpis(scene.panel, seen.history)[k].agreement.across_reps
    return Slide(kpi_link_sentence(kpi.name, goal, found, scene.step.style), chart, scatter_alt(rows, x_title, y_title))


def _influence(scene: Scene) -> Slide:
    return page_slides.weights_slide(measure_weight_impact(scene.history()), scene.design, scene.ink)


def _outcomes(scene: Scene) -> Slide:
    found = scene.replay()
    return page_slides.outcomes_slide(found, replay_headline(found))


def _reprimands(scene: Scene) -> Slide:
    """Reprimands of reps who had made the goal, most first."""
    found = scene.replay()
    called = found.called_in[found.called_in["unjust"] > 0].sort_values("unjust", ascending=False)
    amounts = {scene.names[rep]: float(n) for rep, n in zip(called[REP], called["unjust"], strict=True)}
    title = f"{found.grain}s reprimanded despite making the goal"
    sentence = replay_words.called_in_sentence(found.called_in, found.grain)
    chart = amount_bars_chart(amounts, title, scene.ink)
    return Slide(sentence, chart, amount_bars_alt(amounts, title), len(amounts))


def _stop(scene: Scene) -> Slide:
    found = scene.replay()
    signal = next(signal for signal in found.stops if signal.kpi == scene.step.kpi)
    chart = rolling_link_chart(signal, found.grain, kpi_colours(scene.design.kpis)[signal.kpi])
    sentence = replay_words.stop_sentence(signal, scene.design, found.grain)
    return Slide(sentence, chart, rolling_link_alt(signal, found.grain))


def _style_sales(scene: Scene) -> Slide:
    styles = compare_styles(scene.history()).styles
    amounts = dict(zip(styles["style"], styles["goal"].astype(float), strict=True))
    goal = goal_name(scene.design.required_goal)
    title = title_with_unit(f"{goal} of a rep, average", unit_of_goal(scene.design.required_goal, scene.panel))
    return Slide(style_sales_sentence(amounts, goal), amount_bars_chart(amounts, title, scene.ink),
                 amount_bars_alt(amounts, title))  # fmt: skip


def _styles(scene: Scene) -> Slide:
    guard = compare_styles(scene.history())
    sentence = styles_slide_sentence(guard, scene.design.required_goal)
    goal = replay_words.goal_words(scene.design.required_goal)
    return Slide(sentence, equal_sales_chart(guard.styles, goal, scene.ink), equal_sales_alt(guard.styles, goal))


def _change(scene: Scene) -> Slide:
    """The sample's weights, and the step's."""
    outcomes = {BEFORE: evaluate_option(scene.shown, scene.before), TODAY: evaluate_option(scene.shown, scene.design)}
    return page_slides.options_slide(outcomes, scene.names, scene.ink)


PICTURES: dict[Picture, Callable[[Scene], Slide]] = {
    "score": _score, "places": _places, "goal": _goal, "kpi": _kpi, "influence": _influence, "outcomes": _outcomes,
    "reprimands": _reprimands, "stop": _stop, "style sales": _style_sales, "styles": _styles, "change": _change,
}  # fmt: skip
