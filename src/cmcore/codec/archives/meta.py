"""Facebook, Instagram and Threads: posts and comments of *Download your information*, as JSON.

No description of these files is published; what is read here is what they are seen to hold, as
written down in `documents/parser/content_examples.md` of NorseKode/Waultar-App. Their texts are in
UTF-8 that was written as if it were Latin-1 (stackoverflow.com/questions/50008296), and are put
right. What Instagram calls the parts of a comment depends on the language of the account.
"""

from collections.abc import Iterator
from typing import Final

from cmcore.base.errors import Problem
from cmcore.base.regex import regex
from cmcore.codec.archives.parts import (
    Around,
    Facts,
    Part,
    edited,
    from_epoch,
    medium_of,
    nothing_else,
    shown,
)
from cmcore.codec.archives.seen import mended

#: The formats of what stands under a key, in exports of Instagram.
_FORMATS: Final = {"ig_reels_media": "reel", "ig_stories": "story"}
#: The keys of lists of comments.
COMMENTS_ON_INSTAGRAM: Final[frozenset[str]] = frozenset(
    {"comments_media_comments", "comments_reels_comments"}
)
COMMENTS_ON_FACEBOOK: Final[frozenset[str]] = frozenset({"comments_v2", "comments"})
#: What Facebook writes above posts of one's own, in English and in French; it writes other lines
#: above what is passed on, and all of them in the language of the account.
_OWN: Final = regex(
    r"[^\n]{1,200} (?:updated (?:his|her|their|its) status"
    r"|(?:added|posted) (?:a|[0-9]+) (?:new )?(?:photo|video)s?"
    r"|a mis à jour son statut"
    r"|a (?:ajouté|publié) (?:une|[0-9]+) (?:nouvelles? )?(?:photo|vidéo)s?)\.?"
)
#: What the parts of a comment stand under on Instagram.
PARTS: Final[str] = "string_map_data"
#: What a post of Instagram is known to have beside its caption; anything else may hold one.
_BESIDE: Final = frozenset({
    "media", "uri", "title", "creation_timestamp", "timestamp", "fbid", "media_metadata",
    "source_app", "cross_post_source", "dubbing_info", "media_variants", "backup_uri",
})  # fmt: skip


def on_instagram(item: Part, key: str, around: Around) -> Iterator[Facts]:
    """Yield the act that a post, a short video, a story or a comment is."""
    if PARTS in item:
        yield from _commented_on_instagram(item, key, around)
        return
    found = _posted(item, key)
    if found:
        files = _files(item)
        format_ = _FORMATS.get(key) or ("carousel" if len(files) > 1 else "post")
        facts: Facts = {
            **found,
            "network": "instagram",
            "account": around.account,
            "kind": "publish",
            "format": format_,
        }
        shown(facts, [medium_of(one.text("uri") or "") for one in files], None)
        yield nothing_else(facts)


def on_threads(item: Part, key: str, _: Around) -> Iterator[Facts]:
    """Yield the act that a post or a reply on Threads is: nothing says which of the two."""
    found = _posted(item, key)
    if found:
        facts: Facts = {**found, "network": "threads", "format": "post"}
        names = [name for one in _files(item) if (name := one.text("uri"))]
        shown(facts, [medium_of(name) for name in names], None)
        yield facts


def _files(item: Part) -> list[Part]:
    return item.parts("media") if "media" in item else [item]


def _posted(item: Part, key: str) -> Facts:
    """Return the moment and the text of a post; nothing where its moment is not told."""
    files = _files(item)
    first = files[0] if files else item
    moments = [one.instant("creation_timestamp", from_epoch) for one in (item, first)]
    at = next(filter(None, moments), None)
    if at is None:
        if not any("creation_timestamp" in one for one in (item, first)):
            item.wrong(Problem.of("item-not-known", kind=key or "posts"))
        return {}
    captions = item.text("title") or (first.text("title") if len(files) == 1 else None)
    is_told = bool(captions) or _BESIDE.issuperset(
        name
        for one in (item, *files)
        for name in one.keys()  # noqa: SIM118 - no mapping
    )
    return {"at": at, "text": mended(captions or "") if is_told else None}


def _commented_on_instagram(item: Part, key: str, around: Around) -> Iterator[Facts]:
    """Yield the reply that a comment is; its text is unknown where its name is not English."""
    told = item.part(PARTS)
    names = told.keys()
    moments = [told.part(name).instant("timestamp", from_epoch) for name in names]
    at = next(filter(None, moments), None)
    if at is None:
        item.wrong(Problem.of("item-not-known", kind=key or PARTS))
        return
    owner = told.part("Media Owner").text("value")
    facts: Facts = {
        "at": at,
        "network": "instagram",
        "account": around.account,
        "kind": "reply",
        "format": "comment",
        "in_reply_to": {"author": owner and mended(owner)},
    }
    if "Comment" in told:
        facts["text"] = mended(told.part("Comment").text("value") or "")
    yield nothing_else(facts)


def on_facebook(item: Part, key: str, around: Around) -> Iterator[Facts]:
    """Yield the act that a post or a comment is, or the two that a changed post is."""
    at = item.instant("timestamp", from_epoch)
    if at is None:
        item.wrong(Problem.of("item-not-known", kind=key or "posts"))
        return
    comment = next((one.part("comment") for one in item.parts("data") if "comment" in one), None)
    if comment or key in COMMENTS_ON_FACEBOOK:
        yield _commented_on_facebook(item, comment, at)
        return
    yield from _posted_on_facebook(item, at, around)


def _commented_on_facebook(item: Part, comment: Part | None, at: str) -> Facts:
    """Return the reply that a comment is; one without words of its own is of files alone."""
    text, author = (comment.text(key) if comment else None for key in ("comment", "author"))
    facts: Facts = {
        "at": at,
        "network": "facebook",
        "account": author and mended(author),
        "kind": "reply",
        "format": "comment",
        "in_reply_to": {},
        "text": mended(text or ""),
    }
    attached = [one for group in item.parts("attachments") for one in group.parts("data")]
    shown(facts, [medium_of(one.part("media").text("uri") or "") for one in attached], None)
    return nothing_else(facts)


def _is_own(title: str | None) -> bool:
    """Return whether the line above a post is none, or one of those above posts of one's own."""
    return title is None or _OWN.fullmatch(mended(title) or "") is not None


def _posted_on_facebook(item: Part, at: str, around: Around) -> Iterator[Facts]:
    data = item.parts("data")
    attached = [one for group in item.parts("attachments") for one in group.parts("data")]
    files = [one.part("media") for one in attached if "media" in one]
    text = next((found for one in data if (found := one.text("post"))), "")
    facts: Facts = {"at": at, "network": "facebook", "account": around.account}
    # polls, places and the like say something that is not read
    is_whole = len(files) == len(attached) and bool(text or files)
    content: Facts = {"text": mended(text)} if text or is_whole else {}
    shown(content, [medium_of(one.text("uri") or "") for one in files], None)
    is_own = is_whole and _is_own(item.text("title"))
    first = nothing_else({**facts, "kind": "publish"}) if is_own else facts
    edits = [one.instant("update_timestamp", from_epoch) for one in data]
    last = max(filter(None, edits), default=at)
    if last <= at:
        yield first | content
        return
    yield first
    yield edited(facts | content, last)
