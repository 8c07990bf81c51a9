"""What is said of months cut by joining, leaving or vacation: true of the counts, short enough to be read aloud."""

from __future__ import annotations

import re

import pytest

from tests.sample_panels import sample_panel
from tests.scoring.panels import CALLS, design_of, random_panel, with_days_at_work
from workbench.data.aggregate.whole_periods import DaysKnown
from workbench.scoring.classification import CutPeriods, count_cut_periods
from workbench.scoring.history import score_history
from workbench.words.cut_periods import cut_periods_method, cut_periods_sentence


def known(n_unreadable: int, n_reps: int = 20) -> DaysKnown:
    return DaysKnown(n_reps, n_unreadable, 0, ("unreadable",))


def test_each_count_has_its_sentence():
    said = cut_periods_sentence(CutPeriods(10, 1, known(3)), "month")
    assert said == (
        "Targets are lowered to the days worked in 10 rep-months cut by joining, leaving or vacation. "
        "1 rep-month with fewer than 10 days worked is not scored. "
        "Days at work are unknown for 3 of 20 reps, so absence may look like little effort."
    )
    assert cut_periods_sentence(CutPeriods(1, 0, known(20)), "week") == (
        "The target is lowered to the days worked in 1 rep-week cut by joining, leaving or vacation. "
        "Days at work are unknown, so absence may look like little effort."
    )
    assert cut_periods_sentence(CutPeriods(0, 2, known(0)), "week") == (
        "2 rep-weeks with less than half of the days worked are not scored."
    )


@pytest.mark.parametrize("found", [CutPeriods(1000, 200, known(30, 400)), CutPeriods(1, 1, known(1, 2))])
def test_no_sentence_is_longer_than_twenty_words(found):
    sentences = re.split(r"(?<=\.) ", cut_periods_sentence(found, "quarter"))
    assert max(len(one.split()) for one in sentences) <= 20


def test_nothing_is_said_where_every_month_is_whole():
    panel = random_panel(1)
    for whole in (panel, with_days_at_work(panel, {})):
        found = count_cut_periods(score_history(whole, design_of(CALLS)), whole)
        assert (cut_periods_sentence(found, "month"), cut_periods_method(found, "month")) == ("", "")


def test_counts_are_those_of_the_sample_and_of_a_ratio_nothing_is_prorated():
    panel = sample_panel("dials-floor")
    goal = {"measure": "sales", "target": 20_000}
    found = count_cut_periods(score_history(panel, design_of({"name": "Quotes", "formula": "quotes", "target": 8,
                                                        "weight": 1}, goal=goal)), panel)  # fmt: skip
    assert found == CutPeriods(10, 1, DaysKnown(24, 0, 0, found.known.sources))
    assert "12 of 21 workdays" in cut_periods_method(found, "month")
