"""What a charter holds, at a glance, and what its readers should be warned of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import attrs

from cmcore.base.codes import Code
from cmcore.base.errors import Problem, show_path
from cmcore.base.language import LANGUAGES
from cmcore.charters.charter import Charter, besides
from cmcore.charters.conditions.condition import ALWAYS
from cmcore.charters.conditions.contradictions import never_true, why_never
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conflicts import conflicts, is_idle, years_unknown
from cmcore.charters.kinds import KINDS
from cmcore.charters.rule import Effect, Term
from cmcore.charters.unused import Declared, unused
from cmcore.cli.given import says_nothing
from cmcore.display.names import cells, names_of, reader
from cmcore.display.views import Line, View
from cmcore.display.wording import Language, percent, say, say_many, show
from cmcore.teams.traits import look_of
from cmcore.time.week import local

if TYPE_CHECKING:
    from cmcore.charters.guarantee import Example, Guarantee


def summary(charter: Charter, language: Language = "en") -> View:
    """Return what is shown of a valid charter."""
    language = reader(language, names_of(charter))
    named = say("version", language, charter=charter.id, version=charter.version)
    told = {
        "rules": _rules(charter, language),
        "circuits": _circuits(charter, language),
        "labels": ", ".join(sorted(charter.labels)),
        "target": percent(charter.target, language),
        "in force": _term(charter.term, language),
        "approved": _approval(charter, language),
        "review by": charter.review_by and show(charter.review_by, language),
    }
    lines = [Line(say(code, language), "", text or "–") for code, text in told.items()]
    lines += [
        Line(one.word, "", " – ".join(filter(None, [one.name, one.text])))
        for one in besides(charter, language)
    ]
    return View(title=say("valid", language, charter=named), tone="covered", lines=tuple(lines))


def _rules(charter: Charter, language: Language) -> str:
    counts = Counter(rule.effect for rule in charter.rules)
    told = (say_many(f"count {effect}", counts[effect], language) for effect in Effect)
    return ", ".join(told)


def _circuits(charter: Charter, language: Language) -> str:
    ids = sorted(circuit.id for circuit in charter.circuits)
    return ", ".join(
        say("by default", language, circuit=id_) if id_ == charter.default else id_ for id_ in ids
    )


def _term(term: Term, language: Language) -> str:
    if term.since is None and term.through is None:
        return say("always", language)
    days = {"from day": term.since, "through day": term.through}
    return ", ".join(say(code, language, day=day) for code, day in days.items() if day)


def _approval(charter: Charter, language: Language) -> str:
    approval = charter.approval
    if approval is None:
        return ""
    by = cells(sorted(approval.by), "member", language)
    return (
        f"{by}, {show(approval.on, language)}"
        if approval.on
        else say("by names", language, names=by)
    )


def warnings(charter: Charter, at: date | None = None) -> Iterator[Problem]:
    """Yield what is not wrong but should be seen to, on the day of `at` when there is one."""
    if charter.approval is None:
        yield Problem.of("not-approved", hint="add-approved-by")
    yield from _permits(charter)
    yield from _never_true(charter)
    yield from _impossible(charter)
    yield from _off_networks(charter)
    yield from _in_vain(charter)
    yield from _of_itself(charter)
    if charter.review_by is None:
        yield Problem.of("no-review-date")
    if at is None:
        return
    day = local(at, charter.zone).date() if isinstance(at, datetime) else at
    if charter.review_by is not None and charter.review_by < day:
        yield Problem.of("review-overdue", "review by", day=charter.review_by)
    if _is_over(charter.term, day):
        yield Problem.of("charter-expired", "through", day=charter.term.through)
    for index, rule in enumerate(charter.rules):
        if _is_over(rule.term, day):
            place = ("rules", index, "through")
            yield Problem.of("rule-expired", *place, rule=rule.id, day=rule.term.through)


def _never_true(charter: Charter) -> Iterator[Problem]:
    """Yield the rules and counts whose conditions no act makes true."""
    for name, condition in charter.counts.items():
        facts = why_never(condition, charter.vocabulary)
        if facts is not None:
            code: Code = "count-never-true" if facts else "count-of-nothing"
            yield Problem.of(code, "counts", name, count=name, facts=facts)
    for index, rule in enumerate(charter.rules):
        facts = why_never(rule.when, charter.vocabulary)
        if facts is not None:
            code = "rule-never-true" if facts else "rule-of-nothing"
            yield Problem.of(code, "rules", index, "when", rule=rule.id, facts=facts)


#: What is said of a name that is declared and not used, by the field that declares it.
_UNUSED: Final[Mapping[Declared, Code]] = {
    "labels": "label-unused",
    "events": "event-unused",
    "counts": "count-unused",
}


def _in_vain(charter: Charter) -> Iterator[Problem]:
    """Yield the names that are never used, and the kinds of act that have the name of another."""
    for field, name in unused(charter):
        yield Problem.of(_UNUSED[field], field, name, name=name)
    for column, language in enumerate(LANGUAGES):
        seen = {look_of(kind.noun[column]): name for name, kind in KINDS.items()}
        for name, own in charter.kinds.items():
            first = seen.setdefault(look_of(own.name(language)), name)
            if first != name:
                key = ("kinds", name, language)
                yield Problem.of("kind-called-alike", *key, kind=name, other=first)


def _of_itself(charter: Charter) -> Iterator[Problem]:
    """Yield what a charter guarantees twice, the examples that it repeats, and those of no act."""
    said: dict[str, Sequence[Guarantee | Example]] = {
        "always": charter.always,
        "never": charter.never,
        "examples": charter.examples,
    }
    for key, many in said.items():
        seen: dict[object, int] = {}
        for index, one in enumerate(many):
            first = seen.setdefault(attrs.evolve(one, because=""), index)
            if first != index:
                place = show_path((key, first))
                yield Problem.of("said-again", key, index, first=place, hint="first-at")
    for index, example in enumerate(charter.examples):
        if says_nothing(example.act, example.context):
            yield Problem.of("empty-act", "examples", index)


def _impossible(charter: Charter) -> Iterator[Problem]:
    """Yield what no history can meet, what is never in force, and years without holidays."""
    places = {one.id: index for index, one in enumerate(charter.expectations)}
    for one, other in conflicts(charter):
        place = ("expect", places[other.id])
        yield Problem.of("expectations-clash", *place, one=one.id, other=other.id)
    terms = [("rules", n, rule.id, rule.term) for n, rule in enumerate(charter.rules)]
    terms += [("expect", n, one.id, one.term) for n, one in enumerate(charter.expectations)]
    for key, index, name, term in terms:
        if is_idle(charter, term):
            yield Problem.of("never-in-force", key, index, name=name)
    for year in years_unknown(charter):
        yield Problem.of("calendar-too-short", "calendar", year=year)


def _off_networks(charter: Charter) -> Iterator[Problem]:
    """Yield the kinds of act that are on no network, in a charter of some, and who waits for them.

    Unless each says its network, nothing can be permitted or counted of them.
    """
    silent = {name for name, kind in charter.kinds.items() if kind.silent}
    if charter.scope.networks is None or not silent:
        return
    for name in sorted(silent):
        yield Problem.of("kind-off-networks", "kinds", name, kind=name)
    elsewhere = fact("kind").none_of(*silent)
    others = {
        name
        for name, condition in charter.counts.items()
        if never_true(condition & elsewhere, charter.vocabulary)
    }
    for index, one in enumerate(charter.expectations):
        for key in ("of", "among", "after"):
            if getattr(one, key) in silent | others:
                place, kind = ("expect", index, key), getattr(one, key)
                yield Problem.of("expects-off-networks", *place, id=one.id, kind=kind)


def _permits(charter: Charter) -> Iterator[Problem]:
    """Yield what is odd about what is permitted: nothing at all, or whatever comes."""
    permits = {n: rule for n, rule in enumerate(charter.rules) if rule.effect is Effect.PERMIT}
    if not permits:
        yield Problem.of("no-permit", "rules")
    for index, rule in permits.items():
        if rule.when == ALWAYS:
            yield Problem.of("permits-whatever", "rules", index, rule=rule.id)


def _is_over(term: Term, day: date) -> bool:
    return term.through is not None and term.through < day
