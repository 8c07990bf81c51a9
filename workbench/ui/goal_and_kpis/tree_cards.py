"""What a name typed into the driver tree becomes: a card that moves, a measured KPI, or a card to be measured later."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.model.panel import BUILT_IN, Panel
from workbench.design import edits
from workbench.design.driver_tree import GOAL, TreeCard, possible_parents
from workbench.design.edits import Path
from workbench.design.even_weights import keep_even
from workbench.design.kpi_edits import add_driver, make_part
from workbench.design.model import Design
from workbench.formula.formula import quote_name
from workbench.ui.goal_and_kpis.measuring import with_target_and_weight
from workbench.words.kpis import measure_title


def measure_titles(panel: Panel) -> dict[str, str]:
    """The names of the data's own measures by the title they are shown with."""
    return {measure_title(info): info.name for info in panel.measures if info.name not in BUILT_IN}


def movable_cards(chosen: TreeCard, nodes: Sequence[TreeCard]) -> dict[str, Path]:
    """The places of the cards that can move to before the chosen one: KPIs of their own that stand elsewhere."""
    return {
        node.name: node.path
        for node in nodes
        if node.path is not None and len(node.path) == 1 and node.parent != chosen.key
        and chosen.key in [above.key for above in possible_parents(node.key, nodes)]
    }  # fmt: skip


def with_card(
    panel: Panel, design: Design, chosen: TreeCard, nodes: Sequence[TreeCard], name: str
) -> tuple[Design, str]:
    """Return the design with the card before the chosen one, and what was done."""
    movable = movable_cards(chosen, nodes)
    if name in movable:
        return _moved(design, chosen, name, movable[name]), f"{name} moved"
    titles = measure_titles(panel)
    title = {each.casefold(): each for each in titles}.get(name.casefold(), name)
    after, path = add_driver(design, chosen, title)
    kpi = edits.kpi_at(after, path)
    if title in titles:
        measured = kpi.model_copy(update={"formula": quote_name(titles[title])})
        after = edits.replace_kpi(after, path, with_target_and_weight(panel, design, measured))
    return keep_even(design, after), f"{kpi.name} added"


def _moved(design: Design, chosen: TreeCard, name: str, path: Path) -> Design:
    """A composite takes the card in; any other card is driven by it."""
    if chosen.path is not None and edits.kpi_at(design, chosen.path).kpis:
        made = make_part(design, name, chosen.path)
        return made[0] if made else design
    return edits.update_kpi(design, path, drives=GOAL if chosen.path is None else chosen.name)
