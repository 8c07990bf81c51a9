"""In which turn the test files are run, where several processes share them: the slow ones first, so that none is left
alone with them at the end."""

from __future__ import annotations

import zlib
from pathlib import PurePath

from xdist.scheduler import LoadFileScheduling

SLOW = ("browser", "ui", "samples", "data", "soundness", "evidence", "weights")
"""Rooms whose files take long, the slowest first; the others come after them."""


def turn(file: str) -> int:
    """Return the turn of a test file, given by its path from the root."""
    room = PurePath(file).parts[1]
    return SLOW.index(room) if room in SLOW else len(SLOW)


class Turns(LoadFileScheduling):
    """Hand out file by file, in the order of collection; the browser tests to every second process only.

    A server with the samples it has built and a browser take more than a processor: two of them side by side wait for
    each other, and start twice what one of them would have at hand.
    """

    def __init__(self, config, log=None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # it would go by the number of tests

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if turn(file) > SLOW.index("browser"):
            return file
        return f"browser {zlib.crc32(file.encode()) % max(self.numnodes // 2, 1)}"
