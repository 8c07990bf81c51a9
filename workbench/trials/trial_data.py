"""A trial laid over its data, with what is looked at beside its measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.trials.side_effects import SideMeasure
from workbench.trials.trial_sides import TrialSides
from workbench.trials.trial_warnings import looks_drawn
from workbench.trials.window_values import measure_over_windows


@dataclass(frozen=True, eq=False)
class TrialData:
    """A trial's data with the design whose KPIs are side effects, and whether another trial overlaps."""

    panel: Panel
    sides: TrialSides
    design: Design | None
    overlaps: bool

    @property
    def drawn(self) -> bool:
        """Whether chance alone chose the treated; a draw that does not look like one is taken as a choice."""
        return self.sides.file.drawn and looks_drawn(self.sides.units)


def side_measures(trial: TrialData) -> Iterator[SideMeasure]:
    """Yield every side effect of the card and of the design once, by unit."""
    seen = {trial.sides.file.measure.strip()}
    for text, label, unit in side_formulas(trial):
        if text.strip() not in seen:
            seen.add(text.strip())
            yield side_measure(trial, text, label, unit)


def side_formulas(trial: TrialData) -> Iterator[tuple[str, str, str | None]]:
    """Yield formula, label and unit: of the card, then of the design's KPIs and goal."""
    for text in trial.sides.file.side_effects:
        yield text, *title_and_unit(trial.panel, text)
    if trial.design is None:
        return
    for kpi in trial.design.kpis:
        for leaf in kpi.leaves():
            if leaf.formula:
                yield leaf.formula, leaf.name, leaf.unit
    if trial.design.goal is not None:
        goal = trial.design.goal
        label, unit = title_and_unit(trial.panel, goal.measure)
        yield goal.measure, goal.label or label, goal.unit or unit


def title_and_unit(panel: Panel, text: str) -> tuple[str, str | None]:
    """Return what people call a measure and its unit; a formula stands for itself."""
    if text not in panel.measure_names:
        return text, None
    info = panel.info(text)
    return info.label or info.name, info.unit


def side_measure(trial: TrialData, text: str, label: str, unit: str | None) -> SideMeasure:
    """Return one formula by unit, before and after."""
    scale = trial.sides.scale
    measure = measure_over_windows(text, scale, trial.sides.groups.reps)
    return SideMeasure(text, label, unit, trial.sides.units_of(measure, scale.before, scale.after))
