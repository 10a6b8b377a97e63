"""What is wrong with audits, tallies and checkups, and with what is asked of them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "against-the-counts": Said(
        ("it does not follow from the other numbers", "cela ne découle pas des autres nombres"),
        ("audit the history again", "auditez à nouveau l'historique"),
        "conflict",
    ),
    "counted-twice": Said(
        ("`{day}` is counted {count} times", "`{day}` est compté {count} fois"),
        ("keep one of them", "gardez un seul compte"),
        "conflict",
    ),
    "shorter-than-a-day": Said(
        ("`{given}` is shorter than a day", "`{given}` est plus court qu'un jour"),
        ("write a day or more", "écrivez un jour au moins"),
    ),
    "tallies-differ": Said(
        (
            "the tallies of `{one}` and `{other}` cannot be added",
            "les comptes de `{one}` et de `{other}` ne peuvent pas être ajoutés",
        ),
        (
            "count both by one version of the charter, and in the same periods",
            "comptez les deux avec une même version de la charte, et par périodes égales",
        ),
        "stale",
    ),
    "rhythm-too-short": Said(
        ("the window is too long for `{rhythm}`", "la fenêtre est trop longue pour `{rhythm}`"),
        (
            "write `week`, or a window of a day or less",
            "écrivez `week`, ou une fenêtre d'un jour au plus",
        ),
    ),
    "slides-too-far": Said(
        ("`{slide}` is longer than `{every}`", "`{slide}` est plus long que `{every}`"),
        (
            "a slide is no longer than the time between two questions",
            "un glissement ne dépasse pas le temps entre deux questions",
        ),
    ),
    "tally-of-other": Said(
        (
            "the tally is not of `{charter}`, version {version}",
            "ce compte n'est pas celui de `{charter}`, version {version}",
        ),
        (
            "it is of `{other}`, version {other_version}",
            "c'est celui de `{other}`, version {other_version}",
        ),
        "stale",
    ),
    "unknown-question": Said(
        ("there is no question `{question}`", "il n'existe pas de question `{question}`"),
        (
            "as in `001.6`, or `001` for all of a text",
            "par exemple `001.6`, ou `001` pour tout un texte",
        ),
        "unknown",
    ),
}
