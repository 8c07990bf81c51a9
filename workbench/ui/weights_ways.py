"""Five ways to weights, each ending in a draft beside today's weights that can be adjusted and accepted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd
import streamlit as st

from workbench.data.panel import REP, Panel
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.ui import weighed
from workbench.ui.parts import how_computed, plain, show_issues
from workbench.ui.weights_draft import Proposal, draft
from workbench.weights.accept import presets
from workbench.weights.ordering import from_orderings, pairs_to_ask
from workbench.weights.pairwise import from_comparisons
from workbench.weights.swing import rank_order_centroid, swings
from workbench.words import weights as words
from workbench.words.numbers import percent, short

Names = Mapping[str, str]
PAIRS_OFFERED = 60
CARD = 250


def ways(panel: Panel, design: Design, names: Names) -> None:
    """The chosen way on the left, the draft it leads to on the right."""
    with st.container(horizontal=True, vertical_alignment="center"):
        way = st.segmented_control("Way", list(words.WAYS), default="swing", required=True, key="weights.way",
                                   persist_state="session", label_visibility="collapsed",
                                   format_func=lambda name: words.WAYS[name].name)  # fmt: skip
        how_computed(words.WAYS[way].method)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(words.WAYS[way].asks)
        found = {"swing": _swing, "pairwise": _pairwise, "order": _order, "data": _data, "typed": _typed}[way](
            panel, design, names
        )
        off = [kpi.name for kpi in design.kpis if kpi.name not in weighed.on(design)]
        if off and way != "typed":
            st.caption(plain(f"Off, and left so: {words.listed(off)}. Give it a weight first to have it in here."))
    with right:
        draft(design, found)


def _swing(panel: Panel, design: Design, names: Names) -> Proposal | None:
    key, on = f"weights.swing.{panel.key}", weighed.on(design)
    order = [name for name in st.session_state.get(key, []) if name in on]
    table = swings(weighed.scored(panel, design))
    with st.container(horizontal=True):
        for row in table[table["kpi"].isin(on)].to_dict("records"):
            _swing_card(row, order, key)
    if order:
        st.button("Start over", icon=":material/restart_alt:", type="tertiary", on_click=_put, args=(key, []))
    last = [name for name in on if name not in order]
    if len(last) > 1 or not order:
        return None
    full = [*order, *last]
    return Proposal(rank_order_centroid(full), "swing", " before ".join(full))


def _swing_card(row: dict, order: list[str], key: str) -> None:
    name = row["kpi"]
    with st.container(border=True, width=CARD, gap="xsmall"):
        st.markdown(f"**{plain(name)}**")
        st.markdown(plain(f"{short(row['worst'])} → {short(row['best'])}"))
        st.caption(plain(row["unit"] or "worst rep → best rep"))
        if name in order:
            st.markdown(f":blue-badge[{words.ordinal(order.index(name) + 1)}]")
        else:
            st.button("This swing next" if order else "This swing first", key=f"{key}.{name}", on_click=_put,
                      args=(key, [*order, name]))  # fmt: skip


def _pairwise(panel: Panel, design: Design, names: Names) -> Proposal | None:
    on, given = weighed.on(design), {}
    if len(on) < 2:
        st.info("Comparing needs two KPIs.")
        return None
    for a, b in combinations(on, 2):
        said = words.answers(a, b)
        given[a, b] = st.selectbox(
            f"{plain(a)} or {plain(b)}?", list(said), None, key=f"weights.pair.{panel.key}.{a}.{b}",
            persist_state="session", format_func=said.__getitem__, placeholder="Which matters more?")  # fmt: skip
    try:
        found = from_comparisons(on, {pair: times for pair, times in given.items() if times is not None})
    except InputError:
        st.caption("Compare on until every KPI is linked with the others; the pairs in between may stay open.")
        return None
    st.markdown(plain(words.consistency(found)))
    if not found.acceptable:
        st.warning(plain(words.contradiction(found.triads[0])), icon=":material/compare_arrows:")
    note = "" if len(on) < 3 else f"consistency ratio {found.consistency:.2f}"
    return Proposal(found.weights, "pairwise", note)


def _order(panel: Panel, design: Design, names: Names) -> Proposal | None:
    key, on = f"weights.order.{panel.key}", weighed.on(design)
    places = [k for k, kpi in enumerate(design.kpis) if kpi.name in on]
    level = weighed.scored(panel, design).reps
    reps, points = level.keys[REP].tolist(), level.points[:, places]
    given: list[tuple[str, str, bool]] = st.session_state.get(key, [])
    asked = {frozenset(pair[:2]) for pair in given}
    offered = [(reps[a], reps[b]) for a, b in pairs_to_ask(points, PAIRS_OFFERED)]
    _ask(next((pair for pair in offered if frozenset(pair) not in asked), None), given, key, names)
    _ask_own(reps, given, key, names)
    pairs = [(reps.index(a), reps.index(b)) for a, b, sure in given if sure]
    if not pairs:
        return None
    found = from_orderings(points, pairs)
    st.markdown(plain(words.orderings(found, len(pairs))))
    spans = zip(on, found.lowest, found.highest, strict=True)
    st.caption(plain("The same answers would allow " + ", ".join(f"{n} {a:.0f}–{b:.0f} %" for n, a, b in spans) + "."))
    _answers(given, {pairs[i] for i in found.unmet}, reps, key, names)
    note = f"{len(pairs)} answers, {len(found.unmet)} not met"
    return Proposal(dict(zip(on, found.weights.tolist(), strict=True)), "order", note)


def _ask(pair: tuple[str, str] | None, given: list, key: str, names: Names) -> None:
    if pair is None:
        st.caption("No further pair of reps says anything about the weights.")
        return
    a, b = pair
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(plain(names[a]), key=f"{key}.first", on_click=_put, args=(key, [*given, (a, b, True)]))
        st.markdown("or", width="content")
        st.button(plain(names[b]), key=f"{key}.second", on_click=_put, args=(key, [*given, (b, a, True)]))
        st.button("Cannot say", key=f"{key}.unsure", type="tertiary", on_click=_put,
                  args=(key, [*given, (a, b, False)]))  # fmt: skip


def _ask_own(reps: list[str], given: list, key: str, names: Names) -> None:
    with st.popover("Another pair", icon=":material/group:", type="tertiary"):
        better = st.selectbox("Better seller", reps, None, names.__getitem__, key=f"{key}.better")
        worse = st.selectbox("than", reps, None, names.__getitem__, key=f"{key}.worse")
        st.button("Add", key=f"{key}.add", disabled=better is None or worse is None or better == worse, on_click=_put,
                  args=(key, [*given, (better, worse, True)]))  # fmt: skip


def _answers(given: list, unmet: set[tuple[int, int]], reps: list[str], key: str, names: Names) -> None:
    with st.expander("Your answers", icon=":material/list:"):
        for place, (a, b, sure) in enumerate(given):
            broken = sure and (reps.index(a), reps.index(b)) in unmet
            said = f"{names[a]} before {names[b]}" if sure else f"{names[a]} or {names[b]}: cannot say"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button("Take back", icon=":material/close:", type="tertiary", key=f"{key}.back.{place}",
                          on_click=_put, args=(key, given[:place] + given[place + 1 :]))  # fmt: skip
                st.markdown(plain(said) + (" :orange-badge[cannot be met]" if broken else ""))


def _data(panel: Panel, design: Design, names: Names) -> Proposal | None:
    try:
        found = weighed.suggested(panel, design)
    except InputError as error:
        show_issues(error.issues)
        return None
    verdict, advice = words.suggestion(found)
    st.markdown(f"##### {plain(verdict)}\n\n{plain(advice)}")
    columns = ["Goes with the goal on", "The data's weights", "Equal weights"]
    st.table(pd.DataFrame(words.suggestion_figures(found), columns=columns).set_index(columns[0]))
    st.caption(plain(" ".join(words.suggestion_notes(found))))
    spans = ", ".join(f"{k} {percent(found.low[k] / 100)}–{percent(found.high[k] / 100)}" for k in found.weights)
    st.caption(plain(f"Without one rep the data's weights range over {spans}."))
    other = "data" if found.recommendation == "suggested_weights" else "equal"
    way = st.segmented_control("Draft from", ["equal", "data"], default=other, required=True,
                               key=f"weights.data.{panel.key}.{other}", persist_state="session",
                               format_func={"equal": "Equal weights", "data": "The data's weights"}.get)  # fmt: skip
    if way == "equal":
        return Proposal(presets(design)["equal"], "equal")
    return Proposal(found.weights, "data", f"recommended: {found.recommendation.replace('_', ' ')}")


def _typed(panel: Panel, design: Design, names: Names) -> Proposal:
    start = st.segmented_control("Start from", list(words.PRESETS), default="today", required=True,
                                 key="weights.preset",
                                 persist_state="session", format_func=words.PRESETS.get)  # fmt: skip
    if start == "today":
        return Proposal({kpi.name: kpi.weight for kpi in design.kpis}, "typed")
    return Proposal(presets(design)[start], "equal" if start == "equal" else "preset",
                    "" if start == "equal" else start)  # fmt: skip


def _put(key: str, value: list) -> None:
    st.session_state[key] = value
