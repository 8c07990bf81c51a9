"""Every command, explicitly.

A command module has ``NAME``, ``HELP``, ``add_arguments(parser)``, ``run(args) -> dict`` and ``show(dict) -> str``.
"""

from __future__ import annotations

from types import ModuleType

from workbench.cli import backtest, calibrate, evidence, look, panel, replay, sample, suggest

COMMANDS: tuple[ModuleType, ...] = (look, panel, backtest, suggest, replay, sample, evidence, calibrate)
