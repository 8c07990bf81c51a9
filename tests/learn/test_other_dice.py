"""The same story with other dice: the same seed gives the same, other people play, and the answers hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample_data
from sample_data.other_names import FIRST, LAST, other_names, rename_reps
from sample_data.stories import quotes_desk
from tests.effort import cases
from tests.samples import raw
from tests.samples.story_files import StoryFiles, told
from tests.samples.test_every_sentence import ANSWERS
from workbench.cli.main import main
from workbench.data.library.data_sets import list_data_sets
from workbench.learn.lesson import load_lesson
from workbench.learn.other_dice import throw_dice
from workbench.learn.progress_store import FOLDER
from workbench.learn.truth_file import find_truth
from workbench.phases.phase_library import read_phase_file

SEEDS = cases(("7",), ("8", "9"))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("slug", ["quotes-desk", "the-conversation"])
def test_every_answer_holds_and_other_people_play(tmp_path: Path, slug: str, seed: str) -> None:
    """Answers are those of plain pandas too. Over seeds 1 to 50 of the four stories see ``ARCHITECTURE.md``."""
    entry = throw_dice(tmp_path, slug, seed)
    files, truth = StoryFiles(entry.folder, slug), find_truth(entry.folder)
    assert truth is not None
    assert entry.name.endswith(f", dice {seed}")
    for question in files.truth["questions"]:
        answer = next(answer for start, answer in ANSWERS[slug].items() if question["ask"].startswith(start))
        assert answer(files) == question["answer"]
    of_before = {rep["rep"] for rep in raw.truth(slug)["reps"]}
    assert not of_before & {rep.rep for rep in truth.reps}
    assert set(files.roster.index) == {rep.rep for rep in truth.reps}
    assert not [name for name in of_before if any(name in sentence for sentence in told(files.truth))]
    assert load_lesson(truth.story) is not None


def test_the_same_seed_is_the_same_data_set_and_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = throw_dice(tmp_path / "one", "quotes-desk", "7")
    other = throw_dice(tmp_path / "other", "quotes-desk", "7")
    assert one.id == other.id
    monkeypatch.setattr("workbench.learn.other_dice.write", None)
    assert throw_dice(tmp_path / "one", "quotes-desk", "7") == one
    assert [entry.id for entry in list_data_sets(tmp_path / "one") if entry.kind == "upload"] == [one.id]
    assert [path.name for path in (tmp_path / "one" / FOLDER).iterdir()] == ["quotes-desk-7.dice"]


def test_a_throw_that_hides_what_was_planted_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def second_only(folder: Path, slug: str) -> bool:
        asked.append(folder)
        return len(asked) == 2

    monkeypatch.setattr("workbench.learn.other_dice.is_told", second_only)
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
