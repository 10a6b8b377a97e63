"""What ids look like: whether one is what it seems, and which ones people cannot distinguish.

After Unicode Technical Standard 39, *Unicode Security Mechanisms*: §4 on what is confusable, §5.2
on restriction levels.
"""

from functools import cache
from typing import Final
from unicodedata import category, name, normalize

from cmcore.base.characters import fold

#: The scripts that one language writes together (UTS 39, "highly restrictive").
_TOGETHER: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
#: Letters of other scripts, and digits, that look like Latin letters: among UTS 39's confusables,
#: those that whole words can be made of.
_TWINS: Final = {
    ord(odd): latin
    for odds, latins in (
        ("АВЕЅІЈКМНОРСТУХҮԚԜ", "ABESIJKMHOPCTYXYQW"),
        ("асеіјорѕухһԁԛԝӏ", "aceijopsyxhdqwl"),  # noqa: RUF001 - Cyrillic
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),  # noqa: RUF001 - Greek
        ("αορνικυϲϳ", "aopvikucj"),
        ("ՕՏԼոսօցհյք", "OSLnuoghjp"),
        ("01|I", "olll"),
    )
    for odd, latin in zip(odds, latins, strict=True)
}


def mixed_scripts(text: str) -> tuple[str, ...]:
    """Return the scripts of the letters of a text where no language writes them together."""
    letters = (one for one in normalize("NFKC", text) if category(one) in {"Lu", "Ll", "Lt", "Lo"})
    scripts = frozenset(map(_script, letters))
    if len(scripts) < 2 or any(scripts <= together for together in _TOGETHER):  # noqa: PLR2004
        return ()
    return tuple(sorted(script.capitalize() for script in scripts))


@cache
def _script(letter: str) -> str:
    """Return the script of a letter: its name begins with it."""
    script = name(letter, "").partition(" ")[0]
    return "CJK" if script == "IDEOGRAPHIC" else script


def looks(text: str) -> frozenset[str]:
    """Return what a text looks like at a glance: two texts that share a look are confusable.

    Case, accents, spaces, punctuation (an `@`), invisible letters and letters that look like Latin
    ones make no difference; digits and symbols do.
    """
    seen = (fold(text).translate(_TWINS), fold(normalize("NFKC", text).translate(_TWINS)))
    bare = ("".join(filter(_counts, look)).replace("rn", "m") for look in seen)
    return frozenset(look or text for look in bare)


def _counts(letter: str) -> bool:
    """Return whether a character makes another name of a name: spaces and punctuation do not."""
    return category(letter)[0] in "LNSM"
