"""Write an export as an Excel workbook in which no text can act as a formula or a link."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbench.export.content import ExportContent
from workbench.words import export as words
from workbench.words.links import SCALE

LONGEST = 32_767
"""Characters that a cell can hold; a longer text would be left out without a word."""
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_TEXT = {"num_format": 49, "quote_prefix": True, "text_wrap": True, "valign": "top"}  # text even after an edit
WIDEST, NARROWEST = 48, 9
SMALL = 10
"""Below it a column of numbers has two decimals, such as links."""


def export_workbook(content: ExportContent, day: str) -> bytes:
    """Return the workbook; ``day`` is the day of the export in words. Missing numbers are blank cells."""
    design = content.design
    source = words.source_line(content.panel, day)
    method = words.scoring_method(design).replace("**", "")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _SAFE) as book:
        sheets = _Sheets(book)
        goal = words.goal_line(design, content.panel.grain)
        sheets.add(words.FOR_REPS, [design.name, goal, *filter(None, [design.note])],
                   [words.scorecard_rows(design, content.panel)],
                   [*filter(None, [words.not_counted_line(design)]), method, source])  # fmt: skip
        if content.audience == "leaders":
            _add_backtest(sheets, content, source)
    return buffer.getvalue()


def _add_backtest(sheets: _Sheets, content: ExportContent, source: str) -> None:
    found, grain, names = content.backtest, content.panel.grain, content.names
    said = [*words.leadership_sentences(found, content.seen, grain),
            *words.against_current(content.outcome, content.current, content.design.name)]  # fmt: skip
    small = [
        words.reprimand_line(content.design, grain),
        words.counted_line(found, grain),
        *words.leadership_small_print(content.seen),
        SCALE,
        source,
    ]
    sheets.add(words.FOR_LEADERSHIP, said, [
        words.figure_rows(content.outcome, content.current), words.link_rows(found, grain),
        words.kind_rows(found, grain)], small)  # fmt: skip
    sheets.add(words.REPS_HEADING, [], [words.rep_rows(found, names)], [])
    sheets.add(words.PERIODS_HEADING, [], [words.team_rows(found, grain)], [])
    sheets.add(words.WRONG_HEADING, [], [words.disagreement_rows(found, names, grain)], [])


class _Sheets:
    """Sheets of one workbook, each with sentences, tables and small print one below the other."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.text, self.head = book.add_format(_TEXT), book.add_format({**_TEXT, "bold": True, "bottom": 1})
        self.title = book.add_format({**_TEXT, "text_wrap": False, "bold": True, "font_size": 14})
        self.line = book.add_format({**_TEXT, "text_wrap": False})
        self.number = book.add_format({"num_format": "#,##0.0", "valign": "top"})
        self.small = book.add_format({"num_format": "0.00", "valign": "top"})
        self.whole = book.add_format({"num_format": 3, "valign": "top"})
        self.share = book.add_format({"num_format": 9, "valign": "top"})

    def add(self, name: str, lines: Sequence[str], tables: Sequence[pd.DataFrame], small: Sequence[str]) -> None:
        """Write one sheet, to be printed across one page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        row = 0
        for place, line in enumerate(lines):
            _write_text(sheet, row, 0, line, self.title if place == 0 else self.line)
            row += 1
        for table in tables:
            row = self._table(sheet, table, row + bool(row))
        for line in small:
            row += 1
            _write_text(sheet, row, 0, line, self.line)
        for column, width in enumerate(_widths(tables)):
            sheet.set_column(column, column, width)

    def _table(self, sheet: Worksheet, rows: pd.DataFrame, row: int) -> int:
        for column, name in enumerate(rows.columns):
            _write_text(sheet, row, column, str(name), self.head)
            for below, value in enumerate(rows[name].tolist(), start=row + 1):
                if not isinstance(value, int | float | np.number):
                    _write_text(sheet, below, column, "" if value is None else str(value), self.text)
                elif math.isfinite(value):
                    sheet.write_number(below, column, value, self._number_format(name, rows[name]))
        return row + 1 + len(rows)

    def _number_format(self, name: str, values: pd.Series) -> Format:
        if name in words.SHARES:
            return self.share
        known = values.dropna()
        if len(known) and (known == known.round()).all():
            return self.whole
        return self.small if len(known) and known.abs().max() < SMALL else self.number


def _write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    sheet.write_string(row, column, text[:LONGEST], look)


def _widths(tables: Sequence[pd.DataFrame]) -> list[int]:
    """A width for each column, in characters: that of its longest text within limits."""
    widest: dict[int, int] = {}
    for table in tables:
        for column, name in enumerate(table.columns):
            longest = max([len(str(name)), *(len(value) for value in table[name] if isinstance(value, str))])
            widest[column] = max(widest.get(column, NARROWEST), min(longest + 2, WIDEST))
    return [widest[column] for column in sorted(widest)]
