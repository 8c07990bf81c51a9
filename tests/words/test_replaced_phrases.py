"""Phrases that the product used to say and that colleagues do not use: they must not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sources import ROOT, sources

REPLACED = (
    r"\bgoes with\b", r"\bgo(es)? (closely|clearly|loosely|barely) with",
    r"\bruns? (clearly|closely|loosely) against\b",
    r"\btells? of\b", r"\bwhat we say\b", r"\bwhat it does\b(?! together)", r"^Called$", r"\bcalled in\b",
    r"\btake back\b", r"^take it back", r"keep the design seen now", r"\bseen now\b", r"nothing is kept yet",
    r"measure and weigh", r"weigh them", r"told from chance", r"told apart", r"\bbetter at it than usual\b",
    r"\bdecorative\b", r"nobody has said yet", r"\bwould change it\b", r"cannot be said", r"ask of a rep's week",
    r"asks? .{0,20} of a rep", r"near copy of", r"they say\.",
    r"this share of the past",
    r"stop, said", r"its link with the goal was gone", r"\bmend it\b", r"\bn = \d", r"\bby construction\b",
    r"no link seen", r"\d %", r"\d k\b", r"worst rep to its best", r"leave reps their style", r"look again",
)  # fmt: skip
"""Regular expressions, matched against every text that may be shown, whatever the case."""
SHOWN = ("workbench/words", "workbench/ui", "workbench/charts", "workbench/cli", "pages")
INSIDE = ("decorative",)  # names of our own values, never shown


def texts() -> Iterator[tuple[str, str]]:
    """(where, text) of every string that may reach the screen; docstrings and names of values are left out."""
    for source in sources():
        if source.path.startswith(SHOWN):
            silent = _docstrings(source.tree)
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                    yield f"{source.path}:{node.lineno}", node.value
    for path in (ROOT / "workbench" / "ui").rglob("*.*"):
        if path.suffix in (".html", ".js"):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    yield "README.md", (ROOT / "README.md").read_text(encoding="utf-8")


def _docstrings(tree: ast.AST) -> set[int]:
    own = [node.body[0] for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
           and node.body]  # fmt: skip
    alone = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return {id(node.value) for node in (*own, *alone) if isinstance(node, ast.Expr)}


@pytest.mark.parametrize("phrase", REPLACED)
def test_nothing_says_what_was_replaced(phrase: str) -> None:
    told = re.compile(phrase, re.IGNORECASE | re.MULTILINE)
    found = [f"{where}: {text[:90]}" for where, text in TEXTS if text not in INSIDE and told.search(text)]
    assert found == [], "say it in the words of colleagues: subject, verb, object, the KPI and the goal by name"


TEXTS = tuple(texts())


def test_there_is_something_to_read() -> None:
    assert len(TEXTS) > 1000
