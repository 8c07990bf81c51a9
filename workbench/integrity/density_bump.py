"""How many values a bin holds against what the bins around it let expect, and against other bins as round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from scipy.stats import nbinom, poisson

AROUND = 4  # bins on each side
STEEPEST, MOST_CURVED = 2.0, 0.25  # prior standard deviations of the log density's slope and curvature a bin
NEWTON_STEPS = 30
LEAST_COUNT = 0.5

_BINS = np.array([k for k in range(-AROUND, AROUND + 1) if k])
_CURVE = np.column_stack([np.ones(2 * AROUND), _BINS, _BINS**2]).astype(float)
_PENALTY = np.diag([1e-6, 1 / STEEPEST**2, 1 / MOST_CURVED**2])


@dataclass(frozen=True)
class Bump:
    """The bin from a line on, and what is expected there.

    Attributes
    ----------
    at : values in the bin. below, above : in the ``AROUND`` bins on each side.
    expected : by the bins around it. error : standard error of the log of ``expected``.
    clumping : variance over that of independent values, at least 1: the same reps come again.
    """

    at: int
    below: int
    above: int
    expected: float
    error: float
    clumping: float

    @property
    def excess(self) -> float:
        """log of the values found over those expected."""
        return float(np.log((self.at + LEAST_COUNT) / (self.expected + LEAST_COUNT)))

    @property
    def excess_error(self) -> float:
        return float(np.sqrt(self.clumping * (self.error**2 + 1 / (self.expected + LEAST_COUNT))))


def measure_bump(offsets: np.ndarray, reps: np.ndarray, width: float, line: float = 0.0) -> Bump:
    """Hold the bin [line, line + width) against the log density of its neighbours, a parabola (Kleven 2016).

    Parameters
    ----------
    offsets : (values,) how far each is above the line 0. reps : (values,) whose it is.
    """
    bins = np.floor((offsets - line) / width + 1e-9)
    near = np.abs(bins) <= AROUND
    _, rep = np.unique(reps[near], return_inverse=True)
    n_reps = int(rep.max(initial=-1)) + 1
    counts = np.zeros((n_reps, 2 * AROUND + 1))
    np.add.at(counts, (rep, bins[near].astype(int) + AROUND), 1.0)
    whole = counts.sum(axis=0)
    around = np.delete(counts, AROUND, axis=1)
    expected, errors = _expect(np.vstack([around.sum(axis=0), around.sum(axis=0) - around]))
    left_over = whole[AROUND] - expected[0]
    model = expected[0] * (1 + expected[0] * errors[0] ** 2)
    clumping = 1.0
    if n_reps > 2:
        without = whole[AROUND] - counts[:, AROUND] - expected[1:]
        pseudo = n_reps * left_over - (n_reps - 1) * without
        clumping = max(1.0, float(np.var(pseudo, ddof=1) / n_reps / model))
    return Bump(
        int(whole[AROUND]), int(whole[:AROUND].sum()), int(whole[AROUND + 1 :].sum()), float(expected[0]),
        float(errors[0]), clumping,
    )  # fmt: skip


def _expect(around: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (rows,) expected counts in the middle bin and the standard errors of their logs.

    Parameters
    ----------
    around : (rows, bins) counts in the bins on both sides.

    Notes
    -----
    Poisson regression on a parabola in the logs, with weak priors that keep it finite where bins are empty. A normal
    density is such a parabola, so that many who truly meet the target, or a narrowed spread, are no bump.
    """
    beta = np.zeros((len(around), 3))
    beta[:, 0] = np.log(around.mean(axis=1) + LEAST_COUNT)
    for _ in range(NEWTON_STEPS):
        rate = np.exp(np.clip(beta @ _CURVE.T, -20, 20))
        score = (around - rate) @ _CURVE - beta @ _PENALTY
        hessian = np.einsum("rb,bi,bj->rij", rate, _CURVE, _CURVE) + _PENALTY
        step = np.linalg.solve(hessian, score[:, :, None])[:, :, 0]
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max(initial=0) < 1e-8:
            break
    return np.exp(beta[:, 0]), np.sqrt(np.linalg.inv(hessian)[:, 0, 0])


def chance_of_bump(bump: Bump, placebos: list[Bump]) -> tuple[float, float]:
    """Return z and the one-sided p of so many values in the bin, beyond what other bins as round hold too much.

    Mid-p of a negative binomial: Poisson counts around an expectation that is itself uncertain.
    """
    more, error = usual_excess(placebos)
    expected = bump.expected * np.exp(max(more, 0.0))
    spread = bump.clumping * expected * (1 + expected * bump.error**2) + (expected * error) ** 2
    if spread <= expected * (1 + 1e-9):
        above, exactly = poisson.sf(bump.at, expected), poisson.pmf(bump.at, expected)
    else:
        size = expected**2 / (spread - expected)
        share = size / (size + expected)
        above, exactly = nbinom.sf(bump.at, size, share), nbinom.pmf(bump.at, size, share)
    p = float(np.clip(above + exactly / 2, 1e-15, 1 - 1e-15))
    return float(-ndtri(p)), p


def usual_excess(placebos: list[Bump]) -> tuple[float, float]:
    """Return the mean excess of other bins as round, and the error with which it holds for one more; 0 without any."""
    if not placebos:
        return 0.0, 0.0
    excess, variance = (np.array([getattr(one, name) for one in placebos]) for name in ("excess", "excess_error"))
    variance = variance**2
    weights = 1 / variance
    mean = float(np.sum(weights * excess) / np.sum(weights))
    q, n = float(np.sum(weights * (excess - mean) ** 2)), len(placebos)
    scale = float(np.sum(weights) - np.sum(weights**2) / np.sum(weights))
    between = max(0.0, (q - (n - 1)) / scale) if scale > 0 else 0.0
    return mean, float(np.sqrt(1 / np.sum(weights) + between))
