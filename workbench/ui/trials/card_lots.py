"""Lots on the card of a trial: who changes, or in which order those who change begin."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.trials.plan_card import draw_lots, draw_order, is_this_draw, units_that_change, waves_of, with_drawn
from workbench.trials.propose_assignment import ProposedAssignment
from workbench.trials.trial_file import TrialFile
from workbench.ui.session.trial_card import TrialCard, open_card
from workbench.words import trial_card as words
from workbench.words.markdown import plain

MOST_WAVES, MOST_MONTHS = 12, 12
_THROWN = "trials.lots_thrown"


def show_lots(card: TrialCard, fields: dict[str, Any], panel: Panel, file: TrialFile) -> None:
    """Draw who changes, or the order in which those who change begin; another press draws anew."""
    half = _drawn(panel, file, None, 1)
    with st.popover(words.LOTS, icon=":material/casino:"):
        if half is not None:
            n_units = len(half.treated) + len(half.comparison)
            st.markdown(words.LOTS_HELP)
            n = st.number_input(words.HOW_MANY, 1, n_units - 1, len(half.treated), key=f"trials.lots.n.{n_units}")
            st.button(words.DRAW, key="trials.lots", icon=":material/casino:", on_click=_draw, args=(card, fields,
                      panel, file, int(n)))  # fmt: skip
        st.markdown(words.WAVES_HELP)
        waves = st.number_input(words.WAVES, 2, MOST_WAVES, 3, key="trials.lots.waves")
        months = st.number_input(words.MONTHS_APART, 1, MOST_MONTHS, 2, key="trials.lots.months")
        st.button(words.DRAW_ORDER, key="trials.order", icon=":material/format_list_numbered:", on_click=_draw_order,
                  args=(card, fields, panel, file, int(waves), int(months)))  # fmt: skip


def show_drawn(panel: Panel, file: TrialFile) -> None:
    """That the names on the card come from lots, where the last draw or that of a first card named them."""
    if not file.drawn or file.starts:
        return
    for seed in dict.fromkeys((1, int(st.session_state.get(_THROWN, 0)))):
        try:
            n = len(units_that_change(panel, file))
        except InputError:
            return
        drawn = _drawn(panel, file, n, seed) if n and seed else None
        if drawn is not None and is_this_draw(panel, file, drawn):
            st.caption(words.drawn_line(len(drawn.treated), len(drawn.comparison)))
            return


def show_waves(card: TrialCard, fields: dict[str, Any], file: TrialFile, names: dict[str, str]) -> None:
    """Who begins when, where units begin one after the other, and the way back to one start for all."""
    if not file.starts:
        return
    for day, units in waves_of(file):
        st.markdown(plain(words.wave_line(day, [names.get(unit, unit) for unit in units])))
    st.button(words.ONE_START, key="trials.one_start", icon=":material/undo:", type="tertiary", on_click=open_card,
              args=(card.data, fields | {"starts": {}, "kind": None}, card.key, card.version))  # fmt: skip


def _draw(card: TrialCard, fields: dict[str, Any], panel: Panel, file: TrialFile, n: int) -> None:
    """Callback: fill in who changes."""
    drawn = _drawn(panel, file, n, _next_seed())
    if drawn is not None:
        open_card(card.data, fields | {"starts": {}, "kind": None} | with_drawn(file, drawn), card.key, card.version)


def _drawn(panel: Panel, file: TrialFile, n: int | None, seed: int) -> ProposedAssignment | None:
    """A draw; None where there are too few units, or the page says what is wrong with the card."""
    try:
        return draw_lots(panel, file, n, seed)
    except InputError:
        return None


def _draw_order(
    card: TrialCard, fields: dict[str, Any], panel: Panel, file: TrialFile, waves: int, months: int
) -> None:
    """Callback: fill in who begins when."""
    try:
        units = units_that_change(panel, file)
    except InputError:
        return
    starts = draw_order(units, file.start, waves, months, _next_seed())
    order = {"starts": {unit: day.isoformat() for unit, day in starts.items()}, "assignment": "random", "kind": None}
    open_card(card.data, fields | order, card.key, card.version)


def _next_seed() -> int:
    thrown = int(st.session_state.get(_THROWN, 0)) + 1
    st.session_state[_THROWN] = thrown
    return thrown
