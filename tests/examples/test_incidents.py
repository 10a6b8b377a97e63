"""Six crises everybody knows: replaying them finds what went wrong, without being told."""

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from cmcore import Charter, Incident, Playbook, conduct, parse, read
from cmcore.codec.documents import parse_document
from cmcore.incidents import Conduct, Standing

FOLDER: Final = Path(__file__).parents[2] / "examples" / "incidents"
CASES: Final = ("aquarelle", "nestle", "la-redoute", "us-airways", "digiorno", "united")
PLAYBOOK: Final = read(FOLDER / "playbook.yaml", Playbook)
CHARTER: Final = read(FOLDER / "charter.yaml", Charter)
#: What the files may say of an event: what was said and done, by whom, when, and who says so.
TOLD: Final = frozenset(
    {"at", "tolerance", "source", "by", "note", "network", "language", "text", "about", "claims"}
    | {"promises", "that", "criticism", "measure", "number", "roles", "labels"}
)


@cache
def replayed(case: str) -> Conduct:
    return conduct(read(FOLDER / f"{case}.yaml", Incident), PLAYBOOK, CHARTER)


def breached(case: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in replayed(case).of(Standing.BREACHED):
        found.setdefault(one.duty, set()).update(one.events[:1])
    return found


def test_aquarelle_is_found_out() -> None:
    assert breached("aquarelle") == {
        "nobody-is-silenced": {"stop-writing"},
        "nobody-is-blamed": {"reproach"},
        "nothing-vanishes": {"deletions"},
        "nothing-false": {"settled"},
        "promises-kept": {"promise-monday", "promise-afternoon", "promise-evening"},
    }


def test_nestle_is_found_out() -> None:
    assert breached("nestle") == {
        "nobody-is-silenced": {"no-logos"},
        "nobody-is-blamed": {"manners", "censorship"},
        "nothing-vanishes": {"takedown", "deletions"},
    }


def test_us_airways_is_found_out() -> None:
    assert breached("us-airways") == {"nothing-false": {"statement"}}


def test_digiorno_behaved_after_the_blunder() -> None:
    assert breached("digiorno") == {}
    (word,) = [one for one in replayed("digiorno").findings if one.duty == "first-word"]
    assert (word.standing, word.events) == (Standing.KEPT, ("apology",))


def test_united_is_found_out() -> None:
    assert breached("united") == {
        "nobody-is-blamed": {"letter"},
        "nothing-false": {"overbooked"},
    }


def test_la_redoute_is_in_doubt_because_the_sources_disagree() -> None:
    assert breached("la-redoute") == {}
    doubts = {one.duty: one.code for one in replayed("la-redoute").of("unknown")}
    assert doubts["first-word"] == "doubt"
    assert doubts["nothing-vanishes"] == "criticism unknown"


@pytest.mark.parametrize(
    ("case", "event", "rules"),
    [
        ("aquarelle", "promise-monday", ("complaints", "promises")),
        ("nestle", "takedown", ("removals",)),
        ("la-redoute", "tweet", ("open-incident",)),
        ("us-airways", "picture", ("complaints",)),
        ("digiorno", "apology", ("claims", "open-incident")),
        ("united", "overbooked", ("claims", "complaints")),
    ],
)
def test_the_first_act_that_the_charter_sends_to_the_crisis_circuit(
    case: str, event: str, rules: tuple[str, ...]
) -> None:
    first = replayed(case).first
    assert first is not None
    assert (first.event, first.decision.circuits) == (event, ("crisis",))
    assert first.decision.determining == rules


def test_had_the_first_tweet_been_at_one_there_would_be_no_doubt() -> None:
    text = (FOLDER / "la-redoute.yaml").read_text(encoding="utf-8")
    sure = text.replace("2012-01-04T13:27+01:00\n    tolerance: 30 min", "2012-01-04T12:40+01:00")
    assert sure != text
    found = conduct(parse(sure, Incident), PLAYBOOK).findings
    assert next(one for one in found if one.duty == "first-word").standing is Standing.KEPT


@pytest.mark.parametrize("case", CASES)
def test_no_event_carries_a_verdict(case: str) -> None:
    data = parse_document((FOLDER / f"{case}.yaml").read_text(encoding="utf-8"), "yaml")
    for event in data["events"]:
        kind, *details = event
        assert kind not in TOLD
        assert set(details) <= TOLD


@pytest.mark.parametrize("case", CASES)
def test_everything_has_its_source(case: str) -> None:
    incident = read(FOLDER / f"{case}.yaml", Incident)
    assert all(event.source in incident.sources for event in incident.events)
    assert {event.source for event in incident.events} == {*incident.sources}


def test_an_everyday_post_and_a_kind_word_go_out_as_they_are() -> None:
    from cmcore import Act, Context, Message, decide
    from cmcore.charters import Situation

    calm = Context(incident=Situation(open=False))
    labels = {"promise": False, "claim": False}
    post = Act(kind="publish", text="Bonjour", labels=labels)
    assert decide(CHARTER, post, calm).outcome == "covered"
    thanks = Act(kind="reply", labels=labels, in_reply_to=Message(tone="kind"))
    assert decide(CHARTER, thanks, calm).outcome == "covered"
