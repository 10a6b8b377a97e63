"""What is said of promotions, in English and French: a part of the table of sentences."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "approved unchanged once": ("Approved unchanged once.", "Approuvé une fois sans changement."),
    "approved unchanged": (
        "Approved unchanged {count} times.",
        "Approuvé {count} fois sans changement.",
    ),
    "promotion": (
        "permits proposed: {proposals}, for {explained} of {approved} approvals",
        "autorisations proposées : {proposals}, pour {explained} accords sur {approved}",
    ),
    "promotion already": (
        "covered already: {count}",
        "déjà couverts : {count}",
    ),
    "promotion outside": (
        "outside the scope or the term of the charter: {count}",
        "hors du périmètre ou de la validité de la charte : {count}",
    ),
    "promotion sent": (
        "stopped by other rules, whatever is permitted: {count}",
        "retenus par d'autres règles, quoi qu'on autorise : {count}",
    ),
    "promotion unexplained": (
        "no permit proposed: {count} ({names})",
        "sans autorisation proposée : {count} ({names})",
    ),
    "promotion bounded": (
        "the search was cut short: there may be permits for more of them",
        "la recherche a été écourtée : il y a peut-être d'autres autorisations",
    ),
    "promotion effects": ("What else they would let out", "Ce qu'elles laisseraient sortir"),
    "promotion others": ("other acts", "autres actes"),
    "promotion such as": ("such as", "comme"),
    "promotion all": ("all", "toutes"),
    "promotion held": ("Rules to narrow, perhaps", "Règles à resserrer, peut-être"),
    "promotion shares": ("covered share", "part couverte"),
    "promotion rule": ("rule", "règle"),
    "promotion effect": ("effect", "effet"),
    "promotion approved": ("approved unchanged", "approuvés tels quels"),
    "promotion reviewed": ("reviewed", "examinés"),
}
