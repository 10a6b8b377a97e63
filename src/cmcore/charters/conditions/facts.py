"""Facts: everything a rule may read, named and typed."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, Final, Literal

from attrs import field

from cmcore.base.errors import refuse, refuse_any
from cmcore.base.fields import in_utc
from cmcore.base.frozen import FrozenMap, symbols
from cmcore.base.ids import one_of
from cmcore.base.ledgers import Merged
from cmcore.base.values import value
from cmcore.charters.conditions.domains import ANY, DOMAINS, Domain
from cmcore.charters.conditions.forms import Form, form_problems, formed
from cmcore.charters.kinds import KINDS
from cmcore.teams.contracts import CONTRACTS
from cmcore.text.graphemes import grapheme_count
from cmcore.text.lengths import length_on_mastodon, length_on_threads, length_on_x
from cmcore.text.links import ends_with_link, link_count
from cmcore.text.measures import (
    capital_words,
    capitals,
    emoji_count,
    emoji_run,
    exclamation_run,
    exclamations,
    fancy,
    hashtag_word,
    length,
    middle_dots,
    word_count,
)
from cmcore.time.units import CalendarUnit, Window
from cmcore.time.week import WEEKDAYS


class FactType(StrEnum):
    """The type of a fact, which determines the tests it allows."""

    FLAG = "flag"
    SYMBOL = "symbol"
    SYMBOLS = "symbols"
    NUMBER = "number"
    DURATION = "duration"
    INSTANT = "instant"
    TEXT = "text"
    LOG = "log"


#: What a label may be.
LABEL_TYPES: Final = tuple(kind for kind in FactType if kind is not FactType.LOG)


class Missing(Enum):
    """Why a fact has no value: nobody knows it, or it is known to have none."""

    UNKNOWN = "unknown"
    ABSENT = "absent"

    #: there is one of each, so they need not be told apart by their names
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return self.value


UNKNOWN: Final = Missing.UNKNOWN
ABSENT: Final = Missing.ABSENT


def _times(many: Iterable[datetime]) -> Sequence[datetime]:
    return many if isinstance(many, Merged) else tuple(sorted(map(in_utc, many)))


@value
class Log:
    """When earlier acts happened, as far as is known.

    `sure` holds the instants of acts that count, `maybe` those of acts that may count (one of
    their facts is unknown), and `undated` says how many more have no moment. The record is complete
    from `since` on; None means it always was. `now` is the moment that windows look back from, and
    `zone` the IANA time zone in which days begin.
    """

    now: datetime
    sure: Sequence[datetime] = field(default=(), converter=_times)
    maybe: Sequence[datetime] = field(default=(), converter=_times)
    since: datetime | None = None
    undated: int = 0
    zone: str = "UTC"

    def count(self, within: Window) -> tuple[int, int | None]:
        """Return the least and the most acts within a window that ends now; None: no limit.

        A length of time leaves out its first instant, as in `(now - within, now]`; a unit of the
        calendar has all of its own.

        Raises:
            InvalidError: if the unit begins before the calendar does.
        """
        start = within.start(self.now, self.zone) if isinstance(within, CalendarUnit) else None
        least = self._count(self.sure, within, start)
        if not self._reaches(within, start):
            return least, None
        return least, least + self._count(self.maybe, within, start)

    def _reaches(self, within: Window, start: datetime | None) -> bool:
        """Return whether the record is complete for as long as a window looks back."""
        if self.since is None:
            return True
        if isinstance(within, timedelta):
            return self.now - self.since >= within
        return start is not None and self.since <= start

    def _count(self, times: Sequence[datetime], within: Window, start: datetime | None) -> int:
        lists = times.parts if isinstance(times, Merged) else [(times, range(len(times)))]
        count = 0
        for one, span in lists:
            first, stop = span.start, bisect_right(one, self.now, span.start, span.stop)
            if start is not None:
                first = bisect_left(one, start, first, stop)
            elif isinstance(within, timedelta):
                # ages are compared, since the calendar may begin within the window
                first = bisect_right(one, -within, first, stop, key=lambda at: at - self.now)
            count += stop - first
        return count


@value
class Bad:
    """A value that was given for a fact and cannot be used; the fact counts as unknown."""

    shown: str
    expected: FactType
    values: frozenset[str] | None = None


Value = bool | int | float | str | frozenset[str] | timedelta | datetime | Log
Reading = Value | Missing | Bad


@value
class FactSpec:
    """What is known of a fact before any act: its type, the values it can take, its meaning."""

    name: str
    type: FactType
    domain: Domain = ANY
    english: str = ""
    french: str = ""
    source: Literal["act", "label", "context"] = "act"

    @property
    def values(self) -> frozenset[str] | None:
        """The closed list of its values, if it has one."""
        return self.domain.values


def _type(given: str) -> FactType:
    return one_of(FactType, given, hidden={FactType.LOG})


def _label_words(many: Iterable[str] | None) -> frozenset[str] | None:
    words = symbols(many)
    return None if words is None else formed(Form.LABEL, words)


@value
class Label:
    """A fact that a charter declares and that a person or a classifier supplies for each act.

    `fixed` says whether it is about the world, which no edit of the act changes, or about what the
    author writes. By default, labels of acts without content of their own (a deletion, a report)
    are about the world, since they describe what others wrote; so are numbers, durations and
    instants, which are measured. A duration is 0 or more.
    """

    type: FactType = field(converter=_type)
    values: frozenset[str] | None = field(default=None, converter=_label_words)
    about: str = ""
    fixed: bool | None = None

    def __attrs_post_init__(self) -> None:
        if self.type is FactType.LOG:
            raise refuse("label-as-log", "type")
        if self.values is not None and self.type not in {FactType.SYMBOL, FactType.SYMBOLS}:
            raise refuse("label-with-values", "values", type=self.type)
        if self.values is not None and not self.values:
            raise refuse("empty", "values", key="values", hint="or-no-list")
        refuse_any(form_problems(Form.LABEL, self.values or (), "values"))


_T = FactType
_Row = tuple[str, FactType, str, str]
_ACT: tuple[_Row, ...] = (
    ("kind", _T.SYMBOL, "what is done", "ce qui est fait"),
    ("network", _T.SYMBOL, "the social network", "le réseau social"),
    ("account", _T.SYMBOL, "the account that speaks", "le compte qui s'exprime"),
    ("language", _T.SYMBOL, "the language", "la langue"),
    ("topics", _T.SYMBOLS, "what it is about", "les sujets"),
    ("text", _T.TEXT, "the text", "le texte"),
    ("links", _T.SYMBOLS, "the addresses it links to", "les liens"),
    ("hosts", _T.SYMBOLS, "the sites it links to", "les sites liés"),
    ("domains", _T.SYMBOLS, "the same, each within its domain", "les mêmes, dans leur domaine"),
    ("hashtags", _T.SYMBOLS, "the hashtags, without #", "les mots-dièse, sans #"),
    ("mentions", _T.SYMBOLS, "the accounts named, without @", "les comptes cités, sans @"),
    ("media", _T.SYMBOLS, "the kinds of media shown", "les types de médias"),
    (
        "fits",
        _T.FLAG,
        "its text is within the limit of its network",
        "le texte tient dans la limite du réseau",
    ),
    ("described", _T.FLAG, "every medium has a description", "chaque média a une description"),
    ("paid", _T.FLAG, "it is paid promotion", "c'est une promotion payée"),
    ("scheduled", _T.FLAG, "it was scheduled beforehand", "c'était programmé d'avance"),
    ("template", _T.SYMBOL, "the template it was made from", "le modèle utilisé"),
    ("format", _T.SYMBOL, "the form it has", "le format"),
    (
        "recipient",
        _T.SYMBOL,
        "whom a private message or a warning is for",
        "le destinataire d'un message privé ou d'un avertissement",
    ),
    ("duration", _T.DURATION, "how long a ban lasts", "la durée d'une exclusion"),
)
_MESSAGE: tuple[_Row, ...] = (
    ("id", _T.SYMBOL, "which message it is", "de quel message il s'agit"),
    ("kind", _T.SYMBOL, "the kind of message", "le type de message"),
    ("author", _T.SYMBOL, "who wrote it", "son auteur"),
    ("author_kind", _T.SYMBOL, "what kind of account wrote it", "le type de compte de l'auteur"),
    ("language", _T.SYMBOL, "its language", "sa langue"),
    ("topics", _T.SYMBOLS, "what it is about", "ses sujets"),
    ("tone", _T.SYMBOL, "its tone", "son ton"),
    ("text", _T.TEXT, "its text", "son texte"),
    ("ours", _T.FLAG, "we wrote it", "nous l'avons écrit"),
    ("followers", _T.NUMBER, "how many follow its author", "les abonnés de son auteur"),
    ("replies", _T.NUMBER, "how many answers it has", "son nombre de réponses"),
    ("age", _T.DURATION, "how long ago it was written", "son ancienneté"),
)
_CONTEXT: tuple[_Row, ...] = (
    ("author", _T.SYMBOL, "who acts", "qui agit"),
    ("author.roles", _T.SYMBOLS, "the roles of who acts", "les rôles de qui agit"),
    ("author.seniority", _T.SYMBOL, "the seniority of who acts", "le niveau de qui agit"),
    ("author.contract", _T.SYMBOL, "the contract of who acts", "le contrat de qui agit"),
    ("author.trained_in", _T.SYMBOLS, "what who acts is trained in", "les formations suivies"),
    ("person.blocked", _T.FLAG, "a block of the person is running", "la personne est bloquée"),
    ("person.muted", _T.FLAG, "a mute of the person is running", "la personne est en sourdine"),
    ("incident.open", _T.FLAG, "an incident is open", "un incident est ouvert"),
    ("incident.severity", _T.SYMBOL, "how severe the incident is", "la gravité de l'incident"),
    ("at", _T.INSTANT, "the moment it goes out", "le moment de la sortie"),
    ("local.weekday", _T.SYMBOL, "the day of the week", "le jour de la semaine"),
    ("local.hour", _T.NUMBER, "the hour of the day, 0 to 23", "l'heure, de 0 à 23"),
    ("holiday", _T.FLAG, "it is a holiday", "c'est un jour férié"),
)
#: What may be running of a person, as in `person.blocked` -> the kind of act that begins it.
RUNNING: Final = {"blocked": "block", "muted": "mute"}
TARGETS: Final = {
    "in_reply_to": ("message answered", "message auquel on répond"),
    "target": ("message acted upon", "message visé"),
}
#: The facts that are read from a text, where it is known.
IN_TEXT: Final = ("links", "hashtags", "mentions")
#: The facts derived from the links.
OF_LINKS: Final = frozenset({"hosts", "domains"})
#: The facts that no act says of itself, since they are worked out, each from one of these or more.
WORKED_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(OF_LINKS, ("links",)),
    "fits": ("text", "network"),
}
_DOMAINS: Final[Mapping[str, Domain]] = {
    **DOMAINS,
    "kind": Domain(Form.EXACT, frozenset(KINDS)),
    "author.contract": Domain(Form.CONTRACT, frozenset(CONTRACTS), optional=False),
    "local.weekday": Domain(Form.EXACT, frozenset(WEEKDAYS), optional=False),
}
#: What may be measured on a fact of a type: name of the measure -> type and function.
MEASURES: Final[dict[FactType, dict[str, tuple[FactType, Callable[[Any], Any]]]]] = {
    _T.TEXT: {
        "length": (_T.NUMBER, length),
        "graphemes": (_T.NUMBER, grapheme_count),
        "length_on_mastodon": (_T.NUMBER, length_on_mastodon),
        "length_on_threads": (_T.NUMBER, length_on_threads),
        "length_on_x": (_T.NUMBER, length_on_x),
        "words": (_T.NUMBER, word_count),
        "capitals": (_T.NUMBER, capitals),
        "capital_words": (_T.NUMBER, capital_words),
        "emoji": (_T.NUMBER, emoji_count),
        "emoji_run": (_T.NUMBER, emoji_run),
        "exclamations": (_T.NUMBER, exclamations),
        "exclamation_run": (_T.NUMBER, exclamation_run),
        "hashtag_word": (_T.NUMBER, hashtag_word),
        "links": (_T.NUMBER, link_count),
        "middle_dots": (_T.NUMBER, middle_dots),
        "fancy": (_T.FLAG, fancy),
        "ends_with_link": (_T.FLAG, ends_with_link),
    },
    _T.SYMBOLS: {"count": (_T.NUMBER, len)},
}
#: What logs are kept of in any charter, as in `recent.publish`: each kind of act, and all.
LOGGED: Final = frozenset({*KINDS, "any"})
#: What an earlier act may have in common with this one, for `recent.<kind>.<same>`.
SAME: Final = (
    "same_network",
    "same_account",
    "same_author",
    "same_language",
    "same_topic",
    "same_template",
    "same_link",
    "same_hashtag",
    "same_text",
    "same_person",
    "same_message",
)
#: The labels by which earlier acts may be alike, as in `same_campaign`: those that are words.
WORDED: Final = (FactType.SYMBOL, FactType.SYMBOLS)
#: What narrows a log begins with it, as in `same_network`.
ALIKE: Final = "same_"
RESERVED: Final = frozenset({"id", "all", "any", "not", "at least", "of", "always", "never"})


def label_of(same: str) -> str:
    """Return the label by which acts are alike, as in `same_campaign`; none if built in."""
    return "" if same in SAME else same.removeprefix(ALIKE)


def _builtin() -> Iterator[FactSpec]:
    for name, kind, english, french in _ACT:
        yield FactSpec(name, kind, _DOMAINS.get(name, ANY), english, french)
    for target, (en, fr) in TARGETS.items():
        for name, kind, english, french in _MESSAGE:
            own = _DOMAINS.get(f".{name}", ANY)
            yield FactSpec(f"{target}.{name}", kind, own, f"{en}: {english}", f"{fr} : {french}")
    for name, kind, english, french in _CONTEXT:
        yield FactSpec(name, kind, _DOMAINS.get(name, ANY), english, french, "context")


BUILTIN: Final[Mapping[str, FactSpec]] = FrozenMap({spec.name: spec for spec in _builtin()})


def form_of(name: str) -> Form:
    """Return the form of the words of a fact: a label may declare what else is no word."""
    return BUILTIN[name].domain.form if name in BUILTIN else Form.LABEL
