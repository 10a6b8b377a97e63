"""What is wrong with files and with the plain data they hold."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "act-alone": Said(
        ("an act can only be read with its charter", "un acte ne se lit qu'avec sa charte"),
        ("run `cmcore decide CHARTER ACT`", "lancez `cmcore decide CHARTER ACT`"),
    ),
    "ask-one-way": Said(
        (
            "a stage finds the people it asks in one way only",
            "une étape désigne ses valideurs d'une seule façon",
        ),
        category="conflict",
    ),
    "circuit-alone": Said(
        ("a circuit is a name with its stages", "un circuit est un nom suivi de ses étapes"),
        ("as in `{{crisis: [...]}}`", "par exemple `{{crisis: [...]}}`"),
    ),
    "day-not-instant": Said(
        (
            "`{day}` is a day, and `to` is an instant",
            "`{day}` est un jour, et `to` attend un instant",
        ),
        (
            "write `through: {day}` for the last day",
            "écrivez `through: {day}` pour le dernier jour",
        ),
    ),
    "empty-emergency": Said(
        ("an emergency needs a stage", "une urgence a besoin d'une étape"),
        ("list its stages, or leave it out", "donnez ses étapes, ou retirez-la"),
    ),
    "not-in-cedar": Said(
        (
            "Cedar cannot say `{what}`: the policy is stricter without it",
            "Cedar ne sait pas dire `{what}` : sans cela, la politique est plus stricte",
        ),
    ),
    "example-not-in-cedar": Said(
        (
            "Cedar does not give this example what it must get: no test is made of it",
            "Cedar ne donne pas à cet exemple ce qu'il doit avoir : aucun test n'en est fait",
        ),
    ),
    "history-alone": Said(
        (
            "a history can only be read with its charter",
            "un historique ne se lit qu'avec sa charte",
        ),
        ("run `cmcore audit CHARTER HISTORY`", "lancez `cmcore audit CHARTER HISTORY`"),
    ),
    "key-in-both": Said(
        ("`{key}` and `{other}` are the same key", "`{key}` et `{other}` sont la même clé"),
        ("keep one of them", "gardez l'une des deux"),
        "conflict",
    ),
    "key-not-text": Said(("the key `{key}` is not text", "la clé `{key}` n'est pas un texte")),
    "leave-without-end": Said(
        ("a leave needs a start and an end", "un congé a besoin d'un début et d'une fin")
    ),
    "missing-key": Said(("`{key}` is missing", "il manque `{key}`")),
    "mix-of-several": Said(
        ("a mix asks for one thing only", "une mixité ne demande qu'une seule chose"),
        ("write `least`, `not only` or `most`", "écrivez `least`, `not only` ou `most`"),
    ),
    "no-duty": Said(
        ("it does not say what is owed", "rien ne dit ce qui est dû"),
        (
            "as in `{{answer: first-word, within: 1 h}}`",
            "par exemple `{{answer: premier-mot, within: 1 h}}`",
        ),
    ),
    "no-effect": Said(
        ("the rule has no effect", "la règle n'a pas d'effet"),
        (
            "write one of `permit`, `refer`, `forbid`, followed by the rule's name",
            "écrivez `permit`, `refer` ou `forbid`, suivi du nom de la règle",
        ),
    ),
    "no-event": Said(
        ("it does not say what happened", "rien ne dit ce qui s'est passé"),
        (
            "as in `{{inbound: m1, at: …, by: a customer}}` or `{{reply: a1, at: …}}`",
            "par exemple `{{inbound: m1, at: …, by: a customer}}` ou `{{reply: a1, at: …}}`",
        ),
    ),
    "no-request-event": Said(
        (
            "it does not say what happened to which request",
            "rien ne dit ce qui est arrivé à quelle demande",
        ),
        (
            "as in `{{received: r1, at: …}}` or `{{answered: r1, at: …, by: ana}}`",
            "par exemple `{{received: r1, at: …}}` ou `{{answered: r1, at: …, by: ana}}`",
        ),
    ),
    "no-plain-form": Said(
        (
            "`{kind}` cannot be read from plain data",
            "`{kind}` ne se lit pas dans des données simples",
        ),
        (
            "name a class of cmcore, such as `Charter`",
            "nommez une classe de cmcore, comme `Charter`",
        ),
    ),
    "no-schema": Said(
        ("there is no schema for `{kind}`", "il n'y a pas de schéma pour `{kind}`"),
        category="unknown",
    ),
    "backslash": Said(
        (
            "`{file}` has `\\` between its folders",
            "`{file}` a `\\` entre ses dossiers",
        ),
        ("write `/` there", "écrivez-y `/`"),
    ),
    "file-closed": Said(
        ("`{file}` cannot be read", "`{file}` ne peut pas être lu"),
        ("check that you may open it", "vérifiez que vous avez le droit de l'ouvrir"),
    ),
    "file-not-here": Said(
        (
            "`{file}` names a file, and this is not read from one",
            "`{file}` nomme un fichier, et ceci n'est pas lu dans un fichier",
        ),
        (
            "call `read` with the name of the file that names it",
            "appelez `read` avec le nom du fichier qui le nomme",
        ),
    ),
    "files-too-large": Said(
        (
            "the files that it names have more than {most:,} bytes",
            "les fichiers qu'il nomme dépassent {most:,} octets",
        ),
        category="too-large",
    ),
    "history-without-charter": Said(
        (
            "a history can only be read with a charter",
            "un historique ne se lit qu'avec une charte",
        ),
        ("name one under `charter`", "nommez-en une sous `charter`"),
    ),
    "no-file": Said(
        ("there is no file `{file}` beside it", "il n'y a pas de fichier `{file}` à côté"),
        category="unknown",
    ),
    "no-practice": Said(
        ("it does not say what was done", "ce qui a été fait n'est pas dit"),
        (
            "as in `{{report: 2026-02-20, by: ana}}`",
            "par exemple `{{report: 2026-02-20, by: ana}}`",
        ),
    ),
    "not-a-file": Said(("`{file}` is not a file", "`{file}` n'est pas un fichier")),
    "outside-folder": Said(
        (
            "`{file}` is not in the folder of the file that names it",
            "`{file}` n'est pas dans le dossier du fichier qui le nomme",
        ),
        (
            "put it beside that file or below, and write its name from there",
            "mettez-le à côté de ce fichier ou plus bas, et écrivez son nom à partir de là",
        ),
        "forbidden",
    ),
    "too-many-files": Said(
        ("it names more than {most:,} files", "il nomme plus de {most:,} fichiers"),
        category="too-large",
    ),
    "no-version": Said(
        (
            "a file of {kind} has no version to compare",
            "un fichier de type `{kind}` n'a pas de version à comparer",
        ),
        ("compare a charter with an earlier one", "comparez une charte à une version antérieure"),
    ),
    "not-two-roles": Said(
        ("two roles are kept apart", "ce sont deux rôles que l'on sépare"),
        ("as in `[{roles}]`", "par exemple `[{roles}]`"),
    ),
    "other-kind": Said(
        ("it holds {found:a}, not {wanted:a}", "le fichier contient {found:a}, et non {wanted:a}"),
        ("check which file is which", "vérifiez lequel est lequel"),
        "conflict",
    ),
    "older-version": Said(
        (
            "version {given} comes before version {wanted}, which it is compared with",
            "la version {given} vient avant la version {wanted}, à laquelle elle est comparée",
        ),
        ("compare it with an earlier version", "comparez-la à une version antérieure"),
        "conflict",
    ),
    "other-charter": Said(
        ("`{given}` is not the charter `{wanted}`", "`{given}` n'est pas la charte `{wanted}`"),
        ("compare two versions of one", "comparez deux versions d'une même charte"),
        "conflict",
    ),
    "same-version": Said(
        (
            "the charter has changed, and is still version {given}",
            "la charte a changé, et porte encore la version {given}",
        ),
        ("write `version: {wanted}`", "écrivez `version: {wanted}`"),
        "conflict",
    ),
    "several-effects": Said(
        ("the rule has several effects", "la règle a plusieurs effets"),
        (
            "write one of `permit`, `refer`, `forbid`, followed by the rule's name",
            "écrivez `permit`, `refer` ou `forbid`, suivi du nom de la règle",
        ),
    ),
    "several-kinds": Said(
        ("it says {kinds:and} at once", "l'entrée dit {kinds:and} à la fois"),
        ("one entry says one thing", "une entrée dit une seule chose"),
    ),
    "supervision-of-one": Said(
        ("supervision is of one trait", "un encadrement porte sur un seul trait"),
        (
            "write one, as in `{{contract: internship}}`",
            "écrivez-en un, par exemple `{{contract: internship}}`",
        ),
    ),
    "unknown-format": Said(
        ("the format of `{file}` is unknown", "le format de `{file}` est inconnu"),
        category="unknown",
    ),
    "unknown-kind": Said(
        ("it does not say what it holds", "le fichier ne dit pas ce qu'il contient"),
        ("one of its keys is {known:or}", "l'une de ses clés est {known:or}"),
    ),
    "odd-space": Said(
        (
            "`{key}` holds {character}, which only looks like a space",
            "`{key}` contient `{character}`, qui ressemble seulement à une espace",
        ),
        ("put ordinary spaces there", "mettez-y des espaces ordinaires"),
    ),
    "unknown-key": Said(("`{key}` is not a known key", "`{key}` n'est pas une clé connue")),
    "wrong-event": Said(
        ("`{found}` is another kind of event", "`{found}` est un autre type d'événement"),
        ("it should be `{wanted}`", "il faudrait `{wanted}`"),
    ),
    "zone-without-hours": Said(
        ("a zone says nothing without hours", "un fuseau ne dit rien sans heures"),
        (
            "write the hours under `during`, or leave the zone out",
            "écrivez les heures sous `during`, ou retirez le fuseau",
        ),
    ),
    "cannot-be-none": Said(
        ("`{fact}` cannot be `{none}`", "`{fact}` ne peut pas être `{none}`"),
        ("leave it empty where it is unknown", "laissez la case vide si la valeur est inconnue"),
    ),
    "column-twice": Said(
        ("the column `{column}` appears twice", "la colonne `{column}` apparaît deux fois"),
        ("keep one of them", "gardez-en une"),
        "conflict",
    ),
    "empty-history": Said(
        ("the history is empty", "l'historique est vide"),
        ("its first row names the facts", "sa première ligne nomme les faits"),
    ),
}
