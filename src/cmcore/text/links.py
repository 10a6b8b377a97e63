"""Links: the addresses in a text, as networks find them, and the one form of a site and an address.

An address begins with a scheme (`https://`, `ftp://`) or `www.`, or is a site: words joined by
dots, the last one a top-level domain (`concurrent.fr`), or any one where a path follows
(`bit.ly/abc`), or four numbers with a path (`192.0.2.1/abc`). A site may have `//` before it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final
from unicodedata import is_normalized, normalize

from cmcore.base.characters import (
    ACCENTS,
    EMOJI,
    MARKS,
    SINGLE,
    calm,
    seen,
    visible,
)
from cmcore.base.regex import regex
from cmcore.text._top_level import top_level_domains

# what closes an address: spaces, quotes, and the punctuation of texts without spaces
_QUOTES = r"<>\"`\u00ab\u00bb\u2039\u203a\u201c\u201d"
_STOPS = r"\u3001-\u3011\uff01\uff09\uff0c\uff1a-\uff1f"
_REST = rf"[^\s\x00-\x20{_QUOTES}{_STOPS}]"
# a letter of a site; those of scripts without spaces stand next to an address that they are not of
_LETTER = rf"(?:[^\W{SINGLE}]|[{MARKS}{ACCENTS}-])"
_SITE = rf"(?:[{SINGLE}]++|{_LETTER}++)(?:\.{_LETTER}++)++"
_LINK: Final = regex(
    rf"(?:https?|(?<![a-z0-9])(?![a-z0-9]*https?:)[a-z][a-z0-9]{{1,31}}+)://{_REST}+"
    rf"|(?<![\w@#./{MARKS}{ACCENTS}-])www\.(?=\w){_REST}+"
    rf"|(?<![^\W{SINGLE}])(?<![@#./{MARKS}{ACCENTS}-])(?://)?+(?P<site>{_SITE})(?!@)",
    re.IGNORECASE,
)
_PATH: Final = regex(rf"(?:[:?#/]{_REST}*)?")
_DEEPER: Final = regex(rf"/{_REST}")
_MAY_LINK: Final = regex(r"://|\.(?=[^\W_])")
_TRAILING: Final = ".,;:!?'’*_~…"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_SCHEME: Final = regex(r"(?:([a-z][a-z0-9+.-]*+):)?+//", re.IGNORECASE)
_AUTHORITY_END: Final = regex(r"[/?#\\]")
_RUN: Final = regex(rf"[a-z0-9-]++|{_LETTER}++")
_IPV4: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_PATH_TOP: Final = regex(r"[a-z]{2,24}")
_LATIN_LETTER = "[a-z0-9\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f-]"
_LATIN: Final = regex(_LATIN_LETTER)
_GOES_ON: Final = regex(rf"{_LATIN_LETTER}*+(?:\.{_LATIN_LETTER}++)*+\.*")
#: The top-level domains that nobody can buy (RFC 2606, 6762, 7686, 9476; ICANN for `internal`).
_RESERVED: Final = frozenset(
    {"alt", "example", "internal", "invalid", "local", "localhost", "onion", "test"}
)
_LABEL: Final = regex(rf"(?:\w|[{MARKS}{ACCENTS}{EMOJI}{SINGLE}-])++")
_IPV6: Final = re.compile(r"\[(?=[^\]]*:)[0-9a-f:.]++\]")
_STOP: Final = regex(f"[{_STOPS}]")
# the full stops of ideographs, which stand for a dot between the parts of a site
_DOT: Final = regex("[\u3002\uff61](?=[A-Za-z0-9])")
#: What may follow a bare site.
_SITE_END: Final = regex(r"(?::(?:80|443)?)?/?")
#: What stands between addresses in a cell, and within some.
_BETWEEN: Final = regex(r"[,;|]")
_PORTS: Final = regex(r":(?:80|443)?$")
_PORT: Final = regex(r"(?::[0-9]{0,5}+)?+(?:[/?#\\]|$)")
_LAST_PORT: Final = 65535


# -------------------------------------------------------------------------------- reading of texts


def between(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return the pieces of a text around some spans, one more than there are."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return [text[start:stop] for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def link_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the addresses of a text stand, without the punctuation that follows them."""
    plain, places = _plain(text)
    if not _MAY_LINK.search(plain):
        return ()
    found: list[tuple[int, int]] = []
    at = 0
    while match := _LINK.search(plain, at):
        size = _size(match, plain)
        at = match.start() + size if size else match.end()
        if size:
            found.append((places[match.start()], places[at]))
    return tuple(found)


def links_in(text: str) -> frozenset[str]:
    """Return the addresses as written, without the punctuation that follows them."""
    return frozenset(text[start:stop] for start, stop in link_spans(text))


def link_count(text: str) -> int:
    """Count the addresses; one that is written twice counts twice."""
    return len(link_spans(text))


def ends_with_link(text: str) -> bool:
    """Return whether an address closes the text, with or without punctuation stuck to it."""
    found = link_spans(text)
    return bool(found) and not text[found[-1][1] :].strip().strip(_CLOSES)


_CLOSES: Final = _TRAILING + "".join(_PAIRS)


def _plain(text: str) -> tuple[str, "range | list[int]"]:
    """Return the text as it is seen, and where each of its characters, and its end, is written."""
    text = calm(text)
    shown = seen(text)
    if shown == text and is_normalized("NFKC", text) and not _DOT.search(text):
        return text, range(len(text) + 1)
    pieces = [_piece(letter) for letter in _DOT.sub(".", text)]
    places = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*places, len(text)]


@lru_cache(maxsize=4096)
def _piece(letter: str) -> str:
    return letter if _STOP.fullmatch(letter) else visible(letter)


def _size(match: re.Match[str], text: str) -> int:
    """Return how much of what may be an address is one; 0 for none."""
    site = match["site"]
    if site is None:
        return _trimmed(match[0][: _whole(match[0])])
    kept = _site(site, has_path=_DEEPER.match(text, match.end()) is not None)
    if kept < len(site):  # what follows may hold another
        return kept and match.start("site") - match.start() + kept
    path = _PATH.match(text, match.end())
    return _trimmed(match[0] + (path[0] if path else ""))


def _site(site: str, *, has_path: bool) -> int:
    """Return how much of words joined by dots is a site; 0 for none."""
    start = site.rindex(".") + 1
    top = site[start:].casefold()
    if _is_top(top) or (has_path and (_PATH_TOP.fullmatch(top) or _IPV4.fullmatch(site))):
        return len(site)
    run = _RUN.match(top)
    stuck = run is not None and run[0] in top_level_domains() and not _LATIN.match(top, run.end())
    return start + run.end() if run and stuck else _before_words(site)


def _before_words(site: str) -> int:
    """Return how much is a site of words that follow it without a space; 0 for none.

    Networks link `ours.fr` in `ours.fr.Les soldes`.
    """
    labels = site.split(".")
    for count in range(len(labels) - 1, 1, -1):
        if _is_top(labels[count - 1].casefold()):
            return len(".".join(labels[:count]))
    return 0


def is_sold(host: str) -> bool:
    """Return whether a site in its one form is within a top-level domain of the internet."""
    return "." in host and _is_top(host.rpartition(".")[2])


def _is_top(label: str) -> bool:
    """Return whether a label, in the letters of its script or in those of the wire, is a domain."""
    return normalize("NFC", _letters(label) or "") in top_level_domains()


def _whole(link: str) -> int:
    """Return how much of an address is left without what is stuck to its top-level domain."""
    start, stop = _authority(link)
    host = link[start:stop].casefold()
    if len(host) != stop - start or host.startswith("["):
        return len(link)
    kept = _unstuck(host)
    return len(link) if kept is None or kept == len(host) else start + kept


def _unstuck(host: str) -> int | None:
    """Return how much of a host ends in a top-level domain, all of it where none does.

    None where it may end there or go on: `ours.fr.evil.new` is within `ours.fr` only as long as
    nobody sells `new`, which a list of domains cannot know.
    """
    labels = host.rstrip(".").split(".")
    if _is_top(labels[-1]) or labels[-1] in _RESERVED:
        return len(host)
    ends = [*accumulate(len(label) + 1 for label in labels)]
    for label, end in reversed([*zip(labels, ends, strict=True)][1:]):
        run = _RUN.match(label)
        if run and run[0] in top_level_domains():
            stop = end - 1 - len(label) + run.end()
            return None if _GOES_ON.fullmatch(host, stop) else stop
    return len(host)


def _trimmed(link: str) -> int:
    """Return the length without final punctuation and brackets that were not opened inside."""
    extra = {close: link.count(close) - link.count(start) for close, start in _PAIRS.items()}
    scheme = _SCHEME.match(link)
    least = scheme.end() if scheme else 0
    end = len(link)
    while end > least and (link[end - 1] in _TRAILING or extra.get(link[end - 1], 0) > 0):
        end -= 1
        if link[end] in extra:
            extra[link[end]] -= 1
    return end if end > least else 0


def _authority(link: str) -> tuple[int, int]:
    """Return where the host of an address stands, without user and port."""
    scheme = _SCHEME.match(link)
    start = scheme.end() if scheme else 0
    found = _AUTHORITY_END.search(link, start)
    end = found.start() if found else len(link)
    start = max(start, link.rfind("@", start, end) + 1)
    stop = link.find("]", start, end) + 1 if link.startswith("[", start) else link.find(":", start)
    return start, stop if start < stop <= end else end


# ----------------------------------------------------------------------------------- normal forms


def address(given: str) -> str | None:
    """Return the one form of an address; None where its site cannot be read.

    `http` and what has no scheme become `https`; the site has its own form; user, usual port and a
    lone final slash go. Path, query and fragment stay.
    """
    shown = normalize("NFC", seen(calm(given))).strip()
    scheme = _SCHEME.match(shown)
    named = (scheme[1] or "").lower() if scheme else ""
    named = "https" if named in {"", "http"} else named
    host = host_of(shown)
    if host is None or not (scheme or "." in host) or _holds_another(shown):
        return None
    _, stop = _authority(shown)
    rest = shown[stop:]
    found = _AUTHORITY_END.search(rest)
    port, path = (rest[: found.start()], rest[found.start() :]) if found else (rest, "")
    path = path.replace("\\", "/")
    one = f"{named}://{host}{_PORTS.sub('', port)}{'' if path == '/' else path}"
    # odd letters may come to what is no address any more: `xn--` written so twice
    return one if host_of(one) else None


def _holds_another(link: str) -> bool:
    """Return whether what follows a separator within an address is an address itself."""
    return any(links_in(part) == {part} for part in _BETWEEN.split(link)[1:])


def site_of(given: str) -> str | None:
    """Return the one form of a site; None where it cannot be read, or a path or a port follows."""
    shown = seen(given).strip()
    rest = shown[_authority(shown)[1] :]
    return host_of(given) if _SITE_END.fullmatch(rest) else None


def host_of(link: str) -> str | None:
    """Return the one form of the site of an address; None where it cannot be read.

    Lower case, in the letters of its script, without user, port, `www.`, final dot or characters
    nobody sees. Letters are those of IDNA 2008, in which `straße.de` is not `strasse.de`.
    """
    shown = _DOT.sub(".", link).strip()
    start, stop = _authority(shown)
    several = any(map(str.isspace, shown)) or shown.startswith("://", stop)
    named = start and not _SCHEME.match(shown)  # a name before `@` makes no address of a word
    if several or named or not _has_port_or_none(shown[stop:]):
        return None
    host = _lower(shown[start:stop]).strip()
    if host.startswith("["):
        return host if _IPV6.fullmatch(host) else None
    kept = _unstuck(host)
    if kept is None:
        return None
    labels = [_letters(label) for label in host[:kept].rstrip(".").split(".")]
    if not all(label and _LABEL.fullmatch(label) for label in labels):
        return None
    is_www = labels[0] == "www" and len(labels) > 2  # noqa: PLR2004 - `www.fr` is a site
    return ".".join(str(label) for label in labels[is_www:])


def _has_port_or_none(rest: str) -> bool:
    """Return whether what follows a site begins with a port that there can be, or with none."""
    found = _PORT.match(rest)
    return found is not None and int(found[0].strip(":/?#\\") or 0) <= _LAST_PORT


def _lower(text: str) -> str:
    """Return the letters of a site in lower case, each by itself: a final sigma is a letter."""
    return normalize("NFKC", "".join(map(str.lower, visible(text))))


def _letters(label: str) -> str | None:
    """Return a part of a host in the letters of its script, None where it cannot be told."""
    if not label.startswith("xn--"):
        return label
    try:
        return _lower(label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return None
