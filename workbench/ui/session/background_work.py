"""Work that begins in the background, one piece after the other, and steps back for pages."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from workbench.data.aggregate.build_panel import Progress
from workbench.data.model.build_step import BuildStep

MOST_REMEMBERED = 64
LAST_OF_ALL = 10
"""How nice the worker is to others, as ``nice`` counts."""
A_LOOK = 0.2
"""Seconds between two looks at work that somebody waits for."""
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class _Piece:
    """A piece of work; ``latest`` is the progress last told."""

    future: Future[None] = field(default_factory=Future)
    latest: tuple[float, BuildStep] | None = None

    def tell(self, share: float, step: BuildStep) -> None:
        self.latest = (share, step)


class BackgroundWork:
    """One worker and what it has begun, by key. The work itself must not touch a session."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, "workbench-background", initializer=_step_back)
        self.pieces: OrderedDict[Hashable, _Piece] = OrderedDict()
        self.lock = threading.Lock()

    def begin(self, key: Hashable, work: Callable[[Progress], None]) -> None:
        """Begin work and return at once; nothing where it has begun and not ended, or has failed before."""
        with self.lock:
            known = self.pieces.get(key)
            if known is not None and (not known.future.done() or known.future.exception()):
                return
            piece = _Piece()
            piece.future = self.pool.submit(work, piece.tell)
            piece.future.add_done_callback(_log_failure)
            self.pieces[key] = piece
            while len(self.pieces) > MOST_REMEMBERED:
                self.pieces.popitem(last=False)

    def finish(self, key: Hashable, advance: Progress) -> bool:
        """Wait for work that is being done, and say its progress; False where none is: then the caller has to do it.

        Raises
        ------
        InputError
            Whatever the work itself raised.
        """
        with self.lock:
            piece = self.pieces.get(key)
            if piece is None or piece.future.cancel():
                self.pieces.pop(key, None)
                return False
        while not piece.future.done():
            if piece.latest:
                advance(*piece.latest)
            wait([piece.future], A_LOOK)
        piece.future.result()
        return True


def _step_back() -> None:
    """Give way to the threads that draw pages, where a thread can: what it starts gives way as well."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LAST_OF_ALL)


def _log_failure(future: Future[None]) -> None:
    if not future.cancelled() and (error := future.exception()):
        _LOG.warning("Work in the background failed: %s", error)
