"""Escape text from outside, such as file contents and names, for markdown."""

from __future__ import annotations

import re

_MEANING = r"\`*_{}[]()#+-.!|<>$:~&"
_JOINER = "\u2060"
"""A character without width, that no line breaks at."""
_APART = re.compile(r"(?<=:)(?=[A-Za-z/])|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)|(?<=[Ww]{3})(?=\.)|(?=@)")
"""Between letters that Streamlit turns into links, icons, arrows and dashes, also where markdown is escaped."""
_SPACES = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def plain(text: object) -> str:
    """Untrusted text made safe for markdown: every character that could mean something there is escaped.

    Line ends and control characters become a space: a name is one line.
    """
    said = _APART.sub(_JOINER, _SPACES.sub(" ", str(text)))
    return "".join("\\" + letter if letter in _MEANING else letter for letter in said)
