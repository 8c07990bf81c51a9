"""Problems in words: where, what was found and what to do; and many of them counted and sorted for the eye."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from workbench.errors import Issue
from workbench.words import (
    issues_columns,
    issues_commands,
    issues_data_set,
    issues_design,
    issues_fields,
    issues_files,
    issues_formula,
    issues_mapping,
    issues_rows,
    issues_scope,
    issues_team,
)
from workbench.words.issue_parts import Sentence
from workbench.words.issue_places import place_said
from workbench.words.numbers import counted

ICONS = {
    "error": ":red[:material/error:]",
    "warning": ":orange[:material/warning:]",
    "info": ":gray[:material/info:]",
}

# One function a code, which takes the issue's parts by name, and ``n`` where the issue counts rows.
SENTENCES: dict[str, Callable[..., Sentence]] = {
    **issues_columns.SENTENCES,
    **issues_commands.SENTENCES,
    **issues_data_set.SENTENCES,
    **issues_design.SENTENCES,
    **issues_fields.SENTENCES,
    **issues_files.SENTENCES,
    **issues_formula.SENTENCES,
    **issues_mapping.SENTENCES,
    **issues_rows.SENTENCES,
    **issues_scope.SENTENCES,
    **issues_team.SENTENCES,
}


@dataclass(frozen=True)
class IssueText:
    """An issue in words. ``fix`` is empty when nothing needs doing."""

    where: str
    message: str
    fix: str


def told(issue: Issue) -> IssueText:
    """The issue's place, what was found there, and what to do."""
    n = {} if issue.n_rows is None else {"n": issue.n_rows}
    message, fix = SENTENCES[issue.code](**dict(issue.parts), **n)
    return IssueText(place_said(issue.where), message, fix)


def beside_the_field(issue: Issue) -> IssueText:
    """A formula's problem without its place, which a caret under the formula shows."""
    parts: dict[str, Any] = dict(issue.parts)
    message, fix = issues_formula.in_field(**parts)
    return IssueText(place_said(issue.where), message, fix)


def line(issue: Issue) -> str:
    """``error: sales.csv: The file is empty. Export the file again.``"""
    said = told(issue)
    return f"{issue.level}: {said.where}: {said.message} {said.fix}".rstrip()


def as_json(issue: Issue) -> dict[str, Any]:
    """The keys that every command prints of an issue."""
    said = told(issue)
    return {
        "level": issue.level,
        "code": issue.code,
        "where": said.where,
        "message": said.message,
        "fix": said.fix,
        "n_rows": issue.n_rows,
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
