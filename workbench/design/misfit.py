"""Find what a design names that its data do not have."""

from __future__ import annotations

from workbench.data.model.panel import Panel
from workbench.design.form_rules import check_formulas_parse, check_goal
from workbench.design.model import Design
from workbench.errors import Examples, Issue, Where

MOST_SHOWN = 3


def misfit_issues(design: Design, panel: Panel) -> tuple[Issue, ...]:
    """One issue if the goal or a formula names measures that the panel does not have, such as after a wrong link."""
    found = (issue for check in (check_goal, check_formulas_parse) for issue in check(design, panel))
    facts = [dict(issue.parts) for issue in found if issue.code == "unknown_goal" or _names_unknown(issue)]
    names = dict.fromkeys(str(each["name"]) for each in facts)
    if not names:
        return ()
    return (Issue.of("warning", "design_misfit", Where(design=design.name), names=Examples.of(names, MOST_SHOWN)),)


def _names_unknown(issue: Issue) -> bool:
    return issue.code == "formula" and dict(issue.parts).get("problem") == "unknown_name"
