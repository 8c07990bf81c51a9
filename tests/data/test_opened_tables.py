"""What could not be opened is a problem first, and never a table without columns."""

from __future__ import annotations

import pytest

from workbench.data.events.opened_tables import OpenedSource
from workbench.data.model.dataset import Source


def test_a_source_that_could_not_be_opened_has_no_table_to_ask() -> None:
    opened = OpenedSource(Source(name="calls", location="calls.csv", rep="who", date="when"), None, ())
    with pytest.raises(LookupError, match=r"calls\.csv could not be opened"):
        opened.table.columns.index("who")
