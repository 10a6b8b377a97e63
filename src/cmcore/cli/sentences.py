"""What is said in a terminal alone: what the system says of a file, and words of the help."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "error": ("error", "erreur"),
    "warning": ("warning", "avertissement"),
    "bad option value": (
        "invalid value for `{name}`: {what}",
        "valeur impossible pour `{name}` : {what}",
    ),
    "try help": ("{said} (try `{command} --help`)", "{said} (essayez `{command} --help`)"),
    "no memory": ("there is not enough memory", "il n'y a pas assez de mémoire"),
    "our fault": (
        "this is a fault of cmcore, not of yours; please report it ({said})",
        "c'est une erreur de cmcore, pas la vôtre ; merci de la signaler (`{said}`)",
    ),
    "checking": ("checking", "vérification"),
    "reading": ("reading", "lecture"),
    "system EACCES": ("permission denied", "l'accès est refusé"),
    "system EISDIR": ("is a directory", "c'est un dossier"),
    "system ELOOP": ("too many levels of symbolic links", "trop de liens se suivent"),
    "system ENAMETOOLONG": ("file name too long", "le nom du fichier est trop long"),
    "system ENOENT": ("no such file or directory", "ce fichier ou ce dossier n'existe pas"),
    "system ENOSPC": ("no space left on device", "il n'y a plus de place sur le disque"),
    "system ENOTDIR": ("not a directory", "ce n'est pas un dossier"),
    "system EPERM": ("operation not permitted", "cette opération n'est pas permise"),
    "system EROFS": ("read-only file system", "ce disque est en lecture seule"),
}
