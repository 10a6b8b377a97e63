"""The lines of a calendar, and the components that they make: nothing in them is run or fetched."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import field

from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.regex import regex
from cmcore.base.shown import clip
from cmcore.base.values import internal
from cmcore.codec.bounds import check_size, refuse_utf_16

#: How deep components may lie within one another; those of RFC 5545 lie three deep.
_DEEPEST: Final = 8
#: Parts of a calendar that say nothing of anybody's time.
_SAYS_NOTHING: Final = frozenset({"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
#: The most events of a calendar.
MOST_EVENTS: Final = 50_000


@internal
class Property:
    """One property: its name, its parameters, its value without escapes, and its line."""

    name: str
    params: Mapping[str, str]
    text: str
    line: int


@internal
class Component:
    """What stands between a `BEGIN` and its `END`: properties, and the components within."""

    name: str
    line: int
    properties: list[Property] = field(factory=list)
    within: list["Component"] = field(factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name, in order."""
        return [one for one in self.properties if one.name == name]

    def one(self, name: str) -> Property | None:
        """Return the first property of a name, if there is any."""
        return next(iter(self.all(name)), None)

    def said(self, name: str) -> str:
        """Return the text of the first property of a name; empty if there is none."""
        found = self.one(name)
        return found.text if found else ""


def parts_of(text: str | bytes) -> tuple[list[Component], list[Component]]:
    """Return the events of a calendar, and the zones that it describes, each in order.

    Raises:
        InvalidError: with every problem: it is too large, is no calendar, or a line does not read.
    """
    check_size(text)
    problems: list[Problem] = []
    found = list(_components(_decoded(text), problems))
    names = {one.name for one in found}
    events = [one for one in found if one.name == "VEVENT"]
    if "VCALENDAR" not in names:
        problems.insert(0, Problem.of("no-calendar"))
    elif not (events or problems or names <= _SAYS_NOTHING):
        problems.append(Problem.of("calendar-without-events"))
    if len(events) > MOST_EVENTS:
        problems.append(Problem.of("calendar-too-long", most=MOST_EVENTS))
    refuse_any(problems)
    return events, [one for one in found if one.name == "VTIMEZONE"]


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    refuse_utf_16(text)
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise InvalidError([Problem("not-utf").at_line(line)]) from None


def _components(text: str, problems: list[Problem]) -> Iterator[Component]:
    """Yield each component as it ends; what is wrong with the lines is added to `problems`."""
    around: list[Component] = []
    for number, line in _unfolded(text):
        found = _property(line, number)
        if found is None:
            shown = clip(line)
            problems.append(Problem.of("calendar-line", text=shown).at_line(number))
        elif found.name == "BEGIN":
            around.append(Component(found.text.upper(), number))
            if len(around) > _DEEPEST:
                raise InvalidError([Problem.of("calendar-nested").at_line(number)])
        elif found.name == "END":
            name = found.text.upper()
            if not around or around[-1].name != name:
                problems.append(Problem.of("calendar-end", name=name).at_line(number))
                return
            ended = around.pop()
            if around and around[-1].name == "VTIMEZONE":
                around[-1].within.append(ended)
            yield ended
        elif around:
            around[-1].properties.append(found)
    for one in around:
        problems.append(Problem.of("calendar-open", name=one.name).at_line(one.line))
        yield one


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, each with its number and all that goes on with it."""
    parts: list[str] = []
    first = 0
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if parts and raw[:1] in {" ", "\t"}:
            parts.append(raw[1:])
            continue
        if parts:
            yield first, "".join(parts)
        parts, first = ([raw], number) if raw.strip() else ([], number)
    if parts:
        yield first, "".join(parts)


#: A line: a name, parameters of which some are quoted, and a value.
_PARAMETER: Final = regex(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^",;:]*)(?:,(?:"[^"]*"|[^",;:]*))*)')
_NAME: Final = regex("[A-Za-z0-9-]+")
#: What escapes stand for in a text.
_ESCAPED: Final = regex(r"\\(.)", re.DOTALL)


def _property(line: str, number: int) -> Property | None:
    """Return what a line says; None where it is no line of a calendar."""
    name = _NAME.match(line)
    if name is None:
        return None
    here, params = name.end(), dict[str, str]()
    while found := _PARAMETER.match(line, here):
        params[found[1].upper()] = found[2].replace('"', "")
        here = found.end()
    if line[here : here + 1] != ":":
        return None
    text = _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], line[here + 1 :])
    return Property(name[0].upper(), params, text.strip(), number)
