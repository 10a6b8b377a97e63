"""What is wrong with what is typed in a terminal, or said of files there."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "drawn-without-team": Said(
        "a drawing shows circuits, not teams", "leave `--team` out, or this"
    ),
    "charter-expired": Said("the charter expired on {day}", "remove it, or renew it", "stale"),
    "rule-expired": Said("rule `{rule}` expired on {day}", "remove it, or renew it", "stale"),
    "file-not-read": Said("{reason}"),
    "no-review-date": Said("no date is set to read it again", "add `review by`"),
    "nothing-came-in": Said("nothing came in"),
    "odd-network": Said("`{name}` is not a known network", category="unknown"),
    "review-overdue": Said(
        "it was due to be read again by {day}", "read it again, then move `review by`", "stale"
    ),
    "window-without-start": Said("a window needs a start"),
}
