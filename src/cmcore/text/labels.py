"""What networks and languages are called: files have their codes."""

from typing import Final

from cmcore.text.languages import LANGUAGES

_NETWORKS: Final = (
    *("Bluesky", "Dailymotion", "Discord", "Facebook", "Flickr", "Instagram", "LinkedIn"),
    *("Mastodon", "Messenger", "Pinterest", "Quora", "Reddit", "Snapchat", "Telegram", "Threads"),
    *("TikTok", "Tumblr", "Twitch", "Twitter", "Viadeo", "Vimeo", "VK", "WeChat", "Weibo"),
    *("WhatsApp", "X", "Xing", "YouTube"),
)

#: Sort and id -> what it is called in English and in French.
LABELS: Final[dict[str, tuple[str, str]]] = {
    **{f"network {name.lower()}": (name, name) for name in _NETWORKS},
    **{f"language {code}": (names[0].capitalize(), names[1]) for code, names in LANGUAGES.items()},
}
