"""The next pair of reps to compare, chosen after a click: it has to be there before the hand is."""

from __future__ import annotations

import time

import numpy as np

from workbench.weights.next_pair import choose_next_pair

NAME = "next-pair"
HELP = "choosing the next pair among 200 reps with 12 KPIs"
LIMIT = 1.0  # seconds
ROUNDS = 20


def run() -> str:
    """The median time of a choice."""
    points = np.random.default_rng(0).uniform(0, 100, (200, 12))
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        choose_next_pair(points, [(0, 1)])
        times.append(time.perf_counter() - started)
    median = float(np.median(times))
    if median > LIMIT:
        raise AssertionError(f"choosing the next pair took {median:.2f} s, more than {LIMIT} s")
    return f"{median:.3f} s (median of {ROUNDS})"
