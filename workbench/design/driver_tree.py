"""Lay out the driver tree: the goal, its KPIs, and what drives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench.design.edits import Path, kpi_paths
from workbench.design.model import Design, Kpi

GOAL = "goal"
Edge = Literal["part_of", "believed"]


@dataclass(frozen=True)
class TreeCard:
    """One card of the tree.

    Attributes
    ----------
    key : ``"goal"`` or the KPI's path as text ("2", "2.0").
    path : where the KPI is in the design; None for the goal.
    parent : key of the card it drives; None for the goal. ``edge``: "part_of" or "believed".
    depth : steps from the goal. ``row`` : its height in the picture, in rows from the top; parents stand at the
        middle of what drives them.
    empty : a card without a formula yet.
    """

    key: str
    name: str
    path: Path | None = None
    parent: str | None = None
    edge: Edge = "believed"
    depth: int = 0
    row: float = 0.0
    empty: bool = False


def layout_driver_tree(design: Design) -> tuple[TreeCard, ...]:
    """Lay out every card, the goal first, each followed by what drives it.

    A KPI that drives nothing known, or itself in a cycle, is placed directly before the goal.
    """
    name = (design.goal.label or design.goal.measure) if design.goal else ""
    cards = {GOAL: TreeCard(GOAL, name, empty=design.goal is None)}
    cards |= {_key(path): _make_card(design, path, kpi) for path, kpi in kpi_paths(design)}
    rooted = {key: _break_cycle(card, cards) for key, card in cards.items()}
    children: dict[str, list[str]] = {key: [] for key in rooted}
    for card in rooted.values():
        if card.parent is not None:
            children[card.parent].append(card.key)
    placed: dict[str, TreeCard] = {}
    _place_card(GOAL, 0, 0.0, rooted, children, placed)
    return tuple(placed.values())


def _key(path: Path) -> str:
    return ".".join(map(str, path))


def _make_card(design: Design, path: Path, kpi: Kpi) -> TreeCard:
    empty = kpi.formula is None and not kpi.kpis
    if len(path) > 1:
        return TreeCard(_key(path), kpi.name, path, _key(path[:-1]), "part_of", empty=empty)
    above = next((_key(other) for other, each in kpi_paths(design) if each.name == kpi.drives and other != path), GOAL)
    return TreeCard(_key(path), kpi.name, path, above, kpi.edge or "believed", empty=empty)


def _break_cycle(card: TreeCard, cards: dict[str, TreeCard]) -> TreeCard:
    """Return the card, with the goal as its parent if its ancestors form a cycle."""
    seen, above = set(), card.parent
    while above is not None and above not in seen:
        seen.add(above)
        above = cards[above].parent
    return card if above is None else replace(card, parent=GOAL)


def _place_card(
    key: str,
    depth: int,
    row: float,
    cards: dict[str, TreeCard],
    children: dict[str, list[str]],
    placed: dict[str, TreeCard],
) -> float:
    """Add a card and what drives it to ``placed``; return the first free row below them."""
    placed[key] = cards[key]
    below = row
    for child in children[key]:
        below = _place_card(child, depth + 1, below, cards, children, placed)
    rows = [placed[child].row for child in children[key]]
    middle = (rows[0] + rows[-1]) / 2 if rows else row
    placed[key] = replace(cards[key], depth=depth, row=middle)
    return below if rows else row + 1


def descendants(key: str, cards: Sequence[TreeCard]) -> set[str]:
    """Return the keys of a card and of everything that drives it. ``cards`` is the result of ``layout_driver_tree``."""
    found = {key}
    for card in cards:  # each card comes after the one it works towards
        if card.parent in found:
            found.add(card.key)
    return found


def possible_parents(key: str, cards: Sequence[TreeCard]) -> list[TreeCard]:
    """List the cards that a card can drive: all but itself and its descendants."""
    below = descendants(key, cards)
    return [card for card in cards if card.key not in below]
