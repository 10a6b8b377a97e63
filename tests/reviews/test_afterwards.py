"""Emergencies in which the author publishes alone, and the review is owed afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmcore import (
    Act,
    Approvers,
    BusinessClock,
    Charter,
    InvalidError,
    Member,
    Quorum,
    Review,
    Role,
    Rule,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    completable,
    decide,
    dump,
    open_review,
    parse,
    record,
    status,
)
from cmcore.circuits import NO_OBJECTION, shorten
from cmcore.display.wording import LANGUAGES, say
from cmcore.reviews import (
    Approved,
    Delegated,
    Published,
    Refused,
    ReviewEvent,
    ReviewState,
    Withdrawn,
    amend,
    due_reviews,
    mermaid,
    regroup,
    timeline,
)
from cmcore.strategies import circuits

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEAD, HEAD = (Approvers("role", {role}) for role in ("lead", "head"))
AFTER = Stage(HEAD, within=24 * HOUR, afterwards=True)
CIRCUIT = ValidationCircuit("c", [Stage(LEAD, within=HOUR)], [AFTER])
TEAM = Team(
    "t",
    [
        Member("ana", roles={"head"}),
        Member("bo", roles={"lead"}),
        Member("cy", roles={"head"}),
        Member("di", roles={"head"}),
    ],
    map(Role, ("lead", "head")),
)
ACT = Act(author="ana", text="Do not drink the water.")


def opened(*circuits: ValidationCircuit, emergency: bool = True) -> Review:
    many = circuits or (CIRCUIT,)
    rules = [Rule.refer(one.id, to=one.id, because="so") for one in many]
    charter = Charter("c", rules=rules, circuits=many, default=many[0].id)
    return open_review(decide(charter, ACT), ACT, charter, NOON, team=TEAM, emergency=emergency)


def yes(by: str, after: timedelta = HOUR) -> Approved:
    return Approved(by, ACT.digest(), at=NOON + after)


def out(after: timedelta = HOUR) -> Published:
    return Published(ACT.digest(), at=NOON + after)


def state(review: Review, *events: ReviewEvent, after: timedelta = 9 * HOUR) -> ReviewState:
    return status(record(review, *events), NOON + after).state


def refused(review: Review, *events: ReviewEvent) -> str:
    with pytest.raises(InvalidError) as caught:
        record(review, *events)
    return str(caught.value)


# ------------------------------------------------------------------------------- what may go out


def test_in_an_emergency_the_author_publishes_alone_and_otherwise_does_not() -> None:
    assert state(opened()) is ReviewState.ALONE
    assert state(opened(), out()) is ReviewState.OWED
    assert state(opened(emergency=False), after=HOUR / 2) is ReviewState.OPEN
    refused(opened(emergency=False), out(HOUR / 2))


def test_another_circuit_without_such_an_emergency_is_asked_first() -> None:
    other = ValidationCircuit("other", [Stage(LEAD)])
    review = opened(CIRCUIT, other)
    assert state(review) is ReviewState.OPEN
    refused(review, out())
    assert state(review, yes("bo")) is ReviewState.ALONE
    assert state(review, yes("bo"), out()) is ReviewState.OWED
    both = [ValidationCircuit(name, CIRCUIT.stages, [AFTER]) for name in ("a", "b")]
    assert state(opened(*both), out(), yes("cy")) is ReviewState.PUBLISHED


def test_what_is_amended_before_goes_out_alone_too_and_what_is_withdrawn_does_not() -> None:
    review = opened()
    charter = Charter("c", rules=[Rule.refer("c", to="c", because="so")], circuits=[CIRCUIT],
                      default="c")  # fmt: skip
    changed = amend(review, attrs.evolve(ACT, text="Boil the water."), charter, NOON + HOUR)
    assert status(changed, NOON + HOUR).state is ReviewState.ALONE
    gone = Withdrawn("ana", at=NOON + HOUR)
    assert state(review, gone) is ReviewState.WITHDRAWN
    refused(review, gone, out(2 * HOUR))


# ------------------------------------------------------------------------------ what is then owed


def test_the_review_is_owed_from_the_publication_on() -> None:
    found = status(record(opened(), out()), NOON + 2 * HOUR)
    (owed,) = found.owed
    assert (owed.until, owed.awaited, owed.then) == (NOON + 25 * HOUR, ("cy", "di"), None)
    assert not found.overdue
    assert "review owed by 2026-03-07 13:00" in str(found)


def test_nobody_reviews_before_it_is_out_nor_their_own_act() -> None:
    refused(opened(), yes("cy"))
    refused(opened(), out(), yes("ana"))
    refused(opened(), out(), yes("bo"))
    assert state(opened(), out(), yes("cy")) is ReviewState.PUBLISHED


def test_a_review_that_is_late_stays_owed_and_is_told() -> None:
    review = record(opened(), out())
    for days in (2, 400):
        found = status(review, NOON + days * 24 * HOUR)
        assert found.state is ReviewState.OWED
        assert [track.circuit for track in found.overdue] == ["c"]
        assert found.view().tone == "forbidden"
        assert "late" in str(found)
    assert state(review, yes("di", 1000 * HOUR), after=1000 * HOUR) is ReviewState.PUBLISHED
    on_time = status(record(review, yes("di")), NOON + 1000 * HOUR)
    assert not on_time.owed
    assert not on_time.overdue


def test_who_finds_it_wrong_afterwards_refuses_it() -> None:
    no = Refused("cy", at=NOON + 2 * HOUR)
    assert state(opened(), out(), no) is ReviewState.REFUSED


def test_several_may_have_to_review_and_people_may_change() -> None:
    pair = attrs.evolve(CIRCUIT, emergency=[attrs.evolve(AFTER, need=Quorum(2))])
    review = opened(pair)
    assert state(review, out(), yes("cy")) is ReviewState.OWED
    assert state(review, out(), yes("cy"), yes("di")) is ReviewState.PUBLISHED
    more = TEAM.with_member(Member("ed", roles={"head"}))
    late = regroup(regroup(review, TEAM, NOON), more, NOON + HOUR)
    assert state(late, out(), yes("cy"), yes("ed")) is ReviewState.PUBLISHED
    lent = attrs.evolve(CIRCUIT, emergency=[attrs.evolve(AFTER, deputies=LEAD)])
    instead = Approved("bo", ACT.digest(), "cy", at=NOON + HOUR)
    given = Delegated("cy", "bo", at=NOON + HOUR)
    assert state(opened(lent), out(), given, instead) is ReviewState.PUBLISHED


def test_its_time_is_counted_on_its_clock() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-17:00"))
    timed = attrs.evolve(CIRCUIT, emergency=[attrs.evolve(AFTER, within=8 * HOUR, clock=office)])
    found = status(record(opened(timed), out()), NOON + 2 * HOUR)
    assert found.owed[0].until == datetime(2026, 3, 9, 13, tzinfo=UTC)


# --------------------------------------------------------------------------- how it is written


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"within": None}, "no end"),
        ({"need": NO_OBJECTION}, "asks nobody"),
        ({"otherwise": "refuse"}, "`refuse` has no effect"),
    ],
    ids=["no-end", "silence", "else"],
)
def test_what_is_owed_has_an_end_and_is_asked_of_somebody(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidError, match=said):
        attrs.evolve(AFTER, **changes)


def test_only_the_one_stage_of_an_emergency_is_asked_afterwards() -> None:
    before = Stage(LEAD, within=HOUR)
    for stages, emergency in (([AFTER], []), ([AFTER], [AFTER]), ([before] * 3, [before, AFTER])):
        with pytest.raises(InvalidError, match="only the one stage of an emergency"):
            ValidationCircuit("c", stages, emergency)
    with pytest.raises(InvalidError, match="not shorter"):
        ValidationCircuit("c", [before], [before])


def test_a_file_says_it() -> None:
    text = """\
charter: c
circuits:
  c:
    stages: [{ask: {role: lead}, within: 1 h}]
    emergency: [{ask: {role: head}, within: 24 h, afterwards: yes}]
default: c
"""
    charter = parse(text, Charter)
    assert charter.circuit("c") == CIRCUIT
    assert parse(dump(charter), Charter) == charter


def test_it_is_shown_in_both_languages() -> None:
    assert "asked afterwards: the author publishes alone" in str(CIRCUIT)
    review = record(opened(), out())
    for language in LANGUAGES:
        for shown in (opened(), review, record(review, yes("cy"))):
            at = NOON + 2 * HOUR
            assert mermaid(shown, language)
            assert status(shown, at).view(language).lines
            assert timeline(shown, at).view(language).lines
        drawn = mermaid(CIRCUIT, language)
        assert "e1 -->" in drawn
        assert CIRCUIT.drawn(language).chains[1:]
    assert "nobody to ask before" in str(timeline(opened(), NOON))
    assert "the review is owed afterwards" in str(status(opened(), NOON))


def test_an_owed_review_reads_back() -> None:
    review = record(opened(), out())
    assert parse(dump(review), Review) == review


def test_whether_it_can_be_done_in_time_is_asked_as_for_any_stage() -> None:
    span = Span(NOON, NOON + HOUR)
    assert not completable(CIRCUIT, TEAM, span, emergency=True).is_complete
    here = [attrs.evolve(one, roles=one.roles).working("Mon-Sun") for one in TEAM.members]
    assert completable(CIRCUIT, TEAM.with_member(*here), span, emergency=True).is_complete


@given(circuits())
def test_shortening_keeps_who_is_asked_afterwards(circuit: ValidationCircuit) -> None:
    alone = attrs.evolve(circuit, emergency=[AFTER])
    assert shorten(alone).circuit.emergency == (AFTER,)


def test_what_is_owed_is_listed_by_its_deadline_and_what_is_late_is_told() -> None:
    soon, later = (record(opened(), out(HOUR * hours)) for hours in (1, 3))
    done = record(soon, yes("cy", 2 * HOUR))
    found = due_reviews([later, opened(), done, soon], NOON + 26 * HOUR)
    assert [one.owed[0].until for one in found.owed] == [NOON + 25 * HOUR, NOON + 27 * HOUR]
    assert found.overdue == found.owed[:1]
    for language in LANGUAGES:
        assert [line.word for line in found.view(language).lines] == [
            say("track late", language),
            say("state owed", language),
        ]
    tones = (due_reviews(many, NOON + 5 * HOUR).view().tone for many in ([], [soon]))
    assert [*tones, found.view().tone] == ["covered", "exception", "forbidden"]
    with pytest.raises(InvalidError, match="time zone"):
        due_reviews([], NOON.replace(tzinfo=None))
