"""The steps of building a panel, as its progress reports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["open", "read", "aggregate", "check", "roster", "assemble"]


@dataclass(frozen=True)
class BuildStep:
    """One step of building a panel.

    Attributes
    ----------
    stage : what is done. name : the location that is opened, or the source that is worked on; empty for the others.
    n_rows : rows of the source that is worked on.
    """

    stage: Stage
    name: str = ""
    n_rows: int = 0
