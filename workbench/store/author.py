"""Who is acting: the name under which what is saved is kept."""

from __future__ import annotations

from collections.abc import Callable

_ask: list[Callable[[], str]] = [lambda: ""]


def ask_author(function: Callable[[], str]) -> None:
    """Set the function that names whoever is acting; empty where nobody is signed in."""
    _ask[0] = function


def current_author() -> str:
    """Return the name of whoever is acting now; empty where nobody is signed in."""
    return _ask[0]()
