"""Detect the delimiter, quote and escape character of a text file."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from clevercsv.detect_type import TypeDetector

DELIMITERS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.85, "#": 0.6, "~": 0.6, "^": 0.6, " ": 0.4, ":": 0.3}
QUOTES = {'"': 1.0, "'": 1.0, "": 0.5}
ONE_COLUMN = 0.2
UNKNOWN = 0.1  # the score of cells of no known type
LONGEST_CELL = 300
NEVER = "\x1f"  # stands in for the delimiter of a text of one column

csv.field_size_limit(2**31 - 1)


class Records(Iterator[list[str]], Protocol):
    """A ``csv.reader``: records, and the number of lines read so far."""

    @property
    def line_num(self) -> int: ...


@dataclass(frozen=True)
class Dialect:
    """Separator, quote and escape character.

    Without an escape character a quote inside quotes is doubled. In an ``aligned`` text runs of the separator count as
    one, and those around a line do not count.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    aligned: bool = False

    def reader(self, lines: Iterable[str], strict: bool = False) -> Records:
        """Parse lines (with their line ends) to records; malformed quotes raise ``csv.Error`` only if ``strict``."""
        if self.aligned:
            runs = re.compile(re.escape(self.delimiter) + "+")
            lines = (runs.sub(self.delimiter, line.strip(self.delimiter + "\r\n")) + "\n" for line in lines)
        return csv.reader(lines, strict=strict, **self._for_csv())

    def rows(self, text: str) -> Iterator[list[str]]:
        """Parse a text to records."""
        return self.reader(io.StringIO(text, newline=""))

    def one_line_each(self, text: str) -> bool:
        """Whether every line of a text is a record: without quotes and escapes no cell holds a line end."""
        return not self.escape and (not self.quote or self.quote not in text)

    def _for_csv(self) -> dict:
        return {
            "delimiter": self.delimiter or NEVER,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "escapechar": self.escape or None,
            "doublequote": True,
            "skipinitialspace": self.delimiter != " ",
        }


def detect_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """Return the dialect under which the sample is most like a table: rows of one width, cells of known types.

    With ``delimiter`` given, only the quote and escape characters are detected.
    The score is the one of van den Burg, Nazábal & Sutton (2019), "Wrangling messy CSV files by detecting row and type
    patterns", pattern score times type score, with two changes that make it robust to ragged and damaged rows: the
    number of row patterns is the effective one (inverse Simpson), and quotes count only at the start of a cell.
    """
    patterns = {dialect: _pattern_score(dialect, sample) for dialect in candidate_dialects(sample, delimiter)}
    best, best_score = Dialect(delimiter or ""), (0.0, 0, 0)
    for dialect in sorted(patterns, key=patterns.__getitem__, reverse=True):
        if patterns[dialect] < best_score[0]:
            break
        fit = patterns[dialect] * _type_score(dialect, sample)
        score = fit, _count_quoted_cells(dialect.delimiter, dialect.quote, sample), _count_inner_quotes(dialect, sample)
        if score > best_score:
            best, best_score = dialect, score
    return best


def candidate_dialects(sample: str, delimiter: str | None = None) -> tuple[Dialect, ...]:
    """Return every dialect that could read this sample differently, the most common first."""
    delimiters = [delimiter] if delimiter else [*(d for d in DELIMITERS if d in sample), ""]
    quotes = ['"', *(["'"] if "'" in sample else []), *([""] if '"' in sample else [])]
    found = []
    for separator, quote in itertools.product(delimiters, quotes):
        if quote == "'" and not _count_quoted_cells(separator, quote, sample):
            continue
        found.append(Dialect(separator, quote))
        if any("\\" + c in sample for c in (separator, quote) if c):
            found.append(Dialect(separator, quote, "\\"))
        if separator == " " and "  " in sample:
            found.append(Dialect(separator, quote, aligned=True))
    return tuple(found)


def _pattern_score(dialect: Dialect, sample: str) -> float:
    """Return rows per effective number of row widths, times the share of separators in a row."""
    widths: Counter[int] = Counter()
    one_line = dialect.one_line_each(sample)
    for row in dialect.rows(sample):
        if any(row):
            widths[len(row)] += 1 if one_line else 1 + sum(map(_count_line_ends, row))
    n_rows = widths.total()
    if not n_rows:
        return 0.0
    purity = sum((n / n_rows) ** 2 for n in widths.values())
    separated = sum(n * ((w - 1) / w if w > 1 else ONE_COLUMN) for w, n in widths.items())
    return purity * separated * DELIMITERS.get(dialect.delimiter, 1.0) * QUOTES[dialect.quote]


def _count_quoted_cells(delimiter: str, quote: str, sample: str) -> int:
    """Count cells that open and close with the quote; 0 if most cells that open with it do not close."""
    if not quote:
        return 0
    d = re.escape(delimiter or "\n")
    opening, inside = rf"(?:^|{d})[ ]*{quote}", rf"(?:[^{quote}]|{quote}{quote}|\\{quote}){{0,{LONGEST_CELL}}}"
    wrapped = len(re.findall(rf"{opening}{inside}{quote}[ ]*(?=$|\r|{d})", sample, re.MULTILINE))
    return wrapped if 2 * wrapped > len(re.findall(opening, sample, re.MULTILINE)) else 0


def _count_inner_quotes(dialect: Dialect, sample: str) -> int:
    """Count quotes inside cells that are written as in this dialect: escaped, or else doubled."""
    if not dialect.quote:
        return 0
    written = re.escape(dialect.escape or dialect.quote) + dialect.quote
    return len(re.findall(rf"[^{dialect.quote}]{written}(?![ ]*(?:$|\r|{re.escape(dialect.delimiter)}))", sample, re.M))


def _count_line_ends(cell: str) -> int:
    return cell.count("\n") or cell.count("\r")


def _type_score(dialect: Dialect, sample: str) -> float:
    cells = known = 0
    for row in dialect.rows(sample):
        cells += len(row)
        known += sum(map(_has_known_type, row))
    return max(known / cells, UNKNOWN) if cells else 0.0


@lru_cache(maxsize=50_000)
def _has_known_type(cell: str) -> bool:
    quoted = len(cell) > 1 and cell[0] in "\"'" and cell[-1] == cell[0]
    return len(cell) <= LONGEST_CELL and not quoted and _TYPES.is_known_type(_APOSTROPHE.sub("", cell))


_TYPES = TypeDetector()
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
