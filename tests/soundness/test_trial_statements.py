"""What is said of a trial is true: nobody is counted who did not change, and no chance is told as evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trials.findings import estimate, finding
from tests.trials.planted import planted_panel
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_finding import TeamTotal, TrialRep, TrialWarning
from workbench.words.trial_next_step import what_would_do
from workbench.words.trial_parts import (
    cost_sentence,
    fade_sentence,
    reliability_sentences,
    total_sentences,
    who_moved_sentence,
)
from workbench.words.trial_reasons import trial_warning_sentences, verdict_reason_sentences
from workbench.words.trial_side_effects import lever_sentence, side_effect_cells, side_effects_sentence
from workbench.words.trials import trial_answer

TREATED = [f"rep {i:02d}" for i in range(10)]


def sales(seed: int = 7, n: int = 20, months: int = 18, noise: float = 0.2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 30 * np.exp(rng.normal(0, 0.3, (n, 1))) * np.exp(rng.normal(0, noise, (n, months)))


def card(**changed: object) -> TrialFile:
    return parse_trial({
        "name": "X", "measure": "sales", "treated": TREATED, "start": "2025-01", "end": "2025-06-30",
        "assignment": "random",
    } | changed)  # fmt: skip


def test_one_office_of_two_counts_once_unless_the_card_says_that_it_records_the_draw() -> None:
    """Office shocks are no effect: counted as ten against ten reps, every second null trial was claimed."""
    offices = ("Denver",) * 10 + ("Atlanta",) * 10
    for seed in range(6):
        shocks = np.random.default_rng(100 + seed).normal(1, 0.15, (2, 18)).repeat(10, axis=0)
        panel = planted_panel(sales(seed) * shocks, offices=offices)
        found = evaluate_trial(panel, card(treated="office == 'Denver'"))
        assert (found.unit, found.n_treated, found.n_comparison, found.verdict) == ("office", 1, 1, "not_enough")
    panel = planted_panel(sales(), offices=offices)
    for said in (card(treated="office == 'Denver'", arm="office"), card()):
        found = evaluate_trial(panel, said)
        assert (found.unit, found.n_treated, found.n_comparison) == ("rep", 10, 10)


@pytest.mark.parametrize("months", [18, 42])
def test_a_comparison_that_is_set_aside_did_not_change(months: int) -> None:
    values = sales(months=months)
    values[:10, -6:] += 9
    side = {"dials": np.where(np.arange(20)[:, None] < 10, 50.0, 500.0) * np.ones((1, months))}
    panel = planted_panel(values, first="2024-01" if months == 18 else "2022-01", more=side)
    found = evaluate_trial(panel, card(kind="no_comparison", side_effects=["dials"]))
    assert (found.n_treated, found.n_treated_reps, found.claim.n_units) == (10, 10, (10, 0))
    assert [each.rep for each in found.reps] == TREATED
    assert found.side_effects[0].before == pytest.approx(50)
    said = " ".join([trial_answer(found), *verdict_reason_sentences(found)])
    assert "verybody" not in said
    assert "The card asks for no comparison" in said
    assert found.reasons[0] == "comparison_set_aside"
    assert found.total is not None
    assert found.total.before == pytest.approx(values[:, -12:-6].sum(axis=0).mean())
    everybody = evaluate_trial(panel, card(treated="everybody"))
    assert everybody.n_treated == 20
    assert "Everybody changed at once" in " ".join(verdict_reason_sentences(everybody))


def test_what_could_be_chance_is_no_weak_evidence() -> None:
    seen = set()
    for seed in range(8):
        panel = planted_panel(sales(seed, months=42), first="2022-01")
        found = evaluate_trial(panel, card(treated="everybody", cost_hours=2))
        seen.add(found.verdict)
        assert (found.verdict == "weak") == found.claim.excludes_none
        if found.verdict != "weak":
            assert trial_answer(found).startswith("could be chance, between ")
            assert trial_answer(found).endswith("; everybody changed.")
            assert what_would_do(found) == "Let some reps return to the old way, drawn by lot, to be sure."
            assert (cost_sentence(found), fade_sentence(found)) == ("", "")
            small = -found.smallest < found.claim.low and found.claim.high < found.smallest
            assert ("wide_range" in found.reasons) is not small
    assert "cannot_tell" in seen


def test_everybody_changed_beside_another_trial_is_no_evidence_of_either() -> None:
    values = sales(2, months=42)
    values[:, 36:] += 15
    panel = planted_panel(values, first="2022-01")
    assert evaluate_trial(panel, card(treated="everybody")).verdict == "weak"
    other = card(name="New leads", start="2025-02")
    found = evaluate_trial(panel, card(treated="everybody"), others=[other])
    assert (found.verdict, found.reasons[-1]) == ("cannot_tell", "overlapping_trial")


def test_a_trial_within_the_months_before_leaves_the_answer_open() -> None:
    """Another change lowered those who changed, and ended before the start: its end is not this trial's effect."""
    values = sales(noise=0.1)
    values[:10, 6:12] *= 0.7
    other = card(name="Old lists", start="2024-07", end="2024-12-31")
    found = evaluate_trial(planted_panel(values), card(), others=[other])
    assert (found.verdict, found.reasons) == ("cannot_tell", ("overlapping_trial",))
    assert [each.code for each in found.warnings if each.at == "Old lists"] == ["trial_in_before"]
    assert any("ran in the months that this trial is compared with" in each for each in trial_warning_sentences(found))
    later = card(start="2026-07", end="2026-12-31")
    planned = evaluate_trial(planted_panel(values), later, others=[other])
    assert "trial_in_before" not in {each.code for each in planned.warnings}, "those months are still to come"
    earlier = card(name="Older", start="2024-02", end="2024-06-30")
    assert evaluate_trial(planted_panel(values), card(), others=[earlier]).verdict == "helps"


@pytest.mark.parametrize("end", [None, "2025-12-31"])
def test_a_trial_that_begins_after_the_data_spoils_nothing(end: str | None) -> None:
    later = card(name="Next", start="2025-07", end=None)
    found = evaluate_trial(planted_panel(sales()), card(end=end), others=[later])
    assert "overlapping_trials" not in {each.code for each in found.warnings}
    planned = card(start="2025-09", end=end)
    found = evaluate_trial(planted_panel(sales()), planned, others=[later])
    assert "overlapping_trials" in {each.code for each in found.warnings}, "a plan is held against what is planned"


def test_what_the_looks_cost_is_no_disagreement() -> None:
    values = sales(16)
    values[:10, 12:] += 4.2
    panel = planted_panel(values)
    found = evaluate_trial(panel, card(looks=6))
    assert found.estimates[0].p <= 0.05 < found.claim.p
    assert (found.verdict, found.reasons) == ("cannot_tell", ("looks_cost",))
    said = " ".join([trial_answer(found), what_would_do(found), *verdict_reason_sentences(found)])
    assert "disagree" not in said
    assert "several looks" in said
    assert evaluate_trial(panel, card()).verdict == "helps"


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_who_was_picked_by_results_is_said_in_the_direction_that_is_better(direction: str) -> None:
    values = sales(4)
    values = values[np.argsort(values[:, :12].mean(axis=1))]
    found = evaluate_trial(planted_panel(values), card(assignment="chosen", direction=direction))
    codes = {each.code for each in found.warnings} & {"treated_did_badly", "biggest_treated"}
    assert codes == {"treated_did_badly" if direction == "higher" else "biggest_treated"}


def test_the_teams_total_is_told_in_the_direction_that_is_better() -> None:
    """Complaints: less is better, so that a fall of one group beside a rise of the other is the gain that moved."""
    lower = {"direction": "lower"}
    moved = finding(card=lower, claim=estimate(-900, -1_500, -300, 0.01), total=TeamTotal(3e5, 3e5, -2e4, 2e4))
    assert "stands against a loss of the other" in " ".join(total_sentences(moved))
    worse = finding(verdict="harms", card=lower, total=TeamTotal(3e5, 2.9e5, -5e3, -5e3))
    assert "did better than the others" not in " ".join(total_sentences(worse))
    better = finding(card=lower, claim=estimate(-900, -1_500, -300, 0.01), total=TeamTotal(3e5, 3.1e5, 1e3, 9e3))
    assert total_sentences(better)[-1].endswith("and yet the team's total did not fall.")


@pytest.mark.parametrize(
    ("direction", "moved", "said"),
    [
        ("higher", (-9.0,) * 10, "None of 10 reps who changed did better than expected. "
                                 "10 did worse by more than a single rep varies."),
        ("higher", (9.0, 1.0, -9.0), "2 of 3 reps who changed did better than expected. "
                                     "1 by more than a single rep varies. 1 did worse by more than that."),
        ("lower", (9.0, 1.0, -9.0), "1 of 3 reps who changed did better than expected. "
                                    "1 by more than a single rep varies. 1 did worse by more than that."),
        ("higher", (1.0, -1.0), "1 of 2 reps who changed did better than expected. "
                                "None by more than a single rep varies."),
    ],
)  # fmt: skip
def test_who_did_worse_beyond_chance_does_not_count_as_better(
    direction: str, moved: tuple[float, ...], said: str
) -> None:
    reps = tuple(
        TrialRep(f"r{i}", f"r{i}", True, 20, 20 + by, 20, by, by - 5, by + 5, 6, 6) for i, by in enumerate(moved)
    )
    assert who_moved_sentence(finding(reps=reps, card={"direction": direction})) == said


def test_a_side_effect_is_told_against_those_who_worked_as_before() -> None:
    """Everybody dials less, those who changed a little less so: their dials did not rise."""
    values, dials = sales(noise=0.1), sales(3, noise=0.1)
    dials[:, 12:] *= 0.5
    dials[:10, 12:] *= 1.4
    panel = planted_panel(values, more={"dials": dials})
    found = evaluate_trial(panel, card(side_effects=["dials"], lever="dials"))
    assert dials[:10, 12:].mean() < dials[:10, :12].mean()
    assert found.side_effects[0].moved == "up"
    assert side_effects_sentence(found) == "Beyond chance, dials rose against those who worked as before."
    assert lever_sentence(found) == "dials rose against those who worked as before, so the change was made."
    assert side_effect_cells(found.side_effects[0])[-1] == "More than others"
    staggered = replace(found, kind="staggered")
    assert side_effects_sentence(staggered) == "Beyond chance, dials rose against those who had not begun."


def test_an_early_stop_promises_no_95_of_100() -> None:
    worse = finding(verdict="harms", claim=estimate(-2_000, -3_900, -150, 0.03))
    assert reliability_sentences(worse)[1] == (
        "Of 100 such trials, about 95 likely ranges hold the true effect. Here: −$3,900 to −$150."
    )
    early = reliability_sentences(replace(worse, warnings=(TrialWarning("early_stop_overstates"),)))
    assert "95" not in " ".join(early)
    assert early[1] == "The likely range, −$3,900 to −$150, probably overstates the effect: the trial may stop early."


def test_two_trials_of_one_name_and_first_day_overlap() -> None:
    """Cards get their names by themselves, so that two plans of one month are called alike."""
    mine, theirs = (card(treated=TREATED[at : at + 4], name="A change for more Sales") for at in (0, 4))
    found = evaluate_trial(planted_panel(sales()), mine, others=[theirs])
    assert "overlapping_trials" in {each.code for each in found.warnings}
    assert "overlapping_trial" in found.reasons
