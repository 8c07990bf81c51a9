"""A slide: one sentence, one picture, and the picture in words."""

from __future__ import annotations

from dataclasses import dataclass

from altair import TopLevelMixin


@dataclass(frozen=True, eq=False)
class Slide:
    """What is shown on a wall.

    Attributes
    ----------
    sentence : plain text, read from six metres. chart : the picture; None where there is nothing to draw.
    alt : what the picture shows, for those who cannot see it.
    n_rows : rows of the picture that bear a rep's name; of too many none is named.
    """

    sentence: str
    chart: TopLevelMixin | None = None
    alt: str = ""
    n_rows: int = 0
