"""A duplicate of a trial was a way round its declared looks, and round the one chance that a trial has."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from tests.trials.planted import planted_panel
from workbench.trials.calibration.simulate_trials import other_ways, simulate_trials
from workbench.trials.calibration.trial_worlds import TrialWorld
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.same_data import judged_alike, looks_at_same_data, same_people, times_surer, with_looks_carried
from workbench.trials.trial_file import TrialFile, parse_trial, trial_json
from workbench.trials.trial_finding import TrialFinding
from workbench.words.trial_card import card_lines, further_look_line
from workbench.words.trial_reasons import trial_warning_sentences, verdict_reason_sentences
from workbench.words.trials import trial_answer

LAST = dt.date(2025, 6, 30)
TREATED = [f"rep {i:02d}" for i in range(10)]


def card(**changes: Any) -> TrialFile:
    content = {"name": "A", "change": "More calls", "measure": "sales", "treated": TREATED, "before": 6,
               "start": "2025-01-01", "end": "2025-12-31", "looks": 6, "assignment": "random"}  # fmt: skip
    return parse_trial(content | changes)


def panel(effect: float = 0.0, seed: int = 7):
    rng = np.random.default_rng(seed)
    values = 30 * np.exp(rng.normal(0, 0.3, (20, 1))) * np.exp(rng.normal(0, 0.2, (20, 18)))
    values[:10, 12:] += effect
    return planted_panel(values, more={"calls": values[::-1]})


def codes(found: TrialFinding) -> list[str]:
    return [each.code for each in found.warnings]


def test_a_duplicate_with_an_earlier_end_is_judged_as_a_look_of_the_first_plan() -> None:
    data = panel(4.5)
    fresh = card(name="A (copy)", end=LAST, looks=1)
    assert evaluate_trial(data, fresh).verdict == "helps", "what the way round would have claimed"
    carried = with_looks_carried(fresh, None, [card()], data, LAST)
    assert (carried.planned_end, carried.ended_early, carried.looks) == (dt.date(2025, 12, 31), True, 6)
    assert carried.tries == 1, "the same plan, seen earlier"
    found = evaluate_trial(data, carried)
    assert (found.verdict, found.reasons) == ("cannot_tell", ("ended_early",))


def test_a_duplicate_of_a_trial_without_an_end_has_no_plan_either() -> None:
    carried = with_looks_carried(card(end=LAST, looks=1), None, [card(end=None, looks=1)], panel(), LAST)
    assert (carried.plan, carried.ended_early) == (None, True)


@pytest.mark.parametrize(
    "other", [card(start="2025-02-01"), card(treated=TREATED[:3]), card(measure="sales / 2"), card(before=3),
              card(assignment="chosen")],
)  # fmt: skip
def test_another_start_measure_or_history_is_one_more_look_and_keeps_the_plan(other: TrialFile) -> None:
    """A duplicate with its start moved by a month, or another measure, was a fresh trial with the whole 5 %."""
    data, fresh = panel(), card(end=LAST, looks=1)
    carried = with_looks_carried(fresh, None, [other], data, LAST)
    assert (carried.tries, carried.looks, carried.plan) == (2, 6, dt.date(2025, 12, 31))
    assert with_looks_carried(fresh, None, [other, carried.model_copy(update={"before": 4})], data, LAST).tries == 3
    assert with_looks_carried(other, None, [other, carried], data, LAST).tries == 1, "back to the first"


def test_a_start_that_is_moved_within_the_data_counts_on_the_card_itself() -> None:
    data, first = panel(), card(end=LAST)
    moved = with_looks_carried(card(end=LAST, start="2025-02-01"), first, [first], data, LAST)
    assert moved.tries == 2
    again = with_looks_carried(card(end=LAST, start="2024-12-01"), moved, [moved, first], data, LAST)
    assert again.tries == 3
    assert with_looks_carried(again.model_copy(update={"owner": "Ana"}), again, [again, moved], data, LAST).tries == 3
    assert with_looks_carried(first, again, [again, moved, first], data, LAST).tries == 1
    assert parse_trial(trial_json(again)) == again
    assert "tries" not in trial_json(first)


def test_by_way_of_a_start_in_the_future_nothing_is_forgotten() -> None:
    data, first = panel(), card(end=LAST)
    ahead = with_looks_carried(card(start="2025-07-01"), first, [first], data, LAST)
    assert ahead.tries == 1, "nobody has seen what comes then"
    back = with_looks_carried(card(start="2025-03-01", end=LAST), ahead, [ahead, first], data, LAST)
    assert (back.tries, back.plan) == (2, None)


def test_other_people_and_other_changes_at_other_times_look_at_other_data() -> None:
    data, fresh = panel(), card(end=LAST, looks=1)
    others = [f"rep {i:02d}" for i in range(10, 20)]
    for other in (card(treated=others), card(change="New prices", start="2024-07-01", end="2024-12-31")):
        assert not looks_at_same_data(fresh, other, data)
        assert with_looks_carried(fresh, None, [other], data, LAST) == fresh
    assert looks_at_same_data(fresh, card(start="2024-07-01", end="2024-12-31"), data), "one change has one first day"
    everybody = card(treated="everybody")
    assert not looks_at_same_data(fresh, everybody, data), "nobody was compared there"
    assert looks_at_same_data(everybody, card(treated="everybody", start="2025-02-01"), data)
    by_formula = card(treated="rep <= 'rep 09'", end=LAST)
    assert same_people(fresh, by_formula, data), "the same reps, said in another way"
    assert judged_alike(fresh, by_formula, data)
    ahead = card(start="2025-07-01", end="2025-12-31", looks=1)
    planned = card(start="2025-07-01", end="2026-06-30", looks=3)
    assert with_looks_carried(ahead, None, [planned], data, LAST) == ahead, "nobody has seen these data yet"


def test_a_card_changed_into_one_that_is_there_carries_its_plan() -> None:
    data = panel()
    kept = card(measure="sales / 2", end=LAST, looks=1)
    changed = kept.model_copy(update={"measure": "sales"})
    assert with_looks_carried(changed, kept, [card()], data, LAST).plan == dt.date(2025, 12, 31)
    assert with_looks_carried(kept, kept, [card()], data, LAST).plan == kept.plan


def test_looks_can_only_become_more_once_a_trial_runs() -> None:
    data = panel()
    assert with_looks_carried(card(looks=1), card(), [], data, LAST).looks == 6
    assert with_looks_carried(card(looks=8), card(), [], data, LAST).looks == 8
    ahead = card(start="2025-07-01")
    assert with_looks_carried(ahead.model_copy(update={"looks": 1}), ahead, [], data, LAST).looks == 1


def test_a_further_look_must_be_much_surer_and_says_so() -> None:
    data = panel(6.0)
    once, twice, often = (evaluate_trial(data, card(end=LAST, looks=1, tries=n)) for n in (1, 2, 9))
    assert (once.verdict, twice.claim.p) == ("helps", pytest.approx(10 * once.claim.p))
    assert (often.verdict, often.reasons) == ("cannot_tell", ("tried_before",))
    assert codes(often).count("tried_before") == 1
    assert trial_answer(often).endswith("yet not certain enough for look 9 at the same data; 10 against 10 reps.")
    assert verdict_reason_sentences(often)[0].startswith("This is look 9 at the same data.")
    assert "1 in 200 by chance, not 1 in 20." in " ".join(trial_warning_sentences(twice))
    assert further_look_line(3).endswith("1 in 400 by chance, not 1 in 20.")
    assert "Look at the same data: number 9" in card_lines(often.file)


def test_all_looks_after_the_first_share_a_fifth_of_its_risk() -> None:
    assert sum(0.05 / times_surer(n) for n in range(2, 40)) == pytest.approx(0.01)


def test_a_running_trial_at_a_further_look_stops_later() -> None:
    data = panel(9.0)
    first, later = (evaluate_trial(data, card(tries=n)) for n in (1, 30))
    assert (first.verdict, first.stopped > 0) == ("helps", True)
    assert (later.verdict, later.stopped) == ("cannot_tell", 0)


def test_whoever_duplicates_until_it_looks_good_claims_no_more_than_one_look_would() -> None:
    """Nine more cards at data without an effect claimed one in a quarter of trials."""
    tally = simulate_trials(TrialWorld("looked at in other ways", 20, 10), 20, 3)
    assert tally.better + tally.worse <= 3
    assert tally.plain > 3, "otherwise this test could not tell"
    assert len(list(other_ways(card()))) == 9


def test_both_cards_say_that_the_same_data_are_looked_at_twice() -> None:
    data, copy = panel(12.0), card(name="A (copy)", end=LAST, start="2025-02-01")
    for mine, other in ((card(end=LAST), copy), (copy, card(end=LAST))):
        found = evaluate_trial(data, mine, others=[other])
        assert codes(found).count("same_data") == 1
        assert "overlapping_trials" not in codes(found)
        assert found.verdict == "helps", "one change seen twice is no second change"
        (said,) = [each for each in trial_warning_sentences(found) if "same data" in each]
        assert said.startswith(f"The trial “{other.name}” looks at the same data: ")
    unsaid = evaluate_trial(data, card(change="", end=LAST), others=[card(change="", start="2025-02-01", end=LAST)])
    assert "overlapping_trials" in codes(unsaid), "nobody knows whether it was the same change"
    another = evaluate_trial(data, copy, others=[card(change="New prices")])
    assert ("overlapping_trials" in codes(another), "same_data" in codes(another)) == (True, False)
