"""How much the hour of a call changes the rates of reps, against rates that were planted by hour."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.phases.coaching_plan import plan_coaching
from workbench.phases.hour_effect import MOSTLY, hour_effect, hours_are_real
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_counts import PhaseCounts
from workbench.phases.phase_cube import cube_of_phases
from workbench.words.phases import coaching_headline, hour_gap_sentence, hour_sentence

PHASES = ("Reached", "Meeting set")
RATES = {"09": 0.2, "13": 0.2, "17": 0.6}
REPS = 6


def by_hour(late: dict[str, int], n: int = 100) -> pd.DataFrame:
    """Everybody reaches the same at an hour; ``late`` reps make so many calls at 17, the others ``n`` at each hour."""
    rows = []
    for i in range(REPS):
        rep = f"rep {i}"
        for hour, rate in RATES.items():
            calls = late.get(rep, n) if hour == "17" else n
            reached = round(calls * rate)
            rows += [
                (rep, hour, 0, calls - reached),
                (rep, hour, 1, reached // 2),
                (rep, hour, 2, reached - reached // 2),
            ]
    return pd.DataFrame(rows, columns=["rep", "hour", "phase", "n"])


def test_who_calls_when_people_answer_owes_that_to_the_hour() -> None:
    """With 600 of 800 calls at 17 the rate is 50%; on the team's mix of hours it is what everybody's is."""
    found = hour_effect(by_hour({"rep 0": 600}), PHASES)
    assert found is not None
    assert found.phase == "Reached"
    assert found.n_reps == REPS
    team = (12 * 100 * 0.2 + (5 * 100 + 600) * 0.6) / (12 * 100 + 5 * 100 + 600)
    assert found.change == pytest.approx(0.5 - team, abs=0.01)
    assert hour_sentence(found) == (
        "Compared within the same hour of day, a rep's rate at Reached would change by up to 11 points."
    )


def test_a_gap_that_is_made_by_hours_is_explained_by_hours() -> None:
    """Rep 0 calls at 17 six times as often as the others: what they lack against rep 0 is the hour alone."""
    found = hour_effect(by_hour({"rep 0": 1200, "rep 1": 1200}), PHASES)
    assert found is not None
    share = found.share_of_gap("Reached", ["rep 4", "rep 5"])
    assert share == pytest.approx(1, abs=0.05)
    assert found.named({"rep 4": "Ana"}).share_of_gap("Reached", ["Ana"]) == pytest.approx(1, abs=0.05)
    assert found.share_of_gap("Reached", ["nobody"]) is None
    assert found.share_of_gap("Held", ["rep 4"]) is None


def test_a_gap_that_is_skill_at_every_hour_is_not_explained_by_hours() -> None:
    """The hours of all reps are alike; rep 5 reaches half of what the others do at each of them."""
    log = by_hour({"rep 0": 110, "rep 1": 90})
    weak = (log["rep"] == "rep 5") & (log["phase"] > 0)
    lost = log.loc[weak, "n"] // 2
    log.loc[weak, "n"] -= lost
    nobody = (log["rep"] == "rep 5") & (log["phase"] == 0)
    log.loc[nobody, "n"] += lost.groupby(log.loc[weak, "hour"]).sum().loc[log.loc[nobody, "hour"]].to_numpy()
    found = hour_effect(log, PHASES)
    assert found is not None
    share = found.share_of_gap("Reached", ["rep 5"])
    assert share is not None
    assert share < 0.1 < MOSTLY
    together = found.share_of_gap("Reached + Meeting set", ["rep 5"])
    assert together is not None
    assert together < 0.1


@pytest.mark.parametrize(("skill", "first"), [(0.1, True), (1.0, False)])
def test_half_of_the_gap_is_where_the_hour_comes_first(skill: float, first: bool) -> None:
    """Reps differ by hours alike in both worlds; in the second they also differ by skill, and much more."""
    rng = np.random.default_rng(4)
    lift = skill * np.linspace(-1, 1, 12)
    hours = {"09": -1.4, "12": -2.0, "17": 0.0}
    rows = []
    for i in range(12):
        late = 0.2 + 0.4 * i / 11 if first else 0.4
        for (hour, base), share in zip(hours.items(), ((1 - late) / 2, (1 - late) / 2, late), strict=True):
            for month in range(6):
                tries = round(500 * share)
                hits = rng.binomial(tries, 1 / (1 + np.exp(-(base + lift[i]))))
                rows += [(f"rep {i:02}", hour, month, 0, tries - hits), (f"rep {i:02}", hour, month, 1, hits)]
    log = pd.DataFrame(rows, columns=["rep", "hour", "month", "phase", "n"])
    by_month = log.groupby(["rep", "month", "phase"], as_index=False)["n"].sum()
    frame = by_month.assign(stratum="", month=pd.to_datetime("2025-01-01") + by_month["month"] * pd.Timedelta(days=31))
    frame["month"] = frame["month"].dt.to_period("M").dt.to_timestamp()
    counts = PhaseCounts(("Reached",), (), frame, pd.DataFrame(), int(log["n"].sum()), 0)
    hour = hour_effect(log.groupby(["rep", "hour", "phase"], as_index=False)["n"].sum(), ("Reached",))
    coaching = plan_coaching(judge_phases(cube_of_phases(counts)), hour=hour)
    assert coaching.plan[0].phase == "Reached"
    assert coaching.hour_first is first
    said = coaching_headline(coaching)
    if first:
        assert said == "Reps differ at Reached mostly by the hour they call: compare by hour first."
        assert hour_gap_sentence(coaching).startswith("Within the same hour of day, about ")
    else:
        assert said.startswith("Coach Reached first: rep ")
        assert hour_gap_sentence(coaching) == ""


def test_the_same_hours_change_nothing() -> None:
    found = hour_effect(by_hour({}), PHASES)
    assert found is not None
    assert found.change == pytest.approx(0, abs=0.005)
    assert hour_sentence(found).endswith("would change no rate by more than 2 points.")


def test_times_that_are_not_real_say_nothing() -> None:
    midnight = by_hour({}).assign(hour="00")
    random = pd.concat([by_hour({}).assign(hour=f"{hour:02}") for hour in range(24)])
    assert hours_are_real(by_hour({}))
    for log in (midnight, random, midnight.iloc[:0]):
        assert not hours_are_real(log)
        assert hour_effect(log, PHASES) is None
    assert hour_sentence(None) == ""


def test_hours_of_one_rep_each_cannot_be_compared() -> None:
    own = by_hour({}).assign(hour=lambda log: log["rep"].str[-1].astype(int).add(8).astype(str).str.zfill(2))
    assert hour_effect(own, PHASES) is None
