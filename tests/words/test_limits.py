"""Limits and the progress of reading, as people read them."""

from __future__ import annotations

import dataclasses

import pytest

from workbench.data.engine.limits import ReadLimits, variable_of
from workbench.data.engine.read_progress import ReadProgress
from workbench.words.limits import past_limit, reading_line, reading_share


@pytest.mark.parametrize("limit", [each.name for each in dataclasses.fields(ReadLimits)])
def test_every_limit_has_a_sentence_that_names_it_and_says_what_to_do(limit: str) -> None:
    message, fix = past_limit(limit, 1_234, variable_of(limit))
    assert "1,234" in message
    assert variable_of(limit) in fix
    assert max(len(message.split()), len(fix.split())) <= 20


@pytest.mark.parametrize(
    ("seen", "line", "share"),
    [
        (ReadProgress(), "Reading a.csv …", 0.0),
        (ReadProgress(ahead=1), "a.csv waits for 1 other file", 0.0),
        (ReadProgress(ahead=3), "a.csv waits for 3 other files", 0.0),
        (ReadProgress(total=400_000_000), "Reading a.csv: 0.0 MB of 400 MB", 0.0),
        (ReadProgress(rows=1_200_000), "Reading a.csv: 1,200,000 rows", 0.0),
        (ReadProgress(bytes=12_340_000, total=400_000_000), "Reading a.csv: 12.3 MB of 400 MB", 0.03085),
        (ReadProgress(bytes=999_000_000), "Reading a.csv: 999 MB", 0.0),
        (ReadProgress(rows=5, bytes=2, total=4), "Reading a.csv: 5 rows", 0.0),
    ],
)
def test_the_progress_is_said_in_rows_or_megabytes(seen: ReadProgress, line: str, share: float) -> None:
    assert (reading_line("a.csv", seen), reading_share(seen)) == (line, pytest.approx(share))
