"""Keep the last few results, shared by all sessions, of work that draws its progress while it runs.

``st.cache_resource`` cannot hold such results, since the progress is drawn from inside the call.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class ResultCache(Generic[Kept]):
    """Frozen results by key; past ``most`` of them, the one unused for longest goes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: OrderedDict[Hashable, Kept] = OrderedDict()
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
