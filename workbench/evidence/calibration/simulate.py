"""Simulate many histories of a world, run the checks, and count how often they are right."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from workbench.evidence.calibration.confounded_worlds import ConfoundedWorld
from workbench.evidence.calibration.dated_worlds import DatedWorld
from workbench.evidence.calibration.unusual_worlds import UnusualWorld
from workbench.evidence.calibration.worlds import World
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import Evidence, KpiEvidence, leading_lag, run_checks

AnyWorld = World | DatedWorld | ConfoundedWorld | UnusualWorld
CROWD, CROWDS = 3000, 2  # reps in a history that stands for the truth, and how many of them are averaged
DRAWS, DRAWS_OF_CROWD = 199, 19
AT_LAG = ("partial_within", "early", "late", "change", "segment A", "segment B", "per_unit")


@dataclass(frozen=True)
class SimulationResult:
    """The results of the checks on one world.

    Attributes
    ----------
    verdicts : KPI kind → verdict → share of histories.
    coverage : interval → (share of intervals that held the truth, number of intervals).
    alarms : test → kind → share of histories with p ≤ .05.
    """

    world: AnyWorld
    histories: int
    verdicts: dict[str, dict[str, float]]
    coverage: dict[str, tuple[float, int]]
    alarms: dict[str, dict[str, float]]


Truth = dict[tuple[str, str, int], float]
"""(interval, KPI kind, lag it is measured at) → value."""


def simulate_world(world: AnyWorld, histories: int, seed: int = 0, truth: Truth | None = None) -> SimulationResult:
    """Simulate ``histories`` of the world, and count how often its intervals hold the ``truth``."""
    rng, truth = np.random.default_rng(seed), truth or {}
    reports = [run_checks(world.history(rng), EvidenceOptions(draws=DRAWS, seed=place)) for place in range(histories)]
    return SimulationResult(world, histories, _verdict_rates(reports), _coverage(reports, truth), _alarm_rates(reports))


def stored_truth(crowd: AnyWorld, folder: Path) -> Truth:
    """Return the truth of a crowd, kept in the folder so that every process and every run reads one estimate."""
    path = folder / f"truth-{sha256(repr(crowd).encode()).hexdigest()[:16]}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        found = [[*key, value] for key, value in large_sample_truth(crowd).items()]
        path.write_text(json.dumps(found), encoding="utf-8")
    return {(name, kind, lag): value for name, kind, lag, value in json.loads(path.read_text(encoding="utf-8"))}


def large_sample_truth(world: AnyWorld) -> Truth:
    """Return each estimate's mean over large crowds, as the truth of intervals."""
    values = defaultdict(list)
    for seed in range(CROWDS):
        report = run_checks(world.history(np.random.default_rng(seed)), EvidenceOptions(draws=DRAWS_OF_CROWD))
        for key, (value, _, _) in report_intervals(report):
            values[key].append(value)
    return {key: float(np.mean(found)) for key, found in values.items()}


def report_intervals(report: Evidence) -> Iterator[tuple[tuple[str, str, int], tuple[float, float, float]]]:
    """Yield every interval of a report: ((name, kind, lag it was measured at), (value, low, high))."""
    for one in report.kpis:
        lag = leading_lag(one.findings.lead)
        for name, finding in _estimates(one):
            value = finding.rho if hasattr(finding, "rho") else finding.value
            yield (name, one.kpi, lag if name in AT_LAG else 0), (value, finding.low, finding.high)


def _estimates(one: KpiEvidence) -> Iterator[tuple[str, Any]]:
    f = one.findings
    for name in ("across_reps", "within_reps", "within_reps_and_periods", "rep_periods", "next_period"):
        yield name, getattr(f.validity, name)
    yield from ((f"lag {lag}", link) for lag, link in zip(f.lead.lags, f.lead.links, strict=True))
    if f.lead.given_last_goal is not None:
        yield "given_last_goal", f.lead.given_last_goal
    yield from (("partial_across", f.necessity.partial_across), ("partial_within", f.necessity.partial_within))
    for name in ("discrimination", "stability", "single_period"):
        yield name, getattr(f.measurement, name)
    yield from (("early", f.drift.early), ("late", f.drift.late), ("change", f.drift.change))
    yield from ((f"segment {s.segment}", s.link) for s in f.style.segments.links)
    if one.returns is not None:
        yield "per_unit", one.returns.per_unit


def _verdict_rates(reports: list[Evidence]) -> dict[str, dict[str, float]]:
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for one in report.kpis:
            said[one.kpi][one.verdict.name] += 1
    return {kind: {name: n / len(reports) for name, n in counts.items()} for kind, counts in said.items()}


def _coverage(reports: list[Evidence], truth: Truth) -> dict[str, tuple[float, int]]:
    """Return the coverage of intervals; those measured at another lag than the crowd's are not counted."""
    hits = defaultdict(list)
    for report in reports:
        for key, interval in report_intervals(report):
            target = truth.get(key, np.nan)
            if np.isfinite([*interval, target]).all():
                hits[key[0]].append(interval[1] <= target <= interval[2])
    return {name: (float(np.mean(held)), len(held)) for name, held in hits.items()}


def _alarm_rates(reports: list[Evidence]) -> dict[str, dict[str, float]]:
    rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for one in report.kpis:
            for test, p in _tests(one):
                if np.isfinite(p):
                    rates[test][one.kpi].append(p <= 0.05)
    return {test: {kind: float(np.mean(p)) for kind, p in kinds.items()} for test, kinds in rates.items()}


def _tests(one: KpiEvidence) -> Iterator[tuple[str, float]]:
    f = one.findings
    yield from (
        ("leads", f.lead.p_leads),
        ("follows", f.lead.p_follows),
        ("break", f.drift.p_break),
        ("reps differ", f.style.p_reps),
    )
    yield from ((f"{attribute} differs", p) for attribute, p in f.style.segments.p_differ.items())
