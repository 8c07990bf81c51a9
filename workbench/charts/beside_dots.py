"""Choose at which side of its dot a name stands, so that it covers no dot and no other name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

Side = Literal["right", "left", "above", "below"]
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")
LETTER, LINE, DOT, GAP = 7.5, 16, 6, 9
"""Pixels: a letter's width at 13 pixels, a line's height, a dot's radius, from a dot's middle to its name."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)  # fmt: skip


def name_sides(
    across: Sequence[float], up: Sequence[float], names: Sequence[str], named: Collection[int], size: tuple[int, int]
) -> dict[int, Side]:
    """The side of the name for each dot of ``named`` that has room for one; the others stay without.

    Parameters
    ----------
    across, up : of every dot, as shares of the picture's width and height from its lower left corner.
    named : places of the dots to name, the most important first. size : of the picture in pixels, the least it has.
    """
    width, height = size
    x, y = np.asarray(across) * width, (1 - np.asarray(up)) * height
    taken = [Box(left - DOT, top - DOT, left + DOT, top + DOT) for left, top in zip(x, y, strict=True)]
    found: dict[int, Side] = {}
    for dot in named:
        others = taken[:dot] + taken[dot + 1 :]
        for side, box in _boxes(float(x[dot]), float(y[dot]), LETTER * len(names[dot])):
            inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            if inside and not any(box.meets(other) for other in others):
                found[dot] = side
                taken.append(box)
                break
    return found


def _boxes(x: float, y: float, long: float) -> Iterator[tuple[Side, Box]]:
    half = LINE / 2
    yield "right", Box(x + GAP, y - half, x + GAP + long, y + half)
    yield "left", Box(x - GAP - long, y - half, x - GAP, y + half)
    yield "above", Box(x - long / 2, y - GAP - LINE, x + long / 2, y - GAP)
    yield "below", Box(x - long / 2, y + GAP, x + long / 2, y + GAP + LINE)
