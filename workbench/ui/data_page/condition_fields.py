"""Fields of the conditions on the rows of a measure, picked one by one, each with what it leaves of the file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.data.mapping.count_conditions import RowsLeft
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.formula.row_conditions import BLANK, TESTS, Condition, Conditions, Test, parse_conditions
from workbench.formula.tree import Connective
from workbench.ui.session import cached_previews
from workbench.words.mapping import BLANK_WORDS, bound_problem, rows_left_words
from workbench.words.markdown import plain

MOST = 8
JOINED: dict[Connective, str] = {"and": "All must hold", "or": "One is enough"}
_NUMBERS, _JOINED = "data.measure.conditions", "data.measure.joined"


def forget_conditions() -> None:
    """The next dialog begins with the conditions of its own measure."""
    st.session_state.pop(_NUMBERS, None)


def condition_fields(source: Source, was: Measure, columns: tuple[str, ...], folder: Path) -> Conditions | None:
    """Draw the fields; returns the conditions once all of them are complete."""
    first = (parse_conditions(was.where) if was.where else None) or Conditions((Condition("", "is", ()),))
    numbers = st.session_state.setdefault(_NUMBERS, tuple(range(len(first.parts))))
    joined: Connective = st.session_state.get(_JOINED) or first.joined if len(numbers) > 1 else first.joined
    parts = []
    for place, number in enumerate(numbers):
        known = first.parts[number] if number < len(first.parts) else Condition("", "is", ())
        parts.append(_one(source, known, columns, folder, number, "where" if not place else joined, len(numbers) > 1))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Add a condition", icon=":material/add:", type="tertiary", key="data.measure.more",
                  disabled=len(numbers) >= MOST or not all(part.is_complete for part in parts),
                  on_click=_add)  # fmt: skip
        if len(numbers) > 1:
            st.segmented_control("These conditions", list(JOINED), default=first.joined, required=True,
                                 format_func=JOINED.__getitem__, key=_JOINED,
                                 label_visibility="collapsed")  # fmt: skip
    return Conditions(tuple(parts), joined) if all(part.is_complete for part in parts) else None


def _one(
    source: Source, known: Condition, columns: tuple[str, ...], folder: Path, number: int, label: str, several: bool
) -> Condition:
    """The fields of one condition: column, test, values."""
    cells = st.columns([4, 2, 5, 1] if several else [4, 2, 5], vertical_alignment="bottom")
    place = columns.index(known.column) if known.column in columns else None
    column = cells[0].selectbox(label, columns, place, placeholder="Choose a column",
                                key=f"data.measure.where.{number}") or ""  # fmt: skip
    test: Test = cells[1].selectbox("Test", TESTS, TESTS.index(known.test), key=f"data.measure.test.{number}",
                                    label_visibility="collapsed")  # fmt: skip
    values = known.values if column == known.column else ()
    if test in ("is", "is not"):
        counts = cached_previews.cached_frequent_values(source, folder, column) if column else {}
        chosen = cells[2].multiselect(
            "values", list(dict.fromkeys((*counts, *values, BLANK))), values, disabled=not column,
            key=f"data.measure.is.{number}.{column}", placeholder="Choose values",
            format_func=lambda each: f"{each}  ({counts.get(each, 0):,} rows)" if each else BLANK_WORDS)  # fmt: skip
        said = tuple(chosen)
    else:
        bound = cells[2].text_input(
            "amount or day", values[0] if values else "", disabled=not column, placeholder="500, 2025-01 or 2025-01-31",
            key=f"data.measure.bound.{number}.{column}")  # fmt: skip
        said = (bound,) if bound.strip() else ()
        if said and column and not Condition(column, test, said).is_complete:
            st.error(plain(bound_problem(bound)), icon=":material/error:")
    if several:
        cells[3].button("", icon=":material/close:", type="tertiary", help="Remove this condition",
                        key=f"data.measure.less.{number}", on_click=_remove, args=(number,))  # fmt: skip
    return Condition(column, test, said)


def show_rows_left(dataset: DataSet, source: Source, measure: Measure, conditions: Conditions, folder: Path) -> None:
    """Say below the conditions how many rows each leaves and what they add up to, counted in the file."""
    left = cached_previews.cached_rows_left(dataset, source, measure, conditions, folder)
    if left is None:
        return
    st.caption("  \n".join(_line(step, left[0], measure, number) for number, step in enumerate(left[1:], start=1)))


def _line(step: RowsLeft, everything: RowsLeft, measure: Measure, number: int) -> str:
    said = rows_left_words(step, everything, measure.unit)
    return f"After the first condition: {said}" if number == 1 else f"After {number} conditions: {said}"


def _add() -> None:
    numbers = st.session_state[_NUMBERS]
    st.session_state[_NUMBERS] = (*numbers, max(numbers) + 1)


def _remove(number: int) -> None:
    st.session_state[_NUMBERS] = tuple(each for each in st.session_state[_NUMBERS] if each != number)
