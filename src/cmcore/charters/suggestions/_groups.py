"""Groups: acts of kinds, networks and the like that were seen often enough, and go together."""

from collections.abc import Iterator, Sequence
from typing import Final

from cmcore.base.values import internal
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import FactSpec
from cmcore.charters.meaning.looks import Look, Seen, asked_of, look_key

#: What acts are told apart by, in this order: each together with those before it.
HEADS: Final = ("kind", "network", "account", "format", "language")


@internal
class Group:
    """Acts that one permit may be drawn from: every combination of `seen` was seen often enough."""

    seen: tuple[frozenset[Seen], ...]
    members: tuple[int, ...]

    def tests(self, specs: Sequence[FactSpec]) -> Iterator[FactTest]:
        """Yield what the permit asks of the facts that the acts are told apart by."""
        for spec, seen in zip(specs, self.seen, strict=True):
            test = asked_of(spec, {*seen})
            if test is not None:
                yield test

    def order(self) -> tuple[int, list[list[tuple[tuple[str, ...], ...]]]]:
        """Return what groups are put in order by: the largest first."""
        return -len(self.members), [sorted(look_key((one,)) for one in some) for some in self.seen]


def grouped(heads: Sequence[Look], among: Sequence[int], least: int) -> list[Group]:
    """Return as few groups as joining makes of the combinations seen `least` times or more.

    A fact that is unknown for `least` acts or more of a combination of those before it is not asked
    about there.
    """
    groups = [
        Group(tuple(frozenset({one}) for one in cell), tuple(members))
        for cell, members in _cells(heads, among, (), least)
    ]
    count = len(groups) + 1
    while len(groups) < count:
        count = len(groups)
        for place in reversed(range(len(HEADS))):
            groups = _joined(groups, place)
    return sorted(groups, key=Group.order)


def _cells(
    heads: Sequence[Look], among: Sequence[int], cell: Look, least: int
) -> Iterator[tuple[Look, Sequence[int]]]:
    place = len(cell)
    if len(among) < least:
        return
    if place == len(HEADS):
        yield cell, among
        return
    parts: dict[Seen, list[int]] = {}
    for number in among:
        parts.setdefault(heads[number][place], []).append(number)
    if len(parts.get(None, ())) >= least:
        parts = {None: [*among]}
    else:
        parts.pop(None, None)
    for seen, some in parts.items():
        yield from _cells(heads, some, (*cell, seen), least)


def _joined(groups: Sequence[Group], place: int) -> list[Group]:
    """Join the groups that differ in one fact only, where a test can name all that was seen."""
    made: dict[object, Group] = {}
    for one in groups:
        here = one.seen[place]
        named = all(isinstance(seen, str) for seen in here)
        key = (*one.seen[:place], named or here, *one.seen[place + 1 :])
        old = made.get(key)
        if old is not None:
            both = (*one.seen[:place], here | old.seen[place], *one.seen[place + 1 :])
            one = Group(both, (*old.members, *one.members))  # noqa: PLW2901 - joined to the other
        made[key] = one
    return list(made.values())
