"""Audit a real charter on its real history, then explain one exception: what `make demo` runs."""

import sys
from pathlib import Path
from typing import Final

from cmcore.cli import main

FOLDER: Final = Path(__file__).parent
CHARTER: Final = str(FOLDER / "charter.yaml")
HISTORY: Final = str(FOLDER / "history.csv")
#: The first act of the history, an exception: nobody noted whether the test was appropriate.
FIRST: Final = ("network=bluesky", "kind=publish", "topics=automation-test")
MISSED: Final = 1


def run(*args: str) -> int:
    """Show a command as one would type it, run it, and return its exit code."""
    print("$ cmcore", " ".join(arg.replace(f"{FOLDER}/", "") for arg in args))
    sys.stdout.flush()
    try:
        main(args)
    except SystemExit as end:
        return int(end.code or 0)


def decide(*facts: str) -> int:
    """Decide on an act made of facts."""
    return run("decide", CHARTER, *(part for fact in facts for part in ("--fact", fact)))


def demo() -> None:
    """Run the demonstration."""
    print("The Node.js project listed what may go out on its Bluesky account without being read")
    print("first, and kept records of what it sent out. How much of that did the list cover?\n")
    code = run("audit", CHARTER, HISTORY)
    print(f"\nExit code {code}:", "the target is missed." if code == MISSED else "see above.")
    print("The charter names no target: the one it is held to is what any charter should cover.")
    print("\nOne exception, the first act of the history:\n")
    decide(*FIRST)
    print("\nThe line `covered if` says what would let it out. Somebody did find it appropriate:\n")
    decide(*FIRST, "appropriate=yes")


if __name__ == "__main__":
    demo()
