"""Decisions: what a charter says of an act, and why, as data."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal, TypeVar

from attrs import field

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import id_problems, nearest
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, Log, Reading
from cmcore.charters.conditions.operands import Hours, Quiet, Range, Rate, on_clock
from cmcore.charters.conditions.operators import Op
from cmcore.charters.rule import Effect, names_of
from cmcore.display.names import handle
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many, show, week_text
from cmcore.text.words import WordList
from cmcore.time.units import Window


class Outcome(StrEnum):
    """What happens to an act; `covered < exception < forbidden`, from most to least open."""

    COVERED = "covered"
    EXCEPTION = "exception"
    FORBIDDEN = "forbidden"


def outcome_text(outcome: Outcome, circuits: Iterable[str], language: Language) -> str:
    """Return an outcome in words, with the circuits that an exception goes to."""
    shown, names = say(outcome, language), ", ".join(circuits)
    return f"{shown} → {names}" if names else shown


_T = TypeVar("_T")
#: What a rule by itself decides about an act; others decide nothing.
_SAYS: Final = {
    (Effect.FORBID, Truth.TRUE): Outcome.FORBIDDEN,
    (Effect.FORBID, Truth.UNKNOWN): Outcome.EXCEPTION,
    (Effect.REFER, Truth.TRUE): Outcome.EXCEPTION,
    (Effect.REFER, Truth.UNKNOWN): Outcome.EXCEPTION,
    (Effect.PERMIT, Truth.TRUE): Outcome.COVERED,
}


def strictest(rules: Iterable[tuple[Effect, Truth, _T]]) -> tuple[Outcome, list[_T]]:
    """Return the least open outcome that a rule says, and the rules that say it.

    Where none says anything, nothing permits the act: an exception that no rule determines.
    """
    said: dict[Outcome, list[_T]] = {}
    for effect, is_true, rule in rules:
        if outcome := _SAYS.get((effect, is_true)):
            said.setdefault(outcome, []).append(rule)
    found = next((outcome for outcome in reversed(Outcome) if outcome in said), None)
    return (found, said[found]) if found else (Outcome.EXCEPTION, [])


_MANY: Final = 6
RepairNote = Literal["no repair", "repair not found"]


@value
class Ruling(Viewable):
    """What a charter decides about an act: the bare answer, without explanations.

    `determining` names the rules that by themselves give this outcome; if there are none, nothing
    permits the act and the default circuit decides.
    """

    outcome: Outcome
    circuits: tuple[str, ...]
    determining: tuple[str, ...]

    def _view(self, language: Language) -> View:
        """Return the view of the ruling for a terminal or a notebook."""
        rules = ", ".join(f"`{rule}`" for rule in self.determining)
        text = say("by rules" if rules else "nothing permits", language, rules=rules)
        return View(title=_title(self, language), tone=self.outcome, lines=(Line("", "", text),))


@value
class Finding:
    """The result of one test: the test, the value of its fact, and the words that decided.

    `zone` is the time zone in which instants are shown: the charter's.
    """

    test: FactTest
    truth: Truth
    got: Reading
    hits: tuple[str, ...] = ()
    zone: str = "UTC"

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        fact = f"`{self.test.fact}`"
        if self.got is UNKNOWN or self.truth is Truth.UNKNOWN:
            return _unknown(fact, self.got, language)
        if self.got is ABSENT:
            return _absent(self, language)
        want = self.test.operand
        way = "failed" if self.truth is Truth.FALSE else "held"
        return say(
            f"{way} {'quiet' if isinstance(want, Quiet) else self.test.op}",
            language,
            fact=fact,
            got=_got(self, language),
            want=_want(want, self.zone, language),
            hit=_quoted(self.hits or _both(self.got, want)),
            rest=_quoted(_minus(want, self.got)),
            extra=_quoted(_minus(self.got, want)),
        )


def _absent(finding: Finding, language: Language) -> str:
    """Say of a fact that it has no value, and what the rule asks for where that is not enough."""
    test, fact = finding.test, f"`{finding.test.fact}`"
    if test.op is Op.PRESENT or finding.truth is Truth.TRUE:
        return say("is absent", language, fact=fact)
    want = _want(test.operand, finding.zone, language)
    asked = say(f"wants {test.op}", language, want=want)
    return say("is absent asked", language, fact=fact, asked=asked)


def _unknown(fact: str, got: Reading, language: Language) -> str:
    unknown = say("is unknown", language, facts=fact)
    if isinstance(got, Bad):
        due = show(got.expected, language) if got.values is None else show(got.values, language)
        return say("given as", language, unknown=unknown, shown=got.shown, due=due)
    if isinstance(got, Log) and got.undated:
        return say_many("undated acts", got.undated, language, unknown=unknown)
    return unknown


def _both(got: object, want: object) -> tuple[str, ...]:
    if not isinstance(got, frozenset):
        return (str(got),)
    return tuple(sorted(got & want if isinstance(want, frozenset) else got))


def _minus(one: object, other: object) -> tuple[str, ...]:
    pair = isinstance(one, frozenset) and isinstance(other, frozenset)
    return tuple(sorted(one - other)) if pair else ()  # type: ignore[operator]


def _quoted(words: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{word}`" for word in words[:_MANY]) or "∅"
    return f"{shown}, …" if len(words) > _MANY else shown


def _got(finding: Finding, language: Language) -> str:
    got = finding.got
    if isinstance(got, Log):
        want = finding.test.operand
        if not isinstance(want, Rate | Quiet):
            return say("known", language)
        return str(got.count(want.within if isinstance(want, Rate) else want.since)[0])
    if isinstance(got, str):
        return f"`{got}`"
    want = finding.test.operand
    zone = (want.zone if isinstance(want, Hours) else None) or finding.zone
    return show(on_clock(got, zone), language)


def _window(within: Window, language: Language) -> str:
    if isinstance(within, timedelta):
        return show(within, language)
    return say("ever" if within is None else f"per {within}", language)


# What a test asks for, in words, by the type of its operand; the rest is shown as it is.
_WANTED: Final[dict[type, Callable[[Any, Language], str]]] = {
    Rate: lambda want, lang: f"{want.count} ({_window(want.within, lang)})",
    Quiet: lambda want, lang: show(want.since, lang),
    Hours: lambda want, lang: " ".join(filter(None, (week_text(want.week, lang), want.zone))),
    WordList: lambda want, _: _quoted(want.entries),
    frozenset: lambda want, _: _quoted(tuple(sorted(want))),
    str: lambda want, _: f"`{want}`",
}


def _want(want: object, zone: str, language: Language) -> str:
    if isinstance(want, Range):
        return " … ".join(show(on_clock(end, zone), language) for end in (want.low, want.high))
    return _WANTED.get(type(want), show)(on_clock(want, zone), language)


def _told(findings: Iterable[Finding], language: Language) -> str:
    """Say what several tests found: each sentence once, so set apart that lists stay whole."""
    texts = dict.fromkeys(found.text(language) for found in findings)
    return say("findings", language).join(texts)


@value
class RuleFinding:
    """A rule that is true or unknown for the act, with the reasons."""

    rule: str
    effect: Effect
    truth: Truth
    because: str
    to: frozenset[str] = field(default=frozenset(), converter=names_of)
    findings: tuple[Finding, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The missing facts that leave the rule unknown, sorted."""
        unknown = {f.test.fact for f in self.findings if f.truth is Truth.UNKNOWN}
        return tuple(sorted(unknown))

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        found = _told(self.findings, language)
        if self.truth is Truth.UNKNOWN and self.effect is not Effect.PERMIT:
            return say(f"cannot tell {self.effect}", language, rule=f"`{self.rule}`", facts=found)
        return found


@value
class NearMiss:
    """A permit that does not apply to the act, and everything that is missing."""

    rule: str
    lacks: tuple[Finding, ...]

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        lacks = _told(self.lacks, language)
        return say("nearest", language, rule=f"`{self.rule}`", lacks=lacks)


@value
class Change:
    """One edit of the act: a fact set to a value, a set emptied, a word added or removed.

    `only` says that an unknown set holds this word and no other. `cut` removes a listed word
    wherever it is a word of the text, and `erase` removes a piece of the text.
    """

    action: Literal["set", "empty", "add", "only", "remove", "cut", "erase"]
    fact: str
    value: bool | int | float | str | timedelta | datetime = ""

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        given = self.value
        word = f"`{given}`" if isinstance(given, str) else show(given, language)
        is_topic = (self.action, self.fact) == ("only", "topics")
        code = "only topic" if is_topic else self.action
        return say(code, language, fact=f"`{self.fact}`", value=word)


@value
class Hidden:
    """A rule that would no longer see what an act is about, and the circuits that it sends it to.

    `to` is empty where the rule forbids it.
    """

    rule: str
    to: frozenset[str] = field(default=frozenset(), converter=names_of)


@value
class Repair:
    """The smallest change of the content that covers the act, and the changed act.

    `hides` names the rules that would no longer see what the act is about; if the act is still
    about that, the change is not the answer.
    """

    changes: tuple[Change, ...]
    act: Act
    hides: tuple[Hidden, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        return say("findings", language).join(self.sentences(language))

    def sentences(self, language: Language = "en") -> Iterator[str]:
        """Yield the change in words, then whom to ask if it only hides what the act is about."""
        joint = say("and", language)
        changes = say("and if", language).join(change.text(language) for change in self.changes)
        yield say("covered if", language, changes=changes)
        if self.hides:
            code = "ask instead" if all(one.to for one in self.hides) else "not out"
            circuits = dict.fromkeys(f"`{to}`" for one in self.hides for to in sorted(one.to))
            instead = say(code, language, circuits=joint.join(circuits))
            rules = joint.join(f"`{one.rule}`" for one in self.hides)
            is_said = all(change.action == "set" for change in self.changes)
            told = "hides said" if is_said else "hides"
            yield say(told, language, rules=rules, instead=instead)


@value
class Dormant:
    """A rule that would have changed the decision, but is not in force at the moment of the act."""

    rule: str
    state: Literal["expired", "not yet", "undated"]
    day: date | None = None

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        return say(self.state, language, rule=f"`{self.rule}`", day=self.day)


@value
class Closed:
    """Why the charter covers nothing here: not in force, undated, out of scope, or no permits."""

    state: Literal["charter closed", "charter undated", "out of scope", "no permits"]
    lacks: tuple[Finding, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        told = say(self.state, language, lacks=_told(self.lacks, language))
        slips = [one for one in self.lacks if one.test.fact == "network"]
        near = {word for one in slips for word in _meant(one)}
        return say("slip", language, told=told, near=_quoted(tuple(sorted(near)))) if near else told


def _meant(finding: Finding) -> Iterable[str]:
    """Return the words asked for that a word may be a slip of."""
    asked = finding.test.operand
    is_wrong = finding.truth is Truth.FALSE and isinstance(finding.got, str)
    return nearest(str(finding.got), asked) if is_wrong and isinstance(asked, frozenset) else ()


@value
class Decision(Viewable):
    """What a charter says about an act: the outcome, the circuits it goes to, and every reason.

    `act` is the act that was decided, with its moment if known; `charter`, `version` and
    `charter_digest` say under which charter. `determining` names the rules that by themselves give
    this outcome (none: the default circuit decides). `rules` has those and every unknown rule, each
    with its findings. If the act is not covered, `near_misses` says what is missing from the
    nearest permits, and `repair` is the smallest change that would cover it; `repair_note` says why
    there is none.

    Raises:
        InvalidError: when the outcome does not follow from its rules, or does not fit its circuits.
    """

    charter: str
    version: int
    outcome: Outcome
    circuits: tuple[str, ...] = field(kw_only=True)
    determining: tuple[str, ...] = field(kw_only=True)
    rules: tuple[RuleFinding, ...] = field(kw_only=True)
    act: Act = field(kw_only=True)
    charter_digest: str = field(kw_only=True)
    near_misses: tuple[NearMiss, ...] = field(default=(), kw_only=True)
    repair: Repair | None = field(default=None, kw_only=True)
    repair_note: RepairNote | None = field(default=None, kw_only=True)
    dormant: tuple[Dormant, ...] = field(default=(), kw_only=True)
    closed: Closed | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @property
    def at(self) -> datetime | None:
        """The moment for which it was decided; None if unknown."""
        return self.act.at

    @property
    def unknown(self) -> tuple[RuleFinding, ...]:
        """The unknown rules, each with its missing facts."""
        return tuple(found for found in self.rules if found.truth is Truth.UNKNOWN)

    def _problems(self) -> Iterator[Problem]:
        """Yield what a decision says against itself."""
        implied, _ = strictest((found.effect, found.truth, found) for found in self.rules)
        if self.outcome is not implied:
            yield Problem.of("decision-against-rules", "outcome", given=self.outcome, found=implied)
        is_sent = self.outcome is Outcome.EXCEPTION
        if is_sent and not self.circuits:
            yield Problem.of("circuits-missing", "circuits", outcome=self.outcome)
        if self.circuits and not is_sent:
            yield Problem.of("circuits-needless", "circuits", outcome=self.outcome)
        found = [finding.rule for finding in self.rules]
        ids = {"charter": (self.charter,), "circuits": self.circuits, "rules": found}
        for key, many in ids.items():
            for id_ in many:
                if not id_.isprintable():
                    yield from id_problems(id_, key)
        for rule in sorted({*self.determining} - {*found}):
            yield Problem.of("rule-not-found", "determining", rule=rule)

    def _view(self, language: Language) -> View:
        """Return the view of the decision for a terminal or a notebook."""
        return View(
            title=_title(self, language),
            tone=self.outcome,
            lines=tuple(_lines(self, language)),
            foot=say("version", language, charter=self.charter, version=self.version),
        )


def _title(ruled: Decision | Ruling, language: Language) -> str:
    outcome = say(ruled.outcome, language)
    if not ruled.circuits:
        return outcome
    return f"{outcome} → {say('and', language).join(ruled.circuits)}"


def _lines(decision: Decision, language: Language) -> "list[Line]":
    told = [f for f in decision.rules
            if f.rule in decision.determining or f.effect is not Effect.PERMIT]  # fmt: skip
    lines = [rule_line(found, language) for found in told]
    if not decision.determining and decision.outcome is not Outcome.COVERED:
        lines.append(Line("", "", say("nothing permits", language)))
    if decision.closed:
        lines.append(Line("", "", decision.closed.text(language)))
    lines += [Line("", "", miss.text(language)) for miss in decision.near_misses]
    if decision.repair:
        lines += [Line("", "", told) for told in decision.repair.sentences(language)]
    if decision.repair_note:
        lines.append(Line("", "", say(decision.repair_note, language)))
    return lines + [Line("", "", dormant.text(language)) for dormant in decision.dormant]


def rule_line(found: RuleFinding, language: Language) -> "Line":
    """Return a rule that spoke: by its reason alone to whoever knows it by that."""
    name = handle(found.rule, "rule", language)
    sentence = found.text(language) if name else ""
    told = f"{sentence} — {found.because}" if sentence else found.because
    return Line(say(found.effect, language), name, told)
