"""Streamlit widgets that show a value held elsewhere and pass every change to a function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

OnChange = Callable[[Any], None]


def bound_selectbox(
    label: str,
    options: Sequence[Any],
    value: Any,
    change: OnChange,
    key: str,
    shown: Callable[[Any], str] = str,
    clearable: bool = True,
    **more: Any,
) -> None:
    """A select box. A value that is not among the options shows as nothing chosen."""
    st.session_state[key] = value if value in options else None
    st.selectbox(
        label, options, None if clearable else 0, key=key, format_func=shown, on_change=_hand_over(key, change), **more
    )


def bound_segmented_control(
    label: str,
    options: Sequence[Any],
    value: Any,
    change: OnChange,
    key: str,
    shown: Callable[[Any], str] = str,
    labelled: bool = False,
) -> None:
    """A row of buttons of which exactly one is pressed."""
    st.session_state[key] = value
    seen: Literal["visible", "collapsed"] = "visible" if labelled else "collapsed"
    st.segmented_control(label, options, key=key, format_func=shown, required=True, wrap=True,
                         on_change=_hand_over(key, change), label_visibility=seen)  # fmt: skip


def bound_multiselect(
    label: str, options: Sequence[Any], value: Sequence[Any], change: OnChange, key: str, **more: Any
) -> None:
    """A box of which any number can be chosen; chosen values that are no longer offered are left out."""
    st.session_state[key] = [each for each in value if each in options]
    st.multiselect(label, options, key=key, on_change=_hand_over(key, change), **more)


def bound_toggle(label: str, value: bool, change: OnChange, key: str, **more: Any) -> None:
    """A switch."""
    st.session_state[key] = value
    st.toggle(label, key=key, on_change=_hand_over(key, change), **more)


def bound_expander(label: str, opened: bool, change: OnChange, key: str, **more: Any) -> ExpanderContainer:
    """A part that is folded away or open, and stays as it is when its label changes."""
    st.session_state[key] = opened
    return st.expander(label, key=key, on_change=_hand_over(key, change), **more)


def bound_text_input(label: str, value: str | None, change: OnChange, key: str, **more: Any) -> None:
    """A line of text without surrounding spaces."""
    st.session_state[key] = value or ""
    st.text_input(label, key=key, on_change=_hand_over(key, lambda text: change(text.strip())), **more)


def bound_text_area(label: str, value: str | None, change: OnChange, key: str, **more: Any) -> None:
    """Several lines of text without surrounding spaces."""
    st.session_state[key] = value or ""
    st.text_area(label, key=key, on_change=_hand_over(key, lambda text: change(text.strip())), **more)


def bound_number_input(label: str, value: float | None, change: OnChange, key: str, **more: Any) -> None:
    """A number; an emptied field is no change."""
    st.session_state[key] = None if value is None else float(value)
    on_change = _hand_over(key, lambda number: None if number is None else change(float(number)))
    st.number_input(label, value=None, key=key, on_change=on_change, **more)


def bound_date_input(label: str, value: dt.date, change: OnChange, key: str, **more: Any) -> None:
    """A day; an emptied field is no change."""
    st.session_state[key] = value
    on_change = _hand_over(key, lambda day: change(day) if day else None)
    st.date_input(label, value=None, key=key, on_change=on_change, min_value=dt.date(1970, 1, 1),
                  max_value=dt.date(2199, 12, 31), format="YYYY-MM-DD", **more)  # fmt: skip


def _hand_over(key: str, change: OnChange) -> Callable[[], None]:
    return lambda: change(st.session_state[key])
