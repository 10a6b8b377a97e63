"""Expectations to and from plain data, the way charter files write them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from fractions import Fraction
from functools import partial
from typing import Any, Final, cast

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.expectation import Bound, Expectation, Proportion
from cmcore.charters.kinds import KINDS
from cmcore.charters.rule import Term
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import LENGTH
from cmcore.codec.conditions import UNITS, read_rate
from cmcore.codec.forms import Form, Key
from cmcore.codec.hours import as_week
from cmcore.codec.plain import BROKEN, Gather, as_duration, each
from cmcore.codec.rules import TERM
from cmcore.codec.shapes import either, listed, ref
from cmcore.codec.values import DURATION, HOURS, ID, TEXT, WORDS, Value, with_words
from cmcore.time.units import CalendarUnit
from cmcore.time.week import Week

_PART: Final = r"([0-9]{1,3}(?:[.,][0-9]{1,330})?) ?%"
_TEXT: Final = rf"{_PART} (?:per|par) ({'|'.join(UNITS)})"
_SHARE: Final = re.compile(_TEXT.replace("{1,3}", "{1,330}"))
_ALL: Final = 100


def _read_bound(data: object, is_floor: bool, is_share: bool) -> Bound:  # noqa: FBT001 - of its key
    """Return a number of acts, as `2 per week` or `3 in 1 h`, or a share of them."""
    if not is_share:
        wanted, fits = ("floor", _is_floor) if is_floor else ("cap", _is_cap)
        return cast("Bound", read_rate(data, wanted, fits))
    text = " ".join(str(data).split())
    found = _SHARE.fullmatch(text)
    if not found or not isinstance(data, str):
        raise refuse("wrong-value", given=data, wanted="part-of-acts")
    part = Fraction(found[1].replace(",", "."))
    if part > _ALL:
        raise refuse("share-too-large", given=text)
    return Proportion(float(part / _ALL), UNITS[found[2]])


def _is_rate(data: object) -> bool:
    """Return whether a bound is a number of acts, though it should be a share."""
    with suppress(InvalidError):
        return isinstance(read_rate(data), Rate)
    return False


def _is_floor(rate: Rate) -> bool:
    return rate.count > 0 and isinstance(rate.within, CalendarUnit)


def _is_cap(rate: Rate) -> bool:
    return rate.within is not None


def _read_leads(data: object) -> tuple[timedelta, ...]:
    """Return durations, of which one alone may be written without brackets."""
    return tuple(each(data, as_duration)) if isinstance(data, list) else (as_duration(data),)


def _write_leads(leads: tuple[timedelta, ...]) -> Data:
    return [*map(show_duration, leads)]


#: In a file, any spaces are as good as one.
_SPACES: Final = r"\s+"
_ANY: Final = r"\s*"
_BOUND: Final[Value[Bound]] = Value(
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


_COUNTED: Final = with_words(TEXT, KINDS)
_SHARED: Final = with_words(WORDS, (name.removeprefix("same_") for name in SAME))
_SIDES: Final = ("at least", "at most", "after", "before")


def read_expectation(data: object) -> Expectation:
    """Return the expectation that a mapping writes: what its bound is like, `among` says.

    Raises:
        InvalidError: with every problem of every key, each with its place.
    """
    reading = EXPECTATION.open(data)
    for side in ("at least", "at most"):
        bound, has_whole = reading.item.get(side), "among" in reading.item
        is_part = isinstance(bound, str) and "%" in bound
        is_share = is_part or (has_whole and not _is_rate(bound))
        reading.key(side, side == "at least", is_share)
        if is_part and not has_whole and reading.told[reading.form.keys[side].field] is None:
            reading.gather.add([Problem.of("share-of-nothing", "among", given=bound)])
    return reading.made()


def placeholder(index: int, data: object) -> Expectation | None:
    """Return what can still be checked of an expectation that does not read: what it names."""
    reading = Gather().at((), EXPECTATION.open, data)
    if reading is None:
        return None
    told = reading.told
    named = {"id": told["id"], "of": told["of"]}
    named |= {"id": f"{BROKEN}{index}"} if told["id"] == BROKEN else {}
    named |= {"of": "any"} if told["of"] == BROKEN else {}
    month = CalendarUnit.MONTH
    within = told["within"] or timedelta.max
    ways: tuple[dict[str, Any], ...] = (
        {"at_most": Proportion(1 / 2, month), "among": told["among"], "on": told["on"]},
        {"after": told["after"], "within": within, "same": told["same"]},
        {"before": told["before"], "by": told["by"], "same": told["same"]},
        {"before": told["before"], "by": told["by"]},
        {"at_most": Rate(1, month), "on": told["on"]},
    )
    made = (Gather().at((), partial(Expectation, **named, **way)) for way in ways)
    return next((one for one in made if one is not None), None)


def _sifted(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, not that of giving no bound where one does not read or has another name."""
    told = [_named(problem) for problem in found]
    is_tried = any(_about(one) & {*_SIDES} for one in told)
    yield from (one for one in told if not (is_tried and one.code == "expects-nothing"))


def _about(problem: Problem) -> set[object]:
    """Return the key that a problem is of, and those that it is near to."""
    near = problem.params.get("near")
    return {*problem.path[:1], *(near if isinstance(near, tuple) else ())}


def _named(problem: Problem) -> Problem:
    """Return the problem of a bound under another name, which its own is near to."""
    key = str(problem.path[-1]) if problem.path else ""
    if problem.code != "unknown-key" or key not in _OTHERS:
        return problem
    return Problem.of("unknown-key", *problem.path, key=key, near=[_OTHERS[key]], known=())


#: Other names of bounds, and the bounds that they are near to.
_OTHERS: Final = {
    **dict.fromkeys(("more than", "above", "over", "min", "minimum", "au moins"), "at least"),
    **dict.fromkeys(("fewer than", "less than", "below", "under", "max", "maximum", "au plus"),
                    "at most"),
}  # fmt: skip
EXPECTATION: Final = Form(
    Expectation,
    "expectation",
    "What is expected: a number of acts of a period, a share of them, one act after another, or "
    "before another or an event.",
    Key("id", ID, "Its name.", missing=BROKEN, needed="name-expectation"),
    Key("at least", _BOUND, "The fewest acts, or the least share of them.", "at_least",
        later=True),
    Key("at most", _BOUND, "The most acts, or the greatest share of them.", "at_most", later=True),
    Key("of", _COUNTED, "What is counted: a kind of act, `any`, or a count.", missing=BROKEN,
        needed="name-counted"),
    Key("among", _COUNTED, "What it is a share of: a kind of act, `any`, or a count."),
    Key("after", _COUNTED, "What is to be followed: a kind of act, `any`, or a count."),
    Key("before", _COUNTED, "What it is to come before: other acts, or an event with `by`."),
    Key("by", _LEADS, "By what times before the event, each by an act of its own.", missing=(),
        broken=(timedelta.resolution,), beside="before"),
    Key("within", LENGTH, "Within what time it is to be followed, or to come before.",
        broken=timedelta.max),
    Key("during", Value(as_week, WORDS.schema, str), "The hours in which that time passes.",
        broken=Week.always(), beside="within"),
    Key("same", _SHARED, "What both have in common: `link`, `topic`, a label.", missing=()),
    Key("on", HOURS, "The only hours of the week whose acts count.", missing=None),
    Key("because", TEXT, "Why it is expected.", missing=""),
    *TERM,
    parts={"term": Term},
    sift=lambda found: [*_sifted(found)],
    more={"oneOf": [{"required": [side]} for side in _SIDES]},
)  # fmt: skip
