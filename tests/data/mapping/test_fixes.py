"""One click settles what a change of the data set can settle: the issue is gone from the panel built anew."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.mapping.fixes import FixCode, suggest_fixes
from workbench.data.model.dataset import DataSet, Lookup, Measure, Source
from workbench.errors import Issue, Where
from workbench.words.fixes import LABELS, fix_label

CALLS = """rep,day,product,id
Ana Lopez,2026-01-05,GTX Pro,1
Ana Lopez,2026-01-06,GTX Pro,2
ana lópez,2026-01-07,GTX Pro,3
Ben,2026-01-08,GTXPro,4
Ben,2026-01-09,MG Special,5
Ben,2026-01-09,MG Special,5
"""
DATASET = DataSet(
    name="Calls",
    sources=(
        Source(
            name="calls",
            location="calls.csv",
            rep="rep",
            date="day",
            measures=(Measure(name="dials"), Measure(name="value", aggregate="sum", column="price")),
            lookups=(Lookup(location="products.csv", on={"product": "name"}, take=("price",)),),
        ),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls.csv").write_text(CALLS)
    (tmp_path / "products.csv").write_text("name,price\nGTX Pro,10\nMG Special,1\n")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "label", "reps", "dials", "value"),
    [
        ("rep_spellings", "Count them as “Ana Lopez”", 2, 6, 32),
        ("lookup_almost", "Read them as the same", 3, 6, 42),
        ("duplicate_rows", "Count repeated rows once", 3, 5, 31),
    ],
)
def test_the_fix_settles_the_issue_and_nothing_else(
    folder: Path, code: str, label: str, reps: int, dials: float, value: float
) -> None:
    before = build_panel(DATASET, folder)
    assert before.frame[["dials", "value"]].sum().tolist() == [6, 32]
    found = [fix for issue in before.issues if issue.code == code for fix in suggest_fixes(issue, DATASET)]
    assert [fix_label(fix) for fix in found] == [label]
    after = build_panel(found[0].dataset, folder)
    assert code not in {issue.code for issue in after.issues}
    assert {issue.code for issue in before.issues if issue.level == "warning"} - {code} <= {
        issue.code for issue in after.issues
    }
    assert after.frame["rep"].nunique() == reps
    assert after.frame[["dials", "value"]].sum().tolist() == [dials, value]


def test_every_fix_has_a_label() -> None:
    assert set(LABELS) == set(get_args(FixCode))


def test_what_only_the_file_can_mend_offers_no_button() -> None:
    assert suggest_fixes(Issue.of("warning", "blank_rep", Where(source="calls"), 12, amounts=()), DATASET) == ()


def test_spellings_are_taken_from_the_issue_and_nowhere_else() -> None:
    issue = Issue.of("warning", "rep_spellings", Where(area="reps"), 2, spellings=(), difference=None)
    assert suggest_fixes(issue, DATASET) == ()


def test_a_source_with_a_gap_is_cut_to_what_it_covers_or_said_to_be_whole(folder: Path) -> None:
    days = "\n".join(f"Ben,2026-0{month}-08,GTX Pro,{month}" for month in (2, 3))
    (folder / "calls.csv").write_text(f"rep,day,product,id\n{days}\n")
    (folder / "deals.csv").write_text("rep,day\n" + "".join(f"Ben,2026-0{month}-09\n" for month in range(1, 5)))
    deals = Source(name="deals", location="deals.csv", rep="rep", date="day", measures=(Measure(name="deals"),))
    dataset = DATASET.model_copy(update={"sources": (*DATASET.sources, deals)})
    panel = build_panel(dataset, folder)
    (found,) = [issue for issue in panel.issues if issue.code == "coverage"]
    cut, zero = suggest_fixes(found, dataset)
    assert (fix_label(cut), fix_label(zero)) == ("Use only February to March 2026", "Nothing happened there: count 0")
    assert build_panel(cut.dataset, folder).frame["dials"].tolist() == [1, 1]
    assert build_panel(zero.dataset, folder).frame["dials"].tolist() == [0, 1, 1, 0]
