"""What is wrong with files of AutoModerator, and what a charter cannot say of them."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

_REFUSED: Final = (
    "Reddit does not save a file with such a rule, and none of its changes comes into force",
    "Reddit n'enregistre pas un fichier avec une telle règle, et rien n'y change",
)
_UNKNOWN: Final = (
    "it is a label now, unknown until somebody supplies it: a person looks first",
    "c'est une étiquette, inconnue tant que nul ne la fournit : quelqu'un regarde d'abord",
)
_FIELDS: Final = (
    "the fields are those of the documentation of AutoModerator",
    "les champs sont ceux de la documentation d'AutoModerator",
)

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    # what a charter cannot say
    "automod-blockquotes": Said(
        (
            "`{key}` leaves quotations out, which no rule of a charter can",
            "`{key}` laisse les citations de côté, ce qu'aucune règle d'une charte ne sait faire",
        ),
        _UNKNOWN,
    ),
    "automod-pattern": Said(
        (
            "`{pattern}` cannot be looked for: {reason:say automod}",
            "`{pattern}` ne peut pas être cherché : {reason:say automod}",
        ),
        _UNKNOWN,
    ),
    "automod-standard": Said(
        (
            "`standard: {name}` stands for a list that Reddit keeps, not this file",
            "`standard: {name}` désigne une liste tenue par Reddit, qui n'est pas dans ce fichier",
        ),
        _UNKNOWN,
    ),
    "automod-not-said": Said(
        ("`{key}` is not among what is read here", "`{key}` n'est pas de ce qui se lit ici"),
        _UNKNOWN,
    ),
    "automod-other-target": Said(
        (
            "the action is on the submission commented on, not on the comment",
            "l'action porte sur la publication commentée, et non sur le commentaire",
        ),
        ("decide on that with a rule of its own", "décidez-en par une règle à part"),
    ),
    # what Reddit refuses
    "automod-bad-pattern": Said(
        (
            "`{pattern}` is no regular expression: {reason:say automod}",
            "`{pattern}` n'est pas une expression régulière : {reason:say automod}",
        ),
        _REFUSED,
    ),
    "automod-bad-value": Said(
        ("`{key}` cannot be `{given}`", "`{key}` ne peut pas valoir `{given}`"), _REFUSED
    ),
    "automod-bad-modifier": Said(
        ("`{key}` has no modifier `{given}`", "`{key}` n'a pas de modificateur `{given}`"), _REFUSED
    ),
    "automod-no-field": Said(
        ("there is no field `{given}`", "il n'y a pas de champ `{given}`"), _FIELDS, "unknown"
    ),
    "automod-off-type": Said(
        (
            "`{key}` is nothing that a {type} has",
            "`{key}` n'existe pas pour ce qui est dit `{type}`",
        ),
        _REFUSED,
    ),
    # what is otherwise than it looks
    "automod-key-again": Said(
        (
            "`{key}` stands twice in one rule, since line {first}: only this one counts",
            "`{key}` figure deux fois dans une règle, dès la ligne {first} : seul celui-ci compte",
        ),
        (
            "put the values in one list, or number the second, as in title#2",
            "mettez les valeurs dans une seule liste, ou numérotez la seconde : title#2",
        ),
    ),
    "automod-dashes-missing": Said(
        (
            "two rules are read as one: of what both say, since line {first}, the second counts",
            "deux règles n'en font qu'une : à partir de la ligne {first}, la seconde l'emporte",
        ),
        (
            "separate them with a line of three dashes",
            "séparez-les par une ligne de trois tirets",
        ),
    ),
    "automod-not-a-rule": Said(
        (
            "AutoModerator passes over what is no mapping: nothing here is in force",
            "AutoModerator ignore ce qui n'a pas de clés : rien ici n'est en vigueur",
        ),
        (
            "a rule has keys and values, and a line of three dashes before the next",
            "une règle a des clés et des valeurs, et trois tirets la séparent de la suivante",
        ),
    ),
    "automod-no-check": Said(
        (
            "the rule asks nothing, so AutoModerator leaves it out",
            "la règle ne demande rien : AutoModerator la laisse de côté",
        ),
        (
            "say which posts it is for, with a type for instance",
            "dites à quelles publications elle s'applique, par un type par exemple",
        ),
    ),
    "automod-no-rules": Said(
        (
            "there is no rule in it, so AutoModerator lets everything out",
            "il n'y a aucune règle dedans : AutoModerator laisse tout passer",
        ),
        (
            "take the whole page of the wiki that AutoModerator reads",
            "prenez en entier la page du wiki que lit AutoModerator",
        ),
    ),
    "automod-nothing-decided": Said(
        (
            "no rule decides about a post: the charter lets everything out",
            "aucune règle ne décide d'une publication : la charte laisse tout passer",
        ),
        (
            "give a rule an action that decides, as a removal does",
            "donnez à une règle une action qui décide, comme un retrait",
        ),
    ),
    "automod-no-action": Said(
        (
            "the rule does nothing, so AutoModerator leaves it out",
            "la règle ne fait rien : AutoModerator la laisse de côté",
        ),
        (
            "say what it does, with an action for instance",
            "dites ce qu'elle fait, par une action par exemple",
        ),
    ),
    "automod-only-besides": Said(
        (
            "the rule decides nothing about the post: what it does besides, a charter does not",
            "la règle ne décide rien de la publication : le reste, une charte ne le fait pas",
        ),
        (
            "give it an action if it should decide",
            "donnez-lui une action si elle doit décider",
        ),
    ),
    "automod-never-holds": Said(
        (
            "no post is as the rule asks",
            "aucune publication n'est telle que la règle le demande",
        ),
        ("remove it, or say what was meant", "retirez-la, ou dites ce qui était voulu"),
    ),
    "automod-empty": Said(
        (
            "`{key}` names no value, so it holds for every post",
            "`{key}` ne nomme aucune valeur : cela vaut pour toutes les publications",
        ),
        ("name one, or remove the line", "nommez-en une, ou retirez la ligne"),
    ),
    "automod-never": Said(
        (
            "`{given}` of `{key}` is never found: {reason:say automod}",
            "`{given}`, de `{key}`, n'est jamais trouvé : {reason:say automod}",
        ),
        ("remove it, or say what was meant", "retirez-le, ou dites ce qui était voulu"),
    ),
    "automod-read-as": Said(
        (
            "without quotes, `{given}` is read as `{read}`",
            "sans guillemets, `{given}` est lu comme `{read}`",
        ),
        ("put it between quotation marks", "mettez-le entre guillemets"),
    ),
    "automod-bare-sign": Said(
        (
            "a `?` by itself is no text in YAML: it is read as a pair without key and value",
            "un `?` seul n'est pas un texte en YAML : il est lu comme une paire sans clé ni valeur",
        ),
        ("put it between quotation marks", "mettez-le entre guillemets"),
    ),
    "automod-class-as-list": Said(
        (
            "`[{given}]` is read as a list of one value, not as a range of characters",
            "`[{given}]` est lu comme une liste d'une valeur, non comme un intervalle",
        ),
        (
            "put the expression between quotation marks, brackets included",
            "mettez l'expression entre guillemets, crochets compris",
        ),
    ),
    "automod-quotes": Said(
        (
            "the curly quotation marks of `{given}` are looked for as well",
            "les guillemets typographiques de `{given}` sont cherchés eux aussi",
        ),
        ("straight ones are those of the syntax", "ceux de la syntaxe sont droits"),
    ),
    "automod-one-text": Said(
        (
            "`{given}` is one value: the whole of it is looked for, commas included",
            "`{given}` est une seule valeur : elle est cherchée entière, virgules comprises",
        ),
        (
            "put the values in brackets to make them a list",
            "mettez les valeurs entre crochets pour en faire une liste",
        ),
    ),
    "automod-shadowed": Said(
        (
            "the rule never acts: rule {number}, line {first}, comes first and takes its posts",
            "la règle n'agit jamais : la règle {number}, ligne {first}, passe avant et les prend",
        ),
        (
            "remove it, or give it a higher priority",
            "retirez-la, ou donnez-lui une priorité plus haute",
        ),
    ),
    "automod-never-acts": Said(
        (
            "the rule never acts: earlier filters take its posts, or it contradicts itself",
            "la règle n'agit jamais : des filtres passent avant, ou elle se contredit",
        ),
        (
            "remove it, or give it a higher priority",
            "retirez-la, ou donnez-lui une priorité plus haute",
        ),
    ),
    "automod-too-many": Said(
        ("the file has more than {most} rules", "le fichier a plus de {most} règles"),
        ("{most} at most", "{most} au plus"),
        "too-large",
    ),
}
