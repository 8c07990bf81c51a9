"""Channels of pictures are named by their classes."""

from __future__ import annotations

import ast

from tests.sources import ROOT


def test_no_channel_is_given_as_a_mere_text() -> None:
    """For each one Altair would hash every class of its schema, 6 ms, in every answer of a page."""
    found, seen = [], 0
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "encode":
                seen += len(call.keywords)
                found += [
                    f"{path.name}:{given.lineno}"
                    for keyword in call.keywords
                    for given in (keyword.value, *getattr(keyword.value, "elts", ()))
                    if keyword.arg and isinstance(given, ast.Constant | ast.JoinedStr)
                ]
    assert seen > 100
    assert found == []
