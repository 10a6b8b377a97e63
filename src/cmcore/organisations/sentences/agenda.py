"""What is said of agendas, in English and in French."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "agenda": (
        "{organisation}: {count} owed, {late} overdue",
        "{organisation} : {count} dus, {late} en retard",
    ),
    "agenda one": (
        "{organisation}: {count} owed, {late} overdue",
        "{organisation} : {count} dû, {late} en retard",
    ),
    "agenda at": ("at {at}, {zone:hour}", "le {at}, à l'heure {zone:hour}"),
    "agenda owed": ("What is owed", "Ce qui est dû"),
    "agenda perhaps": ("{kind}, perhaps", "{kind}, peut-être"),
    "agenda undated": (
        "unknown: no calendar covers {year}",
        "inconnue : aucun calendrier ne couvre {year}",
    ),
    "agenda no playbook": (
        "not known what is owed in incidents: no playbook is given",
        "on ne sait pas ce qui est dû dans les incidents : aucune consigne n'est donnée",
    ),
    "agenda no desk": (
        "not known by when requests are to be answered: no desk is given",
        "on ne sait pas pour quand répondre aux demandes : aucun service n'est donné",
    ),
    "agenda duty": ("duty", "devoir"),
    "agenda review": ("review", "validation"),
    "agenda answer": ("answer", "réponse"),
    "agenda acknowledgement": ("acknowledgement", "accusé de réception"),
    "agenda resolution": ("resolution", "résolution"),
    "agenda head kind": ("what", "quoi"),
    "agenda head about": ("of", "de"),
    "agenda head what": ("which", "lequel"),
    "agenda head due": ("due", "échéance"),
    "agenda head left": ("time left", "temps restant"),
    "agenda head people": ("who", "qui"),
}
