"""Suggestion: what it says would be covered is covered, and it claims nothing beyond its counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Context,
    InvalidError,
    Label,
    Message,
    Outcome,
    Rule,
    audit,
    dump,
    fact,
    parse,
)
from cmcore.base.truth import Truth
from cmcore.charters import (
    BLANK,
    All,
    Case,
    Condition,
    Earlier,
    Effect,
    FactTest,
    Left,
    Op,
    Scope,
    Suggestion,
    Unreadable,
    any_of,
    suggest,
)
from cmcore.charters.audits.cases import cases
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.suggestions._groups import HEADS
from cmcore.display.wording import LANGUAGES
from cmcore.strategies import charters, histories
from cmcore.strategies._drawing import number, pick

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
#: A draft that holds and permits something of its own, and covers two networks only.
DRAFT: Final = attrs.evolve(
    BLANK,
    rules=[
        Rule.refer("recalls", to="desk", when=fact("topics").any_of("recall"), because="Look."),
        Rule.forbid("anger", when=fact("tone").is_("angry"), because="Never."),
        Rule.permit("thanks", when=fact("template").is_("thanks"), because="Fine."),
    ],
    target=0.8,
    scope=Scope(networks={"one", "two"}),
    labels={"tone": Label("symbol"), "price": Label("flag")},
)
#: What little is said of an act, so that acts have much in common; the usual comes first.
SAID: Final[dict[str, Sequence[Any]]] = {
    "kind": ("publish", "publish", "publish", "share", "reply", "delete", "message", None),
    "network": ("one", "one", "one", "two", "three", None),
    "account": ("us", "us", "us", "them", None),
    "format": ("post", "post", "post", "story", "absent", None),
    "language": ("en", "en", "en", "fr", None),
    "topics": ({"tea"}, {"tea"}, {"tea", "shop"}, set(), {"recall"}, None, "absent"),
    "media": ({"photo"}, {"photo"}, {"photo", "video"}, set(), None),
    "template": ("absent", "absent", "thanks", None),
    "paid": (False, False, False, True, None),
    "in_reply_to": (None, Message(kind="question"), "absent"),
    "price": (False, True, None),
    "tone": ("calm", "calm", "merry", "angry", "absent", None),
}


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Return an act most of which is usual: of few facts something else is drawn."""
    other = draw(st.sets(st.sampled_from(sorted(SAID)), max_size=3))
    drawn = {
        name: pick(draw, values) if name in other else values[0] for name, values in SAID.items()
    }
    absent = {name for name, value in drawn.items() if value == "absent"}
    said = {n: v for n, v in drawn.items() if v is not None and n not in absent}
    labels = {name: said.pop(name) for name in DRAFT.labels if name in said}
    hours = pick(draw, (0, 0, 1, 2, 3, 13, 26, 50, None))
    at = None if hours is None else NOON + timedelta(hours=hours)
    return Act(at=at, labels=labels, absent=absent, **said)


@st.composite
def rows(draw: st.DrawFn) -> list[Act | Case | Unreadable]:
    few = draw(st.lists(acts(), max_size=6))
    many = [one for one in few for _ in range(number(draw, 1, 6))]
    spoilt = [Unreadable(f"line {n}") for n in range(pick(draw, (0, 0, 0, 2)))]
    return [*many, *spoilt]


DRAFTS: Final = st.sampled_from([BLANK, attrs.evolve(BLANK, target=0.5), DRAFT])
LEAST: Final = st.integers(1, 4)
AROUND: Final = st.sampled_from([None, Context(earlier=Earlier())])


def is_counted(found: Suggestion) -> bool:
    """Return whether everything is accounted for once."""
    permits = [one for one in found.suggested if one.rule.effect is Effect.PERMIT]
    counted = found.already + sum(one.support for one in permits)
    left = sum(one.count for one in found.uncovered)
    return counted == found.covered and found.covered + left == found.total


class TestWhatIsClaimed:
    """The counts are those of an audit of the charter suggested, on the same history."""

    @given(DRAFTS, rows(), LEAST, AROUND)
    def test_an_audit_of_it_covers_as_many(
        self,
        draft: Charter,
        history: list[Act | Case | Unreadable],
        least: int,
        around: Context | None,
    ) -> None:
        found = suggest(history, draft, least=least, context=around)
        report = audit(found.charter, history, context=around)
        assert (found.covered, found.total) == (report.covered, report.total)
        assert found.share == report.share
        assert is_counted(found)
        event(f"{len(found.suggested)} rules")
        fired = {one.rule: one for one in report.rules}
        for one in found.suggested:
            if one.rule.effect is Effect.PERMIT:
                assert one.support <= fired[one.rule.id].determined
            else:
                held = sum(u.count for u in found.uncovered if u.rule == one.rule.id)
                assert one.left == held <= fired[one.rule.id].determined

    @given(charters(max_rules=4), st.data(), LEAST)
    def test_it_is_so_whatever_the_draft_and_the_history(
        self, draft: Charter, data: st.DataObject, least: int
    ) -> None:
        history = [*data.draw(histories(draft))]
        again = [*history, *history]
        for given_ in (again, iter(again)):
            found = suggest(given_, draft, least=least)
            is_stream = given_ is not again
            report = audit(found.charter, iter(again) if is_stream else again)
            assert (found.covered, found.total) == (report.covered, report.total)
            assert is_counted(found)
        assert parse(dump(found.charter, format="json"), Charter, format="json") == found.charter

    @given(DRAFTS, rows(), LEAST)
    def test_the_draft_keeps_what_it_decides(
        self, draft: Charter, history: list[Act | Case | Unreadable], least: int
    ) -> None:
        found = suggest(history, draft, least=least)
        assert found.charter.rules[: len(draft.rules)] == draft.rules
        already = 0
        for one in cases(found.charter, history, Context()):
            if isinstance(one, Case):
                now = judge(found.charter, Facts(found.charter, one.act, one.context)).outcome
                was = judge(draft, Facts(draft, one.act, one.context)).outcome
                already += now is was is Outcome.COVERED
        assert found.already == already
        for row in history:
            if isinstance(row, Act):
                facts = Facts(draft, row, Context())
                before, after = judge(draft, facts), judge(found.charter, facts)
                if before.determining and before.outcome is not Outcome.COVERED:
                    assert after.outcome is before.outcome
                if before.outcome is not Outcome.COVERED and row.kind in {"delete", "message"}:
                    assert after.outcome is not Outcome.COVERED


def seen_of(draft: Charter, row: Act) -> tuple[object, ...]:
    return tuple(Facts(draft, row, Context()).read(name) for name in HEADS)


def boxes(rule: Rule) -> Iterator[dict[str, object]]:
    """Yield each combination that a permit names of what acts are told apart by."""
    named = {test.fact: test for test in asked_by(rule.when) if test.fact in HEADS}
    for combined in product(*(values(test) for test in named.values())):
        yield dict(zip(named, combined, strict=True))


def values(test: FactTest) -> list[object]:
    if test.op is Op.PRESENT:
        return [None]
    return [*test.operand] if isinstance(test.operand, frozenset) else [test.operand]


class TestNothingIsOverfitted:
    """What a permit names was seen often enough, together; and few permits name it."""

    @given(DRAFTS, rows(), LEAST)
    def test_every_combination_that_a_permit_names_was_seen_often_enough(
        self, draft: Charter, history: list[Act | Case | Unreadable], least: int
    ) -> None:
        found = suggest(history, draft, least=least)
        seen = Counter(seen_of(draft, row) for row in history if isinstance(row, Act))
        for one in found.suggested:
            if one.rule.effect is Effect.PERMIT:
                for box in boxes(one.rule):
                    fits = [
                        count
                        for combined, count in seen.items()
                        if all(
                            (got == box[name]) or (box[name] is None and not isinstance(got, str))
                            for name, got in zip(HEADS, combined, strict=True)
                            if name in box
                        )
                    ]
                    assert sum(fits) >= least

    @given(DRAFTS, rows(), LEAST)
    def test_every_word_that_a_permit_names_was_seen_often_enough(
        self, draft: Charter, history: list[Act | Case | Unreadable], least: int
    ) -> None:
        found = suggest(history, draft, least=least)
        for one in found.suggested:
            for test in asked_by(one.rule.when):
                if test.op is Op.ONLY:
                    for word in values(test):
                        with_it = [
                            row
                            for row in history
                            if isinstance(row, Act)
                            and isinstance(
                                many := Facts(draft, row, Context()).read(test.fact), frozenset
                            )
                            and word in many
                        ]
                        assert len(with_it) >= least

    @given(DRAFTS, rows(), LEAST)
    def test_a_permit_leaves_out_no_more_of_its_acts_than_the_target_allows(
        self, draft: Charter, history: list[Act | Case | Unreadable], least: int
    ) -> None:
        found = suggest(history, draft, least=least)
        given_ = [row for row in cases(found.charter, history, Context()) if isinstance(row, Case)]
        for rule in found.rules:
            if rule.effect is Effect.PERMIT:
                heads = [test for test in asked_by(rule.when) if test.fact in HEADS]
                like = [
                    facts
                    for row in given_
                    if judge(draft, facts := Facts(draft, row.act, row.context)).outcome
                    is Outcome.EXCEPTION
                    and not judge(draft, facts).determining
                    and (draft is not DRAFT or row.act.network in {"one", "two"})
                    and all(truth(test, facts) is Truth.TRUE for test in heads)
                ]
                kept = sum(truth(rule.when, facts) is Truth.TRUE for facts in like)
                assert len(like) - kept <= (1 - draft.target) * len(like) + 1e-6

    @given(DRAFTS, rows(), st.data())
    def test_the_order_of_undated_acts_changes_nothing(
        self, draft: Charter, history: list[Act | Case | Unreadable], data: st.DataObject
    ) -> None:
        undated = [attrs.evolve(row, at=None) for row in history if isinstance(row, Act)]
        other = data.draw(st.permutations(undated))
        found, again = suggest(undated, draft), suggest(other, draft)
        assert found.rules == again.rules
        assert found.covered == again.covered


def test_each_fact_of_an_act_is_observed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Counter[tuple[str | None, str]]()
    observe = Facts._observe  # noqa: SLF001 - how often it is called is what is asked

    def counting(facts: Facts, name: str) -> object:
        seen[facts.act.id, name] += 1
        return observe(facts, name)

    monkeypatch.setattr(Facts, "_observe", counting)
    history = [
        Act(id=str(n), kind="publish", network="one", at=NOON + timedelta(hours=n))
        for n in range(30)
    ]
    assert suggest(iter(history)).covered
    assert {*seen.values()} == {1}


class TestVolumes:
    """What is more than usual in a day is referred, of each kind that nobody waits for."""

    @given(st.lists(st.integers(1, 5), min_size=5, max_size=20), LEAST)
    def test_the_bound_is_the_least_that_is_seldom_exceeded(
        self, days: list[int], least: int
    ) -> None:
        history = [
            Act(kind="publish", network="one", at=NOON + timedelta(days=day, minutes=n))
            for day, count in enumerate(days)
            for n in range(count)
        ]
        found = suggest(history, least=least, context=Context(earlier=Earlier()))
        before = sorted(n for count in days for n in range(count))
        may = min(least - 1, int(round(0.05 * len(history), 9)))
        rules = [rule for rule in found.rules if rule.effect is Effect.REFER]
        asked = [test for rule in rules for test in asked_by(rule.when) if "recent" in test.fact]
        bounds = [test.operand.count for test in asked]  # type: ignore[union-attr]
        assert bounds == ([before[-may - 1]] if len(history) >= least else [])
        assert {test.fact for test in asked} <= {"recent.publish.same_network"}


def test_what_is_unknown_often_enough_is_not_asked_and_seldom_leaves_the_act_out() -> None:
    known = [Act(kind="publish", network="one", language="en")] * 4
    for count, covered in ((3, 4), (4, 8), (5, 9)):
        hidden = [Act(kind="publish", network="one")] * count
        found = suggest([*known, *hidden], least=4)
        asked = {test.fact for rule in found.rules for test in asked_by(rule.when)}
        assert ("language" in asked) is (count < 4)
        assert found.covered == covered


def test_each_act_that_is_not_covered_has_its_reason_in_both_languages() -> None:
    post = Act(kind="publish", network="one", paid=False, topics={"tea"}, absent={"template"},
               labels={"tone": "calm"})  # fmt: skip
    days = [0, 0, 0, 0, *range(1, 40)]
    odd: list[Act] = [
        attrs.evolve(post, topics={"recall"}),
        attrs.evolve(post, network="three"),
        attrs.evolve(post, kind="delete"),
        attrs.evolve(post, paid=True),
        attrs.evolve(post, kind="quote"),
        attrs.evolve(post, template="thanks", absent=()),
    ]
    history: list[Act | Case | Unreadable] = [
        *(attrs.evolve(post, at=NOON + timedelta(days=day)) for day in days),
        *(attrs.evolve(one, at=NOON + timedelta(days=50 + n)) for n, one in enumerate(odd)),
        Unreadable("line 99"),
    ]
    known = Context(earlier=Earlier())
    found = suggest(history, attrs.evolve(DRAFT, target=0.9), context=known)
    assert {one.why for one in found.uncovered} == {*Left}
    assert (found.already, found.covered, found.total) == (1, 41, 50)
    for language in LANGUAGES:
        text = found.text(language)
        suggested = found.charter_in(language).rules[-len(found.suggested) :]
        assert all(rule.id in text for rule in suggested)
        assert str(found.already) in text
    assert {one.because("fr").split()[0] for one in found.suggested} == {"Publié", "Plus"}
    assert [rule.because for rule in found.charter_in("en").rules] == [
        rule.because for rule in found.charter.rules
    ]


def test_no_line_of_what_is_not_covered_is_longer_than_a_page_is_wide() -> None:
    posts = [Act(id=f"https://example.org/{'long/' * 20}{n}", kind="delete") for n in range(3)]
    lines = suggest(posts).text().splitlines()
    assert lines
    assert max(map(len, lines)) < 130


def test_permits_for_what_differs_in_one_fact_are_one() -> None:
    posts = [Act(kind=kind, network=network, account="us") for _ in range(5)
             for kind in ("publish", "share") for network in ("one", "two")]  # fmt: skip
    (one,) = suggest(posts).suggested
    assert (one.rule.id, one.support, one.left) == ("publish-share", 20, 0)
    assert suggest([]).text().startswith("suggested: a charter that covers –")


@pytest.mark.parametrize(
    ("busy", "asked"),
    [
        ([9, 10], fact("local.hour").between(9, 10)),
        ([9], fact("local.hour").is_(9)),
        ([0, 1], fact("local.hour").at_most(1)),
        ([22, 23], fact("local.hour").at_least(22)),
        ([22, 1], any_of(fact("local.hour").at_least(22), fact("local.hour").at_most(1))),
        ([*range(24)], None),
    ],
)
def test_hours_are_those_outside_the_longest_quiet_time(
    busy: list[int], asked: Condition | None
) -> None:
    start = NOON.replace(hour=0)
    history = [
        Act(kind="reply", at=start + timedelta(days=day, hours=hour))
        for day in range(40)
        for hour in busy
    ]
    (rule,) = suggest(history).rules
    parts = rule.when.of if isinstance(rule.when, All) else (rule.when,)
    kind = fact("kind").is_("reply")
    assert [part for part in parts if part != kind] == ([] if asked is None else [asked])


def test_ids_are_fresh() -> None:
    rule = Rule.refer("publish", to="desk", when=fact("paid").is_(True), because="Paid.")
    posts = [Act(kind="publish", network=one, format=f, paid=False)
             for one, f in (("one", "post"), ("two", "story")) for _ in range(5)]  # fmt: skip
    found = suggest(posts, BLANK.with_rule(rule))
    assert [rule.id for rule in found.rules] == ["publish-2", "publish-3"]


def test_a_least_below_one_is_refused() -> None:
    with pytest.raises(InvalidError, match="least"):
        suggest([], least=0)
