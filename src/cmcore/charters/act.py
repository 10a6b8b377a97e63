"""Acts: what the team does in public, and the messages it does it to."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.digests import digest_of
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.fields import is_instant
from cmcore.base.frozen import FrozenMap, each_once, symbols
from cmcore.base.ids import id_problems, kind_problems, name_problems, nearest
from cmcore.base.values import value
from cmcore.charters.conditions.facts import BUILTIN, RESERVED, WORKED_OUT
from cmcore.charters.kinds import KINDS, own_kind_problems, word_text
from cmcore.display.cards import field_name, inline, part
from cmcore.display.wording import Language

#: The types a label may have on an act; anything else is kept and counts as unusable, provided
#: that it cannot be changed.
LabelValue = bool | int | float | str | frozenset[str] | timedelta | datetime


_LISTS: Final = (set, list, tuple)
_NO_LABELS: Final = FrozenMap[LabelValue]()


def _labels(given: Mapping[str, object]) -> FrozenMap[LabelValue]:
    if not given:
        return _NO_LABELS
    frozen = {k: frozenset(v) if isinstance(v, _LISTS) else v for k, v in given.items()}
    return FrozenMap(frozen)  # type: ignore[arg-type]


def _no_labels() -> FrozenMap[LabelValue]:
    return FrozenMap()


def aware_problems(at: datetime | None, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of an instant that could not be brought to UTC; None is unknown."""
    if at is not None:
        yield from instant_problems(at, *path)


def instant_problems(at: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of what could not be brought to UTC."""
    if is_instant(at):
        return
    if not isinstance(at, datetime):
        yield Problem.of("wrong-value", *path, given=at, wanted="moment")
    elif at.utcoffset() is None:
        yield Problem.of("naive-datetime", *path, at=at)
    else:
        yield Problem.of("no-local-time", *path, at=at, zone="UTC")


def _absence_problems(unknown: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of each name of what has no value that is no name of what may have one."""
    for name in unknown:
        yield Problem.of("unknown-absence", "absent", name=name, near=nearest(name, known))


def contradictions(
    absent: Iterable[str], given: Mapping[str, object], *path: str | int
) -> Iterator[Problem]:
    """Yield the problem of each fact that is given where it is said to have no value.

    What is None is unknown, and an empty set says the same as there being none.
    """
    for name in sorted(absent):
        told = given.get(name)
        if told is not None and not (isinstance(told, frozenset) and not told):
            yield Problem.of("given-and-absent", *path, name, fact=name)


def _may_be_label(name: str) -> bool:
    """Return whether a charter might declare a label of that name, which is no slip of a fact's."""
    is_name = name not in BUILTIN and name not in RESERVED and not any(name_problems(name))
    slips = [
        near for near in nearest(name, _OWN, alike=0.85) if near.rstrip("s") != name.rstrip("s")
    ]
    return is_name and not slips


#: The facts that may be absent from an act; a charter's labels may be absent too.
_OWN: Final = frozenset(
    {name for name, spec in BUILTIN.items() if spec.source == "act" and "." not in name}
    - WORKED_OUT.keys()
    | {"author", "in_reply_to", "target"}
)


#: The facts that may be absent from a message.
_OF_MESSAGES: Final = frozenset(
    {name.removeprefix("target.") for name in BUILTIN if name.startswith("target.")} - {"age"}
    | {"at"}
)


def _whole(given: float | None) -> int | None:
    """Return a whole number, as which a column of numbers may hold `3.0`."""
    return int(given) if isinstance(given, float) and given.is_integer() else given  # type: ignore[return-value]


@value
class Message:
    """A message that an act answers or acts on: somebody else's, or our own.

    None means unknown. `id` says which message it is, as its network names it: two acts with one
    id are about the same message. `ours` says whether the team wrote it; `followers` is the number
    of the author's followers, `replies` the number of answers. `absent` names facts known to be
    absent: without an id, nobody knows whether a message is the same as another.

    Raises:
        InvalidError: with every problem, when a datetime is naive, or `absent` names a fact that is
            given or that no message has.
    """

    id: str | None = field(default=None, kw_only=True)
    kind: str | None = field(default=None, kw_only=True)
    author: str | None = field(default=None, kw_only=True)
    at: datetime | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True)
    topics: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    tone: str | None = field(default=None, kw_only=True)
    text: str | None = field(default=None, kw_only=True)
    ours: bool | None = field(default=None, kw_only=True)
    followers: int | None = field(default=None, kw_only=True, converter=_whole)
    author_kind: str | None = field(default=None, kw_only=True)
    replies: int | None = field(default=None, kw_only=True, converter=_whole)
    absent: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)

    def __attrs_post_init__(self) -> None:
        unknown = sorted(self.absent - _OF_MESSAGES)
        given = {name: getattr(self, name) for name in self.absent & _OF_MESSAGES}
        refuse_any(_absence_problems(unknown, _OF_MESSAGES), contradictions(self.absent, given))


@value
class Act:
    """One thing the team does or wants to do in public; None means unknown.

    `at` is the moment it goes out. `described` says whether every medium has a description.
    `format` is the form it has (a post, a story), `recipient` the account that a private message or
    a warning is for, `duration` how long a block or a mute lasts: one for good has none
    (`absent={"duration"}`). `labels` are the facts that the charter declares. `absent` names facts
    known to have no value (an act made from no template: `absent={"template"}`), which is not the
    same as unknown; none of them may be given as well.
    Links, hashtags and mentions are read from the text when they are not given. A kind with a
    hyphen may be one that a charter declares; under a charter that does not, it is not known.

    Raises:
        InvalidError: with every problem, when the kind is unknown, a datetime is naive, or `absent`
            names a fact that is given, or something that cannot be a fact of the act or a label.
    """

    id: str | None = field(default=None, kw_only=True)
    kind: str | None = field(default=None, kw_only=True)
    at: datetime | None = field(default=None, kw_only=True)
    network: str | None = field(default=None, kw_only=True)
    account: str | None = field(default=None, kw_only=True)
    author: str | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True)
    topics: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    text: str | None = field(default=None, kw_only=True)
    links: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    hashtags: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    mentions: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    media: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    described: bool | None = field(default=None, kw_only=True)
    paid: bool | None = field(default=None, kw_only=True)
    scheduled: bool | None = field(default=None, kw_only=True)
    template: str | None = field(default=None, kw_only=True)
    format: str | None = field(default=None, kw_only=True)
    recipient: str | None = field(default=None, kw_only=True)
    duration: timedelta | None = field(default=None, kw_only=True)
    in_reply_to: Message | None = field(default=None, kw_only=True)
    target: Message | None = field(default=None, kw_only=True)
    labels: FrozenMap[LabelValue] = field(
        factory=_no_labels, kw_only=True, converter=_labels, metadata={"takes": FrozenMap[Hashable]}
    )
    absent: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def digest(self, media: Iterable[bytes] = ()) -> str:
        """Return the SHA-256 digest, in hexadecimal, of everything that the public sees of it.

        That is its kind, its network and account, whom it answers or acts on, and what it shows:
        `media` are the contents of the files that go out with it, in order. What only the team
        knows (its id, author, moment, topics, template and labels) does not change the digest.

        Raises:
            InvalidError: when `media` is anything but the bytes of files.
        """
        return self.sealed(file_digests(media))

    @checked_late
    def sealed(self, files: Iterable[str] = ()) -> str:
        """Return the same digest, from the SHA-256 digests of the files that go out with it."""
        seen = _known(self, _SEEN)
        for name in ("in_reply_to", "target"):
            message = getattr(self, name)
            if message is not None:
                seen[name] = _known(message, _SEEN_OF)
        return digest_of({**seen, "files": [*files]})

    def _problems(self) -> Iterator[Problem]:
        if self.absent:
            yield from self._false_absences()
        if self.id is not None:
            yield from id_problems(self.id, "id")
        if self.kind is not None and self.kind not in KINDS and any(own_kind_problems(self.kind)):
            near = nearest(self.kind, KINDS)
            yield Problem.of(
                "unknown-act-kind", "kind", kind=self.kind, near=near, known=sorted(KINDS)
            )

    def _false_absences(self) -> Iterator[Problem]:
        unknown = sorted(name for name in self.absent - _OWN if not _may_be_label(name))
        yield from _absence_problems(unknown, _OWN)
        given = {name: getattr(self, name) for name in self.absent & _OWN}
        yield from contradictions(self.absent, given)
        yield from contradictions(self.absent, self.labels, "labels")


def _known(thing: Act | Message, names: Iterable[str]) -> dict[str, object]:
    """Return what is known of some facts: one more that is unknown changes no digest."""
    found = {name: getattr(thing, name) for name in names}
    return {name: given for name, given in found.items() if given is not None}


def file_digests(media: Iterable[bytes]) -> tuple[str, ...]:
    """Return the SHA-256 digest, in hexadecimal, of each file.

    Raises:
        InvalidError: when `media` is anything but the bytes of files.
    """
    given: object = media
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise refuse("wrong-value", "media", given=given, wanted="list-of-files")
    files = list(media)
    kinds = (bytes, bytearray, memoryview)
    found = [
        problem
        for index, file in enumerate(files)
        for problem in kind_problems(file, kinds, "file", "media", index)
    ]
    if found:
        raise InvalidError(found)
    from hashlib import sha256  # needed by few, and slow to load

    return tuple(sha256(file).hexdigest() for file in files)


#: What the public sees of an act, and of the message that it answers or acts on.
_SEEN: Final = (
    *("kind", "network", "account", "text", "links", "hashtags", "mentions"),
    *("media", "described", "paid", "format", "recipient", "duration"),
)
_SEEN_OF: Final = ("id", "kind", "author", "at", "text")


@part.register(Act)
@part.register(Message)
def _(about: Act | Message, name: str, given: object, language: Language) -> str:
    """Write what a fact is: kinds and other words of closed lists as files in a language do."""
    if name == "absent" and isinstance(given, frozenset):
        told = {field_name(one, language) if one in _OWN | _OF_MESSAGES else one for one in given}
        return inline(frozenset(told), language)
    if not isinstance(given, str):
        return inline(given, language)
    fact = name if isinstance(about, Act) else f"in_reply_to.{name}"
    return word_text(fact, given, language).strip("`")
