"""Whatever somebody uploads, the guess is a data set that can be built, or none with the reason: never an error."""

from __future__ import annotations

import pytest

from tests.real_files import real_files
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.mapping.guess import guess_dataset
from workbench.words.issues import describe_issue


@pytest.fixture(scope="module")
def names() -> list[str]:
    return sorted(path.name for path in real_files("messy_csv/files").iterdir())


@pytest.mark.parametrize("place", range(33))
def test_every_messy_file_is_guessed_or_declined(names: list[str], place: int) -> None:
    folder, name = real_files("messy_csv/files"), names[place]
    dataset, reasons = guess_dataset(folder, [name])
    if dataset is None:
        assert [describe_issue(issue).where for issue in reasons if issue.level != "info"] != []
    else:
        assert build_panel(dataset, folder).n_rows_read > 0


def test_there_is_no_messy_file_left_out(names: list[str]) -> None:
    assert len(names) == 33
