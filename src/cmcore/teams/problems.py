"""What is wrong with teams, needs, plans and what is asked of them."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "unknown-role": Said(
        ("no role is called `{name}`", "aucun rôle ne s'appelle `{name}`"), category="unknown"
    ),
    "apart-from-itself": Said(
        (
            "`{role}` cannot be kept apart from itself",
            "`{role}` ne peut pas être séparé de lui-même",
        ),
        ("name two roles", "nommez deux rôles"),
    ),
    "asked-for-twice": Said(
        ("`{name}` is asked for {times} times", "`{name}` est demandé {times} fois"),
        ("put them in one", "réunissez les demandes en une"),
        "conflict",
    ),
    "named-twice": Said(
        ("`{name}` is named {times} times", "`{name}` est nommé {times} fois"),
        ("put them in one", "réunissez-les en un"),
        "conflict",
    ),
    "bad-affinity": Said(
        ("`{given}` is not a valid affinity", "`{given}` n'est pas une affinité possible"),
        (
            "write a number from 0 to {most}, to six places",
            "écrivez un nombre de 0 à {most}, à six décimales au plus",
        ),
    ),
    "list-in-list": Said(
        ("there is a list inside the list", "il y a une liste dans la liste"),
        ("give each {kind} on its own", "donnez chaque `{kind}` séparément"),
    ),
    "not-made-of": Said(
        ("`{given}` is not a {kind}", "`{given}` n'est pas du type `{kind}`"),
        ("give a list of them", "donnez une liste d'objets de ce type"),
    ),
    "nothing-learned": Said(
        ("a training teaches something", "une formation apprend quelque chose"),
        (
            "name skills, languages or networks",
            "nommez des compétences, des langues ou des réseaux",
        ),
    ),
    "skill-with-and-without-end": Said(
        (
            "`{skill}` has an end here, and none elsewhere",
            "`{skill}` a une fin ici, et n'en a pas ailleurs",
        ),
        ("name it once", "nommez-la une seule fois"),
        "conflict",
    ),
    "unknown-member": Said(
        ("nobody is called `{name}`", "personne ne s'appelle `{name}`"),
        ("name somebody in the team", "nommez quelqu'un de l'équipe"),
        "unknown",
    ),
    "circuits-differ": Said(
        (
            "two circuits that differ are called `{id}`",
            "deux circuits différents s'appellent `{id}`",
        ),
        ("give each an id of its own", "donnez à chacun son identifiant"),
        "conflict",
    ),
    "column-count": Said(
        ("`{size}` columns where there are `{due}` roles", "`{size}` colonnes pour `{due}` rôles")
    ),
    "in-team-already": Said(
        ("{name:member} is in the team already", "{name:member} est déjà dans l'équipe"),
        category="conflict",
    ),
    "no-person": Said(
        ("there is no person `{person}`", "il n'y a pas de personne `{person}`"), category="unknown"
    ),
    "no-plan": Said(
        ("there is no plan to compare with", "il n'y a pas de plan avec lequel comparer"),
        ("see its status, and its conflicts", "voyez son état, et ses conflits"),
    ),
    "no-trait": Said(
        ("`{given}` is not the value of a trait", "`{given}` n'est pas la valeur d'un trait"),
        (
            "write it in a word, without quotes, or leave it out where it is not known",
            "écrivez-la en un mot, sans guillemets, ou retirez-la si elle est inconnue",
        ),
    ),
    "no-role": Said(
        ("there is no role `{role}`", "il n'y a pas de rôle `{role}`"), category="unknown"
    ),
    "not-optimal": Said(
        (
            "alternatives need a plan that is proven the best",
            "les variantes demandent un plan dont on a prouvé qu'il est le meilleur",
        ),
        category="conflict",
    ),
    "row-count": Said(
        ("`{size}` rows where there are `{due}` people", "`{size}` lignes pour `{due}` personnes")
    ),
    "seats-upside-down": Said(
        (
            "`{least}` to `{most}` seats is not a range",
            "de `{least}` à `{most}` postes n'est pas un intervalle",
        )
    ),
    "too-many-absences": Said(
        ("there are {count} absences to try", "il y a {count} absences à essayer"),
        (
            "{most} at most: ask for fewer people at once",
            "{most} au plus : demandez pour moins de personnes à la fois",
        ),
        "too-large",
    ),
    "window-missing": Said(
        ("hours need a window", "des heures ont besoin d'une fenêtre"),
        (
            "give `start` and `stop`, such as those of a week",
            "donnez `start` et `stop`, par exemple ceux d'une semaine",
        ),
    ),
    "window-too-long": Said(
        ("a window of {length} is too long", "une fenêtre de `{length}` est trop longue"),
        ("{most} at most", "`{most}` au plus"),
        "too-large",
    ),
}
