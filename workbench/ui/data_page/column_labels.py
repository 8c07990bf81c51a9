"""Columns in lists of choice, each with some of its values."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.data.files.reading import reading_of
from workbench.data.files.table_locations import location_of
from workbench.data.mapping.inspect_file import InspectedColumn, Type
from workbench.data.mapping.preview import FilePart
from workbench.data.model.dataset import Source
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.words.file_lines import column_label

NUMBERS: tuple[Type, ...] = ("number", "money", "percent")
DATES: tuple[Type, ...] = ("date", "datetime")


class ColumnLabels:
    """What is known of the columns of a part of a data set, and of the files that it looks up."""

    def __init__(self, mapped: Mapping, part: FilePart) -> None:
        parts: list[FilePart] = [*reversed(part.lookups), part] if isinstance(part, Source) else [part]
        looks = [cached_previews.cached_inspection(location_of(each), mapped.folder, reading_of(each))
                 for each in parts]  # fmt: skip
        self._known: dict[str, InspectedColumn] = {column.name: column for look in looks if look
                                                   for column in look.columns}  # fmt: skip

    def __call__(self, name: str) -> str:
        """The column as a choice: ``Owner  ·  Anna Snelling, Ben Olsen``."""
        return column_label(name, self._known[name].examples if name in self._known else ())

    def first(self, columns: Iterable[str], kinds: tuple[Type, ...]) -> list[str]:
        """The columns, those of some kinds before the others."""
        return sorted(columns, key=lambda name: name not in self._known or self._known[name].type not in kinds)
