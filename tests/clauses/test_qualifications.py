"""Qualifications with dates, as the page writes them: what counts at the moment of the act."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Outcome, decide, structure
from cmcore.charters import compiled

from .page import CLAUSES

NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEAR: Final = timedelta(days=365)
INSTANT: Final = timedelta(microseconds=1)
#: A date of whoever acts; none where there was nothing, and a word where it is not known.
Day = datetime | str | None
UNKNOWN: Final = "unknown"
_AGES: Final = st.sampled_from([timedelta(0), INSTANT, -INSTANT, YEAR, YEAR + INSTANT])
_DAYS: Final = st.sampled_from([None, UNKNOWN]) | (
    _AGES | st.integers(-900, 900).map(timedelta)
).map(lambda age: NOW - age)


def clause(start: str) -> Charter:
    """Return a charter that forbids what the clause that begins so is about."""
    (found,) = (one for words, one in CLAUSES.items() if words.startswith(start))
    told = found.charter()
    (rule,) = told["rules"]
    shut = {"forbid": rule["refer"], "when": rule["when"], "because": rule["because"]}
    return structure(told | {"rules": [shut]}, Charter)


TRAINED: Final = clause("Whoever moderates was trained")
SIGNED: Final = clause("Whoever publishes has signed")


def outcome(charter: Charter, kind: str, **days: Day) -> Outcome:
    """Return what is decided, by both engines, for somebody with these dates."""
    known = {name: day for name, day in days.items() if not isinstance(day, str)}
    act, around = Act(kind=kind, at=NOW), Context(events=known)
    found = decide(charter, act, around).outcome
    assert compiled(charter).rule(act, around).outcome is found
    return found


def happened(day: Day) -> bool | None:
    """Return whether a date has come, where it is known."""
    return None if isinstance(day, str) else day is not None and day <= NOW


@given(_DAYS)
def test_a_training_counts_for_a_year_from_its_date(trained: Day) -> None:
    within = isinstance(trained, datetime) and NOW - YEAR <= trained <= NOW
    is_shut = outcome(TRAINED, "hide", trained=trained) is Outcome.FORBIDDEN
    assert is_shut is (trained != UNKNOWN and not within)


@given(_DAYS, _DAYS)
def test_an_agreement_counts_from_its_signature_to_its_end(signed: Day, expired: Day) -> None:
    is_shut = outcome(SIGNED, "publish", signed=signed, expired=expired) is Outcome.FORBIDDEN
    assert is_shut is (happened(signed) is False or happened(expired) is True)


PERMITS: Final = structure(
    {
        "charter": "c",
        "events": ["trained", "signed", "expired"],
        "circuits": {"desk": [{"ask": {"role": "lead"}}]},
        "default": "desk",
        "rules": [
            {
                "permit": "trained",
                "when": {"kind": "hide", "since.trained": {"at most": "365 d"}},
                "because": "They know how.",
            },
            {
                "permit": "signed",
                "when": {
                    "kind": "publish",
                    "since.signed": {"present": True},
                    "since.expired": {"present": False},
                },
                "because": "They agreed.",
            },
        ],
    },
    Charter,
)


@given(trained=_DAYS, signed=_DAYS, expired=_DAYS)
def test_a_permit_opens_only_for_a_qualification_that_is_known_to_hold(
    trained: Day, signed: Day, expired: Day
) -> None:
    within = isinstance(trained, datetime) and NOW - YEAR <= trained <= NOW
    holds = happened(signed) is True and happened(expired) is False
    days = {"trained": trained, "signed": signed, "expired": expired}
    assert (outcome(PERMITS, "hide", **days) is Outcome.COVERED) is within
    assert (outcome(PERMITS, "publish", **days) is Outcome.COVERED) is holds


@pytest.mark.parametrize("kind", ["hide", "publish"])
def test_without_the_moment_of_the_act_no_qualification_is_known_to_hold(kind: str) -> None:
    around = Context(events={"trained": NOW, "signed": NOW, "expired": None})
    assert decide(PERMITS, Act(kind=kind, at=NOW), around).outcome is Outcome.COVERED
    assert decide(PERMITS, Act(kind=kind), around).outcome is Outcome.EXCEPTION
