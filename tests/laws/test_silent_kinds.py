"""Kinds of one's own that are silent: what nobody gives is absent, here and in what came before."""

from datetime import UTC, datetime, timedelta
from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Message, audit, parse
from cmcore.charters import Earlier
from cmcore.charters.conditions.facts import SAME, Log
from cmcore.charters.kinds import WITHOUT
from cmcore.charters.meaning.observation import Facts

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
CHARTER: Final = parse(
    """
charter: c
kinds: {open-door: {en: open a door, fr: ouvrir une porte, silent: yes}}
circuits: {desk: [{ask: {role: lead}}]}
default: desk
expect: [{id: shut, of: open-door, after: block, within: 1 h, same: person}]
""",
    Charter,
    format="yaml",
)
_PERSONS: Final = st.sampled_from(
    [None, Message(author="jo"), Message(author="al", id="m1"), Message(id="m2"), Message()]
)


@st.composite
def _acts(draw: st.DrawFn) -> Act:
    return Act(
        kind=draw(st.sampled_from(["open-door", "open-door", "block", "reply"])),
        at=NOON - timedelta(minutes=draw(st.integers(0, 90))),
        text=draw(st.sampled_from([None, "ex.fr/a"])),
        template=draw(st.sampled_from([None, "news"])),
        target=draw(_PERSONS),
        in_reply_to=draw(_PERSONS),
    )


def _said(act: Act) -> Act:
    """Return the act with what a silent kind has not said in so many words."""
    nothing = [name for name in WITHOUT if getattr(act, name) is None]
    silent = act.kind == "open-door"
    return attrs.evolve(act, absent=act.absent | {*nothing}) if silent else act


def _log(act: Act, earlier: list[Act], same: str) -> Log:
    read = Facts(CHARTER, act, Context(at=NOON, earlier=Earlier(earlier)))
    found = read.read(f"recent.any.{same}")
    assert isinstance(found, Log)
    return found


@given(_acts(), st.lists(_acts(), max_size=4), st.sampled_from(SAME))
def test_what_a_silent_kind_has_not_is_as_if_every_act_said_so(
    act: Act, earlier: list[Act], same: str
) -> None:
    assert _log(act, earlier, same) == _log(_said(act), [_said(one) for one in earlier], same)
    around = Context(at=NOON, earlier=Earlier(earlier))
    said = Context(at=NOON, earlier=Earlier([_said(one) for one in earlier]))
    for fact in ("person.blocked", "person.muted"):
        there = Facts(CHARTER, act, around).read(fact)
        assert there == Facts(CHARTER, _said(act), said).read(fact)


@given(st.lists(_acts(), max_size=6))
def test_an_audit_looks_back_at_silent_kinds_alike(acts: list[Act]) -> None:
    one, other = (audit(CHARTER, rows) for rows in (acts, [_said(act) for act in acts]))
    assert one.expectations == other.expectations
