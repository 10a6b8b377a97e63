"""Decisions: what a charter says of an act, and why, as data."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, TypeVar

from attrs import field

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import id_problems, nearest
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.finding import Finding, findings_text
from cmcore.charters.kinds import fact_text, word_text
from cmcore.charters.rule import Effect, names_of
from cmcore.display.names import all_named, cell, handle, named
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many, show


class Outcome(StrEnum):
    """What happens to an act; `covered < exception < forbidden`, from most to least open."""

    COVERED = "covered"
    EXCEPTION = "exception"
    FORBIDDEN = "forbidden"


def outcome_text(outcome: Outcome, circuits: Iterable[str], language: Language) -> str:
    """Return an outcome in words, with the circuits that an exception goes to."""
    shown = say(outcome, language)
    names = ", ".join(cell(one, "circuit", language) for one in circuits)
    return f"{shown} → {names}" if names else shown


def version_text(charter: str, version: int, language: Language) -> str:
    """Say by which charter something was judged: its name, and its version."""
    called = cell(charter, "charter", language)
    return say("version", language, charter=called, version=version)


def rule_text(rule: str, language: Language) -> str:
    """Return a rule in a sentence: by its id, or in quotes by the reason that a reader knows."""
    told = named(rule, "rule", language)
    is_code = handle(rule, "rule", language)
    return told if is_code else say("quoted", language, text=told.rstrip("."))


def rules_text(rules: Iterable[str], language: Language) -> str:
    """Return rules in a sentence, with commas between them."""
    return ", ".join(rule_text(rule, language) for rule in rules)


_T = TypeVar("_T")
#: What a rule by itself decides about an act; others decide nothing.
_SAYS: Final = {
    (Effect.FORBID, Truth.TRUE): Outcome.FORBIDDEN,
    (Effect.FORBID, Truth.UNKNOWN): Outcome.EXCEPTION,
    (Effect.REFER, Truth.TRUE): Outcome.EXCEPTION,
    (Effect.REFER, Truth.UNKNOWN): Outcome.EXCEPTION,
    (Effect.PERMIT, Truth.TRUE): Outcome.COVERED,
}
_STRICTEST_FIRST: Final = tuple(reversed(Outcome))


def strictest(rules: Iterable[tuple[Effect, Truth, _T]]) -> tuple[Outcome, list[_T]]:
    """Return the least open outcome that a rule says, and the rules that say it.

    Where none says anything, nothing permits the act: an exception that no rule determines.
    """
    said: dict[Outcome, list[_T]] = {}
    for effect, is_true, rule in rules:
        if outcome := _SAYS.get((effect, is_true)):
            said.setdefault(outcome, []).append(rule)
    found = next((outcome for outcome in _STRICTEST_FIRST if outcome in said), None)
    return (found, said[found]) if found else (Outcome.EXCEPTION, [])


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
        rules = rules_text(self.determining, language)
        text = say("by rules" if rules else "nothing permits", language, rules=rules)
        return View(title=_title(self, language), tone=self.outcome, lines=(Line("", "", text),))


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
        found = findings_text(self.findings, language)
        if self.truth is Truth.UNKNOWN and self.effect is not Effect.PERMIT:
            rule = rule_text(self.rule, language)
            return say(f"cannot tell {self.effect}", language, rule=rule, facts=found)
        return found


@value
class NearMiss:
    """A permit that does not apply to the act, and everything that is missing."""

    rule: str
    lacks: tuple[Finding, ...]

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        lacks = findings_text(self.lacks, language)
        return say("nearest", language, rule=rule_text(self.rule, language), lacks=lacks)


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
        fact = self.fact
        word = word_text(fact, given, language) if isinstance(given, str) else show(given, language)
        is_topic = (self.action, self.fact) == ("only", "topics")
        code = "only topic" if is_topic else self.action
        return say(code, language, fact=fact_text(fact, language), value=word)


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
        changes = say("and if", language).join(change.text(language) for change in self.changes)
        yield say("covered if", language, changes=changes)
        if self.hides:
            code = "ask instead" if all(one.to for one in self.hides) else "not out"
            circuits = dict.fromkeys(to for one in self.hides for to in sorted(one.to))
            instead = say(code, language, circuits=all_named(circuits, "circuit", language))
            rules = all_named((one.rule for one in self.hides), "rule", language)
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
        return say(self.state, language, rule=rule_text(self.rule, language), day=self.day)


@value
class Closed:
    """Why the charter covers nothing here: not in force, undated, out of scope, or no permits."""

    state: Literal["charter closed", "charter undated", "out of scope", "no permits"]
    lacks: tuple[Finding, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        told = say(self.state, language, lacks=findings_text(self.lacks, language))
        slips = [one for one in self.lacks if one.test.fact == "network"]
        near = {word for one in slips for word in _meant(one)}
        return say("slip", language, told=told, near=show(frozenset(near))) if near else told


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
            foot=version_text(self.charter, self.version, language),
        )


def _title(ruled: Decision | Ruling, language: Language) -> str:
    outcome = say(ruled.outcome, language)
    if not ruled.circuits:
        return outcome
    circuits = (cell(one, "circuit", language) for one in ruled.circuits)
    return f"{outcome} → {say('and', language).join(circuits)}"


def _lines(decision: Decision, language: Language) -> "list[Line]":
    told = [f for f in decision.rules
            if f.rule in decision.determining or f.effect is not Effect.PERMIT]  # fmt: skip
    lines = [rule_line(found, language) for found in told]
    if not decision.determining and decision.outcome is not Outcome.COVERED:
        lines.append(Line("", "", say("nothing permits", language)))
    if decision.closed:
        lines.append(Line("", "", decision.closed.text(language)))
    lines += [Line("", "", told) for told in _near_misses(decision, language)]
    if decision.repair:
        lines += [Line("", "", told) for told in decision.repair.sentences(language)]
    if decision.repair_note:
        lines.append(Line("", "", say(decision.repair_note, language)))
    return lines + [Line("", "", dormant.text(language)) for dormant in decision.dormant]


def _near_misses(decision: Decision, language: Language) -> Iterator[str]:
    """Yield what the nearest permits ask for besides what is said of the scope."""
    outside = decision.closed.lacks if decision.closed else ()
    said = {one.text(language) for one in outside}
    whole = []
    for miss in decision.near_misses:
        left = tuple(one for one in miss.lacks if one.text(language) not in said)
        if left:
            yield NearMiss(miss.rule, left).text(language)
        else:
            whole.append(rule_text(miss.rule, language))
    if whole:
        rules = say("and", language).join(whole)
        yield say_many("would permit", len(whole), language, rules=rules)


def rule_line(found: RuleFinding, language: Language) -> "Line":
    """Return a rule that spoke: by its reason alone to whoever knows it by that."""
    name = handle(found.rule, "rule", language)
    sentence = found.text(language) if name else ""
    told = f"{sentence} — {found.because}" if sentence else found.because
    return Line(say(found.effect, language), name, told)
