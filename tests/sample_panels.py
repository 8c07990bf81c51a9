"""The samples' panels and suspects, each made once in a test run; they are read by tests and never written to."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from workbench.cli.panel import build_from_file
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.model.dataset import DataSet, load_dataset
from workbench.data.model.panel import Panel
from workbench.data.model.panel_key import panel_key
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.suspect_counts import CheckName, SuspectCounts
from workbench.integrity.without_suspects import panel_without_suspects

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
_shared: list[Path] = []
_uploaded: dict[str, Panel] = {}
Made = TypeVar("Made")


def share_panels(folder: Path) -> None:
    """Let the processes of this test run share what they build through a folder, which is gone after the run."""
    _shared[:] = [folder]


@cache
def sample_panel(name: str) -> Panel:
    """The panel of a sample, such as ``dials-floor``."""
    return _made_once(name, lambda: build_panel(_sample(name), SAMPLES / name))


def _made_once(name: str, make: Callable[[], Made]) -> Made:
    """What one process of the run made, or another before it."""
    kept = _shared[0] / name if _shared else None
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    made = make()
    if kept:
        begun = kept.with_suffix(f".{os.getpid()}")
        begun.write_bytes(pickle.dumps(made))
        begun.replace(kept)  # whole or not there: two processes may make the same at once
    return made


@cache
def _sample(name: str) -> DataSet:
    return load_dataset(SAMPLES / name / f"{name}.dataset.json")


def build_once(path: Path) -> Panel:
    """What commands build from a data set file: a sample's panel as it stands, any other anew."""
    return sample_panel(path.parent.name) if path.parent.parent == SAMPLES else build_from_file(path)


def build_samples_once(dataset: DataSet, folder: Path, **options: Any) -> Panel:
    """What pages build from a data set: the panel of an unchanged sample as it stands, any other once for its content.

    Many visits bring the same few lines: their panels are equal where their keys are, except behind connections.
    """
    if folder.parent == SAMPLES and dataset == _sample(folder.name):
        return sample_panel(folder.name)
    if options.get("connections"):
        return build_panel(dataset, folder, **options)
    key = panel_key(dataset, folder)
    if key not in _uploaded:
        _uploaded[key] = build_panel(dataset, folder, **options)
    return _uploaded[key]


@cache
def sample_suspects(name: str) -> SuspectCounts:
    """The suspect events of a sample."""
    return _made_once(f"{name}-suspects", lambda: count_suspects(_sample(name), SAMPLES / name))


@cache
def sample_panel_without(name: str, checks: tuple[CheckName, ...]) -> Panel:
    """The panel of a sample without the rows at which the checks point."""
    kept = f"{name}-without-{'-'.join(checks)}"
    return _made_once(kept, lambda: panel_without_suspects(_sample(name), SAMPLES / name, checks))


def count_samples_once(dataset: DataSet, folder: Path, **options: Any) -> SuspectCounts:
    """What pages count in a data set: the suspects of an unchanged sample as they stand, any other anew."""
    if folder.parent == SAMPLES and dataset == _sample(folder.name):
        return sample_suspects(folder.name)
    return count_suspects(dataset, folder, **options)


def rebuild_samples_once(dataset: DataSet, folder: Path, checks: Collection[CheckName], **options: Any) -> Panel:
    """What pages build without suspects: that of an unchanged sample as it stands, any other anew."""
    if folder.parent == SAMPLES and dataset == _sample(folder.name):
        return sample_panel_without(folder.name, tuple(sorted(checks)))
    return panel_without_suspects(dataset, folder, checks, **options)
