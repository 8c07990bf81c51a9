"""The samples' panels, each built once in a process of the test run; panels are read by tests and never written to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from workbench.cli.panel import build_from_file
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import Panel

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"


@cache
def sample_panel(name: str) -> Panel:
    """The panel of a sample, such as ``dials-floor``."""
    folder = SAMPLES / name
    return build_panel(load_dataset(folder / f"{name}.dataset.json"), folder)


def build_once(path: Path) -> Panel:
    """What commands build from a data set file: a sample's panel as it stands, any other anew."""
    return sample_panel(path.parent.name) if path.parent.parent == SAMPLES else build_from_file(path)
