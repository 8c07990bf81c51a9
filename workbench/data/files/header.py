"""Tell header lines from lines of data by comparing them with the lines below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from workbench.data.values.date_formats import plan_dates
from workbench.data.values.numbers import number_pattern

RawRecord = Sequence[str]
TYPED = frozenset({"number", "date", "time", "link"})
LONGEST_DATE = 40
SAME_SHAPE = 0.9  # of the values of a column of codes


def is_header(record: RawRecord, body: Sequence[RawRecord]) -> bool:
    """Whether a record is a header: text over typed values, and no value that is repeated below."""
    votes = [_header_vote(cell.strip(), [r[i].strip() for r in body if i < len(r)]) for i, cell in enumerate(record)]
    return sum(votes) > 0 or (sum(votes) == 0 and not any(_cell_kind(cell.strip()) in TYPED for cell in record))


def _header_vote(cell: str, below: list[str]) -> int:
    kinds = Counter(_cell_kind(value) for value in below if value)
    if not kinds or not cell:
        return 0
    usual, kind = kinds.most_common(1)[0][0], _cell_kind(cell)
    if usual in TYPED:
        if kind != usual:
            return 1
        return 1 if _YEAR.fullmatch(cell) and not any(map(_YEAR.fullmatch, below)) else -1
    if kind in TYPED or (cell in below and len(below) > 1):
        return -1
    shape, n = Counter(_cell_shape(value) for value in below if value).most_common(1)[0]
    is_code = "9" in shape and len(below) > 1 and n >= SAME_SHAPE * len(below)
    return (-1 if _cell_shape(cell) == shape else 1) if is_code else 0


def _cell_shape(cell: str) -> str:
    """Replace runs of digits by 9 and of letters by a: a code like RI-3895 is a-9."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell))


@lru_cache(maxsize=20_000)
def _cell_kind(cell: str) -> str:
    if not cell:
        return ""
    if any(pattern.fullmatch(cell) for pattern in _NUMBERS):
        return "number"
    if re.fullmatch(r"\d\d?:\d\d(:\d\d)?", cell):
        return "time"
    if re.match(r"\w+://", cell) or re.fullmatch(r"[^\s@]+@[^\s@]+\.\w+", cell):
        return "link"
    is_date = len(cell) <= LONGEST_DATE and plan_dates({re.sub("[0-9]", "9", cell.lower()): 1}).n_readable
    return "date" if is_date else "text"


def is_repeated_header(record: RawRecord, header: RawRecord) -> bool:
    """Whether a record repeats the header, as above a second table in the same file."""
    same = sum(a == b != "" for a, b in zip(record, header, strict=False))
    return same > 1 and same > sum(map(bool, header)) / 2


def is_second_header_line(record: RawRecord, header: RawRecord, body: Sequence[RawRecord]) -> bool:
    """Whether a record holds names under spanning headings: it fills gaps of the header, over typed values."""
    gaps = {i for i, cell in enumerate(header) if not cell.strip() and i < len(record) and record[i].strip()}
    filled = {i for i, cell in enumerate(record) if cell.strip()}
    if not gaps or len(filled - gaps) > len(gaps) or any(_cell_kind(record[i].strip()) in TYPED for i in filled):
        return False
    return sum(_header_vote(record[i].strip(), [r[i].strip() for r in body if i < len(r)]) for i in filled) > 0


_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = tuple(re.compile(number_pattern(sign)) for sign in (".", ","))
