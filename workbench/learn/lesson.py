"""A lesson: the steps of a story, each a prediction about the data before the data answer."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sample_data.other_months import move_words

LESSONS = Path(__file__).parent / "lessons"


Play = Literal["choice", "reps", "line", "weights"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LessonPicture(_Frozen):
    """A picture of a step; the fields are those of the slides' story steps."""

    picture: str
    kpi: str | None = None
    first: str | None = None
    last: str | None = None
    weights: tuple[tuple[str, float], ...] | None = None
    style: str | None = None


class StepPlan(_Frozen):
    """A step as it is planned.

    Attributes
    ----------
    id : by which predictions are kept. play : a choice is made, reps are picked, a line is drawn, or weights are set.
    kind : how the answer is computed (``learn.answers.KINDS``).
    truth : the number of a question of the truth file, whose words are used; otherwise ``ask``, ``choices``, ``why``.
    keys : the answers that the kind may give, in the order of the choices; none where the data make the choices.
    naive : the key that somebody takes who trusts the score; None where the kind says it.
    page, part : where the product shows the answer. before, after : the pictures before and after the prediction.
    look : the figures looked at before the prediction (``learn.looks.LOOKS``), where ``before`` is no picture.
    board : the ranking of Preview, without the goal, is shown before the prediction.
    kpi, kpis, weights, first, last, n, style, chain, role, parts, limits : what kind and look are about. all_of_them :
        the answer is about all of the ``n``, not nearly all.
    link : what the link to the page says besides, by parameter. covered_until : the page answers this later step too,
        so that it stays covered until that step is predicted.
    """

    id: str
    kind: str
    page: str
    truth: int | None = None
    ask: str = ""
    choices: tuple[str, ...] = ()
    why: str = ""
    keys: tuple[str, ...] = ()
    naive: str | None = None
    part: str | None = None
    before: LessonPicture | None = None
    look: str | None = None
    after: LessonPicture | None = None
    kpi: str | None = None
    kpis: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] | None = None
    first: str | None = None
    last: str | None = None
    n: int = Field(default=6, ge=1)
    all_of_them: bool = False
    style: str | None = None
    chain: tuple[tuple[str, str], ...] = ()
    role: str | None = None
    parts: tuple[str, str] | None = None
    limits: tuple[float, ...] = ()
    link: tuple[tuple[str, str], ...] = ()
    covered_until: str | None = None
    play: Play = "choice"
    board: bool = False

    @model_validator(mode="after")
    def _words_come_from_one_place(self) -> StepPlan:
        if (self.truth is None) != bool(self.ask and self.why):
            raise ValueError("a step has a question of the truth file, or words of its own")
        return self


class LessonPlan(_Frozen):
    """The steps of a story in their order.

    ``told``: what the story says besides, each with the one answer that it must have.
    """

    steps: tuple[StepPlan, ...] = Field(min_length=8, max_length=8)
    told: tuple[StepPlan, ...] = ()

    @model_validator(mode="after")
    def _pages_open_again(self) -> LessonPlan:
        ids = [step.id for step in self.steps]
        for at, step in enumerate(self.steps):
            if step.covered_until is not None and step.covered_until not in ids[at + 1 :]:
                raise ValueError(f"{step.id} is covered until a step that does not come")
        return self

    def still_covered(self, step: StepPlan, done: Collection[str]) -> int | None:
        """The place of the step until whose prediction a step's page stays covered; None where it may be seen."""
        if step.covered_until is None or step.covered_until in done:
            return None
        return next(at for at, each in enumerate(self.steps) if each.id == step.covered_until)


class LessonChoice(_Frozen):
    """A possible answer; ``key`` is a rep's name where ``is_rep``."""

    key: str
    text: str
    is_rep: bool = False


class PlayTask(_Frozen):
    """What is played with in a step that is no choice; nothing of the answer.

    Attributes
    ----------
    bars : the reps to pick from, each with the score. n : how many are picked.
    start : the line to begin with, a value per choice. high : the top of its axis, which begins at 0. step : what a key
    adds to it.
    need : a prediction is right from so many reps, or best sellers, on. within : a line is right up to this average
    distance.
    """

    bars: tuple[tuple[str, float], ...] = ()
    n: int = 0
    start: tuple[float, ...] = ()
    high: float = 0
    step: float = 1
    need: int = 0
    within: float = 0


class LessonLook(_Frozen):
    """Figures looked at before a prediction.

    ``kind`` says what they count; ``about``: the KPI they are of; ``target``: its target; ``reps``: names are reps'.
    """

    kind: str
    figures: tuple[tuple[str, float], ...]
    about: str = ""
    target: float | None = None
    reps: bool = False


class LessonStep(_Frozen):
    """A step before the prediction: nothing here depends on which choice is right."""

    id: str
    ask: str
    choices: tuple[LessonChoice, ...]
    page: str
    part: str | None
    before: LessonPicture | None
    look: LessonLook | None = None
    play: Play = "choice"
    task: PlayTask | None = None


class StepAnswer(_Frozen):
    """A step after the prediction.

    Attributes
    ----------
    key : the right choice. naive : the choice of somebody who trusts the score.
    figures : what the answer rests on, by name (of reps where ``reps``); ``kind`` says what they count.
    """

    key: str
    naive: str
    why: str
    kind: str
    figures: tuple[tuple[str, float], ...]
    reps: bool
    after: LessonPicture | None


def load_lesson(story: str, months_on: int = 0) -> LessonPlan | None:
    """The plan of a story by the name in its truth file, with its months moved; None for a story without one."""
    path = next((path for path in LESSONS.glob("*.json") if path.stem == story), None)
    return LessonPlan.model_validate_json(move_words(path.read_text("utf-8"), months_on)) if path else None
