"""The three ways of reading a column inside the engine: as text, numbers or dates."""

from workbench.data.columns.column_reading import ColumnReading, clean_text
from workbench.data.columns.date_column import parse_dates
from workbench.data.columns.number_column import parse_numbers

__all__ = ["ColumnReading", "clean_text", "parse_dates", "parse_numbers"]
