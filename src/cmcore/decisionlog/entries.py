"""Entries of a decision log: a decision with what it was made from, as far as that may be kept."""

import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

import attrs
from attrs import field

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.digests import DIGEST
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import id_problems
from cmcore.base.ledgers import kept
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.base.version import library_version
from cmcore.charters.act import Act, instant_problems
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context, Earlier
from cmcore.charters.decision import Decision, Outcome, outcome_text
from cmcore.charters.kinds import fact_text
from cmcore.charters.rule import Effect
from cmcore.decisionlog.redactions import BEFORE, Censor, Redaction, stray_names
from cmcore.display.names import cell, handle
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, show

#: The number of the format of entries: it grows when what is written means something else.
FORMAT: Final = 1
#: What is kept of earlier acts besides those that the rules can count.
_MARGIN: Final = timedelta(days=1)


_NOTHING_LEFT_OUT: Final = Redaction()


def _notes(given: Mapping[str, str]) -> FrozenMap[str]:
    return FrozenMap(given)


def _nothing() -> FrozenMap[str]:
    return FrozenMap()


@value
class LogReason:
    """A rule that decided or was unknown, and the facts missing then."""

    rule: str
    effect: Effect
    truth: Truth
    because: str
    facts: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        if self.truth is not Truth.UNKNOWN:
            return self.because
        facts = say("and", language).join(fact_text(fact, language) for fact in self.facts)
        return say("log reason unknown", language, because=self.because, facts=facts or "–")


@value
class LogEntry(Viewable):
    """A decision as a log holds it: what was decided when, by which rules, on what grounds.

    `at` is the moment it was decided, or written down; the moment of the act is the act's own.
    `act` and `context` are what it was decided from, without what was `redacted`: the names of
    those facts, each with the digest that is left of it, or nothing. `charter_digest` pins the
    charter, `library` is the version of this library, `format` that of the entry.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    at: datetime
    charter: str = field(kw_only=True)
    version: int = field(kw_only=True)
    charter_digest: str = field(kw_only=True)
    library: str = field(kw_only=True)
    format: int = field(kw_only=True)
    act: Act = field(kw_only=True)
    context: Context = field(kw_only=True)
    outcome: Outcome = field(kw_only=True)
    circuits: tuple[str, ...] = field(default=(), kw_only=True)
    determining: tuple[str, ...] = field(default=(), kw_only=True)
    reasons: tuple[LogReason, ...] = field(default=(), kw_only=True)
    redacted: FrozenMap[str] = field(factory=_nothing, converter=_notes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.format != FORMAT:
            yield Problem.of("unknown-log-format", "format", given=self.format, wanted=FORMAT)
        yield from instant_problems(self.at, "at")
        for key in ("id", "charter", "library"):
            yield from id_problems(getattr(self, key), key)
        yield from count_problems(self.version, "version", least=1)
        if not DIGEST.fullmatch(self.charter_digest):
            given = self.charter_digest
            yield Problem.of("wrong-value", "charter_digest", given=given, wanted="file-digest")
        is_sent = self.outcome is Outcome.EXCEPTION
        if is_sent and not self.circuits:
            yield Problem.of("circuits-missing", "circuits", outcome=self.outcome)
        if self.circuits and not is_sent:
            yield Problem.of("circuits-needless", "circuits", outcome=self.outcome)
        for rule in sorted({*self.determining} - {one.rule for one in self.reasons}):
            yield Problem.of("rule-not-found", "determining", rule=rule)

    def _view(self, language: Language) -> View:
        """Return the view of the entry for a terminal or a notebook."""
        lines = [
            Line(
                say(one.effect, language),
                handle(one.rule, "rule", language),
                one.text(language),
            )
            for one in self.reasons
        ]
        if not self.determining and self.outcome is not Outcome.COVERED:
            lines.append(Line("", "", say("nothing permits", language)))
        own = sorted(name for name in self.redacted if not name.startswith(BEFORE))
        before = sorted(name.removeprefix(BEFORE) for name in self.redacted.keys() - own)
        for code, names in (("log redacted", own), ("log redacted before", before)):
            if names:
                told = ", ".join(fact_text(name, language) for name in names)
                lines.append(Line("", "", say(code, language, facts=told)))
        outcome = outcome_text(self.outcome, self.circuits, language)
        return View(
            title=say("log entry", language, id=self.id, outcome=outcome),
            tone=self.outcome,
            lines=tuple(lines),
            foot=say(
                "log entry foot",
                language,
                at=show(self.at, language),
                charter=cell(self.charter, "charter", language),
                version=self.version,
                library=self.library,
            ),
        )


@checked
def entry(  # noqa: PLR0913 - what was decided, from what; then each option is named
    decision: Decision,
    context: Context,
    charter: Charter,
    *,
    id: str,  # noqa: A002 - what it is called in the entry
    at: datetime,
    redaction: Redaction | None = None,
    key: bytes | None = None,
) -> LogEntry:
    """Return the entry of a log about a decision, made in a context under a charter.

    `id` is the caller's own, by which the entry is found; `at` is the moment. Of the earlier acts
    of the context, those are kept that the rules of the charter can count. What `redaction` names
    is left out; a name that neither the charter nor the act has gets a warning of Python's, at the
    first such entry. With a `key`, the digests of what it masks can be made by its holders alone.

    Raises:
        InvalidError: when the decision was made under another charter.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Context, catalog, decide
        >>> from cmcore.decisionlog import entry
        >>> charter = catalog.charters["small-brand"]
        >>> decision = decide(charter, Act(kind="delete", network="x"))
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> made = entry(decision, Context(), charter, id="d-1", at=noon)
        >>> made.outcome, made.circuits, made.version
        (<Outcome.EXCEPTION: 'exception'>, ('owner', 'troll'), 1)
    """
    policy = redaction or _NOTHING_LEFT_OUT
    for problem in kept(charter.notes, policy, lambda: stray_names(policy, [charter])):
        if problem.params["name"] not in decision.act.labels:
            warnings.warn(str(problem), stacklevel=3)
    return made_entry(decision, context, charter, id_=id, at=at, policy=policy, key=key)


def made_entry(  # noqa: PLR0913 - as it is given
    decision: Decision,
    context: Context,
    charter: Charter,
    *,
    id_: str,
    at: datetime,
    policy: Redaction,
    key: bytes | None = None,
) -> LogEntry:
    """Return the entry, where somebody else says what is odd about the policy.

    Raises:
        InvalidError: when the decision was made under another charter.
    """
    if decision.charter_digest != charter.digest:
        name, version = decision.charter, decision.version
        raise refuse("decision-of-other-rules", "charter", charter=name, version=version)
    censor = Censor(policy, key)
    return LogEntry(
        id_,
        at,
        charter=charter.id,
        version=charter.version,
        charter_digest=charter.digest,
        library=library_version(),
        format=FORMAT,
        act=censor.act(decision.act),
        context=censor.context(_counted(context, charter, decision.act.at)),
        outcome=decision.outcome,
        circuits=decision.circuits,
        determining=decision.determining,
        reasons=tuple(_reasons(decision)),
        redacted=censor.notes,
    )


def _reasons(decision: Decision) -> Iterator[LogReason]:
    for found in decision.rules:
        facts = found.facts if found.truth is Truth.UNKNOWN else ()
        yield LogReason(found.rule, found.effect, found.truth, found.because, facts)


def _counted(context: Context, charter: Charter, at: datetime | None) -> Context:
    """Return a context with those earlier acts that the rules can count at a moment."""
    earlier, reach = context.earlier, charter.lookback
    if earlier is None or at is None:
        return context
    if not reach:
        return attrs.evolve(context, earlier=None)
    try:
        start = at - reach - _MARGIN
    except OverflowError:
        return context
    acts = [one for one in earlier.acts if one.at is None or one.at >= start]
    since = start if earlier.since is None else max(start, earlier.since)
    return attrs.evolve(context, earlier=Earlier(acts, since))
