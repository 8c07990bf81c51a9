"""Who is worth a conversation: a card per rep, the picture over time, and the rows behind each sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from workbench.charts.suspect_share import suspect_share_alt, suspect_share_chart, suspect_share_rows
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.integrity.flags import FlagKey, Flags, NamedFlag
from workbench.integrity.suspect_counts import CheckName
from workbench.integrity.suspect_share import standing_out, strongest_checks
from workbench.ui.integrity.habits import show_call_habits
from workbench.ui.session.cached_integrity import (
    ONE_LIST_SAID,
    CountsWithFlags,
    cached_suspect_rows,
    says_one_list,
)
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.session.navigation import page
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import integrity as words
from workbench.words.markdown import plain

CARDS_A_ROW = 2
_CHECK = "integrity.check"


def show_who(entry: DataSetEntry, panel: Panel, found: CountsWithFlags, names: Mapping[str, str]) -> None:
    """The picture of one check over time, then a card per rep."""
    flags = found.flags
    if not flags.n_judged:
        st.caption("No check of empty activity could compare reps in this data.")
        _show_team_figures(flags)
        return
    st.caption(words.NOT_PROOF)
    if not may_see_named_flags():
        st.info(words.NAMES_NOT_SHOWN, icon=":material/visibility_off:")
        unnamed = replace(flags, named=(), different=())
        _show_picture(replace(found, flags=unnamed), names)
        _show_team_figures(unnamed)
        return
    _show_picture(found, names)
    show_call_habits(entry, panel, flags)
    for start in range(0, len(flags.named), CARDS_A_ROW):
        row = enumerate(flags.named[start : start + CARDS_A_ROW], start=start)
        for (number, flag), place in zip(row, st.columns(CARDS_A_ROW, gap="medium"), strict=False):
            with place, st.container(border=True, gap="small", height="stretch"):
                _show_flag(entry, panel, flag, number, names)
    if said := words.unnamed_sentence(flags):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(said, width="content")
            st.page_link(page("data"), label="Open Data", icon=":material/table:")
    if flags.n_without_list or says_one_list():
        st.toggle(words.ONE_LIST, key=ONE_LIST_SAID, persist_state="session", help=words.ONE_LIST_HELP)
    _show_team_figures(flags)
    for each in flags.different:
        st.markdown(plain(words.different_job_sentence(each.kind, each.reps, names, each.n_months)))


def _show_team_figures(flags: Flags) -> None:
    for said in words.team_figure_sentences(flags):
        st.markdown(plain(said))


def _show_picture(found: CountsWithFlags, names: Mapping[str, str]) -> None:
    flags, there = found.flags, found.counts.checks
    first = [*strongest_checks(flags), *standing_out(flags), *there]
    order: list[CheckName] = [check for check in dict.fromkeys(first) if check in there]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        check = st.selectbox(
            "Show by month", order, format_func=lambda name: words.CHECKS[name].capitalize(), key=_CHECK, width=360
        )
        how_computed("  \n".join(f"**{words.CHECKS[name].capitalize()}**: {words.MEANING[name]}" for name in there))
    rows = suspect_share_rows(found.counts.frame, check)
    flagged = [flag.rep for flag in flags.named if any(key.check == check for key in flag.keys)]
    show_chart(
        suspect_share_chart(rows, flagged, names, words.CHECKS[check], text_colour()),
        alt=suspect_share_alt(rows, flagged, names, words.CHECKS[check]),
    )
    st.caption(words.picture_caption(len(flagged)))


def _show_flag(entry: DataSetEntry, panel: Panel, flag: NamedFlag, number: int, names: Mapping[str, str]) -> None:
    """``number`` stands in keys, which a browser can read: a name would show there though it is hidden."""
    first, *others = _one_per_check(flag)
    st.subheader(plain(names.get(flag.rep, flag.rep)), anchor=False)
    st.markdown(plain(words.key_sentence(first)))
    if others:
        st.caption(plain(words.other_keys_sentence(others)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Open the rows", icon=":material/table_rows:", key=f"integrity.rows.{number}"):
            _rows_dialog(entry, panel, flag, number, names)
        how_computed(plain(words.keys_small_print([first, *others])), "Figures")


def _one_per_check(flag: NamedFlag) -> list[FlagKey]:
    """The clearest key of each check, the strongest first."""
    best: dict[CheckName, FlagKey] = {}
    for key in flag.keys:
        if key.check not in best or key.z > best[key.check].z:
            best[key.check] = key
    return sorted(best.values(), key=lambda key: -(key.rate - key.usual))


@st.dialog("The rows behind it", width="large", icon=":material/table_rows:")
def _rows_dialog(entry: DataSetEntry, panel: Panel, flag: NamedFlag, number: int, names: Mapping[str, str]) -> None:
    keys = {key.check: key for key in _one_per_check(flag)}
    checks = list(keys)
    check = st.pills(
        "Show", checks, default=checks[0], required=True, format_func=lambda name: words.CHECKS[name].capitalize(),
        key=f"integrity.rows_of.{number}", label_visibility="collapsed",
    )  # fmt: skip
    rows = cached_suspect_rows(entry, panel, check, flag.rep, keys[check].since)
    st.markdown(plain(f"{names.get(flag.rep, flag.rep)}: {words.CHECKS[check]}. {words.MEANING[check]}"))
    st.dataframe(rows, hide_index=True, height=400, column_config={
        "row": st.column_config.NumberColumn("Row in the file", format="%d"),
        "at": st.column_config.DatetimeColumn("When", format="YYYY-MM-DD HH:mm:ss"),
        "local": st.column_config.DatetimeColumn(words.OWN_CLOCK, format="YYYY-MM-DD HH:mm:ss"), **words.ROW_COLUMNS,
    })  # fmt: skip
    st.caption(words.rows_caption(len(rows)))
