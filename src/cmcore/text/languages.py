"""Languages: the code of each, however people call it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cmcore.base.errors import Problem
from cmcore.base.frozen import each_once
from cmcore.base.ids import nearest
from cmcore.base.regex import regex
from cmcore.text.names import settle, word_of

#: Code -> the names of the language in English, in French and in itself, and its longer codes.
LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    code: tuple(names.split())
    for code, names in {
        "ar": "arabic arabe العربية ara",
        "bg": "bulgarian bulgare български bul",
        "bn": "bengali বাংলা ben",
        "br": "breton brezhoneg bre",
        "ca": "catalan català cat",
        "co": "corsican corse corsu cos",
        "cs": "czech tchèque čeština ces cze",
        "cy": "welsh gallois cymraeg cym wel",
        "da": "danish danois dansk dan",
        "de": "german allemand deutsch deu ger",
        "el": "greek grec ελληνικά ell gre",
        "en": "english anglais eng",
        "eo": "esperanto espéranto epo",
        "es": "spanish espagnol español castilian castillan castellano spa",
        "et": "estonian estonien eesti est",
        "eu": "basque euskara eus baq",
        "fa": "persian persan farsi فارسی fas per",
        "fi": "finnish finnois suomi fin",
        "fr": "french français francais fra fre",
        "ga": "irish irlandais gaeilge gle",
        "gl": "galician galicien galego glg",
        "he": "hebrew hébreu עברית heb iw",
        "hi": "hindi हिन्दी hin",
        "hr": "croatian croate hrvatski hrv",
        "hu": "hungarian hongrois magyar hun",
        "id": "indonesian indonésien bahasa ind in",
        "is": "icelandic islandais íslenska isl ice",
        "it": "italian italien italiano ita",
        "ja": "japanese japonais 日本語 jpn",
        "ko": "korean coréen 한국어 kor",
        "lb": "luxembourgish luxembourgeois lëtzebuergesch ltz",
        "lt": "lithuanian lituanien lietuvių lit",
        "lv": "latvian letton latviešu lav",
        "nl": "dutch néerlandais nederlands flemish flamand nld dut",
        "no": "norwegian norvégien norsk nor",
        "oc": "occitan oci",
        "pl": "polish polonais polski pol",
        "pt": "portuguese portugais português por",
        "ro": "romanian roumain română ron rum",
        "ru": "russian russe русский rus",
        "sk": "slovak slovaque slovenčina slk slo",
        "sl": "slovenian slovène slovenščina slv",
        "sr": "serbian serbe српски srp",
        "sv": "swedish suédois svenska swe",
        "tr": "turkish turc türkçe tur",
        "uk": "ukrainian ukrainien українська ukr",
        "vi": "vietnamese vietnamien vie",
        "yi": "yiddish ייִדיש yid ji",
        "zh": "chinese chinois 中文 zho chi",
    }.items()
}
_CODE: Final = regex("[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_MEANT: Final = {name: code for code, names in LANGUAGES.items() for name in names}


def language_of(given: str) -> str | None:
    """Return the code of a language, `pt-br` for `pt_BR`, `fr` for `français`; None if it is none.

    Codes that were withdrawn, as networks still write them, are read as those of today.

    Examples:
        >>> language_of("Français"), language_of("fra-CA"), language_of("pt_BR"), language_of("?")
        ('fr', 'fr-ca', 'pt-br', None)
        >>> language_of("iw"), language_of("in")
        ('he', 'id')
    """
    text = (word_of(given) or "").replace("_", "-")
    if text not in _MEANT and not _CODE.fullmatch(text):
        return None
    first, *region = text.split("-")
    return "-".join((_MEANT.get(first, first), *region))


def as_language(given: str) -> str:
    """Return a language as its code, or as it is where it is none."""
    return settle(language_of, given)


def as_languages(many: Iterable[str]) -> frozenset[str]:
    """Freeze languages, each once as its code."""
    return frozenset(map(as_language, each_once(many)))


def instead_of(given: str) -> tuple[str, ...]:
    """Return the languages that are meant by what is none, if there are such."""
    return nearest(given, _MEANT)


def language_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of what is no language; None is unknown."""
    if given is not None and (not isinstance(given, str) or language_of(given) is None):
        yield Problem.of("no-language", *path, given=given, near=instead_of(str(given)))


def each_language(many: Iterable[str], key: str) -> Iterator[Problem]:
    """Yield the problem of each that is no language among several, in order."""
    for index, one in enumerate(sorted(many)):
        yield from language_problems(one, key, index)
