"""What a value should be: with its article, as a part of sentences, and how it is written."""

from typing import Final, NamedTuple

from cmcore.base.said import UNSAID, Words


class Thing(NamedTuple):
    """A sort of value: what it is called with its article, and how one is written."""

    name: Words
    how: Words = UNSAID


THINGS: Final[dict[str, Thing]] = {
    "address": Thing(("an address", "une adresse")),
    "amount": Thing(("a number or a duration", "un nombre ou une durée")),
    "approvers": Thing(
        ("approvers", "des valideurs"),
        (
            'write them as `Approvers("role", {"lawyer"})`',
            'écrivez-les `Approvers("role", {"lawyer"})`',
        ),
    ),
    "charter": Thing(("a charter", "une charte")),
    "desk": Thing(("a desk", "un service")),
    "incident": Thing(("an incident", "un incident")),
    "needs": Thing(("needs", "des besoins")),
    "organisation": Thing(("an organisation", "une organisation")),
    "redaction": Thing(("a redaction", "une occultation")),
    "plan": Thing(("a plan", "un plan")),
    "playbook": Thing(("a playbook", "des consignes")),
    "requests": Thing(("requests", "des demandes")),
    "review": Thing(("a review", "une validation")),
    "clock": Thing(
        ("a clock", "une horloge"),
        ("make a `BusinessClock` of a `Week`", "faites un `BusinessClock` d'une `Week`"),
    ),
    "day": Thing(("a day", "un jour"), ("write it as `2026-01-31`", "écrivez-le `2026-01-31`")),
    "duration": Thing(
        ("a duration", "une durée"), ("write it as `hours(2)`", "écrivez-la `hours(2)`")
    ),
    "empty-text": Thing(("an empty text", "un texte vide")),
    "fact-value": Thing(("yes or no, a number or text", "oui ou non, un nombre ou du texte")),
    "file": Thing(
        ("a file", "un fichier"),
        (
            "give the bytes of each file, as in `[path.read_bytes()]`",
            "donnez les octets de chaque fichier, par exemple `[path.read_bytes()]`",
        ),
    ),
    "file-digest": Thing(
        ("a SHA-256 digest", "une empreinte SHA-256"),
        ("write its 64 hexadecimal digits", "écrivez ses 64 chiffres hexadécimaux"),
    ),
    "flag": Thing(("a flag", "un oui ou non")),
    "instant": Thing(
        ("an instant", "un instant"),
        ("write it as `2026-01-31T09:00+01:00`", "écrivez-le `2026-01-31T09:00+01:00`"),
    ),
    "item-count": Thing(("a number of items", "un nombre d'éléments")),
    "label-value": Thing(
        (
            "a flag, a number, text or a list of words",
            "un oui ou non, un nombre, du texte ou une liste de mots",
        )
    ),
    "leave": Thing(("a leave", "un congé")),
    "list": Thing(("a list", "une liste")),
    "list-of-files": Thing(
        ("a list of files", "une liste de fichiers"),
        (
            "give their bytes, as in `[path.read_bytes()]`",
            "donnez leurs octets, par exemple `[path.read_bytes()]`",
        ),
    ),
    "list-of-roles": Thing(
        ("a list of roles", "une liste de rôles"),
        ("as in `[coordinator, analyst]`", "par exemple `[coordinator, analyst]`"),
    ),
    "list-of-stages": Thing(
        ("a list of stages", "une liste d'étapes"),
        ("list each `Stage`, in order", "donnez chaque `Stage`, dans l'ordre"),
    ),
    "mapping": Thing(("a mapping", "un dictionnaire")),
    "minutes": Thing(("a whole number of minutes", "un nombre entier de minutes")),
    "moment": Thing(
        ("an instant", "un instant"),
        (
            "give a `datetime` with a time zone, such as `datetime.now(UTC)`",
            "donnez un `datetime` avec un fuseau horaire, par exemple `datetime.now(UTC)`",
        ),
    ),
    "moment-of-network": Thing(
        ("a moment as networks write it", "un moment tel que les réseaux l'écrivent")
    ),
    "nothing": Thing(("nothing", "rien")),
    "number": Thing(("a number", "un nombre")),
    "parameter": Thing(
        (
            "a flag, a number, text or a list of them",
            "un oui ou non, un nombre, du texte ou une liste de ceux-ci",
        )
    ),
    "made-day": Thing(
        ("a day", "un jour"), ("write it as `date(2026, 1, 31)`", "écrivez-le `date(2026, 1, 31)`")
    ),
    "made-quorum": Thing(
        ("a quorum", "un quorum"),
        (
            "write it as `Quorum.parse(2)`, or `NO_OBJECTION`",
            "écrivez-le `Quorum.parse(2)`, ou `NO_OBJECTION`",
        ),
    ),
    "quorum": Thing(
        ("a quorum", "un quorum"),
        (
            "write `any`, `all`, `majority`, a number, `2/3`, `50%` or `no objection`",
            "écrivez `any`, `all`, `majority`, un nombre, `2/3`, `50%` ou `no objection`",
        ),
    ),
    "reason": Thing(
        ("text", "du texte"), ("say why, or leave it out", "dites pourquoi, ou retirez la clé")
    ),
    "row": Thing(("an act, a case or an unreadable row", "un acte, un cas ou une ligne illisible")),
    "set": Thing(("a set", "un ensemble")),
    "share": Thing(
        ("a share", "une part"), ("write a number from 0 to 1", "écrivez un nombre de 0 à 1")
    ),
    "review-event": Thing(("an event of a review", "un événement d'une validation")),
    "span": Thing(
        ("a window", "une fenêtre"),
        ("write it as `Span(start, stop)`", "écrivez-la `Span(start, stop)`"),
    ),
    "stage": Thing(
        ("a stage", "une étape"),
        ("list each `Stage`, in order", "donnez chaque `Stage`, dans l'ordre"),
    ),
    "team": Thing(("a team", "une équipe"), ("give a `Team`", "donnez une `Team`")),
    "text": Thing(("text", "du texte")),
    "whole-number": Thing(("a whole number", "un nombre entier")),
    "working-days": Thing(
        ("a number of working days", "un nombre de jours ouvrés"),
        ("write it as `2 working days`", "écrivez-le `2 jours ouvrés`"),
    ),
    "growth": Thing(
        ("a growth", "une croissance"), ("write a share above 0", "écrivez une part supérieure à 0")
    ),
    "happening": Thing(
        ("something that happens at an instant", "quelque chose qui arrive à un instant"),
        (
            "give acts, cases, messages or sightings",
            "donnez des actes, des cas, des messages ou des observations",
        ),
    ),
    "measure": Thing(
        ("a measure", "une mesure"),
        ("write a number, zero or more", "écrivez un nombre, zéro ou plus"),
    ),
    "pairs": Thing(
        ("a list of pairs", "une liste de paires"),
        ("write `[('maud', 'coordinator')]`", "écrivez `[('maud', 'coordinator')]`"),
    ),
    "pair": Thing(
        ("a pair of a member and a role", "une paire faite d'un collaborateur et d'un rôle"),
        (
            "write pairs: [('maud', 'coordinator')]",
            "écrivez des paires : `[('maud', 'coordinator')]`",
        ),
    ),
    "rate-an-hour": Thing(
        ("a number of messages an hour", "un nombre de messages par heure"),
        ("write zero or more", "écrivez zéro ou plus"),
    ),
    "baseline": Thing(
        ("a long enough baseline", "un passé assez long"),
        ("two weeks at least", "deux semaines au moins"),
    ),
    "confidence": Thing(
        ("a confidence", "un niveau de confiance"), ("between 0 and 1", "entre 0 et 1")
    ),
    "detection-time": Thing(
        ("a usable length of time", "une durée utilisable"),
        ("from a minute to a week", "d'une minute à une semaine"),
    ),
    "frame": Thing(
        ("a frame", "un tableau"),
        (
            "give a frame of pandas, polars, PyArrow, DuckDB, Dask or Spark",
            "donnez un tableau de pandas, polars, PyArrow, DuckDB, Dask ou Spark",
        ),
    ),
    "open-share": Thing(
        ("a share", "une part"), ("above 0, below 1", "entre 0 et 1, bornes exclues")
    ),
    "part-share": Thing(
        ("a share", "une part"), ("above 0, up to 1", "supérieure à 0, et de 1 au plus")
    ),
    "remedy-option": Thing(
        ("a training or a hire", "une formation ou une embauche"),
        ("give a `Training` or a `Hire`", "donnez un `Training` ou un `Hire`"),
    ),
    "reviewed": Thing(
        ("what came of a review", "l'issue d'une validation"),
        (
            "give a `Reviewed`, or a pair of a `Case` and its `Review`",
            "donnez un `Reviewed`, ou une paire faite d'un `Case` et de sa `Review`",
        ),
    ),
    "condition": Thing(
        ("a condition", "une condition"),
        (
            'ask something of a fact, as in `fact("topics").any_of("event")`',
            'demandez quelque chose d\'un fait, par exemple `fact("topics").any_of("event")`',
        ),
    ),
    "dated-instant": Thing(
        (
            "an instant with its offset, as `2026-01-31T09:00+01:00`",
            "un instant avec son décalage, comme `2026-01-31T09:00+01:00`",
        )
    ),
    "hours": Thing(("hours of the week", "des heures de la semaine")),
    "length": Thing(("a duration such as `2 h`", "une durée comme `2 h`")),
    "list-of-words": Thing(("a list of words", "une liste de mots")),
    "pattern": Thing(("a pattern", "un motif")),
    "phrases": Thing(
        ("words or phrases", "des mots ou des expressions"),
        ("as in `[recall, out of stock]`", "par exemple `[rappel, rupture de stock]`"),
    ),
    "floor": Thing(
        ("a number of acts in a unit of the calendar", "un nombre d'actes par unité du calendrier"),
        ("write `2 per week`", "écrivez `2 per week`"),
    ),
    "cap": Thing(
        ("a number of acts", "un nombre d'actes"),
        ("write `2 per week` or `3 in 1 h`", "écrivez `2 per week` ou `3 in 1 h`"),
    ),
    "part-of-acts": Thing(
        ("a share of acts", "une part des actes"),
        ("write `20 % per month`", "écrivez `20 % per month`"),
    ),
    "rate-of-acts": Thing(
        ("a rate", "un débit"),
        (
            "write `3 in 1 h`, `3 per day` or `1 ever`",
            "écrivez `3 in 1 h`, `3 per day` ou `1 ever`",
        ),
    ),
    "rate-or-quiet": Thing(
        ("a rate", "un débit"),
        (
            "write `3 in 1 h`, `3 per day`, `1 ever` or `14 days since`",
            "écrivez `3 in 1 h`, `3 per day`, `1 ever` ou `14 days since`",
        ),
    ),
    "log": Thing(("a log", "un journal")),
    "symbol": Thing(("a word", "un mot")),
    "symbols": Thing(("a set of words", "un ensemble de mots")),
    "yes-or-no": Thing(("yes or no", "oui ou non")),
    "two-instants": Thing(
        (
            "two instants with their offsets, the lower one first",
            "deux instants avec leur décalage, le plus petit d'abord",
        )
    ),
    "two-lengths": Thing(
        (
            "two durations such as `2 h`, the lower one first",
            "deux durées comme `2 h`, la plus petite d'abord",
        )
    ),
    "type": Thing(
        ("a type", "un type"),
        ("name a class, as in `Charter`", "nommez une classe, comme `Charter`"),
    ),
    "two-numbers": Thing(
        ("two numbers, the lower one first", "deux nombres, le plus petit d'abord")
    ),
    "word": Thing(("one word", "un seul mot")),
}
