"""Recalling: the log of the earlier acts that have in common with one act what a fact names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from attrs import field

from cmcore.base.characters import is_damaged
from cmcore.base.ledgers import Extract
from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.conditions.facts import ABSENT, BUILTIN, UNKNOWN, Bad, Log
from cmcore.charters.context import Earlier
from cmcore.charters.meaning._alike import Index, Words, moments, places
from cmcore.charters.meaning.readings import POINTED, fitted, named, no_message, said
from cmcore.text.links import links_in

#: Unknown to everybody.
_BLANK: Final = frozenset({UNKNOWN})


def _words(reading: Any) -> Words:  # noqa: ANN401 - what the fact's type says
    """Return what an act may have in common with another, word by word."""
    if reading is ABSENT:
        return frozenset()
    if reading is UNKNOWN or isinstance(reading, Bad):
        return _BLANK
    return reading if isinstance(reading, frozenset) else frozenset({reading})


def _person(act: Act) -> Words:
    """Return the authors of the messages that an act points at, of which there may be two."""
    told = [
        no_message(act, target) if message is None else named(message, "author")
        for target, message in ((target, getattr(act, target)) for target in POINTED)
    ]
    return frozenset().union(*(_words(fitted(BUILTIN["target.author"], one)) for one in told))


def _links(act: Act) -> object:
    if act.text and is_damaged(act.text):
        return None
    return links_in(act.text) | (act.links or frozenset()) if act.text else act.links


def _fact(name: str, given: Callable[[Act], object] | None = None) -> Callable[[Act], Words]:
    """Return how to read the words of a fact of an act, whatever it was made from."""
    read = given or attrgetter(name)
    return lambda act: _words(fitted(BUILTIN[name], read(act)))


_SHARED: Final[dict[str, Callable[[Act], Words]]] = {
    "kind": _fact("kind"),
    "same_network": _fact("network"),
    "same_account": _fact("account"),
    "same_author": _fact("author"),
    "same_language": _fact("language"),
    "same_topic": _fact("topics"),
    "same_template": _fact("template", lambda act: said(act, "template")),
    "same_link": _fact("links", _links),
    "same_person": _person,
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
    Truth.UNKNOWN: _BLANK,
    Truth.FALSE: frozenset(),
}
#: Something that acts may have in common.
_Thing = str | Counting
_Asked = Mapping[_Thing, Words]


def _read(thing: _Thing) -> Callable[[Act], Words]:
    return thing.words if isinstance(thing, Counting) else _SHARED[thing]


def _asked(act: Act, kind: str | Counting, same: Sequence[str]) -> _Asked:
    """Return what earlier acts must have in common with an act to count."""
    mine: dict[_Thing, Words] = {}
    if isinstance(kind, Counting):
        mine = {kind: _COUNTED[Truth.TRUE]}
    elif kind != "any":
        mine = {"kind": frozenset({kind})}
    return mine | {name: _SHARED[name](act) for name in same}


def recent(
    act: Act, earlier: Earlier, now: datetime, kind: str | Counting, same: Sequence[str] = ()
) -> Log:
    """Return the log of earlier acts of `kind`, narrowed to those alike in all of `same`."""
    acts, asked = earlier.acts, _asked(act, kind, same)
    found = at_once(asked, acts) if isinstance(acts, Extract) else one_by_one(asked, acts)
    sure, maybe, undated = found
    return Log(now, sure, maybe, now if undated else earlier.since, undated)


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
    if (mine & theirs) - _BLANK:
        return True
    return None if mine and theirs and UNKNOWN in mine | theirs else False


def at_once(asked: _Asked, earlier: Extract[Act]) -> _Recalled:
    """Return which earlier acts count, from indexes that are kept with their ledger."""
    if not all(asked.values()):
        return (), (), 0
    known = [words - _BLANK for words in asked.values()]
    sure = _index(earlier, (*asked,)).files(earlier, known)
    # where nobody knows what this act has, any that has something may have the same
    blank = tuple(name for name, words in asked.items() if UNKNOWN in words)
    rest = {name: words | _BLANK for name, words in asked.items() if name not in blank}
    found = _index(earlier, (*rest,), blank).files(earlier, rest.values())
    maybe = [file for file in found if file not in sure]
    # only of two persons may one be known, and the other not
    twice = places(sure, earlier) if "same_person" in asked else frozenset()
    first, undated = moments(sure, earlier)
    second, more = moments(maybe, earlier, twice)
    return first, second, undated + more


def _index(acts: Extract[Act], names: tuple[_Thing, ...], having: tuple[_Thing, ...] = ()) -> Index:
    """Return an index by what `names` say, of the acts `having` something of each of the others."""
    notes = acts.ledger.notes
    if (names, having) not in notes:
        notes[names, having] = Index(acts.ledger, lambda act: _filed(act, names, having))
    found: Index = notes[names, having]
    return found


def _filed(act: Act, names: Sequence[_Thing], having: Sequence[_Thing]) -> list[Words]:
    others = [_read(name)(act) for name in having]
    return [_read(name)(act) for name in names] + ([] if all(others) else [frozenset()])
