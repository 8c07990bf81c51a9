"""The sample folders hold what the generator makes, in a form every machine agrees on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sample_data import STORIES, make
from sample_data.dice import Dice
from sample_data.files import csv, csv_gz, same_content
from tests.samples.raw import FOLDER, SLUGS, truth
from workbench.cli.main import main
from workbench.data.model.dataset import load_dataset
from workbench.design.model import load_design

BY_SLUG = {story.SLUG: story for story in STORIES}


def test_the_four_stories_have_a_folder_each() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/*.dataset.json")}
    assert tuple(BY_SLUG) == SLUGS
    assert folders == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_committed_files_are_what_the_generator_makes(slug: str) -> None:
    made = make(BY_SLUG[slug])
    kept = {path.name: path.read_bytes() for path in (FOLDER / slug).iterdir()}
    assert set(kept) == set(made)
    different = [name for name in made if not same_content(name, made[name], kept[name])]
    assert different == [], f"run python -m sample_data {slug}"


def test_the_command_writes_the_same_files_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("stays")
    assert main(["sample", "many-ways-to-sell", "--out", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == sorted(path.name for path in (FOLDER / "many-ways-to-sell").iterdir())
    for name in said["files"]:
        assert (tmp_path / name).read_bytes() == (FOLDER / "many-ways-to-sell" / name).read_bytes()
    assert (tmp_path / "mine.txt").read_text() == "stays"


def test_an_unknown_sample_is_refused_with_the_nearest_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "dial-floor", "--out", str(tmp_path / "new")]) == 2
    assert "Did you mean “dials-floor”?" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["sample", "many-ways-to-sell", "--out", str(tmp_path / "taken")]) == 2
    assert "The folder cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("slug", SLUGS)
def test_data_set_and_design_files_are_valid_and_known_to_each_other(slug: str) -> None:
    dataset = load_dataset(FOLDER / slug / f"{slug}.dataset.json")
    design = load_design(FOLDER / slug / f"{slug}.design.json")
    measures = {measure.name for source in dataset.sources for measure in source.measures}
    assert design.goal.measure == truth(slug)["goal"]
    assert design.goal.measure in measures
    assert dataset.note == truth(slug)["opening"]
    assert dataset.name == truth(slug)["title"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_planted_kpi_names_verdicts_and_every_name_is_on_the_roster(slug: str) -> None:
    told = truth(slug)
    roster = set(pd.read_csv(FOLDER / slug / "roster.csv")["rep"])
    assert {rep["rep"] for rep in told["reps"]} == roster
    verdicts = {"keep", "watch", "drop", "not enough data"}
    assert all(set(kpi["verdicts"]) <= verdicts and kpi["verdicts"] for kpi in told["kpis"])
    assert all(question["answer"] in question["choices"] for question in told["questions"])
    assert {phase["best_rep"] for phase in told["phases"]} <= roster


def test_the_folders_stay_small_enough_for_git() -> None:
    size = {slug: sum(path.stat().st_size for path in (FOLDER / slug).iterdir()) for slug in SLUGS}
    assert size["dials-floor"] <= 8_000_000
    assert sum(size.values()) <= 12_000_000


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.csv*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_csv_files_are_utf8_with_plain_line_ends_and_no_row_twice(path: Path) -> None:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = content.decode("utf-8").split("\n")
    assert b"\r" not in content
    assert lines[-1] == ""
    assert len(set(lines)) == len(lines)


def test_packed_files_hold_neither_time_nor_name() -> None:
    packed = csv_gz(pd.DataFrame({"a": [1]}))
    assert packed[3:8] == b"\0\0\0\0\0"  # flags, then the time (RFC 1952)
    assert gzip.decompress(packed) == b"a\n1\n"


def test_days_are_written_as_days_and_moments_as_moments() -> None:
    days, moments = pd.to_datetime(["2024-02-29", None]), pd.to_datetime(["2024-02-29 08:15:00", "2024-03-01 00:00:00"])
    assert (
        csv(pd.DataFrame({"d": days, "m": moments})) == b"d,m\n2024-02-29,2024-02-29 08:15:00\n,2024-03-01 00:00:00\n"
    )


def test_draws_follow_their_distributions_and_their_seed() -> None:
    dice = Dice("a name")
    normal, counts = dice.normal(20_000, mean=3, sd=2), dice.poisson(np.full(20_000, 4.0))
    assert normal.mean() == pytest.approx(3, abs=4 * 2 / 20_000**0.5)
    assert normal.std() == pytest.approx(2, rel=0.03)
    assert counts.mean() == pytest.approx(4, abs=4 * 2 / 20_000**0.5)
    assert counts.var() == pytest.approx(4, rel=0.05)
    assert set(dice.whole(500, 2, 4)) == {2, 3, 4}
    assert Dice("a name").uniform(3).tolist() == Dice("a name").uniform(3).tolist()
    assert Dice("a name").uniform(3).tolist() != Dice("another").uniform(3).tolist()


def test_the_raw_stream_is_the_one_numpy_promises() -> None:
    """PCG64 seeded with 0: the first double that NumPy's own documentation shows for ``default_rng(0).random()``."""
    assert np.random.default_rng(0).random() == pytest.approx(0.6369616873214543, abs=1e-16)
    ours = Dice("x")
    theirs = np.random.Generator(np.random.PCG64(np.random.SeedSequence(0x8CDC1683)))  # CRC-32 of "x"
    assert ours.uniform(5).tolist() == pytest.approx(theirs.random(5).tolist(), abs=1e-15)
