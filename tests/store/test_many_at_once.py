"""Several servers on one store, and many people at once: everybody's work is kept."""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.effort import examples
from tests.store import savers
from tests.store.forks import wait_for_processes
from workbench.data.library.data_sets import find_data_set, list_data_sets
from workbench.data.library.uploads import stage_upload
from workbench.store.kinds import TRIAL
from workbench.store.opening import reading
from workbench.trials.trial_library import list_trials

PEOPLE = 20


@pytest.mark.usefixtures("each_database")
def test_four_processes_keep_all_of_a_hundred_saves(tmp_path: Path) -> None:
    home = tmp_path / "home"  # made by whoever comes first
    assert wait_for_processes("save_trials", home, 4) == [0, 0, 0, 0]
    with reading(home) as store:
        kept = [version for _, _, version in store.versions(TRIAL, savers.FLOOR)]
    assert [version.number for version in kept] == list(range(1, 101))
    assert len({version.content for version in kept}) == 100
    floor = find_data_set(home, savers.FLOOR)
    assert floor is not None
    (last,) = [each for each in list_trials(home, floor) if each.version]
    assert last.version == 100


@pytest.mark.usefixtures("each_database")
def test_twenty_people_add_data_sets_at_once(tmp_path: Path) -> None:
    names = [f"{person % (PEOPLE // 2)}" for person in range(PEOPLE)]  # two bring the same
    with ThreadPoolExecutor(PEOPLE) as people:
        made = set(people.map(lambda name: savers.add_numbered(tmp_path, name), names))
    assert len(made) == PEOPLE // 2
    assert {entry.id for entry in list_data_sets(tmp_path) if entry.kind == "upload"} == made


def test_twenty_people_upload_at_once_while_old_uploads_are_removed(tmp_path: Path) -> None:
    """Whoever removed what is old stumbled over the folders of others that came and went meanwhile."""

    def upload(number: int) -> bytes:
        staged = stage_upload(tmp_path, [("deals.csv", io.BytesIO(content(number)))])
        return (staged.folder / "deals.csv").read_bytes()

    def content(number: int) -> bytes:
        return f"{number // 2}".encode()  # two bring the same

    for turn in range(examples(3)):
        for number in range(100):
            old = tmp_path / "incoming" / f"{turn:08x}{number:08x}"
            old.mkdir(parents=True)
            (old / "deals.csv").write_bytes(b"old")
            os.utime(old, (1_000, 1_000))
        with ThreadPoolExecutor(PEOPLE) as people:
            numbers = range(turn * 1_000, turn * 1_000 + 10 * PEOPLE)
            assert list(people.map(upload, numbers)) == [content(number) for number in numbers]
    assert len(list((tmp_path / "incoming").iterdir())) == examples(3) * 5 * PEOPLE
