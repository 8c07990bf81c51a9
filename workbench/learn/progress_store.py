"""Keep each learner's predictions in the workspace, so that every device of theirs goes on from there."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from workbench.learn.predictions import Prediction
from workbench.store.documents import DocumentReader, DocumentWriter
from workbench.store.kinds import LEARNER as KIND
from workbench.store.opening import reading, writing

LEARNER = re.compile(r"[0-9a-f]{16}")


class LearnerProgress(BaseModel):
    """What a learner has predicted so far, in order; ``rounds``: how often each story was started over.

    ``tour_seen``: the tour was taken or declined. ``playing``: the story that is open on the pages; empty for none.
    """

    model_config = ConfigDict(frozen=True, extra="allow")  # what a later release adds stays

    predictions: tuple[Prediction, ...] = ()
    rounds: dict[str, int] = {}
    tour_seen: bool = False
    playing: str = ""

    def of(self, story: str) -> dict[str, Prediction]:
        """The predictions of this round of a story, by step."""
        now = self.rounds.get(story, 0)
        return {each.step: each for each in self.predictions if each.story == story and each.round == now}


def read_progress(home: Path, learner: str) -> LearnerProgress:
    """What is kept of a learner; nothing for a new one, or where it is damaged. Raises OSError."""
    _check(learner)
    with reading(home) as store:
        return _read(store, learner)


def keep_prediction(home: Path, learner: str, prediction: Prediction) -> LearnerProgress:
    """Add a prediction to what is kept; a step that was predicted in this round stays as it was. Raises OSError."""
    _check(learner)
    with writing(home) as store:
        kept = _read(store, learner)
        if prediction.step in kept.of(prediction.story):
            return kept
        now = prediction.model_copy(update={"round": kept.rounds.get(prediction.story, 0)})
        return _write(store, learner, kept.model_copy(update={"predictions": (*kept.predictions, now)}))


def start_story_over(home: Path, learner: str, story: str) -> LearnerProgress:
    """Begin a story anew; the predictions of before are kept, and still say how sure one was. Raises OSError."""
    _check(learner)
    with writing(home) as store:
        kept = _read(store, learner)
        rounds = kept.rounds | {story: kept.rounds.get(story, 0) + 1}
        return _write(store, learner, kept.model_copy(update={"rounds": rounds}))


def set_playing(home: Path, learner: str, story: str) -> LearnerProgress:
    """Open a story on the pages, or none where it is empty. Raises OSError."""
    _check(learner)
    with writing(home) as store:
        return _write(store, learner, _read(store, learner).model_copy(update={"playing": story}))


def mark_tour_seen(home: Path, learner: str) -> LearnerProgress:
    """Offer the tour to this learner no more. Raises OSError."""
    _check(learner)
    with writing(home) as store:
        return _write(store, learner, _read(store, learner).model_copy(update={"tour_seen": True}))


def _read(store: DocumentReader, learner: str) -> LearnerProgress:
    found = store.find(KIND, "", learner)
    return (found and found.draft and _parsed(found.draft.content)) or LearnerProgress()


def _parsed(content: str) -> LearnerProgress | None:
    try:
        return LearnerProgress.model_validate_json(content)
    except ValidationError:
        return None


def _write(store: DocumentWriter, learner: str, progress: LearnerProgress) -> LearnerProgress:
    found = store.find(KIND, "", learner)
    if found and found.draft and _parsed(found.draft.content) is None:  # what cannot be read is kept beside it
        store.save(KIND, "", learner, found.draft.content)
    store.keep_draft(KIND, "", learner, progress.model_dump_json())
    return progress


def _check(learner: str) -> None:
    if not LEARNER.fullmatch(learner):
        raise LookupError("no learner has this id")
