"""Phrases of the evidence that several sentences share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbench.evidence.lead import Lead
from workbench.evidence.necessity import Necessity
from workbench.words.links import figures_short, known
from workbench.words.panels import counted


def join_all(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


OWN_USUAL = "When a rep does better at it than usual"


def moment(lag: int, grain: str) -> str:
    """``2 months later``; ``in the same month`` without a delay."""
    return f"{counted(lag, grain)} later" if lag > 0 else same(grain)


def same(grain: str) -> str:
    """``in the same month``, ``on the same day``."""
    return f"{'on' if grain == 'day' else 'in'} the same {grain}"


def span_of_lags(lead: Lead, grain: str) -> str:
    """``neither at once nor up to 3 months later``."""
    most = max(lead.lags)
    return "at once" if most <= 0 else f"neither at once nor up to {counted(most, grain)} later"


def links_of(found: Necessity) -> str:
    """The partial links within and across reps, and how many left-out reps it helps to predict."""
    parts = [
        f"{where} {figures_short(link)}"
        for link, where in ((found.partial_within, "within reps"), (found.partial_across, "across reps"))
        if known(link)
    ]
    gain = found.gain_within
    if math.isfinite(gain.r2) and found.partial_within.low > 0:
        parts.append(f"it predicts {gain.better} of {counted(gain.n_reps, 'left-out rep')} better")
    return "; ".join(parts) or (found.partial_within.reason or found.partial_across.reason)
