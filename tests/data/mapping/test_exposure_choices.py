"""Days at work are estimated, or counted by a measure that somebody chooses; one whose name says so is offered."""

from __future__ import annotations

import pytest

from workbench.data.aggregate.whole_periods import DaysKnown
from workbench.data.mapping.exposure_choices import (
    current_exposure,
    exposure_measures,
    suggest_exposure,
    with_exposure,
)
from workbench.data.model.dataset import Absence, DataSet, Measure, Source
from workbench.words import exposure_choice as words


def dataset(column: str = "Hours worked", aggregate: str = "sum") -> DataSet:
    measures = (Measure(name="calls"), Measure(name="m", aggregate=aggregate, column=column, label=column))
    return DataSet(name="x", sources=(Source(name="s", location="s.csv", rep="rep", date="day", measures=measures),))


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("Hours worked", ("m", "worked")),
        ("working days", ("m", "worked")),
        ("Arbeitstage", ("m", "worked")),
        ("Vacation days", ("m", "away")),
        ("Urlaub", ("m", "away")),
        ("amount", None),
        ("Network value", None),
        ("talk hours", None),
    ],
)
def test_a_measure_whose_name_says_it_is_offered(column: str, found: tuple[str, str] | None) -> None:
    assert suggest_exposure(dataset(column)) == found


def test_only_what_adds_up_can_count_days() -> None:
    assert list(exposure_measures(dataset())) == ["calls", "m"]
    assert list(exposure_measures(dataset(aggregate="mean"))) == ["calls"]


def test_a_choice_is_made_changed_and_taken_back() -> None:
    worked = with_exposure(dataset(), "m")
    assert (worked.exposure, current_exposure(worked)) == ("m", ("m", "worked"))
    away = with_exposure(worked, "m", "away")
    assert (away.exposure, current_exposure(away)) == (Absence(absent="m"), ("m", "away"))
    assert with_exposure(away, None) == dataset()
    assert current_exposure(dataset()) is None


def test_what_is_assumed_is_said() -> None:
    known = DaysKnown(30, 6, 0, ("roster", "spells", "unreadable"))
    assert words.exposure_summary(None, "worked", known) == "Estimated for 24 of 30 reps."
    none = DaysKnown(30, 30, 0, ("unreadable",))
    assert words.exposure_summary(None, "worked", DaysKnown(1, 0, 0, ())) == "Estimated for 1 rep."
    assert words.exposure_summary(None, "worked", none) == "Unknown, so every workday counts as worked."
    assert words.exposure_summary("Vacation", "away", known) == "Workdays less Vacation."
    assert words.assumed_sentence(known, "month") == (
        "We read absence from the first and last day on the team list and long pauses in the files. All other workdays "
        "count as worked. Days at work are unknown for 6 of 30 reps, so absence may look like little effort."
    )
    assert words.assumed_sentence(DaysKnown(2, 0, 0, ()), "month").startswith("No file shows when somebody was away.")
