"""Keep the last few results, shared by all sessions, of work that draws its progress while it runs.

``st.cache_resource`` cannot hold such results, since the progress is drawn from inside the call.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

Kept = TypeVar("Kept")
Tell = Callable[[float, Any], None]
"""Told the share done and the step that begins."""
A_LOOK = 0.5
"""Seconds between two looks at work that another session does."""


@dataclass(eq=False)
class _Turn:
    """Who makes a result, one at a time; ``n`` sessions make it or wait for it, ``latest`` is how far it has come."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    n: int = 0
    latest: tuple[float, Any] | None = None


class ResultCache(Generic[Kept]):
    """Frozen results by key; past ``most`` of them, the one unused for longest goes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self.turns: dict[Hashable, _Turn] = {}
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: Hashable, result: Kept) -> None:
        with self.lock:
            self.kept[key] = result
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def get_or_make(self, key: Hashable, make: Callable[[Tell], Kept], tell: Tell) -> Kept:
        """The result; where many ask at once, the first makes it and the others are told how far it has come.

        What ``tell`` raises ends the making or the waiting. Where the work is broken off or fails, the next does it.
        """
        with self._turn(key, tell) as turn:
            found = self.get(key)
            if found is None:
                found = make(partial(_tell_all, turn, tell))
                self.put(key, found)
            return found

    @contextmanager
    def _turn(self, key: Hashable, tell: Tell) -> Iterator[_Turn]:
        with self.lock:
            turn = self.turns.setdefault(key, _Turn())
            turn.n += 1
        try:
            while not turn.lock.acquire(timeout=A_LOOK):
                if turn.latest:
                    tell(*turn.latest)
            try:
                yield turn
            finally:
                turn.lock.release()
        finally:
            with self.lock:
                turn.n -= 1
                if not turn.n:
                    self.turns.pop(key, None)


def _tell_all(turn: _Turn, tell: Tell, share: float, step: Any) -> None:
    turn.latest = (share, step)
    tell(share, step)
