"""The same story with other dice: the same seed gives the same. ``test_every_seed`` sees whether it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sample_data
from sample_data.dice import Dice, thrown
from sample_data.other_months import months_on, move_day, move_weeks, move_words
from sample_data.other_names import FIRST, LAST, other_names, rename_reps
from sample_data.stories import quotes_desk
from sample_data.workdays import holidays
from tests.samples import raw
from tests.stored import n_documents
from workbench.cli.main import main
from workbench.data.library.data_sets import list_data_sets
from workbench.learn.lesson import LessonPlan
from workbench.learn.lesson_data import LessonData
from workbench.learn.other_dice import throw_dice
from workbench.phases.phase_library import read_phase_file
from workbench.store.kinds import DICE


def test_the_same_seed_is_the_same_data_set_and_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = throw_dice(tmp_path / "one", "quotes-desk", "7")
    other = throw_dice(tmp_path / "other", "quotes-desk", "7")
    assert one.id == other.id
    monkeypatch.setattr("workbench.learn.other_dice.write", None)
    assert throw_dice(tmp_path / "one", "quotes-desk", "7") == one
    assert [entry.id for entry in list_data_sets(tmp_path / "one") if entry.kind == "upload"] == [one.id]
    assert n_documents(tmp_path / "one", DICE) == 1


def test_a_throw_that_hides_what_was_planted_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[LessonData] = []

    def second_only(data: LessonData, _: LessonPlan) -> bool:
        asked.append(data)
        return len(asked) == 2

    monkeypatch.setattr("workbench.learn.other_dice.holds", second_only)
    entry = throw_dice(tmp_path, "quotes-desk", "7")
    assert len(asked) == 2
    assert read_phase_file(tmp_path, entry) is None


@pytest.mark.parametrize(("slug", "seed"), [("no-story", "7"), ("quotes-desk", "0"), ("quotes-desk", "../7")])
def test_what_is_no_story_or_no_seed_is_refused(tmp_path: Path, slug: str, seed: str) -> None:
    with pytest.raises(LookupError):
        throw_dice(tmp_path, slug, seed)
    assert not list(tmp_path.iterdir())


def test_names_are_new_and_each_is_used_once() -> None:
    reps = [rep["rep"] for rep in raw.truth("dials-floor")["reps"]]
    names = other_names(reps, "throw 1")
    assert len({*names.values()}) == len(reps)
    assert names == other_names(reps, "throw 1") != other_names(reps, "throw 2")
    assert len({*FIRST}) == len(FIRST) >= len(reps)
    assert len({*LAST}) == len(LAST) >= len(reps)
    renamed = rename_reps({"a.csv": b"rep\nAna Ruiz\nAna\n"}, names)["a.csv"].decode()
    assert renamed == f"rep\n{names['Ana Ruiz']}\nAna\n"


def test_without_a_throw_files_are_the_samples() -> None:
    made = sample_data.make(quotes_desk)
    assert made["orders.csv"] == (sample_data.FOLDER / "quotes-desk" / "orders.csv").read_bytes()
    assert sample_data.make(quotes_desk, "throw 7")["orders.csv"] != made["orders.csv"]


def test_the_command_writes_what_the_page_plays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = throw_dice(tmp_path / "home", "quotes-desk", "7")
    assert main(["sample", "quotes-desk", "--out", str(tmp_path / "out"), "--dice", "7"]) == 0
    for name in ("orders.csv", "quotes.csv", "quotes-desk.truth.json"):
        assert (tmp_path / "out" / name).read_bytes() == (played.folder / name).read_bytes()
    capsys.readouterr()
    assert main(["sample", "quotes-desk", "--out", str(tmp_path / "no"), "--dice", "07"]) == 2
    assert "“07” is no number of dice." in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("text", "months", "expected"),
    [
        ("From July 2024 on", 0, "From July 2024 on"),
        ("From July 2024 on", -7, "From December 2023 on"),
        ("in October, November and December 2024.", -1, "in September, October and November 2024."),
        ("in October, November and December 2024.", 2, "in December 2024, January 2025 and February 2025."),
        ("January 2024 to June 2025, since 2024-07-01, a run of 2024-10", 3,
         "April 2024 to September 2025, since 2024-10-01, a run of 2025-01"),
        ("May may be the best, in 2024 or in order Q-10231", 3, "May may be the best, in 2024 or in order Q-10231"),
    ],
)  # fmt: skip
def test_months_that_are_told_move_with_their_years(text: str, months: int, expected: str) -> None:
    assert move_words(text, months) == expected


def test_days_move_to_days_of_work_and_stay_at_the_ends_of_months() -> None:
    assert move_day("2025-06-30", 1) == "2025-07-31"
    assert move_day("2024-07-01", -1) == "2024-06-01"  # a Saturday: the first of a month stays the first
    assert move_day("2024-10-18", 3) == "2025-01-17"  # the 18th is a Saturday
    assert move_day("2024-10-04", 0) == "2024-10-04"
    assert move_weeks("2025-01-06", 3) == "2025-04-07"
    assert move_weeks("2025-06-27", -6) == "2024-12-27"


def test_a_throw_has_every_holiday_and_no_month_of_the_samples() -> None:
    assert holidays()[0] == pd.Timestamp("2024-01-01")
    told = [months_on(slug) for slug in raw.SLUGS]
    with thrown("throw 7"):
        known = holidays()
        assert {pd.Timestamp(day) for day in ("2023-11-23", "2023-11-24", "2024-05-27", "2025-09-01")} <= set(known)
    found = {}
    for seed in range(40):
        with thrown(f"throw {seed}"):
            found[seed] = [months_on(slug) for slug in raw.SLUGS]
    assert told == [0, 0, 0, 0]
    assert not [months for months in found.values() if 0 in months]
    assert all(months[3] % 3 == 0 for months in found.values())
    assert len({months[0] for months in found.values()}) > 12


def test_the_luck_of_a_throw_evens_out_in_every_stretch_and_that_of_the_samples_does_not() -> None:
    """500 draws of a share of 0.3 in stretches of 25: within 2 of 7.5 where luck evens out (discrepancy of √2)."""

    def counts(dice: Dice) -> np.ndarray:
        return dice.even().chance(np.full(500, 0.3)).reshape(-1, 25).sum(axis=1)

    assert np.abs(counts(Dice("luck")) - 7.5).max() > 2
    with thrown("throw 7"):
        assert np.abs(counts(Dice("luck")) - 7.5).max() < 2
