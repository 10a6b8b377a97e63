import re
import string
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.language import SENTENCES
from cmcore.base.truth import Truth
from cmcore.charters.conditions.facts import FactType
from cmcore.display.wording import (
    LANGUAGES,
    Language,
    check_language,
    moment_text,
    percent,
    say,
    say_many,
    show,
    show_work,
)
from cmcore.time import WorkingDays
from cmcore.time.durations import parse_duration
from cmcore.time.week import local, local_if_any


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_has_the_same_blanks_in_every_language(code: str) -> None:
    english, french = SENTENCES[code]
    assert blanks(english) == blanks(french)
    assert english.strip()
    assert french.strip()


@pytest.mark.parametrize("code", [code for code in SENTENCES if code.endswith(" one")])
def test_a_sentence_about_one_thing_counts_it_for_french_says_it_of_none(code: str) -> None:
    assert not any(re.search(r"(?<![\w.])1(?![\w.])", told) for told in SENTENCES[code])


def test_a_sentence_is_filled_in() -> None:
    told = say("expired", rule="`a`", day="2026-01-31")
    assert told == "`a` would have mattered, but expired on 2026-01-31"
    assert say("yes", "fr") == "oui"
    assert say("charter closed", "fr") == "la charte n’est pas en vigueur\xa0: elle ne couvre rien"


def test_a_parameter_may_have_any_name() -> None:
    assert say("goes to", circuits="{circuits}") == "it goes to {circuits}"


def test_another_language_is_refused() -> None:
    assert [check_language(language) for language in LANGUAGES] == [0, 1]
    with pytest.raises(InvalidError) as caught:
        say("yes", "de")  # type: ignore[arg-type]
    problem = Problem.of("unknown-language", language="de", known=LANGUAGES)
    assert caught.value.problems == (problem,)
    assert str(problem) == "there are no sentences in `de` (one of `en`, `fr`)"


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (True, ("yes", "oui")),
        (False, ("no", "non")),
        (3, ("3", "3")),
        (0.5, ("0.5", "0,5")),
        (2.0, ("2", "2")),
        ("a", ("a", "a")),
        (timedelta(hours=2), ("2 h", "2\xa0h")),
        (timedelta(days=14), ("14 d", "14\xa0j")),
        (timedelta(hours=45), ("45 h", "45\xa0h")),
        (timedelta(days=2, hours=7, minutes=30), ("55 h 30 min", "55\xa0h\xa030\xa0min")),
        (timedelta(days=3, hours=7), ("3 d 7 h", "3\xa0j\xa07\xa0h")),
        (timedelta(seconds=-90), ("-1 min 30 s", "-1\xa0min\xa030\xa0s")),
        (
            timedelta(days=-1, seconds=0.5),
            ("-23 h 59 min 59.5 s", "-23\xa0h\xa059\xa0min\xa059,5\xa0s"),
        ),
        (timedelta(), ("0", "0")),
        (WorkingDays(0), ("the working day", "le jour ouvré")),
        (WorkingDays(1), ("1 working day", "1 jour ouvré")),
        (WorkingDays(2), ("2 working days", "2 jours ouvrés")),
        (
            datetime(2026, 1, 31, 9, tzinfo=UTC),
            ("2026-01-31 09:00+00:00", "31\xa0janvier\xa02026 à 9\xa0h (UTC)"),
        ),
        (
            datetime(2026, 1, 31, 9, 5, 7, tzinfo=timezone(timedelta(hours=1))),
            (
                "2026-01-31 09:05:07+01:00",
                "31\xa0janvier\xa02026 à 9\xa0h\xa005\xa0min\xa007\xa0s (UTC+1)",
            ),
        ),
        (
            datetime(2026, 1, 31, 9, 0, 59, 999_999, tzinfo=UTC),
            (
                "2026-01-31 09:00:59.999999+00:00",
                "31\xa0janvier\xa02026 à 9\xa0h\xa000\xa0min\xa059,999999\xa0s (UTC)",
            ),
        ),
        (
            datetime(2026, 3, 1, 23, 59, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            ("2026-03-01 23:59-03:30", "1er\xa0mars\xa02026 à 23\xa0h\xa059 (UTC−3:30)"),
        ),
        (date(2026, 11, 28), ("2026-11-28", "28\xa0novembre\xa02026")),
        (frozenset({"b", "a"}), ("`a`, `b`",) * 2),
        (frozenset(), ("∅", "∅")),
        (FactType.INSTANT, ("an instant with its offset", "un instant avec son décalage")),
    ],
)
def test_a_value_is_shown_as_people_read_it(thing: object, shown: tuple[str, str]) -> None:
    assert (show(thing, "en"), show(thing, "fr")) == shown


PARIS = ZoneInfo("Europe/Paris")
TWICE = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("at", "said", "shown"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=PARIS), "", "2 mars 2026 à 9 h (Paris)"),
        (datetime(2026, 3, 2, 9, tzinfo=PARIS), "Asia/Tokyo", "2 mars 2026 à 9 h (Paris)"),
        (datetime(2026, 3, 2, 9, tzinfo=PARIS), "Europe/Paris", "2 mars 2026 à 9 h"),
        (datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("UTC")), "", "2 mars 2026 à 9 h (UTC)"),
        (TWICE, "", "25 octobre 2026 à 2 h 30 (UTC+2)"),
        (TWICE.replace(fold=1), "Europe/Paris", "25 octobre 2026 à 2 h 30 (UTC+1)"),
    ],
)
def test_french_names_the_city_of_a_clock_unless_it_shows_the_hour_twice_or_is_named_anyway(
    at: datetime, said: str, shown: str
) -> None:
    assert moment_text(at, "fr", said=said).replace("\xa0", " ") == shown
    english = moment_text(at, "en", said=said)
    assert moment_text(at) == (english if shown[-1] == ")" else f"{english}+01:00")


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2, unique=True),
    st.sampled_from(["Europe/Paris", "America/New_York", "UTC"]),
)
@example([TWICE.astimezone(UTC), TWICE.replace(fold=1).astimezone(UTC)], "Europe/Paris")
def test_a_window_on_a_named_clock_shows_which_instants_it_has(
    both: list[datetime], zone: str
) -> None:
    assume(all(local_if_any(at, zone) for at in both))
    start, stop = (local(at, zone) for at in both)
    told = [say("window", "fr", start=one, stop=one, zone=zone) for one in (start, stop)]
    assert told[0] != told[1]


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_shown_as_the_one_it_is(at: datetime) -> None:
    assert datetime.fromisoformat(show(at)) == at


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2, unique=True),
    st.sampled_from(LANGUAGES),
)
@example(
    [datetime(2026, 7, 1, 9, 59, tzinfo=UTC), datetime(2026, 7, 1, 9, 59, 59, tzinfo=UTC)], "fr"
)
def test_two_instants_are_never_shown_alike(both: list[datetime], language: Language) -> None:
    assert show(both[0], language) != show(both[1], language)


@given(st.timedeltas(), st.sampled_from(LANGUAGES))
def test_a_duration_that_is_shown_can_be_written(duration: timedelta, language: Language) -> None:
    shown = show(duration, language)
    assert ("." in shown) <= (language == "en")
    assert parse_duration(shown) == duration if duration else shown == "0"


@given(st.timedeltas(timedelta(0), timedelta(days=400)), st.sampled_from(["en", "fr"]))
def test_a_time_of_work_is_told_in_hours_and_never_in_days(
    duration: timedelta, language: Language
) -> None:
    shown = show_work(duration, language)
    assert parse_duration(shown if duration else "0 s") == duration
    assert not {"d", "j"} & {*shown.split()}
    assert show_work(3, language) == "3"


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "t: 0 people", "t\xa0: 0 personne"),
        (1, "t: 1 person", "t\xa0: 1 personne"),
        (2, "t: 2 people", "t\xa0: 2 personnes"),
    ],
)
def test_one_is_told_apart_from_many(count: int, english: str, french: str) -> None:
    assert say_many("team", count, team="t") == english
    assert say_many("team", count, "fr", team="t") == french


@pytest.mark.parametrize("kind", FactType)
def test_every_type_of_fact_is_worded(kind: FactType) -> None:
    assert show(kind, "en") != show(kind, "fr")


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (None, "–", "–"),
        (0.0, "0.0%", "0,0\u00a0%"),
        (0.12345, "12.3%", "12,3\u00a0%"),
        (1, "100.0%", "100,0\u00a0%"),
        (0.0004, "< 0.1%", "< 0,1\u00a0%"),
        (1e-300, "< 0.1%", "< 0,1\u00a0%"),
        (0.0006, "0.1%", "0,1\u00a0%"),
        (0.9996, "> 99.9%", "> 99,9\u00a0%"),
        (0.9994, "99.9%", "99,9\u00a0%"),
    ],
)
def test_a_share_is_written_as_people_do(share: float | None, english: str, french: str) -> None:
    assert (percent(share), percent(share, "fr")) == (english, french)
    assert percent(0.9, digits=0) == "90%"
    assert percent(0.9996, digits=0) == "> 99%"


def test_unknown_is_worded() -> None:
    assert say(repr(Truth.UNKNOWN)) == "unknown"
