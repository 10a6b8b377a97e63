"""What is wrong with labellers and their calibrations."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "calibrated-before-change": Said(
        (
            "the calibration promises the outcome of `{charter}` as it was: its content changed",
            "le calibrage engage sur l'issue de `{charter}` d'avant : son contenu a changé",
        ),
        (
            "calibrate again, and give a charter that changes another version",
            "calibrez à nouveau, et donnez une autre version à une charte qui change",
        ),
        "stale",
    ),
    "calibrated-for-other": Said(
        (
            "the calibration promises the outcome of `{other}`, not of `{charter}`",
            "le calibrage engage sur l'issue de `{other}`, et non de `{charter}`",
        ),
        (
            "calibrate again for this version of the charter",
            "calibrez à nouveau pour cette version de la charte",
        ),
        "stale",
    ),
    "calibration-of-other": Said(
        (
            "the scores are of `{labeller}`, the calibration is of `{other}`",
            "les scores sont de `{labeller}`, le calibrage est de `{other}`",
        ),
        (
            "calibrate each version of a labeller by itself",
            "calibrez chaque version d'un étiqueteur pour elle-même",
        ),
        "stale",
    ),
    "curve-twice": Said(
        ("`{label}` has two curves", "`{label}` a deux courbes"),
        ("keep one of them", "n'en gardez qu'une"),
        "conflict",
    ),
    "label-disputed": Said(
        (
            "`{label}` is said to be {one} and {other} of the same act",
            "`{label}` vaut à la fois {one} et {other} pour un même acte",
        ),
        ("settle which it is, and keep one of them", "tranchez, et n'en gardez qu'un"),
        "conflict",
    ),
    "label-is-no-flag": Said(
        (
            "`{label}` is declared as {type:a}, and a score says yes or no",
            "`{label}` est déclarée comme {type:a}, et un score répond par oui ou non",
        ),
        ("declare it as a flag", "déclarez-la comme un oui ou non"),
    ),
    "label-not-asked": Said(
        (
            "`{label}` is declared as {type:a}, and people are asked for few words alone",
            "`{label}` est déclarée comme {type:a}, et on ne demande que quelques mots",
        ),
        (
            "declare it as a flag, or with the list of its words",
            "déclarez-la comme un oui ou non, ou avec la liste de ses mots",
        ),
    ),
    "label-twice": Said(
        ("`{label}` is there twice", "`{label}` y est deux fois"),
        ("keep one of them", "n'en gardez qu'une"),
        "conflict",
    ),
    "label-undeclared": Said(
        (
            "the charter `{charter}` declares no label `{label}`",
            "la charte `{charter}` ne déclare pas d'étiquette `{label}`",
        ),
        (
            "declare it as a flag, or give a labeller of the labels that the charter has",
            "déclarez-la comme un oui ou non, ou donnez un étiqueteur des étiquettes de la charte",
        ),
    ),
    "no-classifier": Said(
        (
            "a `{kind}` gives no probabilities of classes",
            "un objet `{kind}` ne donne pas de probabilités à des classes",
        ),
        (
            "fit it first, or give one that has them",
            "entraînez-le d'abord, ou donnez-en un qui en a",
        ),
    ),
    "no-such-class": Said(
        (
            "the `{kind}` has the classes {classes:and}, and none is `{yes}`",
            "les classes du `{kind}` sont {classes:and}, et aucune n'est `{yes}`",
        ),
        ("name the one that stands for yes", "nommez celle qui vaut oui"),
    ),
    "other-examples": Said(
        (
            "the number of examples is {count}, and was {other} when it was calibrated",
            "le nombre d'exemples est {count}, et était {other} au calibrage",
        ),
        (
            "give those that it was calibrated on, all of them",
            "donnez ceux du calibrage, tous",
        ),
        "conflict",
    ),
    "outcome-alone": Said(
        (
            "a promise about the outcome of a charter has one risk, of all acts together",
            "un engagement sur l'issue d'une charte a un seul risque, tous actes confondus",
        ),
        (
            "give one number as the risk, and ask for nothing else",
            "donnez un seul nombre comme risque, sans rien demander d'autre",
        ),
        "conflict",
    ),
    "outcome-of-which": Said(
        (
            "the calibration promises the outcome of `{charter}`, which is not given",
            "le calibrage engage sur l'issue de `{charter}`, qui n'est pas donnée",
        ),
        ("give the charter", "donnez la charte"),
        "invalid",
    ),
    "ranges-cross": Said(
        (
            "some scores would be in two ranges, or in none",
            "certains scores seraient dans deux plages, ou dans aucune",
        ),
        (
            "give the ranges from the lowest scores to the highest, apart from each other",
            "donnez des plages disjointes, des plus petits scores aux plus grands",
        ),
        "conflict",
    ),
    "scored-twice": Said(
        (
            "two labellers score `{label}`",
            "deux étiqueteurs donnent un score à `{label}`",
        ),
        ("keep one of them", "n'en gardez qu'un"),
        "conflict",
    ),
    "several-outputs": Said(
        (
            "the `{kind}` answers for several labels at once",
            "le `{kind}` répond pour plusieurs étiquettes à la fois",
        ),
        (
            "give one classifier for each label, and join them with `by_several`",
            "donnez un classifieur par étiquette, et réunissez-les avec `by_several`",
        ),
    ),
    "threshold-twice": Said(
        (
            "`{label}` has two thresholds on one side",
            "`{label}` a deux seuils du même côté",
        ),
        ("keep one of them", "n'en gardez qu'un"),
        "conflict",
    ),
    "thresholds-cross": Said(
        (
            "some scores of `{label}` would be both yes and no",
            "certains scores de `{label}` vaudraient à la fois oui et non",
        ),
        (
            "the threshold of no lies below that of yes",
            "le seuil du non est inférieur à celui du oui",
        ),
        "conflict",
    ),
    "unequal-ratings": Said(
        (
            "the two lists are of different lengths: {one} and {other}",
            "les deux listes n'ont pas la même longueur : {one} et {other}",
        ),
        (
            "give both for the same things, in the same order: None where nothing was said",
            "donnez les deux pour les mêmes choses, dans le même ordre : None si rien n'a été dit",
        ),
        "conflict",
    ),
}
