"""Lists of names, and ordinal numbers, as text."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMES = 8


def list_names(names: Sequence[str], most: int | None = None) -> str:
    """``Ana, Ben and Cleo``; past ``most`` the rest is counted: ``Ana, Ben and 3 more``.

    Names that hold a comma or an “and” of their own are kept apart by semicolons: ``Smith, Ana; Bo and Co``.
    """
    shown = list(names[:most])
    if len(shown) < len(names):
        shown.append(f"{len(names) - len(shown)} more")
    if any(", " in name or " and " in name for name in shown):
        return "; ".join(shown)
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def ordinal(place: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th`` … ``11th``, ``21st``."""
    if place % 100 in (11, 12, 13):
        return f"{place}th"
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th') }"
