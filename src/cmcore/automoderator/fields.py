"""What rules of AutoModerator may ask and do: its documentation, as tables."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

#: Types of posts, as rules name them, and whether each is a comment, a submission, or both.
TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "any": ("comment", "submission"),
        "comment": ("comment",),
        **dict.fromkeys(
            (
                *("submission", "text submission", "link submission", "crosspost submission"),
                *("poll submission", "gallery submission"),
            ),
            ("submission",),
        ),
    }
)
ACTIONS: Final = ("approve", "remove", "spam", "filter", "report")
REMOVALS: Final = ("remove", "spam", "filter")

#: Thing -> the texts in which a rule may search. Groups but `parent_submission` are things too.
SEARCHED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "submission": frozenset(
            {
                *("id", "title", "domain", "url", "body", "poll_option_text", "poll_option_count"),
                *("flair_text", "flair_css_class", "flair_template_id"),
                *("crosspost_id", "crosspost_title"),
                *("media_author", "media_author_url", "media_title", "media_description"),
            }
        ),
        "comment": frozenset({"id", "body"}),
        "author": frozenset({"id", "name", "flair_text", "flair_css_class", "flair_template_id"}),
        "subreddit": frozenset({"name", "event_label"}),
    }
)
ALL_SEARCHED: Final = frozenset().union(*SEARCHED.values())
_SHARED: Final = {"reports", "body_longer_than", "body_shorter_than", "is_edited"}
#: Thing -> its other checks, by the values that they take.
FLAGS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "submission": frozenset(
            {
                *("is_edited", "is_original_content", "is_poll", "is_gallery"),
                *("is_meta_discussion", "past_archive_date"),
            }
        ),
        "comment": frozenset({"is_edited", "is_top_level"}),
        "author": frozenset(
            {
                *("has_verified_email", "is_gold", "is_submitter", "is_contributor"),
                "is_moderator",
            }
        ),
        "subreddit": frozenset({"is_nsfw"}),
    }
)
NUMBERS: Final = frozenset({"reports", "body_longer_than", "body_shorter_than"})
THRESHOLDS: Final = frozenset(
    {
        *("comment_karma", "post_karma", "combined_karma", "comment_subreddit_karma"),
        *("post_subreddit_karma", "combined_subreddit_karma", "account_age"),
    }
)
#: The karma below which nobody is.
LEAST: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(THRESHOLDS - {"account_age"}, -100),
        **dict.fromkeys(("post_karma", "post_subreddit_karma"), 0),
    }
)
#: The scores of contributors, from the lowest.
QUALITY: Final = ("lowest", "low", "moderate", "high", "highest")
UNITS: Final[Mapping[str, timedelta]] = MappingProxyType(
    {
        "minute": timedelta(minutes=1),
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
        "week": timedelta(days=7),
        "month": timedelta(days=30),
        "year": timedelta(days=365),
    }
)
#: What a rule does besides its action, to whatever it is about.
ASIDE: Final = frozenset(
    {
        *("comment", "comment_locked", "comment_stickied", "modmail", "modmail_subject"),
        *("message", "message_subject", "set_flair", "overwrite_flair", "set_sticky"),
        *("set_nsfw", "set_spoiler", "set_contest_mode", "set_original_content"),
        *("set_suggested_sort", "set_locked", "set_post_crowd_control_level"),
    }
)
#: Of those, what only goes with another.
MANNERS: Final = frozenset(
    {"comment_locked", "comment_stickied", "modmail_subject", "message_subject", "overwrite_flair"}
)
REASONS: Final = ("action_reason", "report_reason")
GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "author",
        "parent_submission": "submission",
        "crosspost_author": "author",
        "crosspost_subreddit": "subreddit",
        "subreddit": "subreddit",
    }
)
#: How a field is searched where a rule does not say so, alone; with others it is by words.
USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "domain": "subdomain",
        "url": "includes",
        "media_author_url": "includes",
        **dict.fromkeys(
            (
                *("id", "crosspost_id", "flair_text", "flair_css_class", "flair_template_id"),
                *("media_author", "event_label"),
            ),
            "full-exact",
        ),
    }
)
BY_WORDS: Final = "includes-word"
SEARCHES: Final = (
    *("includes-word", "includes", "starts-with", "ends-with", "full-exact", "full-text"),
)
MODIFIERS: Final = (*SEARCHES, "regex", "case-sensitive")
