"""Lags: planted ones are found, chance is kept as a family, and a follower is called a follower."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from tests.evidence.planted import only, planted, record_of
from workbench.evidence import lead
from workbench.evidence.record import EvidenceOptions
from workbench.scoring.within_reps import within_rep_links


def findings(**more):
    record = planted(**more)
    return dict(zip(record.kpis, lead.check(record, EvidenceOptions(draws=399)), strict=True))


def test_planted_timings():
    found = findings(reps=60, periods=24)
    assert (found["lever"].timing, found["lever"].best_lag) == ("same_period", 0)
    assert (found["lagged_lever"].timing, found["lagged_lever"].best_lag) == ("leads", 2)
    assert found["follower"].timing == "follows"
    assert found["noise"].timing == "none"


def test_the_profile_is_the_link_at_each_shift():
    record = only(planted(reps=12, periods=9), "lever")
    found = lead.check(record, EvidenceOptions(draws=9))[0]
    assert found.lags == (-3, -2, -1, 0, 1, 2, 3)
    for lag, link in zip(found.lags, found.links, strict=True):
        x, y = record.values[0], record.goal
        pair = (x[:, : 9 - lag], y[:, lag:]) if lag >= 0 else (x[:, -lag:], y[:, : 9 + lag])
        assert link.rho == pytest.approx(within_rep_links(pair[0][None], pair[1])[0].r)


def test_p_is_that_of_all_whole_history_shuffles():
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    y = y + 0.8 * x
    record = record_of(x[None], y)
    a, b = (v - v.mean(axis=1, keepdims=True) - v.mean(axis=0) + v.mean() for v in (x, y))
    products = b @ a.T

    def clear(order):
        chosen = products[range(5), list(order)]
        return abs(chosen.sum()) / np.sqrt(np.sum(chosen**2))

    exact = np.mean([clear(order) >= clear(range(5)) - 1e-12 for order in permutations(range(5))])
    statistics = lead._shuffled_statistics(record, (0,), EvidenceOptions(draws=4000))
    assert lead._family_p(statistics[:, 0]) == pytest.approx(exact, abs=0.02)


def test_useless_kpis_are_rarely_called_levers_whatever_the_number_of_lags():
    hits = [lead.check(only(planted(10, 10, seed, leavers=0.6), "noise"), EvidenceOptions(draws=199))[0].p_leads <= 0.05
            for seed in range(120)]  # fmt: skip
    assert np.mean(hits) < 0.11  # .05 expected; three standard errors above


def test_short_histories_have_fewer_lags_and_say_so():
    found = lead.check(only(planted(reps=8, periods=4), "lever"), EvidenceOptions(draws=9))[0]
    assert found.lags == (-1, 0, 1)
    assert found.given_last_goal is None
    nothing = lead.check(only(planted(reps=8, periods=2), "lever"), EvidenceOptions(draws=9))[0]
    assert (nothing.lags, nothing.best_lag, nothing.timing) == ((), None, "unclear")
    assert np.isnan(nothing.p_leads)


def test_what_follows_the_last_goal_adds_nothing_given_that_goal():
    found = findings(reps=80, periods=24)
    assert found["follower"].links[found["follower"].lags.index(-1)].low > 0.4
    assert abs(found["follower"].given_last_goal.rho) < 0.08
    assert found["lagged_lever"].given_last_goal.low > 0.02


def test_equal_input_gives_equal_p():
    record = planted(reps=10, periods=8)
    assert [f.p_leads for f in lead.check(record, EvidenceOptions())] == [
        f.p_leads for f in lead.check(record, EvidenceOptions())
    ]
