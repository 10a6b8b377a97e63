"""Drawings of circuits and reviews: what they show, and that no name adds to them."""

import re
from datetime import UTC, datetime
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    BusinessClock,
    Charter,
    Member,
    Quorum,
    Review,
    Role,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    decide,
    hours,
    minutes,
    open_review,
    record,
    status,
)
from cmcore.circuits import NO_OBJECTION
from cmcore.display.wording import LANGUAGES, Language
from cmcore.reviews import (
    Approved,
    Refused,
    ReviewEvent,
    ReviewState,
    ReviewStatus,
    Withdrawn,
    mermaid,
)

NINE: Final = datetime(2026, 3, 27, 9, tzinfo=UTC)
ANY: Final = Approvers("role", {"editor"})
LEGAL: Final = Approvers("team", {"legal", "board"})
OFFICE: Final = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
DESK: Final = ValidationCircuit(
    "desk",
    [
        Stage(ANY, within=hours(2), deputies=Approvers("skill", {"calm"})),
        Stage(LEGAL, Quorum.parse("more than 2/3"), hours(4), "refuse", clock=OFFICE),
        Stage(Approvers("name", {"ana"}), Quorum.parse("50%")),
    ],
    emergency=[Stage(ANY, NO_OBJECTION, minutes(30)), Stage(ANY, within=minutes(5))],
)


TEAM: Final = Team(
    "legal",
    [
        Member("ana"),
        Member("bob", roles={"editor"}),
        Member("eve", roles={"editor"}),
        Member("zoe", skills={"calm"}),
    ],
    [Role("editor")],
)
POST: Final = Act(id="post-7", author="ana", text="The 18:05 sails at 18:20.")


def opened(circuit: ValidationCircuit = DESK, *events: ReviewEvent) -> Review:
    charter = Charter("brume", circuits=[circuit], default=circuit.id)
    review = open_review(decide(charter, POST), POST, charter, NINE, team=TEAM)
    return record(review, *events)


def test_a_circuit_is_drawn_whole_with_its_emergency_beside() -> None:
    assert mermaid(DESK).splitlines() == [
        "flowchart TD",
        '    opened(["desk"])',
        '    s1["stage 1<br>one person #40;editor#41;<br>within 2 h<br>deputies: skill calm"]',
        (
            '    s2["stage 2<br>more than 2/3 #40;team board, legal#41;'
            '<br>within 4 h, counted Mon-Fri 09:00-18:00, Paris time"]'
        ),
        '    s3["stage 3<br>50#37; #40;ana#41;"]',
        '    approved(["approved"]):::covered',
        '    refused(["refused"]):::forbidden',
        '    lapsed(["lapsed"]):::forbidden',
        '    subgraph aside["in emergency"]',
        '        e1["stage 1<br>no objection #40;editor#41;<br>within 30 min"]',
        '        e2["stage 2<br>one person #40;editor#41;<br>within 5 min"]',
        "    end",
        "    opened --> s1",
        '    opened -->|"in emergency"| e1',
        '    s1 -->|"approve, or time out"| s2',
        '    s1 -->|"refuse"| refused',
        '    s2 -->|"approve"| s3',
        '    s2 -->|"refuse, or time out"| refused',
        '    s3 -->|"approve"| approved',
        '    s3 -->|"refuse"| refused',
        '    e1 -->|"no objection, or time out with an objection"| e2',
        '    e1 -->|"refuse"| refused',
        '    e2 -->|"approve"| approved',
        '    e2 -->|"refuse"| refused',
        '    e2 -->|"time out"| lapsed',
        "    classDef covered stroke:#1c8650",
        "    classDef forbidden stroke:#d53f30",
    ]


def test_it_is_drawn_in_french_too() -> None:
    drawn = mermaid(DESK, "fr")
    assert (
        '"étape 1<br>1 personne #40;editor#41;<br>en 2 h<br>suppléants : compétence calme"' in drawn
    )
    assert "comptés lun" in drawn


@pytest.mark.parametrize("otherwise", ["refuse", "lapse", "escalate"])
def test_a_last_stage_never_approves_by_its_time(otherwise: str) -> None:
    circuit = ValidationCircuit("one", [Stage(ANY, within=hours(1), otherwise=otherwise)])
    (late,) = [line for line in mermaid(circuit).splitlines() if "time out" in line]
    assert late.endswith("refused" if otherwise == "refuse" else "lapsed")


def test_a_review_is_drawn_at_what_was_recorded_last() -> None:
    yes = Approved("bob", POST.digest(), at=NINE + minutes(20))
    assert mermaid(opened(DESK, yes)).splitlines() == [
        "flowchart TD",
        '    act(["post-7: under review"]):::exception',
        '    t1s1["desk<br>stage 1"]:::past',
        (
            '    t1s2["desk<br>stage 2 of 3#59; 1 yes of 3#59; awaits eve, zoe#59; '
            'until 2026-03-27 13:20#43;00:00, then it is refused"]:::now'
        ),
        '    t1s3["desk<br>stage 3"]',
        '    approved(["approved"])',
        "    act --> t1s1",
        "    t1s1 --> t1s2",
        "    t1s2 --> t1s3",
        "    t1s3 --> approved",
        "    classDef exception stroke:#a06b00",
        "    classDef now stroke-width:4px",
        "    classDef past stroke-dasharray:4",
    ]


def test_one_just_opened_awaits_its_first_stage() -> None:
    drawn = mermaid(opened())
    assert '"desk<br>stage 1 of 3#59; 0 yes of 1' in drawn
    assert drawn == mermaid(status(opened(), NINE))


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Refused("bob", at=NINE + minutes(1)), "refused"),
        (Withdrawn("ana", at=NINE + minutes(1)), "withdrawn"),
    ],
)
def test_one_cut_short_ends_where_it_was(event: ReviewEvent, state: str) -> None:
    lines = mermaid(opened(DESK, event)).splitlines()
    assert [line.strip() for line in lines if "-->" in line] == [
        "act --> t1s1",
        f"t1s1 --> {state}",
    ]


def test_one_approved_has_been_everywhere() -> None:
    circuit = ValidationCircuit("two", [Stage(ANY), Stage(ANY)])
    both = [Approved(name, POST.digest(), at=NINE) for name in ("bob", "eve")]
    drawn = mermaid(opened(circuit, *both))
    assert drawn.count(":::past") == 2
    assert "t1s2 --> approved" in drawn
    assert 'approved(["approved"]):::covered' in drawn


#: Anything that an id may be, with what Mermaid reads as its own.
STRANGE: Final = st.one_of(
    st.sampled_from(['x"] --> y["', "%%{init: {}}%%", "end", "<img src=x>", "a|b", "`*x*`", ":::"]),
    st.text(
        st.characters(max_codepoint=0x24F, exclude_categories=["C", "Z"], exclude_characters="µ"),
        min_size=1,
        max_size=20,
    ),
)


def renamed(circuit: ValidationCircuit, name: str) -> ValidationCircuit:
    """Return the circuit with everything in it called by one name."""

    def whom(approvers: Approvers) -> Approvers:
        return attrs.evolve(approvers, names={name})

    def every(stages: tuple[Stage, ...]) -> list[Stage]:
        return [
            attrs.evolve(
                stage, ask=whom(stage.ask), deputies=stage.deputies and whom(stage.deputies)
            )
            for stage in stages
        ]

    return ValidationCircuit(name, every(circuit.stages), every(circuit.emergency))


def skeleton(drawn: str) -> str:
    """Return a drawing without what its labels say."""
    return re.sub(r'"[^"\n]*"', "_", drawn)


@given(st.from_type(ValidationCircuit), STRANGE, st.sampled_from(LANGUAGES))
def test_no_name_adds_a_line_or_an_arrow_to_a_circuit(
    circuit: ValidationCircuit, name: str, language: Language
) -> None:
    drawn = mermaid(renamed(circuit, name), language)
    assert skeleton(drawn) == skeleton(mermaid(renamed(circuit, "x"), "en"))
    stages = len(circuit.stages) + len(circuit.emergency)
    assert len(re.findall(r"^ +[se]\d+\[_\]$", skeleton(drawn), re.MULTILINE)) == stages


@given(st.from_type(ReviewStatus), STRANGE, st.sampled_from(LANGUAGES))
def test_no_name_adds_a_line_or_an_arrow_to_a_review(
    found: ReviewStatus, name: str, language: Language
) -> None:
    def called(name: str) -> ReviewStatus:
        tracks = tuple(
            attrs.evolve(
                track,
                circuit=name,
                awaited=tuple(name for _ in track.awaited),
                objecting=tuple(name for _ in track.objecting),
            )
            for track in found.tracks
        )
        return attrs.evolve(found, act=name, tracks=tracks)

    assert skeleton(mermaid(called(name), language)) == skeleton(mermaid(called("x")))


@given(st.from_type(Review))
def test_every_review_can_be_drawn_and_every_node_is_reached(review: Review) -> None:
    drawn = mermaid(review)
    nodes = re.findall(r"^    (\w+)[\[(]", drawn, re.MULTILINE)
    arrows = re.findall(r"^    (\w+) --> (\w+)$", drawn, re.MULTILINE)
    assert {*nodes} == {end for arrow in arrows for end in arrow}
    assert nodes[-1] in {*ReviewState}
