"""Safe file names out of the names files were uploaded under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PureWindowsPath

_MOST_BYTES = 120
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def file_name(name: str) -> str:
    """The name without folders, control characters, leading dots or anything a file system may choke on."""
    last = unicodedata.normalize("NFC", PureWindowsPath(name.replace("\0", "")).name)
    plain = re.sub(r"[^\w .()+,&'–—-]", "_", last).strip(" .")
    stem, dot, ending = (plain or "file").rpartition(".") if "." in plain else (plain or "file", "", "")
    if stem.lower().split(".")[0] in _DEVICES:
        stem = f"_{stem}"
    room = _MOST_BYTES - len((dot + ending).encode()[:40])
    return stem.encode()[:room].decode(errors="ignore") + (dot + ending).encode()[:40].decode(errors="ignore")


def distinct_file_names(names: Iterable[str]) -> dict[str, str]:
    """A safe name for each name; two that would become the same (case ignored) are told apart by a number."""
    taken: set[str] = set()
    safe = {}
    for name in names:
        safe[name] = _free(file_name(name), taken)
        taken.add(safe[name].casefold())
    return safe


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.partition(".")
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{stem} ({number}){dot}{ending}", number + 1
    return candidate
