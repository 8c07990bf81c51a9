"""Run all checks on one history, for the Evidence page and the ``evidence`` command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np

from workbench.data.model.dataset import Grain
from workbench.evidence import (
    drift,
    event_order,
    heterogeneity,
    lead,
    level_shifts,
    measurement,
    necessity,
    returns,
    shared_shocks,
    step,
    validity,
    working_periods,
)
from workbench.evidence.encompassing import find_encompassed_across, find_encompassed_within
from workbench.evidence.evidence_scale import ExposureEffect
from workbench.evidence.level_shifts import LevelShift
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.returns import Returns
from workbench.evidence.shock_segments import with_shock_segments
from workbench.evidence.step import Step
from workbench.evidence.verdict import Fact, Findings, Scope, Verdict, decide_verdict, read_facts
from workbench.evidence.working_periods import WorkingPeriods


@dataclass(frozen=True)
class Check:
    """A module with NAME, SOURCE and check(history, options). ``at_lag``: it sees each KPI at the lag it leads by."""

    module: ModuleType
    at_lag: bool = True


CHECKS: tuple[Check, ...] = (
    Check(validity, at_lag=False),
    Check(lead, at_lag=False),
    Check(necessity),
    Check(measurement, at_lag=False),
    Check(drift),
    Check(heterogeneity),
    Check(event_order, at_lag=False),
    Check(shared_shocks),
    Check(returns),
    Check(step),
    Check(working_periods, at_lag=False),
    Check(level_shifts, at_lag=False),
)


@dataclass(frozen=True)
class KpiEvidence:
    """The findings and the verdict of one KPI."""

    kpi: str
    findings: Findings
    returns: Returns | None
    verdict: Verdict
    step: Step
    working: WorkingPeriods | None
    shift: LevelShift


@dataclass(frozen=True)
class Evidence:
    """The whole report, KPIs in the order of the design; periods are months or quarters, as ``grain`` says.

    ``scope``: what the history can show at all (see ``record_scope``).
    """

    kpis: tuple[KpiEvidence, ...]
    n_reps: int
    n_periods: int
    options: EvidenceOptions
    grain: Grain = "month"
    exposed: ExposureEffect | None = None
    goal_shift: LevelShift | None = None
    scope: Scope = "panel"

    @property
    def periods_per_rep(self) -> int:
        """The length of the history: 1 where no rep has two periods, even if they lie in different years."""
        return 1 if self.scope == "one period" else self.n_periods


def run_checks(record: Record, options: EvidenceOptions | None = None,
             progress: Callable[[float, str], None] | None = None) -> Evidence:  # fmt: skip
    """Run every check on every KPI.

    Parameters
    ----------
    progress : called with the share done and the name of the check about to run.
    """
    options, found = options or EvidenceOptions(), {}
    if not record.kpis:
        return Evidence(
            (), record.n_reps, record.n_periods, options, record.grain, record.exposed, scope=record_scope(record)
        )
    if options.take_out_periods:
        record = with_shock_segments(record)
    seen = record
    for place, one in enumerate(CHECKS):
        if progress:
            progress(place / len(CHECKS), one.module.NAME)
        found[one.module.NAME] = one.module.check(seen if one.at_lag else record, options)
        if one.module is lead:
            seen = record.leading_by(tuple(leading_lag(finding) for finding in found[lead.NAME]))
    back, steps, working, shifts = (found.pop(m.NAME) for m in (returns, step, working_periods, level_shifts))
    scope = record_scope(record)
    rows = [
        Findings(**{name: by_kpi[k] for name, by_kpi in found.items()}, scope=scope) for k in range(len(record.kpis))
    ]
    rows = with_encompassed(seen, rows, options)
    return Evidence(
        tuple(
            KpiEvidence(kpi, row, back[k], decide_verdict(row, options, record.n_reps, record.n_periods), steps[k],
            working[k], shifts[k]) for k, (kpi, row) in enumerate(zip(record.kpis, rows, strict=True))
        ),
        record.n_reps, record.n_periods, options, record.grain, record.exposed,
        level_shifts.goal_shift(record, options), scope,
    )  # fmt: skip


def leading_lag(finding: lead.Lead) -> int:
    """Return the lag used by later checks: that by which the KPI leads beyond chance, else 0."""
    return finding.best_lag if finding.timing == "leads" and finding.best_lag else 0


SPOILED: tuple[Fact, ...] = ("goal", "copy", "decoupled", "follows", "uneven", "after", "shocks")
"""Facts that take a KPI's link away from it: such a KPI neither encompasses others nor is held against them."""


def with_encompassed(record: Record, rows: list[Findings], options: EvidenceOptions) -> list[Findings]:
    """Add which KPIs stronger ones encompass: levers within reps, and those shown to be traits only across reps."""
    known = [read_facts(row, options) for row in rows]
    sound = [k for k, facts in enumerate(known) if all(facts[spoil] != "yes" for spoil in SPOILED)]
    spare = [k for k in sound if known[k]["adds"] != "yes"]
    levers = [k for k in sound if known[k]["lever"] == "yes"]
    given = {k: rows[k].necessity for k in spare}
    weak = [k for k in levers if k in given and given[k].partial_within.high < options.smallest]
    found = find_encompassed_within(record, levers, weak, options)
    traits = [k for k in sound if known[k]["trait"] == "yes" and k not in found]
    only_traits = [k for k in traits if k in given and (known[k]["lever"] == "no" or known[k]["one_period"] == "yes")
                   and given[k].partial_across.high < options.smallest]  # fmt: skip
    found |= find_encompassed_across(record, traits, only_traits, options)
    return [replace(row, encompassed=found.get(k)) for k, row in enumerate(rows)]


def record_scope(record: Record) -> Scope:
    """Return what a record can show at all, by its number of reps and by the periods of each.

    Reps with one period each show no more than one period does, even if those periods lie in different years.
    """
    if record.n_reps == 1:
        return "one rep"
    periods = np.isfinite(record.goal).sum(axis=1)
    return "one period" if periods.max(initial=0) == 1 else "panel"
