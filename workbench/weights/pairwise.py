"""Derive weights from pairwise comparisons of KPIs (AHP), and find contradicting answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workbench.errors import InputError, Issue, Where

# Saaty's random index: the average inconsistency of answers given by dice, for 3 … 15 KPIs.
RANDOM_INDEX = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ACCEPTABLE = 0.1


@dataclass(frozen=True)
class Triad:
    """Three inconsistent answers: a is ``a_over_b`` × b, b is ``b_over_c`` × c, yet a was answered as ``a_over_c`` × c.

    ``factor`` is the ratio of the last answer to the one implied by the first two; 1 is consistent.
    """

    a: str
    b: str
    c: str
    a_over_b: float
    b_over_c: float
    a_over_c: float

    @property
    def implied(self) -> float:
        return self.a_over_b * self.b_over_c

    @property
    def factor(self) -> float:
        ratio = self.implied / self.a_over_c
        return max(ratio, 1 / ratio)


@dataclass(frozen=True)
class Pairwise:
    """Weights from comparisons.

    Attributes
    ----------
    weights : adding up to 100. consistency : the consistency ratio; up to 0.1 is acceptable, NaN for fewer than
        three KPIs. n_missing : comparisons not answered. triads : the worst contradictions first.
    """

    weights: dict[str, float]
    consistency: float
    n_missing: int
    triads: tuple[Triad, ...]

    @property
    def acceptable(self) -> bool:
        return not self.consistency > ACCEPTABLE


def weights_from_comparisons(kpis: Sequence[str], answers: Mapping[tuple[str, str], float]) -> Pairwise:
    """Return weights as the principal eigenvector of the comparisons (Saaty), with missing ones as in Harker 1987.

    Parameters
    ----------
    answers : (a, b) → how many times as important a is as b, above 0; each pair once, in either direction.

    Raises
    ------
    InputError
        An answer that is not above 0, an unknown KPI, or KPIs that no chain of answers links.
    """
    matrix = _comparison_matrix(kpis, answers)
    n = len(kpis)
    answered = matrix > 0
    np.fill_diagonal(answered, False)
    n_missing = (n * (n - 1) - int(answered.sum())) // 2
    _check_linked(kpis, answered)
    np.fill_diagonal(matrix, n - answered.sum(axis=1))
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    consistency = np.nan
    if n >= 3:
        index = RANDOM_INDEX[min(n, len(RANDOM_INDEX) + 2) - 3]
        consistency = max(0.0, (values[first].real - n) / (n - 1) / index)
    return Pairwise(dict(zip(kpis, (100 * weights / weights.sum()).tolist(), strict=True)), float(consistency),
                    n_missing, _triads(kpis, matrix, answered))  # fmt: skip


def _comparison_matrix(kpis: Sequence[str], answers: Mapping[tuple[str, str], float]) -> np.ndarray:
    place, matrix, issues = {name: i for i, name in enumerate(kpis)}, np.zeros((len(kpis), len(kpis))), []
    for (a, b), times in answers.items():
        if a not in place or b not in place or a == b:
            issues.append(_issue((a, b), "not_two_kpis"))
        elif not (np.isfinite(times) and times > 0):
            issues.append(_issue((a, b), "not_above_zero"))
        else:
            matrix[place[a], place[b]], matrix[place[b], place[a]] = times, 1 / times
    if issues:
        raise InputError(issues)
    return matrix


def _check_linked(kpis: Sequence[str], answered: np.ndarray) -> None:
    reached = np.linalg.matrix_power((answered | np.eye(len(kpis), dtype=bool)).astype(float), max(1, len(kpis) - 1))
    alone = [name for name, linked in zip(kpis, reached[0] > 0, strict=True) if not linked]
    if alone:
        raise InputError(_issue(tuple(alone), "unlinked", kpis[0]))


def _triads(kpis: Sequence[str], matrix: np.ndarray, answered: np.ndarray) -> tuple[Triad, ...]:
    found = [
        Triad(kpis[i], kpis[j], kpis[k], matrix[i, j], matrix[j, k], matrix[i, k])
        for i, j, k in combinations(range(len(kpis)), 3)
        if answered[i, j] and answered[j, k] and answered[i, k]
    ]
    return tuple(sorted((t for t in found if t.factor > 1 + 1e-9), key=lambda t: -t.factor))


def _issue(answer: tuple[str, ...], problem: str, first: str = "") -> Issue:
    return Issue.of("error", "comparison", Where(answer=answer), problem=problem, first=first)
