"""Write `history.csv`: the 86 actions of the Node.js Bluesky account, as facts.

Usage: python categorise.py FOLDER > history.csv

FOLDER holds `bluesky_actions.csv`, drawn from the records of the repository nodejs/bluesky at
commit c33ef295 (MIT): one row for each post, reply and repost, with the title of the pull request
that asked for it. Only facts come out: no title, no text, no person. Whoever wants to check a row
finds its record in the repository, as `records/processed/<id>.json`.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

Row = dict[str, str]

COLUMNS: Final = ("id", "at", "kind", "network", "topics", "links", "in_reply_to.ours")
KINDS: Final = {"post": "publish", "repost": "share", "reply": "reply"}

#: What the title of the pull request tells. The first match wins; no match is unknown.
BY_TITLE: Final = (
    ("meeting", r"\bmeeting\b"),
    ("automation-test", r"\btest\b.*\bautomation\b"),
    ("release", r"\breleas[et]\b|\d+\.\d+\.\d+ announcement"),
    ("security", r"\bsecurity\b|\bcve\b|\beolcve\b"),
    ("collaborator", r"\bcollaborator\b"),
    ("event", r"\bsummit\b"),
    ("content", r"\bguide\b|\blearn resources\b"),
    ("feature", r"\btype stripping\b|\bsea\b|\bprofiling support\b"),
    ("article", r"\bstate of\b"),
)
#: What our own text tells where the title does not.
BY_TEXT: Final = (("help-request", r"\bplease help\b"),)
_LINK = re.compile(r"https?://\S*[\w/]")


def main() -> None:
    """Write the history on standard output."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and the folder
        sys.exit("usage: python categorise.py FOLDER > history.csv")
    path = Path(sys.argv[1], "bluesky_actions.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        write(facts(csv.DictReader(stream)), sys.stdout)


def write(rows: Iterable[Row], out: TextIO) -> None:
    """Write rows of facts as CSV."""
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def facts(actions: Iterable[Row]) -> Iterator[Row]:
    """Yield the facts of each action; the posts of one record are a thread, told by its first."""
    record, place, topic = "", 0, ""
    for action in actions:
        found = Path(action["path"]).stem
        if found != record:
            record, place, topic = found, 0, category(action)
        else:
            place += 1
        link = _LINK.search(action["text"])
        yield {
            "id": f"{record}.{place}" if place else record,
            "at": action["authored_at"],
            "kind": KINDS[action["kind"]],
            "network": action["network"],
            "topics": topic,
            "links": link[0] if link else "",
            "in_reply_to.ours": "yes" if place else "",
        }


def category(action: Row) -> str:
    """Return the category of an action, or nothing where neither title nor text tells it."""
    return _first(BY_TITLE, action["pr_title"]) or _first(BY_TEXT, action["text"])


def _first(table: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for name, words in table if re.search(words, text, re.IGNORECASE)), "")


if __name__ == "__main__":
    main()
