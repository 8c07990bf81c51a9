"""While names are hidden, no page sends a real one to the browser: not in words, keys, tables or pictures' data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open
from workbench.design.draft import Draft
from workbench.design.options import save_option
from workbench.ui.session.navigation import PAGES
from workbench.words.coaching import TABS as COACHING_TABS
from workbench.words.integrity import TABS
from workbench.words.learn import TABS as LEARN_TABS

SAMPLE = "dials-floor"


def everything_sent(node: Node) -> Iterator[bytes]:
    """What is sent of each element, in the form in which it is sent."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield proto.SerializeToString()
    if isinstance(node, Block):
        for child in node.children.values():
            yield from everything_sent(child)


PARTS = {"integrity": ("integrity.part", (TABS[1],)), "coaching": ("coaching.part", COACHING_TABS),
         "learn": ("learn.part", LEARN_TABS)}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_no_page_sends_a_hidden_name(opened: Open, page: str) -> None:
    app = opened(page, data=SAMPLE)
    app.toggle(key="context.hide_names").set_value(True).run()
    check_sent(app)
    key, parts = PARTS.get(page, ("", ()))
    for part in parts:
        app.session_state[key] = part
        check_sent(app.run())


@pytest.mark.parametrize("page", ["options", "preview", "start"])
def test_a_name_that_was_typed_into_a_design_or_an_option_is_hidden_too(opened: Open, home: Path, page: str) -> None:
    app = opened(page, data=SAMPLE)
    design = app.session_state["context.drafts"][SAMPLE].design
    named = design.model_copy(update={"name": "As Ana Ruiz wants it"})
    save_option(home, SAMPLE, named, "Ana Ruiz’s wish", "asked for by Ana Ruiz")
    app.session_state["context.drafts"] = {SAMPLE: Draft.start(named)}
    app.toggle(key="context.hide_names").set_value(True).run()
    check_sent(app)


def check_sent(app: AppTest) -> None:
    assert not app.exception
    sent = b"\n".join(everything_sent(app._tree))
    assert len(sent) > 1_000
    assert [rep for rep in sample_panel(SAMPLE).reps["rep"] if rep.encode() in sent] == []
