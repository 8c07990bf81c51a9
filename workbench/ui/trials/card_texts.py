"""The single fields of a card: each begins with what the card holds, and shows rep names as they may be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from workbench.ui.session.trial_card import TrialCard
from workbench.words.rep_names import without_rep_names
from workbench.words.trial_card import FIELDS, HELP

_FIRST, _LAST = dt.date(1970, 1, 1), dt.date(2199, 12, 31)


class CardFields:
    """Widgets of one card. Each returns the field's value as the trial file holds it.

    A card gets keys of its own, so that another card begins with its own values. ``names`` : of reps as shown; a text
    that was not touched keeps the names it was written with.
    """

    def __init__(self, card: TrialCard, names: dict[str, str]) -> None:
        self.card, self.names, self.content = card, names, card.fields
        self.hidden = "h" if any(rep != shown for rep, shown in names.items()) else ""

    def key(self, field: str, first: Any) -> str:
        """The key of a widget, whose first value is ``first``.

        Other keys while names are hidden: the widgets then begin again with what the card holds.
        """
        key = f"trials.card.{self.card.number}{self.hidden}.{field}"
        st.session_state.setdefault(key, first)
        return key

    def text(self, field: str, label: str = "", written: str | None = None, **more: Any) -> str:
        """A line of text."""
        written = str(self.content.get(field) or "") if written is None else written
        shown = without_rep_names(written, self.names)
        typed = st.text_input(
            label or FIELDS.get(field, field), key=self.key(field, shown), help=HELP.get(field), **more
        ).strip()
        return written if typed == shown else typed

    def select(
        self, field: str, options: Sequence[str], shown: Callable[[str], str] = str, label: str = "", first: str = ""
    ) -> str:
        """One of several."""
        now = first or self.content.get(field)
        key = self.key(field, now if now in options else next(iter(options), None))
        return str(st.selectbox(label or FIELDS.get(field, field), options, key=key, format_func=shown,
                                help=HELP.get(field)))  # fmt: skip

    def several(
        self, field: str, options: Sequence[str], shown: Callable[[str], str] = str, first: Sequence[str] | None = None,
        label: str = "",
    ) -> list[str]:  # fmt: skip
        """Any number of several; what is no longer offered is left out.

        What was chosen stays while another way to say it is looked at, such as everybody instead of names.
        """
        chosen = first if first is not None else self.content.get(field) or ()
        shown_as = f"trials.card.{self.card.number}.shown.{field}"
        if st.session_state.get(shown_as) != self.hidden:  # names were hidden or shown: the card leads again
            st.session_state.pop(f"trials.card.{self.card.number}{self.hidden}.{field}", None)
            st.session_state[shown_as] = self.hidden
        key = self.key(field, [each for each in chosen if each in options])
        st.session_state[key] = [each for each in st.session_state[key] if each in options]
        return list(st.multiselect(label or FIELDS.get(field, field), options, key=key, format_func=shown,
                                   help=HELP.get(field), persist_state="session"))  # fmt: skip

    def pressed(self, field: str, options: Sequence[str], shown: Callable[[str], str] = str, first: str = "") -> str:
        """A row of buttons of which one is pressed."""
        now = first or self.content.get(field)
        key = self.key(field, now if now in options else options[0])
        if st.session_state[key] not in options:
            st.session_state[key] = options[0]
        return str(st.segmented_control(FIELDS.get(field, field), options, key=key, format_func=shown, required=True,
                                        wrap=True, help=HELP.get(field)))  # fmt: skip

    def day(self, field: str, required: bool = False) -> str | None:
        """A day; None where it is empty. An emptied one that is required keeps what it was."""
        now = self.content.get(field)
        first = dt.date.fromisoformat(now) if now else None
        day = st.date_input(FIELDS[field], value=None, key=self.key(field, first), min_value=_FIRST, max_value=_LAST,
                            format="YYYY-MM-DD", help=HELP.get(field))  # fmt: skip
        if isinstance(day, dt.date):
            return day.isoformat()
        return now if required else None

    def whole(self, field: str, least: int, most: int, label: str = "") -> int:
        """A whole number."""
        key = self.key(field, min(max(int(self.content.get(field) or least), least), most))
        return int(st.number_input(label or FIELDS.get(field, field), least, most, key=key, help=HELP.get(field)))

    def number(self, field: str) -> float | None:
        """A number; None where it is empty."""
        now = self.content.get(field)
        key = self.key(field, None if now is None else float(now))
        found = st.number_input(FIELDS[field], value=None, key=key, help=HELP.get(field))
        return None if found is None else float(found)

    def switch(self, field: str) -> bool:
        """Yes or no."""
        return st.toggle(FIELDS[field], key=self.key(field, bool(self.content.get(field))), help=HELP.get(field))
