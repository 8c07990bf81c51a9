"""Have a server ready before anybody comes: pages imported, and the samples read."""

from __future__ import annotations

import importlib
import pkgutil

from workbench import ui
from workbench.data.aggregate.build_panel import Progress
from workbench.data.library.data_sets import list_samples
from workbench.ui.session.cache import build_ahead
from workbench.ui.session.cached_integrity import background, look_ahead

FRAME = "workbench.ui.shell.frame"
"""Importing it draws a page."""


def get_ready() -> None:
    """Import what pages import; then the worker that gives way to pages reads the samples."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        if module.name != FRAME:
            importlib.import_module(module.name)
    background().begin("samples", read_samples)


def read_samples(_tell: Progress) -> None:
    """Build the samples' panels, and let the checks of activity look at each."""
    for entry in list_samples():
        if panel := build_ahead(entry):
            look_ahead(entry, panel)
