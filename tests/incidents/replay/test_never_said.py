"""What a playbook never says: an apology or good advice keeps it, a reproach breaches it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from cmcore import Act, Incident, Message, Playbook, catalog, conduct, read
from cmcore.incidents import ActEvent, DutyKind, Standing, StepEvent

EXAMPLE: Final = Path(__file__).parents[3] / "examples" / "incidents" / "playbook.yaml"
PLAYBOOKS: Final = {"catalog": catalog.playbooks["crisis"], "example": read(EXAMPLE, Playbook)}
OPENING: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)

KEPT: Final = """
It is not your fault, it is ours.
It's certainly not your fault.
None of this is your fault: we made the mistake.
It isn't your fault. We are sorry.
You should have been told by us first.
You should have received your order on Monday, and we are sorry.
You should've been refunded at once.
You should not have had to write to us three times.
You shouldn't have been charged twice.
Please do not post your card number here.
Please don't post any personal data in public: send us a private message.
We do not post our customers' photos without asking.
Ce n'est pas votre faute.
Ce n'est vraiment pas de votre faute, c'est la nôtre.
Rien de tout cela n'est votre faute.
Vous auriez dû être prévenue, pardon
Vous auriez dû en être informés avant tout le monde.
Vous auriez dû recevoir une réponse lundi.
Vous n'auriez pas dû avoir à nous relancer.
Vous n'auriez pas dû attendre si longtemps.
Merci de ne pas publier votre numéro de carte ici.
Ne publiez pas vos coordonnées, écrivez-nous en privé.
Ne postez pas ici votre mot de passe ; nous ne le demandons jamais.
""".strip().splitlines()

BREACHED: Final = """
It is your fault.
It is not our fault, it is your fault.
This is your own fault.
You should have read the label.
You should have been more careful.
You should've called before coming.
You should not have posted this on our page.
You shouldn't have waited so long to complain.
You only had to ask.
You have only yourself to blame.
Please do not post your complaints here.
Please don't post this again.
Stop posting on our page.
Stop complaining, it is only a lamp.
C'est votre faute.
N'est-ce pas votre faute ?
Ce n'est pas notre faute, c'est la faute à pas de chance, ou votre faute.
C'est de votre propre faute.
Vous auriez dû lire la notice.
Vous auriez dû faire attention.
Vous n'auriez pas dû en parler sur Facebook.
Vous n'auriez pas dû attendre le dernier jour.
Vous n'aviez qu'à lire les conditions.
Ne publiez pas de tels messages ici.
Merci de ne plus écrire sur notre page.
Arrêtez de publier n'importe quoi.
Ce n'est pas votre faute, mais vous auriez dû regarder.
""".strip().splitlines()


def _said(playbook: str, text: str) -> set[Standing]:
    """Return how a playbook's duties never to say something stand once a text has gone out."""
    complaint = Message(text="Ma commande n'est pas arrivée.", ours=False, tone="critical")
    answer = Act(kind="reply", text=text, in_reply_to=complaint, labels={"hostile": False})
    after = OPENING + timedelta(minutes=20)
    events = [StepEvent("opening", OPENING, step="opened"), ActEvent("answer", after, act=answer)]
    never = [one for one in PLAYBOOKS[playbook].duties if one.kind is DutyKind.NEVER_SAY]
    found = conduct(Incident("late", events), Playbook("never", duties=never))
    return {one.standing for one in found.findings}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
@pytest.mark.parametrize("text", KEPT)
def test_an_apology_and_good_advice_blame_and_silence_nobody(playbook: str, text: str) -> None:
    assert _said(playbook, text) == {Standing.KEPT}


@pytest.mark.parametrize("playbook", PLAYBOOKS)
@pytest.mark.parametrize("text", BREACHED)
def test_a_reproach_or_a_silencing_is_a_breach(playbook: str, text: str) -> None:
    assert Standing.BREACHED in _said(playbook, text)
