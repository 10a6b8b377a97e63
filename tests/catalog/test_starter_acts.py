"""Acts, calm and less calm, ruled on by each charter to start from, as its page says."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from cmcore import Act, Outcome, catalog
from cmcore.charters import Earlier, Situation  # fmt: skip
from cmcore.charters.kinds import KINDS

from .acts import (
    AMBASSADOR,
    CRISIS,
    INTERN,
    NIGHT,
    NOON,
    decision,
    heard,
    ours,
    post,
    reply,
    upon,
)

PAGE: Final = Path(__file__).parents[2] / "docs/reference/catalog.md"
EARLIER: Final = [
    Act(kind="publish", topics={"team"}, at=NOON - timedelta(hours=h)) for h in (1, 2, 3)
]
OFFER: Final = Act(kind="publish", topics={"event"}, at=NOON - timedelta(days=2))
OWN: Final = {"account": "own"}
SICK: Final = heard("neutral", "Mon fils a vomi, le lot est-il rappelé ? Il est à l'hôpital.")
DEAD: Final = heard("neutral", "Effondrement d'un gradin : trois morts")
#: What the page calls an act -> what it is; `context` and `labels` are what is not the act's own.
ACTS: Final[Mapping[str, dict[str, Any]]] = {
    "an event announced": post(),
    "the same, with what it is about unknown": post(topics=None),
    "the same, whether it promises something unknown": post(labels={"promise": None}),
    "a product presented": post("Nos sablés sont de retour.", topics={"product"}),
    "an offer, the first this week": post(labels={"promotional": True}),
    "an offer, the second this week": post(
        labels={"promotional": True}, context={"earlier": Earlier([OFFER])}
    ),
    "a fourth post on one day": post(context={"earlier": Earlier(EARLIER)}),
    "a post on a network that no charter names": post(network="tiktok"),
    "somebody else's post on an event shared": post(kind="share", target=heard("kind")),
    "the same, with its tone unknown": post(kind="share", target=heard(None)),
    "criticism quoted": post("Nous vous lisons.", kind="quote", target=heard("critical")),
    "an attack shared": post("Sans commentaire.", kind="share", target=heard("hostile")),
    "a like": {"kind": "react", "topics": {"event"}, "target": heard("kind")},
    "a like on criticism": {"kind": "react", "topics": {"event"}, "target": heard("critical")},
    "an event announced at three in the morning": post(context={"at": NIGHT}),
    "an intern announces an event": post(context={"author": INTERN}),
    "an answer to kind words": reply("kind"),
    "an answer to a question": reply("neutral"),
    "an answer to a question at three in the morning": reply("neutral", context={"at": NIGHT}),
    "an intern answers a question at three in the morning": reply(
        "neutral", context={"at": NIGHT, "author": INTERN}
    ),
    "an answer that promises something": reply("neutral", labels={"promise": True}),
    "an answer to criticism": reply("critical"),
    "an intern answers criticism": reply("critical", context={"author": INTERN}),
    "an answer to an attack": reply("hostile"),
    "an answer to a message of unknown tone": reply(None),
    "an event announced from somebody's own account": post(**OWN),
    "good news shared by an ambassador, own account": post(
        kind="share", **OWN, target=ours(60, 3), context={"author": AMBASSADOR}
    ),
    "an ambassador speaks on the brand's account": post(context={"author": AMBASSADOR}),
    "an attack posted from somebody's own account": post("Ce maire, quel abruti.", **OWN),
    "« Rappel de véhicules, airbags défectueux »": post("Rappel de véhicules, airbags défectueux."),
    "“We are recalling batch 12”": post("We are recalling batch 12."),
    "« Accident sur le site ce matin »": post("Accident sur le site ce matin."),
    "« Petit rappel : portes ouvertes samedi »": post("Petit rappel : portes ouvertes samedi."),
    "an answer with the word recall": reply("neutral", "The recall does not concern you."),
    "“yes, you may” to somebody whose child is ill": reply(
        "neutral", "Oui, vous pouvez en redonner aux enfants.", in_reply_to=SICK
    ),
    "the same, in private": reply("neutral", "Oui, vous pouvez.", kind="message", in_reply_to=SICK),
    "a kind word to “je veux me suicider”": reply(
        "neutral", "Bon courage !", in_reply_to=heard("other", "Je veux me suicider ce soir")
    ),
    "an answer to a message about a recall": reply(
        "neutral", "Oui, bien sûr.", in_reply_to=heard("neutral", topics={"recall"})
    ),
    "an answer to a message, its text unknown": reply(
        "neutral", in_reply_to=heard("neutral", None)
    ),
    "an answer to a message, what it is about unknown": reply(
        "neutral", in_reply_to=heard("neutral", topics=None)
    ),
    "an answer to a message that is not given": reply("neutral", in_reply_to=None),
    "news of three dead quoted with a calm word": post("À lire.", kind="quote", target=DEAD),
    "the same, shared": post(None, kind="share", target=DEAD, absent={"text"}),
    "the same, liked": {"kind": "react", "topics": {"event"}, "target": DEAD},
    "a post about a strike shared": post(
        None, kind="share", absent={"text"}, target=heard("kind", topics={"strike"})
    ),
    "a post shared, its text unknown": post(
        None, kind="share", absent={"text"}, target=heard("kind", None)
    ),
    "a calm post shared without a word of our own": post(
        None, kind="share", absent={"text"}, target=heard("kind")
    ),
    "our own warning made milder, and said so": upon(
        "edit",
        ours(90, 12, "Rappel du lot 12 : risque de brûlure"),
        topics={"product"},
        text="Corrigé : un petit souci.",
        labels={"correction": True},
    ),
    "our own warning deleted within the hour, unanswered": upon(
        "delete", ours(20, 0, "Rappel du lot 12")
    ),
    "an insult with words of danger hidden": upon("hide", heard("hostile", "Assassins !")),
    "the same, deleted": upon("delete", heard("hostile", "Assassins !")),
    "the same, reported": upon("report", heard("hostile", "Assassins !")),
    "crisis open: an intern announces a feast": post(
        "Nos roses sont en fête !", context={"incident": CRISIS, "author": INTERN}
    ),
    "crisis open: “you may drive on” to a question": reply(
        "neutral", "Vous pouvez rouler.", context={"incident": CRISIS}
    ),
    "crisis open: an insult hidden": upon("hide", heard("hostile"), context={"incident": CRISIS}),
    "crisis open: an ironic edit of our own post": upon(
        "edit", ours(30, 40), topics={"event"}, text="Rire est bon.", context={"incident": CRISIS}
    ),
    "whether a crisis is open unknown": post(context={"incident": Situation(open=None)}),
    "an insult hidden": upon("hide", heard("hostile")),
    "an intern hides an insult": upon("hide", heard("hostile"), context={"author": INTERN}),
    "criticism deleted": upon("delete", heard("critical")),
    "criticism hidden": upon("hide", heard("critical")),
    "somebody blocked": upon("block", heard("hostile")),
    "our own post deleted within the hour, unanswered": upon("delete", ours(20, 0)),
    "our own post deleted after 500 answers": upon("delete", ours(20, 500)),
    "our own post corrected, and said so": upon(
        "edit",
        ours(90, 12),
        topics={"event"},
        text="Corrigé : le 14.",
        labels={"correction": True},
    ),
    "our own post changed without a word": upon(
        "edit", ours(90, 12), topics={"event"}, text="Samedi 14."
    ),
    "an insult": post("Quel ABRUTI !"),
    "a competitor's troubles": post(topics={"competitor-trouble"}),
    "a personal position": post(labels={"personal": True}),
    "elections": post(topics={"politics", "elections"}),
}


def _rows() -> dict[str, tuple[str, ...]]:
    lines = PAGE.read_text(encoding="utf-8").partition("<!-- starter acts -->")[2].splitlines()
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if line.startswith("|")]
    return {name: tuple(outcomes) for name, *outcomes in cells[2:]}


def test_the_page_has_a_row_for_each_act() -> None:
    assert list(_rows()) == [*ACTS]


@pytest.mark.parametrize("name", ACTS)
def test_each_charter_rules_as_its_page_says(name: str) -> None:
    found = tuple(str(decision(charter, ACTS[name]).outcome) for charter in catalog.charters)
    assert found == _rows()[name]


@pytest.mark.parametrize("charter", catalog.charters)
@pytest.mark.parametrize("tone", ["critical", "hostile", None])
def test_nobody_deals_alone_with_criticism_an_attack_or_what_may_be_one(
    charter: str, tone: str | None
) -> None:
    message = heard(tone)
    for kind in sorted(KINDS):
        for told in ({"target": message}, {"target": message, "in_reply_to": message}):
            if kind not in {"publish", "edit", "follow", "unfollow"}:
                act = {"kind": kind, "topics": {"event"}, "text": "Bonjour.", **told}
                assert decision(charter, act).outcome is not Outcome.COVERED, (kind, told)


@pytest.mark.parametrize("charter", catalog.charters)
def test_nothing_goes_out_by_itself_while_a_crisis_is_open(charter: str) -> None:
    for told in ACTS.values():
        around = {**told.get("context", {}), "incident": CRISIS}
        found = decision(charter, {**told, "context": around})
        assert found.outcome is not Outcome.COVERED


@pytest.mark.parametrize("charter", catalog.charters)
@pytest.mark.parametrize(
    "text",
    [
        "Rappel d'un produit : lot 12",
        "Nous procédons au rappel d\u2019un lot",
        "Rappels de produits en cours",
        "Rappel lot 12",
        "Rappel : lot 12 à rapporter en magasin, ne pas consommer",
        "Rappel volontaire du fabricant",
        "RappelConso : lot 12",
        "#RappelProduit lot 12",
        "Nous retirons de la vente le lot 12",
        "Product withdrawn from sale",
        "Salmonelle : précautions",
        "Listeria dans nos rayons",
        "Do not drink the water",
        "Cyberattaque en cours",
        "Two people died",
        "Fatal crash this morning",
        "Attentat à la gare",
        "Plan social annoncé",
        "Le directeur est mis en examen",
    ],
)
def test_words_of_danger_are_seen_by_somebody_who_decides(charter: str, text: str) -> None:
    assert decision(charter, post(text)).outcome is Outcome.EXCEPTION
