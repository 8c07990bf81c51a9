"""Find which steps from data to preview are done, and which one is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.data.model.panel import Panel
from workbench.design.model import Design

State = Literal["done", "next", "later"]


@dataclass(frozen=True)
class PathStep:
    """One page and the state of its step."""

    page: str
    state: State


def list_progress(panel: Panel | None, design: Design) -> tuple[PathStep, ...]:
    """List the steps from data to preview in order; exactly one is next, those before it are done, the rest later.

    The preview is never "done".
    """
    done = {
        "data": panel is not None,
        "goal": design.goal is not None,
        "kpis": any(leaf.formula for kpi in design.kpis for leaf in kpi.leaves()),
        "preview": False,
    }
    first_open = next(page for page, is_done in done.items() if not is_done)
    n_done = list(done).index(first_open)
    return tuple(PathStep(page, _step_state(place, n_done)) for place, page in enumerate(done))


def _step_state(place: int, n_done: int) -> State:
    if place < n_done:
        return "done"
    return "next" if place == n_done else "later"
