"""Routings: who should take a request, why, and why not the others."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from attrs import field

from cmcore.base.values import value
from cmcore.display.names import cell
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, show
from cmcore.requests.request import Request
from cmcore.time.week import local


class RoutingReason(StrEnum):
    """Why somebody takes a request, or does not."""

    CONTACT = "contact"
    ALONE = "alone"
    LEAST = "least"
    TIE = "tie"
    NOT_FIRST = "not first"
    OFF = "off"
    NEVER = "never"
    LANGUAGE = "language"
    SKILLS = "skills"

    @property
    def is_chosen(self) -> bool:
        """Whether it explains why somebody was chosen."""
        return self in {
            RoutingReason.CONTACT,
            RoutingReason.ALONE,
            RoutingReason.LEAST,
            RoutingReason.TIE,
        }

    @property
    def is_able(self) -> bool:
        """Whether somebody could take it, on duty or not."""
        return self not in {RoutingReason.LANGUAGE, RoutingReason.SKILLS}


class NoRoute(StrEnum):
    """Why a request goes to nobody."""

    IGNORED = "ignored"
    NO_ROUTE = "no route"
    NO_HOLDER = "no holder"
    UNABLE = "unable"
    OFF_DUTY = "off duty"
    NEVER = "never"


@value
class Candidate:
    """Somebody who holds the role, with `load` requests, and on duty from `back` on."""

    member: str
    why: RoutingReason
    load: int = 0
    back: datetime | None = None


@value
class Routing(Viewable):
    """Where a request goes at some time: to `member` as `role`, or nowhere because of `gap`.

    `candidates` are all who hold the role. `contact` had the last request from the same author; if
    they neither take it nor are a candidate, `contact_gone` says whether they have left the team.
    If nobody is on duty, `next_up` will be first.
    """

    request: Request
    at: datetime
    zone: str = field(default="UTC", kw_only=True)
    role: str | None = field(default=None, kw_only=True)
    member: str | None = field(default=None, kw_only=True)
    gap: NoRoute | None = field(default=None, kw_only=True)
    candidates: tuple[Candidate, ...] = field(default=(), kw_only=True)
    contact: str | None = field(default=None, kw_only=True)
    contact_gone: bool = field(default=False, kw_only=True)

    @property
    def next_up(self) -> Candidate | None:
        """The first person who could take it and will be on duty; None if nobody ever is."""
        able = [one for one in self.candidates if one.why.is_able and one.back is not None]
        return min(able, key=lambda one: (one.back, one.load, one.member), default=None)

    def reason(self, language: Language = "en") -> str:
        """Return why it goes where it goes."""
        if self.gap is not None:
            return self._gap(self.gap, language)
        chosen = next(one for one in self.candidates if one.why.is_chosen)
        return self._told(chosen, language)

    def _gap(self, gap: NoRoute, language: Language) -> str:
        later = self.next_up
        who, back = (later.member, self._when(later, language)) if later else ("", "")
        return say(f"request gap {gap}", language, role=self.role, who=who, back=back)

    def _told(self, one: Candidate, language: Language) -> str:
        told = {"load": one.load, "language": self.request.language}
        return say(f"request why {one.why}", language, back=self._when(one, language), **told)

    def _when(self, one: Candidate, language: Language) -> str:
        return "" if one.back is None else show(local(one.back, self.zone), language)

    def _view(self, language: Language) -> View:
        """Return the view of the routing for a terminal or a notebook."""
        code = "request not routed" if self.member is None else "request routed"
        told = {"request": self.request.id, "who": self.member, "role": self.role}
        at = local(self.at, self.zone)
        return View(
            title=say(code, language, **told),
            tone=self._tone,
            lines=tuple(self._lines(language)),
            foot=say("request as of", language, at=at, zone=self.zone),
        )

    @property
    def _tone(self) -> str:
        if self.gap is NoRoute.IGNORED:
            return ""
        return "covered" if self.gap is None else "forbidden"

    def _lines(self, language: Language) -> Iterator[Line]:
        if self.gap is not None:
            word = "" if self.gap is NoRoute.IGNORED else say("request gap", language)
            yield Line(word, "", self._gap(self.gap, language))
        ordered = sorted(self.candidates, key=lambda one: not one.why.is_chosen)
        for one in ordered:
            mark = "→" if one.why.is_chosen else "·"
            yield Line(mark, cell(one.member, "member", language), self._told(one, language))
        if self.contact is not None and self.contact not in {one.member for one in ordered}:
            code = "request contact gone" if self.contact_gone else "request contact other"
            told = say(code, language, who=self.contact)
            yield Line(say("request contact", language), "", told)
