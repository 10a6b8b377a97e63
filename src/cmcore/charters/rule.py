"""Rules: one clause of a charter each, with an effect, a condition and a reason."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems, kind_problems, one_of
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.conditions.condition import ALWAYS, Condition, require_condition


class Effect(StrEnum):
    """What a rule does to the acts for which it is true."""

    PERMIT = "permit"
    REFER = "refer"
    FORBID = "forbid"


@value
class Term:
    """The days something is in force: from `since` through `through`, both included."""

    since: date | None = None
    through: date | None = None

    def __attrs_post_init__(self) -> None:
        refuse_any(_day_problems(self.since, "since"), _day_problems(self.through, "through"))
        if self.since is not None and self.through is not None and self.since > self.through:
            raise refuse("ends-before-it-begins", "through")

    @checked_late
    def holds(self, day: date | None) -> Truth:
        """Return whether `day` is within the term; unknown if the day is unknown and it matters."""
        if self.since is None and self.through is None:
            return Truth.TRUE
        if day is None:
            return Truth.UNKNOWN
        begun = self.since is None or self.since <= day
        return Truth.of(begun and (self.through is None or day <= self.through))


def _day_problems(given: object, *path: str) -> Iterator[Problem]:
    """Yield the problem of what is no day: an instant is none, though Python has it so."""
    if given is not None:
        is_day = isinstance(given, date) and not isinstance(given, datetime)
        if not is_day:
            yield Problem.of("wrong-value", *path, given=given, wanted="made-day")


def _effect(given: str) -> Effect:
    return one_of(Effect, given)


def names_of(given: str | Iterable[str] | None) -> frozenset[str]:
    """Freeze the names of circuits: one alone, several, or none."""
    if isinstance(given, str):
        return frozenset({given})
    return each_once(given or ())


@value
class Rule:
    """One clause: when `when` is true, the act is permitted, referred or forbidden.

    `because` is shown to the author; `note` is private; `source` names the clause of the text that
    the rule comes from. `to` names the circuits of a refer rule: one, or several that are asked in
    parallel and must all agree.

    Raises:
        InvalidError: with every problem, when the id, the reason or the circuit is missing.
    """

    id: str
    effect: Effect = field(converter=_effect)
    when: Condition = field(default=ALWAYS, kw_only=True)
    because: str = field(default="", kw_only=True)
    to: frozenset[str] = field(default=frozenset(), kw_only=True, converter=names_of)
    note: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    term: Term = field(factory=Term, kw_only=True)

    def __attrs_post_init__(self) -> None:
        require_condition(self.when)
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, str(self.effect))
        yield from kind_problems(self.because, str, "reason", "because")
        if not str(self.because).strip():
            yield Problem.of("no-reason", "because", rule=self.id)
        if self.effect is Effect.REFER and not self.to:
            yield Problem.of("circuit-not-named", "to", rule=self.id)
        if self.effect is not Effect.REFER and self.to:
            yield Problem.of("circuit-not-asked", "to", effect=self.effect)

    @checked_late
    def sent_to(self, default: str) -> frozenset[str]:
        """Return the circuits that an exception of the rule goes to: its own, or the default."""
        return self.to or frozenset({default})

    @classmethod
    def permit(cls, id: str, *, when: Condition = ALWAYS, because: str) -> "Rule":  # noqa: A002
        """Return a rule that lets acts go out."""
        return cls(id, Effect.PERMIT, when=when, because=because)

    @classmethod
    def refer(
        cls,
        id: str,  # noqa: A002
        *,
        to: str | Iterable[str],
        when: Condition = ALWAYS,
        because: str,
    ) -> "Rule":
        """Return a rule that sends acts through the circuit `to`, or through all of several."""
        return cls(id, Effect.REFER, when=when, because=because, to=to)

    @classmethod
    def forbid(cls, id: str, *, when: Condition = ALWAYS, because: str) -> "Rule":  # noqa: A002
        """Return a rule that keeps acts from going out."""
        return cls(id, Effect.FORBID, when=when, because=because)
