"""What the values of this subject and their parts are called."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "kind Amended": ("amended", "modification"),
    "kind Approved": ("approved", "accord"),
    "kind ChangesAsked": ("changes asked", "retouches demandées"),
    "kind Delegated": ("delegated", "délégation"),
    "kind Escalated": ("escalated", "escalade"),
    "kind ReviewEvent": ("event", "événement"),
    "kind Objected": ("objected", "objection"),
    "kind Proposal": ("proposal", "proposition"),
    "kind Published": ("published", "publication"),
    "kind Refused": ("refused", "refus"),
    "kind Regrouped": ("regrouped", "équipe recomposée"),
    "kind Reviewed": ("reviewed", "cas revu"),
    "kind Withdrawn": ("withdrawn", "retrait"),
    "field digest": ("digest", "empreinte"),
    "field files": ("files", "fichiers"),
    "field instead_of": ("instead of", "à la place de"),
    "field support": ("support", "appui"),
}
