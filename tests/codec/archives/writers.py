"""Writers of archives: made-up posts, written as each network writes those of its users."""

import csv
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.base.characters import is_placeholder

US: Final = "https://social.example/users/lanterne"
PUBLIC: Final = "https://www.w3.org/ns/activitystreams#Public"
#: When archives are packed: after whatever is in them.
PACKED: Final = datetime(2031, 1, 1, tzinfo=UTC)
OURS, THEIRS = "did:plc:ours", "did:plc:theirs"


@attrs.frozen
class Post:
    """What a team did, as much of it as any network tells."""

    number: int
    at: datetime
    kind: str = "publish"
    text: str = ""
    links: frozenset[str] = frozenset()
    hashtags: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    media: tuple[str, ...] = ()
    described: bool = True
    language: str = "en"
    edited: datetime | None = None


WORDS: Final = st.text("abcdefgh", min_size=2, max_size=8).filter(lambda w: not is_placeholder(w))
_LINE: Final = st.text("abc DEFé漢🔥&<>\"'!", min_size=1, max_size=20).filter(str.strip)
TEXTS: Final = (
    st.lists(_LINE.map(str.strip), min_size=1, max_size=4)
    .map("\n\n".join)
    .filter(lambda text: not is_placeholder(text) and not text.startswith("RT"))
)
MOMENTS: Final = st.integers(1_600_000_000, 1_800_000_000).map(
    lambda s: datetime.fromtimestamp(s, UTC)
)
KINDS: Final = ("publish", "reply", "share")


@st.composite
def posts(draw: st.DrawFn, *kinds: str) -> list[Post]:
    """Draw posts of some kinds, each at a moment of its own."""
    moments = draw(st.lists(MOMENTS, min_size=1, max_size=6, unique=True))
    found = []
    for number, at in enumerate(moments, 1):
        edited = draw(st.none() | st.just(at.replace(year=2030, day=1)))
        found.append(
            Post(
                number,
                at,
                draw(st.sampled_from(kinds or KINDS)),
                draw(TEXTS),
                draw(st.frozensets(WORDS.map(lambda w: f"https://{w}.example/p"), max_size=2)),
                draw(st.frozensets(WORDS, max_size=2)),
                draw(st.frozensets(WORDS, max_size=2)),
                tuple(draw(st.lists(st.sampled_from(["image", "video"]), max_size=2))),
                draw(st.booleans()),
                draw(st.sampled_from(["en", "fr"])),
                edited,
            )
        )
    return found


# ------------------------------------------------------------------------------------- networks


def mastodon(many: Sequence[Post]) -> str:
    items = [_activity(one) for one in many]
    return json.dumps({"@context": [], "type": "OrderedCollection", "orderedItems": items})


def _activity(post: Post) -> dict[str, Any]:
    id_, at = f"{US}/statuses/{post.number}", post.at.isoformat().replace("+00:00", "Z")
    head = {"id": f"{id_}/activity", "actor": US, "published": at, "to": [PUBLIC], "cc": []}
    if post.kind == "share":
        return {**head, "type": "Announce", "object": "https://other.example/users/ana/statuses/9"}
    links = "".join(f'<p><a href="{one}"><span class="invisible">https://</span>{one[8:]}</a></p>'
                    for one in sorted(post.links))  # fmt: skip
    text = escape(post.text).replace("\n\n", "</p><p>")
    note = {
        "id": id_,
        "type": "Note",
        "published": at,
        "to": [PUBLIC],
        "cc": [],
        "inReplyTo": f"{US}/statuses/1" if post.kind == "reply" else None,
        "content": f"<p>{text}</p>{links}",
        "contentMap": {post.language: ""},
        "attachment": [
            {"type": "Document", "mediaType": f"{one}/x", "name": "A" if post.described else None}
            for one in post.media
        ],
        "tag": [
            *({"type": "Hashtag", "name": f"#{one}"} for one in post.hashtags),
            *({"type": "Mention", "name": f"@{one}@other.example"} for one in post.mentions),
        ],
    }  # fmt: skip
    if post.edited:
        note["updated"] = post.edited.isoformat()
    return {**head, "type": "Create", "object": note}


def x(many: Sequence[Post]) -> str:
    return f"window.YTD.tweets.part0 = {json.dumps([{'tweet': _tweet(one)} for one in many])}"


def _tweet(post: Post) -> dict[str, Any]:
    links = [{"url": f"https://t.co/{post.number}l{n}", "expanded_url": one}
             for n, one in enumerate(sorted(post.links))]  # fmt: skip
    media = [{"url": f"https://t.co/{post.number}m", "type": "photo" if one == "image" else one}
             for one in post.media]  # fmt: skip
    shorts = [one["url"] for one in (*links, *media[:1])]
    text = " ".join([post.text.replace("&", "&amp;").replace("<", "&lt;"), *shorts])
    told: dict[str, Any] = {
        "id_str": str(post.number),
        "created_at": post.at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "full_text": "RT @ana: look" if post.kind == "share" else text,
        "lang": post.language,
        "entities": {
            "urls": links,
            "hashtags": [{"text": one} for one in post.hashtags],
            "user_mentions": [{"screen_name": one} for one in post.mentions],
        },
        "extended_entities": {"media": media},
    }
    return told | ({"in_reply_to_screen_name": "ana"} if post.kind == "reply" else {})


def bluesky(many: Sequence[Post]) -> str:
    return json.dumps({"feed": [_feed(one) for one in many]})


def _feed(post: Post) -> dict[str, Any]:
    at = post.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    we = {"did": OURS, "handle": "lanterne.example"}
    they = {"did": THEIRS, "handle": "ana.example"}
    head = {"uri": f"at://{OURS}/app.bsky.feed.post/{post.number}", "author": we}
    theirs = {"uri": f"at://{THEIRS}/app.bsky.feed.post/9"}
    if post.kind == "share":
        reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": we, "indexedAt": at,
                  "uri": f"at://{OURS}/app.bsky.feed.repost/{post.number}"}  # fmt: skip
        said = {**theirs, "author": they, "record": {"text": "Look", "createdAt": at}}
        return {"post": said, "reason": reason}
    text, facets = post.text, []
    for kind, key, many in (
        ("link", "uri", post.links),
        ("tag", "tag", post.hashtags),
        ("mention", "did", post.mentions),
    ):
        for one in sorted(many):
            start = len(text.encode()) + 1
            text = f"{text} {'@' * (kind == 'mention')}{one}"
            index = {"byteStart": start, "byteEnd": len(text.encode())}
            facets.append({"index": index, "features": [{"$type": f"#{kind}", key: one}]})
    record: dict[str, Any] = {
        "text": text, "createdAt": at, "langs": [post.language], "facets": facets,
    }  # fmt: skip
    if post.kind == "reply":
        record["reply"] = {"parent": theirs, "root": theirs}
    if post.media:
        images = [{"alt": "A lamp" if post.described else ""} for _ in post.media]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    item: dict[str, Any] = {"post": {**head, "record": record}}
    return item | ({"reply": {"parent": {"author": they}}} if post.kind == "reply" else {})


def _broken(text: str) -> str:
    """Write a text as Meta does: its bytes as if each were a character."""
    return text.encode().decode("latin-1")


_ENDINGS: Final = {"image": "jpg", "video": "mp4"}


def _file(medium: str, post: Post) -> dict[str, Any]:
    ending = _ENDINGS[medium]
    return {"uri": f"media/{post.number}.{ending}", "creation_timestamp": int(post.at.timestamp())}


def instagram(many: Sequence[Post]) -> str:
    items = []
    for post in many:
        files = [_file(one, post) for one in post.media or ("image",)]
        told: dict[str, Any] = {"media": files}
        if len(files) == 1:
            files[0]["title"] = _broken(post.text)
        else:
            told |= {"title": _broken(post.text), "creation_timestamp": int(post.at.timestamp())}
        items.append(told)
    return json.dumps(items)


def facebook(many: Sequence[Post]) -> str:
    items = []
    for post in many:
        data: list[dict[str, Any]] = [{"post": _broken(post.text)}]
        if post.edited:
            data.append({"update_timestamp": int(post.edited.timestamp())})
        files = [{"data": [{"media": _file(one, post)}]} for one in post.media]
        items.append({"timestamp": int(post.at.timestamp()), "data": data, "attachments": files})
    return json.dumps(items)


def linkedin(many: Sequence[Post]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"])
    for post in many:
        day = post.at.strftime("%Y-%m-%d %H:%M:%S")
        link = f"https://www.linkedin.com/feed/update/urn:li:share:{post.number}"
        said = post.text.replace("\n", '"\n"')  # each line in quotes of its own, as LinkedIn does
        writer.writerow([day, link, said, next(iter(sorted(post.links)), ""), "", "PUBLIC"])
    return out.getvalue()


# ----------------------------------------------------------------------------------------- files


def alone(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def zipped(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    file = folder / "archive.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, PACKED.timetuple()[:6])
            archive.writestr(info, text, zipfile.ZIP_DEFLATED)
    return file


def tarred(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    file = folder / "archive.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name, text in files.items():
            raw = text if isinstance(text, bytes) else text.encode()
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(raw), int(PACKED.timestamp())
            archive.addfile(info, io.BytesIO(raw))
    return file


Write = Callable[[Sequence[Post]], str]
#: Network -> how its archive is written, the name of its file alone, and within the archive.
WRITERS: Final[dict[str, tuple[Write, str, str]]] = {
    "mastodon": (mastodon, "outbox.json", "outbox.json"),
    "x": (x, "tweets.js", "data/tweets.js"),
    "bluesky": (bluesky, "saved.json", "author_feed.json"),
    "instagram": (instagram, "posts_1.json", "your_instagram_activity/media/posts_1.json"),
    "facebook": (facebook, "profile_posts_1.json", "this_profile/posts/profile_posts_1.json"),
}
