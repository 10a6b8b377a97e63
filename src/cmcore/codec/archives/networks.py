"""Which archives are read: for each, its source, its files, and what it gives and does not give."""

import re
from collections.abc import Mapping
from typing import Final, Literal, cast

from cmcore.base.values import internal
from cmcore.codec.archives import bluesky, mastodon, meta, x
from cmcore.codec.archives.parts import Reads

#: Whether an archive gives something: always, never, or only at times.
Gives = Literal["yes", "no", "some"]
#: What may be asked of an archive, in English and in French.
ASKED: Final[Mapping[str, tuple[str, str]]] = {
    "kinds": ("kind of each act", "type de chaque acte"),
    "moments": ("moments", "moments"),
    "texts": ("texts", "textes"),
    "entities": (
        "links, hashtags and mentions of the network",
        "liens, hashtags et mentions du réseau",
    ),
    "media": ("media", "médias"),
    "described": ("whether media are described", "si les médias sont décrits"),
    "descriptions": (
        "what descriptions of media and previews of links say",
        "ce que disent les descriptions des médias et les aperçus des liens",
    ),
    "languages": ("languages", "langues"),
    "replies": ("replies", "réponses"),
    "shares": ("shares", "partages"),
    "edits": ("edits", "modifications"),
    "deletions": ("deletions", "suppressions"),
    "authors": ("who of the team wrote", "qui de l'équipe a écrit"),
}


@internal
class Archive:
    """A kind of archive: its name, where its format is described, and how it is read.

    `files` are the names of its files within an archive, of which `names` are those that networks
    use today; `lists` the keys that its lists stand
    under in them, and `shapes` the keys by which an item of a list without a key is known.
    """

    name: str
    source: str
    reads: Reads
    files: re.Pattern[str]
    names: tuple[str, ...]
    lists: frozenset[str]
    shapes: frozenset[str]
    gives: Mapping[str, Gives]


def _gives(words: str) -> Mapping[str, Gives]:
    """Return what an archive gives, one word for each of `ASKED`."""
    told = cast("list[Gives]", words.split())
    return dict(zip(ASKED, told, strict=True))


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:.*/)?{pattern}")


ARCHIVES: Final[Mapping[str, Archive]] = {
    "mastodon": Archive(
        "Mastodon",
        "https://github.com/mastodon/mastodon/blob/main/app/services/backup_service.rb",
        mastodon.acts,
        _named(r"outbox\.json"),
        ("outbox.json",),
        frozenset({"orderedItems"}),
        frozenset(),
        _gives("yes yes some yes yes yes no some yes yes some no no"),
    ),
    "x": Archive(
        "X",
        "https://developer.x.com/en/docs/x-api/v1/data-dictionary/object-model/tweet",
        x.acts,
        _named(r"data/(?:tweets?|community-tweet|deleted-tweets)(?:-part[0-9]+)?\.js"),
        (
            "data/tweets.js",
            "data/tweets-part1.js",
            "data/tweet.js",
            "data/community-tweet.js",
            "data/deleted-tweets.js",
        ),
        frozenset(),
        frozenset({"tweet", "full_text"}),
        _gives("some yes some some some no no some yes yes some some no"),
    ),
    "bluesky": Archive(
        "Bluesky",
        "https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/feed",
        bluesky.acts,
        _named(r"(?:author_?feed|feed|records)(?:-[0-9]+)?\.json"),
        ("feed.json", "records.json"),
        frozenset({"feed", "records"}),
        frozenset(),
        _gives("yes yes yes yes yes yes no some yes yes no no no"),
    ),
    "instagram": Archive(
        "Instagram",
        "https://github.com/NorseKode/Waultar-App/blob/main/documents/parser/content_examples.md",
        meta.on_instagram,
        _named(
            r"(?:(?:content|media)/(?:posts(?:_[0-9]+)?|reels|stories)"
            r"|comments/(?:post|reels)_comments(?:_[0-9]+)?)\.json"
        ),
        (
            "media/posts_1.json",
            "media/reels.json",
            "media/stories.json",
            "comments/post_comments_1.json",
            "comments/reels_comments.json",
        ),
        frozenset({"ig_reels_media", "ig_stories"}) | meta.COMMENTS_ON_INSTAGRAM,
        frozenset({"media", "creation_timestamp", meta.PARTS}),
        _gives("yes yes some no some no no no yes no no no no"),
    ),
    "threads": Archive(
        "Threads",
        "https://github.com/sonqh/threads-auto-post/blob/main"
        "/apps/backend/scripts/IMPORT_SCRIPT_DESIGN.md",
        meta.on_threads,
        _named(r"threads_and_replies(?:_[0-9]+)?\.json"),
        ("threads/threads_and_replies.json",),
        frozenset({"text_post_app_text_posts"}),
        frozenset({"media"}),
        _gives("no yes some no some no no no no no no no no"),
    ),
    "facebook": Archive(
        "Facebook",
        "https://github.com/NorseKode/Waultar-App/blob/main/documents/parser/content_examples.md",
        meta.on_facebook,
        _named(
            r"(?:posts/(?:profile_posts|your_posts[a-z_]*)|comments(?:_and_reactions)?/comments)"
            r"(?:_[0-9]+)?\.json"
        ),
        (
            "posts/profile_posts_1.json",
            "posts/your_posts__check_ins__photos_and_videos_1.json",
            "comments_and_reactions/comments.json",
        ),
        meta.COMMENTS_ON_FACEBOOK,
        frozenset({"timestamp"}),
        _gives("some yes some no yes no no no yes no some no no"),
    ),
}
#: The keys of all lists that are read.
LISTS: Final = frozenset(key for one in ARCHIVES.values() for key in one.lists)


def of_file(name: str) -> str | None:
    """Return which archive has a file of that name."""
    plain = name.replace("\\", "/")
    return next((key for key, one in ARCHIVES.items() if one.files.fullmatch(plain)), None)


def of_item(key: str, data: object) -> str | None:
    """Return of which archive an item is, by the key of its list or by its own keys."""
    if key:
        return next((name for name, one in ARCHIVES.items() if key in one.lists), None)
    if not isinstance(data, dict):
        return None
    return next((n for n, one in ARCHIVES.items() if not one.shapes.isdisjoint(data)), None)
