"""Forty acts, calm and less calm, ruled on by each charter to start from, as its page says."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from cmcore import (
    CALM,
    Act,
    Author,
    Context,
    Decision,
    Earlier,
    Message,
    Outcome,
    Situation,
    catalog,
    decide,
)  # fmt: skip

PAGE: Final = Path(__file__).parents[2] / "docs/reference/catalog.md"
NOON: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
NIGHT: Final = datetime(2026, 3, 4, 3, tzinfo=UTC)
CRISIS: Final = Situation(open=True, severity="high")
#: Every label at the value that objects to nothing, so that only the act itself decides.
HARMLESS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("aggressive", "personal", "promise", "promotional"), False),
    **dict.fromkeys(("asks_money", "personal_data", "correction"), False),
    "positive": True,
}
TONES: Final = {"large-group": "courteous", "public-service": "neutral"}
COMMUNICATOR: Final = Author(roles={"communicator"})
AMBASSADOR: Final = Author(roles={"ambassador"})
INTERN: Final = Author(roles={"communicator"}, contract="internship")


def _heard(tone: str | None) -> Message:
    return Message(ours=False, tone=tone, text="…", author="somebody", at=NOON - timedelta(hours=1))


def _ours(minutes: int, replies: int) -> Message:
    at = NOON - timedelta(minutes=minutes)
    return Message(ours=True, text="Bonjour", at=at, replies=replies)


def _post(text: str = "Portes ouvertes samedi, on vous attend !", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"kind": "publish", "topics": {"event"}, "text": text, **more}


def _reply(tone: str | None, text: str = "Merci, nous regardons.", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return _post(text, kind="reply", in_reply_to=_heard(tone), **more)


def _upon(kind: str, target: Message, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"kind": kind, "target": target, **more}


EARLIER: Final = [
    Act(kind="publish", topics={"team"}, at=NOON - timedelta(hours=h)) for h in (1, 2, 3)
]
OFFER: Final = Act(kind="publish", topics={"event"}, at=NOON - timedelta(days=2))
OWN: Final = {"account": "own"}
#: What the page calls an act -> what it is; `context` and `labels` are what is not the act's own.
ACTS: Final[Mapping[str, dict[str, Any]]] = {
    "an event announced": _post(),
    "the same, with what it is about unknown": _post(topics=None),
    "the same, whether it promises something unknown": _post(labels={"promise": None}),
    "a product presented": _post("Nos sablés sont de retour.", topics={"product"}),
    "an offer, the first this week": _post(labels={"promotional": True}),
    "an offer, the second this week": _post(
        labels={"promotional": True}, context={"earlier": Earlier([OFFER])}
    ),
    "a fourth post on one day": _post(context={"earlier": Earlier(EARLIER)}),
    "a post on a network that no charter names": _post(network="tiktok"),
    "somebody else's post on an event shared": _post(kind="share"),
    "a like": {"kind": "react", "topics": {"event"}, "target": _heard("kind")},
    "an event announced at three in the morning": _post(context={"at": NIGHT}),
    "an intern announces an event": _post(context={"author": INTERN}),
    "an answer to kind words": _reply("kind"),
    "an answer to a question": _reply("neutral"),
    "an answer to a question at three in the morning": _reply("neutral", context={"at": NIGHT}),
    "an answer that promises something": _reply("neutral", labels={"promise": True}),
    "an answer to criticism": _reply("critical"),
    "an intern answers criticism": _reply("critical", context={"author": INTERN}),
    "an answer to an attack": _reply("hostile"),
    "an answer to a message of unknown tone": _reply(None),
    "an event announced from somebody's own account": _post(**OWN),
    "good news shared by an ambassador, own account": _post(
        kind="share", **OWN, context={"author": AMBASSADOR}
    ),
    "an ambassador speaks on the brand's account": _post(context={"author": AMBASSADOR}),
    "an attack posted from somebody's own account": _post("Ce maire, quel abruti.", **OWN),
    "« Rappel de véhicules, airbags défectueux »": _post(
        "Rappel de véhicules, airbags défectueux."
    ),
    "“We are recalling batch 12”": _post("We are recalling batch 12."),
    "« Accident sur le site ce matin »": _post("Accident sur le site ce matin."),
    "« Petit rappel : portes ouvertes samedi »": _post("Petit rappel : portes ouvertes samedi."),
    "an answer with the word recall": _reply("neutral", "The recall does not concern you."),
    "crisis open: an intern announces a feast": _post(
        "Nos roses sont en fête !", context={"incident": CRISIS, "author": INTERN}
    ),
    "crisis open: “you may drive on” to a question": _reply(
        "neutral", "Vous pouvez rouler.", context={"incident": CRISIS}
    ),
    "crisis open: an insult hidden": _upon("hide", _heard("hostile"), context={"incident": CRISIS}),
    "crisis open: an ironic edit of our own post": _upon(
        "edit", _ours(30, 40), topics={"event"}, text="Rire est bon.", context={"incident": CRISIS}
    ),
    "whether a crisis is open unknown": _post(context={"incident": Situation(open=None)}),
    "an insult hidden": _upon("hide", _heard("hostile")),
    "criticism deleted": _upon("delete", _heard("critical")),
    "criticism hidden": _upon("hide", _heard("critical")),
    "somebody blocked": _upon("block", _heard("hostile")),
    "our own post deleted within the hour, unanswered": _upon("delete", _ours(20, 0)),
    "our own post deleted after 500 answers": _upon("delete", _ours(20, 500)),
    "our own post corrected, and said so": _upon(
        "edit",
        _ours(90, 12),
        topics={"event"},
        text="Corrigé : le 14.",
        labels={"correction": True},
    ),
    "our own post changed without a word": _upon(
        "edit", _ours(90, 12), topics={"event"}, text="Samedi 14."
    ),
    "an insult": _post("Quel ABRUTI !"),
    "a competitor's troubles": _post(topics={"competitor-trouble"}),
    "a personal position": _post(labels={"personal": True}),
    "elections": _post(topics={"politics", "elections"}),
}


def _decision(charter: str, told: dict[str, Any]) -> Decision:
    law = catalog.charters[charter]
    labels = {**HARMLESS, "tone": TONES.get(charter), **told.get("labels", {})}
    known = {name: one for name, one in labels.items() if name in law.labels and one is not None}
    own = {key: one for key, one in told.items() if key not in ("labels", "context")}
    act = Act(**{"network": "facebook", "account": "brand", "labels": known, **own})
    around = Context(at=NOON, author=COMMUNICATOR, incident=CALM, earlier=Earlier())
    return decide(law, act, attrs.evolve(around, **told.get("context", {})))


def _rows() -> dict[str, tuple[str, ...]]:
    lines = PAGE.read_text(encoding="utf-8").partition("<!-- starter acts -->")[2].splitlines()
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if line.startswith("|")]
    return {name: tuple(outcomes) for name, *outcomes in cells[2:]}


def test_the_page_has_a_row_for_each_act() -> None:
    assert list(_rows()) == [*ACTS]


@pytest.mark.parametrize("name", ACTS)
def test_each_charter_rules_as_its_page_says(name: str) -> None:
    found = tuple(str(_decision(charter, ACTS[name]).outcome) for charter in catalog.charters)
    assert found == _rows()[name]


@pytest.mark.parametrize("charter", catalog.charters)
def test_nothing_goes_out_by_itself_while_a_crisis_is_open(charter: str) -> None:
    for told in ACTS.values():
        around = {**told.get("context", {}), "incident": CRISIS}
        decision = _decision(charter, {**told, "context": around})
        assert decision.outcome is not Outcome.COVERED
