"""Weights begin even and total 100, and stay so until somebody sets one."""

from __future__ import annotations

import pytest

from workbench.design.even_weights import even_weights, keep_even
from workbench.design.model import Design, Kpi


def design_of(*weights: float) -> Design:
    kpis = tuple(Kpi(name=f"K{k}", formula=f"k{k}", weight=weight) for k, weight in enumerate(weights))
    return Design(name="Ours", kpis=kpis)


def weights_of(design: Design) -> list[float]:
    return [kpi.weight for kpi in design.kpis]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 30])
def test_even_weights_total_a_hundred_and_differ_by_one_at_most(n: int) -> None:
    weights = even_weights(n)
    assert (len(weights), sum(weights)) == (n, 100)
    assert max(weights) - min(weights) <= 1


def test_newcomers_share_evenly_until_somebody_has_set_a_weight() -> None:
    assert weights_of(keep_even(design_of(), design_of(10, 10, 10))) == [34, 33, 33]
    assert weights_of(keep_even(design_of(34, 33, 33), design_of(34, 33, 33, 33))) == [25, 25, 25, 25]
    assert weights_of(keep_even(design_of(70, 15, 15), design_of(70, 15, 15, 33))) == [70, 15, 15, 33]
    assert weights_of(keep_even(design_of(20, 20), design_of(20, 20, 20))) == [20, 20, 20]


def test_a_kpi_that_is_off_stays_off_and_nothing_else_changes_without_a_newcomer() -> None:
    assert weights_of(keep_even(design_of(100, 0), design_of(100, 0, 10))) == [50, 0, 50]
    assert weights_of(keep_even(design_of(50, 50), design_of(50, 50, 0))) == [50, 50, 0]
    assert keep_even(design_of(), design_of()) == design_of()
