"""Words of the glossary are explained where they first stand on a page, each once, from the glossary alone."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open
from workbench.words.glossary import GLOSSARY, explain, glossary_words_in

SHOWN = ("title", "header", "subheader", "caption")


@pytest.mark.parametrize(
    ("text", "words"),
    [("Did the team hit its KPIs and miss the goal?", ("Goal", "KPI")),
     ("How strongly each KPI is linked to the goal", ("Goal", "KPI", "Link strength")),
     ("Box tickers and unsung sellers", ("Box ticker", "Unsung seller")), ("Keep Quotes.", ("Keep, watch, drop",)),
     ("Weightless goalkeepers", ()), ("", ())],
)  # fmt: skip
def test_words_are_found_as_whole_words_in_any_form(text: str, words: tuple[str, ...]) -> None:
    assert glossary_words_in(text) == words


@pytest.mark.parametrize("page", ["preview", "replay", "evidence", "kpis", "goal", "integrity", "options", "decide"])
def test_each_word_is_explained_once_a_page_at_its_first_place(opened: Open, page: str) -> None:
    app = opened(page, data="dials-floor")
    assert not app.exception
    helps = [each.proto.help for kind in SHOWN for each in getattr(app, kind) if each.proto.help]
    for word in GLOSSARY:
        assert sum(explain(word) in said for said in helps) <= 1, word
    heads = [each for kind in SHOWN[:2] for each in getattr(app, kind)]
    said = "\n".join(helps)
    for word in {word for head in heads for word in glossary_words_in(head.value)}:
        assert explain(word) in said, word


def test_a_page_drawn_again_explains_the_same_words(opened: Open) -> None:
    app = opened("evidence", data="dials-floor")
    before = [each.proto.help for each in (*app.title, *app.header)]
    assert any(before)
    app.run()
    assert [each.proto.help for each in (*app.title, *app.header)] == before
