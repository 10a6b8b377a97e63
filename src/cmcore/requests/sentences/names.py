"""What the values of this subject and their parts are called."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "kind Arrivals": ("arrivals", "arrivées"),
    "kind Desk": ("desk", "service"),
    "kind Request": ("request", "demande"),
    "kind RequestEvent": ("event of a request", "événement d'une demande"),
    "kind RequestLog": ("log of requests", "journal des demandes"),
    "kind Route": ("orientation", "orientation"),
    "kind Selector": ("some requests", "certaines demandes"),
    "kind Target": ("target", "objectif"),
    "field resolve": ("resolve", "résoudre"),
    "field acknowledge": ("acknowledge", "accuser réception"),
    "field ignore": ("ignore", "ignorer"),
    "field how": ("how", "comment"),
    "field into": ("into", "dans"),
    "field move": ("move", "mouvement"),
    "field rates": ("rates", "messages par heure"),
    "field request": ("request", "demande"),
    "field routes": ("routes", "orientations"),
    "field severities": ("severities", "gravités"),
    "field targets": ("targets", "objectifs"),
}
