"""What the values of this subject and their parts are called."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "kind Aims": ("aims", "buts"),
    "kind Check": ("check", "contrôle"),
    "kind Deed": ("deed", "action menée"),
    "kind Figures": ("figures", "chiffres"),
    "kind Organisation": ("organisation", "organisation"),
    "field alert": ("alert", "alerte"),
    "field daily": ("daily", "par jour"),
    "field deeds": ("deeds", "actions menées"),
    "field departments": ("departments", "services"),
    "field engagement": ("engagement", "engagement"),
    "field figures": ("figures", "chiffres"),
    "field history": ("history", "historique"),
    "field incidents": ("incidents", "incidents"),
    "field jump": ("jump", "saut"),
    "field known": ("known", "connu"),
    "field leaders": ("leaders", "direction"),
    "field not_applicable": ("not applicable", "sans objet"),
    "field neglected": ("neglected", "négligé"),
    "field objectives": ("objectives", "objectifs"),
    "field on_time": ("on time", "à l'heure"),
    "field one_hand": ("one hand", "une seule personne"),
    "field orders": ("orders", "commandes"),
    "field practice": ("practice", "pratique"),
    "field promotion": ("promotion", "promotion"),
    "field reach": ("reach", "portée"),
    "field recent": ("recent", "récent"),
    "field revenue": ("revenue", "chiffre d'affaires"),
    "field said": ("said", "dit"),
    "field sites": ("sites", "sites"),
    "field unread": ("unread", "illisibles"),
    "field wants": ("wants", "ce qui manque"),
    "field gaps": ("gaps", "manques"),
    "field unfit": ("unfit", "non aptes"),
    "kind Agenda": ("agenda", "échéancier"),
    "kind Obligation": ("obligation", "obligation"),
}
