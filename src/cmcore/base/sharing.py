"""Sharing out what some can give among those who want it, as well as can be: a maximum flow.

Ways to more are found breadth first, as Edmonds and Karp (1972) have it.
"""

from collections.abc import Sequence

__all__ = ["shared_out"]


def shared_out(
    wanted: Sequence[int], able: Sequence[Sequence[int]], given: Sequence[int]
) -> list[int]:
    """Return how much each that wants something gets, so that all together get the most.

    `able[n]` are the places, in `given`, of those who can give to the one at place `n` of `wanted`.
    Those who come first get all that can be had for them.
    """
    left = [*given]
    done: list[dict[int, int]] = [{} for _ in wanted]
    for place, open_ in enumerate(wanted):
        while open_ > 0 and (moved := _augment(place, open_, able, done, left)):
            open_ -= moved  # noqa: PLW2901 - what is still wanted
    return [sum(one.values()) for one in done]


def _augment(
    start: int,
    wanted: int,
    able: Sequence[Sequence[int]],
    done: list[dict[int, int]],
    left: list[int],
) -> int:
    """Find more for one, others making room for it where they can; return how much."""
    came: dict[int, tuple[int, int]] = {start: (start, -1)}
    queue = [start]
    for place in queue:
        for giver in able[place]:
            if left[giver]:
                return _move(place, giver, wanted, came, done, left)
            for other, got in enumerate(done):
                if other not in came and got.get(giver):
                    came[other] = (place, giver)
                    queue.append(other)
    return 0


def _move(  # noqa: PLR0913, PLR0917 - the state of one search
    place: int, giver: int, wanted: int, came: dict[int, tuple[int, int]],
    done: list[dict[int, int]], left: list[int],
) -> int:  # fmt: skip
    steps: list[tuple[int, int]] = [(place, giver)]
    moved = min(wanted, left[giver])
    while came[place][1] >= 0:
        before, shared = came[place]
        moved = min(moved, done[place][shared])
        steps.append((before, shared))
        place = before
    left[giver] -= moved
    for n, (taker, source) in enumerate(steps):
        done[taker][source] = done[taker].get(source, 0) + moved
        if n:
            done[steps[n - 1][0]][source] -= moved
    return moved
