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
    "whole acts": (
        "the acts shown are whole with `--json`, and `cmcore decide` takes them as they are",
        ("avec `--json`, les actes montrés sont entiers, et `cmcore decide` les prend tels quels"),
    ),
    "label no answer": ("that is none of the answers", "ce n'est aucune des réponses"),
    "label none before": ("no answer comes before", "aucune réponse ne précède"),
    "label skip": ("skip", "passer"),
    "label back": ("back", "retour"),
    "label quit": ("quit", "quitter"),
    "label answers": ("{count} answers written", "{count} réponses notées"),
    "label answers one": ("{count} answer written", "{count} réponse notée"),
    "label settled": (
        "decided whatever the labels: {before} of {count} before, {after} now",
        (
            "décision acquise quelles que soient les étiquettes : {before} sur {count} avant, "
            "{after} à présent"
        ),
    ),
    "label no act": ("the history has no act", "l'historique ne contient aucun acte"),
    "label unread": ("{count} rows cannot be read", "{count} lignes sont illisibles"),
    "label unread one": ("{count} row cannot be read", "{count} ligne est illisible"),
    "label elsewhere": (
        "{count} acts that are labelled are not in the history",
        "{count} actes étiquetés ne sont pas dans l'historique",
    ),
    "label elsewhere one": (
        "{count} act that is labelled is not in the history",
        "{count} acte étiqueté n'est pas dans l'historique",
    ),
    "label skipped": ("{count} acts were left aside", "{count} actes ont été laissés de côté"),
    "label skipped one": ("{count} act was left aside", "{count} acte a été laissé de côté"),
    "label left": (
        "of {count} acts there is still something to ask",
        "il reste à demander pour {count} actes",
    ),
    "label left one": (
        "of {count} act there is still something to ask",
        "il reste à demander pour {count} acte",
    ),
    "label without list": (
        "`{label}` is not asked (no list of words)",
        "`{label}` n'est pas demandée (pas de liste de mots)",
    ),
    "label no choice": (
        "`{label}` is not asked (neither yes or no, nor one of a list)",
        "`{label}` n'est pas demandée (ni oui ou non, ni un mot d'une liste)",
    ),
    "label order worth": (
        "asked in order of what settles the most: a calibration needs `--by-lot`",
        ("demandés dans l'ordre de ce qui tranche le plus : un calibrage a besoin de `--by-lot`"),
    ),
    "label order lot": (
        "asked by lot: a calibration may rest on them, if no act was left aside",
        (
            "demandés par tirage au sort : un calibrage peut s'y fier, si aucun acte n'a été "
            "laissé de côté"
        ),
    ),
    "label order lot aside": (
        "asked by lot: a calibration needs those that were left aside, too",
        "demandés par tirage au sort : un calibrage a aussi besoin de ce qui a été laissé de côté",
    ),
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
