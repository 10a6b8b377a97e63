"""What the best answers share where a flow settles the problem: no pair is tried, all are seen.

In the graph of what a best flow leaves open, another best flow is a cycle of moves that costs
nothing (Ahuja, Magnanti and Orlin 1993). With prices under which no move gains, such a cycle is one
of moves that cost nothing each: a pair can be otherwise just where both of its ends are in one
strongly connected part of these.
"""

from collections.abc import Iterator

from cmcore.teams.solver._flow import Network, costs_of, weigh
from cmcore.teams.solver.model import Model

_Arc = tuple[int, int, int]


def is_flow(model: Model) -> bool:
    """Return whether only fitness, pins, seats and role counts bind, so every flow is an answer.

    A flow counts every role in a least load, also an idle one.
    """
    return (
        len(model.rows) == len(model.clash)
        and not any(model.clash)
        and not any(model.idling)
        and all(
            capacity is None or _longest(model, person) <= capacity
            for person, capacity in enumerate(model.capacity)
        )
    )


def _longest(model: Model, person: int) -> int:
    """Return the minutes of the longest roles that somebody could hold at once."""
    spans = sorted((model.minutes[person][role] for role in model.able[person]), reverse=True)
    return sum(spans[: model.hats[person]])


def loose(model: Model) -> set[tuple[int, int]]:
    """Return the pairs that are in some of the best answers and not in others."""
    network = Network(model, weigh(model))
    network.fill()
    arcs = list(_arcs(model, network))
    size = len(model.clash) + len(model.may) + 1
    prices = _prices(arcs, size)
    free: list[list[int]] = [[] for _ in range(size)]
    for tail, head, cost in arcs:
        if cost + prices[tail] == prices[head]:
            free[tail].append(head)
    part = _parts(free)
    first = len(model.clash)
    return {
        (max(tail, head) - first, min(tail, head))
        for tail, heads in enumerate(free)
        for head in heads
        if part[tail] == part[head] and min(tail, head) < first <= max(tail, head) < size - 1
    }


def _arcs(model: Model, network: Network) -> Iterator[_Arc]:
    """Yield what a flow leaves open, and its cost: from roles to people, to the end, and back."""
    weights = weigh(model)
    steps = model.steps(weights)
    first, end = len(model.clash), len(model.clash) + len(model.may)
    for person, costs in enumerate(costs_of(model, weights)):
        held, must, node = network.held[person], model.must[person], first + person
        for role in model.able[person]:
            if not must >> role & 1:
                yield (node, role, -costs[role]) if held >> role & 1 else (role, node, costs[role])
        worn = held.bit_count()
        if worn < model.hats[person]:
            yield node, end, steps[person][worn]
        if worn > must.bit_count():
            yield end, node, -steps[person][worn - 1]
    for role, row in enumerate(model.rows[:first]):
        empty, spare = row.most - network.filled[role], row.most - row.least
        if empty < row.most:
            yield role, end, 0 if empty < spare else weights[0] * row.weight
        if empty > 0:
            yield end, role, 0 if empty <= spare else -weights[0] * row.weight


def _prices(arcs: list[_Arc], size: int) -> list[int]:
    """Return prices under which no arc gains: the cheapest ways from anywhere (Bellman 1958)."""
    prices = [0] * size
    better = True
    while better:
        better = False
        for tail, head, cost in arcs:
            if prices[tail] + cost < prices[head]:
                prices[head] = prices[tail] + cost
                better = True
    return prices


def _parts(near: list[list[int]]) -> list[int]:
    """Return the number of the strongly connected part of each node (Kosaraju 1978)."""
    back: list[list[int]] = [[] for _ in near]
    for tail, heads in enumerate(near):
        for head in heads:
            back[head].append(tail)
    part = [-1] * len(near)
    for start in reversed(_ended(near)):
        stack = [start] if part[start] < 0 else []
        while stack:
            node = stack.pop()
            if part[node] < 0:
                part[node] = start
                stack += back[node]
    return part


def _ended(near: list[list[int]]) -> list[int]:
    """Return the nodes in the order in which a search in depth is done with them."""
    seen = [False] * len(near)
    order: list[int] = []
    for start in range(len(near)):
        stack = [(start, iter(near[start]))] if not seen[start] else []
        seen[start] = True
        while stack:
            node, heads = stack[-1]
            head = next((head for head in heads if not seen[head]), None)
            if head is None:
                order.append(node)
                stack.pop()
            else:
                seen[head] = True
                stack.append((head, iter(near[head])))
    return order
