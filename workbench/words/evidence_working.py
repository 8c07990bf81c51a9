"""What is said where a KPI's link is that of months with any of its work and months without."""

from __future__ import annotations

from workbench.evidence.working_periods import WorkingPeriods
from workbench.words.evidence_about import About
from workbench.words.links import link_figures
from workbench.words.numbers import pluralize


def working_answer(kpi: str, found: WorkingPeriods | None, about: About) -> str:
    """The link among rep-periods with any of the KPI's work beside that over all; empty where they do not differ."""
    if found is None or not found.differs:
        return ""
    idle = f"{found.n_idle:,} of {pluralize(found.n, f'rep-{about.grain}')} have no {kpi}."
    whole, working = link_figures(found.whole), link_figures(found.working)
    sizes = f"All {about.grain}s: {whole}. {about.grain.capitalize()}s with any {kpi}: {working}."
    return " ".join(filter(None, [_meaning(kpi, found, about), idle, sizes]))


def _meaning(kpi: str, found: WorkingPeriods, about: About) -> str:
    some = f"{about.grain}s with any {kpi}"
    if found.whole.low > 0 and not found.working.low > 0:
        return f"The link only separates {some} from {about.grain}s without any. Among {some}, no link is detectable."
    if found.working.low > 0 and not found.whole.low > 0:
        return (
            f"Among {some}, doing better is linked to {about.more_goal}. The {about.grain}s without any hide the link."
        )
    return ""
