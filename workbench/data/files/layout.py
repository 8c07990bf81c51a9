"""Find where the table begins in the first records of a file or sheet, and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbench.data.files.column_names import clean_names, joined_names, unique_names
from workbench.data.files.header import RawRecord, is_header, is_repeat, is_second_line
from workbench.errors import Examples, Issue, Where

PREAMBLE = 40  # records among which the header is sought
BODY = 60  # records below it that are compared with it


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


def find_layout(records: Sequence[RawRecord], where: str) -> Layout:
    """Tell header, preamble and data apart. ``records`` are the first of the file, blank lines as empty records."""
    if not any(map(any, records)):
        return Layout(None, 0, 0, (), (), ())
    width = _usual_width(records)
    start = _table_start(records, width)
    body = [r for r in records[start + 1 : start + 1 + BODY] if any(r) and not is_repeat(r, records[start])]
    has_header = is_header(records[start], body)
    first = _after_repeats(records, start) if has_header else start
    headers = [r for r in records[start:first] if any(r)]
    body_width = _usual_width(body)
    written = clean_names(joined_names(headers, max([width, *map(len, headers)])))
    given = [name or f"column {i + 1}" for i, name in enumerate(written)]
    names = unique_names(given)
    issues = (
        *_about_start(records, start, first, has_header, where),
        *_about_names(given, names, where),
        *_about_width(headers, body_width, where),
    )
    unnamed = tuple(i for i, name in enumerate(written) if not name)
    return Layout(start if has_header else None, first, body_width or width, names, unnamed, issues)


def _usual_width(records: Sequence[RawRecord]) -> int:
    """The number of cells that most records with more than one cell have."""
    widths = Counter(len(r) for r in records if sum(map(bool, r)) > 1) or Counter(len(r) for r in records if any(r))
    return max(widths, key=lambda w: (widths[w], w), default=0)


def _table_start(records: Sequence[RawRecord], width: int) -> int:
    """The first record about as full as the usual one: titles and notes above a table fill one or two cells."""
    filled = [sum(bool(c.strip()) for c in r) for r in records]
    usual = median([n for n, r in zip(filled, records, strict=True) if len(r) == width and n] or [1])
    needed = 1 if width < 3 and len(records[0]) == width else min(2, width) if usual < 4 else usual / 2
    starts = (i for i, n in enumerate(filled[:PREAMBLE]) if n >= needed)
    return next(starts, next((i for i, n in enumerate(filled) if n), 0))


def _after_repeats(records: Sequence[RawRecord], start: int) -> int:
    """The record after the header, its repetitions, and a second line of names under it."""
    header = list(records[start])
    i = start + 1
    while i < len(records) and (list(records[i]) == header or (not any(records[i]) and _continues(records, i, header))):
        i += 1
    if i < len(records) and is_second_line(records[i], header, records[i + 1 : i + 1 + BODY]):
        i += 1
    return i


def _continues(records: Sequence[RawRecord], blank: int, header: list[str]) -> bool:
    following = records[blank + 1 : blank + 2]
    return bool(following) and (
        list(following[0]) == header or is_second_line(following[0], header, records[blank + 2 : blank + 2 + BODY])
    )


def _about_names(given: Sequence[str], unique: Sequence[str], where: str) -> list[Issue]:
    changed = [new for old, new in zip(given, unique, strict=True) if old != new]
    if not changed:
        return []
    return [Issue.of("warning", "duplicate_headers", Where(file=where), names=Examples.of(changed))]


def _about_start(records: Sequence[RawRecord], start: int, first: int, has_header: bool, where: str) -> list[Issue]:
    issues = []
    if above := sum(any(record) for record in records[:start]):
        issues.append(Issue.of("info", "preamble", Where(file=where), above))
    if not has_header:
        issues.append(Issue.of("warning", "no_header", Where(file=where)))
    elif first > start + 1:
        issues.append(Issue.of("info", "header_lines", Where(file=where), n_lines=first - start))
    return issues


def _about_width(headers: Sequence[RawRecord], body_width: int, where: str) -> list[Issue]:
    if not headers or not body_width or len(headers[0]) == body_width:
        return []
    found = Issue.of("warning", "header_width", Where(file=where), n_names=len(headers[0]), n_cells=body_width)
    return [found]
