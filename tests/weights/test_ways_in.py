"""Swing, pairwise and ordered reps: published figures, brute force, planted weights."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from workbench.errors import InputError
from workbench.scoring.history import score_history
from workbench.weights.next_pair import answers_needed, choose_next_pair
from workbench.weights.ordering import infer_weights_from_orderings
from workbench.weights.pairwise import weights_from_comparisons
from workbench.weights.swing import kpi_swings, rank_order_centroid


def test_rank_order_centroid_of_barron_and_barrett():
    """Barron & Barrett 1996, table 1: four attributes .5208, .2708, .1458, .0625."""
    assert list(rank_order_centroid("abcd").values()) == pytest.approx([52.08, 27.08, 14.58, 6.25], abs=0.005)
    assert rank_order_centroid(["only"]) == {"only": 100}


def test_equal_places_share_their_weights():
    found = rank_order_centroid([["a", "b"], "c"])
    assert found == pytest.approx({"a": 44.44, "b": 44.44, "c": 11.11}, abs=0.01)
    assert rank_order_centroid([["a", "b", "c"]]) == pytest.approx({"a": 100 / 3, "b": 100 / 3, "c": 100 / 3})


def test_a_centroid_is_the_mean_of_all_weights_in_that_order():
    drawn = -np.sort(-np.random.default_rng(0).dirichlet(np.ones(5), 40000), axis=1)
    assert list(rank_order_centroid("abcde").values()) == pytest.approx(100 * drawn.mean(axis=0), abs=0.3)


def test_swings_run_from_the_worst_rep_to_the_best():
    panel = random_panel(1)
    lower = {**CALLS, "direction": "lower"}
    found = kpi_swings(score_history(panel, design_of(lower, MEETINGS, WIN_RATE))).set_index("kpi")
    means = panel.frame.groupby("rep")["calls"].mean()
    assert found.loc["Calls", ["worst", "best"]].tolist() == [means.max(), means.min()]
    assert found.loc["Meetings", "best"] == panel.frame.groupby("rep")["meetings"].mean().max()


def test_the_swing_of_a_composite_is_in_points():
    nested = {"name": "Both", "weight": 1, "unit": "per month", "kpis": [CALLS, MEETINGS]}
    found = kpi_swings(score_history(random_panel(1), design_of(nested, {**WIN_RATE, "unit": "of deals"})))
    assert found["best"].iloc[0] <= 120


# Saaty 2008 (Int. J. Services Sciences 1), "which drink is consumed more in the USA?": weights and CR as printed.
DRINKS = ("coffee", "wine", "tea", "beer", "sodas", "milk", "water")
ROWS = (
    (1, 9, 5, 2, 1, 1, 1 / 2),
    (1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9),
    (1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9),
    (1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3),
    (1, 9, 4, 2, 1, 2, 1 / 2),
    (1, 9, 3, 1, 1 / 2, 1, 1 / 3),
    (2, 9, 9, 3, 2, 3, 1),
)


def drinks():
    return {(DRINKS[i], DRINKS[j]): ROWS[i][j] for i in range(7) for j in range(i + 1, 7)}


def test_saatys_drinks():
    found = weights_from_comparisons(DRINKS, drinks())
    assert list(found.weights.values()) == pytest.approx([17.7, 1.9, 4.2, 11.6, 19.0, 12.9, 32.7], abs=0.06)
    assert found.consistency == pytest.approx(0.022, abs=0.001)
    assert found.acceptable


@given(st.lists(st.floats(0.5, 50), min_size=3, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=examples(30))
def test_consistent_answers_give_their_weights_back_even_when_some_are_missing(weights, chance):
    names = [f"k{i}" for i in range(len(weights))]
    every = {(a, b): weights[names.index(a)] / weights[names.index(b)] for a, b in pairwise(names)}
    extra = {(a, b): weights[i] / weights[j] for i, a in enumerate(names) for j, b in enumerate(names)
             if j > i + 1 and chance.random() < 0.5}  # fmt: skip
    found = weights_from_comparisons(names, every | extra)
    total = sum(weights)
    assert list(found.weights.values()) == pytest.approx([100 * w / total for w in weights], rel=1e-6)
    assert found.consistency == pytest.approx(0, abs=1e-6)
    assert found.triads == ()


def test_the_worst_contradiction_is_named():
    answers = {("a", "b"): 3, ("b", "c"): 2, ("c", "a"): 4, ("a", "d"): 1, ("b", "d"): 1 / 3, ("c", "d"): 1 / 6}
    found = weights_from_comparisons("abcd", answers)
    worst = found.triads[0]
    assert (worst.a, worst.b, worst.c) == ("a", "b", "c")
    assert (worst.implied, worst.a_over_c, worst.factor) == (6, 0.25, 24)
    assert not found.acceptable
    slight = weights_from_comparisons("abc", {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 3}).triads
    assert [triad.factor for triad in slight] == pytest.approx([4 / 3])


def test_two_kpis_cannot_contradict_each_other():
    found = weights_from_comparisons("ab", {("a", "b"): 3})
    assert found.weights == pytest.approx({"a": 75, "b": 25})
    assert np.isnan(found.consistency)
    assert found.acceptable


def test_comparisons_that_cannot_be_used_are_all_named():
    with pytest.raises(InputError) as refused:
        weights_from_comparisons("ab", {("a", "b"): 0, ("a", "z"): 2})
    problems = [dict(issue.parts)["problem"] for issue in refused.value.issues]
    assert problems == ["not_above_zero", "not_two_kpis"]
    with pytest.raises(InputError, match="'c', 'd'"):
        weights_from_comparisons("abcd", {("a", "b"): 2, ("c", "d"): 2})


def test_planted_weights_meet_every_ordering_they_made():
    rng = np.random.default_rng(3)
    points, truth = rng.uniform(0, 100, (12, 4)), np.array([0.5, 0.3, 0.2, 0.0])
    score = points @ truth
    pairs = [(i, j) for i in range(12) for j in range(12) if score[i] > score[j] + 1]
    found = infer_weights_from_orderings(points, pairs)
    assert found.unmet == ()
    assert found.weights.sum() == pytest.approx(100)
    assert found.weights / 100 == pytest.approx(truth, abs=0.07)
    assert (found.lowest - 1e-6 <= 100 * truth).all()
    assert (found.highest + 1e-6 >= 100 * truth).all()
    assert found.margin == pytest.approx(
        min(points[i] @ found.weights - points[j] @ found.weights for i, j in pairs) / 100
    )


def test_the_number_that_cannot_be_met_is_the_least_by_brute_force():
    rng = np.random.default_rng(4)
    points = rng.uniform(0, 100, (5, 2))
    pairs = [*permutations(range(3), 2), (3, 4), (0, 4), (2, 4)]
    grid = np.linspace(0, 1, 5001)
    scores = np.outer(points[:, 0], grid) + np.outer(points[:, 1], 1 - grid)
    missed = sum((scores[i] - scores[j] < 0.01).astype(int) for i, j in pairs)
    found = infer_weights_from_orderings(points, pairs)
    assert len(found.unmet) == missed.min()
    kept = [pair for at, pair in enumerate(pairs) if at not in found.unmet]
    assert all((points[i] - points[j]) @ found.weights > 0 for i, j in kept)


def test_nothing_said_leaves_everything_open():
    found = infer_weights_from_orderings(np.ones((3, 2)), [])
    assert (found.weights.tolist(), found.lowest.tolist(), found.highest.tolist()) == ([50, 50], [0, 0], [100, 100])
    assert infer_weights_from_orderings(np.ones((3, 2)), [(0, 1)]).unmet == (0,)


def test_a_pair_is_asked_only_where_each_rep_leads_on_something():
    points = np.array([[100, 0], [0, 100], [50, 50], [40, 40]])  # the fourth trails the third on both
    asked = []
    while (pair := choose_next_pair(points, [], asked)) is not None:
        asked.append(pair)
    assert asked[0] == (0, 1)
    assert len(asked) == 5
    assert (2, 3) not in asked
    assert choose_next_pair(np.array([[3.0], [2.0]]), []) is None
    assert choose_next_pair(np.array([[np.nan, 1.0], [2.0, np.nan]]), []) is None
    assert choose_next_pair(np.ones((1, 2)), []) is None


def test_the_next_pair_is_one_the_answers_leave_open():
    points = np.array([[100.0, 0], [0, 100], [90, 20], [20, 30]])
    first_counts_two_thirds = [(0, 1), (0, 2)]  # so rep 2 leads rep 3 for certain, and rep 3 may lead rep 1
    assert choose_next_pair(points, first_counts_two_thirds) == (1, 3)
    assert choose_next_pair(points, first_counts_two_thirds, [(1, 3)]) != (1, 3)


def answered(points, truth, n, choose):
    given, passed = [], []
    for _ in range(n):
        a, b = choose(points, given, passed)
        given.append((a, b) if points[a] @ truth > points[b] @ truth else (b, a))
    return np.abs(infer_weights_from_orderings(points, given).weights / 100 - truth).sum()


def test_twelve_answers_to_chosen_pairs_find_weights_better_than_twelve_to_pairs_drawn():
    chosen, drawn = [], []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        points, truth = rng.uniform(0, 100, (20, 3)), rng.dirichlet(np.ones(3))
        chosen.append(answered(points, truth, answers_needed(3, 20), choose_next_pair))
        drawn.append(answered(points, truth, 12, lambda p, *_, rng=rng: rng.choice(len(p), 2, replace=False)))
    assert answers_needed(3, 20) == 12
    assert np.mean(chosen) < 0.6 * np.mean(drawn)
    assert np.mean(chosen) < 0.1
