"""Withdraw a record that was made by mistake, with the reason."""

from __future__ import annotations

import streamlit as st

from workbench.ui.session import decision_log
from workbench.ui.widgets.parts import quiet_label
from workbench.words import decisions as words


def show_withdraw(record_id: str) -> None:
    """A button that asks for the reason; the record stays and says so."""
    with st.popover(quiet_label(words.WITHDRAW), icon=":material/undo:", type="tertiary", help=words.WITHDRAW_HELP):
        with st.form(f"decide.withdraw.{record_id}", border=False):
            why = st.text_input(words.WITHDRAW_WHY, max_chars=300)
            given = st.form_submit_button(words.WITHDRAW)
        if given and why.strip() and decision_log.withdraw_decision(record_id, why.strip()):
            st.rerun()
        elif given and not why.strip():
            st.warning(words.MISSING_WHY)
