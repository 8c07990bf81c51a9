"""What other processes do to a store while tests kill them or count what they kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from workbench.data.library.data_sets import add_data_set, find_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.design.model import parse_design
from workbench.design.options import save_option
from workbench.store.opening import reading
from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_library import save_trial

FLOOR = "dials-floor"
Tell = Callable[[str], object]
MEASURES = (Measure(name="sales", aggregate="sum", column="value"),)


def save_options_for_ever(home: Path, run: int, tell: Tell) -> None:
    """Save one option after the other, each with its design, and say of each that it is saved."""
    for number in count():
        tell(save_numbered_option(home, f"{run}.{number}"))


def save_numbered_option(home: Path, name: str) -> str:
    """Save an option with its design."""
    kpi = {"name": "x" * 4_000, "formula": "calls"}
    return save_option(home, FLOOR, parse_design({"name": name, "kpis": [kpi]}), name).name


def add_data_sets_for_ever(home: Path, run: int, tell: Tell) -> None:
    for number in count():
        tell(add_numbered(home, f"{run}.{number}"))


def add_numbered(home: Path, name: str) -> str:
    """Add a data set with a file of its own; return its id."""
    source = Source(name="deals", location="deals.csv", rep="rep", date="day", measures=MEASURES)
    rows = f"rep,day,value\n{name},2025-01-02,3\n" * 50
    return add_data_set(home, DataSet(name=name, sources=(source,)), {"deals.csv": rows.encode()}).id


def open_store_and_tell(home: Path, _run: int, tell: Tell) -> None:
    """Open a workspace that has to be taken over."""
    tell("begun")
    with reading(home):
        tell("opened")


def save_trials(home: Path, process: int, _tell: Tell) -> None:
    """Save a trial 25 times, under one key in all processes."""
    entry = find_data_set(home, FLOOR)
    assert entry is not None
    for time in range(25):
        content = {"name": f"{process}.{time}", "measure": "sales", "treated": ["Ana"], "start": "2025-02-01"}
        save_trial(home, entry, "k", parse_trial(content))
