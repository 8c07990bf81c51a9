"""Phrases that several sentences on the evidence share."""

from __future__ import annotations

import math

from workbench.evidence.lead import Lead
from workbench.evidence.necessity import Necessity
from workbench.words.links import has_interval, link_figures
from workbench.words.numbers import pluralize


def lag_words(lag: int, grain: str) -> str:
    """``2 months later``; ``in the same month`` without a delay."""
    return f"{pluralize(lag, grain)} later" if lag > 0 else same_period_words(grain)


def same_period_words(grain: str) -> str:
    """``in the same month``, ``on the same day``."""
    return f"{'on' if grain == 'day' else 'in'} the same {grain}"


def link_question_words(across: bool, lag: int, grain: str) -> str:
    """What a link compares: ``Rep against rep``, ``Same rep, same month`` or ``Same rep, 1 month later``."""
    if across:
        return "Rep against rep"
    return f"Same rep, {lag_words(lag, grain) if lag > 0 else f'same {grain}'}"


def lag_range_words(lead: Lead, grain: str) -> str:
    """``not that month, nor the next 3``; ``not that month`` where no delay could be looked at."""
    most, now = max(lead.lags), f"not that {grain}"
    return now if most <= 0 else f"{now}, nor the next" if most == 1 else f"{now}, nor the next {most}"


def partial_links_words(found: Necessity) -> str:
    """The partial links within and across reps, and how many left-out reps the KPI helps to predict."""
    parts = [
        f"{where}: {link_figures(link)}"
        for link, where in (
            (found.partial_within, "given the others, within reps"),
            (found.partial_across, "given the others, across reps"),
        )
        if has_interval(link)
    ]
    gain = found.gain_within
    if math.isfinite(gain.r2) and found.partial_within.low > 0:
        parts.append(f"{gain.better} of {pluralize(gain.n_reps, 'left-out rep')} predicted better")
    return "; ".join(parts) or (found.partial_within.reason or found.partial_across.reason)
