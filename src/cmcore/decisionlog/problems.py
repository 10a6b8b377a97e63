"""What is wrong with the entries of a decision log, with its lines, and with redactions."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "erased-and-masked": Said(
        ("`{name}` is both erased and masked", "`{name}` est à la fois effacé et masqué"),
        ("name it once", "nommez-le une seule fois"),
        "conflict",
    ),
    "key-too-short": Said(
        (
            "a key of {count} bytes can be guessed",
            "une clé de {count} octets se devine",
        ),
        (
            "give at least {least} random bytes, as `secrets.token_bytes(32)` makes them",
            "donnez au moins {least} octets au hasard, comme en produit `secrets.token_bytes(32)`",
        ),
    ),
    "left-in-text": Said(
        (
            "`{name}` goes, but the text that holds it stays",
            "`{name}` disparaît, mais le texte qui le contient reste",
        ),
        ("erase or mask `text` as well", "effacez ou masquez aussi `text`"),
    ),
    "log-head-missing": Said(
        (
            "no line has the digest `{digest}`",
            "aucune ligne n'a l'empreinte `{digest}`",
        ),
        (
            "lines were cut off the end, or it is the digest of another log",
            "la fin du journal a été coupée, ou c'est l'empreinte d'un autre journal",
        ),
        "conflict",
    ),
    "log-line-damaged": Said(
        ("this is no line of a decision log", "ce n'est pas une ligne de journal des décisions"),
        category="conflict",
    ),
    "log-line-edited": Said(
        (
            "the line does not have the digest that it says",
            "la ligne n'a pas l'empreinte qu'elle annonce",
        ),
        ("it was changed after it was written", "elle a été modifiée après coup"),
        "conflict",
    ),
    "log-line-out-of-place": Said(
        (
            "the line does not follow the one before it",
            "la ligne ne suit pas celle qui la précède",
        ),
        (
            "lines were removed, added or moved here",
            "des lignes ont été retirées, ajoutées ou déplacées ici",
        ),
        "conflict",
    ),
    "log-line-torn": Said(
        (
            "the line was not written to its end",
            "la ligne n'a pas été écrite jusqu'au bout",
        ),
        (
            "the program or the machine stopped meanwhile; its decision was not logged",
            "le programme ou la machine s'est arrêté entre-temps ; sa décision n'y est pas",
        ),
        "conflict",
    ),
    "log-line-unusual": Said(
        (
            "the line is not written as the library writes it",
            "la ligne n'est pas écrite comme la bibliothèque l'écrit",
        ),
        (
            "it was written by something else, whatever its digest",
            "autre chose l'a écrite, quelle que soit son empreinte",
        ),
        "conflict",
    ),
    "not-a-log": Said(
        (
            "the file holds something else than a decision log",
            "le fichier contient autre chose qu'un journal des décisions",
        ),
        ("name a new file", "nommez un nouveau fichier"),
        "conflict",
    ),
    "reasons-not-counted": Said(
        (
            "the reasons are counted {count} times, for {wanted} entries",
            "les raisons sont comptées {count} fois, pour {wanted} entrées",
        ),
    ),
    "stray-name": Said(
        (
            "no charter here has a fact or a label called `{name}`",
            "aucune charte ici n'a de fait ni d'étiquette qui s'appelle `{name}`",
        ),
        category="unknown",
    ),
    "unknown-log-format": Said(
        (
            "the entry has the format {given}; this version reads {wanted}",
            "l'entrée a le format {given} ; cette version lit le format {wanted}",
        ),
        (
            "read it with the version of the library that wrote it, or a later one",
            "lisez-la avec la version de la bibliothèque qui l'a écrite, ou une plus récente",
        ),
    ),
    "unknown-redaction": Said(
        (
            "a log holds nothing called `{name}`",
            "un journal ne contient rien qui s'appelle `{name}`",
        ),
        category="unknown",
    ),
}
