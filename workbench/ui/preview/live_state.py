"""State of the live view: what it is to show, and weights released there as a step of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.design.draft import Draft
from workbench.design.model import Design
from workbench.design.weighted_kpis import baseline_weights
from workbench.scoring.defaults import replace_weights
from workbench.ui.preview.live_message import read_message, steps_between
from workbench.ui.session import documents, state
from workbench.words.preview import weight_changes_words

LIVE, RANKING = "preview.live", "preview.ranking"
_TOLD, _PINNED, _CHOSEN = "preview.told", "preview.pinned", "preview.chosen"
_HOLD, _LOCKED = "preview.hold", "preview.locked"
_NOTHING_TOLD = {"sent": 0, "edits": 0, "steps": 0}


def view_state(design: Design, places: dict[str, int]) -> dict[str, Any]:
    """What the live view is to show; ``places`` numbers the reps as ``live_board`` does."""
    draft = state.current_draft()
    return {
        "weights": [kpi.weight for kpi in design.kpis],
        "pinned": list(pinned_weights(design)),
        "told": st.session_state.get(_TOLD, _NOTHING_TOLD),
        "chosen": places.get(rep) if (rep := selected_rep()) else None,
        "undo": draft.undoes is not None,
        "redo": draft.redoes is not None,
        "alone": False,
        "hold": st.session_state.get(_HOLD),
        "locked": [kpi.name in st.session_state.get(_LOCKED, ()) for kpi in design.kpis],
    }


def ranking_state(shown: Design, today: Design, places: dict[str, int]) -> dict[str, Any]:
    """What the ranking alone is to show: ``shown`` compared with today's weights."""
    weights = {
        "weights": [kpi.weight for kpi in shown.kpis],
        "pinned": [kpi.weight for kpi in today.kpis],
    }
    return view_state(shown, places) | weights | {"alone": True}


def pinned_weights(design: Design) -> tuple[float, ...]:
    """The weights compared with, in the design's order: always those of one design as a whole.

    Those pinned, while the KPIs are the same; else those of the current scorecard, where its KPIs are all here; else
    those that this design was opened with.
    """
    pinned = st.session_state.get(_PINNED)
    if pinned is not None and list(pinned) == [kpi.name for kpi in design.kpis]:
        return tuple(pinned.values())
    return baseline_weights(design, [documents.current_scorecard(), *_steps_of(state.current_draft())])


def _steps_of(draft: Draft) -> list[Design]:
    return [step.design for step in draft.steps if step.document == draft.document]


def selected_rep() -> str | None:
    """The rep that was clicked, by its real name."""
    return st.session_state.get(_CHOSEN)


def select_rep(rep: str | None) -> None:
    st.session_state[_CHOSEN] = rep


def on_release() -> None:
    """Callback of the live view: bring the draft, the pinned weights and the chosen rep up to date."""
    left = read_message(st.session_state[LIVE]["released"])
    if left is None:
        return
    told = st.session_state.get(_TOLD, _NOTHING_TOLD)
    st.session_state[_TOLD] = left.told.model_dump()
    if left.told.edits > told["edits"]:
        _change(left.weights)
    _step(steps_between(told["steps"], left.told.steps))
    _pin(left.pinned)
    st.session_state[_HOLD] = left.hold
    locked = zip(state.current_design().kpis, left.locked, strict=False)
    st.session_state[_LOCKED] = {kpi.name for kpi, is_locked in locked if is_locked}
    select_rep(_rep_at(left.chosen))


def on_choice() -> None:
    """Callback of the ranking alone: a rep was clicked, or a step was taken back by key."""
    left = read_message(st.session_state[RANKING]["released"])
    if left is None:
        return
    told = st.session_state.get(_TOLD, _NOTHING_TOLD)
    st.session_state[_TOLD] = left.told.model_dump()
    _step(steps_between(told["steps"], left.told.steps))
    select_rep(_rep_at(left.chosen))


def _change(weights: Sequence[float]) -> None:
    design = state.current_design()
    changed = replace_weights(design, weights)
    if changed is not None:
        names = [kpi.name for kpi in design.kpis]
        state.change_design(changed, weight_changes_words([kpi.weight for kpi in design.kpis], list(weights), names))


def _step(steps: int) -> None:
    for _ in range(abs(steps)):
        state.undo() if steps < 0 else state.redo()


def _pin(weights: Sequence[float]) -> None:
    design = state.current_design()
    if len(weights) == len(design.kpis) and tuple(weights) != pinned_weights(design):
        st.session_state[_PINNED] = {kpi.name: weight for kpi, weight in zip(design.kpis, weights, strict=True)}


def _rep_at(place: int | None) -> str | None:
    panel = state.current_panel()
    if place is None or panel is None:
        return None
    reps = list(state.display_names(panel))
    return reps[place] if place < len(reps) else None
