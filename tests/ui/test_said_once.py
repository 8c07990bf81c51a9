"""What is known against the data of every KPI alike is said once on a page."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open

UNFINISHED = "September 2025 is"


@pytest.mark.parametrize("page", ["goal", "kpis", "preview", "evidence"])
def test_an_unfinished_month_is_named_once(opened: Open, page: str) -> None:
    app = opened(page, data="quotes-desk")
    assert not app.exception
    said = [text.value for text in [*app.caption, *app.markdown] if UNFINISHED in text.value]
    assert len(said) == 1
