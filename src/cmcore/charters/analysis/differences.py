"""Differences between two charters, each with an act that shows it."""

from collections.abc import Iterator
from typing import Final, Literal

from attrs import field

from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.analysis.analysis import act_text, names_text, why_open
from cmcore.charters.audits.comparison import Changed, between_text, circuits_text
from cmcore.charters.decision import Outcome, outcome_text
from cmcore.charters.expectation import Expectation, expected_text
from cmcore.charters.guarantee import Example, Guarantee, guarantee_text
from cmcore.charters.history import Case
from cmcore.display.names import cell, handle
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say

#: What a charter says of itself, and not of acts.
About = Literal["always", "never", "example", "expectation"]
Turn = Literal["added", "removed", "changed"]
Way = Literal["opens", "closes", "asks", "spares"]
_WAYS: Final[tuple[Way, ...]] = ("opens", "closes", "asks", "spares")


@value
class Difference:
    """A way in which two charters differ, and the rule or the circuit that makes the difference.

    `opens` and `closes` say that the later charter lets more out, or less: `by` is a rule, of the
    earlier charter where it kept something back or let it out, of the later one where that does.
    Where both make an exception, the later one `asks` the circuit `by` as well, or `spares` it.
    Each move from one outcome to another is told: `changed` is an act that shows it, and has both
    outcomes. Without such an act, whether any goes from the outcome `before` to the one `after` is
    not settled: these two are None where `changed` is there.
    """

    way: Way
    by: str
    changed: Changed | None = None
    before: Outcome | None = field(default=None, kw_only=True)
    after: Outcome | None = field(default=None, kw_only=True)


@value
class Restated:
    """Something that a charter says of itself, and that is not the same in both of two charters.

    It is `about` a guarantee (`always` or `never`), an example or an expectation, which the later
    charter has `added`, `removed` or `changed`. Expectations are known by their ids: one that was
    changed is given as it is, and `was` as it was. Guarantees and examples have none.
    """

    about: About
    way: Turn
    guarantee: Guarantee | None = field(default=None, kw_only=True)
    example: Example | None = field(default=None, kw_only=True)
    expectation: Expectation | None = field(default=None, kw_only=True)
    was: Expectation | None = field(default=None, kw_only=True)

    def text(self, language: Language = "en", zone: str = "UTC") -> str:
        """Return what is said, in a line; moments are those of the clocks in a zone."""
        if self.guarantee:
            return guarantee_text(self.guarantee, language, zone)
        if self.example:
            gets, act = self.example.text(language), Case(self.example.act, self.example.context)
            return say("guaranteed", language, gets=gets, when=act_text(act, language, zone))
        known = [one for one in (self.was, self.expectation) if one]
        told = " → ".join(expected_text(one, language) for one in known)
        name = handle(known[0].id, "expectation", language)
        return say("guaranteed", language, gets=f"`{name}`", when=told) if name else told


@value
class Contrast(Viewable):
    """How two charters differ over every act that could exist, unknown facts included.

    `before` and `after` are the id and version of each. Decisions name circuits by their ids;
    `circuits` are the ids under which the two charters have different circuits. `restated` are
    guarantees, examples and expectations that are not the same in both: they decide of no act.
    `spent` says that the work of the budget was done before everything was looked at.
    """

    before: tuple[str, int]
    after: tuple[str, int]
    differences: tuple[Difference, ...] = field(default=(), kw_only=True)
    restated: tuple[Restated, ...] = field(default=(), kw_only=True)
    circuits: tuple[str, ...] = field(default=(), kw_only=True)
    spent: bool = field(default=False, kw_only=True)
    zone: str = field(default="UTC", kw_only=True)

    @property
    def no_more_open(self) -> Truth:
        """Whether the later charter lets out nothing that the earlier one does not."""
        return self._without("opens")

    @property
    def no_less_open(self) -> Truth:
        """Whether the later charter lets out all that the earlier one does."""
        return self._without("closes")

    @property
    def equivalent(self) -> Truth:
        """Whether both decide every act alike: the same outcome, and circuits of the same ids."""
        return self._without(*_WAYS)

    @property
    def differs_besides(self) -> bool:
        """Whether they differ in what decides of no act: circuits, or what they say of themselves.

        Circuits count that have one id and are not the same.
        """
        return bool(self.circuits or self.restated)

    def _without(self, *ways: Way) -> Truth:
        found = [one for one in self.differences if one.way in ways]
        if any(one.changed for one in found):
            return Truth.FALSE
        return Truth.UNKNOWN if found else Truth.TRUE

    def _view(self, language: Language) -> View:
        """Return the view of the contrast for a terminal or a notebook."""
        rows = tuple(
            (
                say(f"way {one.way}", language),
                cell(one.by, "rule", language),
                *_row(one.changed, language, self.zone),
            )
            for one in self.differences
            if one.changed
        )
        heads = tuple(say(head, language) for head in _HEADS)
        held = (("open", self.no_more_open), ("closed", self.no_less_open))
        told = [say(f"contrast {name} {truth.name.lower()}", language) for name, truth in held]
        told += circuits_text(self.circuits, language)
        left = len(self.differences) - len(rows)
        told += [say("not settled", language, count=left)] if left else []
        is_but = self.equivalent is Truth.TRUE and self.differs_besides
        but = "contrast true but" if self.circuits else "contrast true restated"
        title = but if is_but else f"contrast {self.equivalent.name.lower()}"
        lines = tuple(Line("", "", one) for one in told)
        return View(
            title=say(title, language),
            tone="exception" if is_but else _TONES[self.equivalent],
            lines=(*lines, *_open_lines(self, language), *_restated_lines(self, language)),
            tables=(Table(heads, rows, say("changes", language), folded=True),) if rows else (),
            foot=between_text(self.before, self.after, language),
        )


_HEADS: Final = ("way", "by what", "before", "after", "for example")
_TONES: Final = {Truth.TRUE: "covered", Truth.FALSE: "forbidden", Truth.UNKNOWN: "exception"}


def _open_lines(found: Contrast, language: Language) -> Iterator[Line]:
    """Yield in which ways it is not settled whether the charters differ, and by what."""
    names: dict[tuple[Way, Outcome | None, Outcome | None], list[str]] = {}
    for one in found.differences:
        if not one.changed:
            names.setdefault((one.way, one.before, one.after), []).append(one.by)
    for (way, was, now), many in names.items():
        told = say(
            f"way {way} open",
            language,
            before=outcome_text(was, (), language) if was else say("one outcome", language),
            after=outcome_text(now, (), language) if now else say("another outcome", language),
        )
        rules = [cell(one, "rule", language) for one in many]
        yield Line(say(f"way {way}", language), names_text(rules, language), told)
    if names:
        yield why_open(found.spent, language)


def _restated_lines(found: Contrast, language: Language) -> Iterator[Line]:
    """Yield what the charters say of themselves that is not the same."""
    for one in found.restated:
        told = say(f"restated {one.way}", language, of=one.text(language, found.zone))
        yield Line(say(f"restated {one.about}", language), "", told)


def _row(found: Changed, language: Language, zone: str) -> tuple[str, ...]:
    return (
        outcome_text(found.before, found.circuits_before, language),
        outcome_text(found.after, found.circuits_after, language),
        act_text(found.case, language, zone),
    )
