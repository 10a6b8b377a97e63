"""Strategies for decision logs: entries, what is redacted of them, and what is found of a log."""

from hypothesis import strategies as st

from cmcore.charters.charter import Charter
from cmcore.charters.decisions.decide import decide
from cmcore.codec.decisionlog import log_line, verify_log
from cmcore.decisionlog.checks import LogCheck
from cmcore.decisionlog.decide_again import replay
from cmcore.decisionlog.entries import LogEntry, LogReason, entry
from cmcore.decisionlog.redactions import Redaction
from cmcore.decisionlog.replays import Replay, Replayed
from cmcore.strategies._acts import a_case
from cmcore.strategies._charters import charters
from cmcore.strategies._drawing import number, pick, rare, several, some
from cmcore.strategies._reading import reads
from cmcore.strategies._words import an_id, an_instant

#: What is erased or masked, one name or several that go together.
_NAMES = (
    *("author", "text", "topics", "network", "recipient", "kind", "at", "id", "labels"),
    *("in_reply_to", "in_reply_to.author", "in_reply_to.text", "target", "target.tone"),
    *("author.roles", "incident", "incident.severity", "earlier", "events", "holidays"),
    *("language", "media", "paid", "template"),
)


@st.composite
def redactions(draw: st.DrawFn) -> Redaction:
    """Return a strategy for what logs do not hold: some facts erased, others masked."""
    erase = some(draw, _NAMES, 0, 3)
    return Redaction(erase=erase, mask=some(draw, _NAMES, 0, 2) - erase)


@st.composite
def log_entries(
    draw: st.DrawFn, charter: Charter | None = None, *, redacted: bool = True
) -> LogEntry:
    """Return a strategy for entries of a log: decisions, perhaps redacted."""
    drawn = charter or draw(charters(max_rules=3))
    case = a_case(draw, reads(drawn), unknowns=True)
    decision = decide(drawn, case.act, case.context, repair=False)
    policy = draw(redactions()) if redacted and rare(draw, 2) else None
    at = an_instant(draw)
    return entry(decision, case.context, drawn, id=an_id(draw), at=at, redaction=policy)


@st.composite
def log_reasons(draw: st.DrawFn) -> LogReason:
    """Return a strategy for the rules that decided an entry."""
    return pick(draw, draw(log_entries().filter(lambda one: one.reasons)).reasons)


@st.composite
def log_checks(draw: st.DrawFn) -> LogCheck:
    """Return a strategy for what is found of the lines of a log, some of which are damaged."""
    made = several(draw, lambda: log_line(draw(log_entries())), 0, 2)
    return verify_log([line[: number(draw, 1, len(line))] for line in made])


@st.composite
def replays(draw: st.DrawFn) -> Replay:
    """Return a strategy for replays of a few entries, under some of their charters."""
    known = several(draw, lambda: draw(charters(max_rules=3)), 1, 2)
    log = several(draw, lambda: draw(log_entries(pick(draw, known))), 0, 3)
    return replay(log, known[: number(draw, 0, len(known))])


@st.composite
def replayed(draw: st.DrawFn) -> Replayed:
    """Return a strategy for entries that were decided again, and are not equal."""
    return pick(draw, draw(replays().filter(lambda one: one.listed)).listed)
