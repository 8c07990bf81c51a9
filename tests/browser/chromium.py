"""Which browser the browser tests drive: the machine's own, since nothing is downloaded for them."""

from __future__ import annotations

import os
import shutil

# The shell without windows takes half of the time for the same pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome (``WORKBENCH_BROWSER`` overrides), or None."""
    return os.environ.get("WORKBENCH_BROWSER") or next((path for name in NAMES if (path := shutil.which(name))), None)
