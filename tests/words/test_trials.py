"""What the page Trials says: every verdict, reason and warning in plain short sentences with its figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from tests.trials.findings import CLAIM, EVERY_VERDICT, NOTHING, estimate, finding
from workbench.trials.planned_effect import planned_effect
from workbench.trials.trial_finding import (
    DetectableEffect,
    LeftOutReason,
    LeftOutRep,
    NaiveChange,
    SideEffect,
    TeamTotal,
    TrialEstimate,
    TrialFade,
    TrialFinding,
    TrialLook,
    TrialVerdict,
    TrialWarning,
    TrialWarningCode,
    VerdictReason,
)
from workbench.trials.trial_state import TrialState
from workbench.words import trial_card as card_words
from workbench.words import trial_next_step as steps
from workbench.words import trial_parts as parts
from workbench.words import trial_planning as planning
from workbench.words import trial_side_effects as sides
from workbench.words import trials as words
from workbench.words.trial_amounts import amount, measured_title, range_words
from workbench.words.trial_names import unit_for
from workbench.words.trial_reasons import (
    left_out_sentences,
    trial_warning_sentences,
    verdict_reason_sentences,
    warning_sentence,
)

MOST_WORDS = 20


def check_sentences(text: str) -> None:
    """Each sentence can be read aloud: at most 20 words, no symbols of statistics, no missing number."""
    assert text.endswith((".", "?")), text
    for sentence in text.replace("? ", "?. ").split(". "):
        assert len(sentence.split()) <= MOST_WORDS, sentence
    assert not {"nan", "ρ", "–", "None reps"} & set(text.split()), text


def test_the_answer_is_the_sentence_of_the_brief() -> None:
    assert words.trial_headline(finding()) == (
        "Communications instead of dials: about $3,100 more per rep and month, likely between $410 and $5,900; "
        "8 against 8 reps."
    )


@pytest.mark.parametrize("verdict", get_args(TrialVerdict))
def test_every_verdict_has_its_sentence_and_says_what_would_do(verdict: TrialVerdict) -> None:
    found = EVERY_VERDICT[verdict]
    assert found.verdict == verdict
    check_sentences(words.trial_answer(found))
    check_sentences(steps.what_would_do(found))
    assert 1 <= len(words.VERDICT_WORDS[verdict].split()) <= 5
    figures = parts.trial_figures(found)
    assert 2 <= len(figures) <= 5
    assert "–" not in figures.values()
    for text in (*parts.naive_sentences(found), *parts.total_sentences(found), *parts.reliability_sentences(found),
                 parts.who_moved_sentence(found), sides.side_effects_sentence(found)):  # fmt: skip
        check_sentences(text)


@pytest.mark.parametrize("code", get_args(VerdictReason))
def test_every_reason_has_a_sentence(code: VerdictReason) -> None:
    (said,) = verdict_reason_sentences(finding(reasons=(code,)))
    check_sentences(said)


@pytest.mark.parametrize("code", get_args(TrialWarningCode))
@pytest.mark.parametrize("names", [(), ("Ana Ruiz", "Ben Ode", "Cleo", "Dan", "Eve", "Finn")])
def test_every_warning_has_a_sentence_with_and_without_names(code: TrialWarningCode, names: tuple[str, ...]) -> None:
    warning = TrialWarning(code, names, 0.6, "2024-12-31" if code == "data_end_early" else "Pilot of new lists")
    said = warning_sentence(finding(lever=finding().side_effects[0]), warning)
    check_sentences(said)
    assert "Finn" not in said


def test_those_left_out_are_named_by_reason() -> None:
    left = tuple(LeftOutRep(f"Rep {n}", True, why) for n, why in enumerate(get_args(LeftOutReason)))
    said = left_out_sentences(finding(left_out=left))
    assert len(said) == len(get_args(LeftOutReason))
    assert said[0] == "Left out, not in the data: Rep 0."
    warned = left_out_sentences(finding(left_out=left, warnings=(TrialWarning("reps_left"),)))
    assert len(warned) == len(said) - 1


def test_a_share_moves_by_points_and_a_number_by_itself() -> None:
    share = finding(ratio=True, unit_of_measure=None, level_before=0.31, label="Win rate",
                    claim=estimate(0.042, 0.01, 0.071, 0.02))  # fmt: skip
    assert (
        words.trial_answer(share)
        == "about 4.2 points more on Win rate, likely between 1 and 7.1 points; 8 against 8 reps."
    )
    daily = finding(ratio=True, unit_of_measure="per workday", level_before=48.0, claim=estimate(-6, -9, -3, 0.01))
    assert words.trial_answer(daily) == "about 6 less Sales per workday, likely between 3 and 9; 8 against 8 reps."
    monthly = finding(unit_of_measure="per month", claim=estimate(6, 3, 9, 0.01))
    assert words.trial_answer(monthly) == (
        "about 6 more Sales per rep and month, likely between 3 and 9; 8 against 8 reps."
    )
    met = finding(unit_of_measure="meetings", claim=estimate(0.8, 0.1, 1.5, 0.02))
    assert words.trial_answer(met).startswith("about 0.8 meetings more per rep and month, likely between ")
    dials = finding(ratio=True, unit_of_measure=None, level_before=48.0, claim=estimate(-6, -9, -3, 0.01))
    assert words.trial_answer(dials) == "about 6 less Sales, likely between 3 and 9; 8 against 8 reps."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (410, 5_880, "between $410 and $5,900"), (-5_880, -410, "between $410 and $5,900"),
        (-900, 4_800, "between $900 less and $4,800 more"), (float("nan"), 3, ""), (0, 120, "between $0 and $120"),
    ],
)  # fmt: skip
def test_ranges_are_said_as_people_say_them(low: float, high: float, said: str) -> None:
    assert range_words(finding(), low, high) == said


@pytest.mark.parametrize(
    ("value", "said"), [(3_123, "$3,100"), (12_345, "$12k"), (0.123, "$0.12"), (-951, "−$950"), (0, "$0")]
)
def test_sizes_have_two_figures(value: float, said: str) -> None:
    assert amount(finding(), value) == said


@pytest.mark.parametrize(
    ("state", "reasons", "said"),
    [
        ("running", ("wide_range",), "Too early to say"), ("ended", ("wide_range",), "Cannot tell"),
        ("running", ("estimates_disagree",), "Cannot tell"),
    ],
)  # fmt: skip
def test_only_a_running_trial_is_early(state: TrialState, reasons: tuple[VerdictReason, ...], said: str) -> None:
    found = finding(verdict="cannot_tell", reasons=reasons, running=state == "running")
    assert words.verdict_label(found, state) == said


def test_a_range_without_zero_is_never_called_chance() -> None:
    early = finding(verdict="cannot_tell", reasons=("running",), running=True)
    assert (
        words.trial_answer(early) == "about $3,100 more per rep and month so far, too early to claim; 8 against 8 reps."
    )
    assert words.verdict_label(early, "ended") == "Too early to say"
    assert steps.what_would_do(early, "running") == steps.LET_RUN
    assert steps.what_would_do(early, "ended") == "Bring the data up to the last day of the trial."
    spoilt = finding(verdict="cannot_tell", reasons=("pre_trend",))
    assert words.trial_answer(spoilt) == (
        "about $3,100 more per rep and month, but something else could have made the difference."
    )
    apart = finding(verdict="cannot_tell", reasons=("estimates_disagree",))
    assert words.trial_answer(apart) == "two fair ways of comparing disagree, so nothing is claimed; 8 against 8 reps."


def test_no_difference_is_said_as_that() -> None:
    flat = estimate(0, -900, 900, 1.0)
    alone = finding(verdict="picture", kind="no_comparison", n_comparison=0, claim=flat)
    assert words.trial_answer(alone) == "no difference in Sales from before. Everybody changed, so this is no proof."
    warned = TrialWarning("mix_changed", size=0.0)
    assert warning_sentence(finding(), warned).startswith("Comparing only before and after shows the opposite: no diff")


def test_a_gain_on_shared_leads_may_be_the_loss_of_the_others() -> None:
    moved = finding(verdict="may_have_moved")
    assert words.trial_answer(moved) == (
        "about $3,100 more per rep and month, perhaps from the other group, which works the same leads."
    )
    assert words.verdict_label(moved, "ended") == "Perhaps from the other group"


def test_an_open_answer_says_how_much_longer() -> None:
    found = finding(verdict="cannot_tell", reasons=("wide_range",), n_after=3, smallest=1_500,
                    claim=estimate(900, -400, 2_000, 0.2))  # fmt: skip
    assert steps.what_would_do(found) == "Run 9 months more: then an effect of $1,500 would show."
    assert "Draw lots" in steps.what_would_do(finding(verdict="cannot_tell", reasons=("estimates_disagree",)))


def test_before_and_after_alone_is_told_with_why_it_differs() -> None:
    said = parts.naive_sentences(finding())
    assert said[0] == "Before and after alone says $5,000 more per rep and month."
    assert "Reps who worked as before had $1,900 more in the same months." in said
    assert "$900 of the difference comes from reps who joined or left." in said
    alone = finding(naive=NaiveChange(21_400, 24_520, 3_120, 3_120, float("nan")))
    assert len(parts.naive_sentences(alone)) == 2
    assert parts.naive_sentences(finding(naive=None)) == []


def test_a_gain_that_the_others_lost_is_no_gain_of_the_team() -> None:
    moved = finding(total=TeamTotal(340_000, 339_000, 30_000, -31_000))
    assert any("may have gained nothing" in said for said in parts.total_sentences(moved))
    assert not any("may have gained nothing" in said for said in parts.total_sentences(finding()))


def test_fading_is_claimed_only_beyond_chance() -> None:
    faded = TrialFade(CLAIM, estimate(300, -900, 1_500, 0.5), estimate(-2_800, -4_000, -900, 0.01))
    assert parts.fade_sentence(finding(fade=faded)) == (
        "The effect faded: $3,100 more in the first half, $300 more in the second. "
        "Attention alone often helps for a while."
    )
    assert parts.fade_sentence(finding()).startswith("No fading found: ")
    assert parts.fade_sentence(finding(fade=None)) == ""


def test_an_hour_has_its_price() -> None:
    assert parts.cost_sentence(finding()) == "The change costs a rep 6 hours a month: about $520 more for each hour."
    assert parts.cost_sentence(finding(card={"cost_hours": None})) == ""
    assert parts.cost_sentence(finding(claim=NOTHING)) == ""


def test_looks_say_whether_the_trial_may_stop() -> None:
    at = finding().file.start
    first, second = TrialLook(1, at, 3.0, 3.5, False), TrialLook(2, at, 3.0, 2.5, True)
    assert parts.look_sentence(finding(looks=(first,), n_looks=12, running=True)) == (
        "Look 1 of 12: the answer is not clear yet, so let the trial run."
    )
    over = finding(looks=(first,), n_looks=12, running=True)
    assert parts.look_sentence(over, "ended") == "Look 1 of 12: the answer is not clear yet."
    third = TrialLook(3, at, 2.0, 2.1, False)
    after = finding(looks=(first, second, third), n_looks=6, stopped=2, running=True)
    assert parts.look_sentence(after) == "Look 2 of 6: the answer is clear, so the trial may stop."
    assert parts.look_sentence(replace(after, n_looks=3)) == "", "the whole path is judged: the verdict says it"
    assert parts.look_sentence(replace(after, running=False)) == ""


def test_side_effects_are_named() -> None:
    assert sides.side_effects_sentence(finding()) == "Beyond chance, Dials fell against those who worked as before."
    calm = SideEffect("q", "Quotes", None, 0.4, -1.0, 1.9, 0.81, 12.0, (8, 8))
    assert sides.side_effects_sentence(finding(side_effects=(calm,))) == "The other KPI did not move beyond chance."
    nan = float("nan")
    for n, why in (((10, 10), "they hardly differ from rep to rep"), ((3, 10), "too few reps")):
        unknown = replace(calm, low=nan, high=nan, p=nan, n_units=n)
        said = sides.side_effects_sentence(finding(side_effects=(unknown,)))
        assert said == f"Whether other KPIs moved is not known: {why}."
    assert sides.side_effect_cells(calm) == ("Quotes", "12", "0.4", "−1 to 1.9", "No change found")


def test_a_planned_trial_says_what_comes_next() -> None:
    planned = EVERY_VERDICT["not_started"]
    assert steps.what_would_do(planned) == steps.DRAW_LOTS
    assert steps.what_would_do(planned, "running") == steps.BRING_DATA
    drawn = finding(verdict="not_started", card={"assignment": "random"})
    assert steps.what_would_do(drawn) == steps.START_IT
    few = finding(verdict="not_started", n_treated=3)
    assert steps.what_would_do(few) == "Let at least 4 reps change, and keep 4 as before."


def test_a_share_among_side_effects_moves_by_points() -> None:
    share = SideEffect("won / closed", "Win rate", None, -0.0024, -0.057, 0.054, 0.9, 0.278, (8, 8))
    assert sides.side_effect_cells(share) == (
        "Win rate",
        "28%",
        "−0.24 points",
        "−5.7 to 5.4 points",
        "No change found",
    )


def test_only_reps_beyond_their_own_variation_count_as_clear() -> None:
    assert parts.who_moved_sentence(finding()) == (
        "3 of 8 reps who changed did better than expected. 1 by more than a single rep varies."
    )


def test_an_axis_names_its_measure_and_unit() -> None:
    assert measured_title(finding()) == "Sales, $ per rep and month"
    hours = finding(unit_of_measure="working hours")
    assert measured_title(hours) == "Sales, working hours per rep and month"
    assert measured_title(finding(unit_of_measure="EUR net")) == "Sales, € net per rep and month"
    assert measured_title(finding(ratio=True, unit_of_measure="per workday", level_before=50.0)) == "Sales, per workday"
    assert measured_title(finding(ratio=True, unit_of_measure=None, level_before=0.3)) == "Sales"


def test_the_planned_trial_is_held_against_what_matters() -> None:
    planned = EVERY_VERDICT["not_started"]
    assert planning.detectable_sentence(planned) == (
        "8 reps over 6 months would show an effect of $1,700 or more per rep and month, 8% of today's level."
    )
    assert planning.long_enough_sentence(planned).startswith("That is precise enough")
    fine = finding(smallest=1_300.0)
    assert planning.long_enough_sentence(fine).endswith("run 12 months.")
    named = finding(smallest=10.0, card={"comparison": ["Rep A 2", "Rep B 2"]})
    assert "more reps must take part" in planning.long_enough_sentence(named)
    assert planning.detectable_sentence(finding(detectable=())) == planning.NO_DETECTABLE
    unknown = DetectableEffect(8, 8, 6, float("nan"), float("nan"))
    assert planned_effect(finding(detectable=(unknown,))) is None


def planned_by_lot(**changes: Any) -> TrialFinding:
    """A trial drawn by lot that has not begun."""
    return replace(EVERY_VERDICT["not_started"], file=finding(card={"assignment": "random"}).file, **changes)


def test_what_to_do_before_the_start_agrees_with_what_the_trial_would_find() -> None:
    """All 30 reps took part, "more reps must take part" stood there, and beside it "Start as planned"."""
    hopeless = planned_by_lot(smallest=10.0)
    said = planning.long_enough_sentence(hopeless)
    assert said == (
        "The smallest effect that matters is $10. This team cannot show it in 12 months: all 16 reps take part already."
    )
    do = steps.what_would_do(hopeless)
    assert do == "Start only if you expect $1,700 or more: a smaller effect could pass for chance."
    longer = planned_by_lot(smallest=1_300.0)
    assert planning.long_enough_sentence(longer).endswith("run 12 months.")
    assert steps.what_would_do(longer) == "Plan 12 months: then an effect of $1,300 would show."
    assert steps.what_would_do(planned_by_lot(smallest=2_140.0)) == steps.START_IT
    for each in (said, do, steps.what_would_do(longer)):
        check_sentences(each)


def test_another_split_of_the_same_reps_is_named_where_it_would_find_what_matters() -> None:
    few = planned_by_lot(smallest=1_300.0, n_treated=4, n_comparison=12)
    assert planning.long_enough_sentence(few).endswith("let 8 reps change for 12 months.")


def test_a_history_shorter_than_the_trial_speaks_of_its_first_months() -> None:
    """Six months were planned, and "4 months would show" stood in the headline as if they were the plan."""
    short = planned_by_lot(detectable=(DetectableEffect(8, 8, 4, 9_600.0, 0.29),))
    assert "; its first 4 months would show an effect of $9,600" in words.trial_headline(short)
    assert planning.detectable_sentence(short).startswith("8 reps over the first 4 months would show")
    whole = planned_by_lot(detectable=(DetectableEffect(8, 8, 6, 9_600.0, 0.29),))
    assert "; 6 months would show an effect of $9,600" in words.trial_headline(whole)
    assert planning.detectable_sentence(whole).startswith("8 reps over 6 months would show")


def test_data_that_end_long_before_the_start_are_named() -> None:
    early = planned_by_lot(warnings=(TrialWarning("data_end_early", at="2017-12-31"),))
    (said,) = trial_warning_sentences(early)
    check_sentences(said)
    assert said.startswith("The data end in December 2017; months before the start are still to come.")
    assert parts.trial_figures(early)["Months of data to plan from"] == "6"
    assert parts.trial_figures(planned_by_lot())["Months before the start"] == "6"


def test_before_the_start_of_a_trial_of_everybody_no_effect_is_promised() -> None:
    alone = planned_by_lot(kind="no_comparison", n_comparison=0)
    assert words.trial_answer(alone) == "first day 1 January 2025; nobody is compared, so at best weak evidence."
    assert steps.what_would_do(alone) == steps.SPLIT
    assert "Smallest effect it would find" not in parts.trial_figures(alone)
    said = planning.detectable_sentence(alone)
    assert said == (f"{planning.NO_PROOF} Another trial, with 8 reps changed and 8 as before, would show $1,700 or "
                    "more in 6 months.")  # fmt: skip
    for each in (said, words.trial_answer(alone), steps.SPLIT):
        check_sentences(each)


def test_where_everybody_changed_the_number_of_reps_stands_beside_the_figure() -> None:
    alone = finding(kind="no_comparison", verdict="picture", n_comparison=0, n_comparison_reps=0, n_treated_reps=16)
    assert parts.trial_figures(alone)["Reps who changed"] == "16"
    assert "Reps who changed" not in parts.trial_figures(finding())


def test_the_caption_speaks_of_a_band_only_where_one_is_drawn() -> None:
    course = finding().course
    assert parts.course_caption(finding()).endswith(parts.BAND)
    assert course is not None
    bare = replace(course, low=course.low * float("nan"))
    assert parts.course_caption(finding(course=bare)) == parts.PER_MONTH_WORKED
    cut = parts.course_caption(finding(floor=40_000.0))
    assert cut.endswith(" The shade ends at zero: Sales was never below zero.")


def test_what_adds_up_is_said_without_the_time_of_its_kpi() -> None:
    assert unit_for("held", "per week") is None
    assert unit_for("talk_seconds / 3600", "hours per week") == "hours"
    assert unit_for("sales", "USD per month") == "USD"
    assert unit_for("dials / workdays", "per workday") == "per workday"


def test_an_ended_trial_is_told_what_would_decide_the_next_one() -> None:
    """Where all reps took part already, it was told to give the change to more reps."""
    ended = replace(EVERY_VERDICT["cannot_tell"], reasons=("wide_range",), smallest=2_140.0)
    assert steps.what_would_do(ended, "ended") == (
        "Repeat the trial: 2 of 10 trials of this size miss an effect of $1,700."
    )
    too_long = replace(ended, n_after=12)
    beyond = steps.what_would_do(too_long, "ended")
    assert beyond == "Repeat the trial: even trials as long as this sometimes miss an effect of $1,700."
    longer = replace(ended, smallest=1_300.0)
    assert steps.what_would_do(longer, "ended") == ("Next time, plan 12 months: then an effect of $1,300 would show.")
    split = replace(ended, n_treated=4, n_comparison=12, smallest=1_300.0)
    assert steps.what_would_do(split, "ended") == (
        "Next time, let 8 reps change for 12 months: then an effect of $1,300 would show."
    )
    hopeless = replace(ended, smallest=10.0)
    said = steps.what_would_do(hopeless, "ended")
    assert said == "Next time, try a change that should bring $1,200 or more: 12 months cannot show less."
    named = replace(hopeless, file=finding(card={"comparison": ["Rep X"]}).file)
    assert steps.what_would_do(named, "ended") == steps.MORE_PEOPLE
    assert steps.what_would_do(replace(hopeless, detectable=()), "ended") == steps.RUN_LONGER
    early = replace(ended, reasons=("ended_early",))
    assert steps.what_would_do(early, "ended") == steps.LET_RUN_NEXT
    again = replace(ended, reasons=("tried_before",))
    assert steps.what_would_do(again, "ended") == steps.UNSEEN_DATA
    for each in (said, beyond, steps.MORE_PEOPLE, steps.RUN_LONGER, steps.LET_RUN_NEXT, steps.UNSEEN_DATA):
        check_sentences(each)


def test_a_team_too_small_for_two_groups_is_not_told_to_find_them() -> None:
    small = finding(verdict="not_enough", reasons=("few_treated",), n_treated=3, n_comparison=3)
    assert steps.what_would_do(small) == steps.LARGER_TEAM
    flat = finding(verdict="not_enough", reasons=("no_variation",))
    assert steps.what_would_do(flat) == steps.PICK_OTHER_MEASURE
    new = tuple(LeftOutRep(f"Rep {i}", False, "no_before") for i in range(2))
    assert steps.what_would_do(replace(small, left_out=new)) == steps.WAIT_FOR_HISTORY
    gone = tuple(replace(each, reason="no_after") for each in new)
    assert steps.what_would_do(replace(small, left_out=gone)) == steps.LARGER_TEAM
    for each in (steps.LARGER_TEAM, steps.WAIT_FOR_HISTORY):
        check_sentences(each)


def test_a_plan_with_too_few_promises_no_effect_that_it_would_find() -> None:
    three = replace(EVERY_VERDICT["not_started"], n_treated=3, n_comparison=17)
    assert words.trial_headline(three).endswith("3 against 17 reps cannot show an effect, at least 4 each are needed.")
    assert planning.detectable_sentence(three) == "3 against 17 reps cannot show an effect, at least 4 each are needed."
    assert steps.what_would_do(three) == "Let at least 4 reps change, and keep 4 as before."
    assert "Smallest effect it would find" not in parts.trial_figures(three)


def test_small_print_has_interval_p_and_units() -> None:
    assert parts.estimate_small_print(finding(), CLAIM) == (
        "Adjusted for each rep's own past: +$3,100, 95% CI +$410 to +$5,900, p 0.021, 8 against 8, 9,999 draws"
    )
    assert ", p 0.001 or less, " in parts.estimate_small_print(finding(), replace(CLAIM, p=0.0002))
    ratio = TrialEstimate("ratios", 3200, 350, 6100, 0.04, n_units=(8, 8))
    assert "+$3,200, 95% CI +$350 to +$6,100" in parts.estimate_small_print(finding(), ratio)


def test_a_start_in_waves_counts_its_waves_and_compares_with_those_still_waiting() -> None:
    starts = {"Rep A": "2025-01-01", "Rep B": "2025-03-01", "Rep C": "2025-03-01"}
    waves = finding(kind="staggered", card={"starts": starts}, n_treated=3)
    assert words.trial_answer(waves).endswith("; 3 reps in 2 waves against 8.")
    everybody = finding(kind="staggered", card={"starts": starts}, n_treated=3, n_comparison=0)
    assert words.trial_answer(everybody).endswith("; 3 reps in 2 waves.")
    assert "still waiting" in parts.reps_caption(waves)
    assert parts.reps_caption(finding()) == parts.REPS_CAPTION
    assert parts.reps_caption(finding(kind="no_comparison")) == parts.REPS_CAPTION_ALONE
    assert parts.BAND_ENDS not in parts.course_caption(waves)
    course = replace(waves.course, low=np.where(np.arange(18) > 15, np.nan, waves.course.low))
    assert parts.course_caption(replace(waves, course=course)).endswith(parts.BAND_ENDS)


def test_a_crossed_bound_is_told_by_what_can_still_be_done() -> None:
    look = TrialLook(2, dt.date(2025, 4, 30), 2.4, 2.0, True)
    found = finding(looks=(look,), n_looks=3, stopped=2, running=True)
    assert parts.look_sentence(found) == "Look 2 of 3: the answer is clear, so the trial may stop."
    assert parts.look_sentence(found, "ended").endswith("the answer is clear, before all data are in.")
    open_ = replace(found, verdict="cannot_tell", reasons=("overlapping_trial",))
    assert parts.look_sentence(open_).endswith("yet something else could have made it.")


def test_a_trial_without_an_end_says_what_each_year_may_claim() -> None:
    found = finding(warnings=(TrialWarning("looks_undeclared"),), card={"end": None})
    (said,) = trial_warning_sentences(found)
    assert said.endswith("The first year may use half of the 5% risk of a false claim. "
                         "Each later year may use half of the rest.")  # fmt: skip
    assert card_words.HELP["end"].endswith("Each later year may use half of the rest.")
    assert "half of the 5%" in words.METHOD


def test_who_started_too_late_to_be_compared_is_counted_once_the_trial_is_over() -> None:
    waves = finding(kind="staggered", n_treated_reps=11)
    assert parts.who_moved_sentence(waves).endswith("3 reps started when nobody was left to compare with.")
    assert "nobody was left" not in parts.who_moved_sentence(replace(waves, running=True))
    assert "nobody was left" not in parts.who_moved_sentence(finding(n_treated_reps=11))


def test_what_a_trial_in_waves_would_find_is_said_to_be_for_one_start() -> None:
    waves = finding(kind="staggered", n_after=0)
    assert planning.planning_sentences(waves)[-1] == planning.ONE_START
    assert planning.ONE_START not in planning.planning_sentences(finding(n_after=0))
    check_sentences(planning.ONE_START)
