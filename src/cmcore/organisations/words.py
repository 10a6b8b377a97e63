"""What the catalog calls roles, objectives and sizes, in French as well."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from cmcore.base.frozen import each_once

#: Objective of the catalog -> other words for it.
OBJECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "notoriety": ("notoriété",),
    "sales": ("ventes",),
    "customer-service": ("service-clients", "service clients", "sav"),
    "event": ("événement",),
    "recruitment": ("recrutement",),
}
#: Role of the catalog -> other words for it; departments are called as roles are.
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "enthusiast": ("passionné", "passionnée", "branché", "branchée"),
    "coordinator": ("coordinateur", "coordinatrice"),
    "communicator": ("communicant", "communicante"),
    "product-expert": ("expert-produit", "expert produit", "experte-produit", "experte produit"),
    "analyst": ("analyste",),
    "sales": ("ventes",),
    "marketing": (),
    "customer-service": ("service-clients", "service clients", "sav"),
    "it": ("informatique",),
    "web-referent": ("référent-web", "référent web", "référente-web", "référente web"),
    "ambassador": ("ambassadeur", "ambassadrice"),
    "management": ("direction",),
}
#: Size of the catalog -> other words for it.
SIZES: Final[Mapping[str, tuple[str, ...]]] = {
    "small": ("petite", "petit"),
    "medium": ("moyenne", "moyen"),
    "large": ("grande", "grand"),
}


def _meant(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {other: name for name, others in words.items() for other in others}


_OBJECTIVES: Final = _meant(OBJECTIVES)
_ROLES: Final = _meant(ROLES)
_SIZES: Final = _meant(SIZES)


def _called(given: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - refused later, if no word
    return words.get(given.casefold(), given) if isinstance(given, str) else given


def role_of(given: str) -> str:
    """Return the role of the catalog that a word stands for; any other word stays as it is."""
    meant: str = _called(given, _ROLES)
    return meant


def size_of(given: str) -> str:
    """Return the size of the catalog that a word stands for; any other word stays as it is."""
    meant: str = _called(given, _SIZES)
    return meant


def as_objectives(many: Iterable[str]) -> frozenset[str]:
    """Freeze objectives, each once; those of the catalog are called as they are there."""
    return frozenset(_called(one, _OBJECTIVES) for one in each_once(many))


def as_departments(many: Iterable[str]) -> frozenset[str]:
    """Freeze departments, each once; those of the catalog are called as they are there."""
    return frozenset(_called(one, _ROLES) for one in each_once(many))
