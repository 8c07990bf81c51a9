"""Find the encoding of a text file from all of its bytes, and put the file into UTF-8."""

from __future__ import annotations

import codecs
import re
import shutil
from pathlib import Path

from charset_normalizer import from_bytes

from workbench.errors import Issue, refusal

CHUNK = 1 << 20
EVIDENCE = 1 << 16  # bytes of lines with letters beyond ASCII that are looked at
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_SCRIPTS = [
    "cp1251",
    "cp932",
    "gb18030",
    "big5",
    "cp949",
    "euc_jp",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp874",
]
DAMAGED_SHARE = 0.02  # of the non-ASCII bytes: a UTF-8 file with fewer broken ones is still UTF-8


def find_encoding(path: Path, where: str) -> tuple[str, tuple[Issue, ...]]:
    """The Python name of the file's encoding, and what is uncertain about it.

    UTF-8 and UTF-16 are certain. A legacy file is told by its words: written wholly in letters beyond ASCII they are
    Cyrillic, Japanese and so on, mixed with ASCII letters they are Latin. Latin is read as cp1252, what Windows calls
    ANSI in the west; when cp1250 (Central European) fits better, a warning says so.
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
    if _is_japanese(evidence):
        return "cp932", (_decided(where, "cp932"),)
    latin = "cp1252" if _decodes(evidence, "cp1252") else "latin-1"
    if _share_of_whole_words(_ALONE.sub("", evidence.decode(latin))) < 0.7:
        return latin, (_decided_latin(where, latin, evidence),)
    best = from_bytes(evidence, cp_isolation=OTHER_SCRIPTS).best()
    name = best.encoding if best else "cp1251"
    return name, (_decided(where, name),)


_ALONE = re.compile(r"""(?<![^\s,;|"'.])[^\W\d_](?![^\s,;|"'.])""")  # a letter by itself, as the French “à”


def _is_japanese(evidence: bytes) -> bool:
    """Shift-JIS: every pair is valid, and Japanese characters never stand inside an ASCII word."""
    if not _decodes(evidence, "cp932"):
        return False
    text = evidence.decode("cp932")
    wide = len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text))
    others = len(re.findall(r"[^\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]", text))
    return wide > others and _share_of_whole_words(text) > 0.8


def _share_of_whole_words(text: str) -> float:
    """Of the words with a letter beyond ASCII, the share that has nothing but such letters; 0 without such words."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    whole = sum(1 for word in words if not re.search(r"[A-Za-z]", word))
    return whole / len(words) if words else 0.0


def _decodes(evidence: bytes, name: str) -> bool:
    try:
        evidence.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _decided(where: str, name: str) -> Issue:
    message = f"The file is not UTF-8; read as {name}, judging by its letters."
    return Issue("info", "encoding", where, message, 'If letters look wrong, set "encoding".')


def _decided_latin(where: str, name: str, evidence: bytes) -> Issue:
    letters = re.search(r"[^\W\d_a-zA-Z]", evidence.decode(name))
    if not letters or _fit(evidence, "cp1250") <= _fit(evidence, "cp1252"):
        return _decided(where, name)
    message = f"The file is not UTF-8; read as {name} (Western European), but its words look Central European."
    return Issue("warning", "encoding", where, message, 'If names look wrong, set "encoding" to "cp1250".')


def _fit(evidence: bytes, name: str) -> tuple[float, float]:
    """How much the text looks like a language, then how orderly; both rise with fitness."""
    best = from_bytes(evidence, cp_isolation=[name]).best()
    return (round(best.coherence, 1), -round(best.chaos, 2)) if best else (-1.0, -1.0)


def _damaged(where: str, broken: int) -> Issue:
    message = f"{broken} characters are damaged (not UTF-8) and read as �."
    return Issue("warning", "damaged_characters", where, message, "Export the file again as UTF-8.", broken)


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
        fix = "Use for example utf-8, cp1252, cp1250, cp1251, shift_jis or utf-16."
        raise refusal("encoding", where, f"There is no encoding called “{encoding}”.", fix) from None
    try:
        with source, target.open("w", encoding="utf-8", newline="") as copy:
            shutil.copyfileobj(source, copy, CHUNK)
    except UnicodeError:
        message = f"The file is not written in {encoding}."
        raise refusal("encoding", where, message, 'Leave "encoding" out to have it found.') from None
