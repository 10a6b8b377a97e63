"""X: the posts of an archive, in scripts that are read and never run.

The archive is described by its own `data/README.txt`, its posts by the Tweet object of the API of
X, version 1.1 (developer.x.com, *Tweet object* and *Entities object*).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Final

from cmcore.base.errors import Problem
from cmcore.codec.archives.parts import Around, Facts, Part, nothing_else, shown
from cmcore.codec.plain import as_text, wrong
from cmcore.text.languages import as_language

_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_DAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
#: `Wed Oct 10 20:19:24 +0000 2018`.
_MOMENT: Final = re.compile(
    rf"({'|'.join(_DAYS)}) ({'|'.join(_MONTHS)}) ([0-9]{{2}}) "
    r"([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{2})([0-9]{2}) ([0-9]{4})"
)
_SHARED: Final = re.compile(r"RT @([A-Za-z0-9_]{1,20}):")
#: The address of a post, which is shown as the post itself; it need not say whose it is.
_POST: Final = re.compile(
    r"https?://(?:mobile\.|www\.)?(?:twitter|x)\.com/"
    r"(?:i(?:/web)?|([A-Za-z0-9_]{1,20}))/status/([0-9]+)(?:[/?#].*)?"
)
#: What follows the words of a post, and what they end with where X cut them.
_SHORT: Final = re.compile(r"https?://t\.co/[A-Za-z0-9]*")
_CUT: Final = "…"
#: No cut text is shorter: X counts 280, two at most for a character and 23 for an address.
_SHORTEST_CUT: Final = 100
#: What is known of a post by its whole text alone.
_IN_TEXT: Final = ("text", "links", "hashtags", "mentions")
#: The cards that show what a post links to; others, as polls, say what is not read.
_PREVIEWS: Final = frozenset({"summary", "summary_large_image", "player"})
_MEDIA: Final = {"photo": "image", "video": "video", "animated_gif": "video"}
#: What X calls the list of posts that were taken back.
DELETED: Final = "deleted_tweets"
#: What X writes where nobody can tell the language.
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "art", "qam", "qct", "qht", "qme", "qst"})


def acts(item: Part, key: str, around: Around) -> Iterator[Facts]:
    """Yield the act that a post of the archive is, or the two that a deleted one is."""
    post = item.part("tweet") if "tweet" in item else item
    whole = post.text("full_text") or post.text("text") or ""
    if "created_at" not in post or not ("full_text" in post or "text" in post):
        item.wrong(Problem.of("item-not-known", kind=key or "tweet"))
        return
    facts: Facts = {
        "id": _id(post),
        "at": post.instant("created_at", _moment),
        "network": "x",
        "account": around.account,
        **_kind(post, whole, around),
    }
    language = post.text("lang")
    if language and language not in _NO_LANGUAGE:
        facts["language"] = as_language(language)
    if facts["kind"] != "share":
        facts |= _content(post, whole) | {"format": "post"}
        if _is_cut(post, whole):
            facts |= dict.fromkeys(_IN_TEXT)
        if "card" in post and post.part("card").text("name") not in _PREVIEWS:
            facts |= {"format": None, "text": None}
    yield nothing_else(facts)
    if "deleted_at" in post or key == DELETED:
        yield _deleted(post, facts)


def _deleted(post: Part, facts: Facts) -> Facts:
    """Return the act by which a post was taken back, at a moment that may not be told."""
    own = {name: facts.get(name) for name in ("id", "at", "text")}
    return nothing_else({
        "id": f"{own['id']}#delete" if own["id"] else None,
        "at": post.instant("deleted_at"),
        "network": "x",
        "account": facts["account"],
        "kind": "delete",
        "target": {**own, "author": facts["account"], "ours": True},
    })  # fmt: skip


def _moment(data: object) -> datetime:
    found = _MOMENT.fullmatch(as_text(data))
    if not found:
        raise wrong(data, "instant")
    weekday, month, day, time, hours, minutes, year = found.groups()
    text = f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{time}{hours}:{minutes}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise wrong(data, "instant") from None
    if _DAYS[at.weekday()] != weekday:
        raise wrong(data, "instant")
    return at


def _kind(post: Part, whole: str, around: Around) -> Facts:
    """Return what an act is, and what it answers or passes on."""
    if passed := _SHARED.match(whole):
        return {"kind": "share", "target": _of(passed[1], around)}
    message = post.text("in_reply_to_status_id_str")
    if answered := post.text("in_reply_to_screen_name"):
        return {"kind": "reply", "in_reply_to": {**_of(answered, around), "id": message}}
    if message or "in_reply_to_user_id_str" in post:
        return {"kind": "reply", "in_reply_to": {"id": message}}
    history = post.part("edit_info").part("edit")
    if first := history.text("initialTweetId"):
        return {"kind": "edit", "target": {"id": first, "ours": True}}
    if quoted := _quoted(post, around):
        return {"kind": "quote", "target": quoted}
    # what it quotes may stand where it was cut
    return {"kind": None if _is_cut(post, whole) else "publish"}


def _quoted(post: Part, around: Around) -> Facts | None:
    """Return what is known of the post that a post quotes, by its link or by what X says of it."""
    own = _id(post)
    linked = [found for found in _posts(post) if found[2] != own]
    if linked:
        name, message = linked[-1].groups()
        return {**_of(name, around), "id": message}
    told = post.text("quoted_status_id_str")
    return {"id": told} if told or post.flag("is_quote_status") else None


def _id(post: Part) -> str | None:
    return post.text("id_str") or post.text("id")


def _posts(post: Part) -> list[re.Match[str]]:
    """Return the addresses of posts that a post links to."""
    return [found for link in _links(post) if (found := _POST.fullmatch(link))]


def _is_cut(post: Part, whole: str) -> bool:
    """Return whether a text may be the beginning of a longer one.

    X links a post to itself to show the rest; its archives have that in a file of notes, where
    nothing says of which post a note is.
    """
    own = _id(post)
    if own and any(found[2] == own for found in _posts(post)):
        return True
    return len(whole) >= _SHORTEST_CUT and _SHORT.sub("", whole).rstrip().endswith(_CUT)


def _of(name: str | None, around: Around) -> Facts:
    """Return what is known of a message of an account."""
    if name is None or around.account is None:
        return {"author": name, "ours": None}
    return {"author": name, "ours": name.lower() == around.account.lower()}


def _links(post: Part) -> list[str]:
    urls = post.part("entities").parts("urls")
    return [link for one in urls if (link := one.text("expanded_url") or one.text("url"))]


def _content(post: Part, whole: str) -> Facts:
    entities = post.part("entities")
    media = post.part("extended_entities").parts("media") or entities.parts("media")
    facts: Facts = {
        "text": _seen(whole, entities, media),
        "links": sorted(set(_links(post))),
        "hashtags": _all(entities.parts("hashtags"), "text"),
        "mentions": _all(entities.parts("user_mentions"), "screen_name"),
    }
    shown(facts, [_MEDIA.get(one.text("type") or "") for one in media], None)
    return facts


def _all(many: list[Part], key: str) -> list[str]:
    return sorted({word for one in many if (word := one.text(key))})


def _seen(whole: str, entities: Part, media: list[Part]) -> str:
    """Return the text with the addresses that its short ones stand for, and without its media's."""
    text = whole
    for one in entities.parts("urls"):
        short, full = one.text("url"), one.text("expanded_url")
        text = text.replace(short, full) if short and full else text
    for one in media:
        short = one.text("url")
        text = text.replace(short, "") if short else text
    return unescape(text).strip()
