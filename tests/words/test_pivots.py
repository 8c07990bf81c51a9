"""What is said of pivots: the step, the review, and what happened since."""

from __future__ import annotations

import math

import pytest

from tests.decisions import DAY, decided, pivoted
from workbench.design.model import Goal, Kpi
from workbench.scoring.before_since import BeforeSince
from workbench.words import pivots as words

MADE = pivoted("Dials", "stop", "2026-01-10", "2026-02-01")
SIX = "Sales: $21.5k per rep and month in the 6 months since, $15k in the 6 before."
GOAL = Goal(measure="sales", label="Sales", unit="USD")


def test_a_pivot_in_a_line() -> None:
    assert words.pivot_headline(MADE) == "Stop Dials from 1 February 2026 on"
    assert words.pivot_line(MADE, DAY(2026, 2, 1)) == (
        "Logged 10 January 2026 by Ann. Review in 90 days, on 2 May 2026."
    )
    assert words.review_line(MADE, "Floor", DAY(2026, 5, 2)) == "“Stop Dials” (Floor): The review is due today."
    assert words.review_line(decided("A", "2026-01-10", "2026-02-01"), "Floor", DAY(2026, 5, 2)).startswith("“A” (")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (BeforeSince(15_000, 21_500, 6, 6), SIX),
        (BeforeSince(15_000, 21_500, 1, 1), SIX.replace("6 months", "1 month").replace("6", "1")),
        (BeforeSince(math.nan, math.nan, 0, 0), "Sales: no whole month since then yet."),
        (BeforeSince(math.nan, math.nan, 0, 3), "Sales: no month before to compare with."),
    ],
)  # fmt: skip
def test_what_happened_to_the_goal_since(found: BeforeSince, said: str) -> None:
    assert words.goal_since_sentence(GOAL, found, "month") == said
    assert len(said.split()) <= 20


def test_a_share_is_said_in_per_cent() -> None:
    rate = Kpi(name="Win rate", formula="won / closed")
    assert words.kpi_since_sentence(rate, BeforeSince(0.4, 0.55, 3, 3), "quarter") == (
        "Win rate: 55% in the 3 quarters since, 40% in the 3 before."
    )
