"""Who is acting now: asked of whoever knows it, such as the page; nobody in particular in a command or a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbench.rights.person import Person

_ask: list[Callable[[], Person | None]] = [lambda: None]
_INSTEAD = threading.local()


def ask_person(function: Callable[[], Person | None]) -> None:
    """Set the function that names whoever is acting; None where nobody signs in."""
    _ask[0] = function


def current_person() -> Person | None:
    """Return who is acting now; None where nobody signs in, and where the server itself is at work."""
    return None if getattr(_INSTEAD, "server", 0) else _ask[0]()


@contextmanager
def as_server() -> Iterator[None]:
    """Within, this thread acts for the server and not for whoever looks: what is made belongs to nobody."""
    _INSTEAD.server = getattr(_INSTEAD, "server", 0) + 1
    try:
        yield
    finally:
        _INSTEAD.server -= 1
