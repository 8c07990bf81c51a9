"""Trials with planted effects: what is found, what may be said, and every kind of design."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.trials.planted import planted_panel
from workbench.data.model.panel import Panel
from workbench.trials.detectable_effect import detectable_effects
from workbench.trials.estimate_effect import adjusted_estimate
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_sides import trial_sides
from workbench.words.trial_parts import estimate_small_print
from workbench.words.trials import trial_headline

MONTHS, START = 18, 12
TREATED = [f"rep {i:02d}" for i in range(10)]
CARD = {"name": "New script", "measure": "sales", "treated": TREATED, "start": "2025-01", "end": "2025-06-30",
        "assignment": "random"}  # fmt: skip


def card(**changed: object) -> TrialFile:
    return parse_trial(CARD | changed)


def sales(seed: int = 7, n: int = 20, months: int = MONTHS, noise: float = 0.2) -> np.ndarray:
    """Reps who differ, whose months vary."""
    rng = np.random.default_rng(seed)
    return 30 * np.exp(rng.normal(0, 0.3, (n, 1))) * np.exp(rng.normal(0, noise, (n, months)))


def with_effect(values: np.ndarray, effect: float, treated: int = 10, start: int = START) -> np.ndarray:
    out = values.copy()
    out[:treated, start:] += effect
    return out


def codes(found) -> set[str]:
    return {each.code for each in found.warnings}


def test_a_planted_effect_is_found_and_its_range_holds_it() -> None:
    found = evaluate_trial(planted_panel(with_effect(sales(), 8)), card())
    assert (found.verdict, found.kind, found.n_treated, found.n_comparison) == ("helps", "comparison", 10, 10)
    assert found.claim.low < 8 < found.claim.high
    assert len(found.estimates) == 1, "drawn at random: one estimate is enough"
    assert found.level_before == pytest.approx(with_effect(sales(), 0)[:10, 6:12].mean())


def test_an_effect_for_the_worse_is_harm_and_the_direction_turns_it() -> None:
    panel = planted_panel(with_effect(sales(), -8))
    assert evaluate_trial(panel, card()).verdict == "harms"
    assert evaluate_trial(panel, card(direction="lower")).verdict == "helps"


def test_without_an_effect_nothing_is_claimed() -> None:
    found = [
        adjusted_estimate(trial_sides(planted_panel(sales(seed)), card()).units, sampled=499) for seed in range(200)
    ]
    assert np.mean([each.p <= 0.05 for each in found]) <= 0.05 + 2.4 * np.sqrt(0.05 * 0.95 / 200)
    quiet = evaluate_trial(planted_panel(sales(3, noise=0.02)), card())
    assert quiet.verdict == "no_effect_seen"
    assert quiet.smallest == pytest.approx(0.1 * quiet.level_before)


def test_chosen_reps_need_every_estimate_and_the_widest_range() -> None:
    found = evaluate_trial(planted_panel(with_effect(sales(), 8)), card(assignment="chosen"))
    assert [each.method for each in found.estimates] == ["ancova", "differences", "ratios"]
    assert found.claim.low == min(each.low for each in found.estimates)
    assert found.claim.p == max(each.p for each in found.estimates)


def test_fewer_than_four_is_not_enough() -> None:
    panel = planted_panel(with_effect(sales(), 30, treated=3))
    found = evaluate_trial(panel, card(treated=TREATED[:3]))
    assert (found.verdict, found.reasons) == ("not_enough", ("few_treated",))
    assert np.isnan([found.claim.p, found.claim.low, found.claim.high]).all()
    lonely = evaluate_trial(panel, card(treated=TREATED, comparison=["rep 15", "rep 16"]))
    assert lonely.reasons == ("few_comparison",)


OFFICES = tuple(np.repeat(["Denver", "Atlanta", "Toronto", "Boston"], 5))


def test_one_office_against_three_is_a_picture_with_a_rank() -> None:
    panel = planted_panel(with_effect(sales(noise=0.05), 15, treated=5), offices=OFFICES)
    found = evaluate_trial(panel, card(treated="office == 'Denver'", assignment="chosen"))
    assert (found.verdict, found.kind, found.unit) == ("picture", "one_team", "office")
    assert (found.rank.rank, found.rank.n_teams) == (1, 4)
    assert sum(share for _, share in found.rank.donors) == pytest.approx(1)
    assert np.isnan(found.claim.p)
    assert found.claim.value == pytest.approx(15, abs=4)
    assert "unit_is_attribute" in codes(found)
    assert "rank 1 of 4 teams" in trial_headline(found)


def test_whole_offices_count_once_however_many_reps_they_have() -> None:
    offices = tuple(np.repeat([f"office {k}" for k in range(8)], 3))
    rng = np.random.default_rng(5)
    shocks = np.repeat(rng.normal(0, 8, (8, MONTHS)), 3, axis=0)
    panel = planted_panel(sales(6, n=24) + 40 + shocks, offices=offices)
    treated = [f"rep {i:02d}" for i in range(12)]
    found = evaluate_trial(panel, card(treated=treated, assignment="chosen"))
    assert (found.unit, found.n_treated, found.n_comparison, found.n_treated_reps) == ("office", 4, 4, 12)


def test_an_attribute_that_records_who_takes_part_is_no_group() -> None:
    arms = ("yes",) * 10 + ("no",) * 10
    panel = planted_panel(with_effect(sales(), 8), offices=arms)
    assert evaluate_trial(panel, card(assignment="chosen")).verdict == "not_enough"
    assert evaluate_trial(panel, card(assignment="chosen", arm="office")).verdict == "helps"


def test_everybody_at_once_is_a_picture_or_weak_evidence() -> None:
    short = evaluate_trial(
        planted_panel(sales() + np.where(np.arange(MONTHS) >= START, 8, 0)), card(treated="everybody")
    )
    assert (short.verdict, short.kind) == ("picture", "no_comparison")
    assert short.claim.value == pytest.approx(short.naive.same_reps)
    assert np.isnan(short.claim.p)
    long = sales(2, months=42) + np.where(np.arange(42) >= 36, 8, 0)
    found = evaluate_trial(planted_panel(long, first="2022-01"), card(treated="everybody"))
    assert (found.verdict, found.claim.method) == ("weak", "interrupted_series")
    assert found.claim.low < 8 < found.claim.high
    assert found.n_before == 36


def test_a_trial_that_has_not_begun_says_what_could_be_found() -> None:
    found = evaluate_trial(planted_panel(sales()), card(start="2026-01", end="2026-06-30"))
    assert (found.verdict, found.reasons, found.course) == ("not_started", ("no_after",), None)
    by_size = {(each.n_treated, each.n_periods): each.effect for each in found.detectable}
    assert by_size[4, 3] > by_size[10, 3] > by_size[10, 6] > 0


def test_an_effect_as_large_as_the_detectable_one_is_found_in_eight_of_ten() -> None:
    file, hits, n = card(start="2025-07", end="2025-12-31"), 0, 200
    for seed in range(n):
        values = sales(seed, months=24)
        planned = trial_sides(planted_panel(values[:, :18]), file)
        effect = detectable_effects(planned.measure, planned.groups, planned.scale.history, 6, (6,), (10,))[0].effect
        after = trial_sides(planted_panel(with_effect(values, effect, start=18)), file)
        hits += adjusted_estimate(after.units, sampled=499).p <= 0.05
    assert hits / n == pytest.approx(0.8, abs=0.09)


def test_who_was_picked_by_results_is_named() -> None:
    values = sales(4)
    values = values[np.argsort(values[:, :START].mean(axis=1))]
    low = evaluate_trial(planted_panel(values), card(assignment="chosen_on"))
    assert "treated_did_badly" in codes(low)
    assert "biggest_treated" in codes(evaluate_trial(planted_panel(values[::-1]), card(assignment="chosen_on")))
    doubted = evaluate_trial(planted_panel(values), card(assignment="random"))
    assert "not_random_looking" in codes(doubted)
    assert len(doubted.estimates) == 3, "a draw that does not look like one is judged as a choice"


def test_groups_that_moved_apart_before_leave_the_answer_open() -> None:
    values = with_effect(sales(noise=0.05), 8)
    values[:10, 6:12] += np.arange(6) * 2.0
    found = evaluate_trial(planted_panel(values), card(assignment="chosen"))
    assert found.placebo.p <= 0.05
    assert (found.verdict, found.reasons) == ("cannot_tell", ("pre_trend",))


def test_a_shared_pool_turns_a_gain_into_gained_or_moved() -> None:
    values = with_effect(sales(noise=0.05), 6)
    values[10:, START:] -= 6
    found = evaluate_trial(planted_panel(values), card(shared_pool=True))
    assert found.verdict == "may_have_moved"
    assert abs(found.total.treated_change + found.total.comparison_change) < 0.3 * found.total.treated_change


def test_an_effect_that_fades_is_seen() -> None:
    values = with_effect(sales(noise=0.05), 0)
    values[:10, START : START + 3] += 12
    found = evaluate_trial(planted_panel(values), card())
    assert found.fade.change.excludes_none
    assert found.fade.first.value > found.fade.second.value + 5


def test_side_effects_are_judged_together() -> None:
    rng = np.random.default_rng(3)
    more = {f"m{k}": rng.poisson(40, (20, MONTHS)) * 1.0 for k in range(8)}
    more["m0"][:10, START:] += 12
    found = evaluate_trial(planted_panel(sales(), more=more), card(side_effects=list(more)))
    assert [each.formula for each in found.side_effects if each.moved != "none"] == ["m0"]
    assert found.side_effects[0].moved == "up"
    alone = evaluate_trial(planted_panel(sales(), more=more), card(side_effects=["m3"])).side_effects[0]
    assert found.side_effects[3].p >= alone.p


def test_a_ratio_is_a_ratio_of_sums() -> None:
    calls = np.full((20, MONTHS), 100.0)
    calls[:, ::2] = 10
    meetings = np.where(calls == 100, 10.0, 5.0)
    panel = planted_panel(meetings, more={"calls": calls})
    found = evaluate_trial(panel, card(measure="sales / calls"))
    assert found.level_before == pytest.approx((3 * 10 + 3 * 5) / (3 * 100 + 3 * 10)), "not the mean of .1 and .5"
    assert found.ratio


def test_two_trials_at_once_on_the_same_people_leave_the_answer_open() -> None:
    panel = planted_panel(with_effect(sales(), 8))
    other = card(name="New leads", treated=TREATED[:8], start="2025-02")
    found = evaluate_trial(panel, card(), others=[other])
    assert (found.verdict, found.reasons) == ("cannot_tell", ("overlapping_trial",))
    over = card(name="Old", treated=TREATED[:8], start="2024-02", end="2024-06-30")
    assert evaluate_trial(panel, card(), others=[over]).verdict == "helps"


def test_units_that_start_one_after_the_other() -> None:
    values = sales(9, n=16, noise=0.08)
    starts = dict(
        zip([f"rep {i:02d}" for i in range(12)], np.repeat(["2024-11", "2025-01", "2025-03"], 4), strict=True)
    )
    for i, month in enumerate(starts.values()):
        values[i, {"2024-11": 10, "2025-01": 12, "2025-03": 14}[month] :] += 6
    file = card(treated=list(starts), start="2024-11", starts=starts)
    found = evaluate_trial(planted_panel(values), file)
    assert (found.kind, found.verdict) == ("staggered", "helps")
    assert found.claim.low < 6 < found.claim.high
    assert (found.naive, found.total) == (None, None)
    assert [(each.rep, each.n_after) for each in found.reps] == [
        *((f"rep {i:02d}", 8) for i in range(4)), *((f"rep {i:02d}", 6) for i in range(4, 8)),
        *((f"rep {i:02d}", 4) for i in range(8, 12)),
    ]  # fmt: skip


def months_of(panel: Panel, n: int) -> Panel:
    """The panel as it was after n months."""
    last = panel.frame["period"].drop_duplicates().sort_values().iloc[n - 1]
    return replace(panel, frame=panel.frame[panel.frame["period"] <= last].reset_index(drop=True))


def test_while_it_runs_only_a_declared_look_may_say_stop() -> None:
    panel = planted_panel(with_effect(sales(noise=0.05), 10))
    after_one = evaluate_trial(months_of(panel, 13), card(looks=3))
    assert (after_one.verdict, after_one.reasons, after_one.looks) == ("cannot_tell", ("running",), ())
    after_four = evaluate_trial(months_of(panel, 16), card(looks=3))
    assert (after_four.verdict, [look.crossed for look in after_four.looks]) == ("helps", [True, True])
    assert "early_stop_overstates" in codes(after_four)
    undeclared = evaluate_trial(months_of(panel, 16), card(looks=1))
    assert undeclared.verdict == "cannot_tell", "nobody declared a look before the end"


def test_without_an_end_a_trial_is_judged_as_looked_at_every_month() -> None:
    """A p of .03 in the sixth month is one look of many; a planned end makes it the only one."""
    found, planned = (evaluate_trial(planted_panel(with_effect(sales(6), 5)), card(end=end))
                      for end in (None, "2025-06-30"))  # fmt: skip
    assert planned.verdict == "helps"
    assert 0.002 < planned.claim.p <= 0.05
    assert (found.verdict, found.reasons, len(found.looks)) == ("cannot_tell", ("running",), 6)
    assert "looks_undeclared" in codes(found)
    large = evaluate_trial(planted_panel(with_effect(sales(6), 15)), card(end=None))
    assert large.verdict == "helps"
    assert "early_stop_overstates" in codes(large)


def test_every_finding_is_said_without_method_words_in_the_headline() -> None:
    found = evaluate_trial(planted_panel(with_effect(sales(), 8)), card(assignment="chosen"))
    headline = trial_headline(found)
    assert headline.startswith("New script: about $")
    assert headline.endswith("; 10 against 10 reps.")
    assert "95% CI" in estimate_small_print(found, found.claim)


def test_names_are_hidden_everywhere() -> None:
    values = sales()
    values[3, START:] = np.nan
    found = evaluate_trial(planted_panel(values), card()).named({f"rep {i:02d}": f"alias {i}" for i in range(20)})
    shown = repr((found.reps, found.left_out, found.warnings))
    assert "alias 3" in shown
    assert "rep 0" not in shown.replace("TrialRep", "")


def test_names_are_hidden_also_where_one_rep_is_held_against_others() -> None:
    found = evaluate_trial(planted_panel(sales()), card(treated=TREATED[:1]))
    shown = found.named({f"rep {i:02d}": f"alias {i}" for i in range(20)}).rank
    assert found.rank.donors[0][0] == "rep 01"
    assert [name for name, _ in shown.donors] == [f"alias {i}" for i in range(1, 20)]


def test_data_that_end_more_than_two_months_before_the_start_are_told() -> None:
    panel = planted_panel(sales())  # January 2024 to June 2025
    for start, told in (("2025-07", False), ("2025-09", False), ("2025-10", True), ("2034-07", True)):
        found = evaluate_trial(panel, card(start=start, end=None))
        assert ("data_end_early" in codes(found)) is told, start
        assert (found.verdict, found.n_before) == ("not_started", 6)
    assert next(each.at for each in found.warnings if each.code == "data_end_early") == "2025-06-30"
    assert "data_end_early" not in codes(evaluate_trial(panel, card()))


def test_what_a_trial_of_the_planned_length_would_find_is_computed() -> None:
    found = evaluate_trial(planted_panel(sales(months=24)), card(start="2026-01", end="2026-05-31"))
    assert sorted({each.n_periods for each in found.detectable}) == [1, 2, 3, 4, 5, 6, 9, 12]


def test_days_of_the_start_inside_a_month_are_left_out() -> None:
    found = evaluate_trial(planted_panel(with_effect(sales(), 8)), card(start="2025-01-15"))
    assert (found.n_before, found.n_after) == (6, 5)
    assert "start_inside_period" in codes(found)
    assert pd.Timestamp(found.first) == pd.Timestamp("2025-02-01")
