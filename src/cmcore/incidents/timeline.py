"""Telling: events of an incident in words, for a timeline."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from cmcore.base.ids import clip
from cmcore.display.names import Names, cell, cells, handle, name_list, named, names_by_sort
from cmcore.display.pictures.track import Mark
from cmcore.display.wording import Language, moment_text, say, show
from cmcore.incidents.events import (
    ActEvent,
    AlertEvent,
    FactEvent,
    FactValue,
    HoldEvent,
    InboundEvent,
    IncidentEvent,
    Promise,
    RetrospectiveEvent,
    SignalEvent,
    StepEvent,
)
from cmcore.time.week import local

_LONGEST: Final = 160


def written(
    at: datetime, zone: str, tolerance: timedelta = timedelta(0), language: Language = "en"
) -> str:
    """Write an instant on the clock of a zone, with its tolerance if it has one."""
    shown = moment_text(local(at, zone), language, brief=True)
    return f"{shown} ±{show(tolerance, language)}" if tolerance else shown


def who(event: IncidentEvent, language: Language) -> str:
    """Return who did or said it; acts without an author are ours."""
    if event.by is not None:
        return cell(event.by, "member", language)
    return say("incident us", language) if isinstance(event, ActEvent) else "–"


def tell(event: IncidentEvent, language: Language, zone: str) -> str:
    """Say what an event is about."""
    told = _TELLERS[type(event)](event, language, zone)
    parts = [told, _after(event, language), clip(event.note, _LONGEST)]
    return " — ".join(part for part in parts if part)


def _after(event: IncidentEvent, language: Language) -> str:
    after = event.after
    if after is None:
        return ""
    by = show(after.by, language)
    by += f" ±{show(after.tolerance, language)}" if after.tolerance else ""
    return say("incident after", language, by=by, other=named(after.event, "event", language))


def numbered(events: Iterable[IncidentEvent]) -> Names:
    """Return events by their numbers, in order, as a timeline shows them."""
    return names_by_sort(
        event={
            event.id: (
                say("incident event numbered", "en", count=n),
                say("incident event numbered", "fr", count=n),
            )
            for n, event in enumerate(events, 1)
        }
    )


def track(events: Iterable[IncidentEvent], zone: str, language: Language) -> list[Mark]:
    """Return a mark for each event, in the order given, for a picture of what happened."""
    return [
        Mark(
            event.at.timestamp(),
            written(event.at, zone, language=language),
            " · ".join([*_number(event, count, language),
                        *([who(event, language)] if event.by or isinstance(event, ActEvent)
                          else []), tell(event, language, zone)]),
        )
        for count, event in enumerate(events, 1)
    ]  # fmt: skip


def _number(event: IncidentEvent, count: int, language: Language) -> Iterator[str]:
    """Yield the number of an event, by which sentences name it to a reader who knows it."""
    if not handle(event.id, "event", language):
        yield say("incident event number", language, count=count)


def values(that: Mapping[str, FactValue], language: Language) -> str:
    """Write what facts are."""
    colon = say("incident colon", language)
    return ", ".join(
        f"{named(name, 'fact', language)}{colon}{show(given, language)}"
        for name, given in that.items()
    )


def _quoted(text: str | None, language: Language) -> str:
    return "" if text is None else say("incident quote", language, text=clip(text, _LONGEST))


def _inbound(event: InboundEvent, language: Language, _: str) -> str:
    code = {True: "incident criticism", False: "incident inbound", None: "incident inbound"}
    head = say(code[event.criticism], language)
    return " ".join(part for part in (head, _quoted(event.message.text, language)) if part)


def _act(event: ActEvent, language: Language, zone: str) -> str:
    parts = [say(f"incident act {event.act.kind}", language), _quoted(event.act.text, language)]
    about = [one for one in event.about if one not in event.corrects]
    if about:
        parts.insert(1, say("incident about", language, events=cells(about, "event", language)))
    if event.claims:
        parts.append(say("incident claims", language, that=values(event.claims, language)))
    if event.corrects:
        acts = name_list(event.corrects, "event", language)
        parts.append(say("incident corrects", language, acts=acts))
    parts += [_promise(promise, language, zone) for promise in event.promises]
    return " ".join(part for part in parts if part)


def _promise(promise: Promise, language: Language, zone: str) -> str:
    by = written(promise.by, zone, promise.tolerance, language)
    return say("incident promises", language, that=values(promise.that, language), by=by)


def _roles(event: AlertEvent, language: Language, _: str) -> str:
    return say("incident alerted", language, roles=name_list(sorted(event.roles), "role", language))


def _step(event: StepEvent, language: Language, _: str) -> str:
    told = say(f"incident step {event.step}", language)
    if event.about:
        told = say("incident opened by", language, acts=cells(event.about, "event", language))
    return f"{told}{say('incident colon', language)}{event.reason}" if event.reason else told


def _measured(event: SignalEvent, language: Language, _: str) -> str:
    measure, colon = named(event.measure, "fact", language), say("incident colon", language)
    return f"{measure}{colon}{show(event.number, language)}"


def _reviewed(event: RetrospectiveEvent, language: Language, _: str) -> str:
    told = say("incident reviewed", language)
    return f"{told} ({cells(event.about, 'event', language)})" if event.about else told


_TELLERS: Final[Mapping[type[IncidentEvent], Callable[[Any, Language, str], str]]] = (
    MappingProxyType(
        {
            InboundEvent: _inbound,
            ActEvent: _act,
            FactEvent: lambda event, language, _: values(event.that, language),
            AlertEvent: _roles,
            HoldEvent: lambda _, language, __: say("incident held", language),
            SignalEvent: _measured,
            StepEvent: _step,
            RetrospectiveEvent: _reviewed,
        }
    )
)
