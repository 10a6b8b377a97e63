"""Rulings: what a charter would have decided on each act of an incident."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from cmcore.base.ledgers import Extract, Ledger
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act, LabelValue, Message
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import TARGETS, FactType
from cmcore.charters.context import Context, Earlier, Situation
from cmcore.charters.decision import Decision, Outcome
from cmcore.charters.decisions.decide import explained
from cmcore.charters.decisions.judgement import Judgement, judge_act
from cmcore.charters.kinds import WITHOUT
from cmcore.charters.rule import Effect
from cmcore.incidents.events import TONES, ActEvent, InboundEvent, IncidentEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.replay.registry import all_of, any_of


@internal
class ActRuling:
    """What a charter decides on the act of an event, as far as is known of it.

    `stops` says whether it would have kept the act from going out by itself, `asked` whether the
    act was not forbidden and went through all of its circuits, if any; `unseen` that it would have
    stopped it, and that nobody says that they agreed. The decision goes by the
    rules that are known where they suffice to stop it, and by all where they do not. `settled`
    says that it would be the same whatever the true instants are.
    """

    event: ActEvent
    decision: Decision
    settled: bool
    stops: Truth
    asked: Truth
    unseen: Truth

    @property
    def is_kept(self) -> Truth:
        """Whether the act went out as decided: as it is, or through its circuits."""
        if self.decision.outcome is Outcome.COVERED:
            return Truth.TRUE
        if self.decision.outcome is Outcome.FORBIDDEN:
            return Truth.FALSE
        return self.asked if self.settled else Truth.UNKNOWN

    @property
    def missing(self) -> frozenset[str]:
        """The facts that are unknown, and might matter."""
        closed = self.decision.closed
        lacks = () if closed is None else closed.lacks
        facts = frozenset(one.test.fact for one in lacks if one.truth is Truth.UNKNOWN)
        return facts.union(*(found.facts for found in self.decision.unknown))


def rulings(incident: Incident, charter: Charter) -> Iterator[ActRuling]:
    """Yield what the charter decides on each act, in order of time.

    The situation is that of the incident before the act. What an act is about stands for what it
    answers or acts on; a message that blames us has the tone `critical`, another the tone
    `other`, unless they have one. Where the charter declares the flags `promise` and `claim`, they
    say whether the act makes any. The record is not taken to hold every act of the team.
    """
    events = incident.of(ActEvent)
    # if it looks back, the time of any act may matter
    counts = not charter.lookback or not any(event.tolerance for event in events)
    for event, earlier in zip(events, _earlier(events), strict=True):
        situation = incident.situation_before(event)
        context = Context(incident=situation, earlier=earlier)
        act = _act(incident, event, charter)
        is_certain = counts and _is_certain(incident, event, situation)
        yield _ruling(event, judge_act(charter, act, context), is_certain=is_certain)


def _ruling(event: ActEvent, judgement: Judgement, *, is_certain: bool) -> ActRuling:
    """Return what comes of an act, from what each rule is of it: true, false or unknown."""
    judged = judgement.rules
    permits, refers, forbids = (
        [(rule, is_true) for rule, is_true in judged if rule.effect is effect] for effect in Effect
    )
    is_forbidden, is_referred = any_of(t for _, t in forbids), any_of(t for _, t in refers)
    is_permitted = any_of(is_true for _, is_true in permits)
    by_default = _has_asked(event, judgement.charter.default)
    is_through = all_of(~is_true | _has_asked(event, *rule.to) for rule, is_true in refers)
    # the circuits of a rule that is unknown are not surely those that were due
    unsure = {r.id for r, t in judged if r.effect is not Effect.PERMIT and t is Truth.UNKNOWN}
    stops = is_forbidden | is_referred | ~is_permitted
    asked = ~is_forbidden & is_through & (is_referred | is_permitted | by_default)
    unseen = stops if event.review is None else stops & ~asked
    return ActRuling(
        event,
        explained(judgement, unsure if unseen is Truth.TRUE else frozenset()),
        is_certain or Truth.UNKNOWN not in {is_true for _, is_true in judged},
        stops,
        asked,
        unseen,
    )


def _has_asked(event: ActEvent, *circuits: str) -> Truth:
    return Truth.UNKNOWN if event.review is None else Truth.of(event.review.issuperset(circuits))


def _earlier(events: Sequence[ActEvent]) -> Iterator[Earlier]:
    """Yield the acts that surely came before each; there may have been others at any time."""
    ended = sorted((event.around.last, place) for place, event in enumerate(events))
    acts = Ledger(events[place].act for _, place in ended)
    for event in events:
        before = range(bisect_left(ended, (event.around.first,)))
        yield Earlier(Extract(acts, before), event.at)


def _is_certain(incident: Incident, event: ActEvent, situation: Situation) -> bool:
    """Return whether what is read of the times of an act, and of what it is about, is known."""
    read = [event, *(incident.event(id_) for id_ in event.about)]
    is_known = situation.open is False or situation.severity is not None
    return is_known and not any(one.tolerance for one in read)


def _act(incident: Incident, event: ActEvent, charter: Charter) -> Act:
    act = attrs.evolve(event.act, labels=_labels(event, charter))
    if event.tolerance:
        act = attrs.evolve(act, at=None)
    message = _message(incident, event)
    free = [name for name in TARGETS
            if act.kind not in WITHOUT[name] and getattr(act, name) is None]  # fmt: skip
    pointed: Any = {} if message is None else dict.fromkeys(free, message)
    return attrs.evolve(act, **pointed)


def _labels(event: ActEvent, charter: Charter) -> dict[str, LabelValue]:
    made = {"promise": bool(event.promises), "claim": bool(event.claims)}
    usual = {name: made[name] for name, label in charter.labels.items()
             if name in made and label.type is FactType.FLAG}  # fmt: skip
    return {**usual, **event.act.labels}


def _message(incident: Incident, event: ActEvent) -> Message | None:
    """Return the message that an act is about: of several, the first that blames us, if any."""
    about = [incident.event(id_) for id_ in event.about]
    blaming = [one for one in about if isinstance(one, InboundEvent) and one.criticism]
    return next((_as_message(one) for one in (*blaming, *about)), None)


def _as_message(event: IncidentEvent) -> Message:
    at = None if event.tolerance else event.at
    if isinstance(event, InboundEvent):
        message = event.message
        tone = TONES[event.criticism] if message.tone is None else message.tone
        ours = False if message.ours is None else message.ours
        return attrs.evolve(message, at=at, tone=tone, ours=ours)
    act = event.act if isinstance(event, ActEvent) else Act()
    return Message(kind=act.kind, author=act.author, at=at, language=act.language,
                   topics=act.topics, text=act.text, ours=True)  # fmt: skip
