"""Wrong maps and logs that show only good calls are said on the page and by the command, each in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.logs import write_log
from tests.phases.test_log_checks import rows_of
from tests.phases.test_phases_command import run_phases, write_json
from tests.ui.conftest import Open
from workbench.data.library import data_sets as library
from workbench.data.model.dataset import DataSet
from workbench.phases.phase_file import parse_phases
from workbench.phases.phase_library import save_phase_file

FILE = {
    "name": "Calls", "source": "log", "phases": ["Reached", "Talked", "Meeting set"],
    "dispositions": {"no answer": None, "hung up": "Reached", "talked": "Talked", "meeting set": "Meeting set"},
}  # fmt: skip


def log() -> pd.DataFrame:
    return pd.concat([rows_of(name) for name in ("Ann", "Ben")], ignore_index=True).rename(columns={"at": "started"})


def lengths_of_good_calls() -> pd.DataFrame:
    return log().assign(seconds=lambda rows: rows["seconds"].where(rows["outcome"] != "no answer", np.nan))


def meetings_of_no_length() -> pd.DataFrame:
    return log().assign(seconds=lambda rows: rows["seconds"].where(rows["outcome"] != "meeting set", 0.0))


CASES: dict[str, tuple[Callable[[], pd.DataFrame], dict, str]] = {
    "lengths": (lengths_of_good_calls, {}, "Lengths are known for 100% of the calls that reached somebody"),
    "skipped": (meetings_of_no_length, {}, "that needs a talk: “meeting_set”. They skip the phases before"),
    "without events": (
        log,
        {"phases": [*FILE["phases"], "Held"], "dispositions": FILE["dispositions"] | {"showed up": "Held"}},
        "No call in the log ends at “Held”",
    ),
    "unproved": (
        log, {"phases": ["Reached", "Need found", "Talked", "Meeting set"]}, "No outcome proves “Need found”",
    ),
    "out of order": (
        lambda: log().replace({"outcome": {"talked": "conversation"}}),
        {"dispositions": {"no answer": None, "hung up": "Reached"}
         | {"conversation": "Meeting set", "meeting set": "Talked"}},
        "“conversation” proves a later phase than “meeting set”",
    ),
}  # fmt: skip
CIRCLE = {"phases": ["Reached", "Talked", "Reached", "Meeting set"]}
IN_A_CIRCLE = "The phases run in a circle: “Reached” comes before and after another phase."


def data_set(folder: Path, rows: pd.DataFrame) -> DataSet:
    return write_log(folder, rows, {"kind": "calls", "disposition": "outcome", "seconds": "seconds"})


def command(folder: Path, rows: pd.DataFrame, file: dict) -> tuple[int, str]:
    content = data_set(folder, rows).model_dump(mode="json", exclude_defaults=True)
    code, _, said = run_phases(
        write_json(folder / "a.dataset.json", content), write_json(folder / "a.phases.json", file), "--json"
    )
    return code, said


@pytest.mark.parametrize("case", CASES)
def test_the_command_says_what_is_wrong(case: str, tmp_path: Path) -> None:
    rows, changes, sentence = CASES[case]
    code, said = command(tmp_path, rows(), FILE | changes)
    assert code == 0
    assert sentence in said


def test_a_sound_map_is_not_warned_of(tmp_path: Path) -> None:
    code, said = command(tmp_path, log(), FILE)
    assert code == 0
    assert not any(sentence in said for _, _, sentence in CASES.values())


def test_the_command_refuses_phases_in_a_circle(tmp_path: Path) -> None:
    code, said = command(tmp_path, log(), FILE | CIRCLE)
    assert code == 2
    assert IN_A_CIRCLE in said


def stored(folder: Path, rows: pd.DataFrame, file: dict) -> str:
    """Store a log as an upload with a phase file, and return its id."""
    entry = library.add_data_set(library.workspace_folder(), data_set(folder, rows), {"log.csv": folder / "log.csv"})
    save_phase_file(library.workspace_folder(), entry, parse_phases(file))
    return entry.id


@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_is_wrong(case: str, opened: Open, tmp_path: Path) -> None:
    rows, changes, sentence = CASES[case]
    page = opened("coaching", data=stored(tmp_path, rows(), FILE | changes))
    assert not page.exception
    assert sentence in "\n".join(each.value for each in page.warning).replace("\\", "")


def test_the_page_refuses_a_file_whose_phases_run_in_a_circle(opened: Open, tmp_path: Path) -> None:
    page = opened("coaching", data=stored(tmp_path, log(), FILE))
    page.session_state["coaching.part"] = "Outcomes and phases"
    page.run()
    page.file_uploader(key="coaching.upload").set_value(
        ("circle.phases.json", json.dumps(FILE | CIRCLE).encode(), "application/json")
    ).run()
    assert not page.exception
    assert IN_A_CIRCLE in "\n".join(each.value for each in page.error).replace("\\", "")
    assert page.text_area(key="coaching.phases").value == "Reached\nTalked\nMeeting set"
