"""What is written on charts."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "chart lacking": ("people missing", "il manque quelqu'un"),
    "chart enough": ("enough people", "assez de monde"),
    "chart free": ("nothing is asked", "rien n'est demandé"),
    "chart nothing": ("nothing to say", "rien à signaler"),
    "chart all": ("all", "ensemble"),
    "chart hours": ("hours until the first answer", "heures avant la première réponse"),
    "signal chart": (
        "seen, as a multiple of the least that is unusual",
        "vu, en multiple du moins qui soit inhabituel",
    ),
}
