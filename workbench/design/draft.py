"""A design with undo and redo. Every change returns a new draft; nothing is altered in place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import uuid4

from workbench.design.model import Design

MOST_STEPS = 200


@dataclass(frozen=True)
class DraftStep:
    """One state of the design, and the change that led to it ("Dials weight 30 → 0").

    ``document`` is the id of the saved design that this is a state of: opening another design is a step too.
    """

    design: Design
    what: str
    document: str = field(default="", compare=False)


@dataclass(frozen=True)
class Draft:
    """The steps so far, and which of them is current. At least one step; ``at`` is a valid index of ``steps``."""

    steps: tuple[DraftStep, ...]
    at: int = 0

    @classmethod
    def start(cls, design: Design, what: str = "opened", document: str = "") -> Draft:
        return cls((DraftStep(design, what, document or new_document()),))

    @property
    def design(self) -> Design:
        return self.steps[self.at].design

    @property
    def document(self) -> str:
        """The id of the saved design that is open."""
        return self.steps[self.at].document

    @property
    def began_as(self) -> Design:
        """The open design as it was opened or begun."""
        return next(step.design for step in self.steps if step.document == self.document)

    @property
    def is_edited(self) -> bool:
        """Whether the open design was changed since it was opened."""
        return sum(step.document == self.document for step in self.steps) > 1

    @property
    def undoes(self) -> str | None:
        """The change that undo would revert, or None at the first step."""
        return self.steps[self.at].what if self.at else None

    @property
    def redoes(self) -> str | None:
        """The change that redo would repeat, or None at the last step."""
        return self.steps[self.at + 1].what if self.at + 1 < len(self.steps) else None

    def change(self, design: Design, what: str, document: str = "") -> Draft:
        """Add a step and drop the undone ones. The same design again is no step, unless as another ``document``."""
        document = document or self.document
        if (design, document) == (self.design, self.document):
            return self
        steps = (*self.steps[: self.at + 1], DraftStep(design, what, document))[-MOST_STEPS:]
        return Draft(steps, len(steps) - 1)

    def moved_to(self, document: str, name: str) -> Draft:
        """Make all steps of the open design steps of another document, and give that its name."""
        steps = [
            replace(step, document=document, design=step.design.model_copy(update={"name": name}))
            if step.document == self.document else step
            for step in self.steps
        ]  # fmt: skip
        return replace(self, steps=tuple(steps))

    def undo(self) -> Draft:
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> Draft:
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))

    def go_to(self, design: Design) -> Draft | None:
        """Go to the nearest step with this design; None if no step has it."""
        places = [place for place, step in enumerate(self.steps) if step.design == design]
        return replace(self, at=min(places, key=lambda place: abs(place - self.at))) if places else None


def new_document() -> str:
    """An id for a design that is not saved yet."""
    return uuid4().hex[:12]
