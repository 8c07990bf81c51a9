"""The place beside the ranking: weights set by hand, ways to find weights, or how much the weights matter."""

from __future__ import annotations

import streamlit as st

from workbench.ui.widgets.bound import bound_segmented_control
from workbench.words.preview import WEIGHTS_PLACES

PARAMETER = "weights"
HAND, FIND, MATTER = WEIGHTS_PLACES
_KEY = "preview.place"


def weights_place(opens_with: str) -> str:
    """What stands beside the ranking: what the link says, so that Back closes what was opened."""
    asked = st.query_params.get(PARAMETER, opens_with)
    return asked if asked in WEIGHTS_PLACES else opens_with


def show_place_choice(opens_with: str) -> None:
    """The buttons that choose it."""
    bound_segmented_control("Weights", list(WEIGHTS_PLACES), weights_place(opens_with),
                            lambda chosen: _choose(chosen, opens_with), _KEY, WEIGHTS_PLACES.__getitem__)  # fmt: skip


def _choose(chosen: str, opens_with: str) -> None:
    if chosen == opens_with:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = chosen
