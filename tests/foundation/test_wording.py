import string
from datetime import UTC, datetime, timedelta, timezone

import pytest

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.foundation.truth import Truth
from cmcore.foundation.wording import LANGUAGES, SENTENCES, check_language, say, show
from cmcore.nouns.facts import FactType


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_has_the_same_blanks_in_every_language(code: str) -> None:
    english, french = SENTENCES[code]
    assert blanks(english) == blanks(french)
    assert english.strip()
    assert french.strip()


def test_a_sentence_is_filled_in() -> None:
    told = say("expired", rule="`a`", day="2026-01-31")
    assert told == "`a` would have mattered, but expired on 2026-01-31"
    assert say("yes", "fr") == "oui"
    assert say("charter closed", "fr") == "la charte n'est pas en vigueur : elle ne couvre rien"


def test_a_parameter_may_have_any_name() -> None:
    assert say("goes to", circuits="{circuits}") == "it goes to {circuits}"


def test_another_language_is_refused() -> None:
    assert [check_language(language) for language in LANGUAGES] == [0, 1]
    with pytest.raises(InvalidError) as caught:
        say("yes", "de")  # type: ignore[arg-type]
    problem = Problem("nothing is worded in `de`", hint="`en` or `fr`")
    assert caught.value.problems == (problem,)


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (True, ("yes", "oui")),
        (False, ("no", "non")),
        (3, ("3", "3")),
        (0.5, ("0.5", "0.5")),
        (2.0, ("2", "2")),
        ("a", ("a", "a")),
        (timedelta(hours=2), ("2 h", "2 h")),
        (datetime(2026, 1, 31, 9, tzinfo=UTC), ("2026-01-31 09:00+00:00",) * 2),
        (
            datetime(2026, 1, 31, 9, 5, 7, tzinfo=timezone(timedelta(hours=1))),
            ("2026-01-31 09:05+01:00",) * 2,
        ),
        (frozenset({"b", "a"}), ("`a`, `b`",) * 2),
        (frozenset(), ("∅", "∅")),
        (FactType.INSTANT, ("an instant with its offset", "un instant avec son décalage")),
    ],
)
def test_a_value_is_shown_as_people_read_it(thing: object, shown: tuple[str, str]) -> None:
    assert (show(thing, "en"), show(thing, "fr")) == shown


@pytest.mark.parametrize("kind", FactType)
def test_every_type_of_fact_is_worded(kind: FactType) -> None:
    assert show(kind, "en") != show(kind, "fr")


def test_unknown_is_worded() -> None:
    assert say(repr(Truth.UNKNOWN)) == "unknown"
