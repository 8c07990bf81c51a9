"""What is remembered of coaching survives edits of the data, damage and a second tab."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.stored import contents, put
from workbench.data.library.data_sets import DataSetEntry, add_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.phases.coaching_record import (
    CoachingStart,
    copy_coaching,
    list_coaching,
    list_settled,
    save_coaching,
    settle_reps,
    unsettle_rep,
)
from workbench.store.kinds import COACHING

pytestmark = pytest.mark.usefixtures("each_database")

DAY = dt.date(2026, 1, 2)
START = CoachingStart(phase="Reached", reps=("Ann",), since="2026-01")


def upload(home: Path, name: str, replaces: str | None = None) -> DataSetEntry:
    file = home / "deals.csv"
    file.write_text("rep,date\nAnn,2026-01-01\n")
    source = Source(name="deals", location="deals.csv", rep="rep", date="date", measures=(Measure(name="deals"),))
    return add_data_set(home, DataSet(name=name, sources=(source,)), {"deals.csv": file}, replaces=replaces)


def talked_with(home: Path, entry: DataSetEntry) -> list[str]:
    return [each.rep for each in list_settled(home, entry)]


def test_two_edits_of_the_data_forget_nothing(tmp_path: Path) -> None:
    first = upload(tmp_path, "First")
    settle_reps(tmp_path, first, ["Ann"], "a second phone", DAY)
    save_coaching(tmp_path, first, START)
    third = upload(tmp_path, "Third", upload(tmp_path, "Second", first.id).id)
    assert talked_with(tmp_path, third) == ["Ann"]
    assert list_coaching(tmp_path, third) == (START,)
    unsettle_rep(tmp_path, third, "Ann")
    assert talked_with(tmp_path, third) == []
    assert talked_with(tmp_path, first) == ["Ann"]


def test_a_damaged_record_is_as_none_and_never_written_over(tmp_path: Path) -> None:
    first = upload(tmp_path, "First")
    settle_reps(tmp_path, first, ["Ann"], "", DAY)
    put(tmp_path, COACHING, first.id, "", "{")
    settle_reps(tmp_path, first, ["Ben"], "", DAY)
    assert contents(tmp_path, COACHING, first.id)[1] == "{"
    assert talked_with(tmp_path, first) == ["Ben"]


def test_tabs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    first, reps = upload(tmp_path, "First"), [f"Rep {number:02}" for number in range(40)]
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda rep: settle_reps(tmp_path, first, [rep], "", DAY), reps))
    assert sorted(talked_with(tmp_path, first)) == reps


def test_a_copy_of_a_data_set_gets_what_it_lacks(tmp_path: Path) -> None:
    first, copy = upload(tmp_path, "First"), upload(tmp_path, "Copy")
    settle_reps(tmp_path, first, ["Ann", "Ben"], "then", DAY)
    settle_reps(tmp_path, copy, ["Ben"], "now", DAY)
    copy_coaching(tmp_path, first, copy)
    assert [(each.rep, each.why) for each in list_settled(tmp_path, copy)] == [("Ann", "then"), ("Ben", "now")]
    unsettle_rep(tmp_path, first, "Ann")
    copy_coaching(tmp_path, first, copy, over=True)
    assert [(each.rep, each.why) for each in list_settled(tmp_path, copy)] == [("Ben", "then")]
