"""What is said of suggestions."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "suggestion": (
        "suggested: a charter that covers {share} of the history ({covered} of {total})",
        "proposition : une charte qui couvre {share} de l'historique ({covered} sur {total})",
    ),
    "suggestion file": (
        "Suggested from a history: {covered} acts of {total} are covered. Look at each rule.",
        "Proposé d'après un historique : {covered} actes sur {total} couverts. Relisez les règles.",
    ),
    "suggestion permit": ("Published {count} times.", "Publié {count} fois."),
    "suggestion permit one": ("Published once.", "Publié une fois."),
    "suggestion refer": (
        "More in a day than usual: {count} acts stayed within.",
        "Plus qu'à l'ordinaire en un jour : {count} actes sont restés en deçà.",
    ),
    "suggestion refer one": (
        "More in a day than usual: one act stayed within.",
        "Plus qu'à l'ordinaire en un jour : un acte est resté en deçà.",
    ),
    "suggestion already": (
        "covered by the draft already: {count}",
        "déjà couverts par l'ébauche : {count}",
    ),
    "suggestion least one": (
        "usual is whatever was seen once",
        "habituel veut dire vu au moins une fois",
    ),
    "suggestion least": (
        "usual is what was seen {count} times or more",
        "habituel veut dire vu au moins {count} fois",
    ),
    "suggestion uncovered": ("What would not be covered", "Ce qui ne serait pas couvert"),
    "suggestion why": ("why", "pourquoi"),
    "suggestion acts": ("acts", "actes"),
    "suggestion such as": ("such as", "comme"),
    "suggestion unusual": (
        "like {rule}, but not usual: {facts}",
        "comme {rule}, mais inhabituel : {facts}",
    ),
    "suggestion busy id": ("busy", "volume"),
    "suggestion busy": ("held by {rule}", "retenu par {rule}"),
    "suggestion rare": (
        "seldom seen: kind, network, account, language or format",
        "rarement vu : type, réseau, compte, langue ou format",
    ),
    "suggestion other": (
        "publishes nothing, or its kind is unknown",
        "ne publie rien, ou son type est inconnu",
    ),
    "suggestion held": (
        "held by {rule}, a rule of the draft",
        "retenu par {rule}, une règle de l'ébauche",
    ),
    "suggestion outside": (
        "outside the scope or the term of the draft",
        "hors du périmètre ou de la validité de l'ébauche",
    ),
    "suggestion unreadable": ("could not be read", "n'a pas pu être lu"),
}
