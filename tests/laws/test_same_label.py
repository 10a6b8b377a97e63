"""Acts alike under a label or by a hashtag: where both are known, and nowhere more than that."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Label, Outcome, audit, decide, parse
from cmcore.base.truth import Truth
from cmcore.charters import Earlier, Fulfilment, contrast
from cmcore.charters.conditions.facts import Log
from cmcore.charters.meaning.observation import Facts
from cmcore.codec.french import in_english, in_french

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
BEFORE: Final = NOON - timedelta(hours=1)
CHARTER: Final = parse(
    """
charter: campaigns
labels: {campaign: [spring, summer], risks: symbols, topic: symbol}
circuits: {desk: [{ask: {role: lead}}]}
default: desk
rules:
  - forbid: twice
    when: {recent.publish.same_campaign: {at least: 1 in 7 d}}
    because: Once a week.
  - permit: fresh
    when:
      kind: publish
      recent.publish.same_hashtag: {fewer than: 1 in 1 d}
      recent.publish.same_risks: {fewer than: 1 in 1 d}
    because: New.
expect:
  - {id: told, of: publish, after: delete, within: 2 h, same: campaign}
""",
    Charter,
    format="yaml",
)


def _said(said: dict[str, Any]) -> Act:
    labels = {name: value for name, value in said.items() if name in CHARTER.labels}
    own = {"kind": "publish", **said}
    return Act(at=BEFORE, labels=labels, **{n: v for n, v in own.items() if n not in labels})


def _count(same: str, one: Act, other: Act) -> tuple[int, int | None]:
    facts = Facts(CHARTER, attrs.evolve(one, at=NOON), Context(earlier=Earlier([other])))
    log = facts.read(f"recent.any.{same}")
    assert isinstance(log, Log)
    return log.count(timedelta(days=1))


@pytest.mark.parametrize(
    ("same", "one", "other", "count"),
    [
        ("same_campaign", {"campaign": "spring"}, {"campaign": "Spring "}, (1, 1)),
        ("same_campaign", {"campaign": "spring"}, {"campaign": "summer"}, (0, 0)),
        ("same_campaign", {"campaign": "spring"}, {}, (0, 1)),
        ("same_campaign", {}, {"campaign": "spring"}, (0, 1)),
        ("same_campaign", {"campaign": "spring"}, {"campaign": "autumn"}, (0, 1)),
        ("same_campaign", {"campaign": "spring"}, {"absent": {"campaign"}}, (0, 0)),
        ("same_risks", {"risks": {"a", "b"}}, {"risks": {"B"}}, (1, 1)),
        ("same_risks", {"risks": {"a"}}, {"risks": set[str]()}, (0, 0)),
        ("same_hashtag", {"text": "so #A"}, {"text": "#a and #b"}, (1, 1)),
        ("same_hashtag", {"hashtags": {"a"}, "text": "no"}, {"text": "#a"}, (1, 1)),
        ("same_hashtag", {"text": "so #a"}, {"text": "so a"}, (0, 0)),
        ("same_hashtag", {"text": "so #a"}, {"text": ""}, (0, 0)),
        ("same_hashtag", {"text": "so #a"}, {}, (0, 1)),
        ("same_hashtag", {"text": "so #a"}, {"text": "so \ufffd"}, (0, 1)),
        ("same_hashtag", {"text": "so \ufffd", "hashtags": {"b"}}, {"text": "#a"}, (0, 1)),
        ("same_hashtag", {"text": "so #a"}, {"kind": "hide"}, (0, 0)),
        # a label of a name that is told otherwise does not change what that means
        ("same_topic", {"topic": "a", "topics": {"x"}}, {"topic": "a", "topics": {"y"}}, (0, 0)),
    ],
)
def test_acts_are_alike_by_what_they_say(
    same: str, one: dict[str, Any], other: dict[str, Any], count: tuple[int, int]
) -> None:
    assert _count(same, _said(one), _said(other)) == count
    assert _count(same, _said(other), _said(one)) == count


SEASONS: Final = Label("symbol", {"spring", "winter"})
_WORDS: Final[dict[str, list[Any]]] = {
    "campaign": ["spring", "summer"],
    "risks": [{"a"}, {"a", "b"}, set[str]()],
}


@st.composite
def _acts(draw: st.DrawFn) -> Act:
    labels = {name: draw(st.sampled_from([None, *words])) for name, words in _WORDS.items()}
    told = {name: value for name, value in labels.items() if value is not None}
    return Act(
        kind=draw(st.sampled_from(["publish", "publish", "reply"])),
        at=BEFORE,
        text=draw(st.sampled_from([None, "so #a", "so #b", "so"])),
        labels=told,
    )


def _completed(act: Act, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Act:
    """Return the act with something said of all that nobody knew."""
    labels = {name: act.labels.get(name, draw(st.sampled_from(words)))
              for name, words in _WORDS.items()}  # fmt: skip
    text = draw(st.sampled_from(["so #a", "so #b", "so"])) if act.text is None else act.text
    return attrs.evolve(act, labels=labels, text=text)


@given(_acts(), st.lists(_acts(), max_size=3), st.data())
def test_nothing_that_turns_out_to_be_alike_lets_less_through(
    act: Act, earlier: list[Act], data: st.DataObject
) -> None:
    act = attrs.evolve(act, kind="publish", at=NOON)
    before = decide(CHARTER, act, Context(earlier=Earlier(earlier))).outcome
    told = [_completed(one, data.draw) for one in (act, *earlier)]
    after = decide(CHARTER, told[0], Context(earlier=Earlier(told[1:]))).outcome
    assert before in {Outcome.EXCEPTION, after}


@pytest.mark.parametrize(
    ("same", "field", "said"),
    [
        ("same_campaign", "campaign", {"labels": {"campaign": "summer"}}),
        ("same_hashtag", "hashtags", {"hashtags": {"b"}}),
        ("same_hashtag", "text", {"text": "so #b"}),
    ],
)
def test_an_edit_of_what_acts_have_in_common_is_read(
    same: str, field: str, said: dict[str, Any]
) -> None:
    earlier = Earlier([Act(kind="publish", at=BEFORE, text="#a", labels={"campaign": "spring"})])
    act = Act(kind="publish", at=NOON, text="so", hashtags={"a"}, labels={"campaign": "spring"})
    act = attrs.evolve(act, hashtags=None, text="so #a") if field == "text" else act
    facts, name = Facts(CHARTER, act, Context(earlier=earlier)), f"recent.publish.{same}"
    edited = attrs.evolve(act, **said)
    assert facts.read(name) != facts.edited(edited, field).read(name)
    assert facts.edited(edited, field).read(name) == Facts(CHARTER, edited, facts.context).read(
        name
    )


def test_a_label_that_another_charter_declares_otherwise_is_not_the_same_in_common() -> None:
    closed = attrs.evolve(CHARTER, labels={**CHARTER.labels, "campaign": SEASONS})
    assert contrast(CHARTER, closed).no_more_open is not Truth.TRUE
    assert contrast(CHARTER, CHARTER).equivalent is Truth.TRUE


@pytest.mark.parametrize(
    ("gone", "back", "standing"),
    [
        ("spring", "spring", Fulfilment.MET),
        ("spring", "summer", Fulfilment.MISSED),
        ("spring", None, Fulfilment.UNDECIDED),
        ("spring", "autumn", Fulfilment.UNDECIDED),
    ],
)
def test_what_follows_an_act_has_the_same_word(
    gone: str, back: str | None, standing: Fulfilment
) -> None:
    told = {} if back is None else {"campaign": back}
    history = [
        Act(kind="delete", at=NOON, labels={"campaign": gone}),
        Act(kind="publish", at=NOON + timedelta(hours=1), labels=told),
        Act(kind="reply", at=NOON + timedelta(days=3)),
    ]
    (found,) = audit(CHARTER, history).expectations
    assert found.standing is standing
    assert found.text() == "`publish` within 2 h after `delete`, of the same `campaign`"


@pytest.mark.parametrize(
    ("label", "french"),
    [("campagne", "même_campagne"), ("sujet", "same_sujet"), ("topic", "même_sujet")],
)
def test_what_acts_have_in_common_is_asked_in_french(label: str, french: str) -> None:
    when = {f"recent.publish.same_{label}": {"at least": "1 in 7 d"}}
    rule = {"forbid": "twice", "when": when, "because": "So."}
    data = {"charter": "c", "labels": {label: "symbol"}, "rules": [rule]}
    told: Any = in_french(data, Charter)
    (asked,) = told["règles"][0]["quand"]
    assert asked == f"récents.publication.{french}"
    read: Any = in_english(told, Charter)[0]
    assert [*read["rules"][0]["when"]] == [*when]
    mixed: Any = in_english({**data, "titre": "Une charte"}, Charter)[0]
    assert [*mixed["rules"][0]["when"]] == [*when]
