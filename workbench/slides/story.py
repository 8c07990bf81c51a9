"""The story of a sample, step by step: which page and picture, what is said, and a line for the speaker."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "stories"
Picture = Literal[
    "score", "places", "goal", "kpi", "influence", "outcomes", "reprimands", "stop", "style sales", "styles", "change",
    "evidence",
]  # fmt: skip


class StoryStep(BaseModel):
    """One step.

    Attributes
    ----------
    page : the page that shows more of it. picture : what is drawn.
    says : a sentence without figures, such as a question; None takes the sentence that the picture's numbers make.
    notes : a line for the speaker, shown on request; it may ask what the next step answers.
    kpi : whom the picture is about. first, last : the months looked at ("2024-07"), all without.
    weights : by KPI; the others are 0. None leaves the sample's. style : reps who lead on this activity alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: str
    picture: Picture
    notes: str = Field(min_length=1)
    says: str | None = None
    kpi: str | None = None
    first: str | None = None
    last: str | None = None
    weights: tuple[tuple[str, float], ...] | None = None
    style: str | None = None


class Story(BaseModel):
    """The steps in the order in which they are told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[StoryStep, ...] = Field(min_length=7, max_length=9)


def load_story(data_set: str) -> Story | None:
    """The story of a sample by its id; None for a data set without one."""
    path = next((path for path in FOLDER.glob("*.json") if path.stem == data_set), None)
    return Story.model_validate_json(path.read_text("utf-8")) if path else None
