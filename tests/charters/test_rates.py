"""What charters ask of how often, how soon and what came first, each clause at work and at rest."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from cmcore import Charter, Outcome, audit, decide, dump, parse, structure
from cmcore.charters import Act, Context, Earlier

#: A Wednesday, in a week that began in another month.
NOW: Final = datetime(2026, 4, 1, 15, tzinfo=UTC)
CHARTER: Final = """
charter: rates
zone: Europe/Paris
labels: {insult: flag}
counts:
  own-posts: {kind: [publish, quote, share]}
  promotions: {kind: [publish, quote, share], topics: {any of: [promotion]}}
  calls-to-order: {kind: [warn, hide], insult: yes}
  contest-posts: {template: contest}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - permit: rest
    because: Everyday acts.
  - refer: three-an-hour
    to: desk
    when: {kind: [publish, quote, share], recent.own-posts.same_account: {at least: 3 in 1 h}}
    because: At most three posts an hour, quotes and shares included.
  - refer: few-promotions
    to: desk
    when: {topics: {any of: [promotion]}, recent.promotions: {at least: 2 per week}}
    because: Two promotions a week at most.
  - forbid: once-a-month
    when: {template: contest, recent.contest-posts: {at least: 1 per month}}
    because: One contest a month.
  - forbid: warn-first
    when: {kind: block, recent.warn.same_person: {fewer than: 1 ever}}
    because: Nobody is blocked who was not warned.
  - forbid: on-repetition
    when: {kind: block, recent.calls-to-order.same_person: {fewer than: 2 in 90 d}}
    because: Who insults us again within 90 days is blocked, and nobody else.
  - refer: not-again-soon
    to: desk
    when:
      topics: {any of: [partners]}
      not: {recent.publish.same_topic: {at least: 14 days since}}
    because: Nothing about partners within 14 days of the last.
  - refer: one-voice
    to: desk
    when:
      kind: reply
      recent.reply.same_person: {at least: 1 in 7 d}
      recent.reply.same_person.same_author: {fewer than: 1 in 7 d}
    because: One voice in a conversation for a week.
"""
RATES: Final = parse(CHARTER, Charter, format="yaml")
USUAL: Final[dict[str, Any]] = {
    "kind": "publish",
    "account": "main",
    "author": "ana",
    "topics": ["news"],
    "template": "(none)",
}


def _ago(facts: dict[str, Any], *ago: timedelta) -> list[Act]:
    return [_act(facts, NOW - one) for one in ago]


def _act(facts: dict[str, Any], at: datetime = NOW) -> Act:
    told = {**USUAL, **facts}
    labels = {"insult": told.pop("insult", False)}
    absent = [name for name in ("template",) if told[name] == "(none)"]
    given = {name: one for name, one in told.items() if name not in absent}
    return structure({**given, "at": at.isoformat(), "labels": labels, "absent": absent}, Act)


def minutes(*many: int) -> list[timedelta]:
    return [timedelta(minutes=one) for one in many]


def days(*many: float) -> list[timedelta]:
    return [timedelta(days=one) for one in many]


SHARE: Final = {"kind": "share"}
PROMOTION: Final = {"topics": ["promotion"]}
CONTEST: Final = {"template": "contest"}
TROLL: Final = {"target": {"author": "@troll"}}
BLOCK: Final = {"kind": "block", **TROLL}
WARN: Final = {"kind": "warn", **TROLL, "insult": True}
HIDE: Final = {"kind": "hide", **TROLL, "insult": True}
PARTNERS: Final = {"topics": ["partners"]}
REPLY: Final = {"kind": "reply", "in_reply_to": {"author": "@jo"}}
#: Rule -> the act, what came before where it is caught, and where it is not.
CLAUSES: Final[dict[str, list[tuple[dict[str, Any], list[Act], list[Act]]]]] = {
    "three-an-hour": [
        (SHARE, _ago({}, *minutes(50, 10)) + _ago(SHARE, *minutes(5)),
         _ago({}, *minutes(60, 10)) + _ago(SHARE, *minutes(5))),
        ({}, _ago(SHARE, *minutes(1, 2, 3)), _ago({"kind": "react"}, *minutes(1, 2, 3))),
        ({}, _ago({}, *minutes(1, 2, 3)), _ago({"account": "other"}, *minutes(1, 2, 3))),
    ],
    # Monday was in March; the Sunday before it was of another week
    "few-promotions": [
        (PROMOTION, _ago(PROMOTION, *days(1, 2)), _ago(PROMOTION, *days(1, 3))),
        (PROMOTION, _ago(PROMOTION | SHARE, *days(1, 2)), _ago({}, *days(1, 2))),
    ],
    # at midnight of the first of April in Paris, it was March in London
    "once-a-month": [(CONTEST, _ago(CONTEST, *minutes(960)), _ago(CONTEST, *minutes(1080)))],
    "warn-first": [(BLOCK, [], _ago(WARN, *days(900)))],
    "on-repetition": [
        (BLOCK, _ago(WARN, *days(91, 1)), _ago(WARN, *days(89, 1))),
        (BLOCK, _ago(WARN, *days(1)), _ago(WARN, *days(1)) + _ago(HIDE, *days(30))),
        (BLOCK, _ago(WARN, *days(1)) + _ago(HIDE | {"insult": False}, *days(30)),
         _ago(WARN, *days(1)) + _ago(HIDE, *days(30))),
    ],
    "not-again-soon": [(PARTNERS, _ago(PARTNERS, *days(13)), _ago(PARTNERS, *days(14)))],
    "one-voice": [
        (REPLY, _ago(REPLY | {"author": "bo"}, *days(6)), _ago(REPLY, *days(6))),
        (REPLY, _ago(REPLY | {"author": "bo"}, *days(6)), _ago(REPLY | {"author": "bo"}, *days(8))),
    ],
}  # fmt: skip
CASES: Final = [(rule, *case) for rule, cases in CLAUSES.items() for case in cases]


def test_every_clause_is_shown() -> None:
    assert CLAUSES.keys() == {rule.id for rule in RATES.rules} - {"rest"}
    assert parse(dump(RATES, format="yaml"), Charter, format="yaml") == RATES


@pytest.mark.parametrize(("rule", "facts", "caught", "passed"), CASES)
def test_a_clause_catches_what_came_too_often_or_too_soon(
    rule: str, facts: dict[str, Any], caught: list[Act], passed: list[Act]
) -> None:
    for before, is_caught in ((caught, True), (passed, False)):
        found = decide(RATES, _act(facts), Context(earlier=Earlier(before)))
        fired = {one.rule for one in found.rules if one.rule != "rest"}
        assert (rule in fired) is is_caught
        assert (found.outcome is Outcome.COVERED) is (not fired)


def test_a_count_is_said_with_the_time_that_it_is_of() -> None:
    before = Earlier([_act(SHARE, NOW - timedelta(minutes=n)) for n in (1, 2, 3)])
    found = str(decide(RATES, _act({}), Context(earlier=before)))
    assert "`recent.own-posts.same_account` is 3, at least 3 (1 h)" in found
    again = Earlier([_act({"template": "contest"}, NOW - timedelta(hours=2))])
    found = str(decide(RATES, _act({"template": "contest"}), Context(earlier=again)))
    assert "`recent.contest-posts` is 1, at least 1 (in the month)" in found


def test_an_audit_knows_how_many_came_before() -> None:
    times = [timedelta(minutes=15 * place) for place in range(6)]
    rows = [_act(SHARE if place % 2 else {}, NOW + at) for place, at in enumerate(times)]
    found = audit(RATES, rows, context=Context(earlier=Earlier()))
    assert (found.covered, found.total) == (3, 6)
    (cause,) = found.causes
    assert cause.rules == ("three-an-hour",)
