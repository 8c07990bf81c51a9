"""Pydantic's validation errors as issues, and the nearest known name for did-you-mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workbench.errors import Issue, Where

LONGEST_GIVEN = 40  # characters of a wrong value that an issue repeats


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name`` (case ignored), or None when none is near."""
    by_lower = {k.lower(): k for k in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def issues_from_validation(error: ValidationError, where: str) -> tuple[Issue, ...]:
    """One issue per pydantic error, located by the path inside the file."""
    return tuple(_issue(detail, where) for detail in error.errors())


def _issue(detail: ErrorDetails, where: str) -> Issue:
    path = tuple(part + 1 if isinstance(part, int) else str(part) for part in detail["loc"])
    place, problem = Where(file=where, path=path), detail["type"]
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if problem == "extra_forbidden":
        return Issue.of("error", "unknown_field", place, name=name)
    if problem == "missing":
        return Issue.of("error", "missing_field", place, name=name)
    limit = next((str(value) for value in detail.get("ctx", {}).values()), "")
    given = str(detail["input"])[:LONGEST_GIVEN]
    return Issue.of("error", "bad_value", place, problem=problem, given=given, limit=limit, said=detail["msg"])
