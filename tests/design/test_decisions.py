"""Decisions are only ever added, the past keeps the design that was in force, and damage is counted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decisions import DAY, decided, pivoted, small_design, withdrawn
from tests.stored import contents, latest, put
from workbench.data.library.data_sets import add_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.design import decisions as log
from workbench.design.decisions import Decision, DecisionLog, Dissent, Withdrawal, add_record, parse_dissent
from workbench.design.free_texts import change_decision_texts, change_pivot_texts, only_rules
from workbench.design.in_force import (
    in_force_at,
    open_pivots,
    rules_in_force,
    span_of_day,
    spans_in_force,
    standing_decisions,
)
from workbench.design.model import parse_design
from workbench.store.kinds import DECISION

pytestmark = pytest.mark.usefixtures("each_database")


def stretches(*records: Decision | Withdrawal) -> list[tuple[str, str, str | None]]:
    decisions = tuple(each for each in records if isinstance(each, Decision))
    found = spans_in_force(DecisionLog(decisions, tuple(each for each in records if isinstance(each, Withdrawal))))
    return [(s.decision.chosen.name, s.start.isoformat(), s.end.isoformat() if s.end else None) for s in found]


def test_records_are_read_back_whole_in_the_order_of_recording(tmp_path: Path) -> None:
    later, first = decided("B", "2026-02-01", "2026-03-01", 2), decided("A", "2026-01-01", "2026-02-01")
    gone = withdrawn(later, "2026-02-02")
    for record in (later, first, gone):
        add_record(tmp_path, "floor", record)
    assert log.read_decisions(tmp_path, "floor") == DecisionLog((first, later), (gone,))
    assert log.read_decisions(tmp_path, "other") == DecisionLog()
    assert len(contents(tmp_path, DECISION, "floor")) == 3


def test_a_record_is_never_written_again(tmp_path: Path) -> None:
    first = decided("A", "2026-01-01", "2026-02-01")
    add_record(tmp_path, "floor", first)
    with pytest.raises(FileExistsError):
        add_record(tmp_path, "floor", first.model_copy(update={"why": "another reason"}))
    assert log.read_decisions(tmp_path, "floor").decisions[0].why == "because"


def test_a_damaged_record_is_counted_and_left_alone(tmp_path: Path) -> None:
    add_record(tmp_path, "floor", decided("A", "2026-01-01", "2026-02-01"))
    for name, text in (("x", "{"), ("y", '{"kind": "decision"}'), ("z", '["no"]')):
        put(tmp_path, DECISION, "floor", name, text)
    found = log.read_decisions(tmp_path, "floor")
    assert (len(found.decisions), found.n_damaged) == (1, 3)
    assert latest(tmp_path, DECISION, "floor", "x") == "{"


@pytest.mark.parametrize("data", ["../../etc", "", "a/b", ".."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, data: str) -> None:
    with pytest.raises(LookupError):
        add_record(tmp_path, data, decided("A", "2026-01-01", "2026-02-01"))
    assert log.read_decisions(tmp_path, data) == DecisionLog()


def test_a_later_decision_counts_from_its_date_on() -> None:
    assert stretches(decided("A", "2026-01-01", "2026-02-01"), decided("B", "2026-03-01", "2026-04-01", 2)) == [
        ("A", "2026-02-01", "2026-04-01"), ("B", "2026-04-01", None)]  # fmt: skip


def test_what_is_recorded_afterwards_never_changes_what_was_in_force() -> None:
    kept = decided("A", "2026-01-01", "2026-01-01")
    back = decided("B", "2026-06-01", "2026-02-01", 2)
    assert stretches(kept, back) == [("A", "2026-01-01", "2026-06-01"), ("B", "2026-06-01", None)]


def test_a_past_of_which_nothing_was_recorded_can_be_filled() -> None:
    first, second = decided("A", "2026-06-01", "2025-01-01"), decided("B", "2026-06-01", "2025-07-01", 2)
    assert stretches(first, second) == [("A", "2025-01-01", "2025-07-01"), ("B", "2025-07-01", None)]
    assert stretches(second, first) == [("A", "2025-01-01", "2025-07-01"), ("B", "2025-07-01", None)]


def test_a_withdrawn_decision_counted_until_the_day_of_the_withdrawal() -> None:
    first, wrong = decided("A", "2026-01-01", "2026-01-01"), decided("B", "2026-02-01", "2026-03-01", 2)
    assert stretches(first, wrong, withdrawn(wrong, "2026-04-10")) == [
        ("A", "2026-01-01", "2026-03-01"), ("B", "2026-03-01", "2026-04-10"), ("A", "2026-04-10", None)]  # fmt: skip


def test_a_mistake_withdrawn_the_same_day_never_counted() -> None:
    past = decided("A", "2026-06-01", "2025-01-01")
    assert stretches(past, withdrawn(past, "2026-06-01")) == []


def test_keeping_a_design_is_one_stretch_with_a_new_review() -> None:
    first, again = decided("A", "2026-01-01", "2026-01-01"), decided("A", "2026-04-01", "2026-04-01", 2)
    assert stretches(first, again) == [("A", "2026-01-01", None)]
    assert [each.id for each in standing_decisions(DecisionLog((first, again)), DAY(2026, 5, 1))] == [again.id]


def test_what_stands_is_what_is_in_force_and_what_is_to_come() -> None:
    now, next_one = decided("A", "2026-01-01", "2026-02-01"), decided("B", "2026-01-02", "2026-06-01", 2)
    both = DecisionLog((now, next_one))
    assert [each.id for each in standing_decisions(both, DAY(2026, 1, 15))] == [now.id, next_one.id]
    assert [each.id for each in standing_decisions(both, DAY(2026, 7, 1))] == [next_one.id]
    cancelled = DecisionLog((now, next_one), (withdrawn(next_one, "2026-01-03"),))
    assert [each.id for each in standing_decisions(cancelled, DAY(2026, 7, 1))] == [now.id]
    assert in_force_at(both, DAY(2026, 1, 31)) is None


def test_of_two_designs_from_one_later_day_only_the_last_recorded_comes_into_force() -> None:
    first, corrected = decided("A", "2026-01-01", "2026-06-01"), decided("B", "2026-01-02", "2026-06-01", 2)
    both = DecisionLog((first, corrected))
    assert standing_decisions(both, DAY(2026, 2, 1)) == (corrected,)
    undone = DecisionLog((first, corrected), (withdrawn(corrected, "2026-01-03"),))
    assert standing_decisions(undone, DAY(2026, 2, 1)) == (first,)


def test_rules_in_force_do_not_hang_on_names_and_reasons() -> None:
    now = DecisionLog((decided("A", "2026-01-01", "2026-02-01"),))
    days = (DAY(2026, 1, 1), DAY(2026, 2, 1))
    assert rules_in_force(now, days, small_design("Another name")) == (None, True)
    (calls,) = small_design("A").kpis
    stricter = small_design("A").model_copy(update={"kpis": (calls.model_copy(update={"target": 21}),)})
    assert rules_in_force(now, days, stricter) == (None, False)
    assert only_rules(small_design("A")).kpis[0].owner is None


def test_rules_are_the_same_after_changes_that_alter_no_score() -> None:
    design = parse_design(
        {
            "name": "A",
            "goal": {"measure": "sales"},
            "kpis": [
                {"name": name, "formula": name, "target": 20, "weight": weight}
                for name, weight in (("calls", 1), ("deals", 2))
            ],
        }
    )
    calls, deals = design.kpis
    scaled = (calls.model_copy(update={"weight": 10, "unit": "calls", "percentile": 50}),
              deals.model_copy(update={"weight": 20}))  # fmt: skip
    goal = design.required_goal.model_copy(update={"label": "Sales", "unit": "USD", "percentile": 25})
    assert only_rules(design.model_copy(update={"goal": goal, "kpis": scaled})) == only_rules(design)
    other = (calls.model_copy(update={"weight": 3}), deals)
    assert only_rules(design.model_copy(update={"kpis": other})) != only_rules(design)
    idle = calls.model_copy(update={"name": "idle", "weight": 0})
    assert only_rules(design.model_copy(update={"kpis": (deals, idle, calls)})) == only_rules(design)
    parts = (calls, deals)
    whole, with_idle = (calls.model_copy(update={"name": "both", "formula": None, "kpis": each})
                        for each in (parts, (idle, *parts)))  # fmt: skip
    assert only_rules(design.model_copy(update={"kpis": (whole,)})) == only_rules(
        design.model_copy(update={"kpis": (with_idle, idle)})
    )
    unweighed = tuple(each.model_copy(update={"weight": 0}) for each in (calls, deals))
    assert len(only_rules(design.model_copy(update={"kpis": unweighed})).kpis) == 2
    stricter = (calls.model_copy(update={"target": 21}), deals)
    assert only_rules(design.model_copy(update={"kpis": stricter})) != only_rules(design)


def test_a_day_belongs_to_the_stretch_that_began_by_then() -> None:
    spans = spans_in_force(DecisionLog((decided("A", "2026-01-01", "2026-02-01"),
                                        decided("B", "2026-01-01", "2026-03-01", 2))))  # fmt: skip
    names = [span.decision.chosen.name if (span := span_of_day(spans, day)) else None
             for day in (DAY(2026, 1, 31), DAY(2026, 2, 1), DAY(2026, 2, 28), DAY(2026, 3, 1))]  # fmt: skip
    assert names == [None, "A", "A", "B"]


def test_dissent_is_read_line_by_line() -> None:
    assert parse_dissent("Ana: too many: really\n\n : nobody\nBen") == (
        Dissent(who="Ana", says="too many: really"), Dissent(who="Ben"))  # fmt: skip


def test_every_text_of_a_decision_can_be_changed() -> None:
    made = decided("A", "2026-01-01", "2026-02-01").model_copy(
        update={"by": "Ann", "expects": "Ann sells", "dissent": (Dissent(who="Ann", says="as Ann"),)}
    )
    shown = change_decision_texts(made, lambda text: text.replace("Ann", "Rep 01")).model_dump_json()
    assert "Ann" not in shown
    assert shown.count("Rep 01") == 5


def test_pivots_are_kept_beside_decisions_and_the_last_of_a_kpi_is_open(tmp_path: Path) -> None:
    first, last = pivoted("Dials", "keep", "2026-01-01", "2026-01-01"), pivoted("Dials", "stop", "2026-04-01",
                                                                                "2026-04-01", 2)  # fmt: skip
    other = pivoted("Quotes", "change", "2026-02-01", "2026-02-01", 3)
    for record in (last, first, other, withdrawn(decided("A", "2026-01-01", "2026-01-01", 9), "2026-01-02")):
        add_record(tmp_path, "floor", record)
    found = log.read_decisions(tmp_path, "floor")
    assert found.pivots == (first, other, last)
    assert found.decisions == ()
    assert open_pivots(found) == (last, other)
    gone = DecisionLog(pivots=found.pivots, withdrawals=(withdrawn(last, "2026-04-02"),))
    assert open_pivots(gone) == (first, other)
    assert "Ann" not in change_pivot_texts(first, lambda text: text.replace("Ann", "Rep 01")).model_dump_json()


def test_a_changed_data_set_keeps_the_decisions_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("rep,date\nAnn,2026-01-01\n")
    source = Source(name="deals", location="deals.csv", rep="rep", date="date", measures=(Measure(name="deals"),))
    first = add_data_set(tmp_path, DataSet(name="Deals", sources=(source,)), {"deals.csv": file})
    add_record(tmp_path, first.id, decided("A", "2026-01-01", "2026-02-01"))
    changed = DataSet(name="Deals, renamed", sources=(source,))
    second = add_data_set(tmp_path, changed, {"deals.csv": file}, replaces=first.id)
    add_record(tmp_path, second.id, decided("B", "2026-03-01", "2026-04-01", 2))
    names = [each.chosen.name for each in log.read_decisions(tmp_path, second.id).decisions]
    assert names == ["A", "B"]
    assert [each.chosen.name for each in log.read_decisions(tmp_path, first.id).decisions] == ["A"]


def test_an_edited_sample_gets_the_records_that_it_lacks(tmp_path: Path) -> None:
    made = decided("A", "2026-01-01", "2026-02-01")
    add_record(tmp_path, "dials-floor", made)
    put(tmp_path, DECISION, "dials-floor", "x", "{")
    for _ in range(2):
        log.copy_decisions(tmp_path, "dials-floor", "edited")
        assert log.read_decisions(tmp_path, "edited") == DecisionLog((made,), n_damaged=1)
    add_record(tmp_path, "edited", withdrawn(made, "2026-01-03"))
    log.copy_decisions(tmp_path, "dials-floor", "edited")
    assert len(log.read_decisions(tmp_path, "edited").withdrawals) == 1
    assert log.read_decisions(tmp_path, "dials-floor").withdrawals == ()


def test_a_past_that_was_filled_is_not_filled_anew_another_day() -> None:
    first, later = decided("A", "2026-06-01", "2025-01-01"), decided("B", "2026-07-01", "2025-07-01", 2)
    assert stretches(first, later) == [("A", "2025-01-01", "2026-07-01"), ("B", "2026-07-01", None)]


DAYS = st.dates(DAY(2026, 1, 1), DAY(2026, 3, 1)).map(str)


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from("ABC")), min_size=2, max_size=6), st.integers(0, 4), DAYS)
def test_no_decision_ever_changes_what_was_in_force(
    made: list[tuple[str, str, str]], gone: int, withdrawn_on: str
) -> None:
    """Whatever is decided next, with whatever date: days before it that had a design keep it."""
    ordered = sorted(made)
    records = tuple(decided(name, on, start, place) for place, (on, start, name) in enumerate(ordered, start=1))
    *before, last = records
    withdrawals = tuple(
        withdrawn(each, withdrawn_on) for each in before[gone : gone + 1]
        if f"{each.decided.date()}" <= withdrawn_on <= f"{last.decided.date()}"
    )  # fmt: skip
    then, now = DecisionLog(tuple(before), withdrawals), DecisionLog(records, withdrawals)
    days = [DAY(2025, 12, 1) + dt.timedelta(days=each) for each in range(120)]
    past = [day for day in days if day < last.decided.date() and in_force_at(then, day) is not None]
    changed = [day for day in past if in_force_at(now, day) != in_force_at(then, day)]
    filled_the_same_day = any(each.decided.date() == last.decided.date() for each in before)
    assert changed == [] or filled_the_same_day
