"""Find where the table begins in the first records of a file or sheet, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from workbench.data.moments import plan_moments
from workbench.data.numbers import whole_number
from workbench.errors import Issue

Record = Sequence[str]
PREAMBLE = 40  # records among which the header is sought
BODY = 60  # records below it that are compared with it
TYPED = frozenset({"number", "date", "time", "link"})
LONGEST_DATE = 40
SAME_SHAPE = 0.9  # of the values of a column of codes


@dataclass(frozen=True)
class Layout:
    """Where the table is.

    Attributes
    ----------
    header : 0-based number of the record with the column names; ``None`` when there is no such record.
    first : 0-based number of the first record of data.
    usual_width : number of cells that most records of data have.
    names : one name a column, unique without regard to case, never empty.
    unnamed : 0-based numbers of the columns the file does not name.
    """

    header: int | None
    first: int
    usual_width: int
    names: tuple[str, ...]
    unnamed: tuple[int, ...]
    issues: tuple[Issue, ...]


def find_layout(records: Sequence[Record], where: str) -> Layout:
    """Tell header, preamble and data apart. ``records`` are the first of the file, blank lines as empty records."""
    if not any(map(any, records)):
        return Layout(None, 0, 0, (), (), ())
    width = _usual_width(records)
    start = _table_start(records, width)
    body = [r for r in records[start + 1 : start + 1 + BODY] if any(r) and not _is_repeat(r, records[start])]
    has_header = _is_header(records[start], body)
    first = _after_repeats(records, start) if has_header else start
    headers = [r for r in records[start:first] if any(r)]
    width = max([width, *map(len, headers)])
    names, unnamed, issues = _names(_joined(headers, width), where)
    issues = (*_about_start(records, start, first, has_header, where), *(issues if has_header else ()))
    issues += _about_width(headers, _usual_width(body), where)
    return Layout(start if has_header else None, first, _usual_width(body) or width, names, unnamed, issues)


def _usual_width(records: Sequence[Record]) -> int:
    """The number of cells that most records with more than one cell have."""
    widths = Counter(len(r) for r in records if sum(map(bool, r)) > 1) or Counter(len(r) for r in records if any(r))
    return max(widths, key=lambda w: (widths[w], w), default=0)


def _table_start(records: Sequence[Record], width: int) -> int:
    """The first record about as full as the usual one: titles and notes above a table fill one or two cells."""
    filled = [sum(bool(c.strip()) for c in r) for r in records]
    usual = median([n for n, r in zip(filled, records, strict=True) if len(r) == width and n] or [1])
    needed = 1 if width < 3 and len(records[0]) == width else min(2, width) if usual < 4 else usual / 2
    starts = (i for i, n in enumerate(filled[:PREAMBLE]) if n >= needed)
    return next(starts, next((i for i, n in enumerate(filled) if n), 0))


def _is_repeat(record: Record, header: Record) -> bool:
    """The header once more, as above a second table in the same file."""
    same = sum(a == b != "" for a, b in zip(record, header, strict=False))
    return same > 1 and same > sum(map(bool, header)) / 2


def _is_header(record: Record, body: Sequence[Record]) -> bool:
    """Names differ from what stands below them: text over numbers, and never a value that comes again."""
    votes = [_vote(cell.strip(), [r[i].strip() for r in body if i < len(r)]) for i, cell in enumerate(record)]
    return sum(votes) > 0 or (sum(votes) == 0 and not any(_kind(cell.strip()) in TYPED for cell in record))


def _vote(cell: str, below: list[str]) -> int:
    kinds = Counter(_kind(value) for value in below if value)
    if not kinds or not cell:
        return 0
    usual, kind = kinds.most_common(1)[0][0], _kind(cell)
    if usual in TYPED:
        if kind != usual:
            return 1
        return 1 if _YEAR.fullmatch(cell) and not any(map(_YEAR.fullmatch, below)) else -1
    if kind in TYPED or (cell in below and len(below) > 1):
        return -1
    shape, n = Counter(_shape(value) for value in below if value).most_common(1)[0]
    is_code = "9" in shape and len(below) > 1 and n >= SAME_SHAPE * len(below)
    return (-1 if _shape(cell) == shape else 1) if is_code else 0


def _shape(cell: str) -> str:
    """Runs of digits as 9, of letters as a: a code like RI-3895 is a-9."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell))


@lru_cache(maxsize=20_000)
def _kind(cell: str) -> str:
    if not cell:
        return ""
    if any(pattern.fullmatch(cell) for pattern in _NUMBERS):
        return "number"
    if re.fullmatch(r"\d\d?:\d\d(:\d\d)?", cell):
        return "time"
    if re.match(r"\w+://", cell) or re.fullmatch(r"[^\s@]+@[^\s@]+\.\w+", cell):
        return "link"
    is_date = len(cell) <= LONGEST_DATE and plan_moments({re.sub("[0-9]", "9", cell.lower()): 1}).n_readable
    return "date" if is_date else "text"


def _after_repeats(records: Sequence[Record], start: int) -> int:
    """The record after the header, its repetitions, and a second line of names under it."""
    header = list(records[start])
    i = start + 1
    while i < len(records) and (list(records[i]) == header or (not any(records[i]) and _continues(records, i, header))):
        i += 1
    if i < len(records) and _is_second_line(records[i], header, records[i + 1 : i + 1 + BODY]):
        i += 1
    return i


def _continues(records: Sequence[Record], blank: int, header: list[str]) -> bool:
    following = records[blank + 1 : blank + 2]
    return bool(following) and (
        list(following[0]) == header or _is_second_line(following[0], header, records[blank + 2 : blank + 2 + BODY])
    )


def _is_second_line(record: Record, header: Record, body: Sequence[Record]) -> bool:
    """Names under a heading that spans columns: they fill gaps of the header and stand over typed values."""
    gaps = {i for i, cell in enumerate(header) if not cell.strip() and i < len(record) and record[i].strip()}
    filled = {i for i, cell in enumerate(record) if cell.strip()}
    if not gaps or len(filled - gaps) > len(gaps) or any(_kind(record[i].strip()) in TYPED for i in filled):
        return False
    return sum(_vote(record[i].strip(), [r[i].strip() for r in body if i < len(r)]) for i in filled) > 0


def _joined(headers: Sequence[Record], width: int) -> list[str]:
    """One name a column; a heading that spans columns is put before each name under it."""
    if not headers:
        return [""] * width
    padded = [[*h, *[""] * (width - len(h))] for h in (headers[0], headers[-1])]
    top, low = padded
    if top == low:
        return top
    names, span = [], ""
    for above, below in zip(top, low, strict=True):
        span = above.strip() or (span if below.strip() else "")
        names.append(f"{span} {below}".strip() if below.strip() else above)
    return names


def _names(raw: Sequence[str], where: str) -> tuple[tuple[str, ...], tuple[int, ...], tuple[Issue, ...]]:
    """Unique names (the engine does not tell case apart), and issues for what had to be changed."""
    clean = [re.sub(r"[\s\x00-\x1f]+", " ", cell).strip() for cell in raw]
    unnamed = tuple(i for i, name in enumerate(clean) if not name)
    named = [name or f"column {i + 1}" for i, name in enumerate(clean)]
    unique = unique_names(named)
    changed = [f"“{new}”" for old, new in zip(named, unique, strict=True) if old != new]
    issues = []
    if changed:
        issues.append(
            Issue(
                "warning",
                "duplicate_headers",
                where,
                "Several columns have the same name; renamed to "
                f"{', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}.",
                "Check which of them is meant, or give each its own name in the file.",
            )
        )
    return unique, unnamed, tuple(issues)


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names, a repeated one (case ignored) followed by its number: value, value 2, value 3."""
    given: set[str] = {"__row__"}
    unique = []
    for name in names:
        candidate, n = name, 1
        while candidate.casefold() in given:
            n += 1
            candidate = f"{name} {n}"
        given.add(candidate.casefold())
        unique.append(candidate)
    return tuple(unique)


def _about_start(records: Sequence[Record], start: int, first: int, has_header: bool, where: str) -> list[Issue]:
    issues = []
    above = sum(any(r) for r in records[:start])
    if above:
        issues.append(Issue("info", "preamble", where, f"{above} lines above the table are not part of it.", "", above))
    if not has_header:
        issues.append(
            Issue(
                "warning",
                "no_header",
                where,
                "The file has no line with column names; the columns are numbered.",
                "Put a line of names on top if that is easier to work with.",
            )
        )
    if has_header and first > start + 1:
        issues.append(Issue("info", "header_lines", where, f"The header is {first - start} lines long.", ""))
    return issues


def _about_width(headers: Sequence[Record], body_width: int, where: str) -> tuple[Issue, ...]:
    if not headers or not body_width or len(headers[0]) == body_width:
        return ()
    return (
        Issue(
            "warning",
            "header_width",
            where,
            f"The header names {len(headers[0])} columns, but most rows have "
            f"{body_width}: names may stand over the wrong column.",
            "Correct the header in the file.",
        ),
    )


_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = tuple(re.compile(whole_number(sign)) for sign in (".", ","))
