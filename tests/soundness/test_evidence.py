"""Verdicts that were silently wrong once, kept so that they cannot come back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import planted, record_of
from workbench.evidence import necessity, validity
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import run_checks


def lever_and(other: np.ndarray | None) -> Record:
    """A lever beside one more KPI, or alone."""
    rng = np.random.default_rng(1)
    lever = rng.normal(size=(30, 18)) + rng.normal(size=(30, 1))
    goal = 0.5 * lever + rng.normal(size=(30, 18))
    return record_of(np.stack([lever] if other is None else [lever, other]), goal)


MOSTLY_MISSING = np.where(np.arange(18) == 0, 1.0, np.nan) * np.arange(30.0)[:, None]


@pytest.mark.parametrize("useless", [np.full((30, 18), 5.0), np.full((30, 18), np.nan), MOSTLY_MISSING],
                         ids=["constant", "missing", "mostly missing"])  # fmt: skip
def test_a_kpi_without_content_takes_nothing_from_the_others(useless):
    """A constant or missing KPI made every other one's link given the others unknown: a lever was only watched."""
    alone, beside = (run_checks(lever_and(other)).kpis[0] for other in (None, useless))
    assert (alone.verdict.name, beside.verdict.name) == ("keep", "keep")
    one, other = (found.findings.necessity for found in (alone, beside))
    assert other.partial_within.rho == pytest.approx(one.partial_within.rho, abs=1e-8)
    assert other.partial_within.low == pytest.approx(one.partial_within.low, abs=1e-8)
    assert other.gain_within.r2 == pytest.approx(one.gain_within.r2, abs=1e-8)


def test_a_copy_is_found_beside_a_kpi_without_values():
    """One KPI without values kept every copy from being found."""
    record = planted(reps=40, periods=24, kinds=("lever", "copy", "noise"))
    values, seasons, levels = record.values.copy(), record.seasons.values.copy(), record.rep_values.copy()
    values[2], seasons[2], levels[2] = np.nan, np.nan, np.nan
    empty = replace(record, values=values, rep_values=levels, seasons=replace(record.seasons, values=seasons))
    found = necessity.check(empty, EvidenceOptions())
    assert [one.overlap.redundant for one in found] == [False, True, False]
    assert found[0].overlap.nearest == "copy"


def test_an_interval_across_reps_that_holds_everything_is_not_read_as_no_link():
    """Once nothing was seen within reps, "reps who are better at it do not sell more" was said of ρ −0.5 to 0.4."""
    rng = np.random.default_rng(2)
    goal = rng.normal(size=(12, 60)) + 2 * rng.normal(size=(12, 1))
    found = validity.check(
        record_of((rng.normal(size=(12, 60)) + rng.normal(size=(12, 1)))[None], goal), EvidenceOptions()
    )[0]
    assert found.within_reps_and_periods.high < 0.2 < found.across_reps.high
    assert found.pattern == "no_lever"
