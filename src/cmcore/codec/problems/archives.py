"""What is wrong with archives of networks, and with maps of columns."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "archive-bursts": Said(
        (
            "it unpacks to more than {most:,} bytes, far beyond its own size",
            "elle dépasse {most:,} octets une fois ouverte, bien plus que sa propre taille",
        ),
        (
            "no network makes such an archive: trust nothing in it",
            "aucun réseau ne fabrique une telle archive : ne vous y fiez pas",
        ),
        "too-large",
    ),
    "archive-cut": Said(
        (
            "the file ends before what it holds is over, at item {number:,}",
            "le fichier s'arrête avant la fin de son contenu, à l'élément {number:,}",
        ),
        ("download it again", "téléchargez-le à nouveau"),
    ),
    "archive-damaged": Said(
        ("the archive is damaged", "l'archive est abîmée"),
        ("download it again", "téléchargez-la à nouveau"),
    ),
    "archive-in-part": Said(
        (
            "the archive says of itself that it is not whole",
            "l'archive dit elle-même qu'elle n'est pas complète",
        ),
        ("ask the network for all of it", "demandez-la complète au réseau"),
    ),
    "archive-locked": Said(
        ("`{name}` is locked by a password", "`{name}` est protégé par un mot de passe"),
        (
            "unpack it with the password, and read that file alone",
            "ouvrez l'archive avec le mot de passe, et lisez ce fichier seul",
        ),
    ),
    "archive-not-json": Said(
        (
            "item {number:,} is not JSON as networks write it",
            "l'élément {number:,} n'est pas du JSON comme les réseaux l'écrivent",
        ),
        ("download it again", "téléchargez-le à nouveau"),
    ),
    "archive-not-known": Said(
        (
            "this is no archive that is read",
            "ce n'est pas une archive qui se lit ici",
        ),
        (
            (
                "the archives that are read are those of Mastodon, X, Bluesky, Instagram, Facebook "
                "and LinkedIn, as the networks give them"
            ),
            (
                "les archives lues sont celles de Mastodon, X, Bluesky, Instagram, Facebook et "
                "LinkedIn, telles que les réseaux les donnent"
            ),
        ),
        "unknown",
    ),
    "archive-of-pages": Said(
        ("the archive holds pages to look at", "l'archive contient des pages à regarder"),
        (
            "ask the network for it again, in the format JSON",
            "redemandez-la au réseau, au format JSON",
        ),
    ),
    "archive-of-sheets": Said(
        ("its posts are in the table `{name}`", "ses publications sont dans le tableau `{name}`"),
        (
            "take that file out of it, and read it alone",
            "sortez-en ce fichier, et lisez-le seul",
        ),
    ),
    "archive-too-large": Said(
        ("it holds more than {most:,} bytes", "elle contient plus de {most:,} octets"),
        (
            "unpack it, and read the file of its posts alone",
            "ouvrez-la, et lisez seul le fichier de ses publications",
        ),
        "too-large",
    ),
    "archive-without-posts": Said(
        ("there is no post in it", "il n'y a aucune publication dedans"),
        (
            "ask the network for all of the posts",
            "demandez toutes les publications au réseau",
        ),
    ),
    "bad-dates": Said(
        (
            "`{given}` does not say once where the year, the month and the day stand",
            "`{given}` ne dit pas une fois où sont l'année, le mois et le jour",
        ),
        ("write them as in `MM/DD/YYYY HH:mm`", "écrivez par exemple `MM/DD/YYYY HH:mm`"),
    ),
    "dates-half": Said(
        (
            "in `{given}`, nothing says which half of the day an hour is of",
            "dans `{given}`, rien ne dit de quelle moitié du jour est une heure",
        ),
        (
            "write `HH` for hours to 24, or add `a` for am and pm",
            "écrivez `HH` pour des heures jusqu'à 24, ou ajoutez `a` pour am et pm",
        ),
    ),
    "dates-part": Said(
        (
            "in `{given}`, `{part}` stands for nothing that is read",
            "dans `{given}`, `{part}` ne désigne rien de ce qui se lit",
        ),
    ),
    "block-damaged": Said(
        (
            "the archive is damaged: its block `{name}` is not whole, or not there",
            "l'archive est abîmée : son bloc `{name}` est incomplet, ou absent",
        ),
        ("download it again", "téléchargez-la à nouveau"),
    ),
    "feed-of-many": Said(
        (
            "it holds posts of several accounts, which `getAuthorFeed` never gives",
            "il a des publications de plusieurs comptes, ce que `getAuthorFeed` ne donne jamais",
        ),
        (
            "fetch the posts of one account, and read them alone",
            "récupérez les publications d'un seul compte, et lisez-les seules",
        ),
    ),
    "hour-not-once": Said(
        (
            "in `{zone}`, `{given}` comes twice or never: clocks were changed then",
            "à `{zone}`, `{given}` arrive deux fois ou jamais : on changeait d'heure",
        ),
        ("give its offset from UTC", "donnez son décalage par rapport à UTC"),
    ),
    "item-not-known": Said(
        (
            "its form is none that is read (`{kind}`)",
            "sa forme n'est pas de celles qui se lisent ici (`{kind}`)",
        ),
        category="unknown",
    ),
    "item-too-deep": Said(
        (
            "item {number:,} has too many levels",
            "l'élément {number:,} a trop de niveaux",
        ),
        category="too-large",
    ),
    "item-too-long": Said(
        (
            "item {number:,} has more than {most:,} characters",
            "l'élément {number:,} dépasse {most:,} caractères",
        ),
        category="too-large",
    ),
    "items-missing": Said(
        (
            "the file says that there are {total:,} items, and gives {given:,}",
            "le fichier annonce {total:,} éléments, et en donne {given:,}",
        ),
        (
            "ask the network for all of them; until then, the others count as lost",
            "demandez-les tous au réseau ; d'ici là, les autres comptent comme perdus",
        ),
    ),
    "leads-out": Said(
        (
            "the name `{name}` leads out of the archive",
            "le nom `{name}` mène hors de l'archive",
        ),
        (
            "no network makes such an archive: trust nothing in it",
            "aucun réseau ne fabrique une telle archive : ne vous y fiez pas",
        ),
        "forbidden",
    ),
    "moment-too-early": Said(
        (
            "`{given}` is earlier than any network: the first began in {first}",
            "`{given}` précède tous les réseaux : le premier est né en {first}",
        ),
    ),
    "moment-too-late": Said(
        (
            "`{given}` is later than the archive, which was made at `{packed}`",
            "`{given}` est postérieur à l'archive, qui a été faite à `{packed}`",
        ),
    ),
    "more-follows": Said(
        (
            "`{key}` says that more follows, and it is not here",
            "`{key}` annonce une suite, qui n'est pas ici",
        ),
        (
            "fetch the pages that follow, until one is empty, and put them after it",
            "récupérez les pages suivantes, jusqu'à une page vide, et ajoutez-les à la suite",
        ),
    ),
    "no-sheet": Said(
        ("there is no map of columns `{name}`", "il n'y a pas de table de colonnes `{name}`"),
        category="unknown",
    ),
    "script-not-known": Said(
        (
            "this script is no list of an archive of X",
            "ce script n'est pas une liste d'une archive de X",
        ),
        (
            "read the file tweets.js of its folder data",
            "lisez le fichier tweets.js de son dossier data",
        ),
    ),
    "sheet-beside": Said(
        (
            "the table `{name}` is not read beside the posts of other networks",
            "le tableau `{name}` ne se lit pas avec les publications d'autres réseaux",
        ),
        (
            "take that file out of it, and read it alone",
            "sortez-en ce fichier, et lisez-le seul",
        ),
    ),
    "too-many-packed": Said(
        (
            "it has more than {most:,} files",
            "elle a plus de {most:,} fichiers",
        ),
        (
            "unpack it, and read the file of its posts alone",
            "ouvrez-la, et lisez seul le fichier de ses publications",
        ),
        "too-large",
    ),
    "zone-needed": Said(
        (
            "`{given}` says no time zone",
            "`{given}` ne dit pas son fuseau horaire",
        ),
        (
            "say in which one its times are, with `zone`",
            "dites dans lequel sont ses heures, avec `zone`",
        ),
    ),
}
