"""The smallest difference that matters in the goal's own unit, against links of planted slope."""

from __future__ import annotations

import numpy as np
import pytest

from tests.evidence.planted import record_of
from workbench.evidence import step
from workbench.evidence.jackknife import Estimate
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.step import Step, smallest_link_of
from workbench.scoring.within_reps import within_rep_links
from workbench.words.evidence_about import About
from workbench.words.evidence_threshold import amount_help, amount_label


@pytest.mark.parametrize("smallest", [0.1, 0.2, 0.5])
def test_the_amount_that_a_step_goes_with_is_the_link_itself(smallest: float) -> None:
    rng = np.random.default_rng(1)
    meetings = 20 + 8 * rng.normal(size=(30, 24))
    sales = 1000 * meetings + 20_000 * rng.normal(size=(30, 24))
    record, options = record_of(meetings[None], sales), EvidenceOptions(smallest=smallest)
    (found,) = step.check(record, options)
    link = within_rep_links(record.values, record.goal)[0]
    assert found.size == 10
    assert smallest_link_of(found, found.goal.value, smallest) == pytest.approx(link.r)
    assert smallest_link_of(found, found.smallest, smallest) == pytest.approx(smallest)
    planted = smallest_link_of(found, 10 * 1000, smallest)  # ten more meetings, at $1,000 each
    assert planted == pytest.approx(8 / np.hypot(8, 20), abs=0.04)


def test_the_question_names_both_units() -> None:
    nothing = Estimate(0.0, -1.0, 1.0, 10, 5, "")
    found = Step(10.0, nothing, 1000.0)
    about = About.of("Sales", "month", EvidenceOptions(), "higher")
    label = amount_label(found, about, "Meetings", "USD")
    assert label == "Smallest difference in Sales that matters, for a month with Meetings better by 10, in USD"
    assert amount_label(found, about, "Meetings", None) == label.removesuffix(", in USD")
    assert amount_help(found, 0.2) == "A link of 0.2 is 1,000 here. Other KPIs are held to the same link."
