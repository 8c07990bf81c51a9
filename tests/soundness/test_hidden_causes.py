"""Links that vanish within groups went unsaid once; and how strong a hidden cause would have to be."""

from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import record_of
from tests.evidence.test_validity import BERKELEY
from workbench.evidence import validity
from workbench.evidence.e_value import compute_e_values, e_value, risk_ratio
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.validity import Reversal, across_within_segments, is_reversed_within, is_vanished_within
from workbench.scoring.correlation import Correlation, correlate


def test_berkeleys_link_vanishes_within_departments():
    """Across all applicants men are admitted more often (.143); within departments nothing is left (−.018)."""
    man = np.concatenate([np.repeat([1.0, 1, 0, 0], counts) for counts in BERKELEY.values()])
    admitted = np.concatenate([np.repeat([1.0, 0, 1, 0], counts) for counts in BERKELEY.values()])
    department = np.repeat(list(BERKELEY), [sum(counts) for counts in BERKELEY.values()])
    pooled = correlate(man, admitted, np.arange(len(man)))
    inside = across_within_segments(man, admitted, department, 0.95)
    assert (pooled.rho, inside.rho) == (pytest.approx(0.143, abs=0.001), pytest.approx(-0.018, abs=0.002))
    assert is_vanished_within(Reversal("department", pooled, inside))
    assert not is_reversed_within(Reversal("department", pooled, inside))


def team(seed: int, between: float, within: float, n: int = 40, months: int = 12) -> Record:
    rng = np.random.default_rng(seed)
    place = np.repeat([0.0, 1, 2, 3], n // 4)
    x = 2 * between * place + rng.normal(size=n)
    y = 2 * between * place + within * x + rng.normal(size=n)
    noise = rng.normal(0, 0.3, (2, n, months))
    segments = {"office": np.array([f"office {int(at)}" for at in place], dtype=object)}
    return replace(record_of((x[:, None] + noise[0])[None], y[:, None] + noise[1]), segments=segments)


def vanished(record: Record) -> list[str]:
    return [found.attribute for found in validity.check(record, EvidenceOptions())[0].vanished]


def test_a_link_that_is_only_the_offices_is_told_and_an_honest_one_is_not():
    """20 teams of 40 reps in four offices each; all but a few of the vanished links are told, no honest one is."""
    assert sum(vanished(team(seed, between=1, within=0)) == ["office"] for seed in range(20)) >= 18
    assert sum(vanished(team(seed, between=0, within=1)) == [] for seed in range(20)) == 20


@pytest.mark.parametrize(
    ("ratio", "published"),
    [(3.9, 7.26), (1.8, 3.0), (0.80, 1.81), (0.91, 1.43)],
    ids=["breastfeeding and infant deaths", "its interval", "ovarian cancer", "its interval's end"],
)
def test_e_values_are_the_published_ones(ratio, published):
    """VanderWeele & Ding 2017, Ann Intern Med 167:268: RR 3.9 (1.8 to 8.7), and RR 0.80 (0.71 to 0.91)."""
    assert e_value(ratio) == pytest.approx(published, abs=0.006)


def test_a_correlation_is_read_as_a_risk_ratio():
    """d = 2·.5 ÷ √.75 = 1.1547; exp(.91·d) = 2.860."""
    assert risk_ratio(0.5) == pytest.approx(2.860, abs=0.001)
    assert risk_ratio(-0.5) == pytest.approx(1 / 2.860, abs=0.001)
    assert risk_ratio(1.0) == np.inf


def test_an_interval_around_nothing_needs_no_hidden_cause():
    doubtful = compute_e_values(Correlation(0.2, -0.1, 0.5, 20, 20, "by hand"))
    assert doubtful.times > 1
    assert doubtful.times_to_doubt == 1
    assert np.isnan(compute_e_values(Correlation(np.nan, np.nan, np.nan, 0, 0, "by hand")).times)
    negative = compute_e_values(Correlation(-0.5, -0.7, -0.2, 20, 20, "by hand"))
    assert negative.times == pytest.approx(e_value(2.860), abs=0.005)
    assert 1 < negative.times_to_doubt < negative.times
