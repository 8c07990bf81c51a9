"""Fields of the conditions on the rows of a measure, picked one by one, each with what it leaves of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from workbench.data.mapping.count_conditions import RowsLeft
from workbench.data.mapping.preview import ValueCounts
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.formula.row_conditions import BLANK, TESTS, Condition, Conditions, Test, parse_conditions
from workbench.formula.tree import Connective
from workbench.ui.session import cached_previews
from workbench.words.mapping import bound_problem, cut_list_words, listed_value_words, rows_left_words
from workbench.words.markdown import plain

MOST = 8
MOST_LISTED = 200
JOINED: dict[Connective, str] = {"and": "All must hold", "or": "One is enough"}
_NUMBERS, _NEXT = "data.measure.conditions", "data.measure.next"


@dataclass(frozen=True)
class ConditionKeys:
    """Whose rows are asked for; ``key`` begins the keys of the fields, so that no other dialog fills them."""

    source: Source
    columns: tuple[str, ...]
    folder: Path
    key: str


def forget_conditions() -> None:
    """The next dialog begins with the conditions of its own measure."""
    for key in (_NUMBERS, _NEXT):
        st.session_state.pop(key, None)


def condition_fields(place: ConditionKeys, was: Measure) -> Conditions | None:
    """Draw the fields; returns the conditions once all of them are complete."""
    first = (parse_conditions(was.where) if was.where else None) or Conditions((Condition("", "is", ()),))
    numbers = st.session_state.setdefault(_NUMBERS, tuple(range(len(first.parts))))
    st.session_state.setdefault(_NEXT, len(first.parts))
    key = f"{place.key}.joined"
    joined: Connective = st.session_state.get(key) or first.joined if len(numbers) > 1 else first.joined
    parts = []
    for at, number in enumerate(numbers):
        known = first.parts[number] if number < len(first.parts) else Condition("", "is", ())
        parts.append(_one(place, known, number, "where" if not at else joined, len(numbers) > 1))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Add a condition", icon=":material/add:", type="tertiary", key=f"{place.key}.more",
                  disabled=len(numbers) >= MOST or not all(part.is_complete for part in parts),
                  on_click=_add)  # fmt: skip
        if len(numbers) > 1:
            st.segmented_control("These conditions", list(JOINED), default=first.joined, required=True,
                                 format_func=JOINED.__getitem__, key=key,
                                 label_visibility="collapsed")  # fmt: skip
    return Conditions(tuple(parts), joined) if all(part.is_complete for part in parts) else None


def _one(place: ConditionKeys, known: Condition, number: int, label: str, several: bool) -> Condition:
    """The fields of one condition: column, test, values."""
    cells = st.columns([4, 2, 5, 1] if several else [4, 2, 5], vertical_alignment="bottom")
    at = place.columns.index(known.column) if known.column in place.columns else None
    column = cells[0].selectbox(label, place.columns, at, placeholder="Choose a column",
                                key=f"{place.key}.where.{number}") or ""  # fmt: skip
    test: Test = cells[1].selectbox("Test", TESTS, TESTS.index(known.test), key=f"{place.key}.test.{number}",
                                    label_visibility="collapsed")  # fmt: skip
    values = known.values if column == known.column else ()
    with cells[2]:
        if test in ("is", "is not"):
            said = _values(place, column, values if known.test in ("is", "is not") else (), number)
        else:
            said = _bound(place, column, values if known.test not in ("is", "is not") else (), number)
    if several:
        cells[3].button("", icon=":material/close:", type="tertiary", help="Remove this condition",
                        key=f"{place.key}.less.{number}", on_click=_remove, args=(number,))  # fmt: skip
    made = Condition(column, test, said)
    if column and said and not made.is_complete:
        st.error(plain(bound_problem(said[0])), icon=":material/error:")
    return made


def _values(place: ConditionKeys, column: str, values: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The values of a column, each with its rows; those that a cut list leaves out are typed."""
    key = f"{place.key}.is.{number}.{column}"
    named = tuple(dict.fromkeys((*values, *st.session_state.get(key, ()))))
    found = (cached_previews.cached_value_counts(place.source, place.folder, column, named, MOST_LISTED)
             if column else ValueCounts())  # fmt: skip
    counts = dict(found.rows) | ({BLANK: found.n_blank} if found.n_blank else {})
    is_cut = found.n_values > MOST_LISTED
    chosen = st.multiselect(
        "values", list(dict.fromkeys((*counts, *named))), values, disabled=not column, key=key,
        format_func=lambda value: listed_value_words(value, counts.get(value)), accept_new_options=is_cut,
        placeholder="Choose values")  # fmt: skip
    if is_cut:
        st.caption(cut_list_words(MOST_LISTED, found.n_values))
    return tuple(chosen)


def _bound(place: ConditionKeys, column: str, values: tuple[str, ...], number: int) -> tuple[str, ...]:
    """An amount, a day or a month."""
    bound = st.text_input("amount or day", values[0] if values else "", placeholder="500, 2025-01 or 2025-01-31",
                          disabled=not column, key=f"{place.key}.bound.{number}.{column}")  # fmt: skip
    return (bound,) if bound.strip() else ()


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
    """Add a condition; a number that was removed does not come back with what it said."""
    number = st.session_state[_NEXT]
    st.session_state[_NUMBERS], st.session_state[_NEXT] = (*st.session_state[_NUMBERS], number), number + 1


def _remove(number: int) -> None:
    st.session_state[_NUMBERS] = tuple(each for each in st.session_state[_NUMBERS] if each != number)
