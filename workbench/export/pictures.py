"""Draw the charts of the pages as vector graphics that stand in a file of their own: no script, font or link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import vl_convert
from altair import SCHEMA_VERSION, TopLevelMixin

from workbench.charts.outside_text import LONGEST_TEXT, safe_tooltips
from workbench.charts.palette import INK
from workbench.charts.standing import places_alt, places_chart
from workbench.charts.team_goal import team_goal_alt, team_goal_chart
from workbench.charts.value_axis import PLAIN_ZERO
from workbench.charts.wall import MOST_NAMED
from workbench.export.content import ExportContent
from workbench.scoring.team_goal import team_goal_by_period
from workbench.words.kpis import goal_name, unit_of_goal

WIDTH = 640
MOST_HEIGHT = 640
_NAMESPACES = re.compile(r' xmlns(?::\w+)?="[^"]*"')


def places_picture(content: ExportContent) -> str:
    """The places by score beside those in the goal as inline SVG; empty where nobody can be compared.

    Of more reps than can be named one below the other, nobody is.
    """
    seen, goal = content.seen, goal_name(content.design.required_goal)
    if seen.n_ranked < 2 or not seen.awards.goal_known:
        return ""
    named = seen.n_ranked <= MOST_NAMED
    chart = places_chart(seen.standing, seen.awards, content.names, goal, INK["light"], named=named)
    return inline_svg(chart, places_alt(seen.standing, seen.awards, content.names, goal))


def team_goal_picture(content: ExportContent) -> str:
    """The team's goal by period as inline SVG; empty for a goal that does not add up."""
    panel, goal = content.panel, content.design.required_goal
    sums = team_goal_by_period(panel, goal)
    if sums is None or sums.empty:
        return ""
    name = goal_name(goal, panel)
    chart = team_goal_chart(sums, name, unit_of_goal(goal, panel), panel.grain, INK["light"])
    return inline_svg(chart, team_goal_alt(sums, name, panel.grain))


def inline_svg(chart: TopLevelMixin, alt: str) -> str:
    """Return a chart as an ``<svg>`` for an HTML page, with its text for those who cannot see it.

    Nothing is loaded while drawing: what the chart draws from is in it.
    """
    spec = _sized(safe_tooltips(chart.to_dict(validate=False)))
    version = SCHEMA_VERSION.removeprefix("v").rsplit(".", 1)[0]
    svg = vl_convert.vegalite_to_svg(spec, vl_version=version, allowed_base_urls=[])
    plain = _NAMESPACES.sub("", svg)  # a page in HTML needs none, and they look like links
    return plain.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def _sized(spec: Mapping[str, Any]) -> dict[str, Any]:
    ours = {"aria": False, "text": {"limit": LONGEST_TEXT}, "axisQuantitative": PLAIN_ZERO, "background": None}
    config = {**spec.get("config", {}), **ours, "view": {"stroke": None}}
    height = spec.get("height")
    shown = min(height, MOST_HEIGHT) if isinstance(height, int | float) else height
    return {**spec, "width": WIDTH, "config": config, **({"height": shown} if height else {})}
