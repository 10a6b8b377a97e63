"""Stored findings: one that says something against its test, its act, or what else was found.

The context of a decision is not stored, but what was found of it is: there was but one.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from cmcore.base.errors import Path, Problem
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.conditions.condition import DATED, words_asked
from cmcore.charters.conditions.facts import (
    ABSENT,
    BUILTIN,
    LABEL_TYPES,
    MEASURES,
    UNKNOWN,
    WORDED,
    Bad,
    FactSpec,
    FactType,
    Label,
    Log,
    Missing,
    Reading,
)
from cmcore.charters.conditions.operators import TAKES
from cmcore.charters.conditions.readings import fitted
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Author, Context, Situation
from cmcore.charters.finding import Finding
from cmcore.charters.kinds import KINDS, OwnKind
from cmcore.charters.meaning.concealment import is_hidden
from cmcore.charters.meaning.explanation import found_by
from cmcore.charters.meaning.observation import Facts, Worded
from cmcore.charters.rule import Effect
from cmcore.time.week import zone_problems

#: The place of a finding in a decision, and the finding.
Placed = tuple[Path, Finding]
_USUAL: Final = Vocabulary()


def finding_problems(found: Finding) -> Iterator[Problem]:
    """Yield what a finding says against its own test, or against what it says was read."""
    wrong = list(zone_problems(found.zone))
    yield from wrong
    again = [] if wrong else [_again(found, words) for words in _vocabularies(found)]
    if again and found.truth not in {one.truth for one in again}:
        yield Problem.of(
            "finding-against-test", "truth", given=repr(found.truth), found=repr(again[0].truth)
        )
    elif again and found.hits not in {one.hits for one in again}:
        yield Problem.of("hits-against-test", "hits", found=again[0].hits or ("none",))


def _again(found: Finding, words: Vocabulary) -> Finding:
    """Return what the test of a finding finds on what was read."""
    at = found.got if isinstance(found.got, datetime) else None
    facts = Facts(Worded(found.zone, words), Act(at=at), Context())
    if found.test == DATED and facts.day is None:  # the ends of the calendar have no local day
        return Finding(found.test, Truth.UNKNOWN, found.got, zone=found.zone)
    return found_by(found.test, found.got, facts)


def _vocabularies(found: Finding) -> Iterator[Vocabulary]:
    """Yield the words in which its test may have been asked: a label may be of several types."""
    name, _, rest = found.test.fact.partition(".")
    if name == "kind":
        read = found.got.values if isinstance(found.got, Bad) else frozenset({found.got})
        own = {one for one in (*words_asked(found.test), *(read or ())) if isinstance(one, str)}
        yield Vocabulary(kinds={one: OwnKind(one, one) for one in sorted(own - KINDS.keys())})
    elif _USUAL.find(found.test.fact):
        yield _USUAL
    elif name == "since":
        yield Vocabulary(events={rest})
    elif name == "recent":
        yield Vocabulary(counts={rest.partition(".")[0]})
    elif rest:
        yield from (
            Vocabulary({name: Label(kind)})
            for kind in LABEL_TYPES
            if rest in MEASURES.get(kind, ())
        )
    elif isinstance(found.got, Bad):
        closed = found.got.values if found.got.expected in WORDED else None
        yield Vocabulary({name: Label(found.got.expected, closed)})
    else:
        yield from (
            Vocabulary({name: Label(kind)})
            for kind in LABEL_TYPES
            if found.test.op in TAKES[kind] and _may_read(kind, found.got)
        )


def _may_read(kind: FactType, got: object) -> bool:
    """Return whether a label of a type may read what was found."""
    return not isinstance(fitted(FactSpec("label", kind), got), Bad)


def may_turn(found: Finding, before: Act, after: Act, around: Context) -> bool:
    """Return whether a test may find something else of an act that was changed."""
    if ".same_" in found.test.fact:  # the earlier acts are not told of
        return True
    return any(
        found_by(found.test, facts.read(found.test.fact), facts).truth is not found.truth
        for _, __, facts in _ways(found, before, after, around)
    )


def is_hiding(found: Finding, effect: Effect, before: Act, after: Act, around: Context) -> bool:
    """Return whether a test surely turned because a changed act is called otherwise."""
    told = [
        is_hidden(effect, found.test, words, was, facts)
        for words, was, facts in _ways(found, before, after, around)
    ]
    return bool(told) and all(told)


def _ways(
    found: Finding, before: Act, after: Act, around: Context
) -> Iterator[tuple[Vocabulary, Facts, Facts]]:
    """Yield the words by which an act reads as was found, with what it and the changed one read."""
    for words in _vocabularies(found):
        was, facts = (Facts(Worded(found.zone, words), act, around) for act in (before, after))
        if was.read(found.test.fact) == found.got:
            yield words, was, facts


def _is_log(found: Finding) -> bool:
    return found.test.fact.startswith("recent.")


# ------------------------------------------------------------------------------- beside the others


def together_problems(act: Act, around: Context, placed: Sequence[Placed]) -> Iterator[Problem]:
    """Yield the problem of each fact that the act, or another finding, says otherwise."""
    zone = placed[0][1].zone if placed else ""
    names = {found.test.fact for _, found in placed}
    for path, found in placed:
        if found.zone != zone:
            yield Problem.of("other-zone", *path, "zone", found=zone)
        if not _is_log(found) and _is_told(found.test.fact, names):
            yield from _against(act, around, found, path)
    yield from _log_problems(act, [(path, found) for path, found in placed if _is_log(found)])


def _is_told(name: str, names: AbstractSet[str]) -> bool:
    """Return whether a fact's source is given, if it measures something in the context."""
    of = BUILTIN.get(name.rpartition(".")[0])
    return name in BUILTIN or of is None or of.source != "context" or of.name in names


def _against(act: Act, around: Context, found: Finding, path: Path) -> Iterator[Problem]:
    name = found.test.fact
    specs = [(words, spec) for words in _vocabularies(found) if (spec := words.find(name))]
    outside = any(spec.source == "context" for _, spec in specs)
    if outside and isinstance(found.got, Bad):  # unusable values there are not reported
        return
    read = [Facts(Worded(found.zone, words), act, around).read(name) for words, _ in specs]
    if read and found.got not in read:
        yield Problem.of(
            "finding-against-rest" if outside else "finding-against-act", *path, "got", fact=name
        )


def _log_problems(act: Act, placed: Sequence[Placed]) -> Iterator[Problem]:
    """Yield the problem of each log that is not of the same earlier acts as the logs before it."""
    told: dict[str, object] = {"now": act.at}
    for path, found in placed:
        name, got = found.test.fact, found.got
        said: dict[str, object] = {name: got, "known": isinstance(got, Log)}
        if isinstance(got, Log):
            said |= {"now": got.now} if got.undated else {"now": got.now, "since": got.since}
        alike = [told.setdefault(key, given) == given for key, given in said.items()]
        if got is ABSENT or not all(alike):
            yield Problem.of("finding-against-rest", *path, "got", fact=name)


# ------------------------------------------------------------------------------------- the context

_AUTHOR: Final = ("roles", "seniority", "contract", "trained_in")


def context_of(act: Act, placed: Sequence[Placed]) -> Context:
    """Return the context that findings tell of, but for the earlier acts."""
    zone, told = "UTC", dict[str, Any]()
    for _, found in placed:
        zone, name = found.zone, found.test.fact
        if any(_is_held(found.got, words, name) for words in _vocabularies(found)):
            told.setdefault(name, found.got)
    day, holiday = Facts(Worded(zone, _USUAL), act, Context()).day, told.get("holiday")
    of_author = {name: told.get(f"author.{name}", UNKNOWN) for name in _AUTHOR}
    return Context(
        author=Author(**{name: _given(got) for name, got in of_author.items()}),
        incident=_situation(told),
        holidays=({day} if holiday else ()) if day and isinstance(holiday, bool) else None,
        events=dict(_events(act, told)),
    )


def _given(got: Any) -> Any:  # noqa: ANN401 - as the fact has it
    return None if isinstance(got, Missing) else got


def _is_held(got: Reading, words: Vocabulary, name: str) -> bool:
    spec = words.find(name)
    return spec is not None and not isinstance(got, Bad) and fitted(spec, got) == got


def _situation(told: Mapping[str, Any]) -> Situation:
    """Return the situation: one that has a severity is open, and one that has none is not."""
    severity = told.get("incident.severity", UNKNOWN)
    is_open = told.get("incident.open", {ABSENT: False, UNKNOWN: None}.get(severity, True))
    return Situation(_given(is_open), _given(severity))


def _events(act: Act, told: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    """Yield when the events that findings measure from began."""
    for name, got in told.items():
        head, _, event = name.partition(".")
        if head != "since":
            continue
        if got is ABSENT:
            yield event, None
        elif isinstance(got, timedelta) and act.at is not None:
            with suppress(OverflowError):
                yield event, act.at - got
