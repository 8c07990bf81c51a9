"""Text from outside stays text among our own markdown."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from workbench.words.markdown import plain

SIGNS = r"\\`*_{}\[\]()#+\-.!|<>$:~"


@given(st.text(alphabet=st.sampled_from("ab \n\\`*_{}[]()#+-.!|<>$:~")))
def test_every_sign_that_could_mean_something_is_escaped_and_nothing_is_lost(text: str) -> None:
    escaped = plain(text)
    assert re.fullmatch(rf"(?:\\[{SIGNS}]|[^{SIGNS}])*", escaped)
    assert re.sub(rf"\\([{SIGNS}])", r"\1", escaped) == text


def test_a_number_is_written_too() -> None:
    assert plain(1.5) == r"1\.5"
