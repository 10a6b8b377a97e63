"""Contracts: what binds somebody to the team, one word for each whatever people call it."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.foundation.errors import Problem
from cmcore.foundation.names import nearest

#: Contract -> its label in English and in French, and the other words people write for it.
CONTRACTS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "permanent": ("permanent", "CDI", ("cdi", "employee", "salarié", "salariée")),
    "fixed-term": ("fixed-term", "CDD", ("cdd", "fixed term")),
    "temporary": ("agency worker", "intérim", ("agency", "interim", "intérim", "intérimaire")),
    "freelance": (
        "freelance",
        "indépendant",
        ("contractor", "consultant", "indépendant", "indépendante", "prestataire"),
    ),
    "apprenticeship": (
        "apprenticeship",
        "alternance",
        ("apprentice", "alternance", "alternant", "alternante", "apprenti", "apprentie",
         "apprentissage", "contrat pro"),
    ),
    "internship": (
        "internship",
        "stage",
        ("intern", "trainee", "stage", "stagiaire"),
    ),
    "volunteer": ("volunteer", "bénévole", ("bénévole", "bénévolat", "service civique")),
}  # fmt: skip
#: The contracts of those who are there to learn.
LEARNING: Final = frozenset({"apprenticeship", "internship"})
#: The contracts of those who belong to the house, and do not only work for it.
INSIDE: Final = frozenset(CONTRACTS) - {"freelance", "temporary"}
_MEANT: Final = {word: name for name, (_, _, words) in CONTRACTS.items() for word in (name, *words)}


def contract_of(given: str | None) -> str | None:
    """Return the contract that a word stands for; a word that stands for none stays as it is."""
    return _MEANT.get(given.strip().casefold(), given) if isinstance(given, str) else given


def contract_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of a contract that is none of those there are."""
    if given is not None and given not in CONTRACTS:
        near = nearest(str(given), _MEANT)
        yield Problem.of("unknown-contract", *path, name=given, near=near, known=list(CONTRACTS))
