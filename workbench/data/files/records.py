"""Read a delimited text record by record, whatever its quotes and widths, and count what was wrong."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.data.files.dialect import Dialect

LONGEST_RECORD = 200  # lines: a quote open for longer was never meant to be one
MANY_OPEN = 50  # such quotes: from then on a record may have only ``LONGEST_AMID_DAMAGE`` lines
LONGEST_AMID_DAMAGE = 5


@dataclass
class Damage:
    """How many records were of the wrong width or had a quote that never closes, and the number of the first."""

    short: int = 0
    long: int = 0
    open_quotes: int = 0
    first: dict[str, int] = field(default_factory=dict)


def read_records(lines: Iterable[str], dialect: Dialect, width: int, usual: int, damage: Damage) -> Iterator[list[str]]:
    """Every record that is not blank, made ``width`` cells wide; ``damage`` is complete once all have been taken.

    Missing cells become blank, cells beyond the width are left out; both are counted, the missing ones in records with
    fewer cells than the ``usual`` one. A record over several lines that
    has the wrong width, or whose quote never closes, is read line by line.
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
    """The records of a sample, blank ones included, and the number of lines up to the end of each.

    When a quote in it never closes as it should, every line counts as one record.
    """
    lines = list(io.StringIO(sample, newline=""))
    by_line = [next(dialect.reader([line]), []) for line in lines]
    usual = _usual_width(by_line)
    reader = dialect.reader(lines)
    records, ends = [], [0]
    for record in reader:
        within = slice(ends[-1], reader.line_num)
        ends.append(reader.line_num)
        n_alone = sum(len(alone) == usual for alone in by_line[within])
        if within.stop - within.start > 1 and _is_stray(lines[within], record, n_alone, dialect, usual):
            return [_alone(line, dialect, usual) for line in lines], list(range(1, len(lines) + 1))
        records.append(record if within.stop - within.start > 1 else _alone(lines[within.start], dialect, usual))
    return records, ends[1:]


def _is_stray(lines: list[str], record: list[str], n_alone: int, dialect: Dialect, usual: int) -> bool:
    """Whether a record over several lines is several records behind a stray quote: ``n_alone`` of them look like it."""
    return not _closes(lines, dialect) or (len(record) != usual and 2 * n_alone >= len(lines))


def _usual_width(records: list[list[str]]) -> int:
    widths = Counter(len(record) for record in records if any(record))
    return max(widths, key=lambda width: (widths[width], width), default=0)


class _Feed:
    """Lines for a ``csv.reader``, remembering those of the record being read; ends early when they are too many."""

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
        feed = _Feed(lines, waiting, LONGEST_RECORD if damage.open_quotes < MANY_OPEN else LONGEST_AMID_DAMAGE)
        for record in dialect.reader(feed):
            if len(feed.of_record) > 1 and _is_broken(feed, record, dialect, width):
                damage.open_quotes += 1
                waiting.extendleft(reversed(feed.of_record[1:]))
                record = _alone(feed.of_record[0], dialect, width)
                feed.of_record = []
                if any(record):
                    yield record
                break
            if len(record) != width and len(feed.of_record) == 1:
                alone = _alone(feed.of_record[0], dialect, width)
                damage.open_quotes += alone != record
                record = alone
            feed.of_record = []
            if record:
                yield record
        else:
            finished = feed.at_end and not waiting


def _is_broken(feed: _Feed, record: list[str], dialect: Dialect, width: int) -> bool:
    """Whether a record over several lines is really several records behind a stray quote."""
    lines = feed.of_record
    if feed.too_long or (feed.at_end and not _closes(lines, dialect)):
        return True
    if len(record) == width and _closes(lines, dialect):
        return False
    return 2 * sum(len(next(dialect.reader([line]), [])) == width for line in lines) >= len(lines)


def _closes(lines: list[str], dialect: Dialect) -> bool:
    try:
        list(dialect.reader(lines, strict=True))
    except csv.Error:
        return False
    return True


def _alone(line: str, dialect: Dialect, width: int) -> list[str]:
    """One line as one record, with its quotes or with quotes as plain characters, whichever is nearer to the width."""
    line = line.rstrip("\r\n")
    quoted = next(dialect.reader([line]), [])
    if len(quoted) == width or dialect.quote not in line or _closes([line], dialect):
        return quoted
    plain = next(Dialect(dialect.delimiter, "", dialect.escape, dialect.aligned).reader([line]), [])
    if abs(len(quoted) - width) <= abs(len(plain) - width):
        return quoted
    return [cell.strip().strip(dialect.quote) for cell in plain]
