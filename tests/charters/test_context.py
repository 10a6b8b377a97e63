from datetime import UTC, date, datetime

import pytest

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act
from cmcore.charters.context import CALM, Author, Context, Earlier, Situation

NAIVE = datetime(2026, 1, 31, 9)  # noqa: DTZ001 - what is refused
AWARE = NAIVE.replace(tzinfo=UTC)


def test_nothing_needs_to_be_known_around_an_act() -> None:
    context = Context()
    assert (context.at, context.earlier, context.holidays) == (None, None, None)
    assert context.author == Author()
    assert context.incident == Situation()
    assert context.events == {}
    assert hash(context) == hash(Context())


def test_a_context_freezes_what_it_is_given() -> None:
    context = Context(
        holidays=[date(2026, 1, 1), date(2026, 1, 1)],
        events={"outage": None, "launch": AWARE},
        earlier=Earlier([Act(), Act()], AWARE),
        author=Author(roles=["a"], trained_in=()),
    )
    assert context.holidays == frozenset({date(2026, 1, 1)})
    assert list(context.events.items()) == [("launch", AWARE), ("outage", None)]
    assert context.earlier is not None
    assert context.earlier.acts == (Act(), Act())
    assert context.author == Author(roles={"a"}, trained_in=frozenset())
    assert Context(holidays=()).holidays == frozenset()
    assert hash(context) == hash(context)


def test_every_naive_instant_is_told() -> None:
    with pytest.raises(InvalidError) as caught:
        Context(at=NAIVE, events={"launch": NAIVE, "other": AWARE})
    paths = [problem.path for problem in caught.value.problems]
    assert paths == [("at",), ("events", "launch")]
    with pytest.raises(InvalidError) as caught:
        Earlier(since=NAIVE)
    assert [problem.path for problem in caught.value.problems] == [("since",)]


def test_an_author_has_roles_and_not_letters() -> None:
    with pytest.raises(InvalidError):
        Author(roles="editor")


def test_calm_is_known_to_be_calm() -> None:
    assert CALM.open is False
    assert Situation().open is None
