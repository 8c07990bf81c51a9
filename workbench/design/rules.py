"""Check a design by all rules in one explicit tuple. A rule is a function (design, panel or None) → issues.

Errors stop the scoring; warnings say that numbers may mislead; infos are advice. Rules repair nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbench.data.model.panel import Panel
from workbench.design import form_rules as form
from workbench.design import history_rules as history
from workbench.design.model import Design
from workbench.errors import Issue

DesignRule = Callable[[Design, Panel | None], Iterable[Issue]]

RULES: tuple[DesignRule, ...] = (
    form.check_goal,
    form.check_any_kpi,
    form.check_weight_total,
    form.check_unique_names,
    form.check_formula_given,
    form.check_formulas_parse,
    form.check_target_given,
    form.check_target_positive,
    form.check_target_steps,
    form.check_anchors,
    form.check_inner_weights,
    form.check_drives,
    form.check_goal_not_in_formula,
    form.check_repeated_formulas,
    form.check_diagnostic_weight,
    form.check_number_of_kpis,
    form.check_necessity_answer,
    history.check_window,
    history.check_target_steps_cover_data,
    history.check_missing_values,
    history.check_constant_values,
    history.check_target_reachable,
    history.check_near_copies,
    history.check_rows_shared_with_goal,
    history.check_copy_of_goal,
)


def check_design(design: Design, panel: Panel | None = None) -> tuple[Issue, ...]:
    """Return every issue of a design, in the order of ``RULES``.

    Parameters
    ----------
    panel : the panel to score; without one, names of measures and values are not checked.
    """
    return tuple(issue for rule in RULES for issue in rule(design, panel))
