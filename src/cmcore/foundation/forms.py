"""Forms: the one normal form of the words of a fact, so that what is meant alike is written alike.

A charter's words and an act's go through the same form. What has none is refused in a charter, and
counts as unknown in an act.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cmcore.foundation.characters import caseless, fold
from cmcore.foundation.links import address, host_of
from cmcore.foundation.names import id_problems
from cmcore.foundation.words import is_hashtag, is_mention


class Form(StrEnum):
    """What a word of a fact is, which says how it is written."""

    WORD = "word"
    NETWORK = "network"
    LANGUAGE = "language"
    ACCOUNT = "account"
    HASHTAG = "hashtag"
    MENTION = "mention"
    LINK = "link"
    HOST = "host"


#: Networks that people call by more than one name.
NETWORKS: Final[Mapping[str, str]] = {"twitter": "x"}
#: What a word of each form is, for those who wrote one that is none.
HINTS: Final[Mapping[Form, str]] = {
    Form.WORD: "write the word itself, without quotes around it",
    Form.NETWORK: "write the name of the network, as in `bluesky`",
    Form.LANGUAGE: "write its code, as in `fr` or `pt-br`",
    Form.ACCOUNT: "write the name of the account or the id, without quotes around it",
    Form.HASHTAG: "a hashtag is one word of letters, digits and `_`",
    Form.MENTION: "write one name, as in `acme` or `acme@mastodon.social`",
    Form.LINK: "write the address, as in `https://example.org/page`",
    Form.HOST: "write the site, as in `example.org`, or `*.example.org` for all below it",
}
_QUOTED: Final = re.compile(r"[\"'`´‘’‚“”„«»‹›].*|.*[\"`´“”„«»‹›]", re.DOTALL)  # noqa: RUF001
_BELOW: Final = "*."


@lru_cache(maxsize=16384)
def normal(form: Form, given: str) -> str | None:
    """Return the normal form of a word, None where it has none; its own normal form is itself."""
    return _NORMAL[form](given)


def _word(given: str) -> str | None:
    text = " ".join(caseless(given).split())
    return None if not text or _QUOTED.fullmatch(text) else text


def _network(given: str) -> str | None:
    text = _word(given)
    return NETWORKS.get(text, text) if text else None


def _language(given: str) -> str | None:
    text = _word(given)
    return text.replace("_", "-") if text else None


def _account(given: str) -> str | None:
    text = (_word(given) or "").lstrip("@ ")
    return None if any(id_problems(text)) else _word(text)


def _hashtag(given: str) -> str | None:
    text = fold(given).strip().removeprefix("#")
    return text if is_hashtag(text) else None


def _mention(given: str) -> str | None:
    text = fold(given).strip().removeprefix("@")
    return text if is_mention(text) else None


def _host(given: str) -> str | None:
    text = given.strip()
    if not text.startswith(_BELOW):
        return host_of(text)
    host = host_of(text.removeprefix(_BELOW))
    return host and f"{_BELOW}{host}"


_NORMAL: Final[Mapping[Form, Callable[[str], str | None]]] = {
    Form.WORD: _word,
    Form.NETWORK: _network,
    Form.LANGUAGE: _language,
    Form.ACCOUNT: _account,
    Form.HASHTAG: _hashtag,
    Form.MENTION: _mention,
    Form.LINK: address,
    Form.HOST: _host,
}


def covering(hosts: frozenset[str], named: frozenset[str]) -> frozenset[str]:
    """Return the hosts with what, of the sites named, stands for all below a site of theirs.

    `*.example.org` stands for every site below `example.org`, however deep, and not for itself.
    """
    wide = {name for name in named if name.startswith(_BELOW)}
    return hosts | {name for name in wide if any(host.endswith(name[1:]) for host in hosts)}
