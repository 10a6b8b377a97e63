"""What holds all along: criticism stays, nobody is blamed, what is said is true and comes true."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import LabelValue
from cmcore.charters.decision import Outcome
from cmcore.charters.kinds import undoing
from cmcore.incidents.events import (
    ActEvent,
    FactValue,
    InboundEvent,
    IncidentEvent,
    Promise,
    same_value,
)
from cmcore.incidents.playbook import SPEAKING, Duty, DutyKind
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay._ruled import ActRuling
from cmcore.incidents.replay._sayings import corrected, saying
from cmcore.incidents.replay.conduct import DutyFinding, Standing
from cmcore.incidents.replay.registry import any_of
from cmcore.time.instants import Around

_NOTHING: Final = timedelta(0)


@internal
class Instance:
    """One occasion to breach what holds all along: whether it was kept, and the sentence for that.

    `code` is the beginning of three codes, one for each standing. `stands` says whether it was
    still open when the duty began, however long before the act came; `doubt` is the code of what
    leaves open whether the duty is about what was not kept.
    """

    event: ActEvent
    kept: Truth
    code: str
    subject: tuple[str, ...]
    events: tuple[str, ...] = ()
    told: Mapping[str, LabelValue] = MappingProxyType({})
    ids: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    at: datetime | None = None
    due: datetime | None = None
    at_tolerance: timedelta = _NOTHING
    due_tolerance: timedelta = _NOTHING
    stands: Truth = Truth.FALSE
    doubt: str = "perhaps bound"


def always(duty: Duty, record: Record) -> Iterator[DutyFinding]:
    """Yield what happened to a duty on each occasion to breach it, once it bound the team."""
    since = record.incident.since(duty.level)
    if since is not None:
        for instance in _INSTANCES[duty.kind](duty, record):
            binds = _binds(duty, record, since, instance)
            if binds is not Truth.FALSE:
                yield _found(duty, instance, binds)


def early(duty: Duty, record: Record) -> tuple[str, ...]:
    """Return the acts that would be an occasion to breach a duty, had they not come before it."""
    since = record.incident.since(duty.level)
    if since is None or duty.kind not in _INSTANCES:
        return ()
    made = _INSTANCES[duty.kind](duty, record)
    return tuple(dict.fromkeys(
        one.event.id for one in made if _binds(duty, record, since, one) is Truth.FALSE
    ))  # fmt: skip


def _binds(duty: Duty, record: Record, since: Around, one: Instance) -> Truth:
    """Return whether a duty that holds since some moment is about an instance.

    What caused the incident is a breach of it where it surely breaks a duty, however long before
    the opening it came; it never speaks for the team, and nothing it leaves unsaid is asked about.
    At the first level the opening is that moment itself, whatever its tolerance.
    """
    opened = record.incident.opened
    is_cause = Truth.of(one.event.id in opened.about and one.kept is Truth.FALSE)
    is_first = duty.level is None or record.incident.scale.rank(duty.level) == 0
    at_once = Truth.of(is_first) | since.by(opened.around)
    return since.by(one.event.around) | one.stands | (is_cause & at_once)


def _found(duty: Duty, one: Instance, binds: Truth) -> DutyFinding:
    standing = Standing.KEPT if one.kept is Truth.TRUE else Standing.UNKNOWN
    if one.kept is Truth.FALSE and binds is Truth.TRUE:
        standing = Standing.BREACHED
    is_early = one.kept is Truth.FALSE and binds is not Truth.TRUE
    return DutyFinding(
        duty.id,
        duty.kind,
        standing,
        code=one.doubt if is_early else f"{one.code} {standing}",
        subject=one.subject,
        events=tuple(dict.fromkeys([one.event.id, *one.events])),
        at=one.at,
        due=one.due,
        at_tolerance=one.at_tolerance,
        due_tolerance=one.due_tolerance,
        told=one.told,
        ids={"event": (one.event.id,), **one.ids},
    )


# --------------------------------------------------------------------------------- of what is done


def _criticism(duty: Duty, record: Record) -> Iterator[Instance]:
    for event in _acts(record, duty.meant):
        told: dict[str, LabelValue] = {"act": str(event.act.kind)}
        about = [record.incident.event(id_) for id_ in event.about]
        for one in about:
            if isinstance(one, InboundEvent):
                kept = ~Truth.of(one.criticism)
                end = _end(record, event, one) if kept is Truth.FALSE else _End("criticism")
                yield Instance(
                    event, kept, end.code, (event.id, one.id), (one.id, *end.shown),
                    told={**told, **end.told}, ids={"about": (one.id,), "undoer": end.shown},
                )  # fmt: skip
        if not about:
            yield Instance(event, Truth.UNKNOWN, "criticism of what", (event.id,), told=told)


@internal
class _End:
    """How what was done to a message ended, if it did: the code of a sentence, and its words."""

    code: str
    shown: tuple[str, ...] = ()
    told: Mapping[str, LabelValue] = MappingProxyType({})


def _end(record: Record, event: ActEvent, message: InboundEvent) -> _End:
    """Return how an act to a message, or to its author, ended: by another act, or by itself."""
    undoer, lasts = _undoer(record, event, message), event.act.duration
    over = None if lasts is None else event.at + lasts
    if undoer is not None and (over is None or undoer.at < over):
        return _End("criticism back", (undoer.id,), {"back": undoer.at})
    if over is None or over + event.tolerance > record.incident.end:
        return _End("criticism")
    return _End("criticism over", told={"back": over})


def _undoer(record: Record, event: ActEvent, message: InboundEvent) -> ActEvent | None:
    """Return the first act that surely undid later what an act did to a message, or to its author.

    It is about the message, or about the act that it undoes.
    """
    kinds = undoing(str(event.act.kind))
    return next(
        (
            one
            for one in _acts(record, kinds)
            if not {event.id, message.id}.isdisjoint(one.about)
            and event.around.before(one.around) is Truth.TRUE
        ),
        None,
    )


def _words(duty: Duty, record: Record) -> Iterator[Instance]:
    for event in _acts(record, SPEAKING):
        found = saying(duty, event)
        told: dict[str, LabelValue] = {"words": found.hits or frozenset({duty.label or ""})}
        is_flag = not duty.listed or (found.labelled is Truth.TRUE and not found.hits)
        code = "flag" if is_flag else "words"
        if found.worded is Truth.FALSE and found.labelled is Truth.UNKNOWN:
            given = event.act.labels.get(duty.label or "")
            code = "label" if duty.listed else code
            if given is not None:
                told["given"] = frozenset({given}) if isinstance(given, str) else given
                code = f"{code} bad"
        yield Instance(event, ~found.banned, code, (event.id,), told=told)


def _circuit(_: Duty, record: Record) -> Iterator[Instance]:
    for ruling in record.rulings:
        ids = {"circuits": tuple(sorted(ruling.decision.circuits))}
        yield Instance(ruling.event, ruling.is_kept, _ruled(ruling), (ruling.event.id,), ids=ids)


def _ruled(ruling: ActRuling) -> str:
    """Return the code of what a charter made of an act."""
    outcome = ruling.decision.outcome
    if outcome is not Outcome.EXCEPTION:
        return "covered" if outcome is Outcome.COVERED else "forbidden"
    is_known = ruling.stops is Truth.TRUE and ruling.event.review is None
    return "circuit" if is_known or ruling.is_kept is not Truth.UNKNOWN else "ruling"


def _acts(record: Record, kinds: frozenset[str]) -> Iterator[ActEvent]:
    return (event for event in record.incident.of(ActEvent) if event.act.kind in kinds)


# --------------------------------------------------------------------------------- of what is said


def _claims(record: Record) -> Iterator[tuple[ActEvent, str, FactValue]]:
    for event in record.incident.of(ActEvent):
        for fact, given in event.claims.items():
            yield event, fact, given


def _value(record: Record, fact: str, at: datetime) -> FactValue:
    """Return what a fact was at an instant, tolerances aside."""
    turn = record.registry.last(fact, at)
    return "–" if turn is None else turn.value


def _truth(_: Duty, record: Record) -> Iterator[Instance]:
    for event, fact, given in _claims(record):
        turn = record.registry.last(fact, event.at)
        shown = () if turn is None else (turn.event,)
        told: dict[str, LabelValue] = {"fact": fact, "given": given}
        told["really"] = _value(record, fact, event.at)
        kept = record.registry.is_at(fact, given, event.around)
        yield Instance(event, kept, "claim", (event.id, fact), shown, told)


def _contradiction(_: Duty, record: Record) -> Iterator[Instance]:
    claims = list(_claims(record))
    for event, fact, given in claims:
        others = [(one, was) for one, name, was in claims if name == fact and one is not event]
        unlike = [one for one, was in others if not same_value(was, given)]
        against = [(one, _goes_against(record, one, event, fact)) for one in unlike]
        earlier = [one for one, _ in others if one.at < event.at]
        stories = {
            "contradiction": [one for one, truth in against if truth is not Truth.FALSE],
            "correction" if event.act.kind in record.correcting else "aside": [
                one for one in unlike if _corrects(record, one, event, fact) is Truth.TRUE
            ],
            "agreement": [one for one in earlier if one not in unlike],
            "change": earlier,
        }  # fmt: skip
        code = next((code for code, many in stories.items() if many), None)
        if code is not None:
            before = [one.id for one in stories[code]]
            told: dict[str, LabelValue] = {"fact": fact, "given": given}
            shown = _changes(record, stories[code], event, fact) if code == "change" else ()
            ids = {"before": tuple(sorted(before)), "shown": tuple(sorted(shown))}
            kept = ~any_of(truth for _, truth in against)
            yield Instance(event, kept, code, (event.id, fact), (*before, *shown), told, ids)


def _changes(record: Record, before: list[ActEvent], after: ActEvent, fact: str) -> tuple[str, ...]:
    """Return the events by which a fact is what a claim says, told since earlier claims."""
    value = after.claims[fact]
    return tuple(
        turn.event for turn in record.registry.turns(fact)
        if same_value(turn.value, value) and turn.around.by(after.around) is Truth.TRUE
        and any(one.around.before(turn.around) is Truth.TRUE for one in before)
    )  # fmt: skip


def _goes_against(record: Record, before: ActEvent, after: ActEvent, fact: str) -> Truth:
    """Return whether a claim comes after a contrary one that it does not correct.

    It does not go against it where the fact changed between them.
    """
    changed = record.registry.became(fact, after.claims[fact], before.around, after.around)
    is_after = before.around.before(after.around)
    return is_after & ~changed & ~_corrects(record, before, after, fact)


def _corrects(record: Record, before: ActEvent, after: ActEvent, fact: str) -> Truth:
    """Return whether a claim withdraws an earlier one that was, or is said to have been, false."""
    was_true = record.registry.is_at(fact, before.claims[fact], before.around)
    was_wrong = ~was_true | Truth.of(before.id in after.corrects)
    is_after = before.around.before(after.around)
    return is_after & was_wrong & corrected(record, before, after, fact).fits


def _promised(record: Record) -> Iterator[tuple[ActEvent, int, Promise, str, FactValue]]:
    for event in record.incident.of(ActEvent):
        for number, promise in enumerate(event.promises):
            for fact, wanted in promise.that.items():
                yield event, number, promise, fact, wanted


def _promise(duty: Duty, record: Record) -> Iterator[Instance]:
    since = record.incident.since(duty.level) or record.incident.opened.around
    end = Around.exactly(record.incident.end)
    for event, number, promise, fact, wanted in _promised(record):
        over = promise.around.by(end)
        kept = record.registry.is_at(fact, wanted, promise.around)
        kept = kept if over is Truth.TRUE else Truth.UNKNOWN
        told: dict[str, LabelValue] = {"fact": fact, "given": wanted}
        told["really"] = _value(record, fact, promise.by)
        shown, done = _outcome(record, event, promise, fact, wanted)
        is_near = done is not None and done.around.by(promise.around) is Truth.UNKNOWN
        # what came true later says nothing about what was true in time
        done = done if kept is not Truth.UNKNOWN or is_near else None
        code = "promise" if over is Truth.TRUE else "promise running"
        stands = ~_settled(record, promise, fact, wanted, since)
        is_early = since.by(event.around) is Truth.FALSE
        yield Instance(
            event, kept, code, (event.id, str(number), fact), shown, told,
            at=None if done is None else done.at, due=promise.by,
            at_tolerance=_NOTHING if done is None else done.tolerance,
            due_tolerance=promise.tolerance, stands=stands,
            doubt="perhaps known" if is_early else "perhaps bound",
        )  # fmt: skip


def _settled(
    record: Record, promise: Promise, fact: str, wanted: FactValue, moment: Around
) -> Truth:
    """Return whether the time of a promise was over by a moment, and how it ended was known."""
    is_kept = record.registry.is_at(fact, wanted, promise.around) is Truth.TRUE
    told = any_of(promise.around.by(turn.around) & turn.around.before(moment)
                  for turn in record.registry.turns(fact))  # fmt: skip
    return promise.around.before(moment) & (told | Truth.of(is_kept))


def _outcome(
    record: Record, event: ActEvent, promise: Promise, fact: str, wanted: FactValue
) -> tuple[tuple[str, ...], IncidentEvent | None]:
    """Return what shows how a promise ended, and by what it came true, tolerances aside.

    What was so already when it was promised came true by the promise itself.
    """
    turns = record.registry.turns(fact)
    before = [one for one in turns if one.at <= promise.by]
    kept = [*takewhile(lambda one: same_value(one.value, wanted), reversed(before))]
    if kept:
        first = record.incident.event(kept[-1].event)
        return (first.id,), max(first, event, key=lambda one: one.at)
    shown = tuple(one.event for one in before[-1:])
    late = next((one.event for one in turns[len(before) :] if same_value(one.value, wanted)), None)
    return (shown, None) if late is None else ((*shown, late), record.incident.event(late))


_INSTANCES: Final[Mapping[DutyKind, Callable[[Duty, Record], Iterator[Instance]]]] = (
    MappingProxyType(
        {
            DutyKind.KEEP_CRITICISM: _criticism,
            DutyKind.NEVER_SAY: _words,
            DutyKind.TELL_TRUTH: _truth,
            DutyKind.KEEP_PROMISES: _promise,
            DutyKind.NEVER_CONTRADICT: _contradiction,
            DutyKind.ASK_CIRCUIT: _circuit,
        }
    )
)
