"""Several names in one breath, and places in an order."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMES = 8


def listed(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """``Ana, Ben and Cleo``; past ``most`` the rest is counted."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def ordinal(place: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th`` … ``11th``, ``21st``."""
    if place % 100 in (11, 12, 13):
        return f"{place}th"
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th') }"
