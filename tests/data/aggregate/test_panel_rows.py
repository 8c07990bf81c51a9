"""Which rows are used, and that every other row is counted with its reason."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.data.panels import build, cells, issue, issues, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import Panel
from workbench.words.issues import describe_for_command, describe_issue

MESSY = """rep,date,amount
Ann,2024-01-05,10
,2024-01-06,20
Ann,,40
Bob,2024-02-30x,80
Bob,2024-01-09,160
#REF!,2024-01-09,320
Bob,9999-01-01,640
Total,2024-01-31,1270
Grand total,,2540
"""
AMOUNT = {"name": "amount", "aggregate": "sum", "column": "amount"}


def reasons(panel: Panel) -> dict[str, int]:
    return dict(zip(panel.n_unused["reason"], panel.n_unused["n_rows"], strict=True))


def test_every_row_is_used_or_has_its_reason(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": MESSY}, source(measures=[AMOUNT]))
    assert panel.n_rows_read == 9
    assert panel.n_rows_used == 2
    assert reasons(panel) == {
        "blank_rep": 1,
        "no_date": 1,
        "unreadable_date": 1,
        "rep_error": 1,
        "implausible_date": 1,
        "total_row": 2,
    }
    assert measure_totals(panel) == {"amount": 170}


def test_rows_not_used_can_be_taken_away_as_they_stand(tmp_path: Path) -> None:
    unused = build(tmp_path, {"calls.csv": MESSY}).unused.set_index("row")
    assert unused.index.tolist() == [2, 3, 4, 6, 7, 8, 9]
    assert unused.loc[4, ["source", "reason", "rep", "date", "amount"]].tolist() == [
        "calls", "unreadable_date", "Bob", "2024-02-30x", "80",
    ]  # fmt: skip


def test_an_issue_says_what_is_at_stake(tmp_path: Path) -> None:
    found = issue(build(tmp_path, {"calls.csv": MESSY}, source(measures=[{"name": "n"}, AMOUNT])), "blank_rep")
    assert (found.level, found.n_rows) == ("warning", 1)
    assert "At stake: n 1; amount 20." in describe_issue(found).message


def test_exports_pasted_together_with_their_column_names(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": "rep,date\nAnn,2024-01-05\nRep,date\nBob,2024-01-06\n"})
    assert reasons(panel) == {"header_row": 1}
    assert measure_totals(panel) == {"n": 2}


def test_a_footer_is_recognised_by_its_first_column(tmp_path: Path) -> None:
    text = "account,rep,date\nAcme,Ann,2024-01-05\nTotal for January,,\n"
    assert reasons(build(tmp_path, {"calls.csv": text})) == {"total_row": 1}


def test_an_account_called_total_stays(tmp_path: Path) -> None:
    text = "account,rep,date\nTotal Energies,Ann,2024-01-05\nTotal,Ann,2024-01-06\n"
    assert measure_totals(build(tmp_path, {"calls.csv": text})) == {"n": 2}


def test_events_without_a_date_are_kept_aside_for_totals(tmp_path: Path) -> None:
    text = "rep,date,amount\nAnn,2024-01-05,1\nAnn,,2\nAnn,,4\nNobody dated,,8\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "n"}, AMOUNT]))
    assert panel.undated.to_dict("records") == [{"rep": "Ann", "n": 2, "amount": 6}]
    assert panel.reps["rep"].tolist() == ["Ann"]


def test_a_row_is_used_when_one_measure_can_date_it(tmp_path: Path) -> None:
    text = "rep,date,closed\nAnn,2024-01-05,\nAnn,,2024-02-05\nAnn,,\n"
    won = {"name": "won", "date": "closed"}
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "n"}, won]))
    assert panel.n_rows_used == 2
    assert cells(panel, "n") == pytest.approx({("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): math.nan}, nan_ok=True)
    assert cells(panel, "won") == pytest.approx(
        {("Ann", "2024-01-01"): math.nan, ("Ann", "2024-02-01"): 1}, nan_ok=True
    )
    assert [found.n_rows for found in issues(panel, "undated")] == [1, 1]


def test_a_deal_that_counts_but_has_no_closing_date_is_said(tmp_path: Path) -> None:
    text = "rep,date,stage,closed,value\nAnn,2024-01-05,Won,2024-02-01,100\nAnn,2024-01-06,Won,,900\n"
    won = {"name": "won", "aggregate": "sum", "column": "value", "where": "stage == 'Won'", "date": "closed"}
    found = issue(build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "n"}, won])), "undated")
    assert (found.n_rows, "At stake: won 900." in describe_issue(found).message) == (1, True)


COPIES = "id,rep,date\n1,Ann,2024-01-05\n1,Ann,2024-01-05\n2,Ann,2024-01-05\n,Ann,2024-01-05\n,Bob,2024-01-05\n"


def test_copies_are_counted_and_reported(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": COPIES})
    found = issue(panel, "duplicate_rows")
    assert measure_totals(panel) == {"n": 5}
    assert found.n_rows == 1
    assert describe_issue(found).fix == "If they are the same event twice, leave the repeated rows out of the file."
    assert describe_for_command(found).fix.endswith('file. Or add "duplicates": "drop" to the source.')


def test_copies_are_dropped_when_asked(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": COPIES}, source(duplicates="drop"))
    assert measure_totals(panel) == {"n": 4}
    assert reasons(panel) == {"duplicate": 1}
    assert panel.unused["row"].tolist() == [2]


def test_an_id_seen_again_is_a_repeat_even_when_the_row_differs(tmp_path: Path) -> None:
    text = "id,rep,date,amount\n7,Ann,2024-01-05,10\n7,Ann,2024-01-06,99\n8,Ann,2024-01-07,1\n"
    kept = build(tmp_path, {"calls.csv": text}, source(id="id", measures=[AMOUNT]))
    assert issue(kept, "duplicate_ids").n_rows == 1
    assert "At stake: amount 99." in describe_issue(issue(kept, "duplicate_ids")).message
    dropped = build(tmp_path, {"calls.csv": text}, source(id="id", duplicates="drop", measures=[AMOUNT]))
    assert measure_totals(dropped) == {"amount": 11}


def test_long_ids_that_differ_in_the_last_digit_are_different(tmp_path: Path) -> None:
    text = "id,rep,date\n1234567890123456781,Ann,2024-01-05\n1234567890123456782,Ann,2024-01-05\n,Ann,2024-01-05\n"
    assert not issues(build(tmp_path, {"calls.csv": text}, source(id="id")), "duplicate_ids")


def test_blank_ids_are_no_repeats(tmp_path: Path) -> None:
    text = "id,rep,date\n,Ann,2024-01-05\n,Ann,2024-01-05\n"
    assert measure_totals(build(tmp_path, {"calls.csv": text}, source(id="id", duplicates="drop"))) == {"n": 2}


def test_a_file_without_rows_gives_an_empty_panel(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": "rep,date,amount\n"}, source(measures=[{"name": "n"}, AMOUNT]))
    assert (len(panel.frame), panel.n_rows_read, measure_totals(panel)) == (0, 0, {"n": 0, "amount": 0})


def test_a_source_of_which_nothing_is_used_says_so(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": "rep,date\nAnn,soon\nBob,later\n"})
    assert (issue(panel, "nothing_used").level, issue(panel, "nothing_used").n_rows) == ("warning", 2)
    assert "“date” the date" in describe_issue(issue(panel, "nothing_used")).fix


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Итого", "Gesamtsumme", "合計"])
def test_totals_in_other_languages(tmp_path: Path, word: str) -> None:
    panel = build(tmp_path, {"calls.csv": f"rep,date\nAnn,2024-01-05\n{word},2024-01-31\n"})
    assert measure_totals(panel) == {"n": 1}
