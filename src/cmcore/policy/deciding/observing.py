"""Observing: what each fact reads for an act in its context, under a charter's vocabulary."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final, Protocol

from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import InvalidError
from cmcore.foundation.forms import NORMAL, NORMAL_SETS
from cmcore.foundation.house import value
from cmcore.foundation.links import host_of, links_in
from cmcore.foundation.names import clip
from cmcore.foundation.weeks import local
from cmcore.foundation.words import hashtags_in, mentions_in
from cmcore.nouns.acts import Act, Message
from cmcore.nouns.context import Context
from cmcore.nouns.domains import Domain
from cmcore.nouns.facts import (
    ABSENT,
    BUILTIN,
    MEASURES,
    UNKNOWN,
    WEEKDAYS,
    Absence,
    Bad,
    FactSpec,
    FactType,
    Log,
    Reading,
    Vocabulary,
)

#: The kinds of act that answer a message, and those that act upon one.
ANSWERING: Final = frozenset({"reply", "react", "message"})
TARGETING: Final = frozenset(
    {
        "share",
        "quote",
        "edit",
        "delete",
        "hide",
        "mute",
        "block",
        "follow",
        "unfollow",
        "report",
        "react",
    }
)
#: The kinds of act that say nothing of their own, and what they then have not.
SILENT: Final = frozenset(
    {"react", "delete", "hide", "mute", "block", "follow", "unfollow", "report"}
)
CONTENT: Final = frozenset(
    {"text", "links", "hashtags", "mentions", "media", "described", "template"}
)
_POINTED: Final = {"in_reply_to": ANSWERING, "target": TARGETING}

_PYTHON: Final[dict[FactType, type | tuple[type, ...]]] = {
    FactType.FLAG: bool,
    FactType.SYMBOL: str,
    FactType.SYMBOLS: frozenset,
    FactType.NUMBER: (int, float),
    FactType.DURATION: timedelta,
    FactType.INSTANT: datetime,
    FactType.TEXT: str,
    FactType.LOG: Log,
}
#: The words that files have for a flag.
FLAGS: Final = {"yes": True, "no": False}
#: What a value must keep to besides being of its Python type.
_ALSO: Final[dict[FactType, Callable[[Any], bool]]] = {
    FactType.NUMBER: lambda x: not isinstance(x, bool) and x - x == 0,
    FactType.INSTANT: lambda x: x.utcoffset() is not None,
}


def fitted(spec: FactSpec, given: object) -> Reading:
    """Return `given` as a reading of the fact: itself when it fits, else what is wrong with it."""
    try:
        return _fitted(spec, given)
    except Exception as error:  # noqa: BLE001 - a value that fails must never open an outcome
        return Bad(type(error).__name__, spec.type, spec.values)


def _fitted(spec: FactSpec, given: object) -> Reading:
    if given is None:
        return UNKNOWN
    if isinstance(given, Absence | Bad):
        return given
    if isinstance(given, str) and type(given) is not str:
        given = str.__str__(given)  # what it is, whatever its class would have it say
    fits = isinstance(given, _PYTHON[spec.type]) and _ALSO.get(spec.type, _anything)(given)
    made = _NORMAL.get(spec.type, _same)(spec.domain, given) if fits else None
    return Bad(_shown(given), spec.type, spec.values) if made is None else made


def _word(domain: Domain, given: Any) -> str | None:  # noqa: ANN401 - a word, by its type
    made = NORMAL[domain.form][given]
    return made if domain.values is None or made in domain.values else None


def _words(domain: Domain, given: Any) -> frozenset[str] | None:  # noqa: ANN401 - words, by its type
    made = NORMAL_SETS[domain.form][given]
    if made is None or domain.values is None:
        return made
    return made if made <= domain.values else None


def _scalar(domain: Domain, given: Any) -> Any:  # noqa: ANN401 - a number or a duration
    return given if domain.holds(given) else None


def _same(_: Domain, given: Any) -> Any:  # noqa: ANN401 - whatever fits
    return given


_NORMAL: Final[dict[FactType, Callable[[Domain, Any], Any]]] = {
    FactType.SYMBOL: _word,
    FactType.SYMBOLS: _words,
    FactType.NUMBER: _scalar,
    FactType.DURATION: _scalar,
}


def _shown(given: object) -> str:
    if isinstance(given, timedelta):
        return show_duration(given)
    words = sorted(map(str, given)) if isinstance(given, frozenset) else [given]
    return clip(", ".join(map(str, words)))


def _anything(_: object) -> bool:
    return True


class Worded(Protocol):
    """What facts are read by: a charter, or as much of one."""

    @property
    def zone(self) -> str:
        """The IANA time zone of days and hours."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts that there are."""


class Facts:
    """The readings of one act in its context: each read once, when first asked for.

    A value of the wrong type, or one that cannot be computed, reads as `Bad`, never as a guess.
    """

    __slots__ = ("_charter", "_read", "act", "context", "local", "zone")

    def __init__(self, charter: Worded, act: Act, context: Context) -> None:
        self.act = act
        self.context = context
        self.zone = charter.zone
        self._charter = charter
        self._read: dict[str, Reading] = {}
        self.local = self._local()

    @property
    def day(self) -> date | None:
        """The local day of the act, when its moment is known."""
        return self.local.date() if self.local else None

    def is_text(self, name: str) -> bool:
        """Tell whether the fact `name` is a text, which has a case."""
        spec = self._charter.vocabulary.find(name)
        return spec is not None and spec.type is FactType.TEXT

    def _local(self) -> datetime | None:
        at = self.read("at")
        try:
            return local(at, self.zone) if isinstance(at, datetime) else None
        except InvalidError:  # the first and last hours of the calendar have no local time
            return None

    def read(self, name: str) -> Reading:
        """Return the reading of the fact `name`, which the charter's vocabulary knows."""
        reading = self._read.get(name)
        if reading is None:
            reading = self._read[name] = self._observe(name)
        return reading

    def _observe(self, name: str) -> Reading:
        spec = self._charter.vocabulary.find(name)
        if spec is None:
            return UNKNOWN
        try:
            return fitted(spec, self._given(spec))
        except Exception as error:  # noqa: BLE001 - a fact that fails must never open an outcome
            return Bad(type(error).__name__, spec.type)

    def _given(self, spec: FactSpec) -> object:
        if spec.name in self._charter.vocabulary.labels:
            missing = ABSENT if spec.name in self.act.absent else None
            given: Any = self.act.labels.get(spec.name, missing)
            # an act is read from its file before it is known which of its labels are flags
            is_word = spec.type is FactType.FLAG and type(given) is str
            return FLAGS.get(given, given) if is_word else given
        if spec.name in _OBSERVERS:
            return _OBSERVERS[spec.name](self)
        head, _, rest = spec.name.partition(".")
        if head == "recent":
            kind, *same = rest.split(".")
            return recent(self, kind, same)
        if head == "since":
            return self._since(rest)
        of, _, measure = spec.name.rpartition(".")
        return self._measured(of, measure)

    def _since(self, event: str) -> object:
        at, start = self.read("at"), self.context.events.get(event)
        if start is None and event in self.context.events:
            return ABSENT
        return at - start if isinstance(at, datetime) and start is not None else None

    def _measured(self, of: str, measure: str) -> object:
        base = self.read(of)
        if isinstance(base, Bad):
            message = "the fact it measures is not usable"
            raise TypeError(message)
        if isinstance(base, Absence):
            return base
        spec = self._charter.vocabulary.find(of)
        return MEASURES[spec.type][measure][1](base) if spec else None


_Observer = Callable[[Facts], object]


def _own(name: str) -> _Observer:
    return lambda facts: _said(facts.act, name)


#: What is read from a text, whatever is given beside it.
EXTRACTS: Final[dict[str, Callable[[str], frozenset[str]]]] = {
    "links": links_in,
    "hashtags": hashtags_in,
    "mentions": mentions_in,
}


def _from_text(name: str) -> _Observer:
    def observe(facts: Facts) -> object:
        given, text = getattr(facts.act, name), facts.read("text")
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


def _message(target: str, name: str) -> _Observer:
    def observe(facts: Facts) -> object:
        message: Message | None = getattr(facts.act, target)
        if message is None:
            return _no_message(facts.act, target)
        if name == "age":
            at = facts.read("at")
            known = isinstance(at, datetime) and message.at is not None
            return at - message.at if known else None  # type: ignore[operator]
        return _named(message, name)

    return observe


def _no_message(act: Act, target: str) -> Absence | None:
    pointless = act.kind is not None and act.kind not in _POINTED[target]
    return ABSENT if pointless or target in act.absent else None


def _author(name: str) -> _Observer:
    return lambda facts: getattr(facts.context.author, name)


def _severity(facts: Facts) -> object:
    """Return how severe it is: nothing where none is open, not known where that is not known."""
    situation = facts.context.incident
    if situation.open is None:
        return None
    return situation.severity if situation.open else ABSENT


def _local(part: Callable[[datetime], object]) -> _Observer:
    return lambda facts: part(facts.local) if facts.local else None


def _holiday(facts: Facts) -> object:
    days = facts.context.holidays
    return None if days is None or facts.day is None else facts.day in days


_OWN: Final = (
    *("kind", "network", "account", "author", "language", "topics", "text", "media"),
    *("described", "paid", "scheduled", "template"),
)
_MESSAGE: Final = (
    *("kind", "author", "author_kind", "language", "topics", "tone", "text", "ours"),
    *("followers", "replies", "age"),
)
_OBSERVERS: Final[dict[str, _Observer]] = {
    **{name: _own(name) for name in _OWN},
    **{name: _from_text(name) for name in EXTRACTS},
    "hosts": _hosts,
    **{f"{t}.{name}": _message(t, name) for t in _POINTED for name in _MESSAGE},
    **{f"author.{n}": _author(n) for n in ("roles", "seniority", "contract", "trained_in")},
    "incident.open": lambda facts: facts.context.incident.open,
    "incident.severity": _severity,
    "at": lambda facts: facts.context.at if facts.act.at is None else facts.act.at,
    "local.weekday": _local(lambda at: WEEKDAYS[at.weekday()]),
    "local.hour": _local(lambda at: at.hour),
    "holiday": _holiday,
}


def _said(act: Act, name: str) -> object:
    given = getattr(act, name)
    nothing = name in act.absent or (name in CONTENT and act.kind in SILENT)
    return ABSENT if given is None and nothing else given


@value
class _People:
    """Those whom an act answers or acts upon: the known ones, and whether they are all."""

    known: frozenset[str]
    all: bool


def _person(act: Act) -> _People:
    """Return the authors of the messages that an act points at, of which there may be two."""
    told = [
        _no_message(act, target) if message is None else _named(message, "author")
        for target, message in ((target, getattr(act, target)) for target in _POINTED)
    ]
    found = [fitted(BUILTIN["target.author"], one) for one in told]
    known = frozenset(one for one in found if isinstance(one, str))
    return _People(known, all=all(one is ABSENT or isinstance(one, str) for one in found))


def _named(message: Message, name: str) -> object:
    given = getattr(message, name)
    return ABSENT if given is None and name in message.absent else given


def _links(act: Act) -> object:
    return links_in(act.text) | (act.links or frozenset()) if act.text else act.links


def _fact(name: str, given: Callable[[Act], object] | None = None) -> Callable[[Act], object]:
    """Return how a fact of an act reads, whatever it was made from."""
    read = given or attrgetter(name)
    return lambda act: fitted(BUILTIN[name], read(act))


_SHARED: Final[dict[str, Callable[[Act], object]]] = {
    "same_network": _fact("network"),
    "same_account": _fact("account"),
    "same_author": _fact("author"),
    "same_language": _fact("language"),
    "same_topic": _fact("topics"),
    "same_template": _fact("template", lambda act: _said(act, "template")),
    "same_link": _fact("links", _links),
    "same_person": _person,
}


def _alike(mine: object, theirs: object) -> bool | None:
    if isinstance(mine, _People) and isinstance(theirs, _People):
        return True if mine.known & theirs.known else (False if mine.all and theirs.all else None)
    if mine is ABSENT or theirs is ABSENT:
        return False
    if UNKNOWN in {mine, theirs} or isinstance(mine, Bad) or isinstance(theirs, Bad):
        return None
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        return not mine.isdisjoint(theirs)
    return mine == theirs


def recent(facts: Facts, kind: str, same: Sequence[str] = ()) -> Log | None:
    """Return the log of earlier acts of `kind`, narrowed to those alike in all of `same`."""
    earlier, now = facts.context.earlier, facts.read("at")
    if earlier is None or not isinstance(now, datetime):
        return None
    sure: list[datetime] = []
    maybe: list[datetime] = []
    undated = 0
    for act in earlier.acts:
        counts = _counts(facts.act, act, kind, same)
        if counts is False:
            continue
        if act.at is None:
            undated += 1
        else:
            (maybe if counts is None else sure).append(act.at)
    since = now if undated else earlier.since
    return Log(now, tuple(sorted(sure)), tuple(sorted(maybe)), since, undated)


def _counts(mine: Act, theirs: Act, kind: str, same: Sequence[str]) -> bool | None:
    alike = [True if kind == "any" else None if theirs.kind is None else kind == theirs.kind]
    alike += [_alike(_SHARED[name](mine), _SHARED[name](theirs)) for name in same]
    return False if False in alike else (None if None in alike else True)
