"""What is wrong with the text of a document: JSON, YAML or TOML."""

from typing import Final

from cmcore.base.said import Said

_ESCAPE: Final = ("write `\\\\` for a backslash", "écrivez `\\\\` pour une barre oblique inverse")
_QUOTES: Final = ("put it in quotes", "mettez-la entre guillemets")

PROBLEMS: Final[dict[str, Said]] = {
    "later-format": Said(
        (
            "it has the format {given}; this version reads formats up to {wanted}",
            "son format est {given} ; cette version lit les formats jusqu'à {wanted}",
        ),
        (
            "read it with the version of the library that wrote it, or a later one",
            "lisez-le avec la version de la bibliothèque qui l'a écrit, ou une plus récente",
        ),
    ),
    "other-value": Said(
        (
            "what is stored is a `{given}`, not a `{wanted}`",
            "ce qui est stocké est un `{given}`, et non un `{wanted}`",
        ),
        category="conflict",
    ),
    "unknown-country": Said(
        (
            "no holidays are known of the country `{name}`",
            "les jours fériés du pays `{name}` ne sont pas connus",
        ),
        ("write its code, as in `FR`", "écrivez son code, comme `FR`"),
        "unknown",
    ),
    "unknown-region": Said(
        (
            "`{country}` has no region `{name}` with its own holidays",
            "`{country}` n'a pas de région `{name}` avec ses propres jours fériés",
        ),
        category="unknown",
    ),
    "worked-anyway": Said(
        (
            "{day} is no holiday of the country: it is worked anyway",
            "le {day} n'est pas férié dans ce pays : il est travaillé de toute façon",
        ),
        ("leave it out", "retirez-le"),
    ),
    "year-without-holidays": Said(
        ("no holidays are known of {year}", "les jours fériés de {year} ne sont pas connus"),
        ("years run from {first} to {last}", "les années vont de {first} à {last}"),
        "unknown",
    ),
    "alias": Said(
        ("the alias `*{name}` is not allowed", "l'alias `*{name}` n'est pas permis"),
        (
            "repeat what it stands for, or quote a text that starts with `*`",
            "répétez ce qu'il désigne, ou mettez entre guillemets un texte qui commence par `*`",
        ),
    ),
    "anchor": Said(
        ("the anchor `&{name}` is not allowed", "l'ancre `&{name}` n'est pas permise"),
        (
            "remove it, or quote a text that starts with `&`",
            "retirez-la, ou mettez entre guillemets un texte qui commence par `&`",
        ),
    ),
    "bad-alias": Said(
        ("aliases are not allowed", "les alias ne sont pas permis"),
        (
            "quote a text that starts with `*`",
            "mettez entre guillemets un texte qui commence par `*`",
        ),
    ),
    "bad-anchor": Said(
        ("anchors are not allowed", "les ancres ne sont pas permises"),
        (
            "quote a text that starts with `&`",
            "mettez entre guillemets un texte qui commence par `&`",
        ),
    ),
    "bad-date": Said(("a date or a time is not valid", "une date ou une heure n'est pas valable")),
    "bad-directive": Said(
        ("a `%` line is not valid", "une ligne qui commence par `%` n'est pas valable"),
        ("remove it", "retirez-la"),
    ),
    "bad-escape": Said(
        ("an escape in a text is not valid", "un échappement dans un texte n'est pas valable"),
        _ESCAPE,
    ),
    "bad-indentation": Said(
        (
            "the indentation does not fit the lines above",
            "le retrait ne correspond pas aux lignes du dessus",
        ),
        (
            "align it with spaces, and check the `:` or the quote just before",
            "alignez-le avec des espaces, et vérifiez le `:` ou le guillemet qui précède",
        ),
    ),
    "bad-number": Said(
        (
            "a number of an escape or of a `%` line is not valid",
            "un nombre d'un échappement ou d'une ligne `%` n'est pas valable",
        )
    ),
    "bad-start": Said(
        (
            "a text cannot start with this character",
            "un texte ne peut pas commencer par ce caractère",
        ),
        ("put the text in quotes", "mettez le texte entre guillemets"),
    ),
    "bad-tag": Said(
        ("tags are not allowed", "les étiquettes de type ne sont pas permises"),
        (
            "quote a text that starts with `!`",
            "mettez entre guillemets un texte qui commence par `!`",
        ),
    ),
    "bad-toml-key": Said(("a key is not valid", "une clé n'est pas valable"), _QUOTES),
    "bad-toml-value": Said(
        ("a value is missing or not valid", "une valeur manque ou n'est pas valable"),
        ("a text is in quotes", "un texte se met entre guillemets"),
    ),
    "bracket-missing": Said(
        ("a `,` or a closing bracket is missing", "il manque une `,` ou un crochet fermant")
    ),
    "collection-as-key": Said(
        ("a list or a mapping is used as a key", "une liste ou un dictionnaire sert de clé"),
        ("a key is one text", "une clé est un texte seul"),
    ),
    "colon-missing": Said(
        ("a `:` is missing after a key", "il manque un `:` après une clé"),
        ("write `key: value`", "écrivez `clé: valeur`"),
    ),
    "decimal-comma": Said(
        ("the number `{given}` is cut at its comma", "le nombre `{given}` est coupé à sa virgule")
    ),
    "listed-again": Said(
        ("`{entry}` is in this list already", "`{entry}` est déjà dans cette liste"),
        ("list it once", "ne le donnez qu'une fois"),
        "conflict",
    ),
    "empty-document": Said(
        ("the document is empty", "le document est vide"),
        (
            "begin it with what it holds, as in `charter: airline`",
            "commencez-le par ce qu'il contient, par exemple `charter: airline`",
        ),
    ),
    "equals-missing": Said(
        ("a `=` is missing after a key", "il manque un `=` après une clé"),
        ("write `key = value`", "écrivez `clé = valeur`"),
    ),
    "half-character-in-text": Said(
        (
            "the text holds half a character, {character}",
            "le texte contient une moitié de caractère, `{character}`",
        )
    ),
    "illegal-character": Said(
        (
            "the character {character} is not allowed here",
            "le caractère `{character}` n'est pas permis ici",
        ),
        (
            "remove it, or write it as an escape in double quotes",
            "retirez-le, ou écrivez-le comme un échappement entre guillemets doubles",
        ),
    ),
    "json-key-missing": Said(
        ("a key in double quotes is missing", "il manque une clé entre guillemets doubles"),
        ('write `"key": value`, no `,` last', 'écrivez `"clé": valeur`, sans `,` à la fin'),
    ),
    "json-value-missing": Said(
        ("a value is missing", "il manque une valeur"),
        (
            "a text is in double quotes, and no `,` comes last",
            "un texte se met entre guillemets doubles, et aucune `,` ne vient à la fin",
        ),
    ),
    "key-before-colon": Said(
        ("a key is missing before `:`", "il manque une clé avant `:`"),
        ("write `key: value`", "écrivez `clé: valeur`"),
    ),
    "key-given-twice": Said(
        ("a key or a table is given twice", "une clé ou une table est donnée deux fois"),
        ("keep one of them", "gardez-en une"),
        "conflict",
    ),
    "key-repeated": Said(
        ("the key `{key}` is repeated", "la clé `{key}` est répétée"),
        (
            "it is already on line {first}: keep one of them",
            "elle est déjà à la ligne {first} : gardez-en une",
        ),
        "conflict",
    ),
    "line-break-in-json": Said(
        (
            "a text holds a line break or a tab",
            "un texte contient un saut de ligne ou une tabulation",
        ),
        ("write it `\\n` or `\\t`", "écrivez `\\n` ou `\\t`"),
    ),
    "line-break-in-toml": Said(
        ("a text holds a line break", "un texte contient un saut de ligne"),
        ("use three quotes for several lines", "mettez trois guillemets pour plusieurs lignes"),
    ),
    "merge-key": Said(
        ("the merge key `<<` is not allowed", "la clé de fusion `<<` n'est pas permise"),
        ("write out what it would bring in", "écrivez en entier ce qu'elle apporterait"),
    ),
    "more-after-block-sign": Said(
        (
            "something follows the `|` or `>` of a text",
            "quelque chose suit le `|` ou le `>` d'un texte",
        ),
        ("start it on the next line", "commencez-le à la ligne suivante"),
    ),
    "more-after-end": Said(
        ("something follows the end of the document", "quelque chose suit la fin du document"),
        ("keep one document", "gardez un seul document"),
    ),
    "more-on-line": Said(
        ("something follows a value on its line", "quelque chose suit une valeur sur sa ligne"),
        ("one key on each line", "une clé par ligne"),
    ),
    "no-null": Said(
        ("there is no null in this format", "ce format n'a pas de valeur nulle"),
        ("leave the key out", "retirez la clé"),
    ),
    "not-json": Said(("this is not valid JSON", "ce n'est pas du JSON valable")),
    "not-plain": Said(("`{kind}` is not plain data", "`{kind}` n'est pas une donnée simple")),
    "not-toml": Said(("this is not valid TOML", "ce n'est pas du TOML valable")),
    "not-utf": Said(
        ("the text is not in UTF-8", "le texte n'est pas en UTF-8"),
        ("save the file again in UTF-8", "enregistrez à nouveau le fichier en UTF-8"),
    ),
    "not-yaml": Said(
        ("this is not valid YAML", "ce n'est pas du YAML valable"),
        (
            "put in quotes any text with special characters",
            "mettez entre guillemets tout texte qui contient des caractères spéciaux",
        ),
    ),
    "number-not-finite": Said(
        (
            "a number is not finite, or too large to be held",
            "un nombre est infini, ou trop grand pour être gardé",
        )
    ),
    "number-too-large": Said(
        (
            "a whole number has more than {most} digits",
            "un nombre entier a plus de {most} chiffres",
        ),
        (
            "write a smaller one; if it is an identifier, put it in quotes",
            "écrivez-en un plus petit ; si c'est un identifiant, mettez-le entre guillemets",
        ),
        "too-large",
    ),
    "odd-indentation": Said(
        (
            "the indentation holds {character}, which only looks like a space",
            "le retrait contient `{character}`, qui ressemble seulement à une espace",
        ),
        ("use spaces", "mettez des espaces ordinaires"),
    ),
    "quote-open": Said(
        ("a quote is opened and never closed", "un guillemet est ouvert et jamais fermé")
    ),
    "several-documents": Said(
        ("there is more than one document", "il y a plusieurs documents"),
        ("keep one, and no `---` after it", "gardez-en un seul, sans `---` après lui"),
    ),
    "stray-colon": Said(
        ("a `:` is out of place", "un `:` n'est pas à sa place"),
        ("quote the text", "mettez le texte entre guillemets"),
    ),
    "stray-dash": Said(
        ("a `-` is out of place", "un `-` n'est pas à sa place"),
        ("start it on its own line", "mettez-le au début de sa propre ligne"),
    ),
    "tab-as-indentation": Said(
        ("a tab is used as indentation", "une tabulation sert de retrait"),
        ("use spaces", "mettez des espaces"),
    ),
    "table-bracket-missing": Said(
        (
            "a closing bracket is missing after the name of a table",
            "il manque un crochet fermant après le nom d'une table",
        )
    ),
    "tag": Said(
        ("the tag `{name}` is not allowed", "l'étiquette de type `{name}` n'est pas permise"),
        (
            "remove it, or quote a text that starts with `!`",
            "retirez-la, ou mettez entre guillemets un texte qui commence par `!`",
        ),
    ),
    "tag-line": Said(
        ("a `%TAG` line is not allowed", "une ligne `%TAG` n'est pas permise"),
        ("tags are not supported", "les étiquettes de type ne sont pas lues"),
    ),
    "text-cut": Said(
        ("`{rest}` does not belong to the text", "`{rest}` ne fait pas partie du texte")
    ),
    "text-too-long": Said(
        ("the text is longer than {most:,} bytes", "le texte dépasse {most:,} octets"),
        ("split it into several files", "répartissez-le sur plusieurs fichiers"),
        "too-large",
    ),
    "too-deep": Said(
        (
            "there are more than {most} levels of nesting",
            "il y a plus de {most} niveaux d'imbrication",
        ),
        category="too-large",
    ),
    "too-many-dashes": Said(
        (
            "a line of more than three dashes begins no document",
            "une ligne de plus de trois tirets n'ouvre pas de document",
        ),
        ("write `---`", "écrivez `---`"),
    ),
    "too-long-unquoted": Said(
        (
            "more than {most} characters in a row have no quotes",
            "plus de {most} caractères de suite sont sans guillemets",
        ),
        ("put a long key or text in quotes", "mettez entre guillemets une clé ou un texte long"),
        "too-large",
    ),
    "too-many-values": Said(
        ("there are more than {most:,} values", "il y a plus de {most:,} valeurs"),
        ("split it into several files", "répartissez-les sur plusieurs fichiers"),
        "too-large",
    ),
    "toml-not-mapping": Said(
        (
            "a TOML document is a mapping of keys to values",
            "un document TOML est un dictionnaire de clés et de valeurs",
        )
    ),
    "trailing-comma": Said(
        ("a `,` comes last", "une `,` vient à la fin"), ("remove it", "retirez-la")
    ),
    "yaml-value-missing": Said(
        (
            "a value is missing, or a bracket is not closed",
            "il manque une valeur, ou un crochet n'est pas fermé",
        )
    ),
}
