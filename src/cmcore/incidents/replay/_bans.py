"""What holds all along: criticism stays, nobody is blamed, what is said is true and comes true."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import LabelValue
from cmcore.charters.decision import Outcome
from cmcore.incidents.events import ActEvent, FactValue, InboundEvent, Promise, same_value
from cmcore.incidents.playbook import SPEAKING, Duty, DutyKind
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay._ruled import ActRuling
from cmcore.incidents.replay._sayings import saying
from cmcore.incidents.replay.conduct import DutyFinding, Standing
from cmcore.incidents.replay.registry import any_of
from cmcore.time.instants import Around


@internal
class Instance:
    """One occasion to breach what holds all along: whether it was kept, and the sentence for that.

    `code` is the beginning of three codes, one for each standing.
    """

    event: ActEvent
    kept: Truth
    code: str
    subject: tuple[str, ...]
    events: tuple[str, ...] = ()
    told: Mapping[str, LabelValue] = MappingProxyType({})
    at: datetime | None = None
    due: datetime | None = None


def always(duty: Duty, record: Record) -> Iterator[DutyFinding]:
    """Yield what became of a duty on each occasion to breach it, once it bound the team."""
    since = record.incident.since(duty.level)
    if since is not None:
        for instance in _INSTANCES[duty.kind](duty, record):
            binds = since.by(instance.event.around)
            if binds is not Truth.FALSE:
                yield _found(duty, instance, binds)


def _found(duty: Duty, one: Instance, binds: Truth) -> DutyFinding:
    standing = Standing.KEPT if one.kept is Truth.TRUE else Standing.UNKNOWN
    if one.kept is Truth.FALSE and binds is Truth.TRUE:
        standing = Standing.BREACHED
    is_early = one.kept is Truth.FALSE and binds is not Truth.TRUE
    return DutyFinding(
        duty.id,
        duty.kind,
        standing,
        code="perhaps bound" if is_early else f"{one.code} {standing}",
        subject=one.subject,
        events=tuple(dict.fromkeys([one.event.id, *one.events])),
        at=one.at,
        due=one.due,
        told={"event": f"`{one.event.id}`", **one.told},
    )


# --------------------------------------------------------------------------------- of what is done


def _criticism(duty: Duty, record: Record) -> Iterator[Instance]:
    for event in _acts(record, duty.meant):
        about = [record.incident.event(id_) for id_ in event.about]
        for one in about:
            if isinstance(one, InboundEvent):
                kept = ~Truth.of(one.criticism)
                told = {"act": str(event.act.kind), "about": f"`{one.id}`"}
                yield Instance(event, kept, "criticism", (event.id, one.id), (one.id,), told)
        if not about:
            told = {"act": str(event.act.kind)}
            yield Instance(event, Truth.UNKNOWN, "criticism of what", (event.id,), told=told)


def _words(duty: Duty, record: Record) -> Iterator[Instance]:
    for event in _acts(record, SPEAKING):
        found = saying(duty, event)
        told: dict[str, LabelValue] = {"words": found.hits or frozenset({duty.label or ""})}
        code = "words" if duty.listed else "flag"
        if found.worded is Truth.FALSE and found.labelled is Truth.UNKNOWN:
            given = event.act.labels.get(duty.label or "")
            code = "label" if duty.listed else code
            if given is not None:
                told["given"] = f"`{given}`" if isinstance(given, str) else given
                code = f"{code} bad"
        yield Instance(event, ~found.banned, code, (event.id,), told=told)


def _circuit(_: Duty, record: Record) -> Iterator[Instance]:
    for ruling in record.rulings:
        told = {"circuits": frozenset(ruling.decision.circuits)}
        yield Instance(ruling.event, ruling.is_kept, _ruled(ruling), (ruling.event.id,), told=told)


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


def _truth(_: Duty, record: Record) -> Iterator[Instance]:
    for event, fact, given in _claims(record):
        turn = record.registry.last(fact, event.at)
        shown = () if turn is None else (turn.event,)
        told: dict[str, LabelValue] = {"fact": f"`{fact}`", "given": given}
        told["really"] = "–" if turn is None else turn.value
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
            "correction": [one for one in unlike
                           if _corrects(record, one, event, fact) is Truth.TRUE],
            "agreement": [one for one in earlier if one not in unlike],
            "change": earlier,
        }  # fmt: skip
        code = next((code for code, many in stories.items() if many), None)
        if code is not None:
            before = [one.id for one in stories[code]]
            told: dict[str, LabelValue] = {"fact": f"`{fact}`", "given": given}
            told["before"] = frozenset(before)
            kept = ~any_of(truth for _, truth in against)
            yield Instance(event, kept, code, (event.id, fact), tuple(before), told)


def _goes_against(record: Record, before: ActEvent, after: ActEvent, fact: str) -> Truth:
    """Tell whether a claim comes after a contrary one that it does not correct.

    It does not go against it where the fact changed between them.
    """
    changed = record.registry.became(fact, after.claims[fact], before.around, after.around)
    is_after = before.around.before(after.around)
    return is_after & ~changed & ~_corrects(record, before, after, fact)


def _corrects(record: Record, before: ActEvent, after: ActEvent, fact: str) -> Truth:
    """Tell whether a claim is true, and takes back an earlier one that was false."""
    was_true = record.registry.is_at(fact, before.claims[fact], before.around)
    is_true = record.registry.is_at(fact, after.claims[fact], after.around)
    is_after = before.around.before(after.around)
    is_other = Truth.of(not same_value(before.claims[fact], after.claims[fact]))
    return is_other & is_after & ~was_true & is_true


def _promised(record: Record) -> Iterator[tuple[ActEvent, int, Promise, str, FactValue]]:
    for event in record.incident.of(ActEvent):
        for number, promise in enumerate(event.promises):
            for fact, wanted in promise.that.items():
                yield event, number, promise, fact, wanted


def _promise(_: Duty, record: Record) -> Iterator[Instance]:
    end = Around.exactly(record.incident.end)
    for event, number, promise, fact, wanted in _promised(record):
        over = promise.around.by(end)
        kept = record.registry.is_at(fact, wanted, promise.around)
        kept = kept if over is Truth.TRUE else Truth.UNKNOWN
        told: dict[str, LabelValue] = {"fact": f"`{fact}`", "given": wanted}
        shown, at = _outcome(record, event, promise, fact, wanted)
        code = "promise" if over is Truth.TRUE else "promise running"
        yield Instance(event, kept, code, (event.id, str(number), fact), shown, told,
                       at, promise.by)  # fmt: skip


def _outcome(
    record: Record, event: ActEvent, promise: Promise, fact: str, wanted: FactValue
) -> tuple[tuple[str, ...], datetime | None]:
    """Return what shows how a promise ended, and when it came true, tolerances aside."""
    turns = record.registry.turns(fact)
    last = record.registry.last(fact, promise.by)
    if last is not None and same_value(last.value, wanted):
        return (last.event,), max(last.at, event.at)
    shown = () if last is None else (last.event,)
    late = next(
        (one for one in turns if one.at > promise.by and same_value(one.value, wanted)), None
    )
    return (shown, None) if late is None else ((*shown, late.event), late.at)


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
