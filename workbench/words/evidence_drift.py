"""Sentences on whether a link still holds."""

from __future__ import annotations

from workbench.evidence.drift import Drift
from workbench.words.links import short_link_figures
from workbench.words.numbers import signed_number


def holds_sentence(found: Drift, reading: str) -> str:
    """Whether the link holds in the later part of the history."""
    now = short_link_figures(found.now)
    said = {"yes": "The link still holds", "no": "By now there is no link that matters",
            "unclear": "Whether the link still holds cannot be told"}  # fmt: skip
    return f"{said[reading]}: {now} in the later part of the history."


def weakens_sentence(found: Drift, reading: str) -> str:
    """Whether the link became weaker from the first half to the second."""
    halves = f"ρ {signed_number(found.early.rho)} in the first half, {signed_number(found.late.rho)} in the second"
    return (
        f"The link has become weaker: {halves}." if reading == "yes" else f"The link has not become weaker: {halves}."
    )


def decoupled_sentence(found: Drift, name: str) -> str:
    """The link of each half, of a KPI that has lost its link."""
    halves = f"{short_link_figures(found.early)} in the first half, {short_link_figures(found.late)} in the second"
    return f"It went with {name} once and no longer does: {halves}."
