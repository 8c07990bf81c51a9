"""Several names in one breath."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMES = 8


def listed(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """``Ana, Ben and Cleo``; past ``most`` the rest is counted."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
