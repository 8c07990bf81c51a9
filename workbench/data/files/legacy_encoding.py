"""Detect whether text in a legacy encoding is Western, or Cyrillic, Japanese or another script.

In Western text bytes beyond ASCII stand one or two at a time inside ASCII words. Other scripts write whole words in
them. A byte that touches no ASCII letter (``Menge (Ø)``) fits both, so it never decides for another script by itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

WHOLE_SHARE = 0.7  # of the runs that decide: a text with more of them outside ASCII words is not Western
WHOLE_SHARE = 0.7  # of the runs that decide: a text with more of them outside ASCII words is not Western
FEW_LETTERS = 8  # distinct bytes beyond ASCII: another script told by fewer of them is uncertain
FEW_OF_TIED = 40  # the same where two other scripts fit alike
SHOWN = 3  # doubtful words shown in both readings

ALPHABETS = {
    "cp1251": r"[\u0400-\u045f]+",
    "cp1253": r"[\u0370-\u03c1\u03c3-\u03ff]*[\u0370-\u03c2\u03c4-\u03ff]",  # one sigma ends words, one never does
    "cp1255": r"[א-יכלמנסעפצק-ת]*[א-ת]",  # five letters have a form that only ends words
    "cp1256": r"[\u0621-\u0652]+",
    "cp874": r"(?:[เ-ไ]?[ก-ฮ][ะ-ฺๅ็-๎]*)+",  # vowels and tones stand around a consonant
    "koi8_r": r"[\u0400-\u045f]+",
}
COMMON_LEADS = {  # first bytes of the characters in daily use: the standards list rare ones apart
    "cp949": (0xA1, 0xA3, *range(0xB0, 0xC9)),
    "euc_jp": (0xA1, *range(0xA3, 0xA6), *range(0xB0, 0xD0)),
    "gb18030": (0xA1, 0xA3, *range(0xB0, 0xD8)),
    "big5": (0xA1, *range(0xA4, 0xC7)),
    "cp932": range(0x81, 0x99),
}
OTHER_SCRIPTS = (  # of those that fit alike the first: it has the fewest characters, so fits seldom by chance
    *("cp1251", "cp1253", "cp1255", "cp949", "euc_jp", "gb18030", "big5", "cp932", "cp1256", "koi8_r", "cp874"),
)
MIXED_BYTES = ("cp932", "big5")  # characters whose second byte may be an ASCII letter

_RUN = re.compile(rb"([A-Za-z]?)([\x81-\xff]+)([A-Za-z]?)")
_MARKS = (
    b"\x80\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbf"
)
_WORD = re.compile(rb"[^\s,;|\"]*[\x80-\xff][^\s,;|\"]*")
_CONFIRMED = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]|[\x80\xa3\xa5] ?\d|\d ?[\x80\xa3\xa5\xb0\xaa\xba]")
_MARK_IN_WORD = re.compile(rb"[A-Za-z][\xa3-\xbf]|[\xa3-\xbf][A-Za-z]")  # letters in cp1250
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_LETTERS = r"[^\W_ƒˆ]"  # digits too
_AROUND = r"(?:_|[^\w\x80-\x9f\xad¤¦¨¬¯´¶¸†‡])"
_BETWEEN = r"[-_'’–—/.&+@:#%=~^\\()\[\]{}…!?*<>°±×·€£$]{1,2}"
_WESTERN_WORD = re.compile(rf"(?!.*[–—]\{{){_AROUND}*{_LETTERS}*(?:{_BETWEEN}{_LETTERS}+)*{_AROUND}*")


@dataclass(frozen=True)
class LegacyEncoding:
    """The detected encoding of a text, and another one that fits as well.

    Attributes
    ----------
    name : Python's name of the encoding.
    other : Python's name of the other encoding; ``None`` when there is no doubt.
    words : up to three doubtful words in both readings; empty when there is no doubt.
    """

    name: str
    other: str | None = None
    words: tuple[tuple[str, str], ...] = ()


def detect_legacy_encoding(evidence: bytes) -> LegacyEncoding:
    """Choose between cp1252 (or latin-1) and the encodings of other scripts.

    Parameters
    ----------
    evidence : lines of the text that hold bytes beyond ASCII and are not UTF-8; the last may be cut off.
    """
    western = "latin-1" if _decode_or_none(evidence, "cp1252") is None else "cp1252"
    n_letters = len({byte for byte in evidence if byte > 0x80})
    characters = {name: _fit_of_multibyte(evidence, name) for name in MIXED_BYTES}
    certain = [name for name, fit in characters.items() if fit == "certain"]
    other, next_best = (certain[0], None) if certain else _detect_other_script(evidence)
    if other:
        doubtful = n_letters < FEW_OF_TIED if next_best else n_letters < FEW_LETTERS and western == "cp1252"
        return _with_differing_words(evidence, other, next_best or western) if doubtful else LegacyEncoding(other)
    if re.search(rb"[\x8a-\x8f\x9a-\x9f\xc0-\xff]", evidence) and _encoding_fit(evidence, "cp1250") > _encoding_fit(
        evidence, western
    ):
        return _with_differing_words(evidence, western, "cp1250")
    if n_letters < FEW_LETTERS and not _CONFIRMED.search(evidence):
        central = "cp1250" if _MARK_IN_WORD.search(evidence) else "cp1251"
        return _with_differing_words(evidence, western, "cp932" if characters["cp932"] == "possible" else central)
    return LegacyEncoding(western)


def _with_differing_words(evidence: bytes, name: str, other: str) -> LegacyEncoding:
    """Add the first words that the two encodings read differently; drop the other one if there are none."""
    pairs = dict.fromkeys((_decode_word(word, name), _decode_word(word, other)) for word in _WORD.findall(evidence))
    words = tuple((one, two) for one, two in pairs if one != two and re.search(r"[^\W\d_a-zA-Z]", one + two))[:SHOWN]
    return LegacyEncoding(name, other, words) if words else LegacyEncoding(name)


def _decode_word(word: bytes, name: str) -> str:
    """Decode a word; undecodable and unprintable characters become �."""
    return re.sub("[\x80-\x9f]", "\ufffd", word.decode(name, "replace"))


def _fit_of_multibyte(evidence: bytes, name: str) -> str:
    """Return how well text fits an encoding with ASCII second bytes: ``"certain"``, ``"possible"`` or ``""``.

    The characters in daily use must prevail, and stand apart from ASCII letters. They are certain only where some word
    makes no sense as Western: ``–K`` may be a Japanese character or a dash and a letter.
    """
    text = _decode_or_none(evidence, name)
    if text is None:
        return ""
    everyday: set[bytes] = set()
    rare, glued = 0, 0
    for before, word, after in re.findall(r"([A-Za-z]?)([^\x00-\x7f]+)([A-Za-z]?)", text):
        glued += bool(before or after)
        if name == "cp932":
            word = _HALF_WIDTH.sub(lambda run: "" if _is_half_width_word(run.group()) else run.group(), word)
        codes = [character.encode(name) for character in word]
        everyday.update(code for code in codes if _is_common(code, name))
        rare += sum(not _is_common(code, name) for code in codes)
    if not everyday or 2 * rare > len(everyday) or 2 * glued > len(everyday):
        return ""
    if name == "big5" and all(code[1] > 0x80 for code in everyday):
        return ""
    western = evidence.decode("cp1252", "replace").replace("\ufffd", "\x81")
    words = [word for word in re.split(r"[\s,;|\"]+", western) if not word.isascii()]
    many = name == "cp932" and len(everyday) > SHOWN
    return "certain" if many or not all(map(_WESTERN_WORD.fullmatch, words)) else "possible"


def _detect_other_script(evidence: bytes) -> tuple[str | None, str | None]:
    """Return the encoding of a non-Latin script, and another that fits as well; ``None`` where there is none."""
    whole, inside = [], 0
    for before, run, after in _RUN.findall(evidence):
        letters = run.strip(_MARKS)
        if (before or after) and len(letters) <= 2:
            inside += bool(letters)
        elif len(letters) >= 2:
            whole.append(letters)
    distinct = set(whole)
    if len(whole) < WHOLE_SHARE * (len(whole) + inside) or len({byte for run in distinct for byte in run}) < 3:
        return None, None
    if len(distinct) < 3 and all(map(_may_be_western, distinct)):
        return None, None
    shares = {name: _natural_share(evidence, name) for name in OTHER_SCRIPTS}
    best = max(shares.values())
    if best < 0.5:
        return None, None
    candidates = [name for name, share in shares.items() if share >= best - 0.05]
    if len(candidates) == 1:
        return candidates[0], None
    match = from_bytes(evidence, cp_isolation=candidates).best()
    first = match.encoding if match and match.encoding in candidates else candidates[0]
    return first, next(name for name in candidates if name != first)


def _may_be_western(run: bytes) -> bool:
    """Whether a word wholly of non-ASCII letters may still be Western, as ``öö`` and ``ÅÄÖ`` are."""
    return len(run) < 3 or (len(run) == 3 and run.decode("latin-1").isupper())


def _natural_share(evidence: bytes, name: str) -> float:
    """Return the share of distinct non-ASCII words that look like words of the encoding's language."""
    text = _decode_or_none(evidence, name)
    if text is None:
        return 0.0
    words = {word.strip(_PUNCTUATION) for word in re.findall(r"[^\x00-\x7f]+", text)} - {""}
    natural = _natural_in_alphabet if name in ALPHABETS else _natural_in_characters
    return sum(natural(word, name) for word in words) / len(words) if words else 0.0


_PUNCTUATION = "\xa0«»“”‘’„–—…°№§©®·-"


def _natural_in_alphabet(word: str, name: str) -> bool:
    cased = word in (word.lower(), word.upper(), word[0].upper() + word[1:].lower())
    return cased and bool(re.fullmatch(ALPHABETS[name], word))


def _natural_in_characters(word: str, name: str) -> bool:
    if name == "cp932":
        word = _HALF_WIDTH.sub(lambda run: "" if _is_half_width_word(run.group()) else run.group(), word)
    return all(_is_common(character.encode(name), name) for character in word)


def _is_common(code: bytes, name: str) -> bool:
    return len(code) == 2 and code[0] in COMMON_LEADS[name] and (name in MIXED_BYTES or code[1] > 0xA0)


def _is_half_width_word(run: str) -> bool:
    """Whether a word is half-width kana, as banks write it; its first letters are no letters in Western encodings."""
    return len(run) >= 3 and bool(re.search("[\uff66-\uff7f]", run))


def _encoding_fit(evidence: bytes, name: str) -> tuple[float, float]:
    """Return how much the text looks like a language, then how orderly it is; higher is better."""
    best = from_bytes(evidence, cp_isolation=[name]).best()
    return (round(best.coherence, 1), -round(best.chaos, 2)) if best else (-1.0, -1.0)


def _decode_or_none(evidence: bytes, name: str) -> str | None:
    """Decode the text, or return ``None`` if that fails; a character cut off at the end is dropped."""
    try:
        return codecs.getincrementaldecoder(name)().decode(evidence)
    except UnicodeDecodeError:
        return None
