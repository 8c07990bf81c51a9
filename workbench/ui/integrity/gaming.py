"""How easily each KPI could be gamed, and whether it stopped measuring once it became a target."""

from __future__ import annotations

from workbench.data.model.panel import Panel
from workbench.design.model import Design


def show_gaming(panel: Panel, design: Design) -> None:
    """Wait."""


def show_since_target(panel: Panel, design: Design) -> None:
    """Wait."""
