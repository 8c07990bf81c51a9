"""The driver tree as cards joined by lines: solid for *part of*, dashed for *believed to drive*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.palette import GOAL, MUTED
from workbench.design.driver_tree import TreeCard
from workbench.words.numbers import pluralize

CARD = "card"
ROW, TALL, WIDE, STRIPE = 68, 0.72, 0.74, 0.015  # pixels a row; a card's share of its row and of its column
LEAST_COLUMNS = 2
CURVE = np.linspace(0, 1, 25)


def card_rows(nodes: Sequence[TreeCard], details: Mapping[str, str], colours: Mapping[str, str]) -> pd.DataFrame:
    """One row per card with its place: ``x`` to ``x2`` in columns, ``y`` to ``y2`` in rows, and what it says."""
    return pd.DataFrame([
        {"key": node.key, "name": node.name or "The goal", "detail": details.get(node.key, ""),
         "colour": colours.get(node.key, GOAL), "x": node.depth, "stripe": node.depth + STRIPE,
         "x2": node.depth + WIDE, "y": node.row - TALL / 2, "middle": node.row, "y2": node.row + TALL / 2,
         "empty": node.empty}
        for node in nodes
    ])  # fmt: skip


def edge_rows(nodes: Sequence[TreeCard], colours: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Points along a curve from each card to the one it works towards: ``edge`` its key, ``kind order colour``.

    ``colours``: by card, what the evidence says of it; without, all alike.
    """
    by_key = {node.key: node for node in nodes}
    drawn = []
    for node in nodes:
        if node.parent is None:
            continue
        above = by_key[node.parent]
        left, right = above.depth + WIDE, float(node.depth)
        x = left + (right - left) * CURVE
        y = above.row + (node.row - above.row) * CURVE**2 * (3 - 2 * CURVE)
        colour = (colours or {}).get(node.key, MUTED)
        drawn.append(pd.DataFrame({"edge": node.key, "kind": node.edge, "x": x, "y": y, "order": range(len(CURVE)),
                                   "colour": colour}))  # fmt: skip
    columns = ["edge", "kind", "x", "y", "order", "colour"]
    return pd.concat(drawn) if drawn else pd.DataFrame({name: [] for name in columns})


@dataclass(frozen=True)
class Room:
    """The picture's room: every layer must say the same scales, or the renderer makes up its own."""

    columns: int
    rows: float

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[-0.01, self.columns - 1 + WIDE + 0.01], nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[-0.5, self.rows - 0.5], nice=False, zero=False, reverse=True)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


def tree_chart(
    nodes: Sequence[TreeCard], details: Mapping[str, str], colours: Mapping[str, str], chosen: str, ink: str,
    lines: Mapping[str, str] | None = None,
) -> alt.LayerChart:  # fmt: skip
    """The goal at the left, what drives it to its right; the selected card is outlined. Clicking selects ``CARD``.

    ``lines``: colour of the line from each card, by its key.
    """
    room = Room(max(LEAST_COLUMNS, max(node.depth for node in nodes) + 1), max(2, max(node.row for node in nodes) + 1))
    tip = [alt.Tooltip("name:N", title="Card"), alt.Tooltip("detail:N", title=" ")]
    base = alt.Chart(card_rows(nodes, details, colours), height=room.rows * ROW).encode(tooltip=tip)
    whole = base.encode(x=room.x("x"), x2=alt.X2("x2:Q"), y=room.y("y"), y2=alt.Y2("y2:Q"))
    pick = alt.selection_point(name=CARD, fields=["key"], toggle=False, clear=False)
    colour = alt.Color("colour:N", scale=None)
    face = whole.mark_rect(cornerRadius=6, cursor="pointer", fillOpacity=0.14).encode(color=colour).add_params(pick)
    stripe = whole.mark_rect(cornerRadius=2, cursor="pointer").encode(x2=alt.X2("stripe:Q"), color=colour)
    dashed = whole.transform_filter("datum.empty").mark_rect(cornerRadius=6, strokeDash=[5, 4], filled=False)
    outline = whole.transform_filter(alt.FieldEqualPredicate(field="key", equal=chosen))
    return layered(
        _lines(nodes, room, lines),
        face,
        stripe.transform_filter("!datum.empty"),
        dashed.encode(color=colour),
        outline.mark_rect(cornerRadius=6, filled=False, strokeWidth=2.5, color=ink),
        *_words(base, room, ink),
    )


def tree_alt(nodes: Sequence[TreeCard]) -> str:
    """The tree in words, from the cards drawn."""
    names = {node.key: node.name or "the goal" for node in nodes}
    how = {"part_of": "is part of", "believed": "is believed to drive"}
    said = [f"{node.name} {how[node.edge]} {names[node.parent]}" for node in nodes if node.parent is not None]
    return f"Driver tree of {pluralize(len(nodes), 'card')}. " + (". ".join(said) + "." if said else "Only the goal.")


def _lines(nodes: Sequence[TreeCard], room: Room, colours: Mapping[str, str] | None) -> alt.Chart:
    dash = alt.StrokeDash(
        "kind:N", legend=None, scale=alt.Scale(domain=["part_of", "believed"], range=[[1, 0], [5, 5]])
    )
    return (
        alt.Chart(edge_rows(nodes, colours))
        .mark_line(strokeWidth=3 if colours else 1.75)
        .encode(
            x=room.x("x"),
            y=room.y("y"),
            detail=alt.Detail("edge:N"),
            order=alt.Order("order:Q"),
            strokeDash=dash,
            color=alt.Color("colour:N", scale=None),
        )
    )


def _words(base: alt.Chart, room: Room, ink: str) -> list[alt.Chart]:
    left = base.encode(x=room.x("x"), y=room.y("middle"))
    limit = 290 if room.columns == LEAST_COLUMNS else 230
    name = left.mark_text(align="left", dx=16, dy=-9, fontSize=14, fontWeight=600, color=ink, limit=limit)
    detail = left.mark_text(align="left", dx=16, dy=10, fontSize=13, color=MUTED, limit=limit)
    return [name.encode(text=alt.Text("name:N")), detail.encode(text=alt.Text("detail:N"))]
