"""What options hold: instants, days, pairs and names of files, each read or refused there."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import attrs
import click

from cmcore.base.codes import Code
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.charters.act import Act
from cmcore.charters.audits.statistics import tail
from cmcore.charters.context import Context
from cmcore.cli.language import spoken
from cmcore.codec.documents import format_of
from cmcore.codec.plain import as_date, as_instant
from cmcore.teams.plan import Pair
from cmcore.time.durations import parse_duration
from cmcore.time.intervals import day_span, span_problems
from cmcore.time.week import Week, check_zone

UNKNOWN: Final = "unknown"
_T = TypeVar("_T")
_G = TypeVar("_G")
_DIGITS: Final = 12


def says_nothing(act: Act, context: Context) -> bool:
    """Return whether nothing is said of an act, nor of what is around it; its id says nothing."""
    return (attrs.evolve(act, id=None), context) == (Act(), Context())


def bad(code: Code, hint: str | None = None, **told: object) -> click.BadParameter:
    """Return the error of an option, to be raised: that of a callback, or the one that is named."""
    return click.BadParameter(Problem(code, params=told).text(spoken()), param_hint=hint)


class Whole(click.IntRange):
    """A whole number, `min` at least."""

    def __init__(self, least: int) -> None:
        super().__init__(min=least)
        self._least = least

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Read the number.

        Raises:
            click.BadParameter: it is none, or less.
        """
        try:
            number = int(value)
        except ValueError:
            self._refuse("not-a-whole-number", value, param, ctx)
        if number < self._least:
            self._refuse("less-than-least", value, param, ctx)
        return number

    def _refuse(
        self, code: Code, given: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> NoReturn:
        told = Problem.of(code, given=given, least=self._least)
        self.fail(told.text(spoken()), param, ctx)


def instant(_: click.Context, __: click.Parameter, text: str | None) -> datetime | None:
    """Read the instant of an option.

    Raises:
        click.BadParameter: it is none, or has no offset.
    """
    return None if text is None else _wanted(as_instant, text)


def duration(_: click.Context, __: click.Parameter, text: str | None) -> timedelta | None:
    """Read the duration of an option.

    Raises:
        click.BadParameter: it is none.
    """
    return None if text is None else _wanted(parse_duration, text)


def durations(
    _: click.Context, __: click.Parameter, texts: tuple[str, ...]
) -> tuple[timedelta, ...]:
    """Read the durations of an option that may be given several times.

    Raises:
        click.BadParameter: one is none.
    """
    return tuple(_wanted(parse_duration, text) for text in texts)


def day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    """Read the day of an option, or an instant.

    Raises:
        click.BadParameter: it is neither.
    """
    if text is None:
        return None
    with suppress(InvalidError):
        return as_date(text)
    return _wanted(as_instant, text)


def only_day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    """Read the day of an option.

    Raises:
        click.BadParameter: it is none.
    """
    return None if text is None else _wanted(as_date, text)


def zone(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """Read the time zone of an option.

    Raises:
        click.BadParameter: there is none of that name.
    """
    return None if text is None else _wanted(_zone, text)


def week(_: click.Context, __: click.Parameter, text: str | None) -> Week | None:
    """Read the hours of an option.

    Raises:
        click.BadParameter: they do not read.
    """
    return None if text is None else _wanted(Week.parse, text)


def _zone(text: str) -> str:
    check_zone(text)
    return text


def separator(_: click.Context, __: click.Parameter, text: str) -> str:
    """Read what stands between cells: one character, or `tab`.

    Raises:
        click.BadParameter: it is more, less, or a quote.
    """
    text = "\t" if text in {"tab", "\\t"} else text
    if len(text) != 1 or text in '"\r\n':
        raise bad("not-a-separator", given=text)
    return text


def level(_: click.Context, __: click.Parameter, number: float) -> float:
    """Read a level of confidence.

    Raises:
        click.BadParameter: it is not between 0 and 1.
    """
    _wanted(tail, number)
    return number


def missing(_: click.Context, __: click.Parameter, text: str) -> int | None:
    """Read how many acts are missing from a history; None if nobody knows.

    Raises:
        click.BadParameter: it is neither a count nor `unknown`.
    """
    if text == UNKNOWN:
        return None
    if text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    raise bad("not-a-count", given=text, unknown=UNKNOWN)


def pairs(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[Pair, ...]:
    """Read the pairs of an option, each a member and a role.

    Raises:
        click.BadParameter: one has no `=`.
    """
    return tuple(_pair(text) for text in given)


def named(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str | None]:
    """Read what the names of an option stand for; None where nothing stands after the `=`.

    Raises:
        click.BadParameter: one has no `=`, or comes a second time.
    """
    found: dict[str, str | None] = {}
    for text in given:
        name, equals, meant = map(str.strip, text.rpartition("="))
        if not (name and equals):
            raise bad("not-name-value", given=text)
        if name in found:
            raise bad("name-again", given=text)
        found[name] = meant or None
    return found


def zones(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Read which time zones the names of an option stand for.

    Raises:
        click.BadParameter: one is no name of a zone, or comes a second time.
    """
    found = named(context, option, given)
    return {name: _wanted(check_zone, zone or "") for name, zone in found.items()}


def _pair(text: str) -> Pair:
    member, equals, role = text.partition("=")
    if not equals:
        raise bad("not-a-pair", given=text)
    return member.strip(), role.strip()


def target(_: click.Context, __: click.Parameter, path: str | None) -> str | None:
    """Read the name of a file to write.

    Raises:
        click.BadParameter: its ending announces no format, or there is no such folder.
    """
    if path is None:
        return None
    _wanted(format_of, path)
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise bad("no-folder", folder=folder)
    return path


def _wanted(read_option: Callable[[_G], _T], given: _G) -> _T:
    try:
        return read_option(given)
    except InvalidError as error:
        raise click.BadParameter(error.text(spoken())) from None


def window_of(
    start: date | None, stop: date | None, zone: str
) -> tuple[datetime | None, datetime | None]:
    """Return the instants of a window: a day begins it, or ends it, at its midnight in `zone`.

    A window with no end lasts a week.

    Raises:
        InvalidError: the calendar ends before the window does.
    """
    if start and not stop:
        try:
            stop = start + timedelta(weeks=1)
        except OverflowError:
            raise refuse("beyond-calendar", "--start", at=start) from None
    return _first(start, zone), _first(stop, zone)


def window_problems(
    start: datetime | None, stop: datetime | None, *, is_needed: bool
) -> Iterator[Problem]:
    """Yield what is wrong with a window, each at its option; it may be missing unless needed."""
    if start is not None and stop is not None:
        for problem in span_problems(start, stop):
            yield problem.at(f"--{problem.path[0]}")
    elif stop is not None:
        yield Problem.of("window-without-start", "--start", hint="first-day")
    elif is_needed:
        yield Problem.of("window-missing", "--start", hint="first-day")


def without_team(given: Mapping[str, object]) -> Iterator[Problem]:
    """Yield each option that was given and is about a team, where there is none."""
    for option, wanted in given.items():
        if wanted:
            yield Problem.of("option-without-team", option, option=option, hint="name-team-option")


def _first(at: date | None, zone: str) -> datetime | None:
    return at if at is None or isinstance(at, datetime) else day_span(at, at, zone)[0]
