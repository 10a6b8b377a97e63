"""What is wrong with the values that are asked of facts, or declared for them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "always-true": Said(
        ("`{fact}` {op} `{given}` is always true", "`{fact}` `{op}` `{given}` est toujours vrai"),
        (
            "it decides nothing: drop it, or ask otherwise",
            "cela ne décide rien : retirez-le, ou demandez autrement",
        ),
    ),
    "hidden-entry": Said(
        (
            "the exceptions hide every occurrence of the entry `{given}`",
            "les exceptions cachent toutes les occurrences de `{given}`",
        ),
        ("drop it from one of the two lists", "retirez-le de l'une des deux listes"),
    ),
    "long-window": Said(
        ("`{fact}` looks back `{given}`", "`{fact}` remonte à `{given}`"),
        ("100 years at most", "100 ans au plus"),
    ),
    "never-true": Said(
        ("`{fact}` {op} `{given}` is never true", "`{fact}` `{op}` `{given}` n'est jamais vrai"),
        (
            "it decides nothing: drop it, or ask otherwise",
            "cela ne décide rien : retirez-le, ou demandez autrement",
        ),
    ),
    "unknown-absence": Said(
        (
            "`{name}` is not a fact that can be absent",
            "`{name}` n'est pas un fait qui peut être absent",
        ),
        ("leave it out", "retirez-le"),
        "unknown",
    ),
    "other-name": Said(
        ("`{name}` is called `{other}`", "`{name}` s'appelle `{other}`"),
        ("look for `{other}`", "cherchez `{other}`"),
    ),
    "pattern-mark": Said(
        (
            "`{pattern}` looks for `{mark}`, which `{fact}` leaves out",
            "`{pattern}` cherche `{mark}`, que `{fact}` ne garde pas",
        ),
        ("leave it out of the pattern", "retirez-le du motif"),
    ),
    "no-word": Said(
        ("`{given}` cannot be a value here", "`{given}` ne peut pas être une valeur ici")
    ),
}
