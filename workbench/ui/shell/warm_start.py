"""Let a shared server get ready in the background as it starts; nothing of the pages is imported before it listens."""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from workbench.ui.session.signed_in import SETTING

READY = "workbench.ui.shell.get_ready"
AHEAD = "WORKBENCH_GET_READY"
"""``no`` where a server is to read nothing ahead, such as one that a test starts beside others."""


@asynccontextmanager
async def warm_start(_app: object) -> AsyncIterator[None]:
    """Begin as the server starts. On one's own machine nothing is read that nobody asked for."""
    if os.environ.get(SETTING) and os.environ.get(AHEAD) != "no":
        threading.Thread(target=_get_ready, daemon=True, name="workbench-warm-start").start()
    yield


def _get_ready() -> None:
    importlib.import_module(READY).get_ready()
