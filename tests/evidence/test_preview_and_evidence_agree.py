"""Preview and Evidence ask the same of a KPI, and must say the same: one estimate, interval and number of reps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel, with_days_at_work
from workbench.data.model.panel import Panel
from workbench.evidence.build_record import build_record, build_scorecard_record
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.scoring.backtest import measure_kpi_agreements
from workbench.scoring.baselines import measure_score_agreement
from workbench.scoring.correlation import Correlation
from workbench.scoring.history import score_history

OPTIONS = EvidenceOptions(draws=19)
READINGS = ("across_reps", "within_reps", "within_reps_and_periods")
AWAY = {"rep 01": [("2024-02-15", "2024-02-29")], "rep 03": [("2024-03-01", "2024-03-25")],
        "rep 04": [("2024-01-01", "2024-01-15"), ("2024-05-06", "2024-05-17")]}  # fmt: skip


def cut_panel() -> Panel:
    """Counts of a whole month, less the part in which the rep was away."""
    panel = with_days_at_work(random_panel(5, n_reps=10, n_periods=8), AWAY)
    share = panel.frame["days_at_work"] / panel.frame["workdays"]
    counts = ["calls", "meetings", "closed", "won", "sales"]
    return replace(panel, frame=panel.frame.assign(**{name: panel.frame[name] * share for name in counts}))


def figures(found: Correlation) -> tuple[float, ...]:
    return found.rho, found.low, found.high, found.n, found.n_reps


@pytest.mark.parametrize("panel", [random_panel(4, n_reps=12, gaps=True), cut_panel()], ids=["gaps", "cut months"])
@pytest.mark.parametrize("reading", READINGS)
def test_a_kpi_has_the_same_link_on_both_pages(panel: Panel, reading: str) -> None:
    """Within reps Preview said Spearman's ρ, and Evidence Pearson's: two answers to one question."""
    design = design_of(CALLS, MEETINGS, WIN_RATE)
    on_preview = measure_kpi_agreements(panel, score_history(panel, design))
    on_evidence = run_checks(build_record(panel, design), OPTIONS).kpis
    for one, other in zip(on_preview, on_evidence, strict=True):
        theirs = figures(getattr(other.findings.validity, reading))
        assert figures(getattr(one.agreement, reading)) == pytest.approx(theirs, abs=1e-9)


def test_so_has_the_scorecard() -> None:
    panel, design = random_panel(6, n_reps=12, gaps=True), design_of(CALLS, MEETINGS)
    seen = measure_score_agreement(score_history(panel, design))
    shown = run_checks(build_scorecard_record(panel, design), OPTIONS).kpis[0].findings.validity
    for reading in READINGS:
        assert figures(getattr(seen, reading)) == pytest.approx(figures(getattr(shown, reading)), abs=1e-9), reading
