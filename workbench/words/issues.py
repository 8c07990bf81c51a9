"""What was found in the data, counted and sorted for the eye."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.errors import Issue
from workbench.words.panels import counted

ICONS = {
    "error": ":red[:material/error:]",
    "warning": ":orange[:material/warning:]",
    "info": ":gray[:material/info:]",
}


def to_look_at(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Errors and warnings, the worst first, then those that touch most rows."""
    found = [issue for issue in issues if issue.level != "info"]
    return tuple(sorted(found, key=lambda issue: (issue.level != "error", -(issue.n_rows or 0))))


def decisions(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """What was decided without asking."""
    return tuple(issue for issue in issues if issue.level == "info")


def verdict(issues: Iterable[Issue]) -> str:
    """Whether the data can be trusted, in a few words."""
    found = to_look_at(issues)
    n_errors = sum(issue.level == "error" for issue in found)
    if n_errors:
        return f"{counted(n_errors, 'problem')} to solve before these numbers can be used"
    return f"{counted(len(found), 'thing')} to look at" if found else "nothing suspicious found"
