"""What was found while a file was opened: encoding, layout, sheets, damage."""

from __future__ import annotations

from collections.abc import Callable

from workbench.errors import Examples
from workbench.words.issue_parts import Sentence, one_or_many, quoted, quoted_examples, row_count
from workbench.words.limits import past_limit, reader_ended, stray_cell
from workbench.words.numbers import pluralize

FOREIGN = {
    "7z": "a 7z archive",
    "binary": "not a text file",
    "pdf": "a PDF document",
    "picture": "a picture",
    "program": "a program",
    "rar": "a RAR archive",
    "zip": "a ZIP archive",
}


def encoding(
    problem: str, encoding: str, here: tuple[str, ...] = (), other: str = "", there: tuple[str, ...] = ()
) -> Sentence:
    if problem == "unknown":
        fix = "Use for example utf-8, cp1252, cp1250, cp1251, Shift JIS or utf-16."
        return f"There is no encoding called “{encoding}”.", fix
    if problem == "wrong":
        return f"The file is not written in {encoding}.", "Choose another encoding, or have it found."
    read = f"The file is not UTF-8; it was read as {encoding}"
    if problem == "guessed":
        return (
            f"{read}, judging by its letters.",
            "If letters look wrong, choose the encoding under “How the file is read”.",
        )
    message = f"{read}: {quoted(here)}. Read as {other}, the same words would be {quoted(there)}."
    return message, f"If the second reading is right, choose {other} under “How the file is read”."


def file_missing(problem: str, reason: str = "", near: str | None = None) -> Sentence:
    if problem == "unreadable":
        return f"The file cannot be read: {reason}.", "Check the path."
    if problem == "connection":
        message = "The data set names this, which is no uploaded file and no database that uploads may use."
        return message, "Upload the file, or ask who runs the server to allow its databases."
    hint = f" Did you mean “{near}”?" if near else ""
    message = f"The data set names this file, which is not among the uploaded files.{hint}"
    return message, "Upload this file together with the others, or name another file in the data set."


def not_a_table(what: str) -> Sentence:
    if what == "json":
        return "The JSON does not hold one object per row.", "Export it as JSON lines: one { } per line."
    return f"This is {FOREIGN[what]}, whatever its name says.", "Unpack it, or export the table as CSV or XLSX."


def not_json(reason: str | None) -> Sentence:
    if reason is None:
        return "The file does not hold one JSON object.", "Put everything inside { }."
    return f"This is not valid JSON: {reason}.", "Save it as plain JSON in UTF-8."


def no_rows(what: str) -> Sentence:
    if what == "file":
        return "The file has column names but no rows.", "Export it again; there is nothing to count yet."
    return "There is not a single rep with a period.", "Check the data."


def no_such_sheet(name: str, near: str | None, known: Examples) -> Sentence:
    hint = f" Did you mean “{near}”?" if near else ""
    return f"There is no sheet called “{name}”.{hint}", f"Choose one of the sheets {quoted_examples(known)}."


def which_table(name: str | None, near: str | None, known: Examples | None) -> Sentence:
    if known is None:
        return "A connection needs either a table or a query.", 'Set "table" or "query".'
    hint = f" Did you mean “{near}”?" if near else ""
    message = f"There is no table called “{name}”.{hint}" if name else f"The file holds {pluralize(known.n, 'table')}."
    return message, f'Set "table" to one of {quoted_examples(known)}.'


def unreadable(what: str, reason: str = "", examples: tuple[str, ...] = (), n: int = 0) -> Sentence:
    """A file of a kind that its reader refuses, or values of a column that are neither a date nor a number."""
    if n:
        message = (
            f"{pluralize(n, 'value')} cannot be read as a {what} and {one_or_many(n, 'counts', 'count')} as missing"
        )
        return f"{message} ({quoted(examples)}).", "Correct them in the file."
    return f"This {what} file cannot be read: {reason}", "Export it again, or as CSV."


def _first(row: int | None) -> str:
    return f" (the first is row {row})" if row else ""


def short_rows(n: int, first_row: int | None) -> Sentence:
    fewer = f"{row_count(n)} {one_or_many(n, 'has', 'have')} fewer cells than the table has columns"
    return f"{fewer}; the missing cells are blank{_first(first_row)}.", "Correct these rows in the file."


def long_rows(n: int, first_row: int | None) -> Sentence:
    more = f"{row_count(n)} {one_or_many(n, 'has', 'have')} more cells than the table has columns"
    return f"{more}; the extra cells are left out{_first(first_row)}.", "Correct these rows in the file."


def open_quotes(n: int, first_row: int | None) -> Sentence:
    opened = f"{pluralize(n, 'quote')} {one_or_many(n, 'is', 'are')} opened and never closed"
    return f"{opened}; those lines are read one by one{_first(first_row)}.", "Correct these rows in the file."


def query_not_allowed(problem: str, name: str = "") -> Sentence:
    """A query of a connection that is not one SELECT over tables of its database."""
    said = {
        "unreadable": "The query cannot be read as SQL.",
        "several": "The query is not exactly one SELECT.",
        "statement": f"The query uses {name}, which is not allowed: a query may only read.",
        "function": f"The query uses “{name}”, which is not allowed: a query may only read tables.",
        "file": f"The query reads “{name}”, which is not allowed: a query may only read tables.",
    }
    return said[problem], "Write one SELECT over tables of the database."


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "bad_secrets": lambda: ("This is not valid TOML.", "Correct the secrets file."),
    "connection": lambda reason: (
        f"The database cannot be read: {reason}",
        "Check the connection in the secrets, its driver, and the table's name.",
    ),
    "damaged_characters": lambda n: (
        f"{pluralize(n, 'character')} {one_or_many(n, 'is', 'are')} damaged (not UTF-8) and read as �.",
        "Export the file again as UTF-8.",
    ),
    "damaged_file": lambda: ("This file is damaged and cannot be read.", "Export it again, or as CSV."),
    "damaged_gzip": lambda reason: (f"The gzip file is damaged: {reason}.", "Pack or download it again."),
    "duplicate_headers": lambda names: (
        f"Several columns have the same name; the later ones are called {quoted_examples(names)}.",
        "Check which column is meant, or give each its own name in the file.",
    ),
    "empty_columns": lambda n_columns: (
        f"{pluralize(n_columns, 'column')} {one_or_many(n_columns, 'has', 'have')} neither a name nor a value and "
        f"{one_or_many(n_columns, 'is', 'are')} left out.",
        "",
    ),
    "empty_file": lambda: ("The file is empty.", "Export it again; a table needs a line of names and rows."),
    "empty_rows": lambda n: (f"{row_count(n)} {one_or_many(n, 'is', 'are')} completely empty and left out.", ""),
    "encoding": encoding,
    "fetched": lambda n: (
        "The rows were fetched from the database, since texts had to be read or other files looked up.",
        "Give the columns types, or join in the query: then the database does the adding up.",
    ),
    "file_missing": file_missing,
    "header_lines": lambda n_lines: (f"The header is {n_lines} lines long.", ""),
    "header_width": lambda n_names, n_cells: (
        f"The header names {pluralize(n_names, 'column')}, but most rows have {n_cells}: names may stand over the "
        "wrong "
        "column.",
        "Correct the header in the file.",
    ),
    "locked": lambda: (
        "The workbook is protected by a password.",
        "Save it without a password, or export the sheet as CSV.",
    ),
    "long_numbers": lambda n: (
        f"{pluralize(n, 'number')} {one_or_many(n, 'has', 'have')} more than 15 digits, and a workbook keeps only "
        "15: as "
        "ids they are no longer right.",
        "Format the column as text before entering ids, or use a CSV export.",
    ),
    "long_rows": long_rows,
    "no_header": lambda: (
        "The file has no line with column names; the columns are numbered.",
        "Put a line of names on top if that is easier to work with.",
    ),
    "no_rows": no_rows,
    "no_such_sheet": no_such_sheet,
    "not_a_table": not_a_table,
    "not_a_workbook": lambda reason: (
        f"This is not a workbook that can be read ({reason}).",
        "Save it again as XLSX, or export the sheet as CSV.",
    ),
    "not_json": not_json,
    "numbers_left_out": lambda n_columns, most: (
        f"Of {n_columns:,} columns with numbers, the first {most} are counted.",
        "Add others that matter as measures.",
    ),
    "open_quotes": open_quotes,
    "other_sheets": lambda sheet, others: (
        f"Read from the sheet “{sheet}”; not read: {quoted_examples(others)}.",
        "Choose another sheet if that is the wrong one.",
    ),
    "past_limit": past_limit,
    "preamble": lambda n: (f"{pluralize(n, 'line')} above the table {one_or_many(n, 'is', 'are')} not part of it.", ""),
    "query_not_allowed": query_not_allowed,
    "reader_ended": reader_ended,
    "repeated_header": lambda n: (
        f"{row_count(n)} {one_or_many(n, 'repeats', 'repeat')} the header; the file may hold several tables.",
        "Keep one table per file.",
    ),
    "set_aside": lambda number: (
        f"This data set cannot be read, for a reason that nobody foresaw: error {number} in the file errors.log.",
        "Change how its files are read, or choose another data set.",
    ),
    "short_rows": short_rows,
    "stray_cell": stray_cell,
    "unnamed_columns": lambda names: (
        f"{pluralize(names.n, 'column')} {one_or_many(names.n, 'has', 'have')} no name; called "
        f"{quoted_examples(names)}.",
        "Name them in the file if they are needed.",
    ),
    "unreadable": unreadable,
    "which_table": which_table,
}
