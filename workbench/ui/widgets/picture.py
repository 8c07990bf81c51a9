"""Show a chart without checking it against the grammar of Vega-Lite at every rerun."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

import streamlit as st
from altair import Chart, TopLevelMixin
from altair.utils.schemapi import disable_debug_mode
from streamlit.delta_generator import DeltaGenerator

from workbench.charts.outside_text import LONGEST_TEXT, safe_tooltips
from workbench.charts.value_axis import PLAIN_ZERO
from workbench.charts.wall import WIDER, enlarge_spec

LETTERS = 13
"""Pixels of the smallest letters in a picture; the framework's own labels are smaller."""
READABLE: dict[str, dict[str, Any]] = {
    "axis": {"labelFontSize": LETTERS, "titleFontSize": 14},
    "legend": {"labelFontSize": LETTERS},
    "header": {"labelFontSize": LETTERS},
    "axisBand": {"labelFlush": False},  # or the first and the last name stand beside their bars' middles
}
UNNAMED_PARTS = {"aria": False}  # the picture as a whole has a text; roles of its parts would have none
disable_debug_mode()  # checks each part of a chart when it is made, a third of the time of a page


class _Unchecked:
    """A chart as Streamlit asks for it; checking the whole again would take another third of the page's time."""

    def __init__(self, chart: TopLevelMixin, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> None:
        self.chart, self.change = chart, change

    def to_dict(self) -> dict[str, Any]:
        drawn = safe_tooltips(self.chart.to_dict(validate=False))
        drawn = self.change(drawn) if self.change else drawn
        config = drawn.setdefault("config", {})
        config |= {part: letters | config.get(part, {}) for part, letters in READABLE.items()}
        config |= UNNAMED_PARTS | {
            "mark": config.get("mark", {}) | UNNAMED_PARTS,
            "text": {"limit": LONGEST_TEXT * (WIDER if self.change else 1)} | config.get("text", {}),
            "axisQuantitative": config.get("axisQuantitative", {}) | PLAIN_ZERO,
        }
        return drawn


def show_chart(
    chart: TopLevelMixin,
    alt: str,
    place: DeltaGenerator | None = None,
    key: str | None = None,
    on_select: Callable[[], None] | None = None,
    selection_mode: Iterable[str] | None = None,
) -> None:
    """Show a chart that the tests of ``charts`` have checked against the grammar.

    Parameters
    ----------
    chart : the picture.
    alt : what it shows, for those who cannot see it.
    place : the part of the page; None is the one in hand.
    key : identity across reruns; needed where something in the picture can be selected.
    on_select : callback for a selection; None shows a picture that cannot be clicked.
    selection_mode : names of the selections that are listened to; None listens to all.
    """
    (place or st).altair_chart(
        cast(Chart, _Unchecked(chart)),
        alt=alt,
        key=key,
        on_select=on_select or "ignore",
        selection_mode=selection_mode,
    )


def show_on_wall(chart: TopLevelMixin, alt: str, height: int, n_rows: int, scale: float) -> None:
    """Show a chart large, in a height given in pixels; ``n_rows`` of it bear a name; ``scale`` is the window's."""
    large = _Unchecked(chart, partial(enlarge_spec, n_rows=n_rows, scale=scale))
    st.altair_chart(cast(Chart, large), alt=alt, height=height)
