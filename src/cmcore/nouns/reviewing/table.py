"""The states of a review and what moves it from one to another: the whole of it, as a table."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.nouns.moves import Move, ReviewState

_OPEN, _CHANGES = ReviewState.OPEN, ReviewState.CHANGES_ASKED

#: State -> what may move it -> state. What is not there is illegal.
TRANSITIONS: Final[Mapping[ReviewState, Mapping[Move, ReviewState]]] = {
    ReviewState.OPEN: {
        Move.APPROVED: _OPEN,
        Move.OBJECTED: _OPEN,
        Move.DELEGATED: _OPEN,
        Move.ESCALATED: _OPEN,
        Move.REGROUPED: _OPEN,
        Move.CHANGES_ASKED: _CHANGES,
        Move.AMENDED: _OPEN,
        Move.REFUSED: ReviewState.REFUSED,
        Move.WITHDRAWN: ReviewState.WITHDRAWN,
        Move.COMPLETED: ReviewState.APPROVED,
        Move.TIMED_REFUSED: ReviewState.REFUSED,
        Move.TIMED_LAPSED: ReviewState.LAPSED,
    },
    ReviewState.CHANGES_ASKED: {
        Move.DELEGATED: _CHANGES,
        Move.REGROUPED: _CHANGES,
        Move.CHANGES_ASKED: _CHANGES,
        Move.AMENDED: _OPEN,
        Move.REFUSED: ReviewState.REFUSED,
        Move.WITHDRAWN: ReviewState.WITHDRAWN,
        Move.TIMED_REFUSED: ReviewState.REFUSED,
        Move.TIMED_LAPSED: ReviewState.LAPSED,
    },
    ReviewState.APPROVED: {
        Move.AMENDED: _OPEN,
        Move.WITHDRAWN: ReviewState.WITHDRAWN,
        Move.PUBLISHED: ReviewState.PUBLISHED,
    },
    ReviewState.PUBLISHED: {},
    ReviewState.REFUSED: {},
    ReviewState.LAPSED: {},
    ReviewState.WITHDRAWN: {},
}
#: The states in which time still counts.
RUNNING: Final = frozenset(
    state for state, moves in TRANSITIONS.items() if Move.TIMED_LAPSED in moves
)
#: The states that nothing leaves.
TERMINAL: Final = frozenset(state for state, moves in TRANSITIONS.items() if not moves)


def diagram() -> Iterator[str]:
    """Yield the lines of the table as a mermaid state diagram."""
    names = {state: state.replace(" ", "_") for state in ReviewState}
    yield "stateDiagram-v2"
    yield from (f'    state "{state}" as {names[state]}' for state in names if " " in state)
    yield f"    [*] --> {names[_OPEN]}"
    for state, moves in TRANSITIONS.items():
        for target in dict.fromkeys(moves.values()):
            said = ", ".join(move.replace(":", "") for move, to in moves.items() if to is target)
            yield f"    {names[state]} --> {names[target]}: {said}"
    yield from (f"    {names[state]} --> [*]" for state in ReviewState if state in TERMINAL)
