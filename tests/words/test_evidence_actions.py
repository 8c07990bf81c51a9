"""What a weight of 0 does to the ranking is said before it is set, and a loss is called one."""

from __future__ import annotations

import pytest

from workbench.scoring.classification import Awards
from workbench.words.evidence_actions import is_worse_on_top, weight_zero_sentence

BEST = ("a", "b", "c", "d")


def awards(*winners: str, best: tuple[str, ...] = BEST) -> Awards:
    return Awards(top=4, winners=winners, best_sellers=best)


@pytest.mark.parametrize(
    ("before", "after", "said", "worse"),
    [
        (awards("a", "x"), awards("a", "b"), "Without Dials, 2 of 4 best sellers are on top instead of 1.", False),
        (awards("a", "b"), awards("a", "x"), "Without Dials, only 1 of 4 best sellers is on top instead of 2.", True),
        (awards("a", "b"), awards("c", "d"), "Without Dials, 2 of 4 best sellers are on top, as today.", False),
        (awards("a", best=()), awards("b", best=()), "", False),
    ],
)
def test_best_sellers_on_top_before_and_after(before: Awards, after: Awards, said: str, worse: bool) -> None:
    assert weight_zero_sentence("Dials", before, after) == said
    assert is_worse_on_top(before, after) is worse


def test_the_last_weight_is_not_taken_away() -> None:
    assert weight_zero_sentence("Dials", awards("a"), None) == (
        "Dials alone has a weight. Give another KPI a weight first."
    )
