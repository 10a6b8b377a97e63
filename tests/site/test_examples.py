"""The examples of the pages run in the browser, and show there what the pages say they show."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
#: Those of many kinds; `CMCORE_SITE_PAGES=all` takes every page that has an example.
SOME = (
    "tutorial/first-charter/",
    "fr/tutoriel/premiere-charte/",
    "how-to/saturday-night/",
    "how-to/prove-a-charter/",
    "explanation/three-values/",
    "reference/assignment/",
)
RUN = """async () => {
  const { blocks, ask } = window.cmcoreExamples;
  const told = [];
  for (const [index, block] of blocks.entries())
    if (block.start)
      told.push([block.original, block.answer, await ask(index)]);
  return told;
}"""
FRAME = re.compile(r"^(?:Traceback \(most recent call last\):| +\.\.\.)\n", re.MULTILINE)
PLACE = re.compile(r"^line \d+: ", re.MULTILINE)


def pages() -> Iterator[str]:
    """Yield the pages to run; each is a test of its own, for all take longer than a test may."""
    if os.environ.get("CMCORE_SITE_PAGES") != "all":
        yield from SOME
        return
    site = ROOT / os.environ["CMCORE_SITE"]
    for file in sorted(site.rglob("index.html")):
        if re.search(r"language-(pycon|python) highlight", file.read_text("utf-8")):
            yield file.parent.relative_to(site).as_posix() + "/"


def same(said: str, shown: str) -> bool:
    """Tell whether what was shown is what the page says, `...` standing for anything."""
    parts = PLACE.sub("", FRAME.sub("", said + "\n")).strip().split("...")
    pattern = ".*".join(re.escape(each) for each in parts)
    return re.fullmatch(pattern, PLACE.sub("", shown).strip(), re.DOTALL) is not None


def plain(shown: dict[str, str]) -> str:
    return shown["text"] + shown["plain"]


def differing(told: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each example that shows something else, up to one that lacks a package."""
    for code, said, got in told:
        if any(each["lacking"] for each in got.get("shown", [])):
            return
        shown = "".join(map(plain, got["shown"])) if "shown" in got else str(got)
        if not same(said, shown):
            yield code, said, shown


@pytest.mark.parametrize("path", [*pages()])
def test_the_examples_show_in_the_browser_what_the_pages_say(
    visit: Callable[..., Any], path: str
) -> None:
    opened = visit()
    told = opened.go(path).evaluate(RUN)
    opened.close()

    assert told or path not in SOME
    assert list(differing(told)) == []
