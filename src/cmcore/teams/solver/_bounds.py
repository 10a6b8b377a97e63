"""What lacks at the least, by counting: before any search, and where prices are slow to prove it.

Of roles that are all kept apart, everybody holds one at most. Where somebody is not to be alone on
some roles, each of these that has a holder takes up somebody else. Seats are counted against what
is left, each set of roles by itself: what they lack adds up.
"""

from collections.abc import Iterator

from attrs import evolve

from cmcore.teams.solver._flow import solve_flow
from cmcore.teams.solver.model import Levels, Model, Row, cliques

_SHORTAGE: Levels = (1, 0, 0, 0, 0, 0)


def least_shortage(model: Model) -> int:
    """Return what every answer lacks at the least, as far as counting tells."""
    return max([0, *_apart(model), *_supervised(model)])


def _apart(model: Model) -> Iterator[int]:
    """Yield what lacks where everybody holds one role at most of each set kept apart."""
    every = (1 << len(model.clash)) - 1
    apart = [mask for mask in cliques(model.clash, every) if mask & (mask - 1)]
    if apart:
        rest = every & ~sum(apart)
        yield sum(_least(model, mask, 1) for mask in apart) + _least(model, rest)


def _supervised(model: Model) -> Iterator[int]:
    """Yield what lacks where each role in use has a holder outside of a group."""
    every = (1 << len(model.clash)) - 1
    groups: dict[frozenset[int], int] = {}
    for guard in model.guards:
        groups[guard.group] = groups.get(guard.group, 0) | 1 << guard.role
    for group, mask in groups.items():
        others = tuple(0 if person in group else may for person, may in enumerate(model.may))
        sure = tuple(0 if person in group else must for person, must in enumerate(model.must))
        rows = tuple(_used(row) for row in model.rows[: len(model.clash)])
        used = evolve(model, may=others, must=sure, rows=rows, spreads=(), guards=())
        yield _least(used, mask) + _least(model, every & ~mask)


def _used(row: Row) -> Row:
    """Return one seat that stands for all of a role: whether anybody holds it."""
    one = min(1, row.least)
    return evolve(row, least=one, most=max(1, row.most), weight=row.weight * row.least)


def _least(model: Model, mask: int, hats: int | None = None) -> int:
    """Return what some roles lack at the least by themselves, with so many hats at most."""
    if not mask:
        return 0
    part = evolve(
        model,
        may=tuple(may & mask for may in model.may),
        must=tuple(must & mask for must in model.must),
        hats=tuple(most if hats is None else min(most, hats) for most in model.hats),
        rows=tuple(
            row if mask >> role & 1 else evolve(row, least=0, most=0)
            for role, row in enumerate(model.rows[: len(model.clash)])
        ),
        spreads=(),
        guards=(),
    )
    return solve_flow(part, _SHORTAGE).levels[0]
