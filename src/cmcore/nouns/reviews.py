"""Reviews: who is asked before an act goes out, and everything that came of it, in order."""

from collections.abc import Iterable
from datetime import datetime

import attrs
from attrs import field

from cmcore.foundation.errors import refuse_any
from cmcore.foundation.house import value
from cmcore.foundation.view import Line, View, Viewable
from cmcore.foundation.wording import Language, say, show
from cmcore.nouns.acts import Act
from cmcore.nouns.moves import Event, Opening, event_line, event_problems
from cmcore.nouns.reviewing.folding import folded
from cmcore.nouns.reviewing.standing import Standing


def _events(many: Iterable[Event]) -> tuple[Event, ...]:
    events = tuple(many)
    refuse_any(p for index, event in enumerate(events) for p in event_problems(event, index))
    return events


@value
class Review(Viewable):
    """How a review was opened, and the events since, in order, each legal when it happened.

    It is a log and nothing else: `status` says where it stands, `record` adds to it.

    Raises:
        InvalidError: when one of the events is illegal, and why.
    """

    opening: Opening
    events: tuple[Event, ...] = field(default=(), converter=_events)
    _end: Standing = field(
        default=attrs.Factory(lambda self: folded(self.opening, self.events), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def act(self) -> Act:
        """The act now under review: the one that was opened, or the last amendment."""
        return self._end.decision.act

    @property
    def digest(self) -> str:
        """The digest of the content now under review."""
        return self._end.digest

    def standing(self, at: datetime | None = None) -> Standing:
        """Return where it stands after all of its events, or at an instant.

        Raises:
            InvalidError: when `at` is naive, or comes before the review was opened.
        """
        return self._end if at is None else folded(self.opening, self.events, at)

    def view(self, language: Language = "en") -> View:
        """Return what is shown of the review, in a terminal or a notebook: its log."""
        opening, decision = self.opening, self.opening.decision
        circuits = say("and", language).join(circuit.id for circuit in opening.circuits)
        code = "review in emergency" if opening.emergency else "review"
        first = Line(say("event opened", language), opening.author, show(opening.at, language))
        act = opening.act.id or opening.digest[:12]
        return View(
            title=say(code, language, act=act, circuits=circuits),
            lines=(first, *(event_line(event, language) for event in self.events)),
            foot=say("version", language, charter=decision.charter, version=decision.version),
        )
