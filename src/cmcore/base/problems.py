"""What is wrong with values of any kind: ids, names, numbers, choices."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "ambiguous-number": Said(
        (
            "`{given}` may be `{whole}` or `{fraction}`",
            "`{given}` peut être `{whole}` ou `{fraction}`",
        ),
        ("write one of the two", "écrivez l'un des deux"),
    ),
    "bad-count": Said(
        ("`{given}` is not a valid number here", "`{given}` n'est pas un nombre possible ici"),
        ("write a whole number, {least} or more", "écrivez un nombre entier, {least} au moins"),
    ),
    "most-below-least": Said(
        (
            "`most_roles` is {most}, but `least_roles` is {least}",
            "`most_roles` vaut {most}, mais `least_roles` vaut {least}",
        ),
        (
            "write `most_roles: {least}`, or `least_roles: {most}`",
            "écrivez `most_roles: {least}`, ou `least_roles: {most}`",
        ),
    ),
    "bad-id": Said(
        ("`{given}` cannot be an id", "`{given}` ne peut pas être un identifiant"),
        (
            "1 to {most} printable characters, no spaces at either end",
            "de 1 à {most} caractères visibles, sans espace au début ni à la fin",
        ),
    ),
    "duplicate-id": Said(
        ("the id `{id}` is used more than once", "l'identifiant `{id}` sert plusieurs fois"),
        ("give each an id of its own", "donnez à chacun le sien"),
        "conflict",
    ),
    "id-not-composed": Said(
        (
            "the accents of `{given}` are separate from their letters",
            "les accents de `{given}` sont séparés de leurs lettres",
        ),
        (
            "write it in normal form C (NFC), as keyboards do",
            "écrivez-le en forme normale C (NFC), comme le font les claviers",
        ),
    ),
    "id-not-seen": Said(
        (
            "`{given}` holds a character that cannot be seen",
            "`{given}` contient un caractère invisible",
        ),
        ("type it again", "retapez-le"),
    ),
    "looks-alike": Said(
        ("`{id}` looks like `{twin}`", "`{id}` ressemble à `{twin}`"),
        (
            "give each an id that nobody takes for another",
            "donnez à chacun un identifiant que personne ne confonde avec un autre",
        ),
        "conflict",
    ),
    "mixed-scripts": Said(
        (
            "`{given}` mixes letters of {scripts:and}",
            "`{given}` mélange des lettres de {scripts:and}",
        ),
        ("write it in one script", "écrivez-le dans un seul alphabet"),
    ),
    "empty": Said(
        ("`{key}` is empty", "`{key}` est vide"), ("name at least one", "nommez-en au moins un")
    ),
    "bad-name": Said(
        ("`{given}` cannot be a name", "`{given}` ne peut pas être un nom"),
        (
            "a name starts with a letter and goes on with letters, digits, `_` or `-`",
            "un nom commence par une lettre et continue par des lettres, des chiffres, `_` ou `-`",
        ),
    ),
    "lone-text": Said(
        (
            "`{given}` is one text, not a list of them",
            "`{given}` est un texte seul, et non une liste de textes",
        ),
        ("put it in a list or a set", "mettez-le dans une liste ou un ensemble"),
    ),
    "more-problems": Said(
        (
            "only the first {most:,} problems are listed",
            "seuls les {most:,} premiers problèmes sont affichés",
        )
    ),
    "missing-parameters": Said(
        ("the problem `{given}` needs {names}", "le problème `{given}` a besoin de {names}")
    ),
    "unfit-parameters": Said(
        (
            "these parameters do not fit the sentence of `{given}`",
            "ces paramètres ne conviennent pas à la phrase de `{given}`",
        )
    ),
    "unknown-code": Said(
        (
            "no problem or hint has the code `{given}`",
            "aucun problème ni conseil n'a le code `{given}`",
        ),
        category="unknown",
    ),
    "not-asked-for": Said(
        (
            "no check or question is called `{name}`",
            "aucun point de contrôle, aucune question ne s'appelle `{name}`",
        ),
        category="unknown",
    ),
    "reason-missing": Said(
        ("no reason is given", "aucune raison n'est donnée"),
        ("say why it does not apply", "dites pourquoi c'est sans objet"),
    ),
    "not-installed": Said(
        ("`{package}` is not installed", "`{package}` n'est pas installé"),
        ("run `pip install 'cmcore[{extra}]'`", "lancez `pip install 'cmcore[{extra}]'`"),
    ),
    "not-a-choice": Said(
        ("`{given}` is not a valid choice", "`{given}` n'est pas un choix possible")
    ),
    "foreign-type": Said(
        (
            "expected {wanted:a}, not a Python `{kind}`",
            "il faut {wanted:a}, et non l'objet Python `{kind}`",
        ),
        ("{wanted:how}", "{wanted:how}"),
    ),
    "not-shown": Said(
        ("`{kind}` cannot be shown", "`{kind}` ne peut pas être affiché"),
        (
            "give a value of cmcore: a charter, an act, a decision…",
            "donnez une valeur de cmcore : une charte, un acte, une décision…",
        ),
    ),
    "nothing-to-draw": Said(
        ("there is nothing here to draw", "il n'y a rien à dessiner ici"),
        (
            "leave out the picture: the words say it all",
            "passez-vous de l'image : les mots disent tout",
        ),
    ),
    "unknown-contract": Said(
        ("there is no contract `{name}`", "il n'existe pas de contrat `{name}`"), category="unknown"
    ),
    "unknown-language": Said(
        ("there are no sentences in `{language}`", "il n'y a pas de phrases en `{language}`"),
        category="unknown",
    ),
    "unknown-practice": Said(
        ("there is no practice `{name}`", "il n'existe pas de bonne pratique `{name}`"),
        category="unknown",
    ),
    "wrong-shape": Said(
        ("expected {wanted:a}, not {found:a}", "il faut {wanted:a}, et non {found:a}"),
        ("{wanted:how}", "{wanted:how}"),
    ),
    "wrong-class": Said(
        ("expected {names:or}, not `{given}`", "il faut {names:or}, et non `{given}`")
    ),
    "wrong-condition": Said(
        (
            "the condition is of the kind `{found}`, not `{wanted}`",
            "la condition est du type `{found}`, et non `{wanted}`",
        )
    ),
    "wrong-length": Said(
        ("{count} are given, not {wanted}", "{count} valeurs sont données, au lieu de {wanted}")
    ),
    "wrong-value": Said(
        ("`{given}` is not {wanted:a}", "`{given}` n'est pas {wanted:a}"),
        ("{wanted:how}", "{wanted:how}"),
    ),
}
