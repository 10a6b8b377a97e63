"""Forms: the one normal form of the words of a fact, so that what is meant alike is written alike.

A charter's words and an act's go through the same form. What has none is refused in a charter, and
counts as unknown in an act.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final
from unicodedata import normalize

from cmcore.base.characters import damage, fold, is_placeholder
from cmcore.base.errors import Problem
from cmcore.base.ids import id_problems
from cmcore.charters.formats import format_of
from cmcore.charters.tones import tone_of
from cmcore.teams.contracts import contract_of
from cmcore.text.languages import instead_of, language_of
from cmcore.text.links import address, site_of
from cmcore.text.names import listed, name_of, network_of, word_of
from cmcore.text.tokens import is_hashtag, is_mention


class Form(StrEnum):
    """What a word of a fact is, which says how it is written."""

    EXACT = "exact"
    WORD = "word"
    LABEL = "label"
    NETWORK = "network"
    LANGUAGE = "language"
    CONTRACT = "contract"
    FORMAT = "format"
    TONE = "tone"
    ACCOUNT = "account"
    ID = "id"
    HASHTAG = "hashtag"
    MENTION = "mention"
    LINK = "link"
    HOST = "host"
    DOMAIN = "domain"
    MESSAGE = "message"


#: The hint for a word without a normal form.
HINTS: Final[Mapping[Form, str]] = {
    Form.EXACT: "write-as-listed",
    Form.WORD: "write-word",
    Form.LABEL: "write-word",
    Form.NETWORK: "write-network",
    Form.LANGUAGE: "write-language",
    Form.CONTRACT: "write-word",
    Form.FORMAT: "write-word",
    Form.TONE: "write-word",
    Form.ACCOUNT: "write-account",
    Form.ID: "write-account",
    Form.HASHTAG: "write-hashtag",
    Form.MENTION: "write-mention",
    Form.LINK: "write-link",
    Form.HOST: "write-host",
    Form.DOMAIN: "write-domain",
    Form.MESSAGE: "write-message",
}
_BELOW: Final = "*."


def _account(given: str) -> str | None:
    return name_of((name_of(given) or "").lstrip("@ "))


def _id(given: str) -> str | None:
    text = _account(given)
    return None if any(id_problems(text)) else text


def _hashtag(given: str) -> str | None:
    text = fold(given).strip().removeprefix("#")
    return text if is_hashtag(text) else None


def _mention(given: str) -> str | None:
    text = fold(given).strip().removeprefix("@")
    return text if is_mention(text) else None


def _host(given: str) -> str | None:
    text = given.strip()
    if not text.startswith(_BELOW):
        return site_of(text)
    host = site_of(text.removeprefix(_BELOW))
    return host and f"{_BELOW}{host}"


def _message(given: str) -> str | None:
    """Return which message it is: other capitals make another one."""
    return normalize("NFC", given.strip()) if name_of(given) else None


#: The forms whose words contain no separator, since it separates several words.
_WORDS: Final = frozenset(
    {Form.WORD, Form.LABEL, Form.NETWORK, Form.LANGUAGE, Form.CONTRACT, Form.FORMAT, Form.TONE}
)
_FORMS: Final[Mapping[Form, Callable[[str], str | None]]] = {
    Form.EXACT: lambda given: given,
    Form.WORD: word_of,
    Form.LABEL: word_of,
    Form.NETWORK: network_of,
    Form.LANGUAGE: language_of,
    Form.CONTRACT: lambda given: contract_of(word_of(given)),
    Form.FORMAT: lambda given: format_of(word_of(given)),
    Form.TONE: lambda given: tone_of(word_of(given)),
    Form.ACCOUNT: _account,
    Form.ID: _id,
    Form.HASHTAG: _hashtag,
    Form.MENTION: _mention,
    Form.LINK: address,
    Form.HOST: _host,
    Form.DOMAIN: site_of,
    Form.MESSAGE: _message,
}


def advice(form: Form, given: str) -> dict[str, Any]:
    """Return what to write in place of a word that has no normal form, as a problem has it."""
    words = listed(given) if form in _WORDS else ()
    if is_placeholder(given):
        return {"hint": "write-other-word"}
    if words:
        return {"hint": "write-list", "words": f"[{', '.join(words)}]"}
    near = {"near": instead_of(given)} if form is Form.LANGUAGE else {}
    return {**near, "hint": HINTS[form]}


def form_problems(form: Form, words: Iterable[str], *path: str | int) -> Iterator[Problem]:
    """Yield the problem of each word that has no normal form."""
    for word in sorted(words):
        if NORMAL[form][word] is None:
            yield Problem.of("no-word", *path, given=word, **advice(form, word))


def formed(form: Form, words: Iterable[str]) -> frozenset[str]:
    """Return the words in their normal form; those that have none stay, to be refused."""
    return frozenset(NORMAL[form][word] or word for word in words)


#: How many words, or sets of them, are remembered with their normal forms, and the longest of them.
_MOST: Final = 16384
_LONGEST: Final = 64


def _remember(known: dict[Any, Any], given: object, found: object) -> None:
    if len(known) >= _MOST:
        known.clear()
    known[given] = found


class _Words(dict[str, str | None]):
    """The normal form of each word, None where it has none, remembered for a while."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = _FORMS[form]
        self._is_declared = form is Form.LABEL

    def __missing__(self, given: str) -> str | None:
        nothing = is_placeholder(given) and not self._is_declared
        found = None if nothing or damage(given) else self._form(given)
        if len(given) <= _LONGEST:
            _remember(self, given, found)
        return found


class _Sets(dict[frozenset[str], frozenset[str] | None]):
    """The normal form of each set of words, None where a word has none, remembered as well."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, given: frozenset[str]) -> frozenset[str] | None:
        found = self._made(given)
        if len(given) <= _LONGEST:
            _remember(self, given, found)
        return found

    def _made(self, given: frozenset[str]) -> frozenset[str] | None:
        found: set[str] = set()
        for word in given:
            one = self._word(word)
            if one is None:
                return None
            found.add(one)
        return frozenset(found)

    def _word(self, given: object) -> str | None:
        """Return the normal form of a word, whatever its class would have it say."""
        return self._words[str.__str__(given)] if isinstance(given, str) else None


#: The normal form of a word, and of a set of words, by what they are; it is its own normal form.
NORMAL: Final[Mapping[Form, _Words]] = {form: _Words(form) for form in Form}
NORMAL_SETS: Final[Mapping[Form, _Sets]] = {form: _Sets(NORMAL[form]) for form in Form}


def covering(hosts: frozenset[str], named: frozenset[str], *, only: bool = False) -> frozenset[str]:
    """Return the hosts with those of the sites named that stand for them, or `only` these if any.

    `*.example.org` stands for every site below `example.org`, however deep, and not for itself.
    """
    wide = {name: name[1:] for name in named if name.startswith(_BELOW)}
    over = {host: {name for name, end in wide.items() if host.endswith(end)} for host in hosts}
    return _covered(hosts, over, only=only) if wide else hosts


def within(hosts: frozenset[str], named: frozenset[str], *, only: bool = False) -> frozenset[str]:
    """Return the hosts with the domains named that hold them, or `only` these if any.

    A domain holds itself, and every site below it, however deep.
    """
    over = {host: {name for name in named if f".{host}".endswith(f".{name}")} for host in hosts}
    return _covered(hosts, over, only=only)


def _covered(hosts: frozenset[str], over: Mapping[str, set[str]], *, only: bool) -> frozenset[str]:
    kept = {host for host in hosts if not (only and over[host])}
    return frozenset(kept.union(*over.values()))
