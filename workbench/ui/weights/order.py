"""Weights from ordering reps: pairs of reps are compared, the most informative pair next."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from workbench.charts import weights as charts
from workbench.charts.palette import kpi_colours
from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import weighted_kpis
from workbench.ui.session import cached_weights
from workbench.ui.weights.parts import store_answers
from workbench.ui.widgets.parts import quiet_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.weights.next_pair import answers_needed, choose_next_pair
from workbench.weights.ordering import Ordering, infer_weights_from_orderings
from workbench.weights.proposal import Proposal
from workbench.words import weights as words
from workbench.words.markdown import plain

OTHER_WAYS = ("swing", "pairwise", "typed")
FITTING = "weights that fit your answers"
Answer = tuple[str, str, bool]
"""Better rep, worse rep, and whether that could be said."""


def order_form(panel: Panel, design: Design, names: Mapping[str, str]) -> Proposal | None:
    """The next pair, what the answers leave open, and the answers to take back; the other ways where no pair helps."""
    key, on = f"weights.order.{panel.key}", weighted_kpis(design)
    reps, points = _points(panel, design, on)
    given: list[Answer] = st.session_state.get(key, [])
    sure, unsure = ([(reps.index(a), reps.index(b)) for a, b, said in given if said is kind] for kind in (True, False))
    found = infer_weights_from_orderings(points, sure) if sure else None
    pair = choose_next_pair(points, sure, unsure)
    if pair is None and not given:
        _other_ways(words.NO_PAIR if len(reps) > 1 else words.ONE_REP)
        return None
    if pair is not None:
        st.markdown(words.WAYS["order"].asks)
    _ask(pair, reps, given, key, names)
    if pair is not None:
        _progress(given, found, answers_needed(len(on), len(reps)))
    if found:
        _share_ranges(found, on, design)
    _answers(given, {sure[i] for i in found.unmet} if found else set(), reps, key, names)
    if not found:
        return None
    note = f"{len(sure)} answers, {len(found.unmet)} not met"
    return Proposal(dict(zip(on, found.weights.tolist(), strict=True)), "order", note)


def _points(panel: Panel, design: Design, on: list[str]) -> tuple[list[str], np.ndarray]:
    """The reps, and their (reps, KPIs that are on) points."""
    level = cached_weights.cached_history(panel, design).reps
    return level.keys[REP].tolist(), level.points[:, [k for k, kpi in enumerate(design.kpis) if kpi.name in on]]


def _other_ways(why: str) -> None:
    """Why no pair is asked, and the ways that need none."""
    st.info(why)
    with st.container(horizontal=True):
        for way in OTHER_WAYS:
            st.button(words.WAYS[way].name, key=f"weights.order.instead.{way}", on_click=_take, args=(way,))


def _take(way: str) -> None:
    st.session_state["weights.way"] = way


def _ask(
    pair: tuple[int, int] | None, reps: list[str], given: list[Answer], key: str, names: Mapping[str, str]
) -> None:
    if pair is None:
        st.caption(words.NO_PAIR_LEFT)
    else:
        a, b = (reps[place] for place in pair)
        for place, (better, worse, name) in zip(st.columns(2), ((a, b, "first"), (b, a, "second")), strict=True):
            place.button(f"**{plain(names[better])}**", key=f"{key}.{name}", width="stretch", on_click=store_answers,
                         args=(key, [*given, (better, worse, True)]))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        if pair is not None:
            st.button("Cannot say", icon=":material/question_mark:", key=f"{key}.unsure", type="tertiary",
                      on_click=store_answers, args=(key, [*given, (a, b, False)]))  # fmt: skip
        st.button("Undo last answer", icon=":material/undo:", key=f"{key}.undo", type="tertiary",
                  on_click=store_answers, args=(key, given[:-1]), disabled=not given)  # fmt: skip
        _ask_own(reps, given, key, names)


def _ask_own(reps: list[str], given: list[Answer], key: str, names: Mapping[str, str]) -> None:
    with st.popover(quiet_label("Another pair"), icon=":material/group:", type="tertiary"):
        better = st.selectbox("Better seller", reps, None, names.__getitem__, key=f"{key}.better")
        worse = st.selectbox("Weaker seller", reps, None, names.__getitem__, key=f"{key}.worse")
        st.button(
            "Add",
            key=f"{key}.add",
            disabled=better is None or worse is None or better == worse,
            on_click=store_answers,
            args=(key, [*given, (better, worse, True)]),
        )


def _progress(given: list[Answer], found: Ordering | None, wanted: int) -> None:
    done = min(len(given) / wanted, 1.0) if wanted else 1.0
    st.progress(done, plain(words.answers_progress(len(given), wanted, len(found.unmet) if found else 0)))


def _share_ranges(found: Ordering, on: list[str], design: Design) -> None:
    ends = zip(on, found.lowest, found.weights, found.highest, strict=True)
    spans = {name: (low / 100, share / 100, high / 100) for name, low, share, high in ends}
    colours = kpi_colours(design.kpis)
    show_chart(
        charts.share_ranges_chart(spans, {name: colours[name] for name in on}, text_colour(), FITTING),
        alt=charts.share_ranges_alt(spans, FITTING),
    )
    st.caption(f"Bar: {FITTING}. Dot: the draft.")


def _answers(
    given: list[Answer], unmet: set[tuple[int, int]], reps: list[str], key: str, names: Mapping[str, str]
) -> None:
    if not given:
        return
    with st.expander(f"Your answers ({len(given)})", icon=":material/list:", expanded=bool(unmet)):
        for place, (a, b, sure) in enumerate(given):
            broken = sure and (reps.index(a), reps.index(b)) in unmet
            said = f"{names[a]} before {names[b]}" if sure else f"{names[a]} or {names[b]}: cannot say"
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button("Remove answer", icon=":material/close:", type="tertiary", key=f"{key}.back.{place}",
                          on_click=store_answers, args=(key, given[:place] + given[place + 1 :]))  # fmt: skip
                st.markdown(plain(said) + (" :orange-badge[contradicts other answers]" if broken else ""))
