"""Detect the encoding of a text file from all of its bytes, and transcode it to UTF-8."""

from __future__ import annotations

import codecs
import re
import shutil
from pathlib import Path

from workbench.data.files.legacy_encoding import detect_legacy_encoding
from workbench.errors import Issue, Where, refused

CHUNK = 1 << 20
EVIDENCE = 1 << 16  # bytes of non-ASCII lines from which a legacy encoding is detected
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DAMAGED_SHARE = 0.02  # of the non-ASCII bytes: a UTF-8 file with fewer broken ones is still UTF-8


def detect_encoding(path: Path, where: str) -> tuple[str, tuple[Issue, ...]]:
    """Return the Python name of the file's encoding, and issues if it is uncertain.

    UTF-8 and UTF-16 are certain. A legacy encoding is detected from the words: words wholly of non-ASCII letters
    are Cyrillic, Japanese and so on, words mixed with ASCII letters are Western. Western text is read as cp1252,
    which Windows calls ANSI. If another encoding fits as well, a warning shows words in both readings.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            broken = _count_broken_utf8(path)[1] if mark == codecs.BOM_UTF8 else 0
            return name, (_damaged_issue(where, broken),) if broken else ()
    if wide := _detect_utf16(start):
        return wide, ()
    high, broken = _count_broken_utf8(path)
    if broken <= DAMAGED_SHARE * high:
        return "utf-8", (_damaged_issue(where, broken),) if broken else ()
    return _detect_legacy(_non_ascii_lines(path), where)


def _detect_utf16(start: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    if start[1::2].count(0) > 0.4 * len(start) / 2 and not start[0::2].count(0):
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * len(start) / 2 and not start[1::2].count(0):
        return "utf-16-be"
    return None


def _count_broken_utf8(path: Path) -> tuple[int, int]:
    """Count the non-ASCII characters of the file when read as UTF-8, and how many of them are broken bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    high = broken = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                broken += text.count("\ufffd") - chunk.count("\ufffd".encode())
                high += sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return high, broken + len(decoder.getstate()[0])


def _non_ascii_lines(path: Path) -> bytes:
    """Return the first non-ASCII lines, up to ``EVIDENCE`` bytes."""
    found = bytearray()
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                found += line[:EVIDENCE]
            if len(found) >= EVIDENCE:
                break
    return bytes(found)


def _detect_legacy(evidence: bytes, where: str) -> tuple[str, tuple[Issue, ...]]:
    found = detect_legacy_encoding(evidence)
    if found.other is None:
        return found.name, (Issue.of("info", "encoding", Where(file=where), problem="guessed", encoding=found.name),)
    here, there = (tuple(pair[side] for pair in found.words) for side in (0, 1))
    doubt = Issue.of(
        "warning", "encoding", Where(file=where), problem="doubtful", encoding=found.name, here=here, other=found.other,
        there=there,
    )  # fmt: skip
    return found.name, (doubt,)


def _damaged_issue(where: str, broken: int) -> Issue:
    return Issue.of("warning", "damaged_characters", Where(file=where), broken)


def transcode_to_utf8(path: Path, encoding: str, target: Path, where: str) -> None:
    """Write the file's text to ``target`` in UTF-8, chunk by chunk; undecodable bytes become �.

    Raises
    ------
    InputError
        When Python does not know ``encoding``, or the file cannot be in it.
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
