"""How often a trial's answer is right, by simulation: here with few histories, and in the shipped table."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from tests.trials.findings import EVERY_VERDICT, finding
from workbench.cli.main import main
from workbench.trials.calibration.run_trial_calibration import HISTORIES, run_trial_calibration, trial_worlds
from workbench.trials.calibration.simulate_trials import simulate_trials
from workbench.trials.calibration.trial_table import (
    KNOWN_TRIAL_MISSES,
    LEAST_COVERED,
    MOST_FALSE_CLAIMS,
    NEVER_CLAIMED,
    TrialCalibrationRow,
    load_trial_table,
    save_trial_table,
    trial_row,
    trials_like_yours,
)
from workbench.trials.calibration.trial_worlds import TrialWorld, TrialWorldKind, draw_trial
from workbench.trials.check_trial import check_trial
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.words.trials_calibration import (
    TRIAL_BOUNDS,
    TRIAL_CALIBRATION_COLUMNS,
    TRIAL_WORLDS,
    kind_like,
    missed_trial_sentences,
    rows_about,
    trial_calibration_cells,
    trial_calibration_method,
    trial_calibration_sentences,
)

TABLE = load_trial_table()


def run_command(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*words])
    return code, out.getvalue(), err.getvalue()


def of_kind(kind: str) -> list[TrialCalibrationRow]:
    return [row for row in TABLE if row.kind == kind]


def test_the_table_has_every_world() -> None:
    assert [(r.kind, r.reps, r.treated, r.effect) for r in TABLE] == [
        (w.kind, w.reps, w.treated, w.effect) for w in trial_worlds()
    ]
    assert [row.histories for row in TABLE] == [HISTORIES] * len(TABLE)
    assert [row.with_effect for row in TABLE] == [HISTORIES // 2] * len(TABLE)
    assert {*TRIAL_WORLDS} == {row.kind for row in TABLE}


def test_some_kinds_can_be_repeated_beside_the_rows_that_stand() -> None:
    again = run_trial_calibration(2, only=["shared pool"], known=TABLE)
    assert [(row.kind, row.treated) for row in again] == [(row.kind, row.treated) for row in TABLE]
    assert [row.histories for row in again if row.kind == "shared pool"] == [2]
    assert all(row in TABLE for row in again if row.kind != "shared pool")


def test_every_promise_holds_or_is_published_as_missed() -> None:
    assert {(row.kind, bound) for row in TABLE for bound in row.missed} == KNOWN_TRIAL_MISSES


def test_false_claims_are_those_that_were_promised() -> None:
    drawn = of_kind("drawn")
    n = sum(row.histories for row in drawn)
    pooled = sum(row.false_claims * row.histories for row in drawn) / n
    assert pooled == pytest.approx(0.05, abs=2.5 * np.sqrt(0.05 * 0.95 / n))
    for kind in {row.kind for row in TABLE}:
        rows = of_kind(kind)
        assert sum(row.false_claims for row in rows) / len(rows) <= MOST_FALSE_CLAIMS + 0.005, kind
        assert max(row.turned for row in rows) <= 0.02, kind
    assert all(row.false_claims == 0 for row in TABLE if row.kind in NEVER_CLAIMED)


@pytest.mark.parametrize("kind", NEVER_CLAIMED)
def test_what_is_recognised_is_never_claimed_today_either(kind: TrialWorldKind) -> None:
    """The stored table says what was found when it was made; this draws anew, with an effect."""
    tally = simulate_trials(TrialWorld(kind, 20, 5 if kind == "one office with shocks" else 10, 0.4), 3, (5,))
    assert tally.histories == 3
    assert {verdict for verdict in tally.verdicts if verdict in ("helps", "harms")} == set()


def test_one_estimate_alone_would_claim_too_much_where_reps_were_picked() -> None:
    """The reason for asking every fair comparison: abler reps picked, ANCOVA alone."""
    assert max(row.alone for row in of_kind("on ability")) > 0.15
    assert max(row.false_claims for row in of_kind("on ability")) <= MOST_FALSE_CLAIMS


def test_the_ranges_of_drawn_trials_hold_the_truth() -> None:
    for row in of_kind("drawn"):
        assert row.coverage is not None
        assert row.coverage >= LEAST_COVERED


def test_few_histories_give_the_same_picture() -> None:
    drawn = trial_row(simulate_trials(TrialWorld("drawn", 20, 10), 60, 3),
                      simulate_trials(TrialWorld("drawn", 20, 10, 0.6), 20, 3))  # fmt: skip
    assert drawn.false_claims <= 0.15
    assert drawn.found >= 0.9
    pool = simulate_trials(TrialWorld("shared pool", 20, 10), 10, 3)
    assert (pool.better, pool.worse, pool.verdicts["may_have_moved"]) == (0, 0, 10)
    naive = simulate_trials(TrialWorld("mix reverses sign", 20, 10, 0.6), 10, 3)
    assert naive.worse == 0


@pytest.mark.parametrize("kind", TRIAL_WORLDS)
def test_every_kind_draws_a_sound_trial(kind) -> None:
    world = next(each for each in trial_worlds() if each.kind == kind)
    drawn = draw_trial(world, np.random.default_rng(2))
    assert [issue.code for issue in check_trial(drawn.file, drawn.panel) if issue.level == "error"] == []
    assert drawn.file.model_dump() == draw_trial(world, np.random.default_rng(2)).file.model_dump()
    assert drawn.panel.frame["sales"].notna().all()


def test_what_cannot_be_judged_is_recognised_by_a_warning() -> None:
    codes = {}
    for kind in ("overlapping trial", "leavers of one group", "shared pool", "one office with shocks", "on results",
                 "biggest"):  # fmt: skip
        world = next(each for each in trial_worlds() if each.kind == kind)
        drawn = draw_trial(world, np.random.default_rng(4))
        codes[kind] = {each.code for each in evaluate_trial(drawn.panel, drawn.file, others=drawn.others).warnings}
    assert "overlapping_trials" in codes["overlapping trial"]
    assert "reps_left" in codes["leavers of one group"]
    assert "shared_pool" in codes["shared pool"]
    assert "unit_is_attribute" in codes["one office with shocks"]
    assert "treated_did_badly" in codes["on results"]
    assert "biggest_treated" in codes["biggest"]


def test_a_trial_calibration_is_reproducible_and_can_be_stored(tmp_path, monkeypatch) -> None:
    few = (TrialWorld("drawn", 20, 10, 0.25), TrialWorld("watched monthly", 20, 10, 0.25))
    monkeypatch.setattr("workbench.trials.calibration.run_trial_calibration.trial_worlds", lambda: few)
    done: list[tuple[int, int]] = []
    rows = run_trial_calibration(2, 5, lambda *at: done.append(at))
    assert done == [(1, 2), (2, 2)]
    assert run_trial_calibration(2, 5) == rows
    save_trial_table(rows, tmp_path / "table.json")
    assert [row.kind for row in load_trial_table(tmp_path / "table.json")] == ["drawn", "watched monthly"]
    command = ("calibrate-trials", "--histories", "2", "--seed", "5", "--out", str(tmp_path / "new.json"))
    code, out, err = run_command(*command, "--json")
    assert code == 0
    assert [row["histories"] for row in json.loads(out)["rows"]] == [2, 2]
    assert "2 of 2 kinds of trials" in err
    code, out, _ = run_command(*command)
    assert out.startswith("Trial")


def test_a_trial_of_everybody_is_held_against_its_like_alone() -> None:
    """By judgement, on the card, and "The worst kind: drawn by lot" below it."""
    rows = trials_like_yours(16, 0)
    said = trial_calibration_sentences(rows_about(EVERY_VERDICT["weak"], rows), None)
    assert "All were of one kind: everybody at once after 36 months." in said
    assert not any("drawn by lot" in each for each in said)
    chosen = rows_about(finding(card={"assignment": "chosen"}), rows)
    assert not any("drawn by lot" in TRIAL_WORLDS[row.kind] for row in chosen)
    drawn = rows_about(finding(card={"assignment": "random"}), rows)
    assert {row.kind for row in drawn} - {row.kind for row in chosen} == {"drawn"}


def test_the_trial_most_similar_is_said_in_words() -> None:
    rows = trials_like_yours(9, 11)
    assert {row.treated for row in rows if row.kind == "drawn"} == {10}
    assert len({row.kind for row in rows}) == len(rows) == len(TRIAL_WORLDS)
    for own in TRIAL_WORLDS:
        said = trial_calibration_sentences(rows, own)
        assert said[2].startswith("With ")
        n = sum(row.histories for row in rows if row.kind not in NEVER_CLAIMED)
        assert said[0].startswith(f"In {n:,} simulated trials without an effect, ")
        plain = said[: -len(missed_trial_sentences(rows))]
        assert len(plain) == (3 if own == "looked at in other ways" else 4)
        assert max(len(sentence.split()) for sentence in plain) <= 20
    assert not any(sentence.startswith("With ") for sentence in trial_calibration_sentences(rows, None))
    assert len(trial_calibration_cells(rows[0])) == len(TRIAL_CALIBRATION_COLUMNS)
    assert "`python -m workbench calibrate-trials`" in trial_calibration_method(TABLE)
    assert all(row.made for row in TABLE)
    apart = (replace(TABLE[0], made="2026-11-03"), replace(TABLE[1], made="2026-12-01"))
    assert "Simulated from 3 November 2026 to 1 December 2026." in trial_calibration_method(apart)
    assert "Simulated on 3 November 2026." in trial_calibration_method(apart[:1])


def test_a_trial_is_held_against_simulated_ones_of_its_kind() -> None:
    for kind in ("drawn", "on results", "on ability", "one after the other"):
        world = next(each for each in trial_worlds() if each.kind == kind and each.treated == 10)
        drawn = draw_trial(world, np.random.default_rng(2))
        assert kind_like(evaluate_trial(drawn.panel, drawn.file)) == kind
    world = next(each for each in trial_worlds() if each.kind == "one office with shocks")
    drawn = draw_trial(world, np.random.default_rng(2))
    assert kind_like(evaluate_trial(drawn.panel, drawn.file)) is None


def test_a_trial_is_quoted_no_row_of_trials_that_are_judged_in_another_way() -> None:
    ended = {"assignment": "random", "ended_early": True}
    assert kind_like(finding(card=ended)) == "no last day", "ended while it had no plan"
    assert kind_like(finding(card=ended | {"planned_end": "2025-12-31", "looks": 6})) == "watched monthly"
    assert kind_like(finding(card={"assignment": "random", "tries": 2})) == "looked at in other ways"
    assert kind_like(finding(kind="staggered", card=ended)) == "one after the other, no last day"
    for kind in ("staggered", "no_comparison"):
        assert kind_like(finding(kind=kind)) is not None
        assert kind_like(finding(kind=kind, card={"tries": 2})) is None, "no such trials were simulated"


def test_a_simulated_trial_without_a_last_day_can_claim_what_the_product_can() -> None:
    """499 draws have no p below .002, and six months of twelve may use .001: no effect, however large, was found."""
    assert simulate_trials(TrialWorld("no last day", 20, 10, 1.5), 3, 3).better == 3
    assert all(row.found > 0 for row in TABLE if row.kind not in NEVER_CLAIMED)


def test_a_range_that_was_picked_is_not_counted_as_one_of_a_hundred() -> None:
    assert simulate_trials(TrialWorld("looked at in other ways", 20, 10, 1.5), 2, 3).intervals == 0
    assert {row.coverage for row in of_kind("looked at in other ways")} == {None}
    said = {own: " ".join(trial_calibration_sentences(TABLE, own)) for own in ("drawn", "looked at in other ways")}
    assert ["Likely ranges, meant for 95%" in each for each in said.values()] == [True, False]


def test_what_is_not_reliable_is_said_by_kind_of_trial() -> None:
    assert missed_trial_sentences(of_kind("drawn")) == []
    for kind, bound in KNOWN_TRIAL_MISSES:
        said = " ".join(missed_trial_sentences(of_kind(kind)))
        assert TRIAL_WORLDS[kind] in said
        assert TRIAL_BOUNDS[bound] in said
