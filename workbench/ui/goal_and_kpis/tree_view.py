"""The driver tree with its selected card: add what drives it, change its place, remove it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from workbench.charts.driver_tree import CARD, tree_alt, tree_chart
from workbench.charts.palette import VERDICTS
from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.driver_tree import GOAL, TreeCard, layout_driver_tree, possible_parents
from workbench.design.edits import Path
from workbench.design.model import Design, Kpi
from workbench.scoring.targets import whole_period_averages
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.tree_cards import measure_titles, movable_cards, with_card
from workbench.ui.session import state
from workbench.ui.session.cached_evidence import cached_verdicts
from workbench.ui.session.cached_targets import cached_reach
from workbench.ui.session.navigation import page
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.bound import bound_selectbox
from workbench.ui.widgets.parts import primary_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words.evidence import VERDICT_LINES
from workbench.words.kpi_cards import card_line
from workbench.words.kpis import EDGES, goal_name, target_words
from workbench.words.markdown import plain

_CHOSEN, _ADD, _PICTURE = "goal.tree.chosen", "goal.tree.add", "goal.tree"
EMPTY = "not measured yet"
MOST_LETTERS = 60


def tree_view(panel: Panel, design: Design) -> None:
    """The picture on one side, the chosen card on the other."""
    nodes = [
        replace(node, name=goal_name(design.goal, panel)) if node.key == GOAL else node
        for node in layout_driver_tree(design)
    ]
    chosen = _selected_card(nodes)
    left, right = st.columns([7, 3], gap="medium")
    with left:
        said = cached_verdicts(panel, design)
        lines = {node.key: VERDICTS[said[node.name]] for node in nodes if node.name in said}
        picture = tree_chart(
            nodes, _details(nodes, design, panel, said), _colours(nodes, design), chosen.key, text_colour(), lines
        )
        show_chart(picture, key=_PICTURE, on_select=_on_card_selected, selection_mode=[CARD], alt=tree_alt(nodes))
        st.caption("Solid line: part of · dashed line: believed to drive · dashed card: not measurable yet")
        if said:
            st.caption(VERDICT_LINES)
            st.page_link(page("evidence"), label="See the evidence", icon=":material/fact_check:")
    with right, st.container(border=True):
        _before(chosen, nodes, panel)
        if chosen.path is not None:
            _card(chosen, chosen.path, nodes)


def _selected_card(nodes: list[TreeCard]) -> TreeCard:
    wanted = st.session_state.get(_CHOSEN, GOAL)
    return next((node for node in nodes if node.key == wanted), nodes[0])


def _on_card_selected() -> None:
    cards = st.session_state[_PICTURE].selection.get(CARD, [])
    if cards and "key" in cards[0]:
        st.session_state[_CHOSEN] = cards[0]["key"]


def _details(nodes: list[TreeCard], design: Design, panel: Panel, said: dict[str, str]) -> dict[str, str]:
    kpis = [node for node in nodes if node.path is not None]
    told = {node.key: _detail(panel, edits.kpi_at(design, node.path), node) for node in kpis if node.path is not None}
    told |= {node.key: f"{told[node.key]} · {said[node.name]}" for node in kpis if node.name in said}
    if design.goal is not None:
        goal = Kpi(name="goal", target=design.goal.target, unit=design.goal.unit, direction=design.goal.direction)
        told[GOAL] = target_words(goal)
    return told


def _detail(panel: Panel, kpi: Kpi, node: TreeCard) -> str:
    """Value, trend and target of a card."""
    if node.empty:
        return EMPTY
    found = cached_reach(panel, kpi)
    if kpi.kpis or found is None:
        return f"made of {len(kpi.kpis)}" if kpi.kpis else target_words(kpi)
    return card_line(whole_period_averages(found, panel), kpi)


def _colours(nodes: list[TreeCard], design: Design) -> dict[str, str]:
    colours = editing.all_kpi_colours(design)
    return {node.key: colours[node.name] for node in nodes if node.path is not None}


def _before(chosen: TreeCard, nodes: list[TreeCard], panel: Panel) -> None:
    """The question worked backwards, and a field for its answer."""
    st.markdown(f"**What must happen before {plain(chosen.name)}?**")
    titles, movable = measure_titles(panel), movable_cards(chosen, nodes)
    st.session_state[_ADD] = None
    st.selectbox("New card", [*movable, *(title for title in titles if title not in movable)], None, key=_ADD,
                 placeholder="Meetings with decision makers", on_change=_add, args=(chosen, nodes, panel),
                 label_visibility="collapsed", accept_new_options=True, filter_mode="contains",
                 format_func=lambda name: f"{name} (move here)" if name in movable else name)  # fmt: skip
    st.caption("Type to find a measure or a card, or press Enter for a card that cannot be measured yet.")


def _add(chosen: TreeCard, nodes: list[TreeCard], panel: Panel) -> None:
    """Callback: a card moves here, or a measure or a name becomes a new one."""
    name = (st.session_state[_ADD] or "").strip()[:MOST_LETTERS]
    if name:
        state.change_design(*with_card(panel, state.current_design(), chosen, nodes, name))


def _card(chosen: TreeCard, path: Path, nodes: list[TreeCard]) -> None:
    """The chosen card: what it works towards and how, its place on the KPIs page, and its removal."""
    st.divider()
    if len(path) == 1:
        offered = {GOAL if n.key == GOAL else n.name: n.name for n in possible_parents(chosen.key, nodes)}
        above = next(node for node in nodes if node.key == chosen.parent)
        edge = {text: kind for kind, text in EDGES.items()}
        bound_selectbox("Type of link", list(edge), EDGES[chosen.edge],
               lambda text: editing.change_kpi(path, "place in the tree", edge=edge[text]), "goal.tree.edge",
               clearable=False)  # fmt: skip
        bound_selectbox("Linked to", list(offered),
               GOAL if above.key == GOAL else above.name,
               lambda name: editing.change_kpi(path, "place in the tree", drives=name), "goal.tree.drives",
               offered.__getitem__, clearable=False)  # fmt: skip
    with st.container(horizontal=True):
        label = "Measure it" if chosen.empty else "Open on the KPIs page"
        if st.button(primary_label(label, chosen.empty), icon=":material/add_chart:",
                     key="goal.tree.open", type="primary" if chosen.empty else "secondary"):  # fmt: skip
            editing.select_path(chosen.path)
            switch_to("kpis")
        st.button("Remove", icon=":material/delete:", key="goal.tree.remove", type="tertiary", on_click=_remove,
                  args=(chosen.path,))  # fmt: skip


def _remove(path: Path) -> None:
    design = state.current_design()
    st.session_state[_CHOSEN] = GOAL
    state.change_design(edits.remove_kpi(design, path), f"{edits.kpi_at(design, path).name} removed")
