"""Whether somebody should look at how a file is read."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.mapping.column_samples import ColumnSample
from workbench.data.mapping.inspect_file import FileInspection

UNREAD = 0.02  # of the values of a column: a few slips are no wrong format
_ABOUT_THE_FILE = ("encoding", "damaged_characters", "no_header", "header_width")


def is_reading_doubtful(found: FileInspection | None, samples: Sequence[ColumnSample]) -> bool:
    """Whether the file cannot be read, its encoding or its names are in doubt, or a column is not read as it should."""
    if found is None:
        return True
    about = any(issue.level == "warning" and issue.code in _ABOUT_THE_FILE for issue in found.issues)
    return about or any(_is_told(sample) or _is_unread(sample) for sample in samples)


def _is_told(sample: ColumnSample) -> bool:
    return any(code in sample.doubts for code in ("date_order_unclear", "mixed_date_order", "mixed_decimals",
                                                  "decimal_unclear"))  # fmt: skip


def _is_unread(sample: ColumnSample) -> bool:
    return sample.n_unread > UNREAD * sample.n
