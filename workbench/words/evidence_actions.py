"""What to do about a verdict: the label of its button, and how a trial would be run."""

from __future__ import annotations

from workbench.evidence.verdict import VerdictName
from workbench.words.evidence_about import About

ACTIONS: dict[VerdictName, str] = {
    "drop": "Set weight to 0",
    "watch": "Try it as a trial",
    "not enough data": "Find more history",
}
TRIAL_MONTHS = {"day": "three months", "week": "three months", "month": "six months", "quarter": "four quarters"}


def trial_steps(kpi: str, about: About) -> tuple[str, ...]:
    """How to try a KPI, in three steps."""
    return (
        f"Draw lots: half of the team works on {kpi} for {TRIAL_MONTHS[about.grain]}.",
        "The other half works as before.",
        f"Keep {kpi} if the first half then has {about.more_goal} than the second.",
    )
