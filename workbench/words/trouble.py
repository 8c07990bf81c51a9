"""What is said where something went wrong that nobody foresaw."""

from __future__ import annotations

NEXT = "Choose another data set or design above, or go to another page."


def trouble_sentence(number: str) -> str:
    """The sentence with the number of the error in the log."""
    return f"This part of the page cannot be shown. Error {number} in the file errors.log says why."
