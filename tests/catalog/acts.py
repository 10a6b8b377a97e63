"""Acts to be ruled on by the charters to start from, each a little different from the next."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs

from cmcore import Act, Context, Decision, Message, catalog, decide
from cmcore.charters import CALM, Author, Earlier, Situation

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


def heard(tone: str | None, text: str | None = "…", **more: Any) -> Message:  # noqa: ANN401
    """Return a message of somebody else, an hour old."""
    told = {"topics": {"event"}, "author": "somebody", "at": NOON - timedelta(hours=1), **more}
    return Message(ours=False, tone=tone, text=text, **told)


def ours(minutes: int, replies: int, text: str = "Bonjour") -> Message:
    """Return a post of ours, so old and so often answered."""
    at = NOON - timedelta(minutes=minutes)
    return Message(ours=True, text=text, topics={"event"}, at=at, replies=replies)


def post(
    text: str | None = "Portes ouvertes samedi, on vous attend !",
    **more: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Return what an event announced on the brand's account is made from."""
    return {"kind": "publish", "topics": {"event"}, "text": text, **more}


def reply(tone: str | None, text: str = "Merci, nous regardons.", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what an answer is made from."""
    return post(text, **{"kind": "reply", "in_reply_to": heard(tone), **more})


def upon(kind: str, target: Message, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what an act upon a message is made from."""
    return {"kind": kind, "target": target, **more}


def decision(charter: str, told: dict[str, Any]) -> Decision:
    """Return what a charter to start from rules on an act, all labels harmless unless said."""
    law = catalog.charters[charter]
    labels = {**HARMLESS, "tone": TONES.get(charter), **told.get("labels", {})}
    known = {name: one for name, one in labels.items() if name in law.labels and one is not None}
    own = {key: one for key, one in told.items() if key not in ("labels", "context")}
    act = Act(**{"network": "facebook", "account": "brand", "labels": known, **own})
    around = Context(at=NOON, author=COMMUNICATOR, incident=CALM, earlier=Earlier())
    return decide(law, act, attrs.evolve(around, **told.get("context", {})))
