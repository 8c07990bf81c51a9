"""Every check of a design, in one explicit tuple. A rule is a function (design, panel or None) → issues.

Errors stop the scoring; warnings say that numbers may mislead; infos are advice. Nothing is repaired silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbench.data.model.panel import Panel
from workbench.design import rules_of_form as form
from workbench.design import rules_on_history as history
from workbench.design.model import Design
from workbench.errors import Issue

DesignRule = Callable[[Design, Panel | None], Iterable[Issue]]

RULES: tuple[DesignRule, ...] = (
    form.a_goal,
    form.at_least_one_kpi,
    form.some_weight,
    form.different_names,
    form.something_to_measure,
    form.readable_formulas,
    form.targets_where_points_need_them,
    form.targets_above_zero,
    form.steps_in_order,
    form.anchors_for_minmax,
    form.weight_inside_composites,
    form.drives_something_known,
    form.the_goal_is_no_kpi,
    form.no_formula_twice,
    form.weight_only_where_it_may_count,
    form.not_too_many,
    form.an_answer_to_necessity,
    history.window_inside_the_data,
    history.steps_cover_the_data,
    history.values_at_hand,
    history.values_that_differ,
    history.targets_within_reach,
    history.nothing_measured_twice,
    history.the_goals_rows_are_no_kpi,
    history.not_the_goal_in_disguise,
)


def check_design(design: Design, panel: Panel | None = None) -> tuple[Issue, ...]:
    """Every issue of a design, all at once, in the order of ``RULES``.

    Parameters
    ----------
    panel : what it is to be scored on; without one, names of measures and everything about values go unchecked.
    """
    return tuple(issue for rule in RULES for issue in rule(design, panel))
