"""What is said where several reps move together for a reason that the data do not name."""

from __future__ import annotations

from workbench.evidence.shared_shocks import SharedShocks
from workbench.evidence.verdict import Findings
from workbench.words.links import has_interval, link_figures


def wider_range_sentence(found: SharedShocks) -> str:
    """Say that the range of a link within reps is wider than reps alone would make it; empty where it is not."""
    if found.wide is None or not has_interval(found.wide):
        return ""
    return "Several reps move together here for a reason the data do not name, so the likely range is wider."


def wider_range_figures(found: Findings) -> str:
    """``with shared periods: ρ 0.21, 95% CI …``; empty where the range is that of reps alone."""
    wide = found.link_within_reps
    return f"with shared periods: {link_figures(wide)}" if found.shocks.wide and has_interval(wide) else ""
