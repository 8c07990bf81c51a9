"""Make safe and distinct file names from the names of uploaded files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import chain, count
from pathlib import PureWindowsPath

SPEC_ENDING, DESIGN_ENDING = ".dataset.json", ".design.json"
_MOST_BYTES, _MOST_ENDING = 120, 40
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def safe_file_name(name: str) -> str:
    """Return the name without folders, control characters, leading dots and anything else unsafe in a file name."""
    last = unicodedata.normalize("NFC", PureWindowsPath(name.replace("\0", "")).name)
    plain = re.sub(r"[^\w .()+,&'–—-]", "_", last).strip(" .")
    stem, dot, ending = (plain or "file").rpartition(".") if "." in plain else (plain or "file", "", "")
    if stem.lower().split(".")[0] in _DEVICES:
        stem = f"_{stem}"
    tail = _truncate_bytes(dot + ending, _MOST_ENDING)
    return (_truncate_bytes(stem, _MOST_BYTES - len(tail.encode())) + tail).strip(" .")


def _truncate_bytes(text: str, n_bytes: int) -> str:
    return text.encode()[:n_bytes].decode(errors="ignore")


def distinct_file_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return a safe name for each name; equal ones (case ignored) are numbered."""
    taken: dict[str, str] = {}
    for name in names:
        safe = _unused_name(safe_file_name(name), taken)
        taken[safe.casefold()] = safe
    return tuple(taken.values())


def _unused_name(name: str, taken: Collection[str]) -> str:
    stem, dot, ending = name.partition(".")
    numbered = (f"{stem} ({number}){dot}{ending}" for number in count(2))
    return next(found for found in chain([name], numbered) if found.casefold() not in taken)
