"""What is said at an address where no page is."""

from __future__ import annotations

LOST = "There is no page at this address"
START = "Go to Start"


def meant_sentence(near: str | None) -> str:
    """Where to go instead; ``near`` is the name of the page that was probably meant."""
    return f"Did you mean {near}?" if near else "Choose a page above, or begin at Start."
