"""Recalling: the log of the earlier acts that have in common with one act what a fact names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from attrs import field

from cmcore.base.characters import is_damaged
from cmcore.base.ledgers import Extract, kept
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.conditions.facts import ABSENT, BUILTIN, TARGETS, UNKNOWN, Bad, Log, Missing
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.context import Earlier
from cmcore.charters.kinds import undoing
from cmcore.charters.meaning._alike import Index, Words, moments, places
from cmcore.charters.meaning.readings import named, no_message, said
from cmcore.text.links import links_in
from cmcore.text.tokens import hashtags_in, tokens

#: What is unknown to everybody: it may be any word.
BLANK: Final = frozenset({UNKNOWN})


def words_of(reading: Any) -> Words:  # noqa: ANN401 - what the fact's type says
    """Return what an act may have in common with another, word by word."""
    if reading is ABSENT:
        return frozenset()
    if reading is UNKNOWN or isinstance(reading, Bad):
        return BLANK
    return reading if isinstance(reading, frozenset) else frozenset({reading})


def persons(act: Act) -> Words:
    """Return whom an act is for, and the authors of the messages it points at: there may be two.

    Who it is for is told by its recipient; the author of a message that is not given is the same.
    """
    to = said(act, "recipient")
    messages = [(target, getattr(act, target)) for target in TARGETS]
    told = [
        named(message, "author") if message is not None else no_message(act, target)
        for target, message in messages
        if message is not None or not isinstance(to, str)
    ]
    known = [to] if isinstance(to, str) else []
    return frozenset().union(
        *(words_of(fitted(BUILTIN["target.author"], one)) for one in (*known, *told))
    )


def messages(act: Act) -> Words:
    """Return which messages an act answers and acts on: there may be two."""
    told = [
        no_message(act, target) if message is None else message.id
        for target in TARGETS
        for message in [getattr(act, target)]
    ]
    return frozenset().union(*(words_of(fitted(BUILTIN["target.id"], one)) for one in told))


def _links(act: Act) -> object:
    if act.text and is_damaged(act.text):
        return None
    return links_in(act.text) | (act.links or frozenset()) if act.text else act.links


def _hashtags(act: Act) -> object:
    """Return the hashtags of an act, as the fact of that name reads them."""
    text, told = fitted(BUILTIN["text"], said(act, "text")), said(act, "hashtags")
    if isinstance(text, Bad):
        return None
    found = hashtags_in(text) if isinstance(text, str) else frozenset[str]()
    if isinstance(told, frozenset):
        return found | told
    return found if isinstance(text, str) else text if told is None else told


def _text(act: Act) -> Words:
    """Return the words of the text, in their order, as one thing: two texts are alike or not."""
    told = fitted(BUILTIN["text"], said(act, "text"))
    return frozenset({tokens(told) or told}) if isinstance(told, str) else words_of(told)


def _fact(name: str, given: Callable[[Act], object] | None = None) -> Callable[[Act], Words]:
    """Return how to read the words of a fact of an act, whatever it was made from."""
    read = given or attrgetter(name)
    return lambda act: words_of(fitted(BUILTIN[name], read(act)))


SHARED: Final[dict[str, Callable[[Act], Words]]] = {
    "kind": lambda act: BLANK if act.kind is None else frozenset({act.kind}),
    "same_network": _fact("network"),
    "same_account": _fact("account"),
    "same_author": _fact("author"),
    "same_language": _fact("language"),
    "same_topic": _fact("topics"),
    "same_template": _fact("template", lambda act: said(act, "template")),
    "same_link": _fact("links", _links),
    "same_hashtag": _fact("hashtags", _hashtags),
    "same_text": _text,
    "same_person": persons,
    "same_message": messages,
}


@internal
class Counting:
    """Which acts a count of a charter is of, as one of the things that acts have in common."""

    charter: object = field(eq=id)
    name: str
    holds: Callable[[Act], Truth] = field(eq=False)

    def words(self, act: Act) -> Words:
        """Return the one word of acts that are counted, none of others; unknown where that is."""
        return _COUNTED[self.holds(act)]


_COUNTED: Final[dict[Truth, Words]] = {
    Truth.TRUE: frozenset({True}),
    Truth.UNKNOWN: BLANK,
    Truth.FALSE: frozenset(),
}


@internal
class Sharing:
    """What acts have in common as a charter reads it: its labels, and what its kinds have not."""

    charter: object = field(eq=id)
    name: str
    words: Callable[[Act], Words] = field(eq=False)


#: Something that acts may have in common.
_Thing = str | Counting | Sharing
_Asked = Mapping[_Thing, Words]


def _read(thing: _Thing) -> Callable[[Act], Words]:
    return SHARED[thing] if isinstance(thing, str) else thing.words


def _asked(act: Act, kind: str | Counting, same: Sequence[str | Sharing]) -> _Asked:
    """Return what earlier acts must have in common with an act to count."""
    mine: dict[_Thing, Words] = {}
    if isinstance(kind, Counting):
        mine = {kind: _COUNTED[Truth.TRUE]}
    elif kind != "any":
        mine = {"kind": frozenset({kind})}
    return mine | {thing: _read(thing)(act) for thing in same}


def recent(
    act: Act,
    earlier: Earlier,
    now: datetime,
    kind: str | Counting,
    same: Sequence[str | Sharing] = (),
) -> Log:
    """Return the log of earlier acts of `kind`, narrowed to those alike in all of `same`."""
    acts, asked = earlier.acts, _asked(act, kind, same)
    found = at_once(asked, acts) if isinstance(acts, Extract) else one_by_one(asked, acts)
    sure, maybe, undated = found
    return Log(now, sure, maybe, now if undated else earlier.since, undated)


def running(act: Act, earlier: Earlier, now: datetime, kind: str) -> bool | Missing | None:
    """Tell whether an earlier act of `kind` towards a person of this act is still running.

    It runs until its own time is over, or an act undoes it; one that has no duration runs until
    then. Before the record begins there may have been one that nobody undid since. None where it is
    not known, `ABSENT` where the act is towards nobody.
    """
    towards = persons(act)
    if not towards:
        return ABSENT
    undone = undoing(kind)
    told = _told(earlier.acts, undone | {kind}, towards)
    found = Truth.UNKNOWN if UNKNOWN in towards else Truth.FALSE
    for person in towards - BLANK:
        words = frozenset({person})
        begun = [(one, _counts(one, {kind}, words)) for one in told]
        ends = [(one, _counts(one, undone, words)) for one in told]
        for one, truth in begun:
            runs = truth & _runs(one, now)
            found |= runs & ~_any(is_end & _between(one.at, end.at, now) for end, is_end in ends)
        if earlier.since is not None:
            ended = _any(is_end & _between(_EVER, end.at, now) for end, is_end in ends)
            found |= Truth.UNKNOWN & ~ended
    return _KNOWN[found]


#: What began before the record did.
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_KNOWN: Final = {Truth.TRUE: True, Truth.UNKNOWN: None, Truth.FALSE: False}


def _told(acts: Sequence[Act], kinds: frozenset[str], towards: Words) -> list[Act]:
    """Return the earlier acts that may be of some kinds, and towards some persons."""
    asked = {"kind": kinds | BLANK, "same_person": towards | BLANK}
    if not isinstance(acts, Extract):
        return [one for one in acts if all(SHARED[n](one) & words for n, words in asked.items())]
    files = _index(acts, (*asked,)).files(acts, asked.values())
    return [acts.ledger.rows[place] for place in sorted(places(files, acts))]


def _counts(act: Act, kinds: AbstractSet[str], person: Words) -> Truth:
    """Tell whether an act is of one of some kinds, and towards a person."""
    of_kind = Truth.of(None if act.kind is None else act.kind in kinds)
    return of_kind & Truth.of(_alike(person, persons(act)))


def _runs(act: Act, now: datetime) -> Truth:
    """Tell whether an act has begun by now, and its own time is not over."""
    if act.at is None:
        return Truth.UNKNOWN
    lasts = fitted(BUILTIN["duration"], said(act, "duration"))
    if act.at > now or (isinstance(lasts, timedelta) and now - act.at >= lasts):
        return Truth.FALSE
    return Truth.TRUE if isinstance(lasts, timedelta) or lasts is ABSENT else Truth.UNKNOWN


def _between(start: datetime | None, at: datetime | None, now: datetime) -> Truth:
    """Tell whether a moment came after a start, by now: at the start, or without it, who knows."""
    if at is not None and (at > now or (start is not None and at < start)):
        return Truth.FALSE
    return Truth.UNKNOWN if at is None or start is None or at == start else Truth.TRUE


def _any(truths: Iterable[Truth]) -> Truth:
    return max(truths, key=lambda truth: truth.value, default=Truth.FALSE)


#: When the acts that count happened, when those that may count did, and how many have no moment.
_Recalled = tuple[Sequence[datetime], Sequence[datetime], int]


def one_by_one(asked: _Asked, earlier: Iterable[Act]) -> _Recalled:
    """Return which earlier acts count, looking at each of them."""
    sure: list[datetime] = []
    maybe: list[datetime] = []
    undated = 0
    for act in earlier:
        alike = {_alike(words, _read(thing)(act)) for thing, words in asked.items()}
        if False in alike:
            continue
        if act.at is None:
            undated += 1
        else:
            (maybe if None in alike else sure).append(act.at)
    return sorted(sure), sorted(maybe), undated


def _alike(mine: Words, theirs: Words) -> bool | None:
    if (mine & theirs) - BLANK:
        return True
    return None if mine and theirs and UNKNOWN in mine | theirs else False


def at_once(asked: _Asked, earlier: Extract[Act]) -> _Recalled:
    """Return which earlier acts count, from indexes that are kept with their ledger."""
    if not all(asked.values()):
        return (), (), 0
    known = [words - BLANK for words in asked.values()]
    sure = _index(earlier, (*asked,)).files(earlier, known)
    # where nobody knows what this act has, any that has something may have the same
    blank = tuple(name for name, words in asked.items() if UNKNOWN in words)
    rest = {name: words | BLANK for name, words in asked.items() if name not in blank}
    found = _index(earlier, (*rest,), blank).files(earlier, rest.values())
    maybe = [file for file in found if file not in sure]
    # only of two persons or messages may one be known, and the other not
    twice = places(sure, earlier) if any(map(_is_of_two, asked)) else frozenset()
    first, undated = moments(sure, earlier)
    second, more = moments(maybe, earlier, twice)
    return first, second, undated + more


def _is_of_two(thing: _Thing) -> bool:
    return getattr(thing, "name", thing) in {"same_person", "same_message"}


def _index(acts: Extract[Act], names: tuple[_Thing, ...], having: tuple[_Thing, ...] = ()) -> Index:
    """Return an index by what `names` say, of the acts `having` something of each of the others."""
    ledger = acts.ledger
    return kept(
        ledger.notes,
        (names, having),
        lambda: Index(ledger, lambda act: _filed(act, names, having)),
    )


def _filed(act: Act, names: Sequence[_Thing], having: Sequence[_Thing]) -> list[Words]:
    others = [_read(name)(act) for name in having]
    return [_read(name)(act) for name in names] + ([] if all(others) else [frozenset()])
