"""One language: what the shipped examples and the catalog hold is shown in the language asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from cmcore import (
    Charter,
    Incident,
    Needs,
    Playbook,
    Team,
    assign,
    catalog,
    completable,
    conduct,
    coverage,
    read,
    view,
)
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import fact_text, word_text
from cmcore.codec.french import in_english
from cmcore.display.views import Viewable, as_text
from cmcore.time.intervals import Span

from .test_french_problems import english_in

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
START, STOP = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)


def _verdicts(folder: str) -> Iterator[Viewable]:
    """Yield what is found of the files of an example."""
    files = {path.stem: path for path in sorted((EXAMPLES / folder).glob("*.yaml"))}
    charter = read(files["charter"], Charter) if "charter" in files else None
    team = read(files["team"], Team) if "team" in files else None
    if charter is not None:
        yield charter
        yield from charter.circuits
    if team is not None:
        yield team
    if team is not None and charter is not None:
        yield completable(charter, team, Span(START, STOP))
    if team is not None and "needs" in files:
        needs = read(files["needs"], Needs)
        yield coverage(team, needs, start=START, stop=STOP)
        yield assign(team, needs, start=START, stop=STOP)
    if "playbook" in files:
        playbook = read(files["playbook"], Playbook)
        yield playbook
        for name, path in files.items():
            if name not in {"charter", "team", "needs", "playbook", "organisation", "desk"}:
                yield conduct(read(path, Incident), playbook, charter)


def texts(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any value
    """Yield every text in a value, as people typed it."""
    if isinstance(thing, str):
        yield thing
    elif hasattr(thing, "items"):
        for key, one in thing.items():
            yield from (*texts(key), *texts(one))
    elif isinstance(thing, tuple | list | frozenset):
        for one in thing:
            yield from texts(one)
    elif attrs.has(type(thing)):
        for one in attrs.fields(type(thing)):
            yield from texts(getattr(thing, one.name))


def foreign(shown: str, own: set[str]) -> list[str]:
    """Return the lines of what is shown in French that have words of English of nobody's."""
    typed = sorted((one for one in own if len(one) > 1), key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, typed))})(?!\w)")
    said = (re.sub(r"« .*? »", " ", line.replace("\u00a0", " ")) for line in shown.splitlines())
    return [line for line in said if english_in(names.sub(" ", line))]


@pytest.mark.parametrize("folder", sorted(one.name for one in EXAMPLES.iterdir() if one.is_dir()))
def test_the_examples_are_shown_in_french_alone(folder: str) -> None:
    shown = 0
    for found in _verdicts(folder):
        own = {" ".join(one.split()) for one in texts(found)}
        told = as_text(found.view("fr"))
        assert foreign(told, own) == []
        shown += 1
    assert shown


SHELVES: Final = (
    *("charters", "circuits", "dilemmas", "ideas", "indicators", "models", "objectives"),
    *("playbooks", "practices", "roles", "sizes", "tasks"),
)
#: Names of types, which are shown where a value has no word for its kind.
TYPE: Final = re.compile(r"(?<!`)\b(?:Advice|Dilemma|Entry|Idea|Indicator|Model|Option)\b")


@pytest.mark.parametrize("shelf", SHELVES)
def test_the_catalog_is_shown_in_french_alone(shelf: str) -> None:
    held = getattr(catalog, shelf)
    assert held
    for name in held:
        told = as_text(view(held[name], "fr"))
        assert foreign(told, {*texts(held[name])}) == [], name
        assert TYPE.findall(told) == [], name
    listed = as_text(held.view("fr"))
    assert foreign(listed, {*held}) == []


def test_a_word_of_english_is_found() -> None:
    assert foreign("ce qui est dû\nwhat is owed", set()) == ["what is owed"]
    assert foreign("ce que dit `what is owed`, What is owed", {"What is owed"}) == []


@pytest.mark.parametrize("name", sorted(Vocabulary().names()))
def test_a_fact_is_shown_in_french_as_a_file_in_french_has_it(name: str) -> None:
    shown = fact_text(name, "fr").strip("`")
    assert fact_text(name, "en") == f"`{name}`"
    assert english(shown, asked=True) == {name: True}
    for word in sorted(BUILTIN[name].domain.values or ()) if name in BUILTIN else ():
        told = word_text(name, word, "fr").strip("`")
        assert english(shown, asked={"one of": [told]}) == {name: {"one of": [word]}}


def english(fact: str, *, asked: Any) -> Any:  # noqa: ANN401 - plain data
    """Return what a file means whose rule asks something of a fact."""
    rule = {"autorise": "r", "quand": {fact: asked}, "parce que": "x"}
    data: Any = in_english({"charte": "c", "règles": [rule]}, Charter)[0]
    return data["rules"][0]["when"]


def test_what_a_charter_called_itself_is_shown_as_it_is_called() -> None:
    assert fact_text("promise", "fr") == "`promise`"
    assert fact_text("tags.count", "fr") == "`tags.nombre`"
    assert word_text("topics", "event", "fr") == "`event`"
