"""Hostile trials: what the data do not hold is left out or left open, and never becomes a number that looks right."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.sample_panels import SAMPLES, sample_panel
from tests.trials.planted import planted_panel
from workbench.cli.main import without_nan
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.model.daily import Exposure
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import DAYS_AT_WORK, MeasureInfo, Panel
from workbench.trials.check_trial import check_trial
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_finding import TrialFinding
from workbench.trials.trial_result_json import trial_result_json
from workbench.words.trial_next_step import what_would_do
from workbench.words.trial_reasons import left_out_sentences, trial_warning_sentences, verdict_reason_sentences
from workbench.words.trials import trial_answer

NAMES = [f"rep {i:02d}" for i in range(20)]
SAYS_NOTHING = {"not_started", "cannot_tell", "not_enough", "picture"}


def card(**changed: object) -> TrialFile:
    return parse_trial({
        "name": "A", "measure": "sales", "treated": NAMES[:10], "start": "2025-01", "end": "2025-06-30",
        "assignment": "random",
    } | changed)  # fmt: skip


def team(seed: int = 7, n: int = 20, months: int = 18) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 30 * np.exp(rng.normal(0, 0.3, (n, 1))) * np.exp(rng.normal(0, 0.1, (n, months)))


def checked(panel: Panel, file: TrialFile) -> TrialFinding:
    """The finding, which can be printed and said whatever it holds."""
    found = evaluate_trial(panel, file)
    json.dumps(without_nan(trial_result_json(found)), allow_nan=False)
    said = [trial_answer(found), what_would_do(found), *verdict_reason_sentences(found),
            *trial_warning_sentences(found), *left_out_sentences(found)]  # fmt: skip
    assert "nan" not in " ".join(said).lower().split()
    for each in (found.claim, *found.estimates):
        if np.isfinite([each.low, each.high]).all():
            assert each.low <= each.value <= each.high
        assert np.isnan(each.p) or 0 < each.p <= 1
    return found


@pytest.mark.parametrize("assignment", ["random", "chosen", "chosen_on"])
@pytest.mark.parametrize("unit", ["rep", "office"])
@pytest.mark.parametrize(
    "spoil",
    ["gaps", "treated without data", "nobody after", "nobody before", "zero everywhere", "one rep", "same for all",
     "one enormous sale", "negative", "all but two left", "two months"],
)  # fmt: skip
def test_hostile_data_never_crash_and_never_claim_out_of_nothing(spoil, unit, assignment) -> None:
    values = team()
    offices = tuple(np.repeat([f"office {k}" for k in range(10)], 2))
    rng = np.random.default_rng(1)
    match spoil:
        case "gaps":
            values[rng.random(values.shape) < 0.4] = np.nan
        case "treated without data":
            values[:10] = np.nan
        case "nobody after":
            values[:, 12:] = np.nan
        case "nobody before":
            values[:, 1:12] = np.nan
        case "zero everywhere":
            values[:] = 0
        case "one rep":
            values[1:] = np.nan
        case "same for all":
            values[:] = 20
        case "one enormous sale":
            values[0, 14] = 1e9
        case "negative":
            values -= 40
        case "all but two left":
            values[2:10, 12:] = np.nan
        case "two months":
            values[:, :11], values[:, 13:] = np.nan, np.nan
    found = checked(planted_panel(values, offices=offices), card(assignment=assignment, unit=unit))
    if spoil not in ("gaps", "negative", "two months"):
        assert found.verdict in SAYS_NOTHING | {"no_effect_seen"}


def test_a_leaver_is_named_and_the_rest_is_compared() -> None:
    values = team()
    values[0, 12:] = np.nan
    found = checked(planted_panel(values), card())
    assert [(each.rep, each.reason) for each in found.left_out] == [("rep 00", "no_after")]
    assert found.n_treated == 9


def test_many_leavers_of_one_group_leave_the_answer_open() -> None:
    """The worst four of those who changed leave: who stays is better, and nothing helped."""
    values = team()
    values[:10, 12:] += 9
    values[:4, 12:] = np.nan
    found = checked(planted_panel(values), card())
    assert (found.verdict, found.reasons) == ("cannot_tell", ("reps_left",))


def test_who_joined_just_before_the_start_is_no_evidence() -> None:
    values = team()
    values[:5, :10] = np.nan
    values[:5, 10:12] *= 0.2
    found = checked(planted_panel(values), card())
    assert {each.rep: each.reason for each in found.left_out} == dict.fromkeys(NAMES[:5], "on_ramp")


def test_a_manager_who_never_sold_is_left_out_by_the_past_alone() -> None:
    values = team()
    values[3] = 0
    values[4, :12] = 0
    found = checked(planted_panel(values), card())
    assert {each.rep: each.reason for each in found.left_out} == dict.fromkeys(NAMES[3:5], "never_active")


def test_reps_who_were_away_half_the_month_sell_at_the_same_pace() -> None:
    """The treated work 11 of 22 days after the start and sell half: nothing changed but the days."""
    panel = planted_panel(team(), first="2024-01")
    months = np.array(sorted(panel.frame["period"].unique()), dtype="datetime64[D]")
    days = np.arange(np.datetime64("2024-01-01"), np.datetime64("2025-07-01"))
    days = days[np.is_busday(days)]
    month_of = np.searchsorted(months, days, side="right") - 1
    away = np.zeros((20, len(days)), dtype=bool)
    away[:10] = (month_of >= 12)[None, :] & (np.arange(len(days)) % 2 == 0)
    at_work = ~away
    worked = np.stack([np.bincount(month_of, weights=row, minlength=18) for row in at_work])
    whole = np.bincount(month_of, minlength=18)
    frame = panel.frame.assign(sales=panel.frame["sales"] * (worked / whole).ravel(), workdays=np.tile(whole, 20) * 1.0,
                               **{DAYS_AT_WORK: worked.ravel()})  # fmt: skip
    exposure = Exposure(np.array(NAMES), days, at_work, np.array(["roster"] * 20), np.full(20, np.nan))
    built_in = (MeasureInfo("workdays", "built_in"), MeasureInfo(DAYS_AT_WORK, "built_in"))
    full = replace(panel, frame=frame, exposure=exposure, measures=(*panel.measures, *built_in))
    always = replace(exposure, at_work=np.ones_like(at_work))
    there = panel.frame.assign(workdays=np.tile(whole, 20) * 1.0, **{DAYS_AT_WORK: np.tile(whole, 20) * 1.0})
    truth = checked(replace(full, frame=there, exposure=always), card())
    found = checked(full, card())
    assert found.claim.value == pytest.approx(truth.claim.value, rel=0.05, abs=0.3)
    assert found.verdict not in ("helps", "harms")
    assert "unequal_workdays" in {each.code for each in found.warnings}
    assert found.naive.change == pytest.approx(truth.naive.change, abs=0.5), "also the plain figure is per day worked"


def test_the_order_of_the_rows_and_the_names_changes_nothing() -> None:
    panel = planted_panel(team())
    shuffled = replace(panel, frame=panel.frame.sample(frac=1, random_state=3))
    one, other = (checked(each, card()) for each in (panel, shuffled))
    assert one.claim == other.claim


def test_a_unit_of_money_changes_no_verdict() -> None:
    values = team()
    values[:10, 12:] += 5
    one = checked(planted_panel(values), card(assignment="chosen"))
    cents = checked(planted_panel(values * 1e7), card(assignment="chosen"))
    small = checked(planted_panel(values * 1e-7), card(assignment="chosen"))
    assert one.verdict == cents.verdict == small.verdict == "helps"
    assert (cents.claim.p, cents.claim.low) == (one.claim.p, pytest.approx(one.claim.low * 1e7, rel=1e-6))


def test_a_look_ahead_does_not_change_the_past() -> None:
    """Months after the end of the trial are no part of it."""
    values = team(months=24)
    longer = values.copy()
    longer[:10, 18:] += 100
    one, other = (checked(planted_panel(each), card()) for each in (values, longer))
    assert one.claim == other.claim


def test_a_part_month_at_the_end_is_left_out() -> None:
    values = team()
    values[:, -1] /= 10
    panel = replace(planted_panel(values), partial=(pd.Timestamp("2025-06-01"),))
    found = checked(panel, card(end=None))
    assert (found.n_after, str(found.last)) == (5, "2025-05-31")


def test_a_start_on_the_last_day_and_a_trial_of_the_future_claim_nothing() -> None:
    panel = planted_panel(team())
    for start in ("2025-06-30", "2025-07-01", "2040-01-01"):
        assert checked(panel, card(start=start, end=None)).verdict == "not_started"
    assert {each.code for each in check_trial(card(start="2023-01", end="2023-05-01"), panel)} == {"trial_before_data"}


def test_everybody_treated_has_no_p_whatever_the_card_says() -> None:
    found = checked(planted_panel(team()), card(treated="everybody", assignment="random"))
    assert (found.verdict, found.kind) == ("picture", "no_comparison")
    assert np.isnan([found.claim.p, found.claim.low, found.claim.high]).all()


def test_the_same_name_on_the_team_list_twice_counts_once() -> None:
    panel = planted_panel(team())
    twice = replace(panel, reps=pd.concat([panel.reps, panel.reps.iloc[:1]], ignore_index=True))
    assert checked(twice, card()).claim == checked(panel, card()).claim


def test_the_floor_of_a_measure_is_that_of_its_own_values() -> None:
    values = np.random.default_rng(3).lognormal(3, 0.2, (20, 18))
    assert evaluate_trial(planted_panel(values), card()).floor == 0
    values[0, 0] = -1
    assert np.isnan(evaluate_trial(planted_panel(values), card()).floor)


def test_staggered_starts_in_the_future_and_without_anybody_left_claim_nothing() -> None:
    panel = planted_panel(team(n=8))
    same = dict.fromkeys(NAMES[:8], "2025-01")
    found = checked(panel, card(treated=NAMES[:8], starts=same))
    assert found.verdict == "not_enough"
    late = checked(panel, card(treated=NAMES[:4], starts=dict.fromkeys(NAMES[:4], "2030-01"), end="2031-01-01"))
    assert late.verdict in SAYS_NOTHING


def test_names_that_look_like_formulas_or_markup_are_names() -> None:
    panel = planted_panel(team())
    renamed = {"rep 00": "<script>alert(1)</script>", "rep 01": "=cmd()", "rep 02": "office == 'x'"}
    frame, reps = (each.assign(rep=each["rep"].replace(renamed)) for each in (panel.frame, panel.reps))
    named = [renamed.get(name, name) for name in NAMES[:10]]
    found = checked(replace(panel, frame=frame.sort_values(["rep", "period"]), reps=reps), card(treated=named))
    assert {each.rep for each in found.reps if each.treated} == set(named)


def test_the_same_rows_by_day_month_and_quarter_give_the_same_estimate() -> None:
    folder = SAMPLES / "dials-floor"
    dataset = load_dataset(folder / "dials-floor.dataset.json")
    names = ["Ana Ruiz", "Tomasz Nowak", "Andre Watson", "Kyle Jensen", "Marcus Bell", "Wei Zhang", "Ricardo Lima"]
    found = {}
    panels = {"month": sample_panel("dials-floor")} | {
        grain: build_panel(dataset.model_copy(update={"grain": grain}), folder) for grain in ("day", "quarter")
    }
    for grain, before in (("day", 183), ("month", 6), ("quarter", 2)):
        panel = panels[grain]
        found[grain] = checked(panel, card(treated=names, before=before, assignment="chosen"))
    one = found["month"]
    for other in found.values():
        assert other.claim.value == pytest.approx(one.claim.value)
        assert (other.claim.p, other.n_treated, other.verdict) == (one.claim.p, one.n_treated, one.verdict)
        assert other.workdays == pytest.approx(21.74, abs=0.01)
        assert other.naive.change == pytest.approx(one.naive.change)


def test_a_month_begun_by_the_last_week_is_no_month() -> None:
    """One workday of July made a point of the line, and a month of 20.5 workdays."""
    folder = SAMPLES / "dials-floor"
    dataset = load_dataset(folder / "dials-floor.dataset.json").model_copy(update={"grain": "week"})
    found = checked(build_panel(dataset, folder), card(treated=["Ana Ruiz"], before=26, end=None))
    assert found.n_after == 6
    assert found.workdays == pytest.approx(21.74, abs=0.01)


def test_ending_a_trial_on_the_last_day_of_the_data_changes_no_figure() -> None:
    """Weeks that end on 29 June: with that day as its end a trial was judged by the week, and said something else."""
    panel = sample_panel("the-conversation")
    reps = sorted(panel.reps["rep"])
    open_end = parse_trial({"name": "A", "measure": "held", "treated": reps[::2], "start": "2025-04", "before": 13,
                            "looks": 1, "assignment": "random"})  # fmt: skip
    last = pd.Timestamp(panel.frame["period"].max()) + pd.Timedelta(days=6)
    found = [evaluate_trial(panel, open_end.model_copy(update={"end": end}))
             for end in (last.date(), pd.Timestamp("2025-06-30").date())]  # fmt: skip
    assert last.day == 29
    assert [each.grain for each in found] == ["month", "month"]
    assert (found[0].claim, found[0].n_after) == (found[1].claim, found[1].n_after)


def test_a_whole_office_is_no_draw_of_single_reps() -> None:
    """Three offices, one of which changed: however the card says it was picked, it counts once."""
    panel = planted_panel(team(), offices=("Atlanta",) * 7 + ("Denver",) * 7 + ("Toronto",) * 6)
    found = evaluate_trial(panel, card(treated="office == 'Atlanta'", assignment="random"))
    assert (found.unit, found.n_treated, found.n_comparison) == ("office", 1, 2)
    assert found.verdict in SAYS_NOTHING
    drawn = planted_panel(team(), offices=("with",) * 10 + ("without",) * 10)
    for said in (card(), card(treated="office == 'with'", arm="office")):
        arms = evaluate_trial(drawn, said)
        assert (arms.unit, arms.n_treated) == ("rep", 10)  # a column of two groups may record the draw


def test_before_and_after_is_the_opposite_only_of_a_claim() -> None:
    """Everybody falls by a fifth; those who changed by a little less, which may be chance."""
    values = team(3)
    values[:, 12:] *= 0.8
    values[:10, 12:] *= 1.02
    found = evaluate_trial(planted_panel(values), card())
    assert found.naive is not None
    assert found.naive.change < 0 < found.claim.value
    assert found.claim.p > 0.05
    assert "mix_changed" not in [each.code for each in found.warnings]
