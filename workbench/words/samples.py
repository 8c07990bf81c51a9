"""A teaser for each sample: the question it leaves open, never its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Teaser:
    """What a sample's card says under its name, and the page that shows it."""

    text: str
    icon: str
    page: str = "preview"


TEASERS: dict[str, Teaser] = {
    "dials-floor": Teaser("Reps were paid for dials, and dials rose. Did sales?", ":material/call:"),
    "quotes-desk": Teaser("Every quote counts here almost like a sale. Should it?", ":material/request_quote:"),
    "many-ways-to-sell": Teaser(
        "Some call, some write, some post. What does one KPI for all do?", ":material/diversity_3:"
    ),
    "the-conversation": Teaser(
        "Same lists, same script. At which step are calls lost?", ":material/forum:", "coaching"
    ),
}


def teaser(entry_id: str, note: str) -> Teaser:
    """The sample's teaser; its data set file's note where it has none of ours."""
    return TEASERS.get(entry_id, Teaser(note, ":material/table:"))
