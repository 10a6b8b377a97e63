"""Looks: what acts are seen to be, and what they have in common, as plain tests.

Only what an act is and where it goes: never who wrote it, when, in which words, nor how many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import ABSENT, BUILTIN, FactSpec, FactType, Missing
from cmcore.charters.conditions.operators import Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.meaning.observation import Facts

#: The observed value of a fact; None if it is unknown, or if no test could name it.
Seen = bool | str | frozenset[str] | Missing | None
#: What each of the facts that are compared is seen to be, in their order.
Look = tuple[Seen, ...]

_COMPARED: Final = frozenset({FactType.FLAG, FactType.SYMBOL, FactType.SYMBOLS})
#: Who acts or is answered; what is written; the calendar's chances. No permit is made of these.
_LEFT_OUT: Final = frozenset(
    {
        *("author", "author.roles", "author.trained_in", "in_reply_to.author", "target.author"),
        *(
            "recipient",
            "person.blocked",
            "person.muted",
            "in_reply_to.id",
            "target.id",
            "links",
            "domains",
            "fits",
            "hashtags",
            "mentions",
            "local.weekday",
        ),
    }
)
#: One fact says for a whole message that there is none; a calm situation has no severity.
_NEVER_ASKED_ABSENT: Final = frozenset(
    {
        "incident.severity",
        *(n for n in BUILTIN if n.startswith(("in_reply_to.", "target.")) and n[-5:] != ".kind"),
    }
)


def compared(vocabulary: Vocabulary) -> tuple[FactSpec, ...]:
    """Return the facts by which acts are compared: flags, symbols and sets, by name."""
    names = sorted({*BUILTIN, *vocabulary.labels} - _LEFT_OUT)
    specs = (vocabulary.find(name) for name in names)
    return tuple(spec for spec in specs if spec and spec.type in _COMPARED)


def look(specs: Iterable[FactSpec], facts: Facts) -> Look:
    """Return what the facts of an act are seen to be."""
    return tuple(_seen(facts.read(spec.name)) for spec in specs)


def _seen(reading: object) -> Seen:
    if reading is ABSENT or isinstance(reading, bool | frozenset):
        return reading
    return reading if isinstance(reading, str) and reading else None


def look_key(seen: Look) -> tuple[tuple[str, ...], ...]:
    """Return what looks are put in order by."""
    return tuple(map(_key, seen))


def _key(seen: Seen) -> tuple[str, ...]:
    return ("{}", *sorted(seen)) if isinstance(seen, frozenset) else (repr(seen),)


def shared(specs: Sequence[FactSpec], looks: Sequence[Look]) -> tuple[FactTest, ...]:
    """Return every test that is true of all the looks, each as narrow as possible.

    Where a symbol differs, it is held to those that were seen.
    """
    columns = zip(specs, zip(*looks, strict=True), strict=True)
    found = (asked_of(spec, {*column}) for spec, column in columns)
    return tuple(test for test in found if test is not None)


def asked_of(spec: FactSpec, seen: set[Seen]) -> FactTest | None:
    """Return the test that is true of all that a fact was seen to be, if there is one."""
    return _SHARED[spec.type](spec, seen)


def _one(spec: FactSpec, seen: set[Seen]) -> FactTest | None:
    if None in seen:
        return None
    if len(seen) == 1:
        (only,) = seen
        return no_value(spec) if only is ABSENT else FactTest(spec.name, Op.IS, only)  # type: ignore[arg-type]
    words = frozenset(word for word in seen if isinstance(word, str))
    return FactTest(spec.name, Op.ONE_OF, words) if len(words) == len(seen) else None


def _many(spec: FactSpec, seen: set[Seen]) -> FactTest | None:
    if None in seen:
        return None
    words = frozenset(word for one in seen if isinstance(one, frozenset) for word in one)
    if words:
        return FactTest(spec.name, Op.ONLY, words)
    if seen == {ABSENT}:
        return no_value(spec)
    return None if ABSENT in seen else FactTest(f"{spec.name}.count", Op.IS, 0)


def no_value(spec: FactSpec) -> FactTest | None:
    """Return the test that a fact has no value, if it is one that may be asked of it."""
    asked = spec.name not in _NEVER_ASKED_ABSENT
    return FactTest(spec.name, Op.PRESENT, operand=False) if asked else None


_SHARED: Final[Mapping[FactType, Callable[[FactSpec, set[Seen]], FactTest | None]]] = {
    FactType.FLAG: _one,
    FactType.SYMBOL: _one,
    FactType.SYMBOLS: _many,
}
