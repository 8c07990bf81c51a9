"""How easily could each KPI be gamed, and what does a counter-metric do about it?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.integrity.grids import panel_of_grids
from tests.sample_panels import SAMPLES, sample_panel
from tests.scoring.panels import design_of
from workbench.data.model.dataset import DataSet, load_dataset
from workbench.data.model.panel import Panel
from workbench.data.model.row_overlap import RowOverlap
from workbench.design.model import load_design
from workbench.integrity.counter_metric import suggest_counter_metric
from workbench.integrity.empty_activity import find_paying_tallies, shift_ranks
from workbench.integrity.gameability import Gameability, find_outcomes, rate_gameability
from workbench.scoring.history import score_history
from workbench.words.gaming import gaming_headline, worth_sentence

DIALS = {"name": "Dials", "formula": "dials", "target": 50, "weight": 60}
QUOTES = {"name": "Quotes", "formula": "quotes", "target": 10, "weight": 40}


def by_hand() -> Panel:
    """Scores 88, 101.6 and 60 under 60 % dials and 40 % quotes with a cap of 120."""
    return _constant(dials=[40, 58, 30], quotes=[10, 8, 6], sales=[900, 1000, 1100])


def _constant(**measures: list[float]) -> Panel:
    """A panel in which every rep has the same values in two months."""
    return panel_of_grids(**{name: np.tile(np.array(each, float)[:, None], 2) for name, each in measures.items()})


def test_points_an_hour_of_box_ticking_brings_are_those_of_a_hand_computation() -> None:
    """Ten more dials bring 12, 2.4 and 12 points, the second rep being capped; twenty bring 24, 2.4 and 24."""
    found, quotes = rate_gameability(by_hand(), design_of(DIALS | {"minutes_each": 3}, QUOTES))
    assert (found.easiest, found.share) == ("dials", 0.6)
    assert found.points_per_ten == pytest.approx(8.8)
    assert found.points_per_hour == pytest.approx(16.8)
    assert (quotes.minutes_each, quotes.points_per_hour) == (None, None)
    assert quotes.points_per_ten == pytest.approx(0.4 * (20 + 40 + 60) / 3)


def test_ranks_with_half_as_much_again_are_those_of_a_hand_computation() -> None:
    """Alone with half more dials each would score 112, 104 and 78 against the others' 88, 101.6 and 60."""
    found = rate_gameability(by_hand(), design_of(DIALS, QUOTES))[0]
    assert [(one.rank, one.rank_after, one.places) for one in found.shifts] == [(2, 1, 1), (1, 1, 0), (3, 3, 0)]
    assert [one.score_after for one in found.shifts] == pytest.approx([112, 104, 78])
    assert (found.rank, found.rank_after, found.places) == (2, 1, 0)


def test_ten_more_of_what_is_easiest_counts_where_a_kpi_adds_up_several() -> None:
    panel = _constant(dials=[40, 30], mails=[10, 20], sales=[1, 2])
    both = DIALS | {"formula": "dials + 3 * mails", "target": 100}
    found = rate_gameability(panel, design_of(both))[0]
    assert (found.activities, found.easiest) == (("dials", "mails"), "mails")


@pytest.mark.parametrize("points", ["attainment", "percentile", "zscore"])
def test_empty_activity_below_the_line_of_a_rate_never_raises_a_rank(points: str) -> None:
    panel = _constant(won=[3, 4, 5, 2], closed=[10, 10, 11, 9], sales=[3, 4, 5, 2])
    rate = {"name": "Win rate", "formula": "won / closed", "target": 0.4, "weight": 1}
    design = design_of(rate, points=points)
    shifts = shift_ranks(panel, score_history(panel, design), ["closed"])
    assert all(one.places <= 0 and one.score_after < one.score for one in shifts)
    assert rate_gameability(panel, design)[0].activities == ("won",)


def test_what_pays_depends_on_the_direction_and_is_never_the_goal_itself() -> None:
    panel = _constant(lost=[3, 4, 5], closed=[10, 10, 11], sales=[3, 4, 5])
    for kpi, paying in [
        ({"formula": "lost / closed", "direction": "lower", "target": 0.3}, ("closed",)),
        ({"formula": "closed", "direction": {"within": [15, 16]}}, ("closed",)),
        ({"formula": "closed", "direction": {"within": [2, 6]}}, ()),
        ({"formula": "sales"}, ()),
        ({"formula": "3 + 0 * closed"}, ()),
    ]:
        design = design_of({"name": "k", "target": 1, "weight": 1} | kpi)
        assert find_paying_tallies(panel, design, design.kpis[0]) == paying


def test_amounts_and_means_cannot_be_ticked_off() -> None:
    panel = _constant(hours=[1.5, 2.25, 3.75], sales=[3, 4, 5])
    found = rate_gameability(panel, design_of({"name": "Hours", "formula": "hours", "target": 2, "weight": 1}))[0]
    assert (found.lacking, found.places) == ("nothing_counted", pytest.approx(np.nan, nan_ok=True))


def test_kpis_by_which_nothing_is_to_be_won_say_why() -> None:
    panel = by_hand()
    parts = {"name": "Both", "weight": 50, "kpis": [DIALS, QUOTES]}
    off, draft, both = rate_gameability(panel, design_of(DIALS | {"weight": 0}, {"name": "draft"}, parts))
    assert (off.lacking, off.activities, draft.lacking) == ("no_weight", ("dials",), "no_formula")
    assert (both.lacking, both.activities) == (None, ("dials", "quotes"))
    nobody = design_of(DIALS).model_copy(update={"goal": None})
    assert rate_gameability(panel, nobody)[0].lacking == "no_goal"
    assert suggest_counter_metric(panel, nobody, 0).lacking == "no_goal"
    assert rate_gameability(panel, design_of(DIALS | {"minutes_each": 0}))[0].points_per_hour is None


@pytest.mark.parametrize(("reps", "months"), [(1, 6), (6, 1)], ids=["one rep", "one period"])
def test_small_constant_and_empty_panels_are_rated_without_trouble(reps: int, months: int) -> None:
    same = np.full((reps, months), 7.0)
    for dials in (same, same * 0, same * np.nan):
        panel = panel_of_grids(dials=dials, talks=dials / 7, sales=same)
        odd = [DIALS | {"weight": 1, "name": name} | more
               for name, more in (("a", {}), ("b", {"target": 0}), ("c", {"direction": "lower"}))]  # fmt: skip
        for found in rate_gameability(panel, design_of(*odd)):
            assert len(found.shifts) in (0, reps)
            assert all(one.places >= 0 for one in found.shifts)
        assert suggest_counter_metric(panel, design_of(DIALS), 0).lacking in ("nothing_counted", "no_next_step")


DATA_SET = DataSet.model_validate({
    "name": "calls", "grain": "month",
    "sources": [{
        "name": "calls", "location": "calls.csv", "rep": "rep", "date": "day", "events": {"channel": "kind"},
        "measures": [
            {"name": "dials"}, {"name": "mails", "where": "kind == 'mail'"},
            {"name": "talks", "where": "outcome == 'spoke'"}, {"name": "quotes"},
        ],
    }],
})  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "outcomes"),
    [("dials", ()), ("mails", ()), ("talks", ("talks",)), ("dials + talks", ()), ("talks / dials", ("talks",)),
     ("won", ("won",))],
)  # fmt: skip
def test_what_must_be_real_is_what_was_counted_under_a_condition(formula: str, outcomes: tuple[str, ...]) -> None:
    panel = _constant(dials=[40, 58], mails=[10, 8], talks=[9, 5], won=[1, 2], sales=[900, 1000])
    design = design_of({"name": "k", "formula": formula, "target": 1, "weight": 1})
    assert rate_gameability(panel, design, DATA_SET)[0].outcomes == outcomes


def test_without_the_data_set_file_shared_rows_say_what_is_an_outcome() -> None:
    panel = replace(
        _constant(dials=[40, 58], talks=[9, 5], sales=[900, 1000]),
        overlaps=(RowOverlap("dials", "talks", 0.2, 1.0, 14),),
    )
    design = design_of(DIALS, DIALS | {"name": "Talks", "formula": "talks"})
    assert [find_outcomes(panel, kpi) for kpi in design.kpis] == [(), ("talks",)]


def floor(seed: int = 0, fakers: int = 4) -> Panel:
    """Twelve reps who reach one in five; sales come of talks; some have half their dials made up."""
    rng = np.random.default_rng(seed)
    dials = rng.poisson(200, (12, 6)) * np.linspace(0.9, 1.1, 12)[:, None] // 1
    talks = rng.binomial(dials.astype(int), 0.2 + 0.01 * np.arange(12)[:, None])
    dials[:fakers] += 200
    talks[0] = 15
    return panel_of_grids(
        dials=dials, numbers=dials * 1.0, talks=talks, refused=rng.binomial(talks, 0.5),
        mails=rng.poisson(90, (12, 6)) + 100 - 8 * np.arange(12)[:, None], rare=rng.random((12, 6)) < 0.05,
        sales=talks * 100.0 + rng.normal(0, 50, (12, 6)),
    )  # fmt: skip


def test_the_pair_is_the_rate_of_the_next_step_that_goes_with_the_goal() -> None:
    design = design_of(DIALS | {"target": 250, "weight": 40}, {"name": "Mails", "formula": "mails", "target": 100,
                                                              "weight": 60})  # fmt: skip
    panel = replace(floor(), overlaps=(RowOverlap("numbers", "dials", 1.0, 1.0, 9_000),
                                       RowOverlap("talks", "dials", 1.0, 0.2, 2_000)))  # fmt: skip
    found = suggest_counter_metric(panel, design, 0)
    assert found.kpi is not None
    assert found.design is not None
    assert found.link is not None
    assert found.effect is not None
    assert (found.kpi.formula, found.activity, found.next_step) == ("talks / dials", "dials", "talks")
    assert (found.kpi.name, found.contains_goal, found.present) == ("Talks per dials", False, False)
    assert found.link.rho > 0.5
    assert 0.1 < found.kpi.target < 0.4
    assert [(kpi.name, kpi.weight) for kpi in found.design.kpis] == [
        ("Dials", 20),
        ("Talks per dials", 20),
        ("Mails", 60),
    ]
    assert found.design.kpis[1] == found.kpi
    assert found.effect.places > 2
    assert found.effect.places_paired <= 1
    again = suggest_counter_metric(panel, found.design, 0)
    assert (again.present, again.kpi, again.design) == (True, found.kpi, found.design)


def test_the_part_of_the_weight_is_the_caller_s() -> None:
    found = suggest_counter_metric(floor(), design_of(DIALS | {"target": 250}), 0, part=0.25)
    assert found.design is not None
    assert [kpi.weight for kpi in found.design.kpis] == [45, 15]


def test_an_activity_without_a_next_step_has_no_pair() -> None:
    panel = panel_of_grids(dials=np.full((8, 4), 9.0) + np.arange(8)[:, None], sales=np.arange(32.0).reshape(8, 4))
    assert suggest_counter_metric(panel, design_of(DIALS), 0).lacking == "no_next_step"
    backwards = replace(floor(), overlaps=())
    design = design_of(DIALS, goal={"measure": "sales", "target": 1, "direction": "lower"})
    assert suggest_counter_metric(backwards, design, 0).next_step != "talks"


def test_on_the_dials_floor_dials_are_gamed_most_easily_until_they_are_paired() -> None:
    folder = SAMPLES / "dials-floor"
    panel, design = sample_panel("dials-floor"), load_design(folder / "dials-floor.design.json")
    found = rate_gameability(panel, design, load_dataset(folder / "dials-floor.dataset.json"))
    dials, quotes, meetings, _ = found
    hourly = [one.points_per_hour or 0 for one in (dials, quotes, meetings)]
    assert hourly == pytest.approx([1.736, 1.562, 0.746], abs=0.001)
    assert (dials.rank, dials.rank_after, dials.outcomes) == (12.5, 1.5, ())
    assert max(quotes.places, meetings.places) <= 1
    pair = suggest_counter_metric(panel, design, 0)
    assert pair.effect is not None
    assert (pair.kpi and pair.kpi.formula) == "conversations / dials"
    assert (pair.effect.places, pair.effect.places_paired) == (10.5, 0)


@pytest.mark.parametrize(
    ("per_ten", "said"),
    [(-0.9, "The score falls with more dials alone."),
     (0.001, "The score does not rise with more dials alone."),
     (1.5, "Ten more dials in a month are worth 1.5 points of score.")],
)  # fmt: skip
def test_points_that_more_of_it_costs_are_no_gain(per_ten: float, said: str) -> None:
    found = Gameability("Dials per meeting", 1.0, ("dials",), "dials", points_per_ten=per_ten)
    assert worth_sentence(found, by_hand()).startswith(said)
    assert ("can earn" in worth_sentence(found, by_hand())) == (per_ten > 1)


def test_the_hour_is_one_of_what_is_easiest() -> None:
    found = Gameability("Dials", 1.0, ("dials",), "dials", minutes_each=3, points_per_hour=1.7)
    assert worth_sentence(found, by_hand()).startswith("An hour of dials in a month is worth 1.7 points of score.")


def test_kpis_that_are_as_easy_to_game_are_named_together() -> None:
    both = [Gameability(kpi, 0.5, ("dials",), "dials", rank=10, rank_after=1) for kpi in ("Dials", "Numbers called")]
    lifts = "empty activity lifts the middle rep 9 places."
    assert gaming_headline(both) == f"Dials and Numbers called are easiest to game: {lifts}"
    assert gaming_headline(both[:1]) == f"Dials is easiest to game: {lifts}"
