"""Sentences on days at work: what was scaled to whole months, left out, or could not be read."""

from __future__ import annotations

import math

from workbench.data.aggregate.whole_periods import LEAST_DAYS
from workbench.evidence.evidence_scale import ExposureEffect
from workbench.evidence.validity import Validity
from workbench.words.days_at_work import unknown_days_sentence
from workbench.words.links import has_interval
from workbench.words.numbers import signed_number

TELLING = 0.1
"""Between the link as counted and per day worked, from which the difference is worth a sentence."""


def exposure_sentence(found: ExposureEffect | None, grain: str) -> str:
    """How cut months were treated; empty where every rep-period is whole and known to be."""
    if found is None:
        return ""
    return " ".join(text for text in (_per_day(found, grain), unknown_days_sentence(found.known, grain)) if text)


def _per_day(found: ExposureEffect, grain: str) -> str:
    if not found.changed:
        return ""
    cut = f"Counts are compared per day worked: absence cut {found.n_cut:,} of {found.n_rows:,} rep-{grain}s."
    if not found.n_left_out:
        return cut
    return f"{cut} {_left_out(found.n_left_out, grain)}"


def _left_out(n: int, grain: str) -> str:
    few = f"{LEAST_DAYS} days worked" if grain == "month" else "half of the days worked"
    return f"{n:,} more with less than {few} {'is' if n == 1 else 'are'} left out."


def exposure_difference_sentence(found: Validity) -> str:
    """What the link would be had all rep-periods counted as whole, where that is telling."""
    counted_, worked = found.as_counted, found.within_reps_and_periods
    if counted_ is None or not has_interval(counted_) or not math.isfinite(worked.rho):
        return ""
    if abs(counted_.rho - worked.rho) < TELLING:
        return ""
    return (
        f"Without regard to days worked the link would be {signed_number(counted_.rho)}; per day worked it is "
        f"{signed_number(worked.rho)}. The difference is time at work, not effort."
    )
