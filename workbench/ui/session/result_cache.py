"""Keep the last few results, shared by all sessions, of work that draws its progress while it runs.

``st.cache_resource`` cannot hold such results, since the progress is drawn from inside the call.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Generic, TypeVar

Kept = TypeVar("Kept")
Tell = Callable[[float, Any], None]
"""Told the share done and the step that begins; None before the first one."""
A_LOOK = 0.5
"""Seconds between two looks at work that another session does."""


@dataclass(eq=False)
class _Turn:
    """Who makes a result, one at a time; ``n`` sessions make it or wait for it, ``latest`` is how far it has come."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    n: int = 0
    latest: tuple[float, Any] | None = None


class ResultCache(Generic[Kept]):
    """Frozen results by key; past ``most`` of them, the one unused for longest goes.

    Results of which ``may_pass`` is true, such as a database that is down, are kept as long as it took to make them:
    whoever waited meanwhile need not wait again, and who comes later finds what is true then.
    """

    def __init__(self, most: int, may_pass: Callable[[Kept], bool] = lambda result: False) -> None:
        self.most, self.may_pass = most, may_pass
        self.kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self.ends: dict[Hashable, float] = {}
        self.turns: dict[Hashable, _Turn] = {}
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self.lock:
            if monotonic() > self.ends.get(key, math.inf):
                del self.kept[key], self.ends[key]
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: Hashable, result: Kept, seconds: float = 0.0) -> None:
        """Keep a result that took so many seconds to make."""
        with self.lock:
            self.kept[key] = result
            self.ends.pop(key, None)
            if self.may_pass(result):
                self.ends[key] = monotonic() + seconds
            while len(self.kept) > self.most:
                gone, _ = self.kept.popitem(last=False)
                self.ends.pop(gone, None)

    def get_or_make(self, key: Hashable, make: Callable[[Tell], Kept], tell: Tell) -> Kept:
        """The result; where many ask at once, the first makes it and the others are told how far it has come.

        What ``tell`` raises ends the making or the waiting. Where the work is broken off or fails, the next does it.
        """
        with self._turn(key, tell) as turn:
            found = self.get(key)
            if found is None:
                began = monotonic()
                found = make(partial(_tell_all, turn, tell))
                self.put(key, found, monotonic() - began)
            return found

    @contextmanager
    def _turn(self, key: Hashable, tell: Tell) -> Iterator[_Turn]:
        with self.lock:
            turn = self.turns.setdefault(key, _Turn())
            turn.n += 1
        try:
            while not turn.lock.acquire(timeout=A_LOOK):
                tell(*(turn.latest or (0.0, None)))
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
