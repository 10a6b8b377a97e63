"""A table's texts are looked at all at once, and each is decided as if it were alone."""

from functools import partial
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Message,
    Rule,
    Stage,
    ValidationCircuit,
    WordList,
    fact,
)
from cmcore.charters import FactTest, Op
from cmcore.charters.index.lexicon import Lexicon
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.frames import decide_frame
from cmcore.frames.texts import quiet

from ..counted import steps

DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])
THERE: Final = True
CALM: Final = "Nothing at all is the matter with this long sentence"
TEXTS: Final = [
    *(CALM, CALM, f"{CALM} today", f"{CALM}, rappel", f"{CALM}: RAPPELS!", f"{CALM} #Rappel"),
    *(f"{CALM} un\x1frappel", f"{CALM} rap\x00pel", f"{CALM} rap\x07pel", f"{CALM} préRAPPEL"),
    *(f"{CALM} rap\u200bpel", f"{CALM} r\u00e1ppel", f"{CALM} lot_7", f"{CALM} 10 % off", "\x00"),
    *("rappel", "na", "n/a", "", " ", " \t ", "short", None, f"{CALM}\n\trappel", "petit rappel"),
    *(
        f"un petit rappel, {CALM}",
        f"{CALM} été",
        f"{CALM} ete",
        f"{CALM} \ufffd",
        "caf\u00c3\u00a9",
    ),
    *(
        f"{CALM} a_rappel_b",
        f"@rappel {CALM}",
        f"{CALM} xlot",
        f"{CALM} lots",
        f"\u202f{CALM}\u202f",
        " " * 40,
        "\x1c" * 40,
    ),
]
LISTS: Final = {
    "words": (WordList(["rappel", "lot"], ["petit rappel"]), WordList(["ete", "rappels"])),
    "beginnings": (WordList(["rappel*"]), WordList(["*lot"])),
    "signs": (WordList(["%", "#rappel"]), WordList(["10 %"])),
    "accents": (WordList(["=été", "rappel"]), WordList(["lot 7"])),
    "no Latin": (WordList(["\u043b\u044e\u0431\u043e\u0432\u044c"]), WordList(["\u4e00"])),
    "many": (WordList([f"mot{n}" for n in range(5_000)]), WordList(["rappel"])),
}
KINDS: Final = {
    "string": pa.string(),
    "large string": pa.large_string(),
    "view": pa.string_view(),
    "coded": pa.dictionary(pa.int32(), pa.string()),
}


def charter(one: WordList, other: WordList, *more: FactTest, of: str = "text") -> Charter:
    asked = [FactTest(of, Op.MENTIONS, one), FactTest(of, Op.MENTIONS, other), *more]
    effects = (Rule.forbid, Rule.permit, Rule.forbid, Rule.permit)
    rules = [make(f"r{at}", when=test, because=".")
             for at, (make, test) in enumerate(zip(effects, asked, strict=False))]  # fmt: skip
    rules.append(Rule.permit("else", when=~asked[1], because="."))
    return Charter("texts", rules=rules, circuits=[DESK], default="desk",
                   labels={"note": Label("text")})  # fmt: skip


def told(made: Charter, table: pa.Table) -> list[tuple[Any, ...]]:
    decided = decide_frame(made, table, explain=True)
    return [
        *zip(*(decided[name].to_pylist() for name in ("outcome", "circuits", "rules")), strict=True)
    ]


def due(made: Charter, act: Act) -> tuple[Any, ...]:
    found = judge(made, Facts(made, act, Context()))
    return str(found.outcome), [*found.circuits], [*found.determining]


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_text_in_a_table_is_decided_as_by_itself(
    lists: tuple[WordList, WordList], kind: pa.DataType
) -> None:
    made = charter(*lists)
    table = pa.table({"text": pa.array(TEXTS, pa.string()).cast(kind)})
    assert told(made, table) == [due(made, Act(text=text)) for text in TEXTS]


@pytest.mark.parametrize("more", [
    fact("text").matches("RAPP|10 %"), fact("text").present(THERE), fact("text.words").above(9),
])  # fmt: skip
def test_so_it_is_where_more_is_asked_of_it(more: FactTest) -> None:
    made = charter(*LISTS["words"], more)
    assert told(made, pa.table({"text": TEXTS})) == [due(made, Act(text=text)) for text in TEXTS]


def test_so_are_labels_and_the_texts_that_are_answered() -> None:
    texts = [text for text in TEXTS if text is not None]
    made = charter(*LISTS["words"], of="note")
    acts = [Act(labels={"note": text}) for text in texts]
    assert told(made, pa.table({"note": texts})) == [due(made, act) for act in acts]
    made = charter(*LISTS["words"], of="in_reply_to.text")
    acts = [Act(in_reply_to=Message(text=text)) for text in texts]
    assert told(made, pa.table({"in_reply_to.text": texts})) == [due(made, act) for act in acts]


def test_without_a_column_of_texts_they_are_unknown() -> None:
    made = charter(*LISTS["words"])
    assert told(made, pa.table({"kind": ["publish"]})) == [due(made, Act(kind="publish"))]


def test_whether_there_is_a_text_is_seen_without_a_list() -> None:
    texts = [text for text in TEXTS if text is not None]
    for name in ("text", "note"):
        said = fact(name).present(THERE)
        rules = [Rule.permit("said", when=said, because="."),
                 Rule.forbid("not", when=fact(name).present(not THERE), because=".")]  # fmt: skip
        made = Charter("texts", circuits=[DESK], default="desk", rules=rules,
                       labels={"note": Label("text")})  # fmt: skip
        acts = [Act(text=t) if name == "text" else Act(labels={name: t}) for t in texts]
        assert told(made, pa.table({name: texts})) == [due(made, act) for act in acts]


@pytest.mark.parametrize("name", LISTS)
def test_most_texts_are_not_looked_at_one_by_one(name: str) -> None:
    lists = Lexicon(dict(enumerate(LISTS[name], 1)))
    found = quiet(pa.array([CALM, f"{CALM} #rappel", f"{CALM} 10 %", "short", None]), lists)
    if name in {"accents", "many"}:
        assert not found.any()
    else:
        assert found[0]
        assert not found[np.array([3, 4])].any()
        assert not found[1] or name == "no Latin"


def test_a_long_list_is_made_ready_once() -> None:
    """A later frame takes no more steps for a list a hundred times as long."""
    costs = []
    for count in (30, 3_000):
        entries = tuple(f"w{number}" for number in range(count))
        made = charter(WordList(entries), WordList(["rappel"]))
        frame = pa.table({"text": [f"{CALM} w1", CALM]})
        told(made, frame)
        costs.append(steps(partial(told, made, frame)))
    assert costs[1] <= 1.2 * costs[0], costs
