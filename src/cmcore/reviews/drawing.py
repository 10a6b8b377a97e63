"""Drawing: circuits, and where reviews stand, as Mermaid flowcharts."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from cmcore.base.asked import checked
from cmcore.circuits.circuit import ValidationCircuit as Circuit
from cmcore.circuits.quorum import Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.display.mermaid import Arrow, Flow, Node
from cmcore.display.names import cell
from cmcore.display.views import TONES
from cmcore.display.wording import Language, say
from cmcore.reviews.events import ReviewState
from cmcore.reviews.handle import status
from cmcore.reviews.progress import ReviewStatus, TrackStatus
from cmcore.reviews.review import Review

_LOOKS: Final = {
    **{tone: f"stroke:{colour}" for tone, (_, colour) in TONES.items() if tone},
    "now": "stroke-width:4px",
    "past": "stroke-dasharray:4",
}
_ENDS: Final = {
    ReviewState.APPROVED: "covered",
    ReviewState.PUBLISHED: "covered",
    ReviewState.REFUSED: "forbidden",
    ReviewState.LAPSED: "forbidden",
    ReviewState.WITHDRAWN: "",
}


@checked
def mermaid(thing: Circuit | Review | ReviewStatus, language: Language = "en") -> str:
    """Return a Mermaid flowchart of a circuit, or of the state of a review.

    A circuit shows its stages in order, the ways out of each, and its emergency way beside them. A
    review is drawn as of its last recorded event; for another moment, give its `status`. Names are
    escaped, so that they can only ever be labels in the drawing.

    Examples:
        >>> from cmcore import catalog
        >>> from cmcore.reviews import mermaid
        >>> mermaid(catalog.circuits["desk"]).splitlines()[0]
        'flowchart TD'
    """
    if isinstance(thing, Circuit):
        return str(_circuit(thing, language))
    return str(_status(_last(thing) if isinstance(thing, Review) else thing, language))


def _last(review: Review) -> ReviewStatus:
    return status(review, review.events[-1].at if review.events else review.opening.at)


def _circuit(circuit: Circuit, language: Language) -> Flow:
    ways = {"s": circuit.stages, "e": circuit.emergency}
    arrows = [Arrow("opened", "s1")]
    if circuit.emergency:
        arrows.append(Arrow("opened", "e1", say("in emergency", language)))
    for letter, stages in ways.items():
        for number, stage in enumerate(stages, 1):
            above = f"{letter}{number + 1}" if number < len(stages) else None
            arrows += _leaving(f"{letter}{number}", stage, above, language)
    reached = {arrow.stop for arrow in arrows}
    usual, aside = ([_stage(f"{letter}{number}", number, stage, language)
                     for number, stage in enumerate(stages, 1)]
                    for letter, stages in ways.items())  # fmt: skip
    ends = (_end(state, language) for state in _ENDS if state in reached)
    return Flow(
        [Node("opened", (cell(circuit.id, "circuit", language),), "round"), *usual, *ends],
        arrows,
        aside,
        title=say("in emergency", language),
        looks=_LOOKS,
    )


def _stage(id_: str, number: int, stage: Stage, language: Language) -> Node:
    return Node(id_, (say("track number", language, stage=number), *stage.said(language)))


def _leaving(id_: str, stage: Stage, above: str | None, language: Language) -> Iterator[Arrow]:
    """Yield what comes of a stage, one arrow to each place, `above` being the next stage."""
    silent = isinstance(stage.need, Silence)
    late = say("arrow objected" if silent else "arrow time out", language)
    passed = say("arrow silence" if silent else "arrow yes", language)
    said: list[tuple[str, str]] = [(above or ReviewState.APPROVED, passed)]
    if above and stage.enough:
        said = [(ReviewState.APPROVED, passed), (above, say("arrow passed on", language))]
    said.append((ReviewState.REFUSED, say("arrow no", language)))
    if stage.within is not None and not stage.afterwards:
        said.append((_late(stage, above), late))
    for place in dict.fromkeys(place for place, _ in said):
        texts = [text for where, text in said if where == place]
        if len(texts) > 1:
            texts = [say("arrow both", language, one=texts[0], other=texts[1])]
        yield Arrow(id_, place, texts[0])


def _late(stage: Stage, above: str | None) -> str:
    if stage.otherwise is Timeout.ESCALATE and above:
        return above
    refused = stage.otherwise is Timeout.REFUSE
    return ReviewState.REFUSED if refused else ReviewState.LAPSED


def _end(state: ReviewState, language: Language, looks: str | None = None) -> Node:
    shown = say(f"state {state}", language)
    return Node(state, (shown,), "round", _ENDS[state] if looks is None else looks)


def _status(found: ReviewStatus, language: Language) -> Flow:
    """Draw each circuit as a chain; one that was cut short ends where it was."""
    running = found.state not in _ENDS
    whole = running or _ENDS[found.state] == "covered"
    chains = [
        tuple(_track(f"t{number}s", track, language, whole=whole))
        for number, track in enumerate(found.tracks, 1)
    ]
    title = say("status", language, act=found.act or found.digest[:12],
                state=say(f"state {found.state}", language))  # fmt: skip
    first = Node("act", (title,), "round", "exception" if running else _ENDS[found.state])
    end = _end(ReviewState.APPROVED, language, "") if running else _end(found.state, language)
    return Flow(
        [first, *(node for chain in chains for node in chain), end],
        _chained([first, *chain, end] for chain in chains),
        looks=_LOOKS,
    )


def _chained(chains: Iterable[Iterable[Node]]) -> Iterator[Arrow]:
    for chain in chains:
        for one, other in pairwise(chain):
            yield Arrow(one.id, other.id)


def _track(prefix: str, track: TrackStatus, language: Language, *, whole: bool) -> Iterator[Node]:
    for number in range(1, (track.stages if whole and not track.is_complete else track.stage) + 1):
        present = number == track.stage and not track.is_complete
        looks = "now" if present else "past" if track.is_complete or number < track.stage else ""
        told = track.text(language) if present else say("track number", language, stage=number)
        circuit = cell(track.circuit, "circuit", language)
        yield Node(f"{prefix}{number}", (circuit, told), looks=looks)
