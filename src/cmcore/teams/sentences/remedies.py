"""What is said of remedies."""

from typing import Final

#: Code -> what is said in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "train": (
        "train `{member}` in {learned} ({cost})",
        "former `{member}` à {learned} ({cost})",
    ),
    "hire": ("hire `{member}` ({cost})", "recruter `{member}` ({cost})"),
    "remedied": ("{options}: all is then covered", "{options} : tout est alors couvert"),
    "nothing to remedy": ("all is covered as it is", "tout est couvert tel quel"),
    "no remedy": (
        "no choice of these trainings and hires covers all",
        "aucun choix de ces formations et recrutements ne couvre tout",
    ),
    "remedy unknown": (
        "nothing found that covers all within the budget",
        "rien trouvé qui couvre tout dans le budget",
    ),
    "cost": ("cost", "coût"),
}
