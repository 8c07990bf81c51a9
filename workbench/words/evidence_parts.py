"""Phrases that several sentences on the evidence share."""

from __future__ import annotations

import math

from workbench.evidence.lead import Lead
from workbench.evidence.necessity import Necessity
from workbench.words.links import has_interval, short_link_figures
from workbench.words.numbers import pluralize

OWN_USUAL = "When a rep does better at it than usual"


def lag_words(lag: int, grain: str) -> str:
    """``2 months later``; ``in the same month`` without a delay."""
    return f"{pluralize(lag, grain)} later" if lag > 0 else same_period_words(grain)


def same_period_words(grain: str) -> str:
    """``in the same month``, ``on the same day``."""
    return f"{'on' if grain == 'day' else 'in'} the same {grain}"


def lag_range_words(lead: Lead, grain: str) -> str:
    """``neither at once nor up to 3 months later``."""
    most = max(lead.lags)
    return "at once" if most <= 0 else f"neither at once nor up to {pluralize(most, grain)} later"


def partial_links_words(found: Necessity) -> str:
    """The partial links within and across reps, and how many left-out reps it helps to predict."""
    parts = [
        f"{where} {short_link_figures(link)}"
        for link, where in ((found.partial_within, "within reps"), (found.partial_across, "across reps"))
        if has_interval(link)
    ]
    gain = found.gain_within
    if math.isfinite(gain.r2) and found.partial_within.low > 0:
        parts.append(f"it predicts {gain.better} of {pluralize(gain.n_reps, 'left-out rep')} better")
    return "; ".join(parts) or (found.partial_within.reason or found.partial_across.reason)


def p_value(p: float) -> str:
    """``0.003``, ``0.001 or less``; a dash when missing."""
    return "–" if not math.isfinite(p) else "0.001 or less" if p <= 0.001 else f"{p:.3f}"
