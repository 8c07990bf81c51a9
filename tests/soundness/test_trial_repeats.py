"""A repeated trial, a trial of another change and a further look each borrowed what was not theirs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from tests.trials.planted import planted_panel
from tests.words.test_trials import check_sentences
from workbench.data.model.panel import Panel
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.same_data import can_still_claim, with_looks_carried
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.words.trial_card import look_needs
from workbench.words.trial_parts import reliability_sentences
from workbench.words.trial_reasons import trial_warning_sentences
from workbench.words.trials import trial_answer

TREATED = [f"rep {i:02d}" for i in range(10)]
LAST = dt.date(2025, 6, 30)


def card(**changes: Any) -> TrialFile:
    content = {"name": "A", "change": "More calls", "measure": "sales", "treated": TREATED, "before": 6,
               "start": "2025-01-01", "end": "2025-06-30", "assignment": "random"}  # fmt: skip
    return parse_trial(content | changes)


def panel(effect: float, months: int = 18, noise: float = 0.05, more: dict[str, np.ndarray] | None = None) -> Panel:
    dice = np.random.default_rng(7)
    values = 30 * np.exp(dice.normal(0, 0.3, (20, 1))) * np.exp(dice.normal(0, noise, (20, months)))
    values[:10, 12:] += effect
    return planted_panel(values, more=more)


def codes(file: TrialFile, data: Panel, other: TrialFile) -> set[str]:
    return {each.code for each in evaluate_trial(data, file, others=[other]).warnings}


def test_a_trial_repeated_after_the_first_is_not_judged_against_months_that_hold_the_change() -> None:
    """The second half of a lasting +6 was compared with its first half: “about $0.9 more”, and nothing said why."""
    data, first = panel(6.0, months=24), card(name="First")
    again = card(name="Repeated", start="2025-07-01", end="2025-12-31")
    found = evaluate_trial(data, again, others=[first])
    assert (found.verdict, found.reasons[-1]) == ("cannot_tell", "overlapping_trial")
    assert {each.code for each in found.warnings} >= {"trial_in_before"}
    assert "same_data" not in {each.code for each in found.warnings}
    known = evaluate_trial(data, first, others=[again])
    assert known.verdict == "helps", "what comes later changes nothing"
    assert not {"same_data", "overlapping_trials"} & codes(first, data, again)


@pytest.mark.parametrize("end", ["2025-07-31", None])
def test_a_day_in_common_does_not_make_a_repeated_trial_one_look_with_the_first(end: str | None) -> None:
    """The first ran a month into the second: “about $0.75 more” against six months that held the change."""
    again = card(name="Repeated", start="2025-07-01", end="2025-12-31")
    found = evaluate_trial(panel(6.0, months=24), again, others=[card(name="First", end=end)])
    assert (found.verdict, found.reasons[-1]) == ("cannot_tell", "overlapping_trial")
    assert "overlapping_trials" in {each.code for each in found.warnings}


def test_a_trial_of_another_change_does_not_impose_its_plan() -> None:
    """A new system without a last day made six whole months of more calls “ended too early”."""
    data = panel(8.0)
    other = card(name="CRM", change="New CRM", start="2024-06-01", end=None)
    kept = with_looks_carried(card(), None, [other], data, LAST)
    assert (kept.plan, kept.ended_early) == (LAST, False)
    assert kept.tries == 2, "the same reps in the same months all the same"
    assert "ended_early" not in evaluate_trial(data, kept).reasons
    same = with_looks_carried(card(), None, [card(start="2024-06-01", end=None)], data, LAST)
    assert (same.plan, same.ended_early) == (None, True)


def test_no_effect_is_not_claimed_at_a_further_look_with_the_certainty_of_the_first() -> None:
    data = panel(0.0)
    once, often = (evaluate_trial(data, card(tries=n)) for n in (1, 9))
    assert once.verdict == "no_effect_seen"
    assert (often.verdict, often.reasons) == ("cannot_tell", ("tried_before",))
    assert "look 9 at the same data proves nothing" in trial_answer(often)


def test_the_range_of_a_further_look_promises_nothing() -> None:
    """“About 95 of 100 likely ranges hold the true effect” was said of the one card of many that claimed."""
    once, third = (evaluate_trial(panel(9.0), card(tries=n)) for n in (1, 3))
    assert (once.verdict, third.verdict) == ("helps", "helps")
    assert any(each.startswith("Of 100 such trials") for each in reliability_sentences(once))
    said = " ".join(reliability_sentences(third))
    assert "may promise too much at look 3 at the same data" in said
    assert "95" not in said
    check_sentences(said)


@pytest.mark.parametrize(("tries", "chance"), [(2, "1 in 200"), (3, "1 in 400"), (6, "1 in 3,200")])
def test_what_a_further_look_needs_is_a_chance_people_can_picture(tries: int, chance: str) -> None:
    assert look_needs(tries) == (
        f"The effect must be much clearer than at a first look: {chance} by chance, not 1 in 20."
    )
    check_sentences(look_needs(tries))


def test_a_look_that_can_claim_nothing_says_so() -> None:
    """Look 20 needed “2.62m times less chance”; from look 7 no effect, however large, can be claimed."""
    assert [can_still_claim(tries) for tries in (1, 6, 7, 20)] == [True, True, False, False]
    verdicts = [evaluate_trial(panel(60.0), card(tries=tries)).verdict for tries in (6, 7)]
    assert verdicts == ["helps", "cannot_tell"]
    assert look_needs(7) == "These data can no longer prove an effect. Plan a trial on new months."


def test_cards_that_were_all_planned_before_their_data_say_that_each_may_be_wrong() -> None:
    """Ten measures of one change, planned before the start, have ten times the 5 % and no further look."""
    data = panel(0.0, more={"calls": np.random.default_rng(3).normal(30, 3, (20, 18))})
    ahead = dt.date(2024, 12, 31)
    first = with_looks_carried(card(name="First"), None, [], data, ahead)
    second = with_looks_carried(card(name="Second", measure="calls"), None, [first], data, ahead)
    assert (first.tries, second.tries) == (1, 1)
    own = "Each keeps its own 5% risk of a false claim"
    assert own in " ".join(trial_warning_sentences(evaluate_trial(data, second, others=[first])))
    copied = " ".join(trial_warning_sentences(evaluate_trial(data, first, others=[card(name="Copy")])))
    assert "What was planned first counts for both." in copied
    later = " ".join(trial_warning_sentences(evaluate_trial(data, second, others=[card(tries=2)])))
    assert own not in later
