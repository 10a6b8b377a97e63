"""Bluesky: the feed of an author, or the records of a repository, as JSON.

Both are described by the lexicons of bluesky-social/atproto: `app.bsky.feed.getAuthorFeed`,
`com.atproto.repo.listRecords`, `app.bsky.feed.post`, `app.bsky.feed.repost` and
`app.bsky.richtext.facet`.
"""

from collections.abc import Iterator
from typing import Final

from cmcore.base.errors import Problem
from cmcore.codec.archives.parts import Around, Facts, Part, nothing_else, shown

_POST: Final = "app.bsky.feed.post"
_REPOST: Final = "app.bsky.feed.defs#reasonRepost"
#: What stands first once more, beside its own place.
_PIN: Final = "app.bsky.feed.defs#reasonPin"
_EMBEDS: Final = "app.bsky.embed."
#: What stands between a post and who reposted it, where the repost has no address.
_REPOSTED: Final = "#repost-by-"


def acts(item: Part, key: str, _: Around) -> Iterator[Facts]:
    """Yield the act that an entry of a feed, or a record of a repository, is."""
    if key == "records":
        yield from _of_record(item)
        return
    post, reason = item.part("post"), item.part("reason")
    why = reason.text("$type")
    if why == _PIN:
        return
    if why == _REPOST:
        yield _shared(post, reason)
    elif "record" in post:
        author = post.part("author")
        account = author.text("handle") or author.text("did")
        facts = _posted(post.part("record"), author.text("did"), item.part("reply"))
        yield {"id": post.text("uri"), "account": account, **facts}
    else:
        item.wrong(Problem.of("item-not-known", kind=key))


def _of_record(item: Part) -> Iterator[Facts]:
    uri, record = item.text("uri") or "", item.part("value")
    did = _repository(uri)
    kind = record.text("$type")
    if kind == _POST:
        yield {"id": uri or None, "account": did, **_posted(record, did, None)}
    elif kind == "app.bsky.feed.repost":
        of = record.part("subject").text("uri")
        facts: Facts = {
            "id": uri or None,
            "at": record.instant("createdAt"),
            "network": "bluesky",
            "account": did,
            "kind": "share",
            "target": _of(of, did),
        }
        yield nothing_else(facts)
    else:
        item.wrong(Problem.of("item-not-known", kind=kind or "records"))


def _repository(uri: str | None) -> str | None:
    """Return in whose repository a record is: `at://did:plc:…/app.bsky.feed.post/…`."""
    return (uri or "").removeprefix("at://").partition("/")[0] or None


def whose(facts: Facts) -> str | None:
    """Return in whose repository an act is, where that is told; of a repost, who made it."""
    message, _, by = (facts.get("id") or "").partition(_REPOSTED)
    did = by or _repository(message)
    return did if did and did.startswith("did:") else None


def _of(uri: str | None, did: str | None) -> Facts:
    """Return what is known of a message by its address alone."""
    whose = _repository(uri)
    return {"id": uri, "ours": whose == did} if whose and did else {"id": uri}


def _shared(post: Part, reason: Part) -> Facts:
    by, author = reason.part("by"), post.part("author")
    record = post.part("record")
    target = {
        **_of(post.text("uri"), by.text("did")),
        "author": author.text("handle"),
        "text": record.text("text"),
        "at": record.instant("createdAt"),
    }
    return nothing_else({
        "id": reason.text("uri") or f"{post.text('uri')}{_REPOSTED}{by.text('did')}",
        "at": reason.instant("indexedAt"),
        "network": "bluesky",
        "account": by.text("handle") or by.text("did"),
        "kind": "share",
        "target": target,
    })  # fmt: skip


def _posted(record: Part, did: str | None, thread: Part | None) -> Facts:
    facts: Facts = {"at": record.instant("createdAt"), "network": "bluesky", "format": "post"}
    embed = record.part("embed")
    media = embed.part("media") if "media" in embed else embed
    if "reply" in record:
        parent = record.part("reply").part("parent")
        told = _parent(thread) if thread else {}
        facts |= {"kind": "reply", "in_reply_to": {**told, **_of(parent.text("uri"), did)}}
    elif "record" in embed and _is_of_post(quoted := _quoted(embed)):
        facts |= {"kind": "quote", "target": _of(quoted, did)}
    else:
        facts["kind"] = "publish"
    languages = record.texts("langs")
    if len(languages) == 1:
        facts["language"] = languages[0]
    return nothing_else(facts) | _content(record, media)


def _quoted(embed: Part) -> str | None:
    """Return the address of the record that a post shows."""
    quoted = embed.part("record")
    return (quoted.part("record") if "record" in quoted else quoted).text("uri")


def _is_of_post(address: str | None) -> bool:
    """Return whether an address is that of a post, and of no list or feed, as far as is known."""
    return not address or f"/{_POST}/" in address


def _parent(thread: Part) -> Facts:
    """Return what a feed says of the message that a post answers."""
    parent = thread.part("parent")
    record = parent.part("record")
    told = {
        "author": parent.part("author").text("handle"),
        "text": record.text("text"),
        "at": record.instant("createdAt"),
    }
    return {name: one for name, one in told.items() if one is not None}


def _content(record: Part, media: Part) -> Facts:
    text = record.text("text") or ""
    raw = text.encode("utf-8", "surrogatepass")
    features = [
        (feature, facet.part("index"))
        for facet in record.parts("facets")
        for feature in facet.parts("features")
    ]
    links = {link for feature, _ in features if (link := feature.text("uri"))}
    card = media.part("external").text("uri")
    tags = {tag for feature, _ in features if (tag := feature.text("tag"))}
    named = {_slice(raw, index).lstrip("@") for feature, index in features if "did" in feature}
    facts: Facts = {
        "text": text,
        "links": sorted(links | ({card} if card else set())),
        "hashtags": sorted(tags | {*record.texts("tags")}),
        "mentions": sorted(named - {""}),
    }
    images = media.parts("images")
    kind = (media.text("$type") or "").removeprefix(_EMBEDS)
    seen: list[str | None] = ["video"] if kind == "video" else ["image" for _ in images]
    described = [media.text("alt")] if kind == "video" else [one.text("alt") for one in images]
    shown(facts, seen, described)
    return facts


def _slice(raw: bytes, index: Part) -> str:
    """Return the part of a text that a facet is about, of which the bytes are counted."""
    start, stop = index.whole("byteStart"), index.whole("byteEnd")
    if start is None or stop is None or not 0 <= start < stop <= len(raw):
        return ""
    return raw[start:stop].decode("utf-8", "replace")
