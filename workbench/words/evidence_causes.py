"""Sentences on other reasons for a link: the goal counted differently, follow-up, shocks that reps share."""

from __future__ import annotations

from workbench.evidence.encompassing import Encompassed
from workbench.evidence.event_order import EventOrder
from workbench.evidence.shared_shocks import SharedShocks
from workbench.scoring.correlation import Correlation
from workbench.words.links import has_interval, short_link_figures


def same_as_goal_sentence(name: str) -> str:
    """For a KPI that is the goal, counted differently."""
    return f"This is {name}, counted differently: it agrees with {name} by construction."


def next_period_sentence(link: Correlation, reading: str, name: str, more: str, grain: str) -> str:
    """Whether a KPI that contains the goal predicts the goal of the next period. ``more``: “more Sales”."""
    if not has_interval(link):
        return f"Whether it predicts {name} of the next {grain} cannot be told: {link.reason}."
    said = {
        "yes": f"It predicts {more} in the next {grain}",
        "no": f"It does not predict {more} in the next {grain} by an amount that matters",
        "unclear": f"Whether it predicts {name} of the next {grain} cannot be told from chance",
    }
    return f"{said[reading]}: {short_link_figures(link)}."


def after_goal_sentence(found: EventOrder, reading: str, name: str, grain: str) -> str:
    """Whether the KPI comes after the goal."""
    if reading != "yes":
        return f"It is not shown to come after {name}."
    how = "Day by day" if found.by_days else f"From {grain} to {grain}"
    return f"{how}, more of it comes after {name} than before: this looks like follow-up."


def unknown_order_sentence(found: EventOrder, name: str, grain: str) -> str:
    """What the order of periods cannot show; empty where days were read."""
    return "" if found.by_days else f"The data cannot show which came first within a {grain}: it, or {name}."


def shared_shocks_sentence(found: SharedShocks, reading: str, name: str) -> str:
    """Whether the link is made by what happens to several reps at once."""
    if reading != "yes" or found.without is None:
        return "Nothing that happens to several reps at once makes the link."
    return (
        f"It and {name} rise and fall for several reps at once. Without that, the link is not shown: "
        f"{short_link_figures(found.without)}."
    )


def encompassed_sentence(found: Encompassed | None, name: str) -> str:
    """Which stronger KPI already predicts what a KPI predicts, and that the stronger one stays."""
    if found is None:
        return f"No stronger KPI already predicts the same {name}."
    return (
        f"{found.by} already predicts most of the {name} that {found.kpi} predicts. {found.by} has the stronger link "
        f"on its own and stays. What {found.kpi} adds is too small to matter, if anything: "
        f"{short_link_figures(found.link)}."
    )
