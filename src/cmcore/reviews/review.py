"""Reviews: who is asked before an act goes out, and everything that came of it, in order."""

from collections.abc import Iterable
from datetime import datetime

import attrs
from attrs import field

from cmcore.base.errors import refuse_any
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.decision import version_text
from cmcore.display.names import Names, all_named, cell, names_of, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, show
from cmcore.reviews.events import Opening, Regrouped, ReviewEvent, event_line, event_problems
from cmcore.reviews.fold.fold import folded
from cmcore.reviews.fold.standing import FoldState


def _events(many: Iterable[ReviewEvent]) -> tuple[ReviewEvent, ...]:
    events = tuple(many)
    refuse_any(p for index, event in enumerate(events) for p in event_problems(event, index))
    return events


@value
class Review(Viewable):
    """How a review was opened, and the events since, in order, each legal when it happened.

    It is a log and nothing else: `status` computes its state, `record` adds to it.

    Raises:
        InvalidError: when one of the events is illegal, with the reason.
    """

    opening: Opening
    events: tuple[ReviewEvent, ...] = field(default=(), converter=_events)
    _end: FoldState = field(
        default=attrs.Factory(lambda self: folded(self.opening, self.events), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def act(self) -> Act:
        """The act now under review: the original, or the last amendment."""
        return self._end.decision.act

    @property
    def digest(self) -> str:
        """The digest of the content now under review."""
        return self._end.digest

    def standing(self, at: datetime | None = None) -> FoldState:
        """Return its state after all of its events, or at an instant.

        Raises:
            InvalidError: when `at` is naive, or comes before the review was opened.
        """
        return self._end if at is None else folded(self.opening, self.events, at)

    def _view(self, language: Language) -> View:
        """Return the view of the review for a terminal or a notebook: its log."""
        opening, decision = self.opening, self.opening.decision
        circuits = all_named((one.id for one in opening.circuits), "circuit", language)
        code = "review in emergency" if opening.emergency else "review"
        first = Line(say("event opened", language), cell(opening.author, "member", language),
                     show(opening.at, language))  # fmt: skip
        act = opening.act.id or opening.digest[:12]
        return View(
            title=say(code, language, act=f"`{act}`", circuits=circuits),
            lines=(first, *(event_line(event, language) for event in self.events)),
            foot=version_text(decision.charter, decision.version, language),
        )


@own_names.register
def _(review: Review) -> Names:
    later = [event.team for event in review.events if isinstance(event, Regrouped)]
    return names_of([review.opening.team, *later])
