"""Problems as values: what is wrong, where, how many rows it touches, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Issue:
    """One problem or notable decision, fit to be shown to a user as it stands.

    Attributes
    ----------
    level : "error" (the work cannot go on), "warning" (numbers may be off), "info" (a decision we took).
    code : short stable name such as ``"blank_rep"``, for scripts and tests.
    where : file, column, row or field, in the user's own words.
    message : one plain sentence saying what was found.
    fix : one plain sentence saying what to do; empty when nothing needs doing.
    n_rows : rows touched; ``None`` where rows are not the unit.
    """

    level: Level
    code: str
    where: str
    message: str
    fix: str = ""
    n_rows: int | None = None


@dataclass
class InputError(Exception):
    """The input is at fault and the work cannot go on; carries every problem found, not just the first."""

    issues: tuple[Issue, ...] = field(default_factory=tuple)

    def __init__(self, issues: Issue | Iterable[Issue]) -> None:
        self.issues = (issues,) if isinstance(issues, Issue) else tuple(issues)
        super().__init__("\n".join(f"{i.where}: {i.message} {i.fix}".strip() for i in self.issues))


def refusal(code: str, where: str, message: str, fix: str = "") -> InputError:
    """The exception for one problem that stops the work."""
    return InputError(Issue("error", code, where, message, fix))


def errors(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Only the issues that stop the work."""
    return tuple(issue for issue in issues if issue.level == "error")
