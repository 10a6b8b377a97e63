"""What is wrong with requests, what happens to them, and desks."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "acknowledged-after-answer": Said(
        (
            "`{given}` is longer than the time for the answer, `{answer}`",
            "`{given}` dépasse le délai de la réponse, `{answer}`",
        ),
        (
            "an answer acknowledges too: promise the acknowledgement sooner, or leave it out",
            "une réponse vaut accusé de réception : promettez-le plus tôt, ou retirez-le",
        ),
    ),
    "event-before-request": Said(
        (
            "`{move}` comes before `{request}` is received",
            "`{move}` vient avant l'arrivée de `{request}`",
        ),
        ("it is at {at}, the request at {received}", "il est à {at}, la demande à {received}"),
        "conflict",
    ),
    "event-too-late": Said(
        (
            "`{move}` of `{request}` is listed after a later event",
            "`{move}` de `{request}` est placé après un événement ultérieur",
        ),
        ("it is at {at}, `{last}` at {later}", "il est à {at}, `{last}` à {later}"),
        "conflict",
    ),
    "never-reached": Said(
        (
            "one before it already matches everything that it matches",
            "une ligne plus haut retient déjà tout ce que retient celle-ci",
        ),
        ("put it first, or leave it out", "placez-la en premier, ou retirez-la"),
    ),
    "newest-first": Said(
        ("the events come newest first", "les événements vont du plus récent au plus ancien"),
        (
            "put the log in order of time, the oldest first",
            "mettez le journal dans l'ordre du temps, le plus ancien d'abord",
        ),
        "conflict",
    ),
    "nothing-received": Said(
        ("the log is empty", "le journal est vide"),
        (
            "give the moment to look at, or check how the log was exported",
            "donnez le moment à considérer, ou vérifiez comment le journal a été exporté",
        ),
    ),
    "has-it-already": Said(
        ("`{to}` has `{request}` already", "`{to}` a déjà `{request}`"),
        ("name somebody else", "nommez quelqu'un d'autre"),
        "conflict",
    ),
    "merged-into-closed": Said(
        (
            "`{into}` is {state}: nothing can be merged into it",
            "`{into}` est {state:say request state} : rien ne peut y être fusionné",
        ),
        (
            "say it of `{goes_on}`, or reopen it first, with a reason",
            "dites-le de `{goes_on}`, ou rouvrez-la d'abord, avec une raison",
        ),
        "conflict",
    ),
    "merged-into-itself": Said(
        (
            "`{request}` cannot be merged into itself",
            "`{request}` ne peut pas être fusionnée avec elle-même",
        ),
        ("name the request that goes on", "nommez la demande qui continue"),
        "conflict",
    ),
    "merged-too-early": Said(
        ("`{into}` is not received before {received}", "`{into}` n'arrive pas avant {received}"),
        ("check the instants", "vérifiez les instants"),
        "conflict",
    ),
    "move-not-possible": Said(
        (
            "`{request}` is {state}: it cannot be `{move}`",
            "`{request}` est {state:say request state} : `{move}` est impossible",
        ),
        (
            "say it of `{goes_on}`, or reopen it first, with a reason",
            "dites-le de `{goes_on}`, ou rouvrez-la d'abord, avec une raison",
        ),
        "conflict",
    ),
    "ignores-everything": Said(
        ("every message is ignored", "tous les messages sont ignorés"),
        (
            "say which, as in `{{topics: [spam]}}`",
            "dites lesquels, par exemple `{{topics: [spam]}}`",
        ),
    ),
    "rates-of-week": Said(
        ("there are {count} rates", "il y a {count} débits"),
        ("give {due}, from Monday 00:00", "donnez-en {due}, à partir du lundi à 00:00"),
    ),
    "request-twice": Said(
        ("the request `{request}` is received twice", "la demande `{request}` arrive deux fois"),
        (
            "it was received at {received}; keep one of them",
            "elle est arrivée à {received} ; gardez l'une des deux",
        ),
        "conflict",
    ),
    "unknown-request": Said(
        ("no request is called `{name}`", "aucune demande ne s'appelle `{name}`"),
        ("every request begins by being received", "toute demande commence par son arrivée"),
        "unknown",
    ),
    "no-whole-hour": Said(
        ("no whole hour was seen", "aucune heure entière n'a été vue"),
        (
            "give the `start` and the `stop` of what was seen",
            "donnez le `start` et le `stop` de ce qui a été vu",
        ),
    ),
    "too-many-people": Said(
        (
            "`{rate}` an hour take more than {most:,} people",
            "`{rate}` par heure demandent plus de {most:,} personnes",
        ),
        ("check the unit", "vérifiez l'unité"),
        "too-large",
    ),
    "option-without-team": Said(
        ("`{option}` needs a team", "`{option}` a besoin d'une équipe"),
        ("give a team too", "donnez aussi une équipe"),
    ),
}
