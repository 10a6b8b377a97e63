"""Which stages of a circuit are redundant: they add delay and never change the result.

The result of a circuit depends on votes: each person says yes, no or nothing, as soon as asked. A
stage is redundant only if that holds for any team, so people found in different ways are never
assumed to be the same, nor to be different.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.values import internal, value
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ALL, Quorum, Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.display.names import name_list, named
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say
from cmcore.time.calendar import WorkingDays


class Delay(StrEnum):
    """Why a stage is redundant: it adds only delay."""

    BEFORE = "weaker before"
    AFTER = "weaker after"
    SILENCE = "silence of all"
    TOGETHER = "asked at once"


@value
class Needless:
    """One stage that can be removed, or joined to another, with the reason.

    Stages are counted from 1 in the original circuit; `other` is the stage that does the work of
    `stage`. `ask` are the approvers that both ask, and `need` the quorum of the joined stage.
    """

    delay: Delay
    stage: int
    other: int
    ask: Approvers
    need: int | None = None
    emergency: bool = False

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        return say(
            f"delay {self.delay}",
            language,
            stage=self.stage,
            other=self.other,
            who=say(f"by {self.ask.by}", language,
                    names=name_list(sorted(self.ask.names), self.ask.sort, language)),
            need=self.need,
        )  # fmt: skip


@value
class Shortened(Viewable):
    """A circuit without its redundant stages, and which they were, with the reasons."""

    circuit: ValidationCircuit
    findings: tuple[Needless, ...] = ()

    def _view(self, language: Language) -> View:
        """Return the view of it for a terminal or a notebook."""
        count = len(self.findings)
        code = "shortened" if self.findings else "not shortened"
        words = {False: "delay stage", True: "delay emergency"}
        return View(
            title=say(
                code, language, circuit=named(self.circuit.id, "circuit", language), count=count
            ),
            lines=tuple(
                Line(
                    say(words[found.emergency], language),
                    str(found.stage),
                    found.text(language),
                )
                for found in self.findings
            ),
        )


@internal
class _Link:
    """A stage with its number in the circuit as it was, from 1."""

    number: int
    stage: Stage


_Chain = tuple[_Link, ...]
_Cut = tuple[_Chain, Needless]


@checked
def shorten(circuit: ValidationCircuit) -> Shortened:
    """Return the circuit without its redundant stages, which only add delay.

    Whatever a team votes, the result is the same: approved, refused, lapsed or waiting. Each
    finding says why. The emergency way is shortened too, and keeps fewer stages than the usual way.

    Examples:
        >>> from cmcore import Approvers, Stage, ValidationCircuit
        >>> from cmcore.circuits import shorten
        >>> ask = Stage(Approvers("role", {"lawyer"}))
        >>> short = shorten(ValidationCircuit("legal", [ask, ask]))
        >>> len(short.circuit.stages)
        1
    """
    urgent, found = _shortened(circuit.emergency, 1)
    held = 0 if circuit.is_alone else len(urgent)
    usual, more = _shortened(circuit.stages, held + 1)
    told = (*more, *(attrs.evolve(one, emergency=True) for one in found))
    return Shortened(ValidationCircuit(circuit.id, usual, urgent), told)


def _shortened(stages: tuple[Stage, ...], least: int) -> tuple[list[Stage], list[Needless]]:
    """Return the stages that are left, `least` of them or more, and what happened to the others."""
    chain = tuple(_Link(number, stage) for number, stage in enumerate(stages, 1))
    found: list[Needless] = []
    if any(stage.enough for stage in stages):  # those after it are not always asked
        return list(stages), found
    while len(chain) > least and (cut := next(_cuts(chain), None)):
        chain = cut[0]
        found.append(cut[1])
    return [link.stage for link in chain], found


def _cuts(chain: _Chain) -> Iterator[_Cut]:
    for later in range(len(chain)):
        for earlier in range(later):
            for cut in _WAYS:
                yield from cut(chain, earlier, later)


def _end(chain: _Chain, index: int) -> Timeout | None:
    """Return what happens to a stage that is never met; None when it waits for ever."""
    stage = chain[index].stage
    if stage.within is None:
        return None
    nobody_above = stage.otherwise is Timeout.ESCALATE and index == len(chain) - 1
    return Timeout.LAPSE if nobody_above else stage.otherwise


def _same_people(chain: _Chain, one: int, other: int) -> bool:
    a, b = chain[one].stage, chain[other].stage
    return (a.ask, a.deputies) == (b.ask, b.deputies)


def _without(chain: _Chain, index: int) -> _Chain:
    return (*chain[:index], *chain[index + 1 :])


# ---------------------------------------------------------------------------------- the three ways


def _weaker_before(chain: _Chain, earlier: int, later: int) -> Iterator[_Cut]:
    """Yield the chain without a stage whose people must do more in the next.

    When it fails, so does the next: it must come to the same then, at once or by escalating.
    """
    is_next = later == earlier + 1 and _same_people(chain, earlier, later)
    if is_next and _implies(chain, later, earlier):
        ends = {_end(chain, later), Timeout.ESCALATE}
        silent = isinstance(chain[earlier].stage.need, Silence)
        if silent:
            ends -= {None, Timeout.LAPSE}
        if _end(chain, earlier) in ends:
            delay = Delay.SILENCE if silent else Delay.BEFORE
            yield _without(chain, earlier), _needless(chain, earlier, later, delay)


def _weaker_after(chain: _Chain, earlier: int, later: int) -> Iterator[_Cut]:
    """Yield the chain without a stage that is met as soon as it is asked.

    The one that has met it is never left out by escalating; and where nothing comes after, nothing
    before it may escalate to it, as it would pass.
    """
    if not (_same_people(chain, earlier, later) and _implies(chain, earlier, later)):
        return
    lets_through = later == len(chain) - 1 and _end(chain, later - 1) is Timeout.ESCALATE
    if _end(chain, earlier) is not Timeout.ESCALATE and not lets_through:
        silent = isinstance(chain[later].stage.need, Silence)
        delay = Delay.SILENCE if silent else Delay.AFTER
        yield _without(chain, later), _needless(chain, later, earlier, delay)


def _at_once(chain: _Chain, earlier: int, later: int) -> Iterator[_Cut]:
    """Yield the chain with two numbers of the same people asked at once, as they are added up."""
    first, second = chain[earlier].stage, chain[later].stage
    if not isinstance(first.need, Quorum) or not isinstance(second.need, Quorum):
        return
    are_numbers = not first.need.is_share and not second.need.is_share
    is_next = later == earlier + 1 and _same_people(chain, earlier, later)
    end = _end(chain, earlier)
    is_free = first.differ is None and second.differ is None
    if not (are_numbers and is_next and is_free and first.clock == second.clock):
        return
    if end is Timeout.ESCALATE or end is not _end(chain, later):
        return
    if isinstance(first.within, WorkingDays) or isinstance(second.within, WorkingDays):
        return  # one working day twice is not always two: where the first ends at midnight
    need = first.need.count + second.need.count
    within = _added(first.within, second.within)
    joined = attrs.evolve(first, need=Quorum(need), within=within)
    rest = (*chain[:earlier], attrs.evolve(chain[earlier], stage=joined), *chain[later + 1 :])
    told = _needless(chain, later, earlier, Delay.TOGETHER)
    yield rest, attrs.evolve(told, need=need)


_WAYS: Final[tuple[Callable[[_Chain, int, int], Iterator[_Cut]], ...]] = (
    _weaker_after,
    _weaker_before,
    _at_once,
)


def _added(one: timedelta | None, other: timedelta | None) -> timedelta | None:
    return None if one is None or other is None else one + other


def _needless(chain: _Chain, gone: int, kept: int, delay: Delay) -> Needless:
    return Needless(delay, chain[gone].number, chain[kept].number, chain[gone].stage.ask)


# -------------------------------------------------------------------------------- what implies what


def _implies(chain: _Chain, stronger: int, weaker: int) -> bool:
    """Return whether who meets the one stage meets the other, of the same people, in any team."""
    strong, weak = chain[stronger].stage.need, chain[weaker].stage.need
    if isinstance(strong, Silence) or not strong.is_share:
        return False
    if isinstance(weak, Silence):
        return _share(strong) == _share(ALL)
    if weak.is_share:
        return _share(strong) >= _share(weak)
    return weak.count == 1 and _is_only_number(chain, weaker)


def _share(need: Quorum) -> tuple[Fraction, bool]:
    """Return a share as it compares: the part of the whole, then whether it asks for more."""
    return Fraction(need.count, need.out_of or 1), need.beyond


def _is_only_number(chain: _Chain, index: int) -> bool:
    """Return whether no other stage asks for a number, which would need other people besides."""
    others = (link.stage.need for link in _without(chain, index))
    return all(isinstance(need, Silence) or need.is_share for need in others)
