"""List issues, the worst first, with a button where a change of the data set mends one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from workbench.data.mapping.fixes import Fix
from workbench.errors import Issue
from workbench.words.fixes import fix_label
from workbench.words.issues import ICONS, describe_issue, issues_by_severity, reading_decisions
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize

_SHOWN_AT_ONCE = 5


def issue_list(
    issues: Iterable[Issue], remedies: Callable[[Issue], tuple[Fix, ...]], apply: Callable[[Fix], None]
) -> None:
    """Cards for what needs a look, then, folded away, what was decided without asking."""
    issues = tuple(issues)
    found, decided = issues_by_severity(issues), reading_decisions(issues)
    for place, issue in enumerate(found[:_SHOWN_AT_ONCE]):
        _card(issue, remedies(issue), apply, place)
    if len(found) > _SHOWN_AT_ONCE:
        with st.expander(f"{len(found) - _SHOWN_AT_ONCE} more to look at"):
            for place, issue in enumerate(found[_SHOWN_AT_ONCE:], start=_SHOWN_AT_ONCE):
                _card(issue, remedies(issue), apply, place)
    if decided:
        with st.expander(f"{pluralize(len(decided), 'decision')} taken while reading", icon=":material/rule:"):
            for issue in decided:
                said = describe_issue(issue)
                st.markdown(f"**{plain(said.where)}**  \n{plain(said.message)} {plain(said.fix)}")


def _card(issue: Issue, remedies: tuple[Fix, ...], apply: Callable[[Fix], None], place: int) -> None:
    with st.container(border=True, gap="small"):
        said = describe_issue(issue)
        rows = f" · {pluralize(issue.n_rows, 'row')}" if issue.n_rows else ""
        st.markdown(f"{ICONS[issue.level]} **{plain(said.where)}**{rows}  \n{plain(said.message)}")
        if said.fix and not remedies:
            st.caption(plain(said.fix))
        for number, fix in enumerate(remedies):
            st.button(plain(fix_label(fix)), key=f"data-fix-{issue.code}-{place}-{number}", icon=":material/build:",
                      on_click=apply, args=(fix,))  # fmt: skip
