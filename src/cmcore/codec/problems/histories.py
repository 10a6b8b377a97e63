"""What is wrong with the files and rows of histories."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "given-and-absent": Said(
        ("`{fact}` has a value and is marked absent", "`{fact}` a une valeur et se dit absent"),
        ("leave out one of the two", "retirez l'un des deux"),
        "conflict",
    ),
    "fact-twice": Said(
        ("`{fact}` is given twice", "`{fact}` est donné deux fois"),
        ("keep one of them", "gardez-en un"),
        "conflict",
    ),
    "blank-row": Said(
        ("the line is blank", "la ligne est vide"),
        ("remove it if no act is missing there", "retirez-la s'il n'y manque aucun acte"),
    ),
    "cell-too-long": Said(
        ("a cell has more than {most:,} characters", "une case dépasse {most:,} caractères"),
        ("shorten it", "raccourcissez-la"),
        "too-large",
    ),
    "empty-row": Said(
        ("the row is empty", "la ligne ne contient rien"),
        ("remove it if no act is missing there", "retirez-la s'il n'y manque aucun acte"),
    ),
    "id-repeated": Said(
        ("a row above it has the same id", "une ligne plus haut a le même identifiant"),
        ("keep one row of each act", "gardez une ligne par acte"),
        "conflict",
    ),
    "late-row": Said(
        ("comes before the row above", "elle vient avant la ligne du dessus"),
        ("put the history in order of time", "mettez l'historique dans l'ordre du temps"),
        "conflict",
    ),
    "line-bytes": Said(
        ("the line has more than {most:,} bytes", "la ligne dépasse {most:,} octets"),
        ("split it", "coupez-la en plusieurs"),
        "too-large",
    ),
    "line-not-read": Said(("line {last} was not read", "la ligne {last} n'a pas été lue")),
    "line-too-long": Said(
        ("the line has more than {most:,} characters", "la ligne dépasse {most:,} caractères"),
        ("split it", "coupez-la en plusieurs"),
        "too-large",
    ),
    "lines-not-read": Said(
        ("lines {first}–{last} were not read", "les lignes {first} à {last} n'ont pas été lues")
    ),
    "list-of-nothing": Said(
        ("`{given}` is a list without a word", "`{given}` est une liste sans mot"),
        ("write `{none}`", "écrivez `{none}`"),
    ),
    "list-of-rows": Said(
        ("the file is one JSON list", "le fichier est une seule liste JSON"),
        (
            "write each object of the list on a line of its own",
            "écrivez chaque objet de la liste sur sa propre ligne",
        ),
    ),
    "other-separator": Said(
        ("the cells are separated by `{separator}`", "les cases sont séparées par `{separator}`"),
        ("say so: `separator`, or `--separator`", "dites-le : `separator`, ou `--separator`"),
    ),
    "quote-around-rows": Said(
        (
            (
                "a quote opened on line {opened} is not closed before line {last}, and "
                "what it holds looks like rows"
            ),
            (
                "un guillemet ouvert à la ligne {opened} n'est pas fermé avant la "
                "ligne {last}, et ce qu'il contient ressemble à des lignes"
            ),
        ),
        ("close it where its cell ends", "fermez-le à la fin de sa case"),
    ),
    "quote-never-closed": Said(
        (
            "a quote opened on line {opened} is never closed",
            "un guillemet ouvert à la ligne {opened} n'est jamais fermé",
        ),
        ("close it on line {opened}", "fermez-le à la ligne {opened}"),
    ),
    "quote-never-opened": Said(
        (
            "a quote closes a cell that none opens",
            "un guillemet ferme une case sans l'avoir ouverte",
        ),
        ("quote the whole cell", "mettez toute la case entre guillemets"),
    ),
    "quote-within-cell": Said(
        (
            "a quote opened on line {opened} is closed in the middle of a cell",
            "un guillemet ouvert à la ligne {opened} est fermé au milieu d'une case",
        ),
        (
            'double the quotes within a cell, as in `""`',
            "doublez les guillemets à l'intérieur d'une case, par exemple `\"\"`",
        ),
    ),
    "ragged-row": Said(
        (
            "the number of cells is {count}, not {due}",
            "le nombre de cases est {count}, au lieu de {due}",
        ),
        (
            "quote cells that hold `{separator}`",
            "mettez entre guillemets les cases qui contiennent `{separator}`",
        ),
    ),
    "several-words": Said(
        ("`{given}` is several words in one", "`{given}` réunit plusieurs mots en un seul"),
        (
            "write `{cell}` in a cell, and a list elsewhere",
            "écrivez `{cell}` dans une case, et une liste ailleurs",
        ),
    ),
    "too-many-empty": Said(
        (
            "more than {most:,} rows in a row hold nothing",
            "plus de {most:,} lignes de suite ne contiennent rien",
        ),
        ("remove them", "retirez-les"),
        "too-large",
    ),
    "too-many-lines": Said(
        ("there are more than {most:,} lines", "il y a plus de {most:,} lignes"),
        ("split them into several files", "répartissez-les sur plusieurs fichiers"),
        "too-large",
    ),
    "damaged-text": Said(
        (
            "`{fact}` holds {character}, the mark of a character that could not be read",
            "`{fact}` contient `{character}`, la marque d'un caractère qui n'a pas pu être lu",
        ),
        (
            "export the file again, as UTF-8 from end to end",
            "exportez à nouveau le fichier, en UTF-8 de bout en bout",
        ),
    ),
    "encoded-twice": Said(
        (
            "`{fact}` holds `{given}`, which is UTF-8 that was read as Windows-1252",
            "`{fact}` contient `{given}`, de l'UTF-8 qui a été lu comme du Windows-1252",
        ),
        (
            "export the file again, as UTF-8 from end to end",
            "exportez à nouveau le fichier, en UTF-8 de bout en bout",
        ),
    ),
    "empty-word": Said(
        ("a word of the list is empty", "un mot de la liste est vide"),
        (
            "write the word that is missing, or take its separator off",
            "écrivez le mot qui manque, ou retirez son séparateur",
        ),
    ),
    "placeholder": Said(
        (
            "`{given}` is what programs write where there is nothing, or an error",
            "`{given}` est ce que les programmes écrivent quand il n'y a rien, ou une erreur",
        ),
        (
            "leave `{fact}` empty where it is not known, or write `{none}` where there is none",
            (
                "laissez `{fact}` vide si la valeur est inconnue, ou écrivez `{none}` "
                "s'il n'y en a pas"
            ),
        ),
    ),
    "file-compressed": Said(
        ("the file is compressed", "le fichier est compressé"),
        ("unpack it first", "décompressez-le d'abord"),
    ),
    "file-not-utf": Said(
        ("the file is in UTF-16", "le fichier est en UTF-16"),
        (
            "save it as UTF-8, which Excel calls CSV UTF-8",
            "enregistrez-le en UTF-8, qu'Excel appelle CSV UTF-8",
        ),
    ),
    "file-workbook": Said(
        ("the file is a workbook or an archive", "le fichier est un classeur ou une archive"),
        (
            "export the sheet as UTF-8, which Excel calls CSV UTF-8",
            "exportez la feuille en UTF-8, qu'Excel appelle CSV UTF-8",
        ),
    ),
    "header-again": Said(
        ("the header is repeated here", "l'en-tête est répété ici"),
        (
            "remove it if no row stands both above and below it",
            "retirez-le s'il ne manque aucune ligne entre celle du dessus et celle du dessous",
        ),
    ),
    "mark-in-row": Said(
        (
            "the row begins with a byte order mark",
            "la ligne commence par une marque d'ordre des octets",
        ),
        (
            "files were put together here: read each of them alone",
            "des fichiers ont été mis bout à bout ici : lisez chacun séparément",
        ),
    ),
    "row-without-fact": Said(
        ("the row gives no fact", "la ligne ne donne aucun fait"),
        (
            "name one of its columns or keys after a fact, such as its id",
            (
                "donnez à l'une de ses colonnes ou de ses clés le nom d'un fait, comme "
                "celui de son identifiant"
            ),
        ),
    ),
    "left-alone": Said(
        (
            "`{key}` is no fact, and was left alone (rows: {count:,})",
            "`{key}` n'est pas un fait, et a été ignoré (lignes : {count:,})",
        )
    ),
    "row-not-utf": Said(
        ("the row is not UTF-8", "la ligne n'est pas en UTF-8"),
        (
            (
                "save the file as UTF-8: it may be in Windows-1252, as files of older "
                "spreadsheets are"
            ),
            (
                "enregistrez le fichier en UTF-8 : il est peut-être en Windows-1252, "
                "comme ceux des anciens tableurs"
            ),
        ),
    ),
    "cell-without-column": Said(
        ("`{cell}` is in a column without a name", "`{cell}` est dans une colonne sans nom"),
        ("name the column", "nommez la colonne"),
    ),
    "fact-worked-out": Said(
        ("no act says `{fact}` of itself", "aucun acte ne dit `{fact}` de lui-même"),
        (
            "it is worked out, from {of:and}: leave it out",
            "il se calcule, à partir de {of:and} : retirez-le",
        ),
    ),
    "fact-of-no-column": Said(
        (
            "`{fact}` is made of other facts: no column can hold it",
            "`{fact}` se compose d'autres faits : aucune colonne ne peut le contenir",
        ),
        (
            "leave the column out, and give what it is made of",
            "retirez la colonne, et donnez ce qui le compose",
        ),
    ),
    "no-columns": Said(
        (
            "no column holds a fact; the columns are {names}",
            "aucune colonne ne contient de fait ; les colonnes sont {names}",
        ),
        (
            "name the columns after facts, such as `kind` and `text`, or map them with `columns`",
            (
                "donnez aux colonnes le nom des faits, comme `kind` et `text`, ou "
                "faites-les correspondre avec `columns`"
            ),
        ),
    ),
    "no-column": Said(
        ("there is no column `{column}`", "il n'y a pas de colonne `{column}`"), category="unknown"
    ),
}
