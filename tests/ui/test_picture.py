"""Charts are shown unchecked, for speed; here they are checked against the grammar as the pages make them."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from workbench.ui.session.cached_scores import drawn_once, drawn_once_by_weights
from workbench.ui.widgets import picture


@pytest.mark.parametrize(("page", "least"), [("evidence", 6), ("preview", 3), ("replay", 2), ("kpis", 4)])
def test_every_chart_of_a_page_follows_the_grammar(
    opened: Open, monkeypatch: pytest.MonkeyPatch, page: str, least: int
) -> None:
    checked: list[str] = []

    def check(shown: picture._Unchecked) -> dict[str, object]:
        spec = shown.chart.to_dict(validate=True)
        checked.append(str(spec["$schema"]))
        return spec

    monkeypatch.setattr(picture._Unchecked, "to_dict", check)
    drawn_once_by_weights.clear()
    drawn_once.clear()  # what an earlier test drew would be replayed, not made
    app = opened(page, data="dials-floor")
    assert not app.exception
    for part in [button.key for button in app.button if str(button.key).startswith("replay.open.")]:
        assert not app.button(key=part).click().run().exception
    assert len(checked) >= least
