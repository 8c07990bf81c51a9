"""Formula input: checked while typed, with completions; only a readable formula is passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.formula.completion import complete_formula, labels_for_names, names_for_labels
from workbench.formula.formula import FormulaError, mark_positions, parse_formula
from workbench.ui.widgets.parts import quiet_label
from workbench.words.issues import describe_formula_issue
from workbench.words.kpis import measure_meaning, measure_title, names_by_title
from workbench.words.markdown import plain

OnFormulaChange = Callable[[str], None]
MOST_OFFERED = 14
GRAMMAR = (
    "Also: `+ - * / ( )`, comparisons such as `>=`, `and or not`, `min max abs log1p coalesce`, `if(condition, a, b)`. "
    "Names may be written as they are shown. Division by zero gives no value."
)


def formula_field(
    label: str, saved: str | None, change: OnFormulaChange, key: str, panel: Panel, placeholder: str = ""
) -> None:
    """Draw the field. ``change`` gets the text whenever it can be read; until then the last readable one stays."""
    names, labels = panel.measure_names, names_by_title(panel.measures)
    _follow(key, saved or "", labels)
    with st.container(gap="small"):
        st.text_input(label, key=key, live=True, placeholder=placeholder, on_change=_written,
                      args=(key, names, change, labels))  # fmt: skip
        text = st.session_state[key]
        _problems(text, names, labels)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _offers(text, key, names, change, labels)
            _glossary(panel)


def _follow(key: str, saved: str, labels: Mapping[str, str]) -> None:
    """What was saved elsewhere (undo, another page) replaces what stands in the field; what is half written stays."""
    if key not in st.session_state or st.session_state.get(f"{key}.saved") != saved:
        st.session_state[key] = labels_for_names(saved, labels)
    st.session_state[f"{key}.saved"] = saved


def _written(key: str, names: Sequence[str], change: OnFormulaChange, labels: Mapping[str, str]) -> None:
    text = _with_names(st.session_state[key].strip(), names, labels)
    if text and not _faults(text, names):
        st.session_state[f"{key}.saved"] = text
        change(text)


def _with_names(text: str, names: Sequence[str], labels: Mapping[str, str]) -> str:
    """The formula as it is kept: names in place of the labels that the pages show, once they give a formula."""
    named = names_for_labels(text, labels)
    return text if _faults(named, names) else named


def _faults(text: str, names: Sequence[str]) -> FormulaError | None:
    try:
        parse_formula(text, names)
    except FormulaError as error:
        return error
    return None


def _problems(text: str, names: Sequence[str], labels: Mapping[str, str]) -> None:
    """What is wrong, in the names that the pages show."""
    if not text.strip() or not _faults(_with_names(text, names, labels), names):
        return
    shown = names_for_labels(text, {label: label for label in labels})
    faults = _faults(shown, list(dict.fromkeys((*labels, *names))))
    if faults is None:
        return
    st.code(mark_positions(shown, faults.positions), language=None)
    for issue in faults.issues:
        said = describe_formula_issue(issue)
        st.markdown(f":orange[:material/error: {plain(said.message)}.] {plain(said.fix)}")


def _offers(text: str, key: str, names: Sequence[str], change: OnFormulaChange, labels: Mapping[str, str]) -> None:
    offered = dict(list(complete_formula(text, list(labels)).items())[:MOST_OFFERED])
    if offered:
        st.pills("Insert", list(offered), key=f"{key}.offer", label_visibility="collapsed", wrap=True,
                 format_func=plain, on_change=_insert, args=(key, offered, names, change, labels))  # fmt: skip


def _insert(
    key: str, offered: dict[str, str], names: Sequence[str], change: OnFormulaChange, labels: Mapping[str, str]
) -> None:
    picked = st.session_state[f"{key}.offer"]
    if picked in offered:
        st.session_state[key] = offered[picked]
        _written(key, names, change, labels)
    st.session_state[f"{key}.offer"] = None


def _glossary(panel: Panel) -> None:
    with st.popover(quiet_label("What these are"), icon=":material/menu_book:", type="tertiary"):
        rows = [{"Name": measure_title(measure), "What it is": measure_meaning(measure)} for measure in panel.measures]
        st.dataframe(rows, hide_index=True, width=560, alt="Every measure by name with what it is.")
        st.markdown(GRAMMAR)
