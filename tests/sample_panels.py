"""The samples' panels, each built once in a test run; panels are read by tests and never written to."""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

from workbench.cli.panel import build_from_file
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.model.dataset import DataSet, load_dataset
from workbench.data.model.panel import Panel

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
_shared: list[Path] = []


def share_panels(folder: Path) -> None:
    """Let the processes of this test run share what they build through a folder, which is gone after the run."""
    _shared[:] = [folder]


@cache
def sample_panel(name: str) -> Panel:
    """The panel of a sample, such as ``dials-floor``."""
    kept = _shared[0] / name if _shared else None
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    panel = build_panel(_sample(name), SAMPLES / name)
    if kept:
        begun = kept.with_suffix(f".{os.getpid()}")
        begun.write_bytes(pickle.dumps(panel))
        begun.replace(kept)  # whole or not there: two processes may build the same sample at once
    return panel


@cache
def _sample(name: str) -> DataSet:
    return load_dataset(SAMPLES / name / f"{name}.dataset.json")


def build_once(path: Path) -> Panel:
    """What commands build from a data set file: a sample's panel as it stands, any other anew."""
    return sample_panel(path.parent.name) if path.parent.parent == SAMPLES else build_from_file(path)


def build_samples_once(dataset: DataSet, folder: Path, **options: Any) -> Panel:
    """What pages build from a data set: the panel of an unchanged sample as it stands, any other anew."""
    if folder.parent == SAMPLES and dataset == _sample(folder.name):
        return sample_panel(folder.name)
    return build_panel(dataset, folder, **options)
