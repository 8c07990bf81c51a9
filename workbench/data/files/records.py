"""Parse a delimited text record by record, tolerating stray quotes and wrong widths, and count them."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.data.files.dialect import Dialect

LONGEST_RECORD = 200  # lines: a quote open for longer is a stray one
MANY_OPEN = 50  # stray quotes: from then on a record may have only ``LONGEST_AMID_DAMAGE`` lines
LONGEST_AMID_DAMAGE = 5


@dataclass
class Damage:
    """Counts of records of the wrong width or with a quote that never closes, and the number of the first of each."""

    short: int = 0
    long: int = 0
    open_quotes: int = 0
    first: dict[str, int] = field(default_factory=dict)


def read_records(lines: Iterable[str], dialect: Dialect, width: int, usual: int, damage: Damage) -> Iterator[list[str]]:
    """Yield every record that is not blank, ``width`` cells wide; ``damage`` is complete after the last one.

    Missing cells become blank, cells beyond the width are dropped; both are counted, missing ones in records with fewer
    than ``usual`` cells. A record over several lines that has the wrong width, or whose quote never closes, is parsed
    line by line.
    """
    for number, record in enumerate(_records(iter(lines), dialect, usual, damage), start=1):
        if len(record) < width:
            if len(record) < usual:
                damage.short += 1
                damage.first.setdefault("short", number)
            record += [""] * (width - len(record))
        elif len(record) > width:
            damage.long += 1
            damage.first.setdefault("long", number)
            del record[width:]
        yield record


def first_records(sample: str, dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    """Return the records of a sample, blank ones included, and the number of lines up to the end of each.

    If the sample has a stray quote, every line is one record.
    """
    lines = list(io.StringIO(sample, newline=""))
    if dialect.one_line_each(sample):
        return list(dialect.reader(lines)), list(range(1, len(lines) + 1))
    by_line = [next(dialect.reader([line]), []) for line in lines]
    usual = _usual_width(by_line)
    reader = dialect.reader(lines)
    records, ends = [], [0]
    for record in reader:
        within = slice(ends[-1], reader.line_num)
        ends.append(reader.line_num)
        n_alone = sum(len(alone) == usual for alone in by_line[within])
        if within.stop - within.start > 1 and _has_stray_quote(lines[within], record, n_alone, dialect, usual):
            return [_parse_single_line(line, dialect, usual) for line in lines], list(range(1, len(lines) + 1))
        records.append(
            record if within.stop - within.start > 1 else _parse_single_line(lines[within.start], dialect, usual)
        )
    return records, ends[1:]


def _has_stray_quote(lines: list[str], record: list[str], n_alone: int, dialect: Dialect, usual: int) -> bool:
    """Whether a record over several lines is several records behind a stray quote.

    ``n_alone``: how many of its lines have the usual width by themselves.
    """
    return not _quotes_close(lines, dialect) or (len(record) != usual and 2 * n_alone >= len(lines))


def _usual_width(records: list[list[str]]) -> int:
    widths = Counter(len(record) for record in records if any(record))
    return max(widths, key=lambda width: (widths[width], width), default=0)


class _LineFeed:
    """Feed lines to a ``csv.reader`` and remember those of the current record; end early if they are too many."""

    def __init__(self, lines: Iterator[str], waiting: deque[str], longest: int) -> None:
        self.lines, self.waiting, self.longest = lines, waiting, longest
        self.of_record: list[str] = []
        self.at_end = False

    @property
    def too_long(self) -> bool:
        return len(self.of_record) >= self.longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.too_long:
            raise StopIteration
        line = self.waiting.popleft() if self.waiting else next(self.lines, None)
        if line is None:
            self.at_end = True
            raise StopIteration
        self.of_record.append(line)
        return line


def _records(lines: Iterator[str], dialect: Dialect, width: int, damage: Damage) -> Iterator[list[str]]:
    waiting: deque[str] = deque()
    finished = False
    while not finished:
        feed = _LineFeed(lines, waiting, LONGEST_RECORD if damage.open_quotes < MANY_OPEN else LONGEST_AMID_DAMAGE)
        for record in dialect.reader(feed):
            if len(feed.of_record) > 1 and _has_open_quote(feed, record, dialect, width):
                damage.open_quotes += 1
                waiting.extendleft(reversed(feed.of_record[1:]))
                record = _parse_single_line(feed.of_record[0], dialect, width)
                feed.of_record = []
                if any(record):
                    yield record
                break
            if len(record) != width and len(feed.of_record) == 1:
                alone = _parse_single_line(feed.of_record[0], dialect, width)
                damage.open_quotes += alone != record
                record = alone
            feed.of_record = []
            if record:
                yield record
        else:
            finished = feed.at_end and not waiting


def _has_open_quote(feed: _LineFeed, record: list[str], dialect: Dialect, width: int) -> bool:
    """Whether a record over several lines is several records behind a stray quote."""
    lines = feed.of_record
    if feed.too_long or (feed.at_end and not _quotes_close(lines, dialect)):
        return True
    if len(record) == width and _quotes_close(lines, dialect):
        return False
    return 2 * sum(len(next(dialect.reader([line]), [])) == width for line in lines) >= len(lines)


def _quotes_close(lines: list[str], dialect: Dialect) -> bool:
    try:
        list(dialect.reader(lines, strict=True))
    except csv.Error:
        return False
    return True


def _parse_single_line(line: str, dialect: Dialect, width: int) -> list[str]:
    """Parse one line as one record, with or without quoting, whichever comes closer to the width."""
    line = line.rstrip("\r\n")
    quoted = next(dialect.reader([line]), [])
    if len(quoted) == width or dialect.quote not in line or _quotes_close([line], dialect):
        return quoted
    plain = next(Dialect(dialect.delimiter, "", dialect.escape, dialect.aligned).reader([line]), [])
    if abs(len(quoted) - width) <= abs(len(plain) - width):
        return quoted
    return [cell.strip().strip(dialect.quote) for cell in plain]
