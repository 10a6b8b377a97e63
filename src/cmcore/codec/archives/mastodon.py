"""Mastodon: the outbox of an archive, as ActivityPub has it.

The archive is described by `app/services/backup_service.rb` of mastodon/mastodon, its posts by
`app/serializers/activitypub/note_serializer.rb` there, and both by the recommendation ActivityPub
(w3.org/TR/activitypub).
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from cmcore.base.errors import Problem
from cmcore.base.regex import regex
from cmcore.codec.archives.parts import Around, Facts, Part, edited, nothing_else, shown
from cmcore.codec.archives.seen import text_of_html

#: Whom a post is addressed to that everybody may read.
_PUBLIC: Final = frozenset({
    "https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public",
})  # fmt: skip
#: What Mastodon puts before a quote for programs that show none.
_POINTER: Final = regex(r"RE: (https?://\S+)(?:\n\n|\Z)")
_MEDIA: Final = frozenset({"image", "video", "audio"})


def acts(item: Part, key: str, _: Around) -> Iterator[Facts]:
    """Yield the act that an activity of the outbox is, or the two that an edited post is."""
    kind = item.text("type")
    if kind == "Announce":
        yield _shared(item)
    elif kind == "Create":
        yield from _created(item)
    else:
        item.wrong(Problem.of("item-not-known", kind=kind or key))


def _shared(item: Part) -> Facts:
    of = item.address("object")
    facts = _begun(item, item) | {"kind": "share", "target": _known_of(item, of)}
    return nothing_else(facts)


def _begun(item: Part, post: Part) -> Facts:
    return {
        "id": post.text("id"),
        "at": item.instant("published") or post.instant("published"),
        "network": "mastodon",
        "account": _account(item.address("actor")),
    }


def _account(actor: str | None) -> str | None:
    """Return the name of an account with its server, as people write it."""
    found = urlsplit(actor or "")
    name = found.path.rstrip("/").rpartition("/")[2].removeprefix("@")
    return f"{name}@{found.netloc}" if name and found.netloc else None


def _ours(item: Part, address: str | None) -> bool | None:
    """Return whether a post is of the account; on its own server, another address does not say."""
    actor = item.address("actor")
    if not actor or not address:
        return None
    if address.startswith(f"{actor}/"):
        return True
    return None if urlsplit(address).netloc == urlsplit(actor).netloc else False


def _known_of(item: Part, address: str | None) -> Facts:
    """Return what is known of a post by its address alone."""
    return {"id": address, "ours": _ours(item, address)}


def _created(item: Part) -> Iterator[Facts]:
    post = item.part("object")
    facts = _begun(item, post)
    answered = post.address("inReplyTo")
    quoted = post.address("quote")
    facts["kind"] = "message" if not _is_open(post) else "reply" if answered else "publish"
    if answered:
        facts["in_reply_to"] = _known_of(item, answered)
    elif facts["kind"] == "publish" and "quote" in post:
        facts |= {"kind": "quote", "target": _known_of(item, quoted)}
    facts["format"] = "poll" if post.text("type") == "Question" else "post"
    facts = nothing_else(facts)
    at = post.instant("updated")
    if at is None:
        yield facts | _content(post)
        return
    yield facts
    yield edited(_begun(item, post) | _content(post), at)


def _is_open(post: Part) -> bool:
    """Return whether others than the people named may read a post."""
    to = {*post.texts("to"), *post.texts("cc")}
    return not _PUBLIC.isdisjoint(to) or any(one.endswith("/followers") for one in to)


def _content(post: Part) -> Facts:
    """Return what a post says: its warning is read first, the options of its poll last."""
    text, links = text_of_html(post.text("content") or "")
    pointer = _POINTER.match(text) if "quote" in post else None
    if pointer:
        text, links = text[pointer.end() :], links - {pointer[1]}
    warning = post.text("summary")
    languages = post.part("contentMap").keys()
    tags = post.parts("tag")
    attached = post.parts("attachment")
    files = [one for one in attached if one.text("type") != "Link"]
    facts: Facts = {
        "text": "\n\n".join(filter(None, (warning, text, _options(post)))),
        "links": sorted(links | {href for one in attached if (href := one.text("href"))}),
        "hashtags": _named(tags, "Hashtag"),
        "mentions": _named(tags, "Mention"),
    }
    if len(languages) == 1:
        facts["language"] = languages[0]
    media = [(one.text("mediaType") or "").partition("/")[0] for one in files]
    shown(facts, [one if one in _MEDIA else None for one in media], [f.text("name") for f in files])
    return facts


def _options(post: Part) -> str:
    """Return what people may choose from in a poll, a line for each."""
    many = (*post.parts("oneOf"), *post.parts("anyOf"))
    return "\n".join(name for one in many if (name := one.text("name")))


def _named(tags: list[Part], kind: str) -> list[str]:
    names = (tag.text("name") for tag in tags if tag.text("type") == kind)
    return sorted({bare for name in names if name and (bare := name.lstrip("#@"))})
