"""Clauses of real charters about texts: what each catches and what not, in every engine alike."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Outcome, decide, parse
from cmcore.charters import compiled
from cmcore.charters.context import Context
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts

pa = pytest.importorskip("pyarrow")

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
LINK = "https://www.example.org/blog/2026/11/29/" + "long-" * 20
#: The clause -> what may not be, in a file; a text that is caught, and one that is not.
CLAUSES: dict[str, tuple[dict[str, Any], str, str]] = {
    "every-link-leads-to-us": (
        {"not": {"domains": {"only": ["ours.example"]}}},
        "https://ours.example et concurrent.fr",
        "https://ours.example et blog.ours.example/a",
    ),
    "no-site-of-the-rival": (
        {"domains": ["concurrent.fr"]},
        "La boutique.concurrent.fr a tout",
        "pasconcurrent.fr",
    ),
    "few-emoji": ({"text": {"emoji": {"above": 3}}}, "🎉🔥❤️👍🏽", f"🎉{ENGLAND}👨\u200d👩\u200d👧"),
    "no-emoji-twice-in-a-row": ({"text": {"emoji_run": {"above": 1}}}, "🎉 🎉", "🎉🔥🎉"),
    "one-exclamation-mark-in-a-row": (
        {"text": {"exclamation_run": {"above": 1}}},
        "Bravo ! !",
        "Bravo ! Merci !",
    ),
    "capitals-at-each-word-of-a-hashtag": (
        {"text": {"hashtag_word": {"above": 12}}},
        "#communitymanager",
        "#CommunityManager",
    ),
    "no-abbreviations": (
        {"text": {"capital_words": {"above": 0}}},
        "RDV à 9 h",
        "Rendez-vous à 9 h",
    ),
    "few-middle-dots": (
        {"text": {"middle_dots": {"above": 2}}},
        "les étudiant·e·s, ami·e·s",
        "ami·e·s",
    ),
    "too-long-for-x": (
        {"network": "x", "text": {"length_on_x": {"above": 280}}},
        "a" * 258 + " " + LINK,
        "a" * 256 + " " + LINK,
    ),
    "too-long-for-mastodon": (
        {"network": "x", "text": {"length_on_mastodon": {"above": 500}}},
        "a" * 480 + " " + LINK,
        "a" * 470 + " @ana@example.social",
    ),
    "too-long-for-bluesky": (
        {"network": "x", "text": {"graphemes": {"above": 300}}},
        "a" * 301,
        "👨\u200d👩\u200d👧" * 300,
    ),
    "fasting-is-not-young": (
        {"text": ["=jeûne", "=dû"]},
        "Le jeûne est DÛ",
        "Le jeune maire du port",
    ),
    "no-laws-of-others": ({"text": ["*gesetz"]}, "Das Grundgesetz", "Die Gesetze"),
    "no-discount": ({"text": ["-50 %"]}, "−50% demain", "Les 50 ans"),
}
TEXTS = sorted({text for _, *texts in CLAUSES.values() for text in texts})
pieces = st.sampled_from(
    [*TEXTS, "\ufffd", "cafÃ©", "#NAME?", "https://ours.fr.evil.new", "rien", " "]
)
texts = st.none() | st.lists(pieces, max_size=3).map(" ".join)


def charter_of(*clauses: str) -> Charter:
    rules = [{"forbid": one, "when": CLAUSES[one][0], "because": "So it says."} for one in clauses]
    data = {
        "charter": "c",
        "circuits": {"desk": [{"ask": {"role": "lead"}}]},
        "default": "desk",
        "rules": [*rules, {"permit": "else", "when": {"kind": "publish"}, "because": "Else."}],
    }
    return parse(json.dumps(data), Charter, format="json")


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_catches_what_it_means_and_nothing_else(clause: str) -> None:
    charter, (_, caught, free) = charter_of(clause), CLAUSES[clause]
    for text, outcome in ((caught, Outcome.FORBIDDEN), (free, Outcome.COVERED)):
        assert decide(charter, Act(kind="publish", network="x", text=text)).outcome is outcome, text


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_text_that_was_spoilt_is_not_let_out(clause: str) -> None:
    act = Act(kind="publish", network="x", text="caf\ufffd")
    assert decide(charter_of(clause), act).outcome is Outcome.EXCEPTION


@given(st.lists(texts, max_size=4))
def test_every_engine_decides_the_clauses_alike(drawn: list[str | None]) -> None:
    from cmcore.frames import decide_frame

    charter = charter_of(*CLAUSES)
    acts = [Act(kind="publish", network="x", text=text) for text in drawn]
    rulings = [judge(charter, Facts(charter, act, Context())) for act in acts]
    assert [compiled(charter).rule(act) for act in acts] == rulings
    table = pa.table({
        "kind": pa.array(["publish"] * len(acts), pa.string()),
        "network": pa.array(["x"] * len(acts), pa.string()),
        "text": pa.array(drawn, pa.string()),
    })  # fmt: skip
    framed = decide_frame(charter, table)
    assert framed["outcome"].to_pylist() == [str(ruling.outcome) for ruling in rulings]
