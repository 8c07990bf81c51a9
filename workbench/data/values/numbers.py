"""Detect the decimal sign, percent and multiples of a column of numbers from the shapes of its values.

A shape is a value with every digit as 9, a lone zero before a separator as Z: "$1,234.50" has the shape "$9,999.99".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Decimal = Literal[".", ","]
SPACES = " \u00a0\u2009\u202f"
MINUS = r"\-−–"
_CODES = (
    "USD EUR GBP CHF JPY CNY INR RUB RUR PLN CZK HUF SEK NOK DKK ISK AUD CAD NZD BRL MXN ARS CLP COP ZAR TRY SGD HKD "
    "TWD KRW ILS AED SAR THB IDR MYR PHP VND UAH RON BGN"
)
CURRENCY = (
    r"(?:(?:US|AU|CA|NZ|HK|R|A|C)?\$|[€£¥₹₽₩₺₴₦฿₫₱₪]|(?i:"
    + "|".join(_CODES.split())
    + r"|kr\.?|zł|kč|ft|fr\.|sfr\.?|rs\.?|руб\.?|р\.))"
)
MULTIPLES = {
    "k": 1e3,
    "tsd": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "mrd": 1e9,
    "mld": 1e9,
}
SUFFIX = r"(?i:" + "|".join(sorted(MULTIPLES, key=len, reverse=True)) + r")\b\.?|%"


def _digits_pattern(group: str, point: str) -> str:
    """Return a pattern for digits in groups of three (or two, as in India), or ungrouped, with decimals."""
    grouped = rf"\d{{1,3}}(?:[{group}'’{SPACES}]\d{{3}})+|\d{{1,2}}(?:{group}\d\d)+{group}\d{{3}}"
    return rf"(?:(?:{grouped}|\d+)(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?"


BODY = {".": _digits_pattern(",", r"\."), ",": _digits_pattern(r"\.", ",")}


def number_pattern(decimal: Decimal) -> str:
    """Return a pattern for a whole cell: sign, currency, digits, percent or multiple, in any usual order."""
    space, sign = rf"[{SPACES}]*", rf"[+{MINUS}]?"
    before = rf"(?:{sign}{space}(?:{CURRENCY}{space})?|{CURRENCY}{space}{sign}{space})"
    after = rf"{space}(?:{SUFFIX})?{space}(?:{CURRENCY})?{space}[{MINUS}]?"
    core = before + BODY[decimal] + after
    return rf"^(?:{core}|\({space}{core}{space}\))$"


@dataclass(frozen=True)
class NumberPlan:
    """How to read a column of numbers, and the evidence for it in rows.

    Attributes
    ----------
    decimal : the decimal sign.
    plain : every value is digits with at most a sign and a point, so the engine's own cast will do.
    n_point, n_comma : rows that can only be read with this decimal sign.
    n_either : rows with one separator before three digits, which both would fit.
    n_grouped : those among them with a comma, which hardly ever marks three decimals.
    n_percent, n_multiple, n_money, n_readable, n_all : rows with %, with K or M and so on, with a currency, that are
        numbers, and that are not blank.
    """

    decimal: Decimal
    plain: bool
    n_point: int
    n_comma: int
    n_either: int
    n_grouped: int
    n_percent: int
    n_multiple: int
    n_money: int
    n_readable: int
    n_all: int


def plan_numbers(shapes: Mapping[str, int], decimal: Decimal | None = None) -> NumberPlan:
    """Choose how to parse a column from its shapes and their row counts.

    Values that fit both decimal signs are read with a point, unless they are in euros.
    """
    votes = {".": 0, ",": 0, "either": 0, "euro": 0}
    for shape, n in shapes.items():
        sign = _decimal_sign(shape)
        if sign and _PATTERNS["." if sign == "either" else sign].fullmatch(shape.replace("Z", "0")):
            votes[sign] += n
            votes["euro"] += n if sign == "either" and "€" in shape and "." in shape else 0
    if decimal is None:
        if votes["."] == votes[","] == 0:
            decimal = "," if votes["euro"] else "."
        else:
            decimal = "," if votes[","] > votes["."] else "."
    readable = {s: n for s, n in shapes.items() if _PATTERNS[decimal].fullmatch(s.replace("Z", "0"))}
    percent, multiple, money = (
        sum(n for s, n in readable.items() if re.search(p, s)) for p in ("%", _MULTIPLE, CURRENCY)
    )
    return NumberPlan(
        decimal,
        all(re.fullmatch(r"[+-]?[9Z]+(?:\.9*)?|[+-]?\.9+", s) for s in shapes) and decimal == ".",
        votes["."],
        votes[","],
        votes["either"],
        sum(n for s, n in shapes.items() if _decimal_sign(s) == "either" and "," in s),
        percent,
        multiple,
        money,
        sum(readable.values()),
        sum(shapes.values()),
    )


_MULTIPLE = r"9[" + SPACES + r"]*(?i:" + "|".join(MULTIPLES) + r")\b"


_PATTERNS = {sign: re.compile(number_pattern(sign)) for sign in (".", ",")}


def _decimal_sign(shape: str) -> str | None:
    """Return the decimal sign a shape proves: "." or ",", "either" if both fit, ``None`` without a separator."""
    body = re.search(r"[9Z][9Z.,'’ \u00a0\u2009\u202f]*|[.,]9+", shape)
    digits = body.group().strip() if body else ""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if not points and not commas:
        return None
    used, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    before, after = digits.split(used)
    grouped = len(after) == 3 and 1 <= len(before) <= 3 and before != "Z" and not re.search(r"\D", after)
    return "either" if grouped else used
