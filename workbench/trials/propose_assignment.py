"""Propose who is to change: drawn at random within strata of past performance, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class ProposedAssignment:
    """Units to treat and units to compare with, sorted; ``strata`` are the units drawn among, best first."""

    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    strata: tuple[tuple[str, ...], ...]
    seed: int


def propose_assignment(names: np.ndarray, past: np.ndarray, n_treated: int, seed: int) -> ProposedAssignment:
    """Draw the units to treat within strata of neighbours in the past, everybody with the same chance.

    Neighbours are shuffled, and every n-th is taken from a random place on (systematic sampling), so that strata of
    unequal size are fair too.

    Parameters
    ----------
    names : (U,) units. past : (U,) their values before; units without one stand last.
    n_treated : how many to draw, at least 1 and fewer than there are units (ValueError otherwise).
    """
    if not 0 < n_treated < len(names):
        raise ValueError("the number of treated units must leave somebody on both sides")
    dice = np.random.default_rng(seed)
    order = np.argsort(-np.nan_to_num(past, nan=-np.inf), kind="stable")
    groups = np.array_split(order, min(n_treated, len(names) - n_treated))
    shuffled = np.concatenate([dice.permutation(group) for group in groups])
    steps = np.floor(np.arange(len(names) + 1) * n_treated / len(names) + dice.random())
    drawn = shuffled[np.diff(steps) > 0]
    treated = np.isin(np.arange(len(names)), drawn)
    return ProposedAssignment(
        tuple(sorted(map(str, names[treated]))), tuple(sorted(map(str, names[~treated]))),
        tuple(tuple(map(str, names[group])) for group in groups), seed,
    )  # fmt: skip


def propose_starts(names: np.ndarray, seed: int) -> tuple[str, ...]:
    """Return units in the random order in which they are to start one after the other."""
    return tuple(map(str, np.random.default_rng(seed).permutation(names)))
