"""Expectations to and from plain data, the way charter files write them."""

import re
from datetime import timedelta
from fractions import Fraction
from typing import Final, cast

from cmcore.base.amounts import show_duration
from cmcore.base.errors import refuse
from cmcore.charters.conditions.operands import OperandKind
from cmcore.charters.expectation import Bound, Expectation, Proportion
from cmcore.charters.rule import Term
from cmcore.codec.bounds import Data
from cmcore.codec.conditions import UNITS, read_rate
from cmcore.codec.forms import Form, Key
from cmcore.codec.plain import BROKEN, as_duration, each, without_followers
from cmcore.codec.rules import TERM
from cmcore.codec.shapes import either, listed, ref
from cmcore.codec.values import DURATION, ID, TEXT, WEEK, WORDS, Value

_TEXT: Final = rf"([0-9]{{1,3}}(?:[.,][0-9]{{1,330}})?) ?% (?:per|par) ({'|'.join(UNITS)})"
_SHARE: Final = re.compile(_TEXT)


def _read_bound(data: object) -> Bound:
    """Return a number of acts, as `2 per week` or `3 in 1 h`, or a share of them."""
    if isinstance(data, str) and "%" in data:
        found = _SHARE.fullmatch(" ".join(data.split()))
        if not found:
            raise refuse("wrong-value", given=data, wanted="bound")
        return Proportion(float(Fraction(found[1].replace(",", ".")) / 100), UNITS[found[2]])
    return cast("Bound", read_rate(data, OperandKind.RATE))


def _read_leads(data: object) -> tuple[timedelta, ...]:
    """Return durations, of which one alone may be written without brackets."""
    return tuple(each(data, as_duration)) if isinstance(data, list) else (as_duration(data),)


def _write_leads(leads: tuple[timedelta, ...]) -> Data:
    return [*map(show_duration, leads)]


#: In a file, any spaces are as good as one.
_SPACES: Final = r"\s+"
_ANY: Final = r"\s*"
_BOUND: Final = Value(
    _read_bound,
    either(
        ref("rate"),
        {
            "title": "share of acts",
            "type": "string",
            "pattern": rf"^\s*{_TEXT.replace(' ?', _ANY).replace(' ', _SPACES)}\s*$",
            "examples": ["20 % per month"],
        },
    ),
    str,
)
_LEADS: Final = Value(
    _read_leads, either(DURATION.schema, listed(DURATION.schema, 1)), _write_leads
)
_SIDES: Final = ("at least", "at most", "after", "before")
EXPECTATION: Final = Form(
    Expectation,
    "expectation",
    "What is expected: a number of acts of a period, a share of them, one act after another, or "
    "before an event.",
    Key("id", ID, "Its name.", missing=BROKEN, needed="name-expectation"),
    Key("at least", _BOUND, "The fewest acts, or the least share of them.", "at_least"),
    Key("at most", _BOUND, "The most acts, or the greatest share of them.", "at_most"),
    Key("of", TEXT, "What is counted: a kind of act, `any`, or a count.", missing=BROKEN,
        needed="name-counted"),
    Key("among", TEXT, "What it is a share of: a kind of act, `any`, or a count."),
    Key("after", TEXT, "What is to be followed: a kind of act, `any`, or a count."),
    Key("before", TEXT, "What it is to come before: an event of the charter."),
    Key("by", _LEADS, "By what times before the event, each by an act of its own.", missing=(),
        beside="before"),
    Key("within", DURATION, "Within what time it is to be followed, or comes before at most."),
    Key("same", WORDS, "What both have in common: `link`, `topic`, `person`.", missing=()),
    Key("on", WEEK, "The only hours of the week whose acts count.", missing=None),
    Key("because", TEXT, "Why it is expected.", missing=""),
    *TERM,
    parts={"term": Term},
    sift=lambda found: without_followers(found, {side: {"expects-nothing"} for side in _SIDES}),
    more={"oneOf": [{"required": [side]} for side in _SIDES]},
)  # fmt: skip
