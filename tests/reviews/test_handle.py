"""What each event does to a review, by example; the laws are in tests/laws."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    BusinessClock,
    Charter,
    Context,
    Decision,
    InvalidError,
    Member,
    Quorum,
    Review,
    Role,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    decide,
    dump,
    fact,
    open_review,
    parse,
    record,
    status,
)
from cmcore.charters import Author
from cmcore.circuits import NO_OBJECTION, Timeout
from cmcore.reviews import (
    Amended,
    Approved,
    ChangesAsked,
    Delegated,
    Escalated,
    Objected,
    Published,
    Refused,
    ReviewEvent,
    Withdrawn,
    amend,
    regroup,
    timeline,
)
from cmcore.reviews.progress import TrackStatus
from cmcore.time import Calendar, WorkingDays

NINE = datetime(2026, 3, 27, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def team(names: str = "ana bob cat dan") -> Team:
    return Team("crew", [Member(name) for name in names.split()])


def ask(
    names: str,
    need: str = "any",
    hours: float | None = 1,
    otherwise: str = "lapse",
    deputies: str = "",
) -> Stage:
    return Stage(
        Approvers("name", names.split()),
        NO_OBJECTION if need == "silence" else Quorum.parse(need),
        None if hours is None else hours * HOUR,
        otherwise,
        Approvers("name", deputies.split()) if deputies else None,
    )


def charter_of(*circuits: Iterable[Stage], emergency: Iterable[Stage] = ()) -> Charter:
    """Return a charter that sends every act through all of its circuits."""
    made = [
        ValidationCircuit(f"c{n}", stages, emergency if n == 1 else ())
        for n, stages in enumerate(circuits, 1)
    ]
    sent = [Rule.refer(circuit.id, to=circuit.id, because="so") for circuit in made]
    return Charter("crew", circuits=made, default="c1", rules=sent)


ACT = Act(id="a", author="ana", text="Hello")
AFRESH = attrs.evolve(ACT, text="Goodbye")


def begin(*circuits: Iterable[Stage], emergency: Iterable[Stage] = ()) -> Review:
    """Open a review of what Ana wrote, at nine."""
    charter = charter_of(*circuits, emergency=emergency)
    urgent = bool(emergency)
    return open_review(decide(charter, ACT), ACT, charter, NINE, team=team(), emergency=urgent)


def change(review: Review, act: Act = AFRESH, minutes: float = 1) -> Amended:
    """Return the amendment of a review, decided as its opening was."""
    opening = review.opening
    return Amended(attrs.evolve(opening.decision, act=act), opening.circuits,
                   at=NINE + minutes * MINUTE)  # fmt: skip


def yes(review: Review, *names: str, minutes: float = 1) -> Review:
    at = NINE + minutes * MINUTE
    return record(review, *(Approved(name, review.digest, at=at) for name in names))


def why(review: Review, event: ReviewEvent) -> str:
    with pytest.raises(InvalidError) as caught:
        record(review, event)
    (problem,) = caught.value.problems
    return problem.message


def state(review: Review, minutes: float = 1) -> str:
    return str(status(review, NINE + minutes * MINUTE).state)


def track(review: Review, minutes: float = 1) -> TrackStatus:
    return status(review, NINE + minutes * MINUTE).tracks[0]


# ----------------------------------------------------------------------------------------- stages


def test_two_stages_of_any_take_two_people() -> None:
    review = yes(begin([ask("bob cat"), ask("bob cat")]), "bob")
    assert state(review) == "open"
    assert (track(review).stage, track(review).awaited) == (2, ("cat",))
    assert state(yes(review, "cat")) == "approved"


def test_places_are_given_so_that_as_many_as_can_be_are_filled() -> None:
    review = yes(begin([ask("bob cat"), ask("bob")]), "bob")
    assert track(review).yes == ("bob",)
    assert track(review).awaited == ()
    assert state(yes(review, "cat")) == "approved"


def test_a_share_counts_who_has_said_yes_already() -> None:
    review = yes(begin([ask("bob cat"), ask("bob cat", "all")]), "bob")
    assert (track(review).yes, track(review).needed) == (("bob",), 2)
    assert state(yes(review, "cat")) == "approved"


def test_one_yes_counts_in_every_circuit_where_it_is_valid() -> None:
    review = yes(begin([ask("bob")], [ask("bob cat"), ask("dan")]), "bob")
    first, second = status(review, NINE + MINUTE).tracks
    assert first.is_complete
    assert (second.stage, second.awaited) == (2, ("dan",))
    assert state(yes(review, "dan")) == "approved"


def test_an_emergency_takes_the_shorter_way() -> None:
    review = begin([ask("bob"), ask("cat")], [ask("dan")], emergency=[ask("cat")])
    first, second = status(review, NINE).tracks
    assert (first.stages, first.awaited) == (1, ("cat",))
    assert (second.stages, second.awaited) == (1, ("dan",))
    assert state(yes(review, "cat", "dan")) == "approved"


# ------------------------------------------------------------------------------------------- time


@pytest.mark.parametrize(
    ("otherwise", "stage", "state_after"),
    [("lapse", 1, "lapsed"), ("refuse", 1, "refused"), ("escalate", 2, "open")],
)
def test_when_the_time_is_out(otherwise: str, stage: int, state_after: str) -> None:
    review = begin([ask("bob", otherwise=otherwise), ask("cat")])
    assert (state(review, 59.9), track(review, 59).then) == ("open", otherwise)
    assert (state(review, 60), track(review, 60).stage) == (state_after, stage)


def test_the_last_instant_is_out() -> None:
    review = begin([ask("bob")])
    late = Approved("bob", review.digest, at=NINE + HOUR)
    assert why(review, late) == "the review is lapsed: nothing more can happen to it"
    assert state(record(review, attrs.evolve(late, at=late.at - timedelta.resolution)), 60) == (
        "approved"
    )


def test_nobody_is_above_the_last_stage() -> None:
    review = begin([ask("bob", otherwise="escalate")])
    assert track(review).then is Timeout.LAPSE
    assert state(review, 60) == "lapsed"


def test_what_is_escalated_is_answered_for_by_the_next_stage() -> None:
    review = begin([ask("bob", otherwise="escalate"), ask("cat dan")])
    late = Approved("bob", review.digest, at=NINE + 61 * MINUTE)
    assert why(review, late) == "the next stage is asked now, and `bob` no longer is"
    assert state(yes(review, "cat", minutes=61), 61) == "approved"


def test_refusals_come_before_lapses_of_one_instant() -> None:
    assert state(begin([ask("bob")], [ask("cat", otherwise="refuse")]), 60) == "refused"
    assert state(begin([ask("bob", otherwise="refuse")], [ask("cat")]), 60) == "refused"


def test_time_is_counted_on_the_clock_of_the_stage() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
    review = begin([attrs.evolve(ask("bob", hours=9), clock=office)])
    assert track(review).until == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_working_days_end_with_the_hours_of_the_last() -> None:
    office = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
    held = Calendar({date(2026, 3, 30)}, {2026})
    for clock, monday in ((office, 30), (office.on(held), 31)):
        stage = attrs.evolve(ask("bob"), within=WorkingDays(1), clock=clock)
        end = datetime(2026, 3, monday, 16, tzinfo=UTC)
        review = begin([stage])
        assert track(review).until == end
        assert status(review, end - MINUTE).state == "open"
        assert status(review, end).state == "lapsed"


def test_a_year_that_the_calendar_does_not_cover_refuses_the_opening() -> None:
    office = BusinessClock(Week.parse("Mon-Fri"), calendar=Calendar(years={2025}))
    stage = attrs.evolve(ask("bob"), within=WorkingDays(1), clock=office)
    with pytest.raises(InvalidError) as caught:
        begin([stage])
    assert [problem.code for problem in caught.value.problems] == ["year-not-in-calendar"]


def test_time_goes_on_while_changes_are_asked_and_nothing_passes() -> None:
    review = begin([ask("bob", "silence")], [ask("cat", hours=None)])
    asked = record(review, ChangesAsked("cat", "shorter", at=NINE + MINUTE))
    assert (state(asked), status(asked, NINE + MINUTE).awaited) == ("changes asked", ())
    assert why(asked, Approved("cat", asked.digest, at=NINE + MINUTE)) == (
        "changes are asked: it cannot be `approved` now"
    )
    assert state(asked, 60) == "lapsed"
    again = record(asked, change(asked, minutes=30))
    assert (state(again, 60), track(again, 60).until) == ("open", NINE + 90 * MINUTE)
    assert status(again, NINE + 90 * MINUTE).tracks[0].is_complete


# ---------------------------------------------------------------------------------------- silence


def test_silence_passes_when_its_time_is_out_and_no_sooner() -> None:
    review = begin([ask("bob cat", "silence")])
    assert track(review).then is None
    assert state(yes(review, "bob", "cat")) == "open"
    assert (state(review, 59), state(review, 60)) == ("open", "approved")


def test_an_objection_stands_until_who_objected_approves() -> None:
    review = begin([ask("bob cat", "silence")])
    objected = record(review, Objected("bob", "no", at=NINE + MINUTE))
    assert (track(objected).objecting, track(objected).then) == (("bob",), Timeout.LAPSE)
    again = parse(dump(objected, format="json"), Review, format="json")
    assert track(again).awaited == track(objected).awaited == ("bob", "cat")
    assert state(objected, 60) == "lapsed"
    assert state(yes(objected, "cat", minutes=2), 60) == "lapsed"
    assert state(yes(objected, "bob", minutes=2), 60) == "approved"


def test_one_objects_once_to_a_silence_that_is_asked_for() -> None:
    review = begin([ask("bob cat", "silence"), ask("dan")])
    no = Objected("bob", at=NINE + MINUTE)
    assert why(record(review, no), no) == "`bob` has spoken already"
    assert why(yes(review, "bob"), no) == "`bob` has spoken already"
    assert why(review, Objected("dan", at=NINE + MINUTE)) == (
        "`dan` is asked by a later stage, which is not open yet"
    )
    assert why(review, Objected("bob", at=NINE + HOUR)) == "nothing that is open now awaits `bob`"


# ------------------------------------------------------------------------------------- the others


def test_no_from_anybody_asked_ends_it_in_every_circuit() -> None:
    review = yes(begin([ask("bob cat")], [ask("dan")]), "bob")
    assert state(record(review, Refused("cat", "why", at=NINE + MINUTE))) == "refused"
    assert why(begin([ask("bob"), ask("cat")]), Refused("cat", at=NINE)) == (
        "`cat` is asked by a later stage, which is not open yet"
    )


def test_a_deputy_speaks_for_who_delegated_to_them_and_one_of_them_at_most() -> None:
    review = begin([ask("bob cat", "all", deputies="dan cat ana")])
    for_bob = Approved("dan", review.digest, "bob", at=NINE + MINUTE)
    assert why(review, for_bob) == "`dan` may not speak for `bob`"
    assert why(review, Delegated("bob", "cat", at=NINE)) == "`cat` is not a deputy of `bob`"
    assert why(review, Delegated("dan", "bob", at=NINE)) == "`dan` is not asked"
    lent = record(review, Delegated("bob", "dan", at=NINE))
    assert why(lent, Delegated("bob", "dan", at=NINE)) == "`bob` has delegated to `dan` already"
    assert why(lent, attrs.evolve(for_bob, instead_of=None)) == "`dan` is not asked"
    assert (track(review).lent, track(lent).lent) == ((), (("bob", "dan"),))
    assert "awaits bob, cat; dan may speak for bob" in track(lent).text()
    assert "dan peut parler au nom de bob" in track(lent).text("fr")
    with pytest.raises(InvalidError) as caught:
        record(lent, attrs.evolve(for_bob, instead_of=None))
    assert caught.value.problems[0].hint == 'say for whom they speak: `instead_of="bob"`'
    with pytest.raises(InvalidError) as caught:
        record(review, attrs.evolve(for_bob, instead_of=None))
    assert caught.value.problems[0].hint is None
    spoken = record(lent, for_bob)
    assert track(spoken).lent == ()
    assert track(yes(lent, "bob")).lent == ()
    assert why(spoken, Approved("bob", review.digest, at=NINE + MINUTE)) == (
        "`dan` has spoken for `bob` already"
    )
    assert why(yes(lent, "bob"), for_bob) == "`bob` has spoken already"
    assert (track(spoken).yes, track(spoken).awaited) == (("bob",), ("cat",))
    assert state(yes(spoken, "cat")) == "approved"


def test_a_deputy_who_came_to_be_asked_is_counted_for_themselves() -> None:
    review = begin([ask("bob cat", "all", deputies="dan")])
    lent = record(review, Delegated("bob", "dan", at=NINE))
    spoken = record(lent, Approved("dan", review.digest, "bob", at=NINE + MINUTE))
    swapped = Team("crew", [Member(name) for name in ("bob", "cat", "dan")])
    assert track(regroup(spoken, swapped, NINE + MINUTE)).yes == ("bob",)


def test_who_left_no_longer_speaks_and_what_they_said_stands() -> None:
    review = yes(begin([ask("bob cat dan", "all")]), "bob")
    left = regroup(review, team("ana cat"), NINE + 2 * MINUTE)
    assert (track(left, 2).yes, track(left, 2).needed) == (("bob",), 2)
    assert why(left, Approved("dan", review.digest, at=NINE + 2 * MINUTE)) == "`dan` is not asked"
    assert state(yes(left, "cat", minutes=2), 2) == "approved"


def test_who_is_asked_may_hand_the_stage_on_where_there_is_another() -> None:
    review = begin([ask("bob"), ask("cat")])
    handed = record(review, Escalated("bob", at=NINE + MINUTE))
    assert (track(handed).stage, track(handed).until) == (2, NINE + 61 * MINUTE)
    for name in ("bob", "cat", "dan"):
        assert why(handed, Escalated(name, at=NINE + MINUTE)) == (
            f"`{name}` has nothing to escalate"
        )


def test_only_the_author_amends_and_withdraws() -> None:
    review = yes(begin([ask("bob")]), "bob")
    stolen = change(review, attrs.evolve(AFRESH, author="bob"))
    assert why(review, stolen) == "`bob` is not the author"
    assert why(review, change(review, ACT)) == "the content is the same as before"
    assert why(review, Withdrawn("bob", at=NINE + MINUTE)) == "`bob` is not the author"
    assert state(record(review, Withdrawn("ana", at=NINE + MINUTE))) == "withdrawn"
    amended = record(review, change(review))
    assert why(amended, Published(AFRESH.digest(), at=NINE + MINUTE)) == (
        "the review is open: it cannot be `published` now"
    )


def test_what_goes_out_is_what_was_approved() -> None:
    review = yes(begin([ask("bob")]), "bob")
    assert why(review, Published("x", at=NINE + MINUTE)) == "`x` is not the content approved"
    assert state(record(review, Published(review.digest, at=NINE + MINUTE))) == "published"


def test_time_does_not_go_back() -> None:
    review = yes(begin([ask("bob cat", "all")]), "bob")
    assert why(review, Approved("cat", review.digest, at=NINE)) == (
        "it comes before the latest event"
    )
    with pytest.raises(InvalidError, match="the review was not open yet"):
        status(review, NINE - MINUTE)
    with pytest.raises(InvalidError, match="does not say its time zone"):
        status(review, NINE.replace(tzinfo=None))


def test_who_is_not_of_a_panel_has_nobody_to_delegate_to() -> None:
    review = begin([ask("bob")], [ask("cat", deputies="dan")])
    assert why(review, Delegated("bob", "dan", at=NINE)) == "`dan` is not a deputy of `bob`"
    lent = record(review, Delegated("cat", "dan", at=NINE))
    assert state(record(lent, Refused("dan", instead_of="cat", at=NINE)), 0) == "refused"


def test_a_status_may_be_asked_of_the_past() -> None:
    review = yes(begin([ask("bob cat", "all")]), "bob", minutes=5)
    assert track(review, 4).awaited == ("bob", "cat")
    assert track(review, 5).awaited == ("cat",)


def test_an_illegal_event_of_a_log_is_told_with_its_place() -> None:
    review = yes(begin([ask("bob cat", "all")]), "bob")
    with pytest.raises(InvalidError) as caught:
        attrs.evolve(review, events=(*review.events, *review.events))
    assert [problem.path for problem in caught.value.problems] == [("events", 1)]
    with pytest.raises(InvalidError, match="it cannot be `published` now"):
        Review(review.opening, [Published(review.digest, at=NINE)])


def test_the_team_changes_under_the_circuits_as_they_were() -> None:
    review = begin([ask("bob")])
    assert track(regroup(review, team("ana"), NINE)).awaited == ()
    with pytest.raises(InvalidError, match="cannot be `regrouped` now"):
        regroup(yes(review, "bob"), team(), NINE + MINUTE)


# --------------------------------------------------------------------------------------- amending

TALK = "Bonjour"
LEGAL = ValidationCircuit("legal", [ask("dan")])
DESK = ValidationCircuit("desk", [ask("bob")])
RECALLS = Charter(
    "brume",
    circuits=[DESK, LEGAL],
    default="desk",
    rules=[
        Rule.permit("daily", when=fact("text").mentions("horaires"), because="so"),
        Rule.refer("recall", to="legal", when=fact("text").mentions("rappel"), because="so"),
        Rule.forbid("rival", when=fact("text").mentions("rival"), because="never"),
    ],
)


def talk(text: str = TALK, author: str = "ana") -> Act:
    return Act(id="post", author=author, text=text)


def talking() -> Review:
    return open_review(decide(RECALLS, talk()), talk(), RECALLS, NINE, team=team())


def asked(review: Review) -> dict[str, tuple[str, ...]]:
    return {track.circuit: track.awaited for track in status(review, NINE + 9 * MINUTE).tracks}


def test_what_the_charter_forbids_cannot_be_amended_into_a_review() -> None:
    with pytest.raises(InvalidError, match="the new content is forbidden by `rival`"):
        amend(talking(), talk("Rappel du lot 12, mieux que rival"), RECALLS, NINE + MINUTE)


def test_an_amendment_asks_for_what_it_needs_and_never_for_less() -> None:
    review = yes(talking(), "bob")
    assert review.act == review.opening.act
    recall = amend(review, talk("Rappel du lot 12"), RECALLS, NINE + MINUTE)
    assert parse(dump(recall, format="json"), Review, format="json") == recall
    assert recall.act.text == "Rappel du lot 12"
    assert asked(recall) == {"desk": ("bob",), "legal": ("dan",)}
    calm = amend(recall, talk("Nos horaires"), RECALLS, NINE + 2 * MINUTE)
    assert asked(calm) == {"desk": ("bob",), "legal": ("dan",)}
    assert asked(amend(review, talk("Nos horaires"), RECALLS, NINE + MINUTE)) == {"desk": ("bob",)}


def test_an_amendment_is_decided_where_and_when_it_is_made() -> None:
    roles = Rule.forbid("interns", when=fact("author.contract").is_("internship"), because="no")
    charter = RECALLS.with_rule(roles)
    calm = Context(author=Author(contract="permanent"))
    review = open_review(decide(charter, talk(), calm), talk(), charter, NINE, team=team())
    unsure = amend(review, talk("Salut"), charter, NINE + MINUTE)
    assert unsure.events[0].decision.unknown  # type: ignore[attr-defined]
    assert unsure.act.at == NINE + MINUTE
    intern = Context(author=Author(contract="internship"))
    with pytest.raises(InvalidError, match="is forbidden by `interns`"):
        amend(review, talk("Salut"), charter, NINE + MINUTE, context=intern)


def test_an_amendment_is_of_the_same_act_by_the_same_charter() -> None:
    lax = RECALLS.without_rule("rival")
    with pytest.raises(InvalidError, match="decided by another charter"):
        amend(talking(), talk("rival"), lax, NINE + MINUTE)
    with pytest.raises(InvalidError, match="`b` is a different act"):
        amend(talking(), attrs.evolve(talk("Salut"), id="b"), RECALLS, NINE + MINUTE)
    nameless = attrs.evolve(talk("Salut"), id=None)
    with pytest.raises(InvalidError, match=f"`{nameless.digest()[:16]}` is a different act"):
        amend(talking(), nameless, RECALLS, NINE + MINUTE)
    decision = decide(RECALLS, talk("Salut"))
    without = Amended(decision, (), at=NINE + MINUTE)
    assert why(talking(), without) == "a circuit of the decision is missing: `desk`"
    weak = Amended(decision, [attrs.evolve(LEGAL, id="desk")], at=NINE + MINUTE)
    assert why(talking(), weak) == "the circuit `desk` has changed"


def test_the_files_of_an_amendment_are_part_of_it() -> None:
    review = amend(talking(), talk("Salut"), RECALLS, NINE, media=[b"photo"])
    assert review.digest == talk("Salut").digest([b"photo"])
    again = amend(review, talk("Salut"), RECALLS, NINE, media=[b"another"])
    approved = record(again, Approved("bob", again.digest, at=NINE))
    assert why(approved, Published(review.digest, at=NINE)).endswith("is not the content approved")


# ---------------------------------------------------------------------------------------- opening


def test_a_review_opens_for_an_exception_of_that_act_and_charter() -> None:
    circuit = ValidationCircuit("desk", [ask("bob")])
    charter = Charter("crew", circuits=[circuit], default="desk")
    act = Act(id="a", author="ana")
    decision = decide(charter, act)

    def problems(decision: Decision, act: Act, charter: Charter) -> list[str]:
        with pytest.raises(InvalidError) as caught:
            open_review(decision, act, charter, NINE, team=team())
        return [problem.message for problem in caught.value.problems]

    other = attrs.evolve(charter, version=2)
    assert problems(decision, act, other) == ["the decision is of `crew`, version 1"]
    same_name = charter.with_rule(Rule.permit("all", because="so"))
    assert problems(decision, act, same_name) == [
        "the decision is of another charter that is also called `crew`, version 1"
    ]
    assert problems(decision, attrs.evolve(act, id="b", text="other"), charter) == [
        "the decision is of an act with other `id`, `text`"
    ]
    assert problems(decide(charter, Act(id="a")), Act(id="a"), charter) == [
        "it is not known who the author is"
    ]
    elsewhere = attrs.evolve(decision, circuits=("desk", "other"))
    assert problems(elsewhere, act, charter) == ["its rules come to `desk`, not to `desk`, `other`"]
    ruled = charter.with_rule(Rule.refer("look", to="desk", because="so"))
    for forged_rule in (
        Rule.refer("lock", to="desk", because="so"),
        Rule.refer("look", to="desk", because="for nothing"),
        Rule.permit("look", because="so"),
    ):
        forged = decide(charter.with_rule(forged_rule), act)
        forged = attrs.evolve(forged, charter_digest=ruled.digest)
        assert problems(forged, act, ruled)[0] == (
            f"this contradicts the charter, on the rule `{forged_rule.id}`"
        )
    for make, outcome in ((Rule.permit, "covered"), (Rule.forbid, "forbidden")):
        ruled = charter.with_rule(make("it", because="so"))
        (told,) = problems(decide(ruled, act), act, ruled)
        assert told == f"the act is {outcome}: only an exception is reviewed"


def test_the_timeline_tells_what_people_and_time_did() -> None:
    review = begin([ask("bob", otherwise="escalate"), ask("cat dan", "silence")], [ask("dan")])
    review = record(yes(review, "dan"), Objected("cat", "too long", at=NINE + 70 * MINUTE))
    told = timeline(review, NINE + 3 * HOUR)
    digest = review.digest[:12]
    assert spoken(told.text()) == [
        "a: lapsed",
        f"approved dan 2026-03-27 09:01+00:00 · {digest}",
        "stage passed c2 2026-03-27 09:01+00:00 · stage 1",
        "escalated c1 2026-03-27 10:00+00:00 · stage 1",
        "objected cat 2026-03-27 10:10+00:00 · too long",
        "time out: lapsed c1 2026-03-27 11:00+00:00 · stage 2",
        "circuit c1 stage 2 of 2; cat objected",
        "circuit c2 complete",
        "(crew, version 1)",
    ]
    approved = timeline(yes(begin([ask("bob")]), "bob"), NINE + HOUR)
    assert spoken(approved.text("fr"))[1:4] == [
        f"accord bob 27 mars 2026 à 9 h 01 (UTC) · {digest}",
        "étape franchie c1 27 mars 2026 à 9 h 01 (UTC) · étape 1",
        "tout est approuvé 27 mars 2026 à 9 h 01 (UTC)",
    ]


def spoken(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("stage", "english", "french"),
    [
        (
            ask("bob cat", "all", hours=None),
            "stage 1 of 1; 0 yes of 2; awaits bob, cat",
            "étape 1 sur 1\u202f; accords\xa0: 0 sur 2\u202f; attend bob, cat",
        ),
        (
            ask("eve"),
            "stage 1 of 1; 0 yes of 1; awaits nobody; until 2026-03-27 10:00+00:00, then it lapses",
            (
                "étape 1 sur 1\u202f; accords\xa0: 0 sur 1\u202f; n’attend personne\u202f; jusqu’au"
                " 27\xa0mars\xa02026 à 10\xa0h (UTC), puis c’est caduc"
            ),
        ),
        (
            ask("bob", "silence"),
            "stage 1 of 1; no objection so far; until 2026-03-27 10:00+00:00, then it passes",
            (
                "étape 1 sur 1\u202f; pas d’objection pour l’instant\u202f; jusqu’au"
                " 27\xa0mars\xa02026 à 10\xa0h (UTC),"
                " puis elle est franchie"
            ),
        ),
    ],
)
def test_a_status_says_who_is_awaited_until_when_and_what_then(
    stage: Stage, english: str, french: str
) -> None:
    found = status(begin([stage]), NINE)
    assert found.text() == f"a: under review\n  circuit  c1  {english}\n  (crew, version 1)"
    assert found.tracks[0].text("fr") == french
    objected = record(begin([ask("bob", "silence", otherwise="refuse")]), Objected("bob", at=NINE))
    told = track(objected, 0).text()
    assert told.endswith("bob objected; until 2026-03-27 10:00+00:00, then it is refused")


def test_only_an_event_is_recorded() -> None:
    given: Any = "approved"
    with pytest.raises(InvalidError, match="`approved` is not an event of a review"):
        record(begin([ask("bob")]), given)


@pytest.mark.parametrize(("need", "state"), [("any", "open"), (1, "open"), ("all", "approved")])
def test_who_speaks_for_another_and_for_themselves_fills_one_place(
    need: str | int, state: str
) -> None:
    def asked(role: str) -> Approvers:
        return Approvers("role", {role})

    one, other = Stage(asked("a"), Quorum.parse(need), deputies=asked("b")), Stage(asked("b"))
    circuit = ValidationCircuit("c", [one, attrs.evolve(other, need=Quorum.parse(need))])
    charter = Charter("c", circuits=[circuit], default="c")
    members = [Member("zoe"), Member("ana", roles={"a"}), Member("bob", roles={"b"})]
    team, act = Team("t", members, [Role("a"), Role("b")]), Act(author="zoe", text="Hello")
    review = open_review(decide(charter, act), act, charter, NINE, team=team)
    told = record(
        review,
        Delegated("ana", "bob", at=NINE),
        Approved("bob", review.digest, instead_of="ana", at=NINE),
    )
    assert status(told, NINE).state == state
