"""Read a column as what it is, deciding from the whole column, inside the engine: text, number, moment."""

from workbench.data.moment_column import moment
from workbench.data.number_column import number
from workbench.data.reading import Reading, text

__all__ = ["Reading", "moment", "number", "text"]
