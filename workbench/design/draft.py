"""A design with undo and redo. Every change returns a new draft; nothing is altered in place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.design.model import Design

MOST_STEPS = 200


@dataclass(frozen=True)
class DraftStep:
    """One state of the design, and the change that led to it ("Dials weight 30 → 0")."""

    design: Design
    what: str


@dataclass(frozen=True)
class Draft:
    """The steps so far, and which of them is current. At least one step; ``at`` is a valid index of ``steps``."""

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
        """The change that undo would revert, or None at the first step."""
        return self.steps[self.at].what if self.at else None

    @property
    def redoes(self) -> str | None:
        """The change that redo would repeat, or None at the last step."""
        return self.steps[self.at + 1].what if self.at + 1 < len(self.steps) else None

    def change(self, design: Design, what: str) -> Draft:
        """Add a step and drop the undone ones. The same design again is no step."""
        if design == self.design:
            return self
        steps = (*self.steps[: self.at + 1], DraftStep(design, what))[-MOST_STEPS:]
        return Draft(steps, len(steps) - 1)

    def undo(self) -> Draft:
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> Draft:
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))

    def go_to(self, design: Design) -> Draft | None:
        """Go to the nearest step with this design; None if no step has it."""
        places = [place for place, step in enumerate(self.steps) if step.design == design]
        return replace(self, at=min(places, key=lambda place: abs(place - self.at))) if places else None
