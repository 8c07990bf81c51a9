"""How far the reading of a file has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class ReadProgress:
    """Counters that a reader moves and another thread looks at.

    Attributes
    ----------
    rows : rows staged so far. bytes : bytes unpacked or read so far, of ``total`` where that is known (0: not known).
    ahead : other files that come first, while this one waits for its turn.
    """

    rows: int = 0
    bytes: int = 0
    total: int = 0
    ahead: int = 0
