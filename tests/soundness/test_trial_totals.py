"""Totals, ranges and reasons of a trial: each says what the data hold, and promises no more than simulations do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.trials.findings import NAN, estimate, finding
from tests.trials.planted import planted_panel
from workbench.design.model import Design, Goal, Kpi
from workbench.trials.calibration.trial_table import NEVER_CLAIMED, load_trial_table
from workbench.trials.detectable_effect import LENGTHS
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_finding import SideEffect, TeamTotal, TrialFade, TrialLook
from workbench.words.trial_amounts import amount, level
from workbench.words.trial_next_step import SAY_WHAT_MATTERS, what_would_do
from workbench.words.trial_parts import (
    fade_sentence,
    look_sentence,
    reliability_sentences,
    total_sentences,
)
from workbench.words.trial_planning import NO_LONGER, long_enough_sentence
from workbench.words.trial_reasons import trial_warning_sentences, verdict_reason_sentences
from workbench.words.trial_side_effects import lever_sentence, side_effect_cells
from workbench.words.trials_calibration import trial_calibration_sentences

TREATED = [f"rep {i:02d}" for i in range(10)]


def sales(seed: int = 7, n: int = 20, months: int = 18, noise: float = 0.2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 30 * np.exp(rng.normal(0, 0.3, (n, 1))) * np.exp(rng.normal(0, noise, (n, months)))


def card(**changed: object) -> TrialFile:
    return parse_trial({
        "name": "X", "measure": "sales", "treated": TREATED, "start": "2025-01", "end": "2025-06-30",
        "assignment": "random",
    } | changed)  # fmt: skip


def test_a_small_loss_of_the_others_is_no_loss_of_the_team() -> None:
    """250 to 327 with a loss of 0.2 beside it: "the team may have gained nothing"."""
    said = " ".join(total_sentences(finding(total=TeamTotal(250.0, 327.0, 77.2, -0.2))))
    assert "gained nothing" not in said
    assert "The others: $0.2 less." in said
    most = finding(total=TeamTotal(250.0, 280.0, 77.0, -47.0))
    assert "may have gained nothing" in " ".join(total_sentences(most))
    lower = finding(card={"direction": "lower"}, total=TeamTotal(327.0, 250.0, -77.2, 0.2))
    assert "gained nothing" not in " ".join(total_sentences(lower))


def test_the_total_of_two_named_groups_is_not_that_of_the_team() -> None:
    values = sales()
    names = {"treated": TREATED[:4], "comparison": TREATED[4:8]}
    both, team = (evaluate_trial(planted_panel(values), card(**each)) for each in (names, {}))
    assert both.total is not None
    assert team.total is not None
    assert both.total.after == pytest.approx(values[:8, 12:].sum() / 6)
    assert total_sentences(both)[0].startswith("The total of both groups went from ")
    assert team.total.after == pytest.approx(values[:, 12:].sum() / 6)
    assert total_sentences(team)[0].startswith("The team's total went from ")


@pytest.mark.parametrize("months", [18, 42])
def test_a_comparison_that_is_set_aside_calls_for_no_care(months: int) -> None:
    """Weak reps picked, others who left, another trial of the others: none of it touches those who changed."""
    values = sales(months=months, noise=0.05)
    values = values[np.argsort(values.mean(axis=1))]
    values[15:, -6:] = np.nan
    panel = planted_panel(values, first="2024-01" if months == 18 else "2022-01")
    other = card(name="Other", treated=[f"rep {i:02d}" for i in range(10, 15)])
    aside = evaluate_trial(panel, card(kind="no_comparison", assignment="chosen"), others=[other])
    assert {each.code for each in aside.warnings} & {"treated_did_badly", "reps_left", "overlapping_trials"} == set()
    assert "overlapping_trial" not in aside.reasons
    assert aside.reasons[0] == "comparison_set_aside"
    assert aside.left_out == ()
    assert aside.total is not None
    assert aside.total.after == pytest.approx(np.nansum(values[:, -6:]) / 6)
    assert aside.total.treated_change == pytest.approx(values[:10, -6:].sum() / 6 - values[:10, -12:-6].sum() / 6)
    compared = evaluate_trial(panel, card(assignment="chosen"), others=[other])
    assert {"treated_did_badly", "reps_left", "overlapping_trials"} <= {each.code for each in compared.warnings}


def test_a_long_history_with_few_months_after_is_not_called_short() -> None:
    panel = planted_panel(sales(months=38), "2021-01")
    found = evaluate_trial(panel, card(treated="everybody", start="2024-01", end=None))
    assert (found.verdict, found.reasons) == ("picture", ("no_comparison", "few_after"))
    said = verdict_reason_sentences(found)
    assert said[1] == "The data hold only 2 months of the trial; 3 are needed."
    assert not any("2 months" in each for each in trial_warning_sentences(found)), "it is said once"
    assert what_would_do(found, "running") == "Bring more months of the trial: the answer follows."
    short = evaluate_trial(planted_panel(sales(months=14)), card(treated="everybody"))
    assert short.reasons == ("no_comparison", "short_history", "few_after")
    whole = evaluate_trial(planted_panel(sales(months=39), "2021-01"), card(treated="everybody", start="2024-01"))
    assert whole.claim.method == "interrupted_series"


def test_a_rep_without_complaints_is_the_best_and_not_left_out() -> None:
    complaints = np.random.default_rng(1).poisson(3, (20, 18)).astype(float)
    complaints[0] = 0
    panel = planted_panel(complaints)
    better = evaluate_trial(panel, card(direction="lower", before=12))
    assert better.n_treated == 10
    assert better.left_out == ()
    others = evaluate_trial(panel, card(before=12))
    assert [(each.rep, each.reason) for each in others.left_out] == [("rep 00", "never_active")]


def test_a_level_of_zero_says_nothing_about_what_matters() -> None:
    """Ten percent of nothing was told as "effects of $0, which would matter"."""
    values = sales()
    values[:10, :12] = 0
    found = evaluate_trial(planted_panel(values), card(direction="lower"))
    assert found.level_before == 0
    assert np.isnan(found.smallest)
    open_ = finding(verdict="cannot_tell", reasons=("wide_range",), smallest=NAN, claim=estimate(9, -1, 19, 0.2))
    assert "$0" not in " ".join([*verdict_reason_sentences(open_), what_would_do(open_)])
    assert "which effect would matter is not known" in verdict_reason_sentences(open_)[0]
    assert what_would_do(open_) == SAY_WHAT_MATTERS
    told = evaluate_trial(planted_panel(values), card(direction="lower", smallest=2.0))
    assert told.smallest == 2.0


@pytest.mark.parametrize(
    ("verdict", "reasons"),
    [("may_have_moved", ("shared_pool",)), ("cannot_tell", ("overlapping_trial",)), ("cannot_tell", ("pre_trend",)),
     ("cannot_tell", ("wide_range", "reps_left"))],
)  # fmt: skip
def test_a_range_that_may_hold_something_else_promises_no_95_of_100(verdict: str, reasons: tuple[str, ...]) -> None:
    said = reliability_sentences(finding(verdict=verdict, reasons=reasons))
    assert "95" not in " ".join(said)
    assert said[1] == "The likely range is +$410 to +$5,900, and something else may be part of it."
    assert "95" in reliability_sentences(finding())[1]


def test_false_claims_are_not_averaged_over_what_is_never_claimed() -> None:
    rows = load_trial_table()
    claiming = [row for row in rows if row.kind not in NEVER_CLAIMED]
    n = sum(row.histories for row in claiming)
    pooled = sum(row.false_claims * row.histories for row in claiming) / n
    said = trial_calibration_sentences(rows, None)[0]
    assert said == f"In {n:,} simulated trials without an effect, {100 * pooled:.0f}% claimed one."
    assert trial_calibration_sentences(claiming, None)[0] == said


def look(n: int, crossed: bool) -> TrialLook:
    return TrialLook(n, finding().file.start, 3.0, 2.5, crossed)


def test_a_bound_that_was_crossed_and_is_lost_again_allows_no_stop() -> None:
    lost = finding(verdict="cannot_tell", reasons=("running", "wide_range"), running=True, n_looks=12, stopped=2,
                   looks=(look(1, False), look(2, True), look(3, False)),
                   claim=estimate(900, -400, 2_000, 0.2))  # fmt: skip
    assert look_sentence(lost) == "The answer was clear at look 2; today's data no longer show it."
    spoilt = replace(lost, reasons=("overlapping_trial",), claim=estimate(900, 400, 2_000, 0.02))
    assert "something else could have made it" in look_sentence(spoilt)
    assert "may stop" in look_sentence(replace(spoilt, verdict="helps", reasons=()))


def test_an_effect_that_faded_to_nothing_is_not_called_overstated() -> None:
    values = sales(3, noise=0.05)
    values[:10, 12:14] += 14
    values[:10, 14:] -= 8
    found = evaluate_trial(planted_panel(values), card(end="2025-12-31", looks=12))
    assert found.stopped > 0
    assert found.verdict == "cannot_tell"
    assert "early_stop_overstates" not in {each.code for each in found.warnings}
    assert "no longer show it" in look_sentence(found)


def test_fading_is_told_once_and_only_where_the_range_excludes_none() -> None:
    first, second = estimate(3_100, 400, 5_900, 0.02), estimate(300, -900, 1_500, 0.5)
    for change in (estimate(-2_800, -4_000, -900, 0.01), estimate(-2_800, -5_700, 90, 0.05)):
        found = finding(fade=TrialFade(first, second, change))
        said = [fade_sentence(found), *trial_warning_sentences(found)]
        assert " ".join(said).count("faded") == int(change.excludes_none)


def weekly() -> TrialFile:
    return card(start="2024-09-02", end="2025-03-02", before=26, treated=TREATED[:8])


def weeks(n: int) -> object:
    """Sixteen reps over weeks that end before the start."""
    rng = np.random.default_rng(0)
    panel = planted_panel(30 * np.exp(rng.normal(0, 0.2, (16, 1))) * np.exp(rng.normal(0, 0.5, (16, n))))
    days = pd.date_range(end="2024-08-26", periods=n, freq="W-MON").as_unit("us")
    return replace(panel, grain="week", frame=panel.frame.assign(period=np.tile(days, 16)))


def test_trials_by_week_are_looked_at_up_to_a_year() -> None:
    """Twelve weeks were the longest of all, and "more reps must take part" stood beside a plan of half a year."""
    found = evaluate_trial(weeks(86), weekly())
    assert found.grain == "week"
    assert sorted({each.n_periods for each in found.detectable}) == list(LENGTHS["week"])
    assert {grain: max(each) for grain, each in LENGTHS.items()} == {"day": 364, "week": 52, "month": 12, "quarter": 4}


def test_a_history_too_short_for_the_plan_does_not_ask_for_more_reps() -> None:
    found = evaluate_trial(weeks(24), replace_smallest(weekly(), 0.1))
    assert max(each.n_periods for each in found.detectable) < 26
    assert long_enough_sentence(found) == NO_LONGER
    enough = evaluate_trial(weeks(86), replace_smallest(weekly(), 0.1))
    assert "all 16 reps take part already" in long_enough_sentence(enough)


def replace_smallest(file: TrialFile, smallest: float) -> TrialFile:
    return file.model_copy(update={"smallest": smallest})


def test_what_is_said_in_percent_is_decided_once() -> None:
    """Meetings per workday were "0.6 per workday" in the table of side effects, and 4 points in the answer."""
    per_day = finding(ratio=True, unit_of_measure="per workday", level_before=0.6)
    assert (amount(per_day, 0.04), level(per_day, 0.6)) == ("0.04", "0.6")
    effect = SideEffect("meetings / workdays", "Meetings", "per workday", 0.04, 0.01, 0.07, 0.01, 0.6, (8, 8))
    assert "points" not in " ".join(side_effect_cells(effect))
    share = replace(effect, formula="won / closed", unit=None)
    assert "points" in " ".join(side_effect_cells(share))
    total = replace(effect, formula="won", unit=None)
    assert "points" not in " ".join(side_effect_cells(total))


def test_a_lever_that_was_to_fall_was_changed_where_it_fell() -> None:
    rng = np.random.default_rng(2)
    minutes = rng.normal(60, 2, (20, 18))
    minutes[:10, 12:] -= 15
    panel = planted_panel(sales(), more={"minutes": minutes})
    kpis = (Kpi(name="Response time", formula="minutes", target=30, weight=1, direction="lower"),)
    design = Design(name="D", goal=Goal(measure="sales"), kpis=kpis)
    fell = evaluate_trial(panel, card(lever="minutes"), design)
    assert lever_sentence(fell).endswith("fell against those who worked as before, so the change was made.")
    minutes[:10, 12:] += 30
    rose = evaluate_trial(planted_panel(sales(), more={"minutes": minutes}), card(lever="minutes"), design)
    assert lever_sentence(rose).endswith("rose against those who worked as before.")
