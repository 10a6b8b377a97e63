"""What is said of remedies."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "train": (
        "train {member:member} in {learned} ({cost})",
        "former {member:member} à {learned} ({cost})",
    ),
    "hire": ("hire {member:member} ({cost})", "recruter {member:member} ({cost})"),
    "remedied": ("{options}: everything is then covered", "{options} : tout est alors couvert"),
    "nothing to remedy": ("everything is covered already", "tout est couvert tel quel"),
    "no remedy": (
        "no choice of these trainings and hires covers everything",
        "aucun choix de ces formations et recrutements ne couvre tout",
    ),
    "remedy unknown": (
        "nothing that covers everything was found within the budget",
        "rien trouvé qui couvre tout dans le budget",
    ),
    "cost": ("cost", "coût"),
}
