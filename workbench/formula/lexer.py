"""Split a formula into tokens, and raise errors that point at a position in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from workbench.errors import InputError, Issue, Part, Where

WORDS = ("and", "or", "not", "in")
WORD = re.compile(r"[^\W\d]\w*")
TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
    |(?P<quoted>`(?:[^`]|``)+`)
    |(?P<word>[^\W\d]\w*)
    |(?P<symbol>==|!=|<=|>=|<(?!>)|[-+*/()>,])
    |(?P<end>$)
    |(?P<other><>|&&|\|\||\*\*|.))""",
    re.VERBOSE | re.DOTALL,
)


class FormulaError(InputError):
    """A formula that cannot be parsed; ``positions`` (0-based) has one entry per issue."""

    def __init__(self, issues: Sequence[Issue], positions: Sequence[int]) -> None:
        super().__init__(issues)
        self.positions = tuple(positions)


@dataclass(frozen=True)
class Token:
    """``kind``: number, text, name, word (``and or not in``), symbol or end; ``value`` is already unquoted."""

    kind: str
    value: str
    position: int


def issue_at(text: str, position: int, where: Where, problem: str, **facts: Part) -> Issue:
    """Return an issue of code ``formula``: the problem, its ``position`` (from 1), ``shown`` as ``won / ▸clsed``."""
    shown = f"{text[:position][-40:]}▸{text[position:][:40]}".replace("\n", " ")
    return Issue.of("error", "formula", where, None, problem=problem, position=position + 1, shown=shown, **facts)


def mark_positions(text: str, positions: Sequence[int]) -> str:
    """Return the text with carets under the given positions on a second line, for a fixed-width font."""
    line = "".join("^" if at in positions else " " for at in range(max(positions, default=-1) + 1))
    return f"{text}\n{line}"


def raise_formula_error(text: str, position: int, where: Where, problem: str, **facts: Part) -> NoReturn:
    """Raise FormulaError for one position."""
    raise FormulaError([issue_at(text, position, where, problem, **facts)], [position])


def tokenize(text: str, where: Where) -> list[Token]:
    """Return the tokens of a formula, the last of kind ``end``. Raises FormulaError at the first unknown sign."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        group = match.lastgroup or "other"
        found.append(_make_token(text, where, group, match[group], match.start(group)))
        if group == "end":
            break
    return found


def _make_token(text: str, where: Where, group: str, value: str, position: int) -> Token:
    if group == "other":
        _refuse_sign(text, where, value, position)
    if group in ("text", "quoted"):
        value = value[1:-1].replace(value[0] * 2, value[0])
    if group == "word" and value.lower() in WORDS:
        return Token("word", value.lower(), position)
    return Token("name" if group in ("word", "quoted") else group, value, position)


def _refuse_sign(text: str, where: Where, value: str, position: int) -> NoReturn:
    if value in "'\"`":
        raise_formula_error(text, position, where, "open_quote", sign=value)
    raise_formula_error(text, position, where, "unknown_sign", sign=value)
