"""A duplicate of a trial that runs was a way round its declared looks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from tests.trials.planted import planted_panel
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.same_data import same_data, with_looks_carried
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_finding import TrialFinding
from workbench.words.trial_reasons import trial_warning_sentences

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
    return planted_panel(values)


def codes(found: TrialFinding) -> list[str]:
    return [each.code for each in found.warnings]


def test_a_duplicate_with_an_earlier_end_is_judged_as_a_look_of_the_first_plan() -> None:
    data = panel(4.5)
    fresh = card(name="A (copy)", end=LAST, looks=1)
    assert evaluate_trial(data, fresh).verdict == "helps", "what the way round would have claimed"
    carried = with_looks_carried(fresh, None, [card()], data, LAST)
    assert (carried.planned_end, carried.ended_early, carried.looks) == (dt.date(2025, 12, 31), True, 6)
    found = evaluate_trial(data, carried)
    assert (found.verdict, found.reasons) == ("cannot_tell", ("ended_early",))


def test_a_duplicate_of_a_trial_without_an_end_has_no_plan_either() -> None:
    carried = with_looks_carried(card(end=LAST, looks=1), None, [card(end=None, looks=1)], panel(), LAST)
    assert (carried.plan, carried.ended_early) == (None, True)


def test_what_looks_at_other_data_keeps_its_own_plan() -> None:
    data, fresh = panel(), card(end=LAST, looks=1)
    for other in (card(start="2025-02-01"), card(treated=TREATED[:9]), card(measure="sales / 2")):
        assert not same_data(fresh, other, data)
        assert with_looks_carried(fresh, None, [other], data, LAST) == fresh
    by_formula = card(treated="rep <= 'rep 09'")
    assert same_data(fresh, by_formula, data), "the same reps, said in another way"
    ahead = card(start="2025-07-01", end="2025-12-31", looks=1)
    planned = card(start="2025-07-01", end="2026-06-30", looks=3)
    assert with_looks_carried(ahead, None, [planned], data, LAST) == ahead, "nobody has seen these data yet"


def test_a_card_changed_into_one_that_is_there_carries_its_plan() -> None:
    data = panel()
    kept = card(measure="sales / 2", end=LAST, looks=1)
    changed = kept.model_copy(update={"measure": "sales"})
    assert with_looks_carried(changed, kept, [card()], data, LAST).plan == dt.date(2025, 12, 31)
    assert with_looks_carried(kept, kept, [card()], data, LAST) == kept


def test_looks_can_only_become_more_once_a_trial_runs() -> None:
    data = panel()
    assert with_looks_carried(card(looks=1), card(), [], data, LAST).looks == 6
    assert with_looks_carried(card(looks=8), card(), [], data, LAST).looks == 8
    ahead = card(start="2025-07-01")
    assert with_looks_carried(ahead.model_copy(update={"looks": 1}), ahead, [], data, LAST).looks == 1


def test_both_cards_say_that_the_same_data_are_looked_at_twice() -> None:
    data, copy = panel(12.0), card(name="A (copy)", end=LAST)
    for mine, other in ((card(end=LAST), copy), (copy, card(end=LAST))):
        found = evaluate_trial(data, mine, others=[other])
        assert codes(found).count("same_data") == 1
        assert "overlapping_trials" not in codes(found)
        assert found.verdict == "helps", "one change seen twice is no second change"
        (said,) = [each for each in trial_warning_sentences(found) if "same data" in each]
        assert said.startswith(f"The trial “{other.name}” looks at the same data: ")
    another = evaluate_trial(data, copy, others=[card(change="New prices")])
    assert ("overlapping_trials" in codes(another), "same_data" in codes(another)) == (True, False)
