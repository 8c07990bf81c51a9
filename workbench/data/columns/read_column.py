"""Read a column as what it is, deciding from the whole column, inside the engine: text, number, moment."""

from workbench.data.columns.date_column import moment
from workbench.data.columns.number_column import number
from workbench.data.columns.reading import ColumnReading, text

__all__ = ["ColumnReading", "moment", "number", "text"]
