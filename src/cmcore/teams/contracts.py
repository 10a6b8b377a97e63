"""Contracts: what binds somebody to the team, one word for each whatever people call it."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmcore.base.errors import Problem
from cmcore.base.ids import nearest

#: Contract -> its label in English and in French, and the other words people write for it.
CONTRACTS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "permanent": (
        "permanent",
        "CDI",
        ("cdi", "employee", "salarié", "salariée", "civil servant", "fonctionnaire", "titulaire"),
    ),
    "fixed-term": (
        "fixed-term",
        "CDD",
        ("cdd", "fixed term", "contractuel", "contractuelle", "seasonal", "saisonnier",
         "saisonnière", "vacataire"),
    ),
    "temporary": ("agency worker", "intérim", ("agency", "interim", "intérim", "intérimaire")),
    "freelance": (
        "freelance",
        "indépendant",
        ("contractor", "consultant", "free-lance", "self-employed", "indépendant", "indépendante",
         "auto-entrepreneur", "auto-entrepreneuse", "prestataire"),
    ),
    "apprenticeship": (
        "apprenticeship",
        "alternance",
        ("apprentice", "work-study", "alternance", "alternant", "alternante", "apprenti",
         "apprentie", "apprentissage", "contrat d'apprentissage", "contrat pro",
         "contrat de professionnalisation"),
    ),
    "internship": (
        "internship",
        "stage",
        ("intern", "trainee", "work placement", "stage", "stagiaire", "convention de stage"),
    ),
    "civic-service": (
        "civic service",
        "service civique",
        ("civic service", "service civique", "service-civique", "volontaire en service civique",
         "vie", "volontariat international en entreprise"),
    ),
    "volunteer": ("volunteer", "bénévole", ("bénévole", "bénévolat")),
}  # fmt: skip
#: The contracts of those who are there to learn: they have a tutor by law (those in civic service,
#: of which `VIE` is a form, by article L120-14 of the Code du service national), and tutor nobody.
LEARNING: Final = frozenset({"apprenticeship", "civic-service", "internship"})
#: The contracts of members of the company, as opposed to people who only work for it.
INSIDE: Final = frozenset(CONTRACTS) - {"freelance", "temporary"}
_MEANT: Final = {word: name for name, (_, _, words) in CONTRACTS.items() for word in (name, *words)}


def contract_of(given: str | None) -> str | None:
    """Return the contract that a word stands for; a word that stands for none stays as it is."""
    return _MEANT.get(given.strip().casefold(), given) if isinstance(given, str) else given


def contract_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield the problem of a contract that is none of those there are."""
    if isinstance(given, str) and not given.strip():
        yield Problem.of("empty", *path, key="contract", hint="leave-out-unknown")
    elif given is not None and given not in CONTRACTS:
        near = nearest(str(given), _MEANT)
        yield Problem.of("unknown-contract", *path, name=given, near=near, known=list(CONTRACTS))
