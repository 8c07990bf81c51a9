"""Pydantic's validation errors as issues in plain words, with did-you-mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pydantic import ValidationError

from workbench.errors import Issue


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name`` (case ignored), or None when none is near."""
    by_lower = {k.lower(): k for k in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def issues_from_validation(error: ValidationError, where: str) -> tuple[Issue, ...]:
    """One issue per pydantic error, located by the path inside the file."""
    return tuple(_issue(detail, where) for detail in error.errors())


def _issue(detail: dict, where: str) -> Issue:
    path = " → ".join(str(part + 1) if isinstance(part, int) else str(part) for part in detail["loc"])
    place = f"{where}: {path}" if path else where
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Issue(
            "error",
            "unknown_field",
            place,
            f"There is no field called “{detail['loc'][-1]}” here.",
            "Remove it, or correct its spelling.",
        )
    if kind == "missing":
        return Issue("error", "missing_field", place, f"The field “{detail['loc'][-1]}” is required.", "Add it.")
    message = detail["msg"].removeprefix("Value error, ")
    return Issue("error", "bad_value", place, f"{message}.".replace("..", "."), "Correct this value.")
