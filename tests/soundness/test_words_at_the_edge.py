"""Sentences that once claimed more than their numbers: thresholds met by a hair, n of pairs, worlds left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evidence.planted import planted
from workbench.evidence.calibration.calibration_table import load_table
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import Findings, run_checks
from workbench.evidence.verdict import Reason
from workbench.scoring.correlation import Correlation
from workbench.words import evidence as words
from workbench.words.calibration import KINDS, calibration_sentence, useless_kept_sentence
from workbench.words.evidence_details import validity_answer
from workbench.words.links import link_figures, link_small_print, link_words

ABOUT = words.About("Sales", "month", EvidenceOptions())


def link(high: float, low: float = -0.1, pairs: int = 480) -> Correlation:
    return Correlation((low + high) / 2, low, high, pairs, 20, "by hand")


@pytest.fixture(scope="module")
def findings() -> Findings:
    return run_checks(planted(reps=12, periods=12, kinds=("noise", "lever"))).kpis[0].findings


@pytest.mark.parametrize(("high", "certain"), [(0.19, True), (0.1949, True), (0.1951, False), (0.1999, False)])
def test_a_threshold_met_by_less_than_half_a_hundredth_is_not_told_as_certain(findings, high, certain):
    lead = replace(findings.lead, lags=(0,), links=(link(high),), best_lag=0)
    said = [words.reason_sentence(Reason("lever", "no", lead), ABOUT),
            words.reason_sentence(Reason("trait", "no", link(high)), ABOUT)]  # fmt: skip
    assert all(("slightly" in one) is not certain for one in said)
    assert ("are no better for Sales" in said[0]) is certain
    assert (link_words(link(high)) == "no link that matters") is certain
    valid = replace(findings.validity, across_reps=link(0.1))
    told = validity_answer(replace(findings, validity=valid, lead=lead), ABOUT)
    assert ("slightly" in told) is not certain


def test_n_is_reps_and_pairs_are_small_print():
    """ "n = 335 pairs of 24 reps" read like 335 witnesses."""
    found = link(0.38, 0.12, pairs=335)
    assert link_figures(found) == "ρ 0.25, 95% CI 0.12 to 0.38, 20 reps"
    assert link_small_print(found) == "ρ 0.25, 95% CI 0.12 to 0.38, 20 reps (335 pairs)"
    assert link_small_print(link(0.38, 0.12, pairs=20)) == link_figures(link(0.38, 0.12, pairs=20))


def test_useless_kpis_kept_are_those_of_all_published_worlds_and_the_worst_is_named():
    """Only the world most like the team was looked at: 1% where another published world has 4%."""
    rows = load_table()
    worst = max(share for row in rows for share in row.false_keep.values())
    said = useless_kept_sentence(rows)
    assert f"Over all {len(rows)} simulated worlds" in said
    assert f"at most {100 * worst:.0f}% of teams" in said
    named = [(row, kind) for row in rows for kind, share in row.false_keep.items() if share == worst]
    assert any(f"{KINDS[kind]} ({row.reps} × {row.periods}" in said for row, kind in named)
    assert calibration_sentence(20, 24).endswith(said)
