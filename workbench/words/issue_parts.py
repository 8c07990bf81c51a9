"""Phrases that sentences about issues share: quoted names, did-you-mean, amounts at stake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.errors import Amount, Examples
from workbench.words.numbers import pluralize

Sentence = tuple[str, str]  # what was found, and what to do (empty when nothing needs doing)


def quoted(names: Iterable[str]) -> str:
    """``“a”, “b”``."""
    return ", ".join(f"“{name}”" for name in names)


def quoted_examples(names: Examples) -> str:
    """``“a”, “b” and 3 more``."""
    more = names.n - len(names.shown)
    return quoted(names.shown) + (f" and {more:,} more" if more else "")


def row_count(n: int) -> str:
    """``1 row``, ``1,234 rows``."""
    return pluralize(n, "row")


def one_or_many(n: int, one: str, many: str) -> str:
    """The verb that fits the number: ``has`` or ``have``."""
    return one if n == 1 else many


def did_you_mean(near: str | None, known: Examples) -> str:
    """The name that was probably meant, else the names there are."""
    if near:
        return f"Did you mean “{near}”?"
    return f"Choose one of {quoted_examples(known)}." if known.n else ""


def amounts_at_stake(amounts: Sequence[Amount]) -> str:
    """“ At stake: Won 729; Won value 3,510,578 USD.”; empty when nothing is."""
    return f" At stake: {'; '.join(map(_amount, amounts))}." if amounts else ""


def amounts_without(amounts: Sequence[Amount]) -> str:
    """“ What the other file adds is missing for: Won 729.”; empty when nothing lacks it."""
    return f" What the other file adds is missing for: {'; '.join(map(_amount, amounts))}." if amounts else ""


def _amount(amount: Amount) -> str:
    number = f"{amount.total:,.0f}" if amount.total == round(amount.total) else f"{amount.total:,.2f}"
    return f"{amount.measure} {number}" + (f" {amount.unit}" if amount.unit else "")
