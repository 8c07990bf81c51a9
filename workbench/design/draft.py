"""A design being worked on, with undo and redo. Every change gives a new draft; nothing is altered in place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.design.model import Design

MOST_STEPS = 200


@dataclass(frozen=True)
class DraftStep:
    """One state of the design and, in a few words, what led to it ("Dials weight 30 → 0")."""

    design: Design
    what: str


@dataclass(frozen=True)
class Draft:
    """The steps taken so far and which of them is shown. At least one step; ``at`` is a valid place in ``steps``."""

    steps: tuple[DraftStep, ...]
    at: int = 0

    @classmethod
    def start(cls, design: Design, what: str = "opened") -> Draft:
        return cls((DraftStep(design, what),))

    @property
    def design(self) -> Design:
        return self.steps[self.at].design

    @property
    def undoes(self) -> str | None:
        """What undo would take back, or None at the first step."""
        return self.steps[self.at].what if self.at else None

    @property
    def redoes(self) -> str | None:
        """What redo would bring again, or None at the last step."""
        return self.steps[self.at + 1].what if self.at + 1 < len(self.steps) else None

    def change(self, design: Design, what: str) -> Draft:
        """The draft after one more step; what had been undone is dropped. The same design again is no step."""
        if design == self.design:
            return self
        steps = (*self.steps[: self.at + 1], DraftStep(design, what))[-MOST_STEPS:]
        return Draft(steps, len(steps) - 1)

    def undo(self) -> Draft:
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> Draft:
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))

    def go_to(self, design: Design) -> Draft | None:
        """The draft at the step that shows this design, nearest first; None when no step does."""
        places = [place for place, step in enumerate(self.steps) if step.design == design]
        return replace(self, at=min(places, key=lambda place: abs(place - self.at))) if places else None
