"""The charter of a brand: what goes out by itself, and a crisis on a Saturday night."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmcore import (
    Act,
    Charter,
    Message,
    Outcome,
    Span,
    Team,
    Week,
    completable,
    decide,
    parse,
    read,
)
from cmcore.circuits import Completability
from cmcore.circuits.completion.completability import Shortage, Want

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / "examples" / "brand-team"
PAGE: Final = (ROOT / "docs" / "how-to" / "saturday-night.md").read_text(encoding="utf-8")
PARIS: Final = ZoneInfo("Europe/Paris")

TEAM: Final = read(EXAMPLE / "team.yaml", Team)
CHARTER: Final = read(EXAMPLE / "charter.yaml", Charter)
MENDED: Final = parse(PAGE.partition('```yaml title="charter.yaml" hl_lines="10-14"\n')[2]
                      .partition("```")[0], Charter)  # fmt: skip


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS)


NIGHT: Final = Span(at(7, 20), at(8, 8))
ON_CALL: Final = Week.parse("Sat 20:00-24:00; Sun 00:00-08:00")


def called(*people: str) -> Team:
    """Return the team with people on call on that night."""
    team = TEAM
    for member in map(team.member, people):
        when = member.availability
        assert when.week is not None
        night = attrs.evolve(when, week=when.week | ON_CALL)
        team = team.with_member(attrs.evolve(member, availability=night))
    return team


def crisis(
    charter: Charter, team: Team, window: Span = NIGHT, *, emergency: bool = False,
    author: str | None = None,
) -> Completability:  # fmt: skip
    return completable(
        charter.circuit("crisis"), team, window, emergency=emergency, author=author,
        zone=charter.zone,
    )  # fmt: skip


def reasons(found: Completability) -> list[tuple[str | None, Want, tuple[int, ...], timedelta]]:
    (one,) = found.circuits
    return [(f.author, f.reason.kind, f.reason.stages, f.length) for f in one.failures]


@pytest.mark.parametrize(
    ("act", "outcome", "circuits"),
    [
        (Act(kind="publish", topics={"lamps"}, text="The Brume, in green."), "covered", []),
        (Act(kind="publish", topics={"shops"}, text="Sales!", labels={"about_price": True}),
         "exception", ["desk"]),
        (Act(kind="publish", topics={"football"}, text="What a match."), "exception", ["desk"]),
        (Act(kind="publish", topics={"lamps"}, text="We recall the Brume."), "exception",
         ["crisis"]),
        (Act(kind="publish", topics={"lamps"}, text="Elle brûle de vous plaire."), "exception",
         ["crisis"]),
        (Act(kind="reply", topics={"lamps"}, text="We call you at once.",
             in_reply_to=Message(text="My lamp caught FIRE!")), "exception", ["crisis"]),
        (Act(kind="reply", topics={"lamps"}, text="Thank you.",
             in_reply_to=Message(text="What a lovely lamp.")), "exception", ["desk"]),
    ],
)  # fmt: skip
def test_everyday_posts_go_out_and_crisis_words_are_referred(
    act: Act, outcome: str, circuits: list[str]
) -> None:
    labels = {"about_price": False, **act.labels}
    found = decide(CHARTER, attrs.evolve(act, labels=labels))
    assert found.outcome is Outcome(outcome)
    assert [*found.circuits] == circuits


def test_a_crisis_is_asked_of_a_communicator_then_of_the_coordinator_soon() -> None:
    stages = CHARTER.circuit("crisis").stages
    assert [(*stage.ask.names, stage.within) for stage in stages] == [
        ("communicator", timedelta(minutes=15)),
        ("coordinator", timedelta(minutes=30)),
    ]
    assert CHARTER.default == "desk"


def test_on_a_saturday_night_nobody_is_there() -> None:
    found = crisis(CHARTER, TEAM)
    assert not found.is_complete
    assert found.share == 0
    assert found.failing == (NIGHT,)
    assert reasons(found) == [(None, Want.FEW_THERE, (2,), timedelta(hours=12))]
    (failure,) = found.circuits[0].failures
    lacks: Shortage = failure.reason
    assert (lacks.needed, lacks.have, lacks.there) == (1, 0, ())


def test_it_is_no_better_over_the_week_for_one_coordinator_has_no_second() -> None:
    *away, writing = crisis(CHARTER, TEAM, Span(at(2, 0), at(9, 0))).circuits[0].failures
    # She is there 40 hours of 168; a review opened half an hour before her comes to her in time.
    lost = sum((failure.length for failure in away), timedelta(0))
    assert lost == timedelta(hours=128) - 5 * timedelta(minutes=30)
    assert {(f.reason.kind, f.reason.stages) for f in away} == {(Want.FEW_THERE, (2,))}
    assert (writing.author, writing.length) == ("agathe", timedelta(hours=40))
    assert writing.reason.kind is Want.NOBODY_FOUND


def test_the_mended_circuit_is_the_old_one_with_deputies_and_a_shorter_way() -> None:
    old, new = (charter.circuit("crisis") for charter in (CHARTER, MENDED))
    assert [attrs.evolve(stage, deputies=None) for stage in new.stages] == [*old.stages]
    assert len(new.emergency) == 1
    assert {m.id for m in TEAM.members if "organisation" in m.skills} == {"agathe", "ines"}


def test_a_mended_circuit_alone_mends_no_rota() -> None:
    assert crisis(MENDED, TEAM).share == 0
    found = crisis(MENDED, TEAM, emergency=True)
    assert reasons(found) == [(None, Want.FEW_THERE, (1,), timedelta(hours=12))]


def test_deputies_do_not_fill_the_hours_when_she_writes_and_the_emergency_does() -> None:
    tuesday = Span(at(3, 12), at(3, 16))
    usual = crisis(MENDED, TEAM, tuesday, author="agathe")
    assert reasons(usual) == [(None, Want.NOBODY_FOUND, (2,), timedelta(hours=4))]
    assert crisis(MENDED, TEAM, tuesday, author="agathe", emergency=True).is_complete


@pytest.mark.parametrize(("people", "author"), [(["camille"], "camille"), (["ines"], "ines")])
def test_one_on_call_is_not_enough_since_they_would_approve_themselves(
    people: list[str], author: str
) -> None:
    found = crisis(MENDED, called(*people), emergency=True)
    assert reasons(found) == [(author, Want.FEW_THERE, (1,), timedelta(hours=12))]


def test_two_who_stand_in_for_each_other_complete_it_at_once_at_every_moment() -> None:
    found = crisis(MENDED, called("camille", "ines"), emergency=True)
    assert found.is_complete
    assert found.share == 1
    assert found.worst == timedelta(0)
    for author in ("camille", "ines"):
        assert crisis(MENDED, called("camille", "ines"), emergency=True, author=author).is_complete


def test_the_emergency_needs_its_deputies() -> None:
    circuit = MENDED.circuit("crisis")
    alone = [attrs.evolve(stage, deputies=None) for stage in circuit.emergency]
    bare = attrs.evolve(circuit, emergency=alone)
    found = completable(bare, called("camille", "ines"), NIGHT, emergency=True)
    assert reasons(found) == [("camille", Want.FEW_THERE, (1,), timedelta(hours=12))]


def test_the_same_two_are_not_enough_for_the_usual_way() -> None:
    found = crisis(MENDED, called("camille", "ines"))
    assert reasons(found) == [
        ("ines", Want.FEW_THERE, (2,), timedelta(hours=11, minutes=45)),
        ("camille", Want.FEW_THERE, (2,), timedelta(minutes=15)),
    ]


def test_the_page_shows_the_circuit_of_the_file() -> None:
    shown = PAGE.partition("```yaml\ncircuits:\n")[2].partition("```")[0]
    text = (EXAMPLE / "charter.yaml").read_text(encoding="utf-8")
    assert re.search(r"^  crisis:$", shown, re.MULTILINE)
    assert shown in text
