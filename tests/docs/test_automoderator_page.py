"""The page of AutoModerator has every reason that is told, and its examples are told so."""

import re
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("yaml")
pytest.importorskip("re2")

from cmcore.automoderator import read_automoderator
from cmcore.automoderator.sentences import SENTENCES

PAGE: Final = (Path(__file__).parents[2] / "docs/reference/automoderator.md").read_text("utf-8")
#: What is said of a file, or of what came of it, and of no value in it.
_OTHERS: Final = ("automod rule", "automod rest", "automod import", "automod count ",
                  "automod head ", "automod came ")  # fmt: skip
REASONS: Final = [
    english
    for code, (english, _) in SENTENCES.items()
    if code.startswith("automod ") and not code.startswith(_OTHERS)
]
EXAMPLES: Final = re.findall(
    r"^\| ([^|`]+) \| `(.+)` \|$", PAGE.split("with its reason:")[1], re.MULTILINE
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_on_the_page(reason: str) -> None:
    assert reason in re.sub(r"\s+", " ", PAGE)


@pytest.mark.parametrize(("reason", "pattern"), EXAMPLES)
def test_each_example_is_told_with_its_reason(reason: str, pattern: str, tmp_path: Path) -> None:
    file = tmp_path / "automoderator.yaml"
    file.write_text(f"title (regex): ['{pattern}']\naction: remove\n", encoding="utf-8")
    rules = read_automoderator(file).rules
    told = [problem.text() for rule in rules for problem in rule.left]
    assert any(reason in one for one in told), told


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 6
