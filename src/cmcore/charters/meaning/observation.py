"""Observing: what each fact reads for an act in its context, under a charter's vocabulary."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Final

import attrs

from cmcore.base.synonyms import FLAGS
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act, Message
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.conditions.counts import NO_COUNTS, Counts
from cmcore.charters.conditions.facts import (
    ABSENT,
    MEASURES,
    OF_LINKS,
    RUNNING,
    TARGETS,
    UNKNOWN,
    WORKED_OUT,
    Bad,
    FactSpec,
    FactType,
    Missing,
    Reading,
    label_of,
)
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.kinds import WITHOUT
from cmcore.charters.meaning._alike import Words
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.readings import named, no_message, said, settled
from cmcore.charters.meaning.recall import (
    SHARED,
    Counting,
    Sharing,
    persons,
    recent,
    running,
    words_of,
)
from cmcore.text.limits import fits
from cmcore.text.links import host_of, links_in
from cmcore.text.tokens import hashtags_in, mentions_in
from cmcore.time.calendar import Calendar
from cmcore.time.week import WEEKDAYS, local_if_any


@internal
class Worded:
    """As much of a charter as facts are read by: its zone, its facts, its counts, its calendar."""

    zone: str
    vocabulary: Vocabulary
    counts: Counts = NO_COUNTS
    calendar: Calendar | None = None


class Facts:
    """The readings of one act in its context: each read once, when first asked for.

    A value of the wrong type, or one that cannot be computed, reads as `Bad`, never as a guess.
    """

    __slots__ = ("_charter", "_read", "_types", "act", "calendar", "context", "local", "zone")

    def __init__(self, charter: Charter | Worded, act: Act, context: Context) -> None:
        self.act = act
        self.context = context
        self.zone = charter.zone
        self.calendar = charter.calendar
        self._charter = charter
        self._read: dict[str, Reading] = {}
        self._types: dict[str, FactType] = {}
        self.local = self._local()

    def edited(self, act: Act, field: str) -> "Facts":
        """Return the readings of `act`, which differs from this one's in a field that is edited.

        What the field does not determine is not read again.
        """
        made = Facts.__new__(Facts)
        made.act, made.context, made.local = act, self.context, self.local
        made.zone, made.calendar = self.zone, self.calendar
        made._charter, made._types = self._charter, self._types  # noqa: SLF001 - of its own class
        kept = {name: got for name, got in self._read.items() if field not in moved_by(name)}
        made._read = kept  # noqa: SLF001 - the same
        return made

    @property
    def without(self) -> Mapping[str, frozenset[str]]:
        """What acts of some kinds have not, unless it is given -> these kinds."""
        return self._charter.vocabulary.without

    @property
    def day(self) -> date | None:
        """The local day of the act, when its moment is known."""
        return self.local.date() if self.local else None

    def type_of(self, name: str) -> FactType:
        """Return the type of the fact `name`.

        Raises:
            LookupError: if the charter's vocabulary does not know it.
        """
        if name not in self._types:
            self.read(name)
        return self._types[name]

    def _local(self) -> datetime | None:
        at = self.read("at")
        return local_if_any(at, self.zone) if isinstance(at, datetime) else None

    def read(self, name: str) -> Reading:
        """Return the reading of the fact `name`, which the charter's vocabulary knows."""
        reading = self._read.get(name)
        if reading is None:
            reading = self._read[name] = self._observe(name)
        return reading

    def _observe(self, name: str) -> Reading:
        way = self._charter.vocabulary.ways.get(name) or self._way(name)
        if way is None:
            return UNKNOWN
        spec, given = way
        self._types[name] = spec.type
        try:
            found = given(self)
            return UNKNOWN if found is None else fitted(spec, found)
        except Exception as error:  # noqa: BLE001 - a fact that fails must never open an outcome
            return Bad(type(error).__name__, spec.type)

    def _way(self, name: str) -> "tuple[FactSpec, _Observer] | None":
        """Return what is known of a fact, and what reads it: found once for a vocabulary."""
        vocabulary = self._charter.vocabulary
        spec = vocabulary.find(name)
        if spec is None:
            return None
        way = vocabulary.ways[name] = spec, self._observer(spec)
        return way

    def _observer(self, spec: FactSpec) -> "_Observer":
        """Return what reads a fact of any act under the same vocabulary."""
        if spec.name in self._charter.vocabulary.labels:
            return partial(_labelled, spec)
        if spec.name in _OBSERVERS:
            return _OBSERVERS[spec.name]
        head, _, rest = spec.name.partition(".")
        if head == "recent":
            parts = rest.split(".")
            return lambda facts: facts._recent(*parts)  # noqa: SLF001 - rows of frames have their own
        if head == "person":
            return lambda facts: Facts._running(facts, rest)
        if head == "since":
            return lambda facts: Facts._since(facts, rest)
        of, _, measure = spec.name.rpartition(".")
        return lambda facts: Facts._measured(facts, of, measure)

    def _recent(self, kind: str, *same: str) -> object:
        earlier, now = self.context.earlier, self.read("at")
        if earlier is None or not isinstance(now, datetime):
            return None
        alike = [self._sharing(name) for name in same]
        log = recent(self.act, earlier, now, self._counting(kind), alike)
        return attrs.evolve(log, zone=self.zone)

    def _counting(self, kind: str) -> str | Counting:
        """Return the kind of the acts that are counted, or the condition on them."""
        charter, condition = self._charter, self._charter.counts.get(kind)
        if condition is None:
            return kind
        return Counting(charter, kind, lambda act: counted(charter, condition, act))

    def _sharing(self, name: str) -> str | Sharing:
        """Return what acts are to have in common, read as the charter says where that matters."""
        is_usual = self.without is WITHOUT and name in SHARED
        words = partial(words_shared, self._charter, name)
        return name if is_usual else Sharing(self._charter, name, words)

    def _running(self, rest: str) -> object:
        earlier, now = self.context.earlier, self.read("at")
        act = settled(self.act, self.without)
        if earlier is None or not isinstance(now, datetime):
            return None if persons(act) else ABSENT
        return running(act, earlier, now, RUNNING[rest])

    def _since(self, event: str) -> object:
        at, start = self.read("at"), self.context.events.get(event)
        if start is None and event in self.context.events:
            return ABSENT
        if start is None or not isinstance(at, datetime):
            return None
        return at - start if start <= at else ABSENT

    def _measured(self, of: str, measure: str) -> object:
        base = self.read(of)
        if isinstance(base, Missing | Bad):
            return base
        spec = self._charter.vocabulary.find(of)
        return MEASURES[spec.type][measure][1](base) if spec else None


@cache
def moved_by(fact: str) -> frozenset[str]:
    """Return the fields of an act whose edits may change what a fact reads."""
    head, *rest = fact.split(".")
    if head == "recent":
        shared = (_SHARED_BY.get(same, (label_of(same),)) for same in rest[1:])
        return frozenset[str]().union(*shared)
    own = frozenset(WORKED_OUT.get(head, (head,)))
    return own if own.isdisjoint(EXTRACTS) else own | {"text"}


#: The fields that tell which earlier acts have something in common with an act.
_SHARED_BY: Final = {
    "same_network": ("network",),
    "same_account": ("account",),
    "same_author": ("author",),
    "same_language": ("language",),
    "same_topic": ("topics",),
    "same_template": ("template",),
    "same_link": ("links", "text"),
    "same_hashtag": ("hashtags", "text"),
    "same_text": ("text",),
    "same_person": (),
    "same_message": (),
}


def counted(charter: Charter | Worded, condition: Condition, act: Act) -> Truth:
    """Return whether an act meets a condition by what it says itself, whatever its context was.

    So earlier acts are counted: `condition` is one of the charter's `counts`, or could be one.
    """
    return truth(condition, Facts(charter, act, Context()))


def words_shared(charter: Charter | Worded, name: str, act: Act) -> Words:
    """Return what an act may have in common with others, as in `same_topic`, word by word."""
    vocabulary = charter.vocabulary
    if name in SHARED:
        return SHARED[name](settled(act, vocabulary.without))
    return words_of(Facts(charter, act, Context()).read(label_of(name)))


_Observer = Callable[[Facts], object]


def _labelled(spec: FactSpec, facts: Facts) -> object:
    """Return what an act says of a label."""
    missing = ABSENT if spec.name in facts.act.absent else None
    given: Any = facts.act.labels.get(spec.name, missing)
    # an act is read from its file before it is known which of its labels are flags
    is_word = spec.type is FactType.FLAG and type(given) is str
    # a reason that is required is not given by spaces
    is_blank = spec.type is FactType.TEXT and isinstance(given, str) and not given.strip()
    return ABSENT if is_blank else FLAGS.get(given, given) if is_word else given


def _own(name: str) -> _Observer:
    return lambda facts: said(facts.act, name, facts.without)


#: What is read from a text, whatever is given beside it.
EXTRACTS: Final[dict[str, Callable[[str], frozenset[str]]]] = {
    "links": links_in,
    "hashtags": hashtags_in,
    "mentions": mentions_in,
}


def _from_text(name: str) -> _Observer:
    def observe(facts: Facts) -> object:
        given, text = getattr(facts.act, name), facts.read("text")
        if isinstance(text, Bad):
            return text
        # a text that is there is read, even of a kind of act that says nothing of its own
        found = EXTRACTS[name](text) if isinstance(text, str) else frozenset()
        if found or given is not None:
            return found | (given or frozenset())
        if name in facts.act.absent or text is ABSENT:
            return ABSENT
        return found if isinstance(text, str) else None

    return observe


def _hosts(facts: Facts) -> object:
    links = facts.read("links")
    return frozenset(map(host_of, links)) if isinstance(links, frozenset) else links


def _fits(facts: Facts) -> object:
    """Read whether the text fits on the network: what is not there is not too long for any."""
    text, network = facts.read("text"), facts.read("network")
    if text is ABSENT or network is ABSENT:
        return True
    if not isinstance(text, str):
        return text
    found = fits(text, network if isinstance(network, str) else None)
    return network if found is None and isinstance(network, Bad) else found


def _message(target: str, name: str) -> _Observer:
    def observe(facts: Facts) -> object:
        message: Message | None = getattr(facts.act, target)
        if message is None:
            return no_message(facts.act, target, facts.without)
        if name == "age":
            at = facts.read("at")
            known = isinstance(at, datetime) and message.at is not None
            return at - message.at if known else None  # type: ignore[operator]
        return named(message, name)

    return observe


def _author(name: str) -> _Observer:
    return lambda facts: getattr(facts.context.author, name)


def _severity(facts: Facts) -> object:
    """Return how severe it is: nothing where none is open, unknown where that is unknown."""
    situation = facts.context.incident
    if situation.open is None:
        return None
    return situation.severity if situation.open else ABSENT


def _local(part: Callable[[datetime], object]) -> _Observer:
    return lambda facts: part(facts.local) if facts.local else None


def _holiday(facts: Facts) -> object:
    """Read whether the day is a holiday: as the context says or else the charter's calendar."""
    days, calendar = facts.context.holidays, facts.calendar
    if days is None and calendar is not None and facts.day and facts.day.year in calendar.years:
        days = calendar.closed
    return None if days is None or facts.day is None else facts.day in days


_OWN: Final = (
    *("kind", "network", "account", "author", "language", "topics", "text", "media"),
    *("described", "paid", "scheduled", "template", "format", "recipient", "duration"),
)
_MESSAGE: Final = (
    *("id", "kind", "author", "author_kind", "language", "topics", "tone", "text", "ours"),
    *("followers", "replies", "age"),
)
_OBSERVERS: Final[dict[str, _Observer]] = {
    **{name: _own(name) for name in _OWN},
    **{name: _from_text(name) for name in EXTRACTS},
    **dict.fromkeys(OF_LINKS, _hosts),
    "fits": _fits,
    **{f"{t}.{name}": _message(t, name) for t in TARGETS for name in _MESSAGE},
    **{f"author.{n}": _author(n) for n in ("roles", "seniority", "contract", "trained_in")},
    "incident.open": lambda facts: facts.context.incident.open,
    "incident.severity": _severity,
    "at": lambda facts: facts.context.at if facts.act.at is None else facts.act.at,
    "local.weekday": _local(lambda at: WEEKDAYS[at.weekday()]),
    "local.hour": _local(lambda at: at.hour),
    "holiday": _holiday,
}
