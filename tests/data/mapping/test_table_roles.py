"""A table gets another role, and each part names the sheet it reads."""

from __future__ import annotations

from pathlib import Path

from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.edit import table_role
from workbench.data.mapping.table_roles import find_part, with_first_sheets, with_role
from workbench.data.model.dataset import DataSet, Lookup, Measure, Roster, Source

CALLS = Source(name="calls", location="calls.csv", rep="rep", date="day", measures=(Measure(name="dials"),),
               lookups=(Lookup(location="names.csv", on={"rep": "id"}, take=("name",)),))  # fmt: skip
DATASET = DataSet(name="d", sources=(CALLS,), roster=Roster(location="team.csv", rep="rep"))


def test_the_part_that_reads_a_table() -> None:
    assert find_part(DATASET, TableLocation("calls.csv")) == CALLS
    assert find_part(DATASET, TableLocation("names.csv")) == CALLS.lookups[0]
    assert find_part(DATASET, TableLocation("team.csv")) == DATASET.roster
    assert find_part(DATASET, TableLocation("else.csv")) == Roster(rep="", location="else.csv")


def test_a_table_gets_another_role(tmp_path: Path) -> None:
    (tmp_path / "team.csv").write_text("rep,day\nana,2024-01-02\nben,2024-01-03\nana,2024-01-04\n", encoding="utf-8")
    team = TableLocation("team.csv")
    for wanted in ("work", "team", "unused"):
        changed = with_role(DATASET, tmp_path, team, wanted)
        assert changed is not None
        assert table_role(changed, team) == wanted


def test_the_last_table_with_work_keeps_its_role(tmp_path: Path) -> None:
    assert with_role(DATASET, tmp_path, TableLocation("calls.csv"), "unused") is None


def test_the_first_sheet_of_a_workbook_is_named() -> None:
    guessed = DataSet(name="d", sources=(Source(name="b", location="b.xlsx", rep="rep", date="day"),),
                      roster=Roster(location="team.csv", rep="rep"))  # fmt: skip
    tables = [TableLocation("b.xlsx", "One"), TableLocation("b.xlsx", "Two"), TableLocation("team.csv")]
    named = with_first_sheets(guessed, tables)
    assert (named.sources[0].sheet, named.roster.sheet) == ("One", None)
