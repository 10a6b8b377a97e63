"""What comes of a log whose decisions are made again, and what of it redaction leaves proven."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from cmcore.base.asked import checked, each_of
from cmcore.base.ledgers import Memory
from cmcore.base.truth import Truth
from cmcore.base.version import library_version
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import tests
from cmcore.charters.conditions.facts import ABSENT, TARGETS
from cmcore.charters.decision import Outcome, Ruling
from cmcore.charters.decisions.judgement import Judgement, judge_act
from cmcore.charters.history import Unreadable
from cmcore.charters.meaning.edits import FROM_TEXT
from cmcore.charters.meaning.evaluation import combine
from cmcore.charters.meaning.observation import moved_by
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.decisionlog.entries import LogEntry
from cmcore.decisionlog.redactions import BEFORE, heads
from cmcore.decisionlog.replays import MOST_LISTED, Replay, Replayed, ReplayReason, ReplayVerdict

_OF_TIME: Final = frozenset({"local", "since", "holiday", "age"})
_OF_LOGS: Final = frozenset({"recent", "person"})
_ALWAYS: Final = Term()
#: What every count of earlier acts depends on, and what tells whom an act is about.
_COUNTED: Final = frozenset({"kind", "at", "earlier"})
_PERSONS: Final = frozenset(
    {"recipient", "in_reply_to", "target", "network", "account", "duration"}
)
#: The ruling, and the rules that are reasons with their truths.
_Outcome = tuple[Ruling, set[tuple[str, Truth]]]
#: How many reasons are kept of entries judged before, all together.
_KEPT_REASONS: Final = 65_536


@checked
def replay(log: Iterable[LogEntry | Unreadable], charters: Iterable[Charter]) -> Replay:
    """Return what comes of deciding every entry of a log again, under the charters given.

    An entry is *equal* where its own charter, found by its digest, gives the same outcome, circuits
    and rules. Where its facts were redacted, that must be proven of whatever they were: else one
    cannot tell, as where there is another version of its charter only. The log is read once, entry
    by entry, and need not fit into memory.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Context, catalog, decide
        >>> from cmcore.decisionlog import entry, replay
        >>> charter = catalog.charters["small-brand"]
        >>> decision = decide(charter, Act(kind="delete", network="x"))
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> log = [entry(decision, Context(), charter, id="d-1", at=noon)]
        >>> replay(log, [charter]).equal
        1
    """
    again = _Again(each_of(charters, "charters", Charter))
    verdicts: Counter[ReplayVerdict] = Counter()
    reasons: Counter[ReplayReason] = Counter()
    listed: dict[ReplayVerdict, list[Replayed]] = {verdict: [] for verdict in ReplayVerdict}
    for row in each_of(log, "log", LogEntry, Unreadable):
        made = again.replayed(row)
        verdicts[made.verdict] += 1
        if made.reason is not None:
            reasons[made.reason] += 1
            if len(listed[made.verdict]) < MOST_LISTED:
                listed[made.verdict].append(made)
    shown = [*listed[ReplayVerdict.DIFFERENT], *listed[ReplayVerdict.UNTOLD]]
    return Replay(
        verdicts[ReplayVerdict.EQUAL],
        verdicts[ReplayVerdict.DIFFERENT],
        verdicts[ReplayVerdict.UNTOLD],
        reasons={str(reason): count for reason, count in reasons.items()},
        listed=tuple(shown[:MOST_LISTED]),
    )


class _Again:
    """The charters by which entries are decided again."""

    def __init__(self, charters: Iterable[Charter]) -> None:
        known = sorted(charters, key=lambda one: one.version)
        self.library = library_version()
        self.by_digest: Mapping[str, Charter] = {one.digest: one for one in known}
        self.by_id: Mapping[str, Charter] = {one.id: one for one in known}
        self._known = Memory[_Outcome](_KEPT_REASONS)

    def replayed(self, row: LogEntry | Unreadable) -> Replayed:
        """Return what comes of one entry."""
        if isinstance(row, Unreadable):
            return Replayed(row.place, ReplayVerdict.UNTOLD, ReplayReason.UNREADABLE)
        own = self.by_digest.get(row.charter_digest)
        charter = own or self.by_id.get(row.charter)
        logged = Ruling(row.outcome, row.circuits, row.determining)
        made = partial(Replayed, row.id, logged=logged)
        if charter is None:
            return made(ReplayVerdict.UNTOLD, ReplayReason.NO_CHARTER)
        judgement = judge_act(charter, row.act, row.context)
        found, said = self._outcome(judgement)
        made = partial(made, found=found)
        if own is None:
            is_other = (found.outcome, found.circuits) != (row.outcome, row.circuits)
            differs = is_other and _is_proven(judgement, row)
            verdict = ReplayVerdict.DIFFERENT if differs else ReplayVerdict.UNTOLD
            return made(verdict, ReplayReason.CHARTER)
        is_proven = _is_proven(judgement, row)
        if is_proven and found == logged and said == _told(row):
            return made(ReplayVerdict.EQUAL)
        if not is_proven and not _is_settled(judgement, row, found):
            return made(ReplayVerdict.UNTOLD, ReplayReason.REDACTED)
        is_other = row.library != self.library
        why = ReplayReason.LIBRARY if is_other else ReplayReason.UNEXPLAINED
        return made(ReplayVerdict.DIFFERENT, why)

    def _outcome(self, judgement: Judgement) -> _Outcome:
        """Return what follows from a judgement; acts judged alike are worked out once."""
        if judgement.look is None:
            return _outcome(judgement)
        key = judgement.charter.digest, judgement.look.key
        found = self._known.get(key)
        if found is None:
            made = _outcome(judgement)
            found = self._known.keep(key, made, len(made[1]))
        return found


def _outcome(judgement: Judgement) -> _Outcome:
    found = combine(judgement.charter, judgement.rules)
    return found, _said(judgement, found)


def _told(row: LogEntry) -> set[tuple[str, Truth]]:
    return {(one.rule, one.truth) for one in row.reasons}


def _said(judgement: Judgement, found: Ruling) -> set[tuple[str, Truth]]:
    """Return the rules that are reasons: those that decide, and those that are unknown."""
    return {
        (rule.id, is_true)
        for rule, is_true in judgement.rules
        if is_true is Truth.UNKNOWN or rule.id in found.determining
    }


# ------------------------------------------------------------------- what is known of what is gone


def _is_proven(judgement: Judgement, row: LogEntry) -> bool:
    """Return whether the rules are as they were, whatever the redacted facts say.

    That is so of a rule that reads none of them, and of one that is true or false while they are
    unknown: what is known of an act stays so, whatever comes to be known besides.
    """
    if not row.redacted:
        return True
    if not _is_sound(judgement, row):
        return False
    gone = heads(row.redacted)
    return not any(
        is_true is Truth.UNKNOWN and _reads(judgement.charter, rule, gone)
        for rule, is_true in judgement.rules
    )


def _is_settled(judgement: Judgement, row: LogEntry, found: Ruling) -> bool:
    """Return whether the log is wrong, whatever the redacted facts say.

    An act that is covered, or forbidden, while they are unknown is so in any case.
    """
    is_final = found.outcome is not Outcome.EXCEPTION
    return is_final and found.outcome is not row.outcome and _is_sound(judgement, row)


def _is_sound(judgement: Judgement, row: LogEntry) -> bool:
    """Return whether what was redacted is unknown now, rather than taken for absent.

    An act of some kinds has no text, say, unless one is given; so it is with the earlier acts that
    are counted.
    """
    charter, facts = judgement.charter, judgement.facts
    if _counted_by(charter) & heads(row.redacted):
        return False
    names = [name for name in row.redacted if not name.startswith(BEFORE)]
    names += [f"{name}.author" for name in names if name in {"in_reply_to", "target"}]
    vocabulary = charter.vocabulary
    return not any(vocabulary.find(name) and facts.read(name) is ABSENT for name in names)


def _counted_by(charter: Charter) -> frozenset[str]:
    """Return what the facts begin with by which the rules of a charter count earlier acts."""
    conditions = (charter.framed, *(rule.when for rule in charter.rules))
    asked = {test.fact for one in conditions for test in tests(one)}
    found: set[str] = set()
    for fact in asked:
        head, kind, *same = (*fact.split("."), "")
        if head in _OF_LOGS:
            counted = charter.counts.get(kind)
            own = {test.fact.partition(".")[0] for test in tests(counted)} if counted else set()
            is_of_person = head == "person" or "same_person" in same
            found |= {*_COUNTED, *own, *moved_by(fact)} | (_PERSONS if is_of_person else set())
            found |= {*TARGETS} if "same_message" in same else set()
    return frozenset(found | ({"text"} if found & FROM_TEXT else set()))


def _reads(charter: Charter, rule: Rule, gone: frozenset[str]) -> bool:
    """Return whether a rule may read a fact whose name begins with one of those that are gone."""
    if "kind" in gone or ("at" in gone and _is_dated(charter, rule)):
        return True
    asked = [*tests(rule.when)]
    if rule.effect is Effect.PERMIT:
        asked += tests(charter.framed)
    return any(_touches(test.fact, gone) for test in asked)


def _is_dated(charter: Charter, rule: Rule) -> bool:
    return rule.term != _ALWAYS or (rule.effect is Effect.PERMIT and charter.term != _ALWAYS)


def _touches(fact: str, gone: frozenset[str]) -> bool:
    head, *rest = fact.split(".")
    of_time = {head, *rest} & _OF_TIME
    return (
        head in gone
        or (head in FROM_TEXT and bool(gone & {"text", "links"}))
        or (bool(of_time) and bool(gone & {"at", "events", "holidays"}))
    )
