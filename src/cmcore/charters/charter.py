"""Charters: versioned, dated, approved sets of rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked, checked_late
from cmcore.base.digests import digest_of
from cmcore.base.errors import Problem, refuse, refuse_any, show_path
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import held, id_problems, kind_problems, name_problems, nearest, repeated
from cmcore.base.ledgers import kept
from cmcore.base.values import value
from cmcore.charters.conditions.condition import Condition, FactTest, tests
from cmcore.charters.conditions.counts import count_map, counted_problems, no_counts
from cmcore.charters.conditions.facts import Label
from cmcore.charters.conditions.fit import problems
from cmcore.charters.conditions.operands import Quiet, Rate, bound_text
from cmcore.charters.conditions.vocabulary import (
    Vocabulary,
    kind_map,
    label_map,
    no_kinds,
    no_labels,
)
from cmcore.charters.expectation import Expectation, expected_text
from cmcore.charters.guarantee import Example, Guarantee, Word, act_problems, guarantee_text
from cmcore.charters.kinds import OwnKind
from cmcore.charters.rule import Rule, Term
from cmcore.charters.scope import Scope
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.display.cards import inline
from cmcore.display.names import Names, cell, cells, handle, names_by_sort, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import WorkingWeek
from cmcore.time.units import longest
from cmcore.time.week import zone_problems

#: The share of acts that a charter should cover unless it says otherwise (source text 003, §6).
USUAL_TARGET: Final = 0.95


@value
class Approval:
    """Who signed the charter, at least one person, and on what day."""

    by: frozenset[str] = field(converter=each_once)
    on: date | None = None

    def __attrs_post_init__(self) -> None:
        if not self.by:
            raise refuse("not-approved")


def _rules(many: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(many)


def _circuits(many: Iterable[ValidationCircuit]) -> tuple[ValidationCircuit, ...]:
    """Put circuits in order of their ids: the order they are written in means nothing."""
    return tuple(sorted(many, key=lambda circuit: circuit.id))


def _expected(many: Iterable[Expectation]) -> tuple[Expectation, ...]:
    return tuple(many)


def _guarantees(many: Iterable[Guarantee]) -> tuple[Guarantee, ...]:
    return tuple(many)


def _examples(many: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(many)


@value
class Charter(Viewable):
    """A set of rules that says what may go out, what must be approved first, and what may not.

    The refer rules name `circuits`, and `default` names the circuit for acts that no rule settles.
    `target` is the share of acts meant to be covered, from 0 to 1. `zone` is the IANA time zone of
    its days and hours; `calendar` says which days are holidays, also for the clocks of circuits
    that have no calendar of their own. `review_by` is the day by which it should be reviewed.
    `counts` name conditions on earlier acts: `promotions` adds the log `recent.promotions` of the
    acts that meet it. `expectations` say what is expected of a period: audits judge them, and
    no decision depends on them. Nor does any depend on the guarantees and `examples`: `always`
    says what some acts always get, `never` what they never get, and `prove` whether that is so.

    Raises:
        InvalidError: with every problem: repeated ids, undefined circuits or facts,
            operands of the wrong type, each with its place.
    """

    id: str
    rules: tuple[Rule, ...] = field(default=(), kw_only=True, converter=_rules)
    circuits: tuple[ValidationCircuit, ...] = field(kw_only=True, converter=_circuits)
    default: str = field(kw_only=True)
    version: int = field(default=1, kw_only=True)
    title: str = field(default="", kw_only=True)
    target: float = field(default=USUAL_TARGET, kw_only=True)
    zone: str = field(default="UTC", kw_only=True)
    calendar: Calendar | None = field(default=None, kw_only=True)
    term: Term = field(factory=Term, kw_only=True)
    approval: Approval | None = field(default=None, kw_only=True)
    review_by: date | None = field(default=None, kw_only=True)
    scope: Scope = field(factory=Scope, kw_only=True)
    labels: FrozenMap[Label] = field(factory=no_labels, kw_only=True, converter=label_map)
    kinds: FrozenMap[OwnKind] = field(factory=no_kinds, kw_only=True, converter=kind_map)
    events: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    counts: FrozenMap[Condition] = field(factory=no_counts, kw_only=True, converter=count_map)
    expectations: tuple[Expectation, ...] = field(default=(), kw_only=True, converter=_expected)
    always: tuple[Guarantee, ...] = field(default=(), kw_only=True, converter=_guarantees)
    never: tuple[Guarantee, ...] = field(default=(), kw_only=True, converter=_guarantees)
    examples: tuple[Example, ...] = field(default=(), kw_only=True, converter=_examples)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Everything the charter's rules may read."""
        return Vocabulary(self.labels, self.events, frozenset(self.counts), self.kinds)

    @cached_property
    def framed(self) -> Condition:
        """The condition that is true of acts within the scope."""
        return self.scope.condition(self.counts)

    @cached_property
    def lookback(self) -> timedelta:
        """How far back the charter looks at earlier acts; zero when it never does."""
        conditions = [self.framed, *(rule.when for rule in self.rules)]
        return max((_reach(test) for c in conditions for test in tests(c)), default=timedelta(0))

    @cached_property
    def guarantees(self) -> tuple[tuple[Word, int, Guarantee], ...]:
        """Its guarantees: `always` or `never`, with the number of each there."""
        told: tuple[tuple[Word, tuple[Guarantee, ...]], ...] = (
            ("always", self.always),
            ("never", self.never),
        )
        return tuple((word, index, one) for word, many in told for index, one in enumerate(many))

    @cached_property
    def notes(self) -> dict[object, Any]:
        """What was worked out of it, kept with it: no part of its value, and never copied."""
        return {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 digest, in hexadecimal, of its content: equal charters have equal digests.

        Two charters may have the same id and version; only the digest shows that they are the same.
        """
        return digest_of(self)

    @checked_late
    def rule(self, id: str) -> Rule:  # noqa: A002
        """Return the rule `id`; KeyError when there is none."""
        return held("rule", id, {rule.id: rule for rule in self.rules})

    @checked_late
    def circuit(self, id: str) -> ValidationCircuit:  # noqa: A002
        """Return the circuit `id`, on the charter's calendar; KeyError when there is none."""
        found = held("circuit", id, {circuit.id: circuit for circuit in self.circuits})
        return found if self.calendar is None else found.on(self.calendar)

    @checked
    def with_rule(self, *rules: Rule) -> "Charter":
        """Return the charter with `rules` added; each replaces a rule with the same id."""
        fresh = {rule.id: rule for rule in rules}
        kept = [fresh.pop(rule.id, rule) for rule in self.rules]
        return attrs.evolve(self, rules=[*kept, *fresh.values()])

    def without_rule(self, *ids: str) -> "Charter":
        """Return the charter without the rules named."""
        return attrs.evolve(self, rules=[rule for rule in self.rules if rule.id not in ids])

    def _view(self, language: Language) -> View:
        """Return the view of the charter for a terminal or a notebook."""
        return View(
            title=cell(self.id, "charter", language),
            lines=tuple(
                Line(
                    say(rule.effect, language),
                    handle(rule.id, "rule", language),
                    _told(rule, language),
                )
                for rule in self.rules
            )
            + tuple(besides(self, language))
            + tuple(
                Line(say(f"guarantee {word}", language), "", told)
                for word, _, one in self.guarantees
                for told in [guarantee_text(one, language, self.zone)]
            ),
            foot=say("charter", language, charter=cell(self.id, "charter", language),
                     version=self.version, target=percent(self.target, language),
                     default=cell(self.default, "circuit", language)),
        )  # fmt: skip

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "charter")
        yield from zone_problems(self.zone)
        if not 0 <= self.target <= 1:
            yield Problem.of("wrong-value", "target", given=self.target, wanted="share")
        wrong = list(kind_problems(self.version, int, "whole-number", "version"))
        yield from wrong
        if not wrong and self.version < 1:
            yield Problem.of("bad-version", "version", version=self.version)
        yield from self.vocabulary.problems()
        yield from self._count_problems()
        yield from self._circuit_problems()
        yield from self._rule_problems()
        yield from self._expectation_problems()
        yield from self._guarantee_problems()

    def _count_problems(self) -> Iterator[Problem]:
        for name, condition in self.counts.items():
            for problem in counted_problems(condition, self.vocabulary):
                yield problem.under("counts", name)
        for volume in self.scope.volume:
            if volume.kind not in self.vocabulary.logged:
                yield self._uncounted(volume.kind, "scope", "volume", volume.kind)

    def _uncounted(self, name: str, *path: str | int) -> Problem:
        """Return the problem of counting acts under a name that stands for none."""
        known = self.vocabulary.logged
        near = nearest(name, known)
        is_told = near or self.counts or any(name_problems(name))
        hint = None if is_told else "count-acts"
        return Problem.of("unknown-act-kind", *path, hint=hint, kind=name, near=near, known=known)

    def _circuit_problems(self) -> Iterator[Problem]:
        for id_, count in Counter(c.id for c in self.circuits).items():
            if count > 1:
                yield Problem.of("duplicate-id", "circuits", id_, id=id_)
        if not self.circuits:
            yield Problem.of("no-circuit", "circuits")
        elif self.default not in self._circuit_ids:
            yield self._no_circuit(self.default, "default")

    @cached_property
    def _circuit_ids(self) -> frozenset[str]:
        return frozenset(c.id for c in self.circuits)

    def _no_circuit(self, name: str, *path: str | int) -> Problem:
        known = self._circuit_ids
        near = nearest(name, known)
        return Problem.of("unknown-circuit", *path, name=name, near=near, known=known)

    def _rule_problems(self) -> Iterator[Problem]:
        first: dict[str, int] = {}
        vocabulary = self.vocabulary
        for index, rule in enumerate(self.rules):
            if first.setdefault(rule.id, index) != index:
                place = show_path(("rules", first[rule.id]))
                yield Problem.of(
                    "duplicate-id", "rules", index, id=rule.id, first=place, hint="first-at"
                )
            for name in sorted(rule.to - (self._circuit_ids or rule.to)):
                yield self._no_circuit(name, "rules", index, "to")
            for problem in problems(rule.when, vocabulary):
                yield problem.under("rules", index, "when")

    def _expectation_problems(self) -> Iterator[Problem]:
        yield from repeated((one.id for one in self.expectations), "expectations")
        known = self.vocabulary.logged
        for index, one in enumerate(self.expectations):
            for problem in (*self._before_problems(one), *self._same_problems(one)):
                yield problem.under("expectations", index)
            for name, given in (("on", one.on), ("within", one.within)):
                if isinstance(given, WorkingWeek | WorkingDays) and self.calendar is None:
                    place = ("expectations", index, name)
                    yield Problem.of("working-days-without-calendar", *place, given=str(given))
            for name, word in one.names.items():
                if word not in known and not (name == "before" and word in self.events):
                    yield self._uncounted(word, "expectations", index, name)

    def _before_problems(self, one: Expectation) -> Iterator[Problem]:
        """Yield what is wrong with what acts are to come before: an event, or other acts."""
        known, before = self.vocabulary.logged, one.before
        if one.event is not None and before not in self.events:
            if before in known:
                yield Problem.of("times-before-acts", "by", before=before)
            else:
                near = nearest(one.event, self.events)
                yield Problem.of("unknown-charter-event", "before", name=before, near=near)
        elif one.event is None and before in self.events and before not in known:
            yield Problem.of("before-at-any-time", "by", before=before)

    def _same_problems(self, one: Expectation) -> Iterator[Problem]:
        known = [name.removeprefix("same_") for name in self.vocabulary.same]
        for name in one.same:
            if name not in known:
                near = nearest(name, known)
                yield Problem.of("not-a-choice", "same", given=name, near=near, known=known)

    def _guarantee_problems(self) -> Iterator[Problem]:
        known = self._circuit_ids
        for word, index, one in self.guarantees:
            for problem in problems(one.when, self.vocabulary):
                yield problem.under(word, index, "when")
            if one.to is not None and one.to not in known:
                yield self._no_circuit(one.to, word, index, "to")
        for index, example in enumerate(self.examples):
            for problem in act_problems(example.act, self.vocabulary):
                yield problem.under("examples", index, "act")
            for name in sorted(example.to - known):
                yield self._no_circuit(name, "examples", index, "to")


@own_names.register
def _(charter: Charter) -> Names:
    return kept(charter.notes, "names", lambda: _named_in(charter))


def _named_in(charter: Charter) -> Names:
    kinds = {name: (one.english, one.french) for name, one in charter.kinds.items()}
    return names_by_sort(kind=kinds, charter={charter.id: charter.title} if charter.title else {})


def besides(charter: Charter, language: Language) -> Iterator[Line]:
    """Yield what a charter says besides its rules: what it limits, expects, counts and names."""
    if charter.scope.networks is not None:
        yield Line(
            say("charter covers", language),
            "",
            cells(sorted(charter.scope.networks), "network", language),
        )
    for volume in charter.scope.volume:
        bound = bound_text(volume.at_most, volume.within, language)
        told = say("charter limit", language, bound=bound, of=cell(volume.kind, "kind", language))
        yield Line(say("charter limits", language), "", told)
    for one in charter.expectations:
        told = expected_text(one, language)
        told = f"{told} ({one.because})" if one.because else told
        yield Line(say("charter expects", language), handle(one.id, "expectation", language), told)
    for name, condition in charter.counts.items():
        yield Line(say("charter counts", language), name, inline(condition, language))
    for name in charter.kinds:
        yield Line(say("charter has kind", language), "", cell(name, "kind", language))
    if charter.calendar is not None:
        years = ", ".join(map(str, sorted(charter.calendar.years)))
        days = say_many("closed days", len(charter.calendar.closed), language)
        yield Line(say("charter closes", language), years, days)


def _told(rule: Rule, language: Language) -> str:
    """Say why a rule is there, and where it sends acts."""
    circuits = say("and", language).join(cell(one, "circuit", language) for one in sorted(rule.to))
    return f"{rule.because} → {circuits}" if circuits else rule.because


def _reach(test: FactTest) -> timedelta:
    """Return how far back a test looks at earlier acts."""
    if isinstance(test.operand, Rate):
        return longest(test.operand.within)
    if isinstance(test.operand, Quiet):
        return test.operand.since
    return timedelta.max if test.fact.startswith("person.") else timedelta(0)
