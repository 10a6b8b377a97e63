"""The states of a review and what moves it from one to another: the whole of it, as a table."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.reviews.events import ReviewMove, ReviewState

_OPEN, _CHANGES, _OWED = ReviewState.OPEN, ReviewState.CHANGES_ASKED, ReviewState.OWED

#: State -> what may move it -> state. Anything else is illegal.
TRANSITIONS: Final[Mapping[ReviewState, Mapping[ReviewMove, ReviewState]]] = {
    ReviewState.OPEN: {
        ReviewMove.APPROVED: _OPEN,
        ReviewMove.OBJECTED: _OPEN,
        ReviewMove.DELEGATED: _OPEN,
        ReviewMove.ESCALATED: _OPEN,
        ReviewMove.REGROUPED: _OPEN,
        ReviewMove.CHANGES_ASKED: _CHANGES,
        ReviewMove.AMENDED: _OPEN,
        ReviewMove.REFUSED: ReviewState.REFUSED,
        ReviewMove.WITHDRAWN: ReviewState.WITHDRAWN,
        ReviewMove.COMPLETED: ReviewState.APPROVED,
        ReviewMove.ALONE: ReviewState.ALONE,
        ReviewMove.TIMED_REFUSED: ReviewState.REFUSED,
        ReviewMove.TIMED_LAPSED: ReviewState.LAPSED,
    },
    ReviewState.CHANGES_ASKED: {
        ReviewMove.DELEGATED: _CHANGES,
        ReviewMove.REGROUPED: _CHANGES,
        ReviewMove.CHANGES_ASKED: _CHANGES,
        ReviewMove.AMENDED: _OPEN,
        ReviewMove.REFUSED: ReviewState.REFUSED,
        ReviewMove.WITHDRAWN: ReviewState.WITHDRAWN,
        ReviewMove.TIMED_REFUSED: ReviewState.REFUSED,
        ReviewMove.TIMED_LAPSED: ReviewState.LAPSED,
    },
    ReviewState.APPROVED: {
        ReviewMove.AMENDED: _OPEN,
        ReviewMove.WITHDRAWN: ReviewState.WITHDRAWN,
        ReviewMove.PUBLISHED: ReviewState.PUBLISHED,
    },
    ReviewState.ALONE: {
        ReviewMove.AMENDED: _OPEN,
        ReviewMove.REGROUPED: ReviewState.ALONE,
        ReviewMove.WITHDRAWN: ReviewState.WITHDRAWN,
        ReviewMove.PUBLISHED: _OWED,
    },
    _OWED: {
        ReviewMove.APPROVED: _OWED,
        ReviewMove.DELEGATED: _OWED,
        ReviewMove.REGROUPED: _OWED,
        ReviewMove.REFUSED: ReviewState.REFUSED,
        ReviewMove.COMPLETED: ReviewState.PUBLISHED,
    },
    ReviewState.PUBLISHED: {},
    ReviewState.REFUSED: {},
    ReviewState.LAPSED: {},
    ReviewState.WITHDRAWN: {},
}
#: The states in which time still counts.
RUNNING: Final = frozenset(
    state for state, moves in TRANSITIONS.items() if ReviewMove.TIMED_LAPSED in moves
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
