"""Format numbers for people: few digits, a real minus, a dash where a value is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable

NONE = "–"
MINUS = "−"
CURRENCIES = {"USD": "$", "$": "$", "EUR": "€", "€": "€", "GBP": "£", "£": "£"}
"""Currencies whose sign goes before the number."""
_PLURALS = frozenset((
    "accounts", "activities", "answers", "appointments", "calls", "cases", "clients", "contacts", "contracts",
    "conversations", "customers", "days", "deals", "demos", "dials", "emails", "hours", "leads", "meetings", "messages",
    "minutes", "months", "offers", "opportunities", "orders", "points", "proposals", "prospects", "quotes", "reps",
    "sales", "seconds", "talks", "tickets", "units", "visits", "weeks", "wins", "workdays",
))  # fmt: skip
"""Units whose plural is known, so that one of them is said in the singular; any other stays as it was typed."""
_BIG = ((1e9, 1e9, "bn"), (1e6, 1e6, "m"), (1e4, 1e3, "k"))  # from which size, divided by what, said how


def short_number(value: float, digits: int = 3) -> str:
    """At most ``digits`` figures and a scale: ``48.2k``, ``1.25m``, ``0.63``, ``1,204``; a dash when missing.

    Examples
    --------
    >>> short_number(48_213), short_number(0.6333), short_number(-1_204), short_number(float("nan"))
    ('48.2k', '0.633', '−1,204', '–')
    """
    if not math.isfinite(value):
        return NONE
    unit, scale = _scale(abs(value))
    text = _figures(abs(value) / unit, digits)
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text + scale


def aligned_numbers(values: Iterable[float]) -> list[str]:
    """The numbers of one column, all in the same scale with the same decimals: ``49.2k``, ``8.0k``."""
    values = list(values)
    most = max((abs(value) for value in values if math.isfinite(value)), default=0)
    unit, scale = _scale(most)
    whole = all(value == round(value) for value in values if math.isfinite(value)) and unit == 1
    decimals = 0 if whole or most == 0 else max(2 - math.floor(math.log10(most / unit)), 0)
    return [_aligned(value, unit, decimals, scale) for value in values]


def _aligned(value: float, unit: float, decimals: int, scale: str) -> str:
    if not math.isfinite(value):
        return NONE
    text = f"{abs(value) / unit:,.{decimals}f}"
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text + scale


def _scale(size: float) -> tuple[float, str]:
    return next(((unit, name) for least, unit, name in _BIG if size >= least), (1.0, ""))


def with_unit(value: float, unit: str | None) -> str:
    """``$48.2k``, ``12.5 per day``, ``30% of dials``, ``5%``, ``1 meeting``; the number alone without a unit.

    A dash when missing.
    """
    text = short_number(value)
    if not unit or not math.isfinite(value):
        return text
    money, _, rest = unit.partition(" ")
    if money == "of" and abs(value) <= 2:
        return f"{short_number(100 * value)}% {unit}"
    if money == "%":
        return f"{text}{unit}"
    if money not in CURRENCIES:
        return f"{text} {' '.join(filter(None, [_in_number(money, text), rest]))}"
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}{CURRENCIES[money]}{text.removeprefix(MINUS)} {rest}".rstrip()


def _in_number(noun: str, text: str) -> str:
    """``meeting`` beside ``1`` where the plural is known."""
    if text.removeprefix(MINUS) != "1" or noun.lower() not in _PLURALS:
        return noun
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]


def signed_number(value: float, decimals: int = 2) -> str:
    """A correlation or difference: ``0.21``, ``−0.05``; a dash when missing."""
    if not math.isfinite(value):
        return NONE
    text = f"{abs(value):.{decimals}f}"
    return (MINUS if value < 0 and float(text) else "") + text


def interval_words(low: float, high: float) -> str:
    """``−0.05 to 0.44``; "no interval" when it is missing."""
    return (
        f"{signed_number(low)} to {signed_number(high)}"
        if math.isfinite(low) and math.isfinite(high)
        else "no interval"
    )


def percent(share: float) -> str:
    """``37%``, halves upwards as pictures in the browser round them; a dash when missing."""
    return f"{math.floor(100 * share + 0.5)}%" if math.isfinite(share) else NONE


def _figures(size: float, digits: int) -> str:
    if size == 0:
        return "0"
    decimals = max(digits - 1 - math.floor(math.log10(size)), 0)
    text = f"{size:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pluralize(n: int, noun: str) -> str:
    """``1 rep``, ``2 reps``, ``1,234 rows``; the noun is given in the singular."""
    return f"{n:,} {noun if n == 1 else noun + 's'}"


def p_value(p: float) -> str:
    """``0.003``, ``0.001 or less``; a dash when missing."""
    return "–" if not math.isfinite(p) else "0.001 or less" if p <= 0.001 else f"{p:.3f}"
