from datetime import UTC, datetime, timedelta

import pytest

from cmcore import (
    Availability,
    Desk,
    InvalidError,
    Member,
    Request,
    RequestLog,
    Role,
    Team,
    Week,
    route,
)
from cmcore.requests import RequestEvent, Route, Routing
from cmcore.requests.routing import NoRoute, RoutingReason
from cmcore.teams import Leave
from cmcore.teams.presence import on_duty_from

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
ROLES = [Role("communicator", requires={"writing"}), Role("expert"), Role("empty")]
DESK = Desk(routes=[Route("expert", topics={"recall"}), Route("communicator")])


def person(id_: str, hours: str = "Mon-Fri 08:00-16:00", **told: object) -> Member:
    usual = {"roles": {"communicator"}, "skills": {"writing"}, "languages": {"fr"}, **told}
    return Member(id_, **usual).working(hours)  # type: ignore[arg-type]


def team(*members: Member) -> Team:
    return Team("brume", members, ROLES)


def busy(**load: int) -> RequestLog:
    """Return a log in which each has so many requests at hand, of different authors."""
    ids = [(who, f"{who}{n}") for who, many in load.items() for n in range(many)]
    return RequestLog(
        [Request(id_, NINE, author=id_) for _, id_ in ids],
        [RequestEvent("assigned", id_, NINE, to=who) for who, id_ in ids],
    )


def whys(found: Routing) -> dict[str, str]:
    return {one.member: one.why.value for one in found.candidates}


NEW = Request("new", NINE + HOUR, author="bo", network="bluesky")


class TestOnDuty:
    """When somebody is on duty next."""

    def test_now_or_when_their_hours_begin(self) -> None:
        assert on_duty_from(person("maud"), NINE, None) == NINE
        assert on_duty_from(person("maud"), NINE + 9 * HOUR, None) == NINE + 23 * HOUR

    def test_after_their_leaves(self) -> None:
        leaves = [Leave(NINE - HOUR, NINE + 40 * HOUR), Leave(NINE + 40 * HOUR, NINE + 49 * HOUR)]
        when = Availability(Week.parse("Mon-Fri 08:00-16:00"), leaves=leaves)
        assert on_duty_from(Member("maud", availability=when), NINE, None) == NINE + 49 * HOUR

    def test_a_leave_begins_with_its_first_instant_and_ends_before_its_last(self) -> None:
        when = Availability(Week.always(), leaves=[Leave(NINE, NINE + HOUR)])
        away = Member("maud", availability=when)
        assert on_duty_from(away, NINE, None) == NINE + HOUR
        assert on_duty_from(away, NINE + HOUR, None) == NINE + HOUR

    def test_never_without_hours(self) -> None:
        assert on_duty_from(Member("maud"), NINE, None) is None
        assert on_duty_from(person("maud", "never"), NINE, None) is None

    def test_never_when_the_leave_has_no_end(self) -> None:
        last = datetime(9999, 12, 1, tzinfo=UTC)
        leaves = [Leave(NINE, last), Leave(last + HOUR, last + 2 * HOUR)]
        when = Availability(Week.parse("Mon 08:00-16:00"), leaves=leaves)
        start = datetime(9999, 11, 29, tzinfo=UTC)
        away = Availability(
            Week.parse("Mon 08:00-16:00"), leaves=[Leave(start, datetime(9999, 12, 31, tzinfo=UTC))]
        )
        assert on_duty_from(Member("maud", availability=when), NINE, None) is not None
        assert on_duty_from(Member("maud", availability=away), start, None) is None


class TestWho:
    """The right role, then the right person."""

    def test_the_one_with_the_least_at_hand(self) -> None:
        found = route(NEW, team(person("maud"), person("yann")), DESK, None, busy(maud=2, yann=1))
        assert (found.role, found.member, found.gap) == ("communicator", "yann", None)
        assert whys(found) == {"maud": "not first", "yann": "least"}
        assert found.reason() == "has the lightest load: 1"

    def test_what_is_over_is_not_at_hand(self) -> None:
        log = busy(maud=1, yann=1).after(RequestEvent("resolved", "maud0", NINE, how="spam"))
        assert route(NEW, team(person("maud"), person("yann")), DESK, None, log).member == "maud"

    def test_ids_break_ties(self) -> None:
        people = [person(name) for name in ("zoe", "yann", "maud")]
        found = route(NEW, team(*people), DESK, None, busy(zoe=1, yann=1, maud=1))
        assert (found.member, whys(found)["maud"]) == ("maud", "tie")
        assert "the order of the ids decided" in found.reason()
        assert found == route(NEW, team(*reversed(people)), DESK, None, busy(zoe=1, yann=1, maud=1))

    def test_the_only_one(self) -> None:
        found = route(NEW, team(person("maud"), person("yann", "Sat")), DESK)
        assert whys(found) == {"maud": "alone", "yann": "off"}
        assert "off duty until 2026-03-07 00:00+00:00" in found.text()

    def test_the_same_person_answers_the_same_author(self) -> None:
        log = busy(maud=3).after(
            Request("old", NINE - HOUR, author="bo", network="bluesky"),
            RequestEvent("answered", "old", NINE, by="maud"),
            RequestEvent("resolved", "old", NINE, how="explained"),
        )
        people = team(person("maud"), person("yann"))
        found = route(NEW, people, DESK, None, log)
        assert (found.member, found.contact, whys(found)["maud"]) == ("maud", "maud", "contact")
        elsewhere = Request("new", NINE + HOUR, author="bo", network="linkedin")
        assert route(elsewhere, people, DESK, None, log).contact is None
        nobody = Request("new", NINE + HOUR, network="bluesky")
        assert route(nobody, people, DESK, None, log).contact is None

    def test_who_had_it_keeps_it(self) -> None:
        log = busy(maud=3).after(NEW, RequestEvent("assigned", "new", NINE + HOUR, to="maud"))
        found = route(NEW, team(person("maud"), person("yann")), DESK, NINE + 2 * HOUR, log)
        assert found.member == "maud"
        assert {one.load for one in found.candidates} == {3, 0}, "its own weight does not count"

    @pytest.mark.parametrize(
        ("people", "taken", "said"),
        [
            ([person("maud", "Sat"), person("yann")], "yann", "off duty until"),
            ([person("yann")], "yann", "`maud` had the last request of the same author, and is"),
            (
                [person("maud", roles={"expert"}), person("yann")],
                "yann",
                "`maud` had the last request of the same author, and does not hold this role",
            ),
        ],
    )
    def test_a_contact_who_cannot_is_told(
        self, people: list[Member], taken: str, said: str
    ) -> None:
        log = RequestLog(
            [Request("old", NINE, author="bo", network="bluesky")],
            [RequestEvent("assigned", "old", NINE, to="maud")],
        )
        found = route(NEW, team(*people), DESK, None, log)
        assert (found.member, found.contact) == (taken, "maud")
        assert said in found.text()

    def test_a_topic_goes_to_its_role(self) -> None:
        recall = Request("r", NINE, topics={"recall"})
        people = team(person("maud"), person("ines", roles={"expert"}))
        assert route(recall, people, DESK).member == "ines"


class TestNobody:
    """When nobody can take it, it is told loudly, with who will be there first."""

    @pytest.mark.parametrize(
        ("people", "desk", "gap", "said"),
        [
            ([], Desk(), NoRoute.NO_ROUTE, "no route of the desk fits this request"),
            ([], Desk(routes=[Route("empty")]), NoRoute.NO_HOLDER, "nobody holds `empty`"),
            (
                [person("maud", skills=()), person("yann", languages=())],
                DESK,
                NoRoute.UNABLE,
                "nobody who holds communicator is able to take it",
            ),
            (
                [person("maud", skills=()), person("yann", "never")],
                DESK,
                NoRoute.NEVER,
                "nobody is or will be on duty as communicator",
            ),
            (
                [person("maud", "Wed"), person("yann", "Tue"), person("zoe", "never")],
                DESK,
                NoRoute.OFF_DUTY,
                "nobody is on duty as communicator; `yann` will be, at 2026-03-03 00:00+00:00",
            ),
        ],
    )
    def test_the_gap(self, people: list[Member], desk: Desk, gap: NoRoute, said: str) -> None:
        found = route(Request("r", NINE, language="fr"), team(*people), desk)
        assert (found.member, found.gap) == (None, gap)
        assert found.reason() == said
        assert found.view().tone == "forbidden"
        assert found.view().lines[0].word == "gap"
        assert found.text("fr").startswith("`r` ne va à personne\n  manque")

    def test_whoever_is_back_first_is_up_next(self) -> None:
        found = route(NEW, team(person("maud", "Wed"), person("yann", "Tue")), DESK)
        assert found.next_up is not None
        assert found.next_up.member == "yann"
        unable = route(NEW, team(person("maud", "Tue", skills=())), DESK)
        assert unable.next_up is None

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="does not say its time zone"):
            route(NEW, team(), DESK, NINE.replace(tzinfo=None))


def test_it_shows_itself() -> None:
    people = team(person("maud"), person("yann", languages={"en"}), person("zoe", "never"))
    found = route(Request("r", NINE, language="fr"), people, DESK)
    assert (
        found.text()
        == """\
`r` goes to `maud` as communicator
  →  maud  the only one on duty who can
  ·  yann  does not speak `fr`
  ·  zoe   never on duty, or their hours are not known
  (at 2026-03-02 09:00, UTC)"""
    )
    assert found.text("fr").startswith("`r` va à `maud` comme communicant\n")


def test_which_reasons_are_a_choice() -> None:
    assert [why.value for why in RoutingReason if why.is_chosen] == [
        "contact",
        "alone",
        "least",
        "tie",
    ]
    assert [why.value for why in RoutingReason if not why.is_able] == ["language", "skills"]
