"""Cache the evidence of a design by content, with its progress the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Goal
from workbench.design.rules import check_design
from workbench.design.weighted_kpis import unweighted
from workbench.errors import errors
from workbench.evidence.build_record import build_record, build_scorecard_record
from workbench.evidence.evidence_scale import EvidencePanel, evidence_grain, to_evidence_scale
from workbench.evidence.heterogeneity import fit_kpi_slopes
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import Evidence, KpiEvidence, run_checks
from workbench.evidence.slopes import Slopes
from workbench.ui.session.progress import progress_bar
from workbench.ui.session.result_cache import ResultCache
from workbench.words.evidence_details import AMOUNT, HOW_MUCH, LEVEL, WORTH_TIME

KEPT = 24
CHECKING = {
    "validity": "Is it linked to the goal?",
    "lead": "Does it lead or follow?",
    "necessity": "Is it necessary?",
    "measurement": "Does it separate reps?",
    "drift": "Does the link still hold?",
    "style": "For whom?",
    "order": "Does it come before the goal or after it?",
    "shocks": "Do reps move together?",
    "returns": WORTH_TIME,
    "step": HOW_MUCH,
    "working": AMOUNT,
    "level_shifts": LEVEL,
}


@dataclass(frozen=True, eq=False)
class RecordWithEvidence:
    """What the checks read, and what they found."""

    record: Record
    evidence: Evidence


@st.cache_resource
def _results() -> ResultCache[RecordWithEvidence]:
    return ResultCache(KEPT)


def cached_scale(panel: Panel, design: Design) -> EvidencePanel:
    """The panel on the scale of evidence: by month or quarter, per day worked."""
    return _cached_scale(panel, panel.key, design.required_goal)


@st.cache_resource(max_entries=16, show_spinner=False)
def _cached_scale(_panel: Panel, panel_key: str, goal: Goal) -> EvidencePanel:
    return to_evidence_scale(_panel, goal)


def cached_evidence(panel: Panel, design: Design, options: EvidenceOptions) -> RecordWithEvidence:
    """Every check on every KPI. Weights do not matter to it, so changing them finds it again."""
    key = (panel.key, unweighted(design), options)
    found = _results().get(key)
    if found is None:
        with progress_bar("Looking at the history", CHECKING.__getitem__) as advance:
            found = _results().get_or_make(key, lambda tell: _check(panel, unweighted(design), options, tell), advance)
    return found


def _check(
    panel: Panel, design: Design, options: EvidenceOptions, advance: Callable[[float, str], None]
) -> RecordWithEvidence:
    record = build_record(panel, design, options.include_partial)
    return RecordWithEvidence(record, run_checks(record, options, advance))


def cached_verdicts(panel: Panel, design: Design) -> dict[str, str]:
    """The verdict on each KPI by its name; empty while the design cannot be measured."""
    if design.goal is None or not design.kpis or errors(check_design(design, panel)):
        return {}
    options = EvidenceOptions.for_grain(evidence_grain(panel, design.required_goal))
    return {one.kpi: one.verdict.name for one in cached_evidence(panel, design, options).evidence.kpis}


def cached_scorecard_evidence(panel: Panel, design: Design, options: EvidenceOptions) -> KpiEvidence:
    """The weighted score looked at as one KPI."""
    return _scorecard(panel, panel.key, design, options)


@st.cache_resource(max_entries=64, show_spinner=False)
def _scorecard(_panel: Panel, panel_key: str, design: Design, options: EvidenceOptions) -> KpiEvidence:
    return run_checks(build_scorecard_record(_panel, design, options.include_partial), options).kpis[0]


def cached_slopes(panel: Panel, design: Design, options: EvidenceOptions, k: int) -> Slopes | None:
    """How much the goal per unit of the k-th KPI differs between reps."""
    return _slopes(cached_evidence(panel, design, options).record, panel.key, unweighted(design), options, k)


@st.cache_resource(max_entries=128, show_spinner=False)
def _slopes(_record: Record, panel_key: str, design: Design, options: EvidenceOptions, k: int) -> Slopes | None:
    return fit_kpi_slopes(_record, k)
