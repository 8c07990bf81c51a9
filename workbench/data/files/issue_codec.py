"""Issues as JSON and back, for what a reading process says to the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from workbench.errors import Examples, Issue, Part, Where


def encode_issues(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return issues as plain values of JSON."""
    return [
        {
            "level": issue.level,
            "code": issue.code,
            "where": {name: value for name, value in asdict(issue.where).items() if value},
            "n_rows": issue.n_rows,
            "parts": [[name, _encode_part(part)] for name, part in issue.parts],
        }
        for issue in issues
    ]


def decode_issues(said: Iterable[dict[str, Any]]) -> tuple[Issue, ...]:
    """Return the issues that were encoded."""
    return tuple(
        Issue(
            each["level"],
            each["code"],
            _decode_where(each["where"]),
            each["n_rows"],
            tuple((name, _decode_part(part)) for name, part in each["parts"]),
        )
        for each in said
    )


def _decode_where(said: dict[str, Any]) -> Where:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Where(**fields)


def _encode_part(part: Part) -> Any:
    if isinstance(part, Examples):
        return {"shown": list(part.shown), "n": part.n}
    return list(part) if isinstance(part, tuple) else part


def _decode_part(said: Any) -> Part:
    if isinstance(said, dict):
        return Examples(tuple(said["shown"]), said["n"])
    return tuple(said) if isinstance(said, list) else said
