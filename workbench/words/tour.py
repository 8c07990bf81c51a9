"""Words of the tour of a minute through the dials floor."""

from __future__ import annotations

OFFER = "New here? One minute shows what this is for."
TITLE, START, SKIP = "One minute on the dials floor", "Take the tour", "No, thanks"
AGAIN = "Take the one-minute tour"
NEXT, BACK, CLOSE = "Next", "Back", "Close"
LEARN, OWN = "Predict it yourself", "Bring my own data"
STOPS: tuple[str, ...] = (
    "This team was paid for dials. Here is its score. Whom would you promote?",
    "Follow the lines: what these reps really sold.",
    "Orange months: the team hit its KPI and missed its goal.",
    "The same people and months, with the weight of Dials at 0.",
    "That is what this workbench does, with your own KPIs and your own reps.",
)
"""One sentence a stop."""


def stop_place(at: int) -> str:
    """``2 of 5``; ``at`` is 0 for the first."""
    return f"{at + 1} of {len(STOPS)}"
