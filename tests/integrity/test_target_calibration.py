"""The stored table of crowding and ended links: it is what the code finds, and keeps what is promised."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from workbench.cli.main import main
from workbench.integrity.calibration.flag_table import load_flag_table
from workbench.integrity.calibration.target_worlds import (
    CROWDS,
    LINKS,
    TEAMS,
    load_target_table,
    run_target_calibration,
    save_target_table,
)
from workbench.integrity.calibration.worlds import FlagWorld
from workbench.words.target_calibration import TARGET_METHOD, target_reliability_sentences, target_reliability_table

MOST_FALSE = 0.05
ERROR = 2.5 * (0.05 * 0.95 / TEAMS) ** 0.5


def test_the_table_has_every_world_and_honest_teams_keep_the_bound() -> None:
    rows = load_target_table()
    assert {row.world for row in rows} == {*CROWDS, *LINKS}
    assert {row.teams for row in rows} == {TEAMS}
    honest = [row for row in rows if not row.planted]
    assert len(honest) == len(CROWDS) + 2 * 3
    assert max(row.found for row in honest) <= MOST_FALSE + ERROR
    clear = [row for row in rows if row.planted and (row.finding == "crowding" or row.world == "the link ends")]
    assert min(row.found for row in clear) >= 0.5


def test_the_stored_shares_are_those_of_the_code() -> None:
    """The first teams of each world are the same dice: shares of 12 of them lie near the stored ones."""
    few = run_target_calibration(12)
    stored = load_target_table()
    assert [(row.finding, row.world, row.planted) for row in few] == [
        (row.finding, row.world, row.planted) for row in stored
    ]
    assert sum(row.found for row in few if row.planted) == pytest.approx(
        sum(row.found for row in stored if row.planted), abs=1.2
    )
    assert sum(row.found for row in few if not row.planted) <= 1.2


def test_the_table_is_written_and_read_back(tmp_path) -> None:
    rows = load_target_table()
    save_target_table(rows, tmp_path / "table.json")
    assert load_target_table(tmp_path / "table.json") == rows


def test_the_sentences_quote_the_table() -> None:
    rows = load_target_table()
    said = target_reliability_sentences(rows)
    most = max(row.found for row in rows if row.finding == "crowding" and not row.planted)
    assert said[0].startswith(
        f"Of {TEAMS} simulated honest teams of each of {len(CROWDS)} kinds, at most {100 * most:.0f}%"
    )
    assert len(said) == 4
    table = target_reliability_table(rows)
    assert len(table) == len(rows)
    assert set(table["Teams"]) == {TEAMS}


@pytest.mark.parametrize("part", ["targets", "names"])
def test_the_command_writes_the_table_it_was_asked_for(part: str, tmp_path, monkeypatch, capsys) -> None:
    few = (FlagWorld("calm", 12, 12, 0.5, "mid-year"), FlagWorld("off the system", 12))
    monkeypatch.setattr("workbench.integrity.calibration.run_integrity_calibration.flag_worlds", lambda: few)
    path = tmp_path / "table.json"
    words = ["calibrate-integrity", "--part", part, "--teams", "3", "--out", str(path)]
    assert main([*words, "--json"]) == 0
    printed = capsys.readouterr()
    rows = load_target_table(path) if part == "targets" else load_flag_table(path)
    assert brief([asdict(row) for row in rows]) == brief(json.loads(printed.out)["rows"])
    kinds = len(CROWDS) + len(LINKS) if part == "targets" else len(few)
    assert f"{kinds} of {kinds} kinds of teams" in printed.err
    assert {row.teams for row in rows} == {3}
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Kind of team")
    assert len(shown.splitlines()) == len(rows) + 1


def brief(rows: list[dict]) -> list[tuple]:
    """The world of each row and what was found there, as a table keeps it."""
    return [(row.get("world", row.get("kind")), round(row.get("found", row.get("honest_named")), 4)) for row in rows]


def test_the_method_names_the_command() -> None:
    assert "`python -m workbench calibrate-integrity --part targets`" in TARGET_METHOD
