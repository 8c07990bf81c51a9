"""The stop rule against a loop over its definition."""

import numpy as np
import pytest

from workbench.scoring.replay.stop_rule import apply_stop_rule


def read_slowly(x, y):
    """Fall, whether shown, and recent link at the end of complete histories."""
    y = y / y.mean(axis=0)
    x, y = (values - values.mean(axis=1, keepdims=True) for values in (x, y))
    z = np.arctanh([np.corrcoef(a, b)[0, 1] for a, b in zip(x.T, y.T, strict=True)])
    noise, falls = 1 / np.sqrt(len(x) - 3), []
    for at in range(6, len(z) - 2):
        before, after = z[:at], z[at:]
        within = (len(before) * before.var() + len(after) * after.var()) / (len(z) - 2)
        error = max(np.sqrt(within), noise) * np.sqrt(1 / len(before) + 1 / len(after))
        falls.append((before.mean() - after.mean()) / error)
    proven = z[:-6].mean() / (max(z[:-6].std(ddof=1), noise) / np.sqrt(len(z) - 6))
    return max(falls), proven >= 2.5, np.tanh(z[-6:].mean())


@pytest.mark.parametrize("restless", [0.0, 1.0])
@pytest.mark.parametrize("link", [0.0, 1.0])
def test_readings_are_those_of_a_loop_over_the_definition(link, restless):
    rng = np.random.default_rng([int(link), int(restless)])
    x = rng.normal(100, 20, (20, 18))
    slopes = link * (np.arange(18) < 10) + restless * rng.normal(size=18)
    y = 500 + slopes * (x - 100) + rng.normal(0, 15, x.shape)
    fall, shown, recent = read_slowly(x, y)
    found = apply_stop_rule(x, y, horizon=24)
    assert found.fall[-1] == pytest.approx(fall)
    assert found.link[-1] == pytest.approx(recent)
    assert (found.shown[-1], found.gone[-1]) == (shown, recent < 0.2)
