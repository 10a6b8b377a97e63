"""The clauses of the page *What a charter can say*, each as it is written there, caught and not.

A clause is caught by an act, a history, a review, a log of requests, a team or an incident; the
files in `asked_for` show one of these, `caught`, and another that is not, `passed`, or several of
either. What is not on the page is `written` there. An act has the `usual` facts of its file, where
it says nothing else; a long text is a short one that is repeated.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Outcome,
    Playbook,
    RequestLog,
    Team,
    audit,
    conduct,
    coverage,
    decide,
    open_review,
    record,
    status,
    structure,
)
from cmcore.base import Truth
from cmcore.charters import Case, Earlier
from cmcore.charters.meaning.evaluation import gate, rule_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.codec import read_case
from cmcore.codec.documents import parse_document
from cmcore.requests import response_times
from cmcore.reviews import Approved, Published, ReviewState, due_reviews
from cmcore.time.durations import parse_duration as duration

from .page import CLAUSES, LINES, Clause

Shown = dict[str, Any]
#: A Wednesday afternoon, in Paris.
NOW: Final = datetime.fromisoformat("2026-04-01T15:00+02:00")
WEEK: Final = timedelta(days=7)
FILES: Final = sorted((Path(__file__).parent / "asked_for").glob("*.yaml"))


def shows() -> Iterator[tuple[str, dict[str, Any], Shown]]:
    """Yield each clause with what is usual in its file, and what it is shown on."""
    for file in FILES:
        told: dict[str, Any] = parse_document(file.read_text(encoding="utf-8"), "yaml")
        usual = told.pop("usual", {})
        yield from ((words, usual, shown) for words, shown in told.items())


def proofs(side: str) -> Iterator[Any]:
    for words, usual, shown in shows():
        many = shown[side] if isinstance(shown[side], list) else [shown[side]]
        for number, one in enumerate(many):
            label = f"{words}-{number}" if number else words
            yield pytest.param(_clause(words, shown), _on_top(usual, one), id=label)


def _clause(words: str, shown: Shown) -> Clause:
    return Clause(words, shown["written"]) if "written" in shown else CLAUSES[words]


def _on_top(usual: Shown, shown: Shown) -> Shown:
    found = usual | shown
    found |= {key: [usual | facts for facts in shown[key]] for key in _ACTS if key in shown}
    if isinstance(found.get("text"), dict):
        found["text"] = (found["text"]["repeat"] * found["text"]["times"]).strip()
    return found


#: The keys that hold several acts.
_ACTS: Final = ("earlier", "history")


# ------------------------------------------------------------------------------ what catches what


def of_act(clause: Clause, shown: Shown) -> Truth:
    """Say whether the rule of the clause is true of an act, or whether its limits hold it back."""
    charter, case = _case(clause.charter(), shown)
    if not charter.rules:
        open_ = {"permit": "rest", "because": "Everything else is fine."}
        charter, case = _case(clause.charter() | {"rules": [open_]}, shown)
        return Truth.of(decide(charter, case.act, case.context).outcome is not Outcome.COVERED)
    facts = Facts(charter, case.act, case.context)
    return rule_truth(charter.rule("clause"), facts, gate(charter, facts))


def of_history(clause: Clause, shown: Shown) -> Truth:
    """Say whether a history misses what the clause expects."""
    charter = structure(clause.charter(), Charter)
    acts = [read_case(facts, charter) for facts in shown["history"]]
    since, through = (_day(shown.get(key)) for key in ("since", "through"))
    found = audit(charter, acts, since=since, through=through).expectations
    return _worst(str(one.standing) for one in found)


def of_review(clause: Clause, shown: Shown) -> Truth:
    """Say whether an act may not go out yet, or was published alone and its review is late."""
    charter, case = _case(clause.charter(), shown, apart=_OF_REVIEWS)
    team = structure({"team": "crew"} | shown["crew"], Team)
    decision = decide(charter, case.act, case.context)
    emergency = shown.get("emergency", False)
    review = open_review(decision, case.act, charter, NOW, team=team, emergency=emergency)
    if "published" in shown:
        out = Published(case.act.digest(), at=NOW + duration(shown["published"]))
        review = record(review, out)
    try:
        for one in shown["approved"]:
            at = NOW + duration(one["after"])
            review = record(review, Approved(one["by"], case.act.digest(), at=at))
    except InvalidError as error:
        return Truth.of({problem.category for problem in error.problems} == {"forbidden"})
    at = NOW + duration(shown["at"])
    if "published" in shown:
        return Truth.of(bool(due_reviews([review], at).overdue))
    state = status(review, at).state
    return Truth.of(state not in {ReviewState.APPROVED, ReviewState.ALONE})


#: What is told of a review, and not of its act.
_OF_REVIEWS: Final = frozenset({"crew", "approved", "emergency", "published", "at"})


def of_log(clause: Clause, shown: Shown) -> Truth:
    """Say whether anybody waited longer for an answer than the clause lets them."""
    desk = structure({"desk": "d", "zone": "Europe/Paris"} | clause.keys, Desk)
    log = structure({"events": shown["log"]}, RequestLog)
    times = response_times(log, datetime.fromisoformat(shown["at"]), desk)
    promised = {"acknowledge": times.acknowledgements, "resolve": times.resolution}
    found = next((one for key, one in promised.items() if key in clause.keys), times.turns)
    return Truth.UNKNOWN if found.pending or found.untargeted else Truth.of(found.missed > 0)


def of_team(clause: Clause, shown: Shown) -> Truth:
    """Say whether a team has not got what the clause needs."""
    needs = structure({"needs": "n", "zone": "Europe/Paris"} | clause.keys, Needs)
    team = structure({"team": "crew", "zone": "Europe/Paris"} | shown["crew"], Team)
    return Truth.of(bool(coverage(team, needs, start=NOW, stop=NOW + WEEK).gaps))


def of_incident(clause: Clause, shown: Shown) -> Truth:
    """Say whether the team breached in an incident what the clause asks for."""
    playbook = structure({"playbook": "p", "zone": "Europe/Paris"} | clause.keys, Playbook)
    opened = {"opened": "opening", "at": NOW.isoformat()}
    told = {"incident": "i", "until": shown["until"], "events": [opened, *shown["incident"]]}
    found = conduct(structure(told, Incident), playbook).findings
    return _worst(str(one.standing) for one in found)


#: What a clause is shown on is known by one of its keys; without any of these, it is an act.
SUBJECTS: Final[dict[str, Callable[[Clause, Shown], Truth]]] = {
    "history": of_history,
    "approved": of_review,
    "log": of_log,
    "incident": of_incident,
    "crew": of_team,
}
_STANDINGS: Final = {
    "missed": Truth.TRUE,
    "met": Truth.FALSE,
    "breached": Truth.TRUE,
    "kept": Truth.FALSE,
}
_RANKED: Final = [Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]


def _worst(standings: Iterable[str]) -> Truth:
    return max((_STANDINGS.get(one, Truth.UNKNOWN) for one in standings), key=_RANKED.index)


def is_caught(clause: Clause, shown: Shown) -> Truth:
    judge = next((judge for key, judge in SUBJECTS.items() if key in shown), of_act)
    return judge(clause, shown)


def _case(
    data: dict[str, Any], shown: Shown, apart: frozenset[str] = frozenset()
) -> tuple[Charter, Case]:
    charter = structure(data, Charter)
    facts = {"at": NOW.isoformat()} | {k: v for k, v in shown.items() if k not in apart}
    before = [_before(charter, one) for one in facts.pop("earlier", ())]
    case = read_case(facts, charter)
    return charter, attrs.evolve(case, context=attrs.evolve(case.context, earlier=Earlier(before)))


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _before(charter: Charter, facts: Shown) -> Act:
    at = NOW - duration(facts["ago"])
    told = {key: given for key, given in facts.items() if key != "ago"}
    return read_case({"at": at.isoformat()} | told, charter).act


# ----------------------------------------------------------------------------------------- tests


def test_every_clause_of_the_page_is_shown_and_no_other() -> None:
    assert sorted(words for words, _, shown in shows() if "written" not in shown) == sorted(CLAUSES)
    assert len(LINES) == len(CLAUSES)


@pytest.mark.parametrize(("clause", "shown"), list(proofs("caught")))
def test_a_clause_catches_what_it_is_about(clause: Clause, shown: Shown) -> None:
    assert is_caught(clause, shown) is Truth.TRUE


@pytest.mark.parametrize(("clause", "shown"), list(proofs("passed")))
def test_a_clause_lets_pass_what_it_is_not_about(clause: Clause, shown: Shown) -> None:
    assert is_caught(clause, shown) is Truth.FALSE
