"""What is wrong with word lists and patterns."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "bad-pattern": Said(
        (
            "the pattern `{pattern}` cannot be used: {reason:say pattern}, at `{piece}`",
            "le motif `{pattern}` ne peut pas servir : {reason:say pattern}, à `{piece}`",
        ),
        (
            (
                "patterns are those of RE2: no look-around and no back-reference, so "
                "that time is linear"
            ),
            (
                "les motifs sont ceux de RE2 : ni assertion avant ou arrière, ni "
                "référence arrière, pour que le temps reste linéaire"
            ),
        ),
    ),
    "entry-not-found": Said(
        (
            "`{part}` in the entry `{entry}` cannot be found",
            "`{part}`, dans `{entry}`, est introuvable",
        ),
        (
            "look for it with `matches`, or leave it out",
            "cherchez-le avec `matches`, ou retirez-le",
        ),
    ),
    "entry-too-long": Said(
        ("the entry `{entry}` is too long", "`{entry}` est trop long"),
        ("{most} characters at most", "{most} caractères au plus"),
        "too-large",
    ),
    "entry-too-many-words": Said(
        ("the entry `{entry}` has too many words", "`{entry}` a trop de mots"),
        (
            "{most} words at most; four characters of a script without spaces count as a word",
            (
                "{most} mots au plus ; quatre caractères d'une écriture sans espaces "
                "comptent pour un mot"
            ),
        ),
        "too-large",
    ),
    "entry-without-word": Said(
        ("the entry `{entry}` holds no word", "`{entry}` ne contient aucun mot"),
        (
            "write a word or a phrase, a `#hashtag`, a `@mention` or an emoji",
            "écrivez un mot ou une expression, un `#hashtag`, une `@mention` ou un émoji",
        ),
    ),
    "half-character": Said(
        (
            "the pattern `{pattern}` holds half a character",
            "le motif `{pattern}` contient une moitié de caractère",
        ),
        ("save it in UTF-8", "enregistrez-le en UTF-8"),
    ),
    "misplaced-star": Said(
        ("the entry `{entry}` has a `*` out of place", "`{entry}` a un `*` mal placé"),
        (
            "put one `*` beside two letters or more of a word, as in `rappel*` or `*gesetz`",
            (
                "mettez un seul `*` contre deux lettres au moins d'un mot, comme dans "
                "`rappel*` ou `*gesetz`"
            ),
        ),
    ),
    "no-language": Said(
        ("`{given}` is not a language", "`{given}` n'est pas une langue"),
        (
            "write its name or its code, as in `fr` or `pt-br`",
            "écrivez son nom ou son code, par exemple `fr` ou `pt-br`",
        ),
        "unknown",
    ),
    "not-inflected": Said(
        (
            "there are no rules of inflection for `{language}`",
            "il n'y a pas de règles de flexion pour `{language}`",
        ),
        (
            "write the code of a language that Snowball knows, as in `fr`",
            "écrivez le code d'une langue que Snowball connaît, comme `fr`",
        ),
        "unknown",
    ),
    "pattern-too-long": Said(
        ("the pattern `{pattern}` is too long", "le motif `{pattern}` est trop long"),
        ("{most} characters at most", "{most} caractères au plus"),
        "too-large",
    ),
}
