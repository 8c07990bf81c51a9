"""Shifts of a level: the Nile against R's strucchange, planted teams, and series that only wander."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.signal import lfilter

from tests.evidence.planted import record_of
from workbench.evidence.evidence_json import evidence_json
from workbench.evidence.level_shifts import find_level_shift, shift_statistics, team_series
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.words.evidence import About
from workbench.words.evidence_details import questions_and_answers
from workbench.words.evidence_shifts import goal_shift_sentence, level_shift_sentence

FEW = EvidenceOptions(draws=199)
ABOUT = About("Sales", "month", FEW)


def nile() -> np.ndarray:
    """Annual flow at Aswan, 1871 to 1970 (R's ``Nile``)."""
    return sm.datasets.nile.load_pandas().data["volume"].to_numpy()


def test_the_nile_has_one_new_level_from_1899():
    """strucchange: ``sctest(Fstats(Nile ~ 1))`` sup.F 75.93; ``breakpoints`` 1898, levels 1097.75 and 849.97."""
    found = find_level_shift(nile(), np.arange(1871, 1971), EvidenceOptions())
    assert found.at == 1899
    assert found.f == pytest.approx(75.93, abs=0.005)
    assert (found.before, found.after) == pytest.approx((1097.75, 849.97), abs=0.005)
    assert found.p == 0.001
    after = find_level_shift(nile()[28:], np.arange(1899, 1971), EvidenceOptions())
    assert not after.shifted(0.95)


def test_f_is_that_of_two_means_against_one():
    y = np.random.default_rng(1).normal(size=30)
    places, f = shift_statistics(y[None])
    total = np.sum((y - y.mean()) ** 2)
    for place, one in zip(places, f[0], strict=True):
        rest = sum(np.sum((part - part.mean()) ** 2) for part in (y[:place], y[place:]))
        assert one == pytest.approx((total - rest) / (rest / 28))
    assert (places[0], places[-1]) == (4, 26)


def wandering(kind: str, rng: np.random.Generator, n: int = 24) -> np.ndarray:
    memory = {"memory": 0.6}.get(kind, 0.0)
    series = lfilter([np.sqrt(1 - memory**2)], [1, -memory], rng.normal(size=n + 50))[50:]
    season = 1.2 * np.sin(2 * np.pi * (np.arange(n) + rng.integers(12)) / 12) if kind == "season" else 0.0
    return series + season + (2.5 * (np.arange(n) >= n // 3) if kind == "shift" else 0.0)


@pytest.mark.parametrize("kind", ["white", "memory", "season"])
def test_a_series_that_wanders_or_has_seasons_has_no_new_level(kind):
    found = [find_level_shift(wandering(kind, np.random.default_rng(seed)), np.arange(24), FEW) for seed in range(200)]
    assert np.mean([one.shifted(0.95) for one in found]) <= 0.06


def test_a_planted_shift_is_found_at_its_date():
    found = [
        find_level_shift(wandering("shift", np.random.default_rng(seed)), np.arange(24), FEW) for seed in range(99)
    ]
    assert np.mean([one.shifted(0.95) for one in found]) >= 0.75
    assert np.mean([abs(one.at - 8) <= 1 for one in found]) >= 0.85


def test_who_joins_and_leaves_moves_no_level():
    """The best sellers leaving half-way made the team's mean fall, and nobody sold less than before."""
    rng = np.random.default_rng(5)
    sales = np.arange(20)[:, None] * 10.0 + rng.normal(0, 1, (20, 24))
    sales[10:, 12:] = np.nan
    assert np.nanmean(sales, axis=0)[11] - np.nanmean(sales, axis=0)[12] > 45
    assert np.ptp(team_series(sales)) < 3
    assert not find_level_shift(team_series(sales), np.arange(24), FEW).shifted(0.95)


def test_the_report_names_the_shift_of_the_goal_and_of_a_kpi():
    rng = np.random.default_rng(6)
    later = np.arange(24) >= 10
    goal = 20_000 + 5_000 * later + rng.normal(0, 1_000, (12, 24))
    kpis = np.stack([50 + rng.normal(0, 3, (12, 24)), 50 - 8 * later + rng.normal(0, 3, (12, 24))])
    found = run_checks(record_of(kpis, goal), FEW)
    at = str(found.goal_shift.at.astype("datetime64[M]"))
    said = goal_shift_sentence(found.goal_shift, ABOUT, "USD")
    assert said.startswith("Sales moved from $20.1k to $25k per rep and month in ")
    assert len(said.split()) <= 20
    assert [bool(dict(questions_and_answers(one, ABOUT)).get("Did the KPI's level change?")) for one in found.kpis] == [
        False, True,
    ]  # fmt: skip
    assert evidence_json(found)["goal_level_shift"]["at"].startswith(at)
    assert evidence_json(found)["kpis"][1]["level_shift"]["after"] == pytest.approx(42, abs=1)
    less = goal_shift_sentence(found.goal_shift, replace(ABOUT, more="less"))
    assert re.findall(r"-|−", less)
    assert goal_shift_sentence(found.goal_shift, replace(ABOUT, more="better")) == ""


@pytest.mark.parametrize("series", [np.arange(17.0), np.ones(30), np.full(30, np.nan)])
def test_too_little_to_tell_says_nothing(series):
    found = find_level_shift(series, np.arange(len(series)), FEW)
    assert (found.at, found.shifted(0.95)) == (None, False)
    assert level_shift_sentence("Calls", found, ABOUT) == ""
