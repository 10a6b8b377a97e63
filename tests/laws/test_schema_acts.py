"""Law: the schema of acts never refuses what the library accepts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import Charter, InvalidError, parse, schema, unstructure
from cmcore.charters import Case
from cmcore.charters.conditions.facts import FactType
from cmcore.codec import read_case
from cmcore.codec.acts import NOTHING
from cmcore.codec.columns import columns
from cmcore.strategies import cases

Data = Any
CASES = Draft202012Validator(schema(Case))
CHARTER = parse(
    """
charter: airline
labels: {tone: [calm, angry], claim: flag, caption: text, tags: symbols, risk: number}
events: [launch]
circuits: {desk: [{ask: {role: editor}}]}
default: desk
""",
    Charter,
)
VALUES: dict[FactType, st.SearchStrategy[Any]] = {
    FactType.FLAG: st.sampled_from([True, False, "yes", "false"]),
    FactType.SYMBOL: st.sampled_from(["publish", "bluesky", "calm", "", "mon"]),
    FactType.SYMBOLS: st.sampled_from(["product", ["a", "b"], [], ["calm"]]),
    FactType.NUMBER: st.integers(0, 9) | st.floats(0, 1),
    FactType.DURATION: st.sampled_from(["2 h", "PT1H"]),
    FactType.INSTANT: st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    FactType.TEXT: st.text(max_size=3),
}


@st.composite
def facts(draw: st.DrawFn, anything: st.SearchStrategy[Data]) -> Data:
    """Draw a mapping of facts, most of them right."""
    known = columns(CHARTER.vocabulary)
    names = draw(st.lists(st.sampled_from([*known, "id", "_x"]), unique=True, max_size=6))
    told = {}
    for name in names:
        kind = known[name].type if name in known else FactType.TEXT
        usual = st.one_of(VALUES[kind], VALUES[kind], st.just(NOTHING), st.none())
        told[name] = draw(usual | anything)
    return told


@given(cases())
def test_the_schema_accepts_what_is_written_of_an_act_and_of_a_case(case: Case) -> None:
    CASES.validate(unstructure(case))
    CASES.validate(unstructure(case.act))


@given(data=st.data())
def test_what_the_schema_refuses_in_an_act_the_codec_refuses(
    anything: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    told = data.draw(facts(anything))
    try:
        read_case(told, CHARTER)
    except InvalidError:
        return
    CASES.validate(told)


INSTANTS = st.tuples(
    st.sampled_from(["2026-01-31", "20260131"]),
    st.sampled_from(["T", "t", " "]),
    st.sampled_from(["09", "0930", "09:30", "09:30:15", "093015.5", "09:30:15,123456789"]),
    st.sampled_from(["Z", "+01", "-0130", "+01:00", "+01:00:30", "-01:00:30.5", "+01:00:30,5"]),
).map("".join)


@given(INSTANTS)
@example("2026-01-31 09:30 +01:00")
def test_every_instant_that_is_read_is_accepted(text: str) -> None:
    read_case({"at": text}, CHARTER)
    CASES.validate({"at": text})


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "publsh"},
        {"kind": ["publish"]},
        {"paid": "perhaps"},
        {"topics": 3},
        {"topics": [3]},
        {"text": ["a"]},
        {"at": "2026-01-31T09:00"},
        {"at": "2026-01-31"},
        {"at": NOTHING},
        {"in_reply_to.followers": "many"},
        {"incident.severity": NOTHING},
        {"event.launch": "yesterday"},
        {"id": 3},
        {"tone": {"is": "calm"}},
        {"tags": [1]},
        [],
    ],
    ids=str,
)
def test_both_refuse_an_act_that_is_wrong(data: Data) -> None:
    with pytest.raises(InvalidError):
        read_case(data, CHARTER)
    assert not CASES.is_valid(data)
