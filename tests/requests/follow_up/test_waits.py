from datetime import UTC, datetime, timedelta

import attrs
import pytest

from cmcore import BusinessClock, Desk, InvalidError, Request, RequestLog, Week, hours, minutes
from cmcore.requests import RequestEvent, Target, response_times
from cmcore.requests.follow_up.response_times import Quantile, Timing

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NETWORKS = ("bluesky", "bluesky", "mastodon", None)


def log(*answers: float | None) -> RequestLog:
    """Return requests that come at nine, each answered after so many hours, or not at all."""
    ids = [f"r{n}" for n in range(len(answers))]
    return RequestLog(
        [Request(id_, NINE, network=NETWORKS[n % 4]) for n, id_ in enumerate(ids)],
        [
            RequestEvent("answered", id_, NINE + after * HOUR, by="maud")
            for id_, after in zip(ids, answers, strict=True)
            if after is not None
        ],
    )


FOUR = log(1, 2, 4, None)
DESK = Desk(zone="Europe/Paris", targets=[Target(hours(2))])


def test_the_unanswered_are_longer_than_they_have_waited() -> None:
    found = response_times(FOUR, NINE + 8 * HOUR)
    assert found.overall.quantile(0.5) == Quantile(0.5, 2 * HOUR, 2 * HOUR)
    assert found.overall.quantile(0.9) == Quantile(0.9, 8 * HOUR, None)
    assert found.overall.quantile(0.9).text() == "not known yet: 8 h or more"
    assert found.overall.quantile(0.9).text("fr") == "pas encore connu\xa0: 8\xa0h ou plus"
    assert (found.overall.count, found.overall.answered, found.overall.unanswered) == (4, 3, 1)


def test_one_who_has_not_waited_long_may_yet_be_answered_sooner() -> None:
    more = FOUR.after(Request("new", NINE + 4 * HOUR))
    found = response_times(more, NINE + 4 * HOUR + minutes(30), shares=[0.5])
    assert found.overall.quantiles == (Quantile(0.5, 2 * HOUR, 4 * HOUR),)
    assert found.overall.quantiles[0].text() == "between 2 h and 4 h"
    assert found.overall.quantiles[0].text("fr") == "entre 2\xa0h et 4\xa0h"
    assert not found.overall.quantiles[0].is_known


def test_what_is_not_yet_answered_at_that_time_is_not() -> None:
    found = response_times(FOUR, NINE + 2 * HOUR)
    assert found.overall.answered == 2
    assert response_times(FOUR, NINE - HOUR).overall == Timing(
        quantiles=(Quantile(0.5), Quantile(0.9))
    )


def test_a_request_is_in_time_up_to_the_instant_when_it_is_due() -> None:
    found = response_times(FOUR, NINE + 2 * HOUR, DESK).overall
    assert (found.met, found.missed, found.pending, found.untargeted) == (2, 0, 2, 0)
    assert found.share == 1
    later = response_times(FOUR, NINE + 4 * HOUR, DESK).overall
    assert (later.met, later.missed, later.pending) == (2, 2, 0)
    assert later.share == 0.5
    assert response_times(FOUR).overall.untargeted == 4
    assert response_times(FOUR).overall.share is None


def test_what_is_never_due_is_always_in_time() -> None:
    desk = Desk(targets=[Target(hours(1), BusinessClock(Week.never()))])
    found = response_times(FOUR, NINE + 9 * HOUR, desk).overall
    assert (found.met, found.missed, found.pending) == (3, 0, 1)


def test_times_may_be_those_of_a_business_clock() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 10:00-12:00"))
    found = response_times(FOUR, NINE + 8 * HOUR, clock=office)
    assert found.overall.quantile(0.5).high == HOUR
    assert found.overall.quantile(0.9).low == 2 * HOUR


def test_some_resolutions_need_no_answer() -> None:
    told = FOUR.after(RequestEvent("resolved", "r3", NINE + 5 * HOUR, how="spam"))
    assert response_times(told).overall.unanswered == 1
    found = response_times(told, excused={"spam", "refunded"})
    assert (found.excused, found.overall.count, found.overall.unanswered) == (1, 3, 0)
    assert "1: resolved in a way that needs no answer" in found.text()
    answered = log(1).after(RequestEvent("resolved", "r0", NINE + 5 * HOUR, how="spam"))
    assert response_times(answered, excused={"spam"}).excused == 0


def test_every_network_and_hour_has_its_own() -> None:
    more = FOUR.after(Request("new", NINE + 26 * HOUR, network="bluesky"))
    found = response_times(more, None, DESK)
    assert [(one.name, one.count) for one in found.by_network] == [
        ("", 1), ("bluesky", 3), ("mastodon", 1)
    ]  # fmt: skip
    assert [(one.name, one.count) for one in found.by_hour] == [("10", 4), ("12", 1)]


@pytest.mark.parametrize("share", [0, -0.5, 1.5, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(InvalidError) as caught:
        response_times(FOUR, shares=[0.5, share])
    assert str(caught.value) == f"shares[1]: `{share}` is not a share (above 0, up to 1)"


def test_shares_are_the_decimals_they_are_written_as() -> None:
    """In binary, 0.07 of 100 is a little more than 7, and would be the eighth."""
    found = response_times(log(*range(1, 101)), shares=[0.07, 1])
    assert [quantile.high for quantile in found.overall.quantiles] == [7 * HOUR, 100 * HOUR]


def test_it_shows_itself() -> None:
    found = response_times(FOUR, NINE + 8 * HOUR, DESK)
    shown = attrs.evolve(found, by_network=(), by_holder=()).text()
    assert (
        shown
        == """\
how long 4 requests waited for an answer
  50% answered within  2 h
  90% answered within  not known yet: 8 h or more
  unanswered           1: each counts as longer than what it has waited so far
  within target        50.0%: 2 in time, 2 late, 0 not due yet, 0 with no target

By hour when they came, Paris time
  hour   requests  unanswered  50% answered within  90% answered within         within target
  10:00  4         1           2 h                  not known yet: 8 h or more  50.0%
  (at 2026-03-02 18:00, Paris time)"""
    )
    assert found.view().tables[0].title == "By network"
    assert found.view("fr").tables[0].rows[1] == (
        "Bluesky", "2", "0", "1\u00a0h", "2\u00a0h", "100,0\u00a0%"
    )  # fmt: skip
    assert response_times(RequestLog(), NINE).text("fr").startswith("aucune demande\n")
    assert response_times(log(1)).view("fr").title == "attente d’une réponse\xa0: 1 demande"
    finest = response_times(FOUR, shares=[0.995])
    assert finest.view().lines[0].word == "99.5% answered within"


def test_what_comes_after_the_first_answer_is_shown() -> None:
    more = log(1).after(
        RequestEvent("wrote again", "r0", NINE + 5 * HOUR),
        RequestEvent("answered", "r0", NINE + 29 * HOUR, by="maud"),
        RequestEvent("resolved", "r0", NINE + 30 * HOUR, how="refunded"),
    )
    found = response_times(more, desk=DESK)
    assert [(one.since, one.answered) for one in more.turns()] == [
        (NINE, NINE + HOUR), (NINE + 5 * HOUR, NINE + 29 * HOUR)
    ]  # fmt: skip
    assert (found.overall.met, found.turns.met, found.turns.missed) == (1, 1, 1)
    assert found.resolution.quantiles[0].high == 30 * HOUR
    title, table = found.view().tables[-1].title, found.view("fr").tables[-1]
    assert (title, table.title) == ("Beyond the first answer", "Au-delà de la première réponse")
    assert [row[:4] for row in found.view().tables[-1].rows] == [
        ("each answer", "2", "0", "1 h"), ("the resolution", "1", "0", "30 h")
    ]  # fmt: skip
    assert table.rows[1][-1] == "–"


def test_what_was_resolved_in_an_excused_way_is_owed_no_later_answer() -> None:
    more = log(1).after(
        RequestEvent("wrote again", "r0", NINE + 5 * HOUR),
        RequestEvent("resolved", "r0", NINE + 6 * HOUR, how="thanks"),
    )
    assert response_times(more).turns.unanswered == 1
    found = response_times(more, excused={"thanks"})
    assert (found.turns.count, found.overall.count, found.excused) == (1, 1, 0)


def test_topics_severities_and_holders_have_their_own() -> None:
    asked = [Request("a", NINE, topics={"bill", "app"}, severity="high"), Request("b", NINE)]
    answers = [RequestEvent("answered", "a", NINE + HOUR, by="maud")]
    found = response_times(RequestLog(asked, answers))
    for parts, names in ((found.by_topic, ["", "app", "bill"]), (found.by_severity, ["", "high"]),
                         (found.by_holder, ["", "maud"])):  # fmt: skip
        assert [one.name for one in parts] == names
        assert [one.answered for one in parts] == [0, *([1] * (len(names) - 1))]
    titles = [table.title for table in found.view().tables]
    assert "By topic: what has several is in each" in titles


def test_one_way_to_resolve_is_a_set_of_one() -> None:
    log = RequestLog([], [])
    with pytest.raises(InvalidError, match="`spam` is one text, not a list of them"):
        response_times(log, NINE, excused="spam")
