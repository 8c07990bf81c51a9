"""Text from outside stays text among our own markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.words.markdown import plain

SIGNS = r"\\`*_{}\[\]()#+\-.!|<>$:~&"
JOINER = "\u2060"


@given(st.text(alphabet=st.sampled_from("ab \n\\`*_{}[]()#+-.!|<>$:~&")))
def test_every_sign_that_could_mean_something_is_escaped_and_nothing_is_lost(text: str) -> None:
    escaped = plain(text)
    assert re.fullmatch(rf"(?:\\[{SIGNS}]|[^{SIGNS}])*", escaped)
    assert re.sub(rf"\\([{SIGNS}])", r"\1", escaped).replace(JOINER, "") == re.sub(r"\n+", " ", text)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("http://evil.example/a", ("http:", "//evil.example/a")),
        ("www.evil.com", ("www", ".evil.com")),
        ("ana@example.com", ("ana", "@example.com")),
        (":material/delete:", (":", "material/delete:")),
        (":heart:", (":", "heart:")),
        ("a -- b", ("a -", "- b")),
        ("a -> b", ("a -", "> b")),
        ("a <- b", ("a <", "- b")),
        ("x >= 3", ("x >", "= 3")),
        ("x ~= 3", ("x ~", "= 3")),
    ],
)
def test_what_streamlit_would_draw_as_a_link_an_icon_or_a_sign_is_kept_apart(text: str, apart: tuple[str, str]) -> None:
    """Its own rules look at text after the escapes are gone; the browser tests see what it draws."""
    assert re.sub(rf"\\([{SIGNS}])", r"\1", plain(text)) == JOINER.join(apart)


@pytest.mark.parametrize("text", ["10:30", "Dials: 3 of 4", "a-b", "a - b", "x > 3", "Weights 30 → 0"])
def test_everyday_text_is_not_touched(text: str) -> None:
    assert JOINER not in plain(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\t", "\x0b", "\x00", "\u2028", "\n\n"])
def test_a_name_is_one_line(end: str) -> None:
    assert plain(f"Ann{end}Lee") == "Ann Lee"


def test_a_number_is_written_too() -> None:
    assert plain(1.5) == r"1\.5"
