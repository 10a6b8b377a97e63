"""What follows from what is fixed: roles that cannot be held any more, or must be."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from itertools import accumulate

from attrs import evolve

from cmcore.teams.solver._duals import Node
from cmcore.teams.solver.model import Model, Row, bits, cliques


def tightened(model: Model) -> Model:
    """Return the model with the same answers, less what nobody can do; itself where that is all.

    A flow knows nothing of minutes and of incompatible roles. Taught the roles that a person has no
    time for, and how many go together at most, it is wrong less often, and its prices prove more.
    """
    may = tuple(
        _narrowed(model, person, must, may)
        for person, (must, may) in enumerate(zip(model.must, model.may, strict=True))
    )
    apart = cache(lambda mask: tuple(cliques(model.clash, mask)))
    hats = tuple(_hats(model, person, mask, apart) for person, mask in enumerate(may))
    same = may == model.may and all(
        few == min(hats, mask.bit_count())
        for few, hats, mask in zip(hats, model.hats, may, strict=True)
    )
    return model if same else evolve(model, may=may, hats=hats)


def _hats(model: Model, person: int, may: int, apart: Callable[[int], tuple[int, ...]]) -> int:
    """Return how many roles one person can hold at most."""
    must = model.must[person]
    minutes, capacity = model.minutes[person], model.capacity[person]
    room = sum(minutes) if capacity is None else capacity
    room -= sum(minutes[role] for role in bits(must))
    quickest = accumulate(sorted(minutes[role] for role in bits(may & ~must)))
    free = bisect_right(tuple(quickest), room)
    if any(model.clash):
        free = min(free, len(apart(may & ~must)))
    return min(model.hats[person], must.bit_count() + free)


def propagate(model: Model, node: Node) -> bool:
    """Fix all that follows from what is fixed; return False where nothing fits."""
    before = (-1, -1)
    while before != (now := (_size(node.may), _size(node.must))):
        before = now
        for person in range(len(node.must)):
            if not model.agree(person, node.must[person]):
                return False
            node.may[person] = _narrowed(model, person, node.must[person], node.may[person])
        _guards(model, node)
        if not all(_row(node, row, number) for number, row in enumerate(model.rows)):
            return False
    return True


def _size(masks: list[int]) -> int:
    return sum(map(int.bit_count, masks))


def _narrowed(model: Model, person: int, must: int, may: int) -> int:
    """Return what a person may hold beside what they must."""
    if must == may:
        return may
    if must.bit_count() == model.hats[person]:
        return must
    for role in bits(must):
        may &= ~model.clash[role]
    capacity = model.capacity[person]
    if capacity is not None:
        minutes = model.minutes[person]
        room = capacity - sum(minutes[role] for role in bits(must))
        for role in bits(may & ~must):
            if minutes[role] > room:
                may ^= 1 << role
    return may


def _row(node: Node, row: Row, number: int) -> bool:
    """Keep the count of a row between its floor and its ceiling."""
    mask, must = row.mask, node.must
    counted = range(len(must)) if row.group is None else sorted(row.group)
    sure = sum(must[person] & mask != 0 for person in counted)
    able = [person for person in counted if node.may[person] & mask]
    if sure > row.most or len(able) < node.floors[number]:
        return False
    if sure == row.most:
        for person in able:
            if not must[person] & mask:
                node.may[person] &= ~mask
    elif len(able) == node.floors[number]:
        for person in able:
            if (node.may[person] & mask).bit_count() == 1:
                must[person] |= node.may[person] & mask
    return True


def _guards(model: Model, node: Node) -> None:
    """Ask for somebody else where somebody supervised is certain; bar them where nobody else is."""
    for guard in model.guards:
        bit, group = 1 << guard.role, model.rows[guard.row].group or ()
        if any(node.must[person] & bit for person in guard.group):
            node.floors[guard.row] = 1
        if not any(node.may[person] & bit for person in group) and not node.floors[guard.row]:
            for person in guard.group:
                node.may[person] &= ~bit
