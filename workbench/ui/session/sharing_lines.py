"""What every page and every slide says of how the app is shared: that there is no sign-in, and of whom figures are."""

from __future__ import annotations

import os

from workbench.ui.session import state
from workbench.ui.session.signed_in import OPEN, SETTING
from workbench.words.sharing import ANYBODY, LIMITED_TEAM, limit_sentence


def no_sign_in_line() -> str:
    """Say that everybody may see and change everything; empty where people sign in, and on one's own machine."""
    return ANYBODY if os.environ.get(SETTING) == OPEN else ""


def limited_line() -> str:
    """Say of which reps alone figures are; empty where they are of all of them."""
    entry = state.current_entry()
    if entry is None or entry.only is None:
        return ""
    return f"{limit_sentence(entry.only.attribute, entry.only.values)} {LIMITED_TEAM}"
