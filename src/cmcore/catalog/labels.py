"""What roles, objectives and indicators of the catalog are called, where only ids are known."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final


def _labels(shelf: str, sort: str) -> Iterator[tuple[str, tuple[str, str]]]:
    text = files("cmcore.catalog").joinpath("data", f"{shelf}.json").read_bytes()
    held: dict[str, Any] = json.loads(text)
    yield from (
        (f"{sort} {id_}", (item["label"]["en"], item["label"]["fr"])) for id_, item in held.items()
    )


#: What roles require and daily work are called in French: their ids are English words already.
_SKILLS: Final = {
    "authority": "autorité",
    "calm": "calme",
    "campaigns": "campagnes",
    "complaints": "réclamations",
    "figures": "chiffres",
    "house": "connaissance de la maison",
    "networks": "réseaux",
    "organisation": "organisation",
    "products": "produits",
    "selling": "vente",
    "systems": "informatique",
    "writing": "rédaction",
}
_WORK: Final = {
    "contests": "concours",
    "event posts": "publications sur l'événement",
    "offers": "offres",
    "posts": "publications",
    "questions of applicants": "questions de candidats",
    "questions on sales": "questions sur les ventes",
    "replies": "réponses",
    "technical questions": "questions techniques",
}
#: Sort and id -> what it is called in English and in French.
LABELS: Final[dict[str, tuple[str, str]]] = {
    **dict(_labels("roles", "role")),
    **dict(_labels("objectives", "objective")),
    **dict(_labels("indicators", "indicator")),
    **{f"skill {id_}": ("", french) for id_, french in _SKILLS.items()},
    **{f"work {id_}": ("", french) for id_, french in _WORK.items()},
}
