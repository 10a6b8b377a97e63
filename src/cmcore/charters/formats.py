"""Formats: the form in which something goes out, one word for each whatever people call it."""

from collections.abc import Mapping
from typing import Final

#: Format -> its label in English and in French, and the other words people write for it.
FORMATS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "post": ("post", "publication", ("posts", "status", "tweet", "toot", "skeet", "publications")),
    "story": ("story", "story", ("stories", "storys")),
    "reel": (
        "short video",
        "vidéo courte",
        ("reels", "short", "shorts", "short video", "short-video", "réel", "vidéo courte"),
    ),
    "video": ("video", "vidéo", ("videos", "vidéo", "vidéos")),
    "live": (
        "live broadcast",
        "direct",
        ("lives", "livestream", "live stream", "live-stream", "direct", "en direct", "broadcast"),
    ),
    "thread": ("thread", "fil", ("fil", "fils", "thread of posts")),
    "carousel": ("carousel", "carrousel", ("carousels", "carrousel", "carrousels", "album")),
    "article": ("article", "article", ("articles", "blog post", "billet", "newsletter")),
    "poll": ("poll", "sondage", ("polls", "sondage", "sondages", "survey")),
    "event": ("event page", "événement", ("events", "event page", "événement", "événements")),
    "comment": ("comment", "commentaire", ("comments", "commentaire", "commentaires")),
    "message": (
        "private message",
        "message privé",
        ("messages", "dm", "mp", "direct message", "private message", "message privé"),
    ),
}
_MEANT: Final = {word: name for name, (_, _, words) in FORMATS.items() for word in (name, *words)}


def format_of(given: str | None) -> str | None:
    """Return the format that a word stands for; a word that stands for none stays as it is."""
    return None if given is None else _MEANT.get(given.casefold(), given)
