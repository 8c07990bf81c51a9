"""Next month's file: recognised by its columns, added or put in place of the old, with the difference it makes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping import next_file
from workbench.data.mapping.edit import stacked_on, table_role, with_source, without_table
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.next_file import has_same_shape, how_added, panel_difference, with_file_added
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.words.next_file import changed_words, difference_sentence, how_label

REPS = ("Ann Lee", "Bob Ray", "Cy Poe")


def log(months: range, first_id: int = 1, each: int = 4) -> str:
    """Deals of three reps, ``each`` a month, worth 100 each."""
    rows = [f"{rep},2024-{month:02d}-{5 * k + 2:02d},100" for month in months for rep in REPS for k in range(each)]
    return "deal_id,rep,closed,amount\n" + "\n".join(f"{first_id + n},{row}" for n, row in enumerate(rows))


def dataset(*locations: str, **fields: object) -> DataSet:
    measures = (Measure(name="deals", label="Deals"), Measure(name="sales", aggregate="sum", column="amount"))
    source = Source(name="deals", location=locations[0] if len(locations) == 1 else locations, rep="rep", date="closed",
                    measures=measures, **fields)  # fmt: skip
    return DataSet(name="test", sources=(source,))


def write(folder: Path, **files: str) -> None:
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")


def test_a_file_is_a_further_part_when_it_has_the_columns_that_are_read() -> None:
    source = dataset("a.csv").sources[0]
    ours = ("deal_id", "rep", "closed", "amount", "note")
    assert has_same_shape(source, ours, ("Rep", "CLOSED", "amount", "deal_id", "note"))
    assert has_same_shape(source, ours, ("rep", "closed", "amount", "deal_id"))
    assert not has_same_shape(source, ours, ("rep", "closed", "deal_id", "note", "value"))  # no amount
    assert not has_same_shape(source, ours, ("rep", "closed", "amount", *"abcdef"))
    assert not has_same_shape(source, (), ours)


def test_next_month_is_added_and_can_be_taken_out(tmp_path: Path) -> None:
    write(tmp_path, old=log(range(1, 5)), new=log(range(5, 6), first_id=500))
    place, columns = TableLocation("new.csv"), ("deal_id", "rep", "closed", "amount")
    old = dataset("old.csv")
    at = next_file.find_source_of_shape(old, place, {TableLocation("old.csv"): columns, place: columns})
    assert at == 0
    both = with_file_added(old, 0, "new.csv", "both")
    assert both.sources[0].location == ("old.csv", "new.csv")
    assert (table_role(both, place), stacked_on(both, place), stacked_on(both, TableLocation("old.csv"))) == (
        "work", 0, None,
    )  # fmt: skip
    found = panel_difference(build_panel(old, tmp_path), build_panel(both, tmp_path))
    assert (found.n_rows, found.periods, found.n_changed) == (12, (pd.Timestamp("2024-05-01"),), 0)
    assert difference_sentence(found, "month") == "Adds 12 rows and May 2024. No earlier total changes."
    assert without_table(both, place) == old
    assert without_table(both, TableLocation("old.csv")).sources[0].location == "new.csv"


def test_a_later_file_may_spell_its_columns_in_capitals(tmp_path: Path) -> None:
    """Its columns are the same to the engine, which refused both spellings in one table with an exception."""
    head, rows = log(range(5, 6), first_id=500).split("\n", 1)
    write(tmp_path, old=log(range(1, 5)), new=f"{head.upper()}\n{rows}")
    both = build_panel(with_file_added(dataset("old.csv"), 0, "new.csv", "both"), tmp_path)
    assert both.frame.groupby("period")["sales"].sum().tolist() == [1200.0] * 5
    assert not [issue for issue in both.issues if issue.code == "lacks_columns"]


@pytest.mark.parametrize(
    ("later", "fields", "how"),
    [
        (log(range(5, 6), 500), {}, "both"),
        (log(range(1, 6)), {}, "instead"),
        (log(range(4, 6), 500), {}, "period"),
        (log(range(4, 6), 500), {"id": "deal_id"}, "id"),
    ],
    ids=["next month", "newer export", "last month again", "with ids"],
)
def test_how_a_file_counts_is_suggested_by_its_rows(tmp_path: Path, later: str, fields: dict, how: str) -> None:
    write(tmp_path, old=log(range(1, 5)), new=later)
    old = dataset("old.csv", **fields)
    alone = [build_panel(next_file.only_source(old, 0, name), tmp_path) for name in ("old.csv", "new.csv")]
    assert next_file.suggest_how_added(old.sources[0], *alone) == how
    changed = with_file_added(old, 0, "new.csv", how)
    assert how_added(changed.sources[0]) == ("both" if how == "instead" else how)
    assert measure_total(changed, tmp_path) == {"both": 60, "instead": 60, "period": 60, "id": 72}[how]


def measure_total(made: DataSet, folder: Path) -> float:
    return build_panel(made, folder).frame["deals"].sum()


def test_changed_totals_of_earlier_months_are_named(tmp_path: Path) -> None:
    write(tmp_path, old=log(range(1, 5)), new=log(range(4, 6), 500, each=5))
    old = dataset("old.csv")
    found = panel_difference(
        build_panel(old, tmp_path), build_panel(with_file_added(old, 0, "new.csv", "period"), tmp_path)
    )
    assert (found.n_rows, found.n_changed) == (18, 2)
    assert difference_sentence(found, "month") == "Adds 18 rows and May 2024. 2 earlier totals change:"
    assert {changed_words(change, "month") for change in found.changed} == {
        "Deals in April 2024: 12 becomes 15", "sales in April 2024: 1,200 becomes 1,500",
    }  # fmt: skip
    assert how_label("period", "month") == "Same month: the later file counts"


def test_months_that_another_file_covered_alone_are_no_change(tmp_path: Path) -> None:
    """Calls of May were missing before, not 0."""
    write(tmp_path, old=log(range(1, 5)), new=log(range(5, 6), 500), other=log(range(1, 8)))
    other = Source(name="other", location="other.csv", rep="rep", date="closed", measures=(Measure(name="others"),))
    before = dataset("old.csv").model_copy(update={"sources": (*dataset("old.csv").sources, other)})
    after = with_source(before, 0, location=("old.csv", "new.csv"))
    found = panel_difference(build_panel(before, tmp_path), build_panel(after, tmp_path))
    assert (found.periods, found.n_changed) == ((pd.Timestamp("2024-05-01"),), 0)


def test_files_that_follow_each_other_are_guessed_as_one(tmp_path: Path) -> None:
    """Two months in two files made two sources, with “Deals 2” beside “Deals”."""
    write(tmp_path, march=log(range(3, 4)), april=log(range(4, 6), 500), again=log(range(3, 5), 900))
    dataset_, reasons = guess_dataset(tmp_path, ["april.csv", "march.csv"])
    assert dataset_ is not None
    assert [source.location for source in dataset_.sources] == [("march.csv", "april.csv")]
    assert [dict(issue.parts).get("choice") for issue in reasons].count("stacked") == 1
    (tmp_path / "april.csv").write_text((tmp_path / "april.csv").read_text().replace("rep,closed", "Rep,Closed"))
    in_capitals, _ = guess_dataset(tmp_path, ["april.csv", "march.csv"])
    assert in_capitals is not None
    assert [source.location for source in in_capitals.sources] == [("march.csv", "april.csv")]
    same_time, _ = guess_dataset(tmp_path, ["march.csv", "again.csv"])
    assert same_time is not None
    assert len(same_time.sources) == 2
