"""Dialog to add or change one measure, with its row filter picked condition by condition or written."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from workbench.data.events.dataset_rules import NEEDS_COLUMN
from workbench.data.mapping import edit
from workbench.data.mapping.outcome_choices import outcome_date
from workbench.data.model.dataset import DataSet, Measure
from workbench.data.model.panel import BUILT_IN
from workbench.errors import InputError
from workbench.formula.formula import parse_formula
from workbench.formula.row_conditions import parse_conditions
from workbench.ui.data_page import mapping
from workbench.ui.data_page.condition_fields import ConditionKeys, condition_fields, forget_conditions, show_rows_left
from workbench.ui.widgets.parts import primary_label
from workbench.words.issues import describe_issue
from workbench.words.mapping import AGGREGATES, measure_name
from workbench.words.markdown import plain

ALL, PICKED, WRITTEN = "All rows", "Rows with certain values", "A written condition"
_OPENED = "data.measure.opened"


@dataclass(frozen=True)
class Slot:
    """Which measure of which source is being worked on; ``place`` is None for a new one."""

    source: int
    place: int | None

    def measure(self, dataset: DataSet) -> Measure:
        measures = dataset.sources[self.source].measures
        return Measure(name="new") if self.place is None else measures[self.place]


def open_measure_dialog(slot: Slot, columns: tuple[str, ...]) -> None:
    """Open the dialog with what the measure is now, whatever was typed in one that was closed."""
    forget_conditions()
    opened = st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    measure_dialog(slot, columns, f"data.measure.{slot.source}.{slot.place}.{opened}")


@st.dialog("Measure", width="large")
def measure_dialog(slot: Slot, columns: tuple[str, ...], key: str) -> None:
    """Ask for everything about one measure; saving puts it into the mapping in hand.

    ``key`` begins the keys of all fields.
    """
    mapped = mapping.current_mapping()
    if mapped is None or mapped.dataset is None:
        return
    source, was = mapped.dataset.sources[slot.source], slot.measure(mapped.dataset)
    name = st.text_input("Name", "" if slot.place is None else measure_name(was), max_chars=60,
                         placeholder="Sales, Dials, Quotes …", key=f"{key}.name")  # fmt: skip
    left, right = st.columns(2)
    how = left.selectbox("What is counted", list(AGGREGATES), list(AGGREGATES).index(was.aggregate),
                         format_func=AGGREGATES.__getitem__, key=f"{key}.how")  # fmt: skip
    column = right.selectbox("Column", columns, _place(columns, was.column), key=f"{key}.column",
                             placeholder="Choose a column", disabled=how not in NEEDS_COLUMN)  # fmt: skip
    kind = _which_rows(was, key)
    place = ConditionKeys(source, columns, mapped.folder, key)
    picked = condition_fields(place, was) if kind == PICKED else None
    where = _written_filter(was, columns, key) if kind == WRITTEN else None if kind == ALL else ""
    where = picked.formula() if picked else where
    told = st.empty()
    left, right = st.columns(2)
    usual = was.date or (outcome_date(source, picked) if slot.place is None and picked else None) or source.date
    date = left.selectbox("Dated by", columns, _place(columns, usual), key=f"{key}.date.{usual}")
    unit = right.text_input("Unit", was.unit or "", max_chars=20, placeholder="USD, minutes …", key=f"{key}.unit")
    made = was.model_copy(update={"aggregate": how, "column": column if how in NEEDS_COLUMN else None, "where": where,
                                  "date": date if date != source.date else None, "unit": unit.strip() or None,
                                  "label": name.strip()})  # fmt: skip
    problem = _problem(made, columns)
    if picked and not (made.aggregate == "sum" and made.column is None):
        with told:
            show_rows_left(mapped.dataset, source, made, picked, mapped.folder)
    if st.button(
        primary_label("Save", not problem),
        type="primary",
        disabled=bool(problem),
        help=problem or None,
        key=f"{key}.save",
    ):
        _save(slot, mapped.dataset, made)
        st.rerun()


def _which_rows(was: Measure, key: str) -> str:
    """Whether all rows count, or how those that count are said."""
    first = ALL if not was.where else PICKED if parse_conditions(was.where) else WRITTEN
    return st.segmented_control("Which rows", (ALL, PICKED, WRITTEN), default=first, required=True,
                                key=f"{key}.rows")  # fmt: skip


def _written_filter(was: Measure, columns: tuple[str, ...], key: str) -> str:
    where = st.text_input("where", was.where or "", placeholder="stage == 'Won' and seconds >= 60",
                          key=f"{key}.written").strip()  # fmt: skip
    if where and (problem := _condition_problem(where, columns)):
        st.error(plain(problem), icon=":material/error:")
    return where


def _problem(made: Measure, columns: tuple[str, ...]) -> str:
    """What is still missing, in a few words; empty when the measure can be saved."""
    if not made.label:
        return "Give it a name."
    if made.aggregate in NEEDS_COLUMN and made.column is None:
        return "Choose the column."
    if made.where == "":
        return "Say which rows count."
    return "Correct the condition." if made.where and _condition_problem(made.where, columns) else ""


def _condition_problem(where: str, columns: tuple[str, ...]) -> str:
    try:
        parse_formula(where, columns, condition=True)
    except InputError as error:
        return " ".join(f"{said.message} {said.fix}" for said in map(describe_issue, error.issues))
    return ""


def _save(slot: Slot, dataset: DataSet, made: Measure) -> None:
    """A new measure gets a name for formulas; a changed one keeps its own, since designs may use it."""
    if slot.place is None:
        taken = {measure.name for source in dataset.sources for measure in source.measures} | set(BUILT_IN)
        made = made.model_copy(update={"name": edit.formula_name(made.label or "", taken)})
    mapping.change_dataset(edit.with_measure(dataset, slot.source, made, slot.place))


def _place(options: tuple[str, ...], value: str | None) -> int | None:
    return options.index(value) if value in options else None
