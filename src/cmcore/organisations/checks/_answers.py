"""What is checked of requests and incidents: answers, honesty, promises, alerts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.history import Case
from cmcore.charters.kinds import REMOVING
from cmcore.incidents.events import ActEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Duty, DutyKind, Playbook
from cmcore.incidents.replay.conduct import DutyFinding, Standing
from cmcore.incidents.replay.replay import conduct
from cmcore.organisations.checks._evidence import (
    Longest,
    Look,
    Seen,
    Tally,
    longest,
    moot,
    names,
    no,
    shared,
    want,
    worst,
    yes,
)
from cmcore.requests.follow_up.track import backlog
from cmcore.requests.follow_up.waits import response_times
from cmcore.requests.log import RequestLog, RequestTrack
from cmcore.requests.request import RequestMove
from cmcore.reviews.due import due_reviews
from cmcore.text.words import WordList

_K = DutyKind


# -------------------------------------------------------------------------------------- requests


def _with_log(look_at: Callable[[Look, RequestLog], Seen]) -> Callable[[Look], Seen]:
    def checked(look: Look) -> Seen:
        log = look.given.requests
        return want("requests") if log is None else look_at(look, log)

    return checked


def _on_time(look: Look, log: RequestLog) -> Seen:
    desk = look.given.desk
    if desk is None:
        return want("desk")
    found = response_times(log, look.at, desk).overall
    tally = Tally(found.met, found.missed, found.pending + found.undated)
    limit = look.aims.on_time
    return shared(tally, tally.at_least(limit), look.aims.least, "more requests", limit=limit)


def _neglected(look: Look, log: RequestLog) -> Seen:
    tracks = log.tracks(look.at)
    if not tracks:
        return want("more requests")
    waiting = backlog(log, look.at, look.given.desk).owed
    late = names(
        item.track.request.id
        for item in waiting
        if item.owed is not None and look.at - item.owed > look.aims.neglected
    )
    if late:
        return no("neglected", count=len(late), time=look.aims.neglected)
    ignored = names(track.request.id for track in tracks if _is_ignored(track))
    if ignored:
        return no("ignored", requests=ignored)
    return yes("neglected none", count=len(tracks), time=look.aims.neglected)


def _is_ignored(track: RequestTrack) -> bool:
    """Return whether a request was closed, unanswered, in words that say that it was let lie."""
    return track.owed is not None and track.how is not None and bool(_IGNORED.find(track.how))


#: What people write when a request was closed and nobody answered.
_IGNORED: Final = WordList(
    (
        *("ignored", "unanswered", "dropped", "forgotten", "overlooked", "neglected", "left alone"),
        *("not answered", "never answered", "nobody answered", "no answer"),
        *("not replied", "never replied", "nobody replied", "no reply", "no response"),
        *("ignoré*", "oublié*", "négligé*", "abandonné*", "laissé* tomber", "laissé* de côté"),
        *("sans réponse", "pas de réponse", "aucune réponse", "pas répondu", "jamais répondu"),
        *("personne n'a répondu", "non répondu", "sans suite", "non traité*", "pas traité*"),
    ),
    exceptions=("not ignored", "be ignored", "ignored us", "ignored our", "pas ignoré*"),
)


def _one_hand(look: Look, log: RequestLog) -> Seen:
    hands: dict[str, set[str]] = {track.request.id: set() for track in log.tracks(look.at)}
    for event in log.events:
        if event.at <= look.at:
            who = event.by if event.move is RequestMove.ANSWERED else event.to
            hands[event.request] |= set() if who is None else {who}
    counts = [len(people) for people in hands.values()]
    tally = Tally(counts.count(1), sum(count > 1 for count in counts), counts.count(0))
    limit = look.aims.one_hand
    return shared(tally, tally.at_least(limit), look.aims.least, "more requests", limit=limit)


# ------------------------------------------------------------------------------------- incidents

#: What must never be done, whatever the playbook says.
_ALWAYS: Final = {
    kind: Playbook("checkup", [Duty(str(kind), kind)])
    for kind in (
        *(_K.TELL_TRUTH, _K.NEVER_CONTRADICT, _K.KEEP_PROMISES),
        *(_K.KEEP_CRITICISM, _K.ASK_CIRCUIT),
    )
}


def _judged(
    look: Look,
    playbooks: Iterable[Playbook],
    charter: Charter | None = None,
    seen_as: Callable[[Incident], Incident] = lambda one: one,
) -> Seen:
    """Judge the incidents, each seen as asked, by what is owed, or never done."""
    if look.given.incidents is None:
        return want("incidents")
    pairs = [
        (incident.id, finding)
        for incident in map(seen_as, look.incidents)
        for playbook in playbooks
        for finding in conduct(incident, playbook, charter).findings
        if finding.standing is not Standing.NO_OCCASION
    ]
    if not pairs:
        return want("occasions")
    breached = _places(pairs, Standing.BREACHED)
    if breached:
        return no("breached", events=breached)
    unsure = _places(pairs, Standing.UNKNOWN)
    if unsure:
        return want("logs", said="unsure", events=unsure)
    return yes("kept", count=len(pairs))


def _places(pairs: Iterable[tuple[str, DutyFinding]], standing: Standing) -> frozenset[str]:
    return names(
        f"{incident}: {finding.events[0] if finding.events else finding.duty}"
        for incident, finding in pairs
        if finding.standing is standing
    )


def _never(*kinds: DutyKind) -> Callable[[Look], Seen]:
    """Return a check of what is never done, in an incident or before it opened."""
    return lambda look: _judged(look, [_ALWAYS[kind] for kind in kinds], seen_as=_whole)


def _whole(incident: Incident) -> Incident:
    """Return an incident that includes all our acts in its record, however early."""
    opened = incident.opened
    early = [act.id for act in incident.of(ActEvent)
             if opened.around.before(act.around) is not Truth.TRUE]  # fmt: skip
    events = [attrs.evolve(one, about=early) if one is opened else one for one in incident.events]
    return attrs.evolve(incident, events=events)


def _owed(*kinds: DutyKind) -> Callable[[Look], Seen]:
    """Return a check of what the playbook owes."""

    def checked(look: Look) -> Seen:
        playbook = look.given.playbook
        if playbook is None:
            return want("playbook")
        duties = [duty for duty in playbook.duties if duty.kind in kinds]
        if not duties:
            return no("not owed", playbook=playbook.id)
        return _judged(look, [Playbook(playbook.id, duties)])

    return checked


#: The duties of a playbook that a check is not about otherwise.
_REST: Final = frozenset({_K.HOLD, _K.REVIEW, _K.NEVER_SAY})


def _rest(look: Look) -> Seen:
    """Check what else the playbook owes, where it does."""
    playbook = look.given.playbook
    if playbook is not None and not any(duty.kind in _REST for duty in playbook.duties):
        return moot("nothing else owed")
    return _owed(*_REST)(look)


def _asked(look: Look) -> Seen:
    """Check that exceptions were seen: before they went out or, of those that went alone, after."""
    late = names(one.act or one.digest[:12] for one in due_reviews(look.reviews, look.at).overdue)
    if late:
        return no("reviews late", acts=late)
    charter = look.given.charter
    if charter is None:
        return want("charter")
    return _judged(look, [_ALWAYS[_K.ASK_CIRCUIT]], charter)


def _planned(look: Look) -> Seen:
    """Check that the playbook has those who decide told soon."""
    playbook = look.given.playbook
    if playbook is None:
        return want("playbook")
    times = _alert_times(playbook)
    if not times:
        return no("not owed", playbook=playbook.id)
    limit = look.aims.alert
    sure = min((time.high for time in times.values() if time.high is not None), default=None)
    if sure is not None and sure <= limit:
        return yes("alert", time=sure, limit=limit)
    soonest = min(times.values(), key=lambda time: time.low)
    open_ = names(name for name, time in times.items() if time.within(limit) is Truth.UNKNOWN)
    if open_:
        return want("alert times", said="alert days", duties=open_)
    said = "alert" if soonest.high == soonest.low else "alert over"
    return no(said, time=soonest.low, limit=limit)


def _alert_times(playbook: Playbook) -> dict[str, Longest]:
    """Return how long each alert may take, of those that are ever due."""
    found = {
        duty.id: longest(duty.within, duty.clock)
        for duty in playbook.duties
        if duty.kind is _K.ALERT and duty.within is not None
    }
    return {name: time for name, time in found.items() if time is not None}


def _private(look: Look) -> Seen:
    """Check that the playbook has quarrels taken to private channels."""
    playbook = look.given.playbook
    if playbook is None:
        return want("playbook")
    private = frozenset({"message"})
    found = names(duty.id for duty in playbook.duties if duty.meant == private)
    return yes("duties", duties=found) if found else no("not owed", playbook=playbook.id)


def _criticism(look: Look) -> Seen:
    """Check that criticism was never taken away, in an incident or on any other day.

    Either shows that it was; only both show that it was not.
    """
    judged = _never(_K.KEEP_CRITICISM)(look)
    removed = want("history") if look.given.history is None else _removed(look)
    return removed if "occasions" in judged.wants else worst(removed, judged)


def _removed(look: Look) -> Seen:
    """Check the history for criticism that was deleted or hidden."""
    found = [(case.act.id or case.place or "?", _is_criticism_removed(case)) for case in look.cases]
    gone = names(name for name, truth in found if truth is Truth.TRUE)
    if gone:
        return no("criticism removed", acts=gone)
    unsure = names(name for name, truth in found if truth is Truth.UNKNOWN)
    if unsure or look.unread:
        return want("removals", said="unsure", events=unsure)
    return yes("criticism kept", count=len(found))


def _is_criticism_removed(case: Case) -> Truth:
    act, target = case.act, case.act.target
    is_removal = Truth.of(None if act.kind is None else act.kind in REMOVING)
    is_theirs = Truth.of(None if target is None or target.ours is None else not target.ours)
    tone = None if target is None or target.tone is None else NORMAL[Form.TONE][target.tone]
    return is_removal & is_theirs & Truth.of(None if tone is None else tone == "critical")


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "on time", _with_log(_on_time)
    yield "none neglected", _with_log(_neglected)
    yield "one hand", _with_log(_one_hand)
    yield "answers kept", _owed(_K.ACKNOWLEDGE, _K.ANSWER)
    yield "mistakes corrected", _owed(_K.CORRECT)
    yield "playbook kept", _rest
    yield "alert planned", _planned
    yield "alerts kept", _owed(_K.ALERT)
    yield "private way", _private
    yield "honest", _never(_K.TELL_TRUTH, _K.NEVER_CONTRADICT)
    yield "promises kept", _never(_K.KEEP_PROMISES)
    yield "criticism kept", _criticism
    yield "exceptions asked", _asked


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
