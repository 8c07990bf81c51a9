"""Parse a formula by top-down operator precedence (Pratt 1973), with the position of every error."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal, NoReturn

from workbench.errors import Part, Where
from workbench.formula.lexer import Token, raise_formula_error, tokenize
from workbench.formula.tree import (
    FUNCTIONS,
    Among,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Connective,
    Logic,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Operation,
    Text,
    depth,
    value_kind,
)
from workbench.problems import nearest

# Both keep every later walk over the tree, and the engine's own, far from Python's recursion limit.
MAX_NESTING = 20  # brackets, functions and signs inside one another
MAX_DEPTH = 100  # of the tree: a sum of a hundred terms
MAX_LENGTH = 20_000
BINDING = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "/": 6, "sign": 7}
Construct = Literal["bracket", "call", "choices", "choices_end"]
COMPARISONS: dict[str, Comparison] = {"==": "==", "!=": "!=", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}
LOGIC: dict[str, Connective] = {"and": "and", "or": "or"}
ARITHMETIC: dict[str, Operation] = {"+": "+", "-": "-", "*": "*", "/": "/"}


def parse_tree(text: str, where: Where, names: Collection[str] | None) -> Node:
    """Parse a formula to its checked tree. Raises FormulaError at the first position that does not parse."""
    if not text.strip():
        raise_formula_error(text, 0, where, "empty")
    if len(text) > MAX_LENGTH:
        raise_formula_error(text, MAX_LENGTH, where, "too_long", most=MAX_LENGTH)
    return _Parser(text, where, names).whole()


class _Parser:
    def __init__(self, text: str, where: Where, names: Collection[str] | None) -> None:
        self.text, self.where, self.names = text, where, () if names is None else names
        self.tokens = iter(tokenize(text, where))
        self.left = self.token = next(self.tokens)
        self.nesting = 0

    def fail(self, position: int, problem: str, **facts: Part) -> NoReturn:
        raise_formula_error(self.text, position, self.where, problem, **facts)

    def whole(self) -> Node:
        tree = self.expression(0)
        if self.token.kind != "end":
            self.unexpected()
        return tree

    def next(self) -> Token:
        """Advance by one token and return the previous one."""
        self.left, self.token = self.token, next(self.tokens, self.token)
        return self.left

    def sees(self, kind_of: str, value: str) -> bool:
        return (self.token.kind, self.token.value) == (kind_of, value)

    def unexpected(self) -> NoReturn:
        token = self.token
        if token.kind == "end":
            self.fail(len(self.text.rstrip()), "ends_early")
        words = f"{self.left.value} {token.value}".lower()
        spaced = next((name for name in self.names if words in name.lower()), None)
        is_value = token.kind in ("name", "number", "text")
        self.fail(token.position, "unexpected", word=token.value, is_value=is_value, spaced=spaced)

    def skip(self, symbol: str, of: Construct, written: str = "") -> None:
        if not self.sees("symbol", symbol):
            if self.token.kind != "end" and self.token.value not in ")," and symbol == ")":
                self.unexpected()
            self.fail(self.token.position, "missing_sign", sign=symbol, of=of, written=written)
        self.next()

    def expression(self, binding: int) -> Node:
        """Parse an expression of operators that bind more tightly than ``binding``."""
        left = self.prefix()
        while (operator := self.operator()) and operator[0] > binding:
            left = self.infix(left, *operator)
            if depth(left) > MAX_DEPTH:
                self.fail(left.position, "too_many_terms", most=MAX_DEPTH)
        return left

    def inner(self, binding: int = 0) -> Node:
        """Parse an expression inside a bracket or function, or after a sign or ``not``."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail(self.token.position, "nested", most=MAX_NESTING)
        node = self.expression(binding)
        self.nesting -= 1
        return node

    def prefix(self) -> Node:
        token = self.token
        match token.kind, token.value:
            case "number", value:
                self.next()
                return self.literal(value, token.position)
            case "text", value:
                self.next()
                return Text(value, position=token.position)
            case "name", _:
                return self.name_or_call()
            case "symbol", "(":
                return self.bracketed()
            case "symbol", "-" | "+":
                return self.signed()
            case "word", "not":
                self.next()
                return Not(self.numeric(self.inner(BINDING["not"])), position=token.position)
        return self.unexpected()

    def signed(self) -> Node:
        sign = self.next()
        operand = self.numeric(self.inner(BINDING["sign"]))
        return Negate(operand, position=sign.position) if sign.value == "-" else operand

    def literal(self, value: str, position: int) -> Number:
        if not abs(float(value)) < float("inf"):
            self.fail(position, "too_large")
        return Number(float(value), position=position)

    def bracketed(self) -> Node:
        self.next()
        inner = self.inner()
        self.skip(")", "bracket")
        return inner

    def name_or_call(self) -> Node:
        token, quoted = self.token, self.text[self.token.position] == "`"
        self.next()
        if quoted or not self.sees("symbol", "("):
            return Name(token.value, position=token.position)
        function = token.value.lower()
        if function not in FUNCTIONS:
            near = nearest(function, FUNCTIONS)
            self.fail(token.position, "unknown_function", name=token.value, near=near, known=tuple(FUNCTIONS))
        return self.call(function, token.position)

    def call(self, function: str, position: int) -> Call:
        fewest, most, written = FUNCTIONS[function]
        self.next()
        arguments = [] if self.token.value == ")" else [self.inner()]
        while self.sees("symbol", ","):
            self.next()
            arguments.append(self.inner())
        self.skip(")", "call", written)
        if not fewest <= len(arguments) <= (most or len(arguments)):
            self.fail(position, "arguments", function=function, n_given=len(arguments), written=written)
        self.check_arguments(function, arguments)
        return Call(function, tuple(arguments), position=position)

    def check_arguments(self, function: str, arguments: list[Node]) -> None:
        if function not in ("if", "coalesce"):
            for argument in arguments:
                self.numeric(argument)
            return
        values = arguments[1:] if function == "if" else arguments
        if function == "if":
            self.numeric(arguments[0])
        self.same_kind(values)

    def numeric(self, node: Node) -> Node:
        if value_kind(node) == "text":
            self.fail(node.position, "text_as_number")
        return node

    def same_kind(self, nodes: Sequence[Node]) -> None:
        kinds = {value_kind(node) for node in nodes} - {"any"}
        if "text" in kinds and len(kinds) > 1:
            self.fail(nodes[-1].position, "number_and_text")

    def operator(self) -> tuple[int, str] | None:
        """Return the binding power and name of the next operator; None if no operator follows."""
        token = self.token
        if token.kind == "word":
            return (
                (BINDING["compare"], token.value)
                if token.value in ("in", "not")
                else (BINDING[token.value], token.value)
            )
        if token.kind == "symbol" and token.value in COMPARISONS:
            return BINDING["compare"], token.value
        return (BINDING[token.value], token.value) if token.kind == "symbol" and token.value in BINDING else None

    def infix(self, left: Node, binding: int, operator: str) -> Node:
        position = self.next().position
        if operator in ("in", "not"):
            return self.among(left, operator, position)
        right = self.expression(binding)
        if operator in COMPARISONS:
            return self.comparison(COMPARISONS[operator], left, right, position)
        left, right = self.numeric(left), self.numeric(right)
        if operator in LOGIC:
            return Logic(LOGIC[operator], left, right, position=position)
        return Arithmetic(ARITHMETIC[operator], left, right, position=position)

    def comparison(self, operator: Comparison, left: Node, right: Node, position: int) -> Compare:
        self.same_kind([left, right])
        if (following := self.operator()) and following[0] == BINDING["compare"]:
            self.fail(self.token.position, "chained")
        return Compare(operator, left, right, position=position)

    def among(self, item: Node, operator: str, position: int) -> Node:
        if operator == "not":
            if not self.sees("word", "in"):
                self.unexpected()
            self.next()
        self.skip("(", "choices")
        options = [self.option()]
        while self.sees("symbol", ","):
            self.next()
            options.append(self.option())
        self.skip(")", "choices_end")
        self.same_kind([item, *options])
        found = Among(item, tuple(options), position=position)
        return Not(found, position=position) if operator == "not" else found

    def option(self) -> Number | Text:
        value = self.expression(BINDING["compare"])
        if isinstance(value, Negate) and isinstance(value.operand, Number):
            value = replace(value.operand, value=-value.operand.value)
        if not isinstance(value, Number | Text):
            self.fail(value.position, "not_a_choice")
        return value
