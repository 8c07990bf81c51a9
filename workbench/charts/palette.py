"""Colours of the whole product, readable on light and dark and with colour blindness.

The first eight KPI colours follow Okabe & Ito (2008), "Color Universal Design", with purple and brown in place of
the yellow and black that vanish on one of the two backgrounds.
"""

from __future__ import annotations

from workbench.design.colours import colour_numbers
from workbench.design.model import Kpi

KPI_COLOURS: tuple[str, ...] = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#8C6BB1",
    "#9A7B4F",
    "#44AA99",
    "#B33A5B",
    "#7A8B99",
    "#A6A600",
)
GOAL = "#7C8794"
ACCENT = "#0B6E99"
MUTED = "#8A96A3"
INK: dict[str, str] = {"light": "#0A141E", "dark": "#E8EEF4"}
"""The theme's text colour, for words drawn inside a picture."""
CHOSEN = "#D81B60"
"""What the user picked out, on top of any other colour."""
HIT_BOTH, BOX_TICKER, UNSUNG_SELLER, MISSED_BOTH = "#0072B2", "#D55E00", "#3D9BD4", "#9AA5B1"
"""Blue where the goal was made, and no kind where score and goal disagree is green."""
BETTER = "#009E73"
REACHABLE = "#3D9BD4"
"""The level that a team can reach."""
KINDS: dict[str, str] = {
    "hit_both": HIT_BOTH,
    "box_ticker": BOX_TICKER,
    "unsung_seller": UNSUNG_SELLER,
    "missed_both": MISSED_BOTH,
}
KIND_MARKS: dict[str, str] = {"hit_both": "✓", "box_ticker": "▼", "unsung_seller": "▲", "missed_both": "–"}
"""A mark for each kind beside its colour: green and orange are one grey to some."""
VERDICTS: dict[str, str] = {"keep": "#009E73", "watch": "#E69F00", "drop": "#D55E00", "not enough data": MUTED}
"""What the evidence says of a KPI."""
QUARTILES: tuple[str, ...] = ("#D55E00", "#E3A36F", "#7FB2D3", "#0072B2")
"""Lowest to highest quarter of the goal."""


def kpi_colours(kpis: tuple[Kpi, ...]) -> dict[str, str]:
    """A colour for each top KPI of a design by name; past twelve they begin again."""
    return {name: KPI_COLOURS[number % len(KPI_COLOURS)] for name, number in colour_numbers(kpis).items()}
