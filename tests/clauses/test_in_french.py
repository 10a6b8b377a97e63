"""The page *Ce que peut dire une charte* says what its twin says, clause by clause.

Names that people choose differ; whatever belongs to the format is the same once it is in English.
"""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from cmcore import Charter, Desk, Needs, Playbook
from cmcore.codec.documents import parse_document
from cmcore.codec.french import in_english
from cmcore.codec.keys import KEYS, VALUES

from .page import CLAUSES, LINES, TEXT

FRENCH: Final = (
    Path(__file__).parents[2] / "docs" / "fr" / "guides" / "ce-que-peut-dire-une-charte.md"
).read_text("utf-8")
ROWS: Final = [line for line in FRENCH.splitlines() if line.startswith("| ") and "`" in line]
#: Words of the format that are names, or a language, on this page.
CHOSEN: Final = {"alert", "criticism", "en", "members", "posts", "promises", "release"}
#: What belongs to the format, and may not be called otherwise.
FIXED: Final = ({key.rpartition("/")[2] for key in KEYS} | set(VALUES)) - CHOSEN
#: What is in English only once it is read, as the word of a closed list.
READ: Final = {
    **{french: english for english, french in VALUES.items()},
    "oui": "yes",
    "non": "no",
    "dim": "sun",
    "mer": "wed",
    "jours ouvrés": "working days",
}


#: The keys that a clause adds to, in French and in English.
OPEN: Final = {"étiquettes": "labels", "décomptes": "counts"}


def data(text: str) -> dict[str, Any]:
    found: dict[str, Any] = parse_document(text, "yaml")
    return found


def written(line: str) -> dict[str, Any]:
    (cell,) = re.findall(r"^\| [^`|]+ \| (`[^|]*`) \|", line)
    return data("".join(f"{one}\n" for one in re.findall("`([^`]+)`", cell)))


def kind(keys: dict[str, Any]) -> type:
    if {"targets", "acknowledge", "resolve"} & keys.keys():
        return Desk
    if {"seats", "hours", "mix", "supervision", "separation", "work"} & keys.keys():
        return Needs
    return Playbook if "duties" in keys else Charter


def english(keys: dict[str, Any], of: type) -> Any:  # noqa: ANN401 - plain data
    """Return the keys of a clause in English, as they stand in a file of their kind."""
    rule = {key: keys[key] for key in ("quand", "vers") if key in keys}
    rest = {key: one for key, one in keys.items() if key not in rule}
    head = data(re.findall(r'```yaml title="clauses.yaml"\n(.*?)```', FRENCH, re.DOTALL)[0])
    if of is not Charter:
        return in_english(rest, of)[0]
    whole = rest | {key: head[key] | rest.get(key, {}) for key in OPEN}
    if rule:
        whole["règles"] = [{"autorise": "r", **rule}]
    found: Any = in_english(whole, of)[0]
    mine = {key: one for key, one in found.items() if key not in {"rules", *OPEN.values()}}
    for french, name in OPEN.items():
        if french in rest:
            mine[name] = {one: found[name][one] for one in found[name] if one in rest[french]}
    if rule:
        mine |= {key: one for key, one in found["rules"][0].items() if key != "permit"}
    return mine


def agree(here: Any, there: Any, names: dict[str, str]) -> bool:  # noqa: ANN401 - plain data
    """Return whether two are alike, but for names that are always called the same."""
    if isinstance(here, dict) and isinstance(there, dict):
        return len(here) == len(there) and all(
            agree(one, other, names) and agree(here[one], there[other], names)
            for one, other in zip(here, there, strict=True)
        )
    if isinstance(here, list) and isinstance(there, list):
        return len(here) == len(there) and all(
            agree(one, other, names) for one, other in zip(here, there, strict=True)
        )
    there = READ.get(there, there) if isinstance(there, str) else there
    if here == there or not isinstance(here, str) or not isinstance(there, str):
        return bool(here == there)
    if "." in here:
        return agree(here.split("."), there.split("."), names)
    return here not in FIXED and names.setdefault(here, there) == there


def test_the_pages_have_as_many_clauses() -> None:
    assert len(ROWS) == len(LINES) == len(CLAUSES)


@pytest.mark.parametrize(("line", "french"), [*zip(LINES, ROWS, strict=True)])
def test_a_clause_is_written_as_its_twin(line: str, french: str) -> None:
    keys = written(line)
    found, names = english(written(french), kind(keys)), dict[str, str]()
    assert {*keys} == {*found}
    assert [key for key in keys if not agree(keys[key], found[key], names)] == []


def test_they_begin_alike() -> None:
    pages = [re.findall(r'```yaml title="clauses.yaml"\n(.*?)```', one, re.DOTALL)[0]
             for one in (TEXT, FRENCH)]  # fmt: skip
    assert agree(data(pages[0]), in_english(data(pages[1]), Charter)[0], {})
