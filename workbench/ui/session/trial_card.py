"""The card of a trial that is being filled in: other pages hand one over, and page Trials shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from workbench.trials.trial_library import new_trial_key
from workbench.ui.session.switch import switch_to

_CARD, _COUNT = "trials.card", "trials.card_count"


@dataclass(frozen=True)
class TrialCard:
    """A card at hand.

    ``key`` of the trial that it changes, "" for a new one; ``number`` tells cards apart. ``save_as`` is the key under
    which it is saved, known before, so that two quick clicks save one trial. ``version`` of the trial that it began
    from.
    """

    data: str
    key: str
    number: int
    content: str
    save_as: str
    version: int = 0

    @property
    def fields(self) -> dict[str, Any]:
        """The decoded content of the trial file, which may be incomplete."""
        found: dict[str, Any] = json.loads(self.content)
        return found


def opened_card(data: str) -> TrialCard | None:
    """The card at hand for a data set."""
    card: TrialCard | None = st.session_state.get(_CARD)
    return card if card is not None and card.data == data else None


def open_card(data: str, fields: Mapping[str, Any], key: str = "", version: int = 0) -> None:
    """Show a card with these fields on page Trials, in place of the one at hand."""
    number = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    st.session_state[_CARD] = TrialCard(data, key, number, json.dumps(dict(fields)), key or new_trial_key(), version)


def keep_card(card: TrialCard, fields: Mapping[str, Any]) -> None:
    """Remember what was typed so far, so that another page can be looked at in between."""
    st.session_state[_CARD] = replace(card, content=json.dumps(dict(fields)))


def close_card() -> None:
    """Put the card away."""
    st.session_state.pop(_CARD, None)


def go_to_card(data: str, fields: Mapping[str, Any]) -> None:
    """Show a card on page Trials now. Called while a page is drawn, not from a callback."""
    open_card(data, fields)
    switch_to("trials")
