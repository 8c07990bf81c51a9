"""How a file is read, in words: encodings, separators, date formats, values as written and as read."""

from __future__ import annotations

import datetime as dt

from workbench.data.mapping.column_samples import ColumnSample, FormatChoice
from workbench.data.values.date_formats import DAY_NUMBER
from workbench.words.numbers import pluralize

TITLE = "How the file is read"
FOUND_OUT = "Found out"
ENCODINGS = {
    "utf-8": "UTF-8", "cp1252": "Western (Windows)", "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)", "cp1253": "Greek (Windows)", "cp1254": "Turkish (Windows)",
    "cp1257": "Baltic (Windows)", "cp850": "Western (DOS)", "mac_roman": "Western (Mac)", "koi8_r": "Cyrillic (KOI8)",
    "shift_jis": "Japanese (Shift JIS)", "gb18030": "Chinese", "big5": "Chinese (traditional)", "cp949": "Korean",
    "utf-16": "UTF-16",
}  # fmt: skip
SEPARATORS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar |", " ": "Space", ":": "Colon", "#": "#", "~": "~",
              "^": "^"}  # fmt: skip
DECIMALS = {".": "Point: 1,234.50", ",": "Comma: 1.234,50"}
NO_NAMES = "No line of names"
_LETTERS = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%b": "month", "%H": "hh", "%M": "mm", "%S": "ss"}


def encoding_label(found: str | None, chosen: str | None) -> str:
    """``Found out: Western (Windows)``, ``Cyrillic (Windows)``."""
    if chosen is not None:
        return ENCODINGS.get(chosen, chosen)
    return f"{FOUND_OUT}: {ENCODINGS.get(found, found.upper())}" if found else FOUND_OUT


def separator_label(found: str | None, chosen: str | None) -> str:
    """``Found out: Semicolon``, ``Tab``."""
    if chosen is not None:
        return SEPARATORS.get(chosen, chosen)
    return f"{FOUND_OUT}: {SEPARATORS.get(found, found)}" if found else FOUND_OUT


def decimal_label(found: str | None, chosen: str | None) -> str:
    """``Found out: comma``, ``Point: 1,234.50``."""
    if chosen is not None:
        return DECIMALS[chosen]
    sign = {".": "point", ",": "comma"}.get(found or "")
    return f"{FOUND_OUT}: {sign}" if sign else FOUND_OUT


def header_label(found: int | None, chosen: int | None, head: tuple[str, ...]) -> str:
    """``Found out: line 3``, ``Line 4: Rep · Jan · Feb``, ``No line of names``."""
    if chosen == 0:
        return NO_NAMES
    if chosen is None:
        return f"{FOUND_OUT}: {f'line {found}' if found else 'no line of names'}"
    return f"Line {chosen}: {head[chosen - 1]}" if chosen <= len(head) else f"Line {chosen}"


def pattern_words(form: str) -> str:
    """``%d.%m.%Y`` is ``DD.MM.YYYY``."""
    if form == DAY_NUMBER:
        return "Day number of a spreadsheet"
    for sign, letters in _LETTERS.items():
        form = form.replace(sign, letters)
    return form


def format_label(form: str | None, choices: tuple[FormatChoice, ...], found: str | None = None) -> str:
    """``YYMMDD: 990201 is 1 February 1999``; ``Found out: DD.MM.YYYY``."""
    if form is None:
        return f"{FOUND_OUT}: {pattern_words(found)}" if found else FOUND_OUT
    example = next((choice for choice in choices if choice.form == form), None)
    pattern = pattern_words(form)
    return f"{pattern}: {example.written} is {moment_words(example.read)}" if example else pattern


def moment_words(moment: dt.datetime) -> str:
    """``1 February 1999``, ``1 February 1999 14:05``."""
    day = f"{moment.day} {moment:%B %Y}"
    return f"{day} {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else day


def pair_words(written: str, read: dt.datetime | float | None) -> str:
    """``990201 → 1 February 1999``, ``1.234,50 → 1,234.5``, ``soon → not read``."""
    if read is None:
        return f"{written} → not read"
    return f"{written} → {moment_words(read) if isinstance(read, dt.datetime) else f'{read:,.10g}'}"


def count_words(sample: ColumnSample) -> str:
    """``All 1,234 values are read.``, ``Looked at one row in 2: 12 of 1,234 values cannot be read.``"""
    if not sample.n:
        return "No values."
    looked = f"Looked at one row in {sample.every:,}: " if sample.every > 1 else ""
    if sample.n_unread:
        return f"{looked}{sample.n_unread:,} of {pluralize(sample.n, 'value')} cannot be read."
    if sample.n == 1:
        return f"{looked}1 value, which is read."
    return f"{looked}{'all' if looked else 'All'} {sample.n:,} values are read."


def doubt_words(sample: ColumnSample) -> str:
    """Why a reading may be wrong; empty where nothing speaks against it."""
    if "date_order_unclear" in sample.doubts:
        return "No value shows whether the day or the month comes first."
    if "mixed_date_order" in sample.doubts:
        return "Some dates put the day first, others the month."
    if "mixed_decimals" in sample.doubts:
        return "Some numbers have a decimal point, others a comma."
    return "No value shows whether its sign marks thousands or decimals." if "decimal_unclear" in sample.doubts else ""
