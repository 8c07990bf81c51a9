"""List the commands; a command's module is imported when it is called, so that ``look`` starts at once.

A command module has ``add_arguments(parser)``, ``run(args) -> dict`` and ``show(dict) -> str``.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

COMMANDS: dict[str, str] = {
    "look": "show how a file is written: encoding, dialect, header, the type of each column, and what is wrong with it",
    "panel": "add a data set's sources up per rep and period",
    "backtest": "score a design on history and hold it against the goal",
    "suggest": "fit weights to the history and check them on reps and periods they were not fitted on",
    "weights": "say how much the weights matter: real influence, safe spans, plausible ranks, life without a KPI",
    "replay": "who would have been rewarded and reprimanded, and did the team hit KPIs while missing the goal",
    "evidence": "say of each KPI whether it earns its place: keep, watch, drop or not enough data, with the reasons",
    "integrity": "was activity faked: who is worth a conversation, and what the ranking would be without such activity",
    "phases": "whom to coach on which phase of the conversation first, and what that would bring",
    "export": "write the scorecard for reps and its backtest for the leadership to a file: HTML, XLSX or JSON",
    "trial": "did a change help, by how much per rep and month, and could it be chance",
    "backup": "write everything in the workspace to one file: all that was saved, and the files of data sets",
    "restore": "bring the workspace to the state of a backup; what is there now is backed up first",
    "audit": "list what was saved, deleted, restored and exported in the workspace, by whom and when",
    "sample": "write a sample data set with what was planted in it",
    "calibrate": "measure by simulation how often the evidence is right, and write its table",
    "calibrate-integrity": "measure by simulation how often honest teams are accused, and write its tables",
    "calibrate-phases": "measure by simulation how often the coaching plan is right, and write its table",
    "calibrate-trials": "measure by simulation how often a trial's answer is right, and write its table",
}


def command(name: str) -> ModuleType:
    """The module of a command."""
    return import_module(f"workbench.cli.{name.replace('-', '_')}")
