"""Detect header, preamble and column names in the first records of a file or sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbench.data.files.column_names import clean_names, dedupe_names, join_header_lines
from workbench.data.files.header import RawRecord, is_header, is_repeated_header, is_second_header_line
from workbench.errors import Examples, Issue, Where

PREAMBLE = 40  # first records among which the header may be
HEAD, SHOWN = 12, 80  # records that are shown, and their characters
BODY = 60  # records below it that are compared with it


@dataclass(frozen=True)
class Layout:
    """The position of a table in its file.

    Attributes
    ----------
    header : 0-based number of the record with the column names; ``None`` when there is no such record.
    first : 0-based number of the first record of data.
    usual_width : the most frequent number of cells of a record of data.
    names : one name a column, unique without regard to case, never empty.
    unnamed : 0-based numbers of the columns the file does not name.
    """

    header: int | None
    first: int
    usual_width: int
    names: tuple[str, ...]
    unnamed: tuple[int, ...]
    issues: tuple[Issue, ...]


def detect_layout(records: Sequence[RawRecord], where: str, header: int | None = None) -> Layout:
    """Detect the layout from the first records of a file; blank lines are empty records.

    ``header``: the number of the record with the names from 1, or 0 for none, where somebody said so.
    """
    if not any(map(any, records)):
        return Layout(None, 0, 0, (), (), ())
    width = _usual_width(records)
    start = min(header, len(records)) - 1 if header else _find_table_start(records, width)
    body = [r for r in records[start + 1 : start + 1 + BODY] if any(r) and not is_repeated_header(r, records[start])]
    has_header = is_header(records[start], body) if header is None else header > 0
    first = _skip_header_lines(records, start) if has_header else start
    headers = [r for r in records[start:first] if any(r)]
    body_width = _usual_width(body)
    written = clean_names(join_header_lines(headers, max([width, *map(len, headers)])))
    given = [name or f"column {i + 1}" for i, name in enumerate(written)]
    names = dedupe_names(given)
    issues = (
        *_start_issues(records, start, first, has_header or header == 0, where),
        *_name_issues(given, names, where),
        *_width_issues(headers, body_width, where),
    )
    unnamed = tuple(i for i, name in enumerate(written) if not name)
    return Layout(start if has_header else None, first, body_width or width, names, unnamed, issues)


def title_text(records: Sequence[RawRecord], layout: Layout) -> str:
    """Return what stands above the table, as one text."""
    above = records[: layout.first if layout.header is None else layout.header]
    return " ".join(cell.strip() for record in above for cell in record if cell.strip())


def head_lines(records: Sequence[RawRecord]) -> tuple[str, ...]:
    """Return the first records, each as one short text, for people to find the line of the names."""
    return tuple(" · ".join(cell.strip() for cell in record)[:SHOWN] for record in records[:HEAD])


def _usual_width(records: Sequence[RawRecord]) -> int:
    """Return the most frequent number of cells among records with more than one."""
    widths = Counter(len(r) for r in records if sum(map(bool, r)) > 1) or Counter(len(r) for r in records if any(r))
    return max(widths, key=lambda w: (widths[w], w), default=0)


def _find_table_start(records: Sequence[RawRecord], width: int) -> int:
    """Find the first record that fills about as many cells as usual; titles and notes fill one or two."""
    filled = [sum(bool(c.strip()) for c in r) for r in records]
    usual = median([n for n, r in zip(filled, records, strict=True) if len(r) == width and n] or [1])
    needed = 1 if width < 3 and len(records[0]) == width else min(2, width) if usual < 4 else usual / 2
    starts = (i for i, n in enumerate(filled[:PREAMBLE]) if n >= needed)
    return next(starts, next((i for i, n in enumerate(filled) if n), 0))


def _skip_header_lines(records: Sequence[RawRecord], start: int) -> int:
    """Return the number of the record after the header, its repetitions, and a second header line."""
    header = list(records[start])
    i = start + 1
    while i < len(records) and (
        list(records[i]) == header or (not any(records[i]) and _header_continues(records, i, header))
    ):
        i += 1
    if i < len(records) and is_second_header_line(records[i], header, records[i + 1 : i + 1 + BODY]):
        i += 1
    return i


def _header_continues(records: Sequence[RawRecord], blank: int, header: list[str]) -> bool:
    following = records[blank + 1 : blank + 2]
    return bool(following) and (
        list(following[0]) == header
        or is_second_header_line(following[0], header, records[blank + 2 : blank + 2 + BODY])
    )


def _name_issues(given: Sequence[str], unique: Sequence[str], where: str) -> list[Issue]:
    changed = [new for old, new in zip(given, unique, strict=True) if old != new]
    if not changed:
        return []
    return [Issue.of("warning", "duplicate_headers", Where(file=where), names=Examples.of(changed))]


def _start_issues(records: Sequence[RawRecord], start: int, first: int, has_header: bool, where: str) -> list[Issue]:
    issues = []
    if above := sum(any(record) for record in records[:start]):
        issues.append(Issue.of("info", "preamble", Where(file=where), above))
    if not has_header:
        issues.append(Issue.of("warning", "no_header", Where(file=where)))
    elif first > start + 1:
        issues.append(Issue.of("info", "header_lines", Where(file=where), n_lines=first - start))
    return issues


def _width_issues(headers: Sequence[RawRecord], body_width: int, where: str) -> list[Issue]:
    if not headers or not body_width or len(headers[0]) == body_width:
        return []
    found = Issue.of("warning", "header_width", Where(file=where), n_names=len(headers[0]), n_cells=body_width)
    return [found]
