"""The shape of an act: messages in mappings of their own, or, in rows, under names with a dot.

`in_reply_to: {tone: critical}` and `in_reply_to.tone: critical` say the same, and so do `labels`
and `absent` beside the facts and among them. Files of acts, lines of a history and what is
structured all read either; what is written is nested.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast

from cmcore.base.errors import Path, Problem
from cmcore.codec.plain import Gather, as_mapping, as_text, each

#: What a row says for a fact known to have no value.
NOTHING: Final = "(none)"
MESSAGES: Final = ("in_reply_to", "target")
#: What tells a label of these types from a text.
_TAGS: Final = frozenset({"duration", "instant"})


class Row(NamedTuple):
    """An act as facts by name: where each stands in the data, and what is known to be nothing."""

    facts: dict[str, object]
    places: dict[str, Path]
    absent: frozenset[str]
    messages: frozenset[str]

    def lacks(self, name: str) -> bool:
        """Return whether a fact is known to be absent, itself or with its whole message."""
        head = name.partition(".")[0]
        return name in self.absent or (head in MESSAGES and head in self.absent)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of a fact at the place where it stands in the data."""
        name = problem.path[0] if problem.path else ""
        place = self.places.get(str(name))
        return problem if place is None else problem.at(*place, *problem.path[1:])


def row_of(facts: dict[str, object]) -> Row:
    """Return a row that says facts by their names and nothing else, as cells do."""
    return Row(facts, {}, frozenset(), frozenset())


def flat(item: Mapping[str, object]) -> Row:
    """Return the facts of an act by name, whichever way they are written.

    Raises:
        InvalidError: when one is written both ways, or `labels` or `absent` hold something else.
    """
    row = Row({}, {}, frozenset(), frozenset())
    gather = Gather()
    absent: list[str] = []
    for key, data in item.items():
        if key in MESSAGES and isinstance(data, Mapping):
            inner = as_mapping(cast("object", data))
            nothing = gather.at((key, "absent"), _words, inner.get("absent", []))
            absent += (f"{key}.{name}" for name in nothing or ())
            parts = {name: one for name, one in inner.items() if name != "absent"}
            _add(row, gather, {f"{key}.{name}": ((key, name), one) for name, one in parts.items()})
        elif key == "labels" and isinstance(data, Mapping):
            labels = as_mapping(cast("object", data))
            _add(row, gather, {k: ((key, k), _untagged(one)) for k, one in labels.items()})
        elif key == "absent" and isinstance(data, list):
            absent += gather.at((key,), _words, cast("object", data)) or ()
        else:
            _add(row, gather, {key: ((key,), data)})
    gather.done()
    nested = frozenset(key for key in MESSAGES if isinstance(item.get(key), Mapping))
    return row._replace(absent=frozenset(absent), messages=nested)


def _add(row: Row, gather: Gather, found: Mapping[str, tuple[Path, object]]) -> None:
    for name, (place, data) in found.items():
        if name in row.facts:
            gather.add([Problem.of("fact-twice", *place, fact=name)])
        row.facts[name], row.places[name] = data, place


def _words(data: object) -> tuple[str, ...]:
    return tuple(each(data, as_text))


def _untagged(data: object) -> object:
    """Return what is within a tag: with a charter, the type of a label is known."""
    if isinstance(data, Mapping) and len(cast("Mapping[object, object]", data)) == 1:
        ((tag, given),) = cast("Mapping[object, object]", data).items()
        return given if tag in _TAGS else data
    return data


def nested(data: object) -> dict[str, Any]:
    """Return the mapping of an act with its messages in mappings of their own.

    A word that is `(none)` is known to be nothing; a text may well say so.
    """
    item = as_mapping(data)
    made = _joined(item) if any("." in key for key in item) else item
    for head in MESSAGES:
        if isinstance(made.get(head), Mapping):
            made[head] = _without_nothing(made[head])
    return _without_nothing(made)


def _joined(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping in which what stands under `target.tone` stands in the message `target`."""
    gather = Gather()
    made: dict[str, Any] = {key: one for key, one in item.items() if "." not in key}
    for key, one in item.items():
        head, dot, name = key.partition(".")
        if dot and head in MESSAGES and isinstance(made.setdefault(head, {}), Mapping):
            if name in made[head]:
                gather.add([Problem.of("fact-twice", key, fact=key)])
            made[head] = {**made[head], name: one}
        elif dot:
            made[key] = one
    gather.done()
    return made


def _without_nothing(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping in which what is said to be nothing is listed under `absent`."""
    names = [name for name, one in item.items() if one == NOTHING and name not in {"text", "id"}]
    if not names or not isinstance(item.get("absent", []), list):
        return dict(item)
    kept = {name: one for name, one in item.items() if name not in names}
    return {**kept, "absent": [*item.get("absent", []), *names]}
