"""The charters to start from: what they let out, what they send to somebody, what they forbid."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore import Act, Context, Message, Outcome, catalog, decide
from cmcore.charters import CALM, Author, Earlier
from cmcore.organisations import Aims

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
CHARTERS = [*catalog.charters]
#: What nobody objects to, with an answer to all that any of the charters asks.
FINE: dict[str, Any] = {
    **dict.fromkeys(("aggressive", "personal", "promise", "promotional"), False),
    **dict.fromkeys(("asks_money", "personal_data"), False),
}
TONES = {"large-group": "courteous", "public-service": "neutral"}
USUAL = {"public-service": "opening", "association": "event"}


def _decide(
    charter: str,
    author: Author | None = None,
    **told: Any,  # noqa: ANN401 - whatever acts have
) -> tuple[Outcome, tuple[str, ...]]:
    law = catalog.charters[charter]
    labels = {**FINE, "positive": True, "tone": TONES.get(charter, ""), **told.pop("labels", {})}
    known = {name: one for name, one in labels.items() if name in law.labels}
    given = {
        "kind": "publish",
        "network": "facebook",
        "account": "brand",
        "topics": {USUAL.get(charter, "product")},
        "text": "Bonjour à tous",
        **told,
    }
    context = Context(
        at=NOON, author=author or Author(roles={"communicator"}), incident=CALM, earlier=Earlier()
    )
    decision = decide(law, Act(labels=known, **given), context)
    return decision.outcome, decision.determining


def _heard(tone: str, *, ours: bool | None = None) -> Message:
    return Message(ours=ours, tone=tone, text="Bonjour", topics=())


@pytest.mark.parametrize("charter", CHARTERS)
def test_everyday_posts_go_out(charter: str) -> None:
    assert _decide(charter)[0] is Outcome.COVERED


@pytest.mark.parametrize("charter", CHARTERS)
@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"labels": {"aggressive": True}}, "aggression"),
        ({"text": "Quel ABRUTI !"}, "aggression"),
        ({"topics": {"competitor-trouble"}}, "troubles"),
        ({"labels": {"personal": True}}, "personal-positions"),
        ({"topics": {"strategy"}}, "politics"),
    ],
)
def test_what_the_texts_forbid_is_forbidden(
    charter: str, told: Mapping[str, Any], rule: str
) -> None:
    outcome, rules = _decide(charter, **told)
    assert outcome is Outcome.FORBIDDEN
    assert any(rule in one for one in rules)


@pytest.mark.parametrize("charter", CHARTERS)
def test_what_is_not_said_is_not_let_out(charter: str) -> None:
    assert _decide(charter, labels={"aggressive": "?"})[0] is Outcome.EXCEPTION


@pytest.mark.parametrize("charter", CHARTERS)
def test_criticism_is_never_deleted_and_trolls_are_seen_by_somebody_else(charter: str) -> None:
    critical, hostile = (_heard(tone, ours=False) for tone in ("critical", "hostile"))
    for kind in ("delete", "hide"):
        assert _decide(charter, kind=kind, target=critical)[0] is Outcome.FORBIDDEN
        outcome, rules = _decide(charter, kind=kind, target=hostile)
        assert (outcome, rules) == (Outcome.EXCEPTION, ("trolls",))
    outcome, rules = _decide(charter, kind="reply", in_reply_to=hostile)
    assert (outcome, rules) == (Outcome.EXCEPTION, ("trolls",))


@pytest.mark.parametrize("charter", CHARTERS)
def test_a_negative_review_goes_to_who_knows_and_others_are_answered(charter: str) -> None:
    outcome, rules = _decide(charter, kind="reply", in_reply_to=_heard("critical"))
    assert (outcome, rules) == (Outcome.EXCEPTION, ("negative-reviews",))
    assert _decide(charter, kind="reply", in_reply_to=_heard("neutral"))[0] is Outcome.COVERED


@pytest.mark.parametrize("charter", CHARTERS)
def test_networks_and_volume_are_framed(charter: str) -> None:
    law = catalog.charters[charter]
    assert law.scope.networks
    assert law.scope.volume
    assert _decide(charter, network="unheard-of")[0] is Outcome.EXCEPTION


def test_the_large_group_has_one_tone_and_the_small_brand_has_none() -> None:
    assert _decide("large-group", labels={"tone": "familiar"})[0] is Outcome.EXCEPTION
    assert "tone" not in catalog.charters["small-brand"].labels


def test_the_large_group_has_words_of_its_own() -> None:
    assert _decide("large-group", text="Trop cool, mdr")[1] == ("words-to-avoid",)


def test_direct_promotion_goes_out_once_a_week() -> None:
    for charter in ("small-brand", "large-group"):
        assert _decide(charter, labels={"promotional": True})[0] is Outcome.COVERED


def test_ambassadors_share_good_news_from_their_own_accounts() -> None:
    somebody = Author(roles={"ambassador"})
    good = _heard("kind", ours=True)
    assert (
        _decide("large-group", somebody, account="own", kind="share", target=good)[0]
        is Outcome.COVERED
    )
    assert _decide("large-group", somebody)[1] == ("ambassadors-on-the-brand",)
    both = Author(roles={"ambassador", "communicator"})
    assert _decide("large-group", both)[0] is Outcome.COVERED


def test_the_public_service_says_nothing_of_anybodys_file() -> None:
    assert _decide("public-service", labels={"personal_data": True})[1] == ("somebody's-file",)


def test_appeals_for_money_are_checked_first() -> None:
    assert _decide("association", labels={"asks_money": True})[0] is Outcome.EXCEPTION


@pytest.mark.parametrize("charter", catalog.charters)
def test_crises_negative_reviews_and_trolls_take_no_longer_than_the_checkup_aims_at(
    charter: str,
) -> None:
    """For the 5 % that are left, a way as short and fast as possible (003.6)."""
    for circuit in catalog.charters[charter].circuits:
        if circuit.id != "desk":
            within = [stage.within for stage in circuit.stages]
            whole = [one for one in within if isinstance(one, timedelta)]
            assert len(whole) == len(within), circuit.id
            assert sum(whole, timedelta()) <= Aims().circuit, circuit.id
