"""How much the hour of a call changes the rates of reps, against rates that were planted by hour."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.phases.hour_effect import hour_effect, hours_are_real
from workbench.words.phases import hour_sentence

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
