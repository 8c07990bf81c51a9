"""Who gets the credit: the system books what is accepted, people write the offers."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.mapping import credit_choices
from workbench.data.mapping.credit_choices import SharedCases, find_shared_cases
from workbench.data.mapping.guess import guess_dataset
from workbench.data.model.dataset import Credit, DataSet
from workbench.words import credit as words
from workbench.words.mapping import measure_words

STEPS = ("Accepted", "Call", "Offer created")


def log(n: int = 120) -> str:
    """Every case: a call, an offer by one of six people, and half of them accepted, booked by the system."""
    rows = ["case_id,resource,activity,time,amount"]
    for k in range(n):
        day = f"2024-{k % 8 + 1:02d}-{k % 25 + 1:02d}"
        rows += [f"C{k},user {k % 4},Call,{day} 08:00,", f"C{k},user {k % 6},Offer created,{day} 09:00,{k}"]
        rows += [f"C{k},system,Accepted,{day} 10:00,{k}"] if k % 2 else []
    return "\n".join(rows)


@pytest.fixture
def dataset(tmp_path: Path) -> DataSet:
    (tmp_path / "log.csv").write_text(log(), encoding="utf-8")
    found, _ = guess_dataset(tmp_path, ["log.csv"])
    assert found is not None
    return found


def cases_of(dataset: DataSet, folder: Path) -> SharedCases:
    cases = find_shared_cases(folder, dataset.sources[0])
    assert cases is not None
    return cases


def test_rows_that_share_a_case_are_found(dataset: DataSet, tmp_path: Path) -> None:
    cases = cases_of(dataset, tmp_path)
    assert (cases.column, cases.step, tuple(sorted(cases.steps))) == ("case_id", "activity", STEPS)
    assert words.cases_sentence(cases) == f"Several people work on {100 * cases.share:.0f}% of the cases by “case_id”."
    assert words.credit_summary(None, (), "case_id") == "Whoever booked the row."


def test_the_credit_goes_to_whoever_wrote_the_offer(dataset: DataSet, tmp_path: Path) -> None:
    cases = cases_of(dataset, tmp_path)
    source = dataset.sources[0]
    suggested = credit_choices.suggest_credited(source, "Offer created")
    assert suggested == ("accepted", "won_amount")
    assert set(build_panel(dataset, tmp_path).frame.query("accepted > 0")["rep"]) == {"system"}

    changed = credit_choices.with_credit(dataset, 0, cases, "Offer created", "last", suggested)
    made = changed.sources[0]
    assert credit_choices.credited_measures(made) == suggested
    assert credit_choices.credited_step(credit_choices.current_credit(made)) == "Offer created"
    assert words.credit_summary("Offer created", suggested, "case_id") == (
        "Whoever did “Offer created” of the same case_id."
    )
    sold = build_panel(changed, tmp_path).frame.groupby("rep")["won_amount"].sum()
    expected = {f"user {u}": float(sum(range(u, 120, 6))) for u in (1, 3, 5)}
    assert sold[sold > 0].to_dict() == expected
    own = credit_choices.with_credit(changed, 0, cases, None, "last", ())
    assert own == dataset


def test_the_measure_says_to_whom_it_is_credited(dataset: DataSet) -> None:
    source = dataset.sources[0]
    credit = Credit(case="case_id", to="each", where="activity == 'Call'")
    measure = source.measures[0].model_copy(update={"credit": credit})
    assert measure_words(measure, source) == (
        "number of rows, credited to all reps of the same case_id where activity is Call"
    )
    assert credit_choices.credited_step(Credit(case="case_id")) is None


def test_files_without_shared_cases_are_not_asked_about(tmp_path: Path) -> None:
    rows = "\n".join(f"D{k // 2},user {k // 2 % 5},2024-0{k % 8 + 1}-05,{k}" for k in range(60))
    (tmp_path / "deals.csv").write_text("deal_id,owner,closed,amount\n" + rows, encoding="utf-8")
    made, _ = guess_dataset(tmp_path, ["deals.csv"])
    assert made is not None
    assert find_shared_cases(tmp_path, made.sources[0]) is None
