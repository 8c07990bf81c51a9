"""Find the encoding of a text file from all of its bytes, and put the file into UTF-8."""

from __future__ import annotations

import codecs
import re
import shutil
from pathlib import Path

from workbench.data.files.legacy_encoding import choose_encoding
from workbench.errors import Issue, Where, refused

CHUNK = 1 << 20
EVIDENCE = 1 << 16  # bytes of lines with letters beyond ASCII that are looked at
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DAMAGED_SHARE = 0.02  # of the non-ASCII bytes: a UTF-8 file with fewer broken ones is still UTF-8


def find_encoding(path: Path, where: str) -> tuple[str, tuple[Issue, ...]]:
    """The Python name of the file's encoding, and what is uncertain about it.

    UTF-8 and UTF-16 are certain. A legacy file is told by its words: written wholly in letters beyond ASCII they are
    Cyrillic, Japanese and so on, mixed with ASCII letters they are Western. Western text is read as cp1252, what
    Windows calls ANSI in the west. Where another encoding fits as well, a warning shows words in both readings.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name, ()
    if wide := _wide(start):
        return wide, ()
    high, broken = _utf8_damage(path)
    if broken <= DAMAGED_SHARE * high:
        return "utf-8", (_damaged(where, broken),) if broken else ()
    return _legacy(_evidence(path), where)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    if start[1::2].count(0) > 0.4 * len(start) / 2 and not start[0::2].count(0):
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * len(start) / 2 and not start[1::2].count(0):
        return "utf-16-be"
    return None


def _utf8_damage(path: Path) -> tuple[int, int]:
    """How many characters of the file are beyond ASCII, and how many of them are what is left of broken bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    high = broken = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                broken += text.count("\ufffd") - chunk.count("\ufffd".encode())
                high += sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return high, broken + len(decoder.getstate()[0])


def _evidence(path: Path) -> bytes:
    """The lines with bytes beyond ASCII, as many as are needed to judge."""
    found = bytearray()
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                found += line[:EVIDENCE]
            if len(found) >= EVIDENCE:
                break
    return bytes(found)


def _legacy(evidence: bytes, where: str) -> tuple[str, tuple[Issue, ...]]:
    found = choose_encoding(evidence)
    if found.other is None:
        return found.name, (Issue.of("info", "encoding", Where(file=where), problem="guessed", encoding=found.name),)
    here, there = (tuple(pair[side] for pair in found.words) for side in (0, 1))
    doubt = Issue.of(
        "warning", "encoding", Where(file=where), problem="doubtful", encoding=found.name, here=here, other=found.other,
        there=there,
    )  # fmt: skip
    return found.name, (doubt,)


def _damaged(where: str, broken: int) -> Issue:
    return Issue.of("warning", "damaged_characters", Where(file=where), broken)


def to_utf8(path: Path, encoding: str, target: Path, where: str) -> None:
    """Write the file's text to ``target`` in UTF-8, chunk by chunk; what cannot be decoded becomes �.

    Raises
    ------
    InputError
        When ``encoding`` is not one Python knows, or cannot be that of the file.
    """
    try:
        source = path.open(encoding=encoding, errors="replace", newline="")
    except LookupError:
        raise refused("encoding", Where(file=where), problem="unknown", encoding=encoding) from None
    try:
        with source, target.open("w", encoding="utf-8", newline="") as copy:
            shutil.copyfileobj(source, copy, CHUNK)
    except UnicodeError:
        raise refused("encoding", Where(file=where), problem="wrong", encoding=encoding) from None
