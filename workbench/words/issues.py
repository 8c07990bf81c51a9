"""Issues in words: place, message and fix; sorted by severity, summed up in a line, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
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
    issues_phases,
    issues_rows,
    issues_scope,
    issues_team,
    issues_trials,
)
from workbench.words.issue_parts import Sentence
from workbench.words.issue_places import place_words
from workbench.words.numbers import pluralize

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
    **issues_phases.SENTENCES,
    **issues_rows.SENTENCES,
    **issues_scope.SENTENCES,
    **issues_team.SENTENCES,
    **issues_trials.SENTENCES,
}


@dataclass(frozen=True)
class IssueText:
    """An issue in words. ``fix`` is empty when nothing needs doing."""

    where: str
    message: str
    fix: str


def describe_issue(issue: Issue) -> IssueText:
    """The issue in words: its place, what was found, and what to do."""
    n = {} if issue.n_rows is None else {"n": issue.n_rows}
    message, fix = SENTENCES[issue.code](**dict(issue.parts), **n)
    return IssueText(place_words(issue.where), message, fix)


def describe_formula_issue(issue: Issue) -> IssueText:
    """A formula's problem without its place, which a caret under the formula shows."""
    parts: dict[str, Any] = dict(issue.parts)
    message, fix = issues_formula.in_field(**parts)
    return IssueText(place_words(issue.where), message, fix)


def describe_for_command(issue: Issue) -> IssueText:
    """The issue in words for somebody who writes the data set file by hand: what to write there too."""
    said = describe_issue(issue)
    step = issues_rows.FILE_STEPS.get(issue.code)
    return replace(said, fix=f"{said.fix} {step(**dict(issue.parts))}") if step else said


def issue_line(issue: Issue) -> str:
    """``error: sales.csv: The file is empty. Export the file again.``"""
    said = describe_for_command(issue)
    return f"{issue.level}: {said.where}: {said.message} {said.fix}".rstrip()


def issue_json(issue: Issue) -> dict[str, Any]:
    """The keys that every command prints of an issue."""
    said = describe_for_command(issue)
    return {
        "level": issue.level,
        "code": issue.code,
        "where": said.where,
        "message": said.message,
        "fix": said.fix,
        "n_rows": issue.n_rows,
    }


def issues_by_severity(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Errors and warnings, the worst first, then those that touch most rows."""
    found = [issue for issue in issues if issue.level != "info"]
    return tuple(sorted(found, key=lambda issue: (issue.level != "error", -(issue.n_rows or 0))))


def reading_decisions(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues of level ``info``: what was decided while reading, without asking."""
    return tuple(issue for issue in issues if issue.level == "info")


def data_quality_words(issues: Iterable[Issue]) -> str:
    """Whether the data can be trusted, in a few words."""
    found = issues_by_severity(issues)
    n_errors = sum(issue.level == "error" for issue in found)
    if n_errors:
        return f"{pluralize(n_errors, 'problem')} to solve before these numbers can be used"
    return f"{pluralize(len(found), 'thing')} to look at" if found else "no faults found in the files"
