"""Whose file is read next: few at once, in the order of asking, and a slow file keeps nobody waiting long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_AT_ONCE = 2  # files that are read: each may take as much memory as is allowed
MOST_LONG = 2  # further files that have been read for long: whoever comes meanwhile does not wait for their end
LONG = 20.0  # seconds
A_LOOK = 0.1  # seconds between two looks at the queue


class ReadingTurns:
    """Turns of readings. One that has taken long no longer counts, so that another can begin beside it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.waiting: list[object] = []
        self.reading: dict[object, float] = {}
        self.lock = threading.Lock()

    @contextmanager
    def turn(self, wait: Callable[[int], None]) -> Iterator[None]:
        """Wait for a turn, and have it within.

        ``wait`` is called several times a second with how many others come first; what it raises ends the waiting.
        """
        mine, pause = object(), threading.Event()
        with self.lock:
            self.waiting.append(mine)
        try:
            while not self._begin(mine):
                wait(self._ahead(mine))
                pause.wait(A_LOOK)
            yield
        finally:
            with self.lock:
                self.reading.pop(mine, None)
                if mine in self.waiting:
                    self.waiting.remove(mine)

    def _begin(self, mine: object) -> bool:
        with self.lock:
            if self.waiting[0] is not mine or self._n_counted() >= MOST_AT_ONCE:
                return False
            self.waiting.remove(mine)
            self.reading[mine] = self.clock()
            return True

    def _n_counted(self) -> int:
        long = sum(self.clock() - began >= LONG for began in self.reading.values())
        return len(self.reading) - min(long, MOST_LONG)

    def _ahead(self, mine: object) -> int:
        """How many are read now or come before."""
        with self.lock:
            return len(self.reading) + self.waiting.index(mine)
