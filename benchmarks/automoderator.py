"""Real files of AutoModerator, each held against the second reading of its semantics in the tests.

Run `python benchmarks/automoderator.py FOLDER [POSTS]`: for each `.yml` file of the folder, what
came of its rules, what the linter finds, and how random posts aimed at its values fare. Every
fourth post is in letters that are others in their normal form. A file that a charter says whole
must decide as the second reading does; where it does not, and of posts in odd letters, nothing may
go out that would be stopped. It ends with 1 where that is not so.
"""

# ruff: noqa: S311 - no secret is drawn

import re
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.automoderator.interpreter import outcome, rules  # noqa: E402
from tests.automoderator.posts import act_of, dressed, post, values  # noqa: E402

from cmcore import decide  # noqa: E402
from cmcore.automoderator import (  # noqa: E402
    AutomoderatorImport,
    lint_automoderator,
    read_automoderator,
)

OUTCOMES: Final = {"forbidden": "removed", "exception": "held", "covered": "out"}
UNSURE: Final = "cannot be read"
DRESSED: Final = 4


def is_right(told: str, judged: str, *, is_whole: bool, is_plain: bool) -> bool:
    """Return whether a charter may say of a post what it does, where AutoModerator does another."""
    if judged == UNSURE or not is_plain or not is_whole:
        return told != "out" or judged == "out"
    return told == judged


def compared(file: Path, read: AutomoderatorImport, posts: int) -> tuple[Counter[str], int]:
    """Return how posts fare, by charter and by second reading, and how many do as they may not."""
    text = file.read_text("utf-8")
    known, judge = values(text), rules(text)
    labels = dict(read.charter.labels)
    is_whole = not read.safe
    told: Counter[str] = Counter()
    wrong = 0
    for seed in range(posts):
        random = Random(f"{file.stem} {seed}")
        made = post(known, random)
        if seed % DRESSED == 0:
            _dress(made, random)
        act = act_of(made, labels)
        found = OUTCOMES[decide(read.charter, act).outcome]
        try:
            judged = outcome(judge, made)
        except re.error:
            judged = UNSURE
        told[f"{found}/{judged}{' of filtered' * made['spam_filtered']}"] += 1
        is_plain = "texts_are_plain" not in labels or act.labels.get("texts_are_plain") is True
        if not is_right(found, judged, is_whole=is_whole, is_plain=is_plain):
            wrong += 1
            print(f"  seed {seed}: {found}, not {judged}: {made}")
    return told, wrong


def _dress(made: dict[str, Any], random: Random) -> None:
    for thing in (made, made.get("parent_submission", {})):
        for name in ("title", "body", "url", "flair_text"):
            if thing.get(name):
                thing[name] = dressed(thing[name], random)


def main(folder: str, posts: int) -> int:
    """Tell of each file, and return 1 if any decides as it may not."""
    failed = 0
    for file in sorted(Path(folder).glob("*.yml")):
        began = process_time()
        read = read_automoderator(file)
        left = Counter(one.code for rule in read.safe for one in rule.left)
        found = lint_automoderator(file)
        print(f"{file.name}: {len(read.rules)} documents, {len(read.whole)} rules whole, "
              f"{len(read.safe)} in part, {len(read.dropped)} left out")  # fmt: skip
        print(f"  cannot be said: {dict(left)}")
        print(f"  lint: {dict(Counter(one.code for one in found))}", flush=True)
        told, wrong = compared(file, read, posts)
        failed += wrong
        print(f"  {dict(told)}, {wrong} wrong, {process_time() - began:.0f} s", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))  # noqa: PLR2004
