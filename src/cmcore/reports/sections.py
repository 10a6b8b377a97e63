"""Sections: what a report shows of each part of an organisation, in order."""

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from cmcore.charters.audits.conclude import audit
from cmcore.charters.completion import completable
from cmcore.display.names import names_of, reader
from cmcore.display.views import View
from cmcore.display.wording import Language, say
from cmcore.incidents.replay.replay import conduct
from cmcore.incidents.timeline import numbered
from cmcore.organisations.agendas import agenda
from cmcore.organisations.checks.run import checkup
from cmcore.organisations.organisation import Organisation
from cmcore.requests.follow_up.track import backlog
from cmcore.requests.follow_up.waits import response_times
from cmcore.teams.assignment.assign import assign
from cmcore.teams.cover.cover import coverage
from cmcore.time.durations import days
from cmcore.time.intervals import Span, day_span
from cmcore.time.week import local

#: A section: its name, its heading, a line that introduces it, and what it shows.
_Made = tuple[str, str, str, tuple[View, ...]]


def sections(given: Organisation, at: datetime, language: Language) -> Iterator[_Made]:
    """Yield the sections of what is given; the first is one page, and the last has every answer."""
    language = reader(language, names_of(given))
    found = checkup(given, at)
    shown = {
        "diagnosis": (found.summary(language),),
        "team": tuple(_team(given, at, language)),
        "charter": tuple(_charter(given, at, language)),
        "incidents": tuple(_incidents(given, at, language)),
        "requests": tuple(_requests(given, at, language)),
        "owed": tuple(_owed(given, at, language)),
        "checks": (evolve(found.by_theme(language), pictures=(), lines=()),),
    }
    for name, views in shown.items():
        if views:
            told = say(f"report {name} about", language)
            yield name, say(f"report {name}", language), told, views


def _team(given: Organisation, at: datetime, language: Language) -> Iterator[View]:
    """Yield who is there, what is not covered and when, and who should hold which role."""
    if given.team is None:
        return
    if given.needs is not None:
        start, stop = _week(at, given.needs.zone)
        yield coverage(given.team, given.needs, start=start, stop=stop).view(language)
        yield assign(given.team, given.needs, start=start, stop=stop).view(language)
    yield given.team.view(language)


def _charter(given: Organisation, at: datetime, language: Language) -> Iterator[View]:
    """Yield the rules, how what was published fares by them, and each circuit."""
    charter = given.charter
    if charter is None:
        return
    yield charter.view(language)
    rows = [case for case in given.history or () if case.act.at is None or case.act.at <= at]
    if rows or given.unread:
        yield audit(charter, [*rows, *given.unread]).view(language)
    if given.team is not None:
        window = Span(*_week(at, charter.zone or given.team.zone))
        yield completable(charter, given.team, window).view(language)
    for circuit in charter.circuits:
        told = say("completion", language)
        drawn = evolve(circuit.drawn(language), title=told)
        yield evolve(circuit.view(language), pictures=(drawn,))


def _incidents(given: Organisation, at: datetime, language: Language) -> Iterator[View]:
    """Yield what was kept and breached in each incident, and what is promised for the next."""
    for incident in given.incidents or ():
        if incident.opened.at <= at:
            told_to = reader(language, numbered(incident.events))
            told = incident if incident.events[-1].at <= at else incident.as_of(at)
            kept = None if given.playbook is None else conduct(told, given.playbook, given.charter)
            yield (kept or told).view(told_to)
    if given.playbook is not None:
        yield given.playbook.view(language)


def _requests(given: Organisation, at: datetime, language: Language) -> Iterator[View]:
    """Yield what has become of each request, and how long people waited."""
    if given.requests is not None:
        yield backlog(given.requests, at, given.desk, given.team).view(language)
        yield response_times(given.requests, at, given.desk).view(language)


def _owed(given: Organisation, at: datetime, language: Language) -> Iterator[View]:
    """Yield what is owed at that moment, if anything is."""
    found = agenda(given, at)
    if found.owed:
        yield found.view(language)


def _week(at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return the week that begins with the day of a moment, in a time zone."""
    day = local(at, zone).date()
    return day_span(day, day + days(6), zone)
