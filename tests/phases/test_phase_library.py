"""Phase files in the workspace: saved per data set, samples bring their own, a damaged one is as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acting import ANA, acting
from tests.stored import contents, n_documents, put
from workbench.data.library.data_sets import DataSetEntry, find_data_set
from workbench.phases.phase_file import parse_phases
from workbench.phases.phase_library import list_phase_files, read_phase_file, save_phase_file
from workbench.store.kinds import PHASES

pytestmark = pytest.mark.usefixtures("each_database")

FILE = parse_phases({"name": "P", "source": "calls", "phases": ["Reached"], "dispositions": {"ü": "Reached"}})


def sample(home: Path, name: str) -> DataSetEntry:
    found = find_data_set(home, name)
    assert found is not None
    return found


def test_a_saved_file_is_read_back_and_others_keep_theirs(tmp_path) -> None:
    floor, conversation = sample(tmp_path, "dials-floor"), sample(tmp_path, "the-conversation")
    assert read_phase_file(tmp_path, floor) is None
    save_phase_file(tmp_path, floor, FILE)
    assert read_phase_file(tmp_path, floor) == read_phase_file(tmp_path, floor, of_nobody=True) == FILE
    own = read_phase_file(tmp_path, conversation)
    assert own is not None
    assert own.phases == ("Reached", "Conversation", "Need found", "Offer discussed", "Meeting set")
    assert n_documents(tmp_path, PHASES) == 1


def test_what_was_saved_comes_before_what_a_sample_brings(tmp_path) -> None:
    conversation = sample(tmp_path, "the-conversation")
    save_phase_file(tmp_path, conversation, FILE)
    assert read_phase_file(tmp_path, conversation) == FILE


def test_a_damaged_file_is_as_none_and_stays(tmp_path) -> None:
    floor = sample(tmp_path, "dials-floor")
    save_phase_file(tmp_path, floor, FILE)
    put(tmp_path, PHASES, "dials-floor", "", "{")
    assert read_phase_file(tmp_path, floor) is None
    assert list_phase_files(tmp_path) == ()
    assert len(contents(tmp_path, PHASES, "dials-floor")) == 2


def test_the_last_saved_file_is_listed_first(tmp_path) -> None:
    for name in ("the-conversation", "dials-floor", "the-conversation"):
        save_phase_file(tmp_path, sample(tmp_path, name), FILE.model_copy(update={"name": name}))
    assert [file.name for file in list_phase_files(tmp_path)] == ["the-conversation", "dials-floor"]


def test_a_lesson_that_all_share_takes_nobodys_own_phases(tmp_path: Path) -> None:
    floor = sample(tmp_path, "dials-floor")
    with acting(ANA):
        save_phase_file(tmp_path, floor, FILE)
    assert read_phase_file(tmp_path, floor) == FILE, "the server sees everything"
    assert read_phase_file(tmp_path, floor, of_nobody=True) is None
