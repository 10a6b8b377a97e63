"""Redactions: what a log must not hold of people, as data, and how it is taken out."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked, checked_late, each_of
from cmcore.base.digests import canonical
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import name_problems, nearest
from cmcore.base.values import value
from cmcore.charters.act import Act, Message
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import BUILTIN, IN_TEXT, OF_LINKS, RESERVED
from cmcore.charters.context import Author, Context, Situation
from cmcore.charters.kinds import fact_text

#: What stands in an entry for a value that was erased.
ERASED: Final = ""
#: How the names of notes on earlier acts begin.
BEFORE: Final = "earlier."
_MESSAGES: Final = ("in_reply_to", "target")
_OF_ACT: Final = tuple(
    one.name for one in attrs.fields(Act) if one.name not in {"labels", "absent"}
)
_OF_MESSAGE: Final = tuple(one.name for one in attrs.fields(Message) if one.name != "absent")
_OF_AUTHOR: Final = tuple(one.name for one in attrs.fields(Author))
_OF_SITUATION: Final = tuple(one.name for one in attrs.fields(Situation))
#: What is no fact by itself, and stands for its parts.
_WHOLE: Final = frozenset({*_MESSAGES, "incident"})
#: What a redaction may name, labels aside.
REDACTABLE: Final = frozenset(
    {
        *_OF_ACT,
        *(f"{of}.{name}" for of in _MESSAGES for name in _OF_MESSAGE),
        *(f"author.{name}" for name in _OF_AUTHOR),
        *(f"incident.{name}" for name in _OF_SITUATION),
        *("incident", "labels", "earlier", "events", "holidays"),
        *OF_LINKS,
    }
)
#: What is read from the text, and goes with it alone.
_OF_TEXT: Final = frozenset({*IN_TEXT, *OF_LINKS})
#: What no label can be called, and a log holds nothing of; and what would be a whole entry.
NOT_HELD: Final = frozenset({*BUILTIN, *RESERVED, "act", "context"}) - REDACTABLE
_LEAST_KEY: Final = 16
#: How similar to a fact a name is that may be the slip of one.
ALIKE: Final = 0.85


@value
class Redaction:
    """What a log does not hold: facts that it erases, and facts of which it keeps a digest alone.

    A fact is named as rules name it (`author`, `in_reply_to.text`, a label), a message or `labels`
    as a whole; `earlier`, `events` and `holidays` are what the context has of them. What is said
    of an act holds for the earlier acts of its context too, where nothing is masked: it is erased.
    With the text goes what is read from it: its links, their hosts and domains, its hashtags and
    mentions.

    Raises:
        InvalidError: with every problem, when a name is unknown, is both erased and masked, or is
            one of what the text holds while the text stays.
    """

    erase: frozenset[str] = field(default=frozenset(), converter=each_once, kw_only=True)
    mask: frozenset[str] = field(default=frozenset(), converter=each_once, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that it names."""
        return self.erase | self.mask

    @checked_late
    def covers(self, name: str) -> bool:
        """Return whether a fact goes out of a log."""
        head = name.partition(".")[0]
        whole = head in _WHOLE and head in self.names
        return name in self.names or whole or (name in _OF_TEXT and "text" in self.names)

    @checked_late
    def masks(self, name: str) -> bool:
        """Return whether a digest of a fact that goes stays."""
        head = name.partition(".")[0]
        return name in self.mask or (
            head in self.mask and head in _WHOLE and name not in self.erase
        )

    def _problems(self) -> Iterator[Problem]:
        for key in ("erase", "mask"):
            for name in sorted(getattr(self, key)):
                yield from (one.under(key) for one in redactable_problems(name))
        for name in sorted(self.erase & self.mask):
            yield Problem.of("erased-and-masked", "mask", name=name)
        for name in sorted(self.names & _OF_TEXT):
            if "text" not in self.names:
                key = "erase" if name in self.erase else "mask"
                yield Problem.of("left-in-text", key, name=name)


def redactable_problems(name: str) -> Iterator[Problem]:
    """Yield what forbids a name: it is none that a log holds, and a fact's, or the slip of one."""
    if name in REDACTABLE:
        return
    meant = _in_french().get(name)
    near = (meant,) if meant else nearest(name, sorted(REDACTABLE), alike=ALIKE)
    if near or name in NOT_HELD or any(name_problems(name)):
        yield Problem.of("unknown-redaction", name=name, near=near)


@cache
def _in_french() -> Mapping[str, str]:
    """Return the facts that a log holds, by their French: a slip of whoever writes such files."""
    french = ((fact_text(name, "fr").strip("`"), name) for name in sorted(REDACTABLE))
    return {told: name for told, name in french if told not in REDACTABLE}


@checked
def stray_names(redaction: Redaction, charters: Iterable[Charter]) -> tuple[Problem, ...]:
    """Return what a policy names that is neither a fact nor a label of any of the charters.

    For such a name nothing is taken out of a log. It may be a label of another charter, or a slip.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.decisionlog import Redaction, stray_names
        >>> policy = Redaction(erase={"author", "client_nmae"})
        >>> print(*stray_names(policy, [catalog.charters["small-brand"]]))
        erase: no charter here has a fact or a label called `client_nmae`
    """
    labels = {name for one in each_of(charters, "charters", Charter) for name in one.labels}
    return tuple(
        Problem.of("stray-name", key, name=name, near=nearest(name, sorted(labels)))
        for key in ("erase", "mask")
        for name in sorted(getattr(redaction, key) - REDACTABLE - labels)
    )


#: A policy that leaves no name of a person and no text in a log, except in labels and ids.
NAMES_AND_TEXTS: Final = Redaction(
    erase={
        *("author", "recipient", "in_reply_to.author", "in_reply_to.text"),
        *("target.author", "target.text"),
    },
    mask={"text"},
)


@checked
def masked(thing: object, key: bytes | None = None) -> str:
    """Return what a log keeps of a value that it masks: its digest, keyed if there is a `key`.

    A text is digested as its UTF-8 bytes. A digest without a key hides nothing from those who can
    guess the value: they try the names of a team, or the posts of an account, until one fits.

    Raises:
        InvalidError: when the key is shorter than 16 bytes, or the value has no digest.

    Examples:
        >>> from cmcore.decisionlog import masked
        >>> masked("Open on Sunday.")[:19]
        'sha256:076d56653ff1'
    """
    try:
        data = (
            thing.encode("utf-8", "surrogatepass") if isinstance(thing, str) else canonical(thing)
        )
    except TypeError:  # somebody else's class, perhaps deep within
        raise refuse("not-plain", "thing", kind=type(thing).__name__) from None
    if key is None:
        return f"sha256:{sha256(data).hexdigest()}"
    if len(key) < _LEAST_KEY:
        raise refuse("key-too-short", "key", count=len(key), least=_LEAST_KEY)
    return f"hmac-sha256:{hmac.new(key, data, 'sha256').hexdigest()}"


class Censor:
    """What takes out of an act and its context what a policy names, and notes what that was."""

    def __init__(self, policy: Redaction, key: bytes | None) -> None:
        self.policy = policy
        self.key = key
        self.notes: dict[str, str] = {}

    def act(self, act: Act, before: str = "") -> Act:
        """Return an act without what the policy names; names of notes have `before` before them."""
        if not self.policy.names:
            return act
        gone: dict[str, Any] = {
            name: self._message(getattr(act, name), name, before)
            for name in _MESSAGES
            if getattr(act, name) is not None and not self.policy.covers(name)
        }
        gone |= self._without(act, _OF_ACT, "", before)
        labels = {
            name: given
            for name, given in act.labels.items()
            if not self._goes(name, given, before, of="labels")
        }
        absent = self._absent(act.absent, "", before)
        return attrs.evolve(act, labels=labels, absent=absent, **gone)

    def context(self, context: Context) -> Context:
        """Return a context without what the policy names."""
        if not self.policy.names:
            return context
        gone = self._without(context, ("at", "holidays", "earlier"), "", "")
        if context.events and self._goes("events", context.events, ""):
            gone["events"] = FrozenMap[Any]()
        if context.earlier is not None and "earlier" not in gone:
            acts = [self.act(one, BEFORE) for one in context.earlier.acts]
            gone["earlier"] = attrs.evolve(context.earlier, acts=acts)
        author = self._without(context.author, _OF_AUTHOR, "author.", "")
        incident = self._without(context.incident, _OF_SITUATION, "incident.", "")
        return attrs.evolve(
            context,
            author=attrs.evolve(context.author, **author),
            incident=attrs.evolve(context.incident, **incident),
            **gone,
        )

    def _message(self, message: Message, of: str, before: str) -> Message:
        gone = self._without(message, _OF_MESSAGE, f"{of}.", before)
        absent = self._absent(message.absent, f"{of}.", before)
        return attrs.evolve(message, absent=absent, **gone)

    def _without(self, thing: object, names: Iterable[str], of: str, before: str) -> dict[str, Any]:
        """Return the fields of a value that go, each of them unknown from now on."""
        found = {name: getattr(thing, name) for name in names}
        return {
            name: None
            for name, given in found.items()
            if given is not None and self._goes(f"{of}{name}", given, before)
        }

    def _absent(self, absent: frozenset[str], of: str, before: str) -> frozenset[str]:
        return frozenset(
            name for name in sorted(absent) if not self._goes(f"{of}{name}", None, before)
        )

    def _goes(self, name: str, given: object, before: str, of: str = "") -> bool:
        """Return whether a fact goes, and note it."""
        whole = of in self.policy.names
        if not whole and not self.policy.covers(name):
            return False
        is_masked = given is not None and not before and (
            of in self.policy.mask if whole else self.policy.masks(name)
        )  # fmt: skip
        self.notes[before + name] = masked(given, self.key) if is_masked else ERASED
        return True


def heads(redacted: Mapping[str, str]) -> frozenset[str]:
    """Return what the names of redacted facts begin with."""
    return frozenset(name.removeprefix(BEFORE).partition(".")[0] for name in redacted)
