"""Escape text from outside, such as file contents and names, for markdown."""

from __future__ import annotations

_MEANING = r"\`*_{}[]()#+-.!|<>$:~"


def plain(text: object) -> str:
    """Untrusted text made safe for markdown: every character that could mean something there is escaped."""
    return "".join("\\" + letter if letter in _MEANING else letter for letter in str(text))
