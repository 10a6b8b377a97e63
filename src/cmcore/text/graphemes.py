"""Graphemes: what readers see as one character, whatever it is written with (UAX 29)."""

import re
from functools import cache

from cmcore.text import _clusters

# before it, a character is a cluster by itself
_FIRST_MARK = "\u0300"
# the letters of Hangul that begin, carry and close a syllable, and the syllables that are open
_LEAD = "\u1100-\u115f\ua960-\ua97c"
_VOWEL = "\u1160-\u11a7\ud7b0-\ud7c6\U00016d63\U00016d67-\U00016d6a"
_TAIL = "\u11a8-\u11ff\ud7cb-\ud7fb"
_OPEN = "".join(map(chr, range(0xAC00, 0xD7A4, 28)))


def grapheme_count(text: str) -> int:
    """Count extended grapheme clusters: `é`, a flag or a Hangul syllable is one."""
    if max(text, default="") < _FIRST_MARK:
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _cluster().finditer(text))


def _class(ranges: str) -> str:
    """Return ranges in the brackets of a regular expression."""
    ends = (word.partition("-") for word in ranges.split())
    return "".join(
        rf"\U{int(first, 16):08x}-\U{int(last or first, 16):08x}" for first, _, last in ends
    )


@cache
def _cluster() -> "re.Pattern[str]":
    """Return a cluster as a regular expression; nothing is tried twice, so the time is linear."""
    control, linker = _class(_clusters.CONTROL), _class(_clusters.LINKER)
    between, consonant = _class(_clusters.BETWEEN), _class(_clusters.CONSONANT)
    extend, pictographic = _class(_clusters.EXTEND), _class(_clusters.PICTOGRAPHIC)
    # a consonant after what links consonants, and whatever stands on the letter before it
    conjunct = rf"[{linker}](?:(?![{linker}])[{between}\u200d])*+[{consonant}]"
    core = "|".join((
        rf"[{_LEAD}]*+(?:[{_VOWEL}{_OPEN}][{_VOWEL}]*+|(?![{_OPEN}])[\uac00-\ud7a3])[{_TAIL}]*+",
        rf"[{_LEAD}]++|[{_TAIL}]++|[\U0001f1e6-\U0001f1ff]{{1,2}}+",
        rf"[{pictographic}](?:[{extend}]*+\u200d[{pictographic}])*+",
        rf"{conjunct}|[^{control}\r\n]",
    ))  # fmt: skip
    after = rf"(?:(?=[{extend}]){conjunct}|[{extend}{_class(_clusters.SPACING_MARK)}\u200d])*+"
    before = rf"[{_class(_clusters.PREPEND)}]++"
    return re.compile(rf"\r\n|[{control}\r\n]|{before}(?:{core})?{after}|(?:{core}){after}")
