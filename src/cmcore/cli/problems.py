"""What is wrong with what is typed in a terminal, or said of files there."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "redact-without-log": Said(
        ("there is no log to redact", "il n'y a pas de journal à expurger"),
        ("name the log with `--log`", "nommez le journal avec `--log`"),
    ),
    "drawn-without-team": Said(
        (
            "a drawing shows circuits, not teams",
            "un dessin montre des circuits, et non des équipes",
        ),
        ("leave `--team` out, or this", "retirez `--team`, ou cette option"),
    ),
    "charter-expired": Said(
        ("the charter expired on {day}", "la charte a expiré le {day}"),
        ("remove it, or renew it", "retirez-la, ou renouvelez-la"),
        "stale",
    ),
    "rule-expired": Said(
        ("rule `{rule}` expired on {day}", "la règle `{rule}` a expiré le {day}"),
        ("remove it, or renew it", "retirez-la, ou renouvelez-la"),
        "stale",
    ),
    "file-not-read": Said(("{reason:say system}", "{reason:say system}")),
    "file-refused": Said(("{reason}", "le système répond : `{reason}`")),
    "no-review-date": Said(
        ("no date is set to read it again", "aucune date de relecture n'est fixée"),
        ("add `review by`", "ajoutez `review by`"),
    ),
    "folder-not-empty": Said(
        (
            "there is something in the folder `{folder}`",
            "le dossier `{folder}` n'est pas vide",
        ),
        (
            "name a new folder, or an empty one: nothing is overwritten",
            "nommez un dossier neuf ou vide : rien n'est écrasé",
        ),
        "conflict",
    ),
    "nothing-came-in": Said(("nothing came in", "rien n'est arrivé")),
    "odd-network": Said(
        ("`{name}` is not a known network", "`{name}` n'est pas un réseau connu"),
        category="unknown",
    ),
    "review-overdue": Said(
        ("it was due to be read again by {day}", "elle devait être relue avant le {day}"),
        ("read it again, then move `review by`", "relisez-la, puis repoussez `review by`"),
        "stale",
    ),
    "skill-end-unknown": Said(
        (
            "nobody knows until when {member:member} has {skill:skill}: it does not count",
            "nul ne sait jusqu'à quand {member:member} a {skill:skill} : elle ne compte pas",
        ),
        ("say when that ends", "dites quand elle finit"),
    ),
    "skill-expired": Said(
        (
            "{member:member} no longer has {skill:skill}, since {day}",
            "{member:member} n'a plus {skill:skill} depuis le {day}",
        ),
        ("remove it, or renew it", "retirez-la, ou renouvelez-la"),
        "stale",
    ),
    "skill-expires": Said(
        (
            "{member:member} no longer has {skill:skill} from {day}, before the review of {review}",
            "{member:member} n'a plus {skill:skill} dès le {day}, avant la relecture du {review}",
        ),
        ("renew it, or plan without it", "renouvelez-la, ou prévoyez de faire sans"),
    ),
    "nothing-checked": Said(
        (
            "nothing was checked: whatever is asked is said not to apply",
            "rien n'a été vérifié : tout ce qui est demandé est dit sans objet",
        ),
        ("keep what does apply", "gardez ce qui s'applique"),
    ),
    "trait-looks-alike": Said(
        (
            "`{value}` looks like `{first}`, so the two count as one",
            "`{value}` ressemble à `{first}` : les deux comptent pour une seule valeur",
        ),
        ("spell it alike", "écrivez-la de la même façon"),
    ),
    "kind-off-networks": Said(
        (
            "an act of the kind `{kind}` that is given no network is outside this charter",
            "un acte du type `{kind}` auquel on ne donne pas de réseau est hors de cette charte",
        ),
        (
            "give each its network, or cover every network",
            "donnez à chacun son réseau, ou couvrez tous les réseaux",
        ),
    ),
    "expects-off-networks": Said(
        (
            "expectation `{id}` counts an act of the kind `{kind}` only where its network is given",
            "l'attente `{id}` ne compte un acte du type `{kind}` que si son réseau est donné",
        ),
        (
            "give each its network, or cover every network",
            "donnez à chacun son réseau, ou couvrez tous les réseaux",
        ),
    ),
    "save-or-agreement": Said(
        (
            "either labels are written with `--save`, or compared with `--agreement`",
            "soit on note des étiquettes avec `--save`, soit on les compare avec `--agreement`",
        ),
        ("give one of the two", "donnez l'une des deux options"),
        "conflict",
    ),
    "no-label-asked": Said(
        (
            "`{charter}` asks for no label that is yes or no, or one of a list",
            "`{charter}` ne demande aucune étiquette qui soit oui ou non, ou un mot d'une liste",
        ),
        (
            "ask for one in a rule: a flag, or a label with a list of words",
            "demandez-en une dans une règle : un oui ou non, ou une étiquette à liste de mots",
        ),
    ),
    "nothing-is-asked": Said(
        (
            "`{option}` is about what is asked, and `--agreement` asks nothing",
            "`{option}` porte sur ce qui est demandé, et `--agreement` ne demande rien",
        ),
        ("leave one of them out", "retirez l'une des deux options"),
        "conflict",
    ),
    "agreement-with-itself": Said(
        (
            "a file is compared with itself, with which it always agrees",
            "un fichier est comparé à lui-même, avec lequel il s'accorde toujours",
        ),
        (
            "name the labels of somebody else",
            "nommez les étiquettes d'une autre personne",
        ),
        "conflict",
    ),
    "labels-changed": Said(
        (
            "it was changed by somebody else meanwhile: the last answer is not written",
            "une autre personne l'a modifié entre-temps : la dernière réponse n'est pas notée",
        ),
        (
            "start again, and what is in it is not asked",
            "recommencez : ce qui s'y trouve n'est plus demandé",
        ),
        "conflict",
    ),
    "labels-of-other-order": Said(
        (
            "it does not hold labels that were asked in this order",
            "il ne contient pas d'étiquettes demandées dans cet ordre",
        ),
        (
            "name another file: what is asked by lot and the rest are not mixed",
            "nommez un autre fichier : on ne mélange pas ce qui est tiré au sort et le reste",
        ),
        "conflict",
    ),
    "window-without-start": Said(("a window needs a start", "une fenêtre a besoin d'un début")),
    "about-one-charter": Said(
        ("`{option}` is about one charter", "`{option}` porte sur une seule charte")
    ),
    "deep-of-no-charter": Said(
        (
            "`--deep` is about charters, and no file holds one",
            "`--deep` porte sur des chartes, et aucun fichier n'en contient",
        )
    ),
    "alternatives-left-out": Said(
        (
            "left out, since no plan is proven the best",
            "laissé de côté, car aucun plan n'est prouvé optimal",
        )
    ),
    "column-again": Said(
        (
            "`{given}` names the column of `{twice}` a second time",
            "`{given}` nomme une deuxième fois la colonne de `{twice}`",
        )
    ),
    "extra-argument": Said(
        ("got unexpected extra argument ({given})", "argument de trop : `{given}`")
    ),
    "fact-again": Said(
        ("`{given}` gives that fact a second time", "`{given}` donne ce fait une deuxième fois")
    ),
    "is-a-folder": Said(("`{given}` is a directory", "`{given}` est un dossier")),
    "missing-argument": Said(("missing argument `{name}`", "il manque l'argument `{name}`")),
    "missing-option": Said(("missing option `{name}`", "il manque l'option `{name}`")),
    "moment-needed": Said(
        (
            "`--team` shows who is on duty at a moment: give `--at` too",
            "`--team` montre qui est en service à un moment : donnez aussi `--at`",
        )
    ),
    "needs-desk": Said(
        (
            "who should take what is open is not said without a `--desk`",
            "qui devrait prendre ce qui est ouvert ne se dit qu'avec `--desk`",
        )
    ),
    "no-folder": Said(("there is no folder `{folder}`", "il n'y a pas de dossier `{folder}`")),
    "no-such-command": Said(
        ("no such command `{name}`", "il n'y a pas de commande `{name}`"), category="unknown"
    ),
    "command-elsewhere": Said(
        (
            "no such command `{name}`: `cmcore {other}` does that",
            "il n'y a pas de commande `{name}` : `cmcore {other}` fait cela",
        ),
        category="unknown",
    ),
    "no-such-option": Said(
        ("no such option `{name}`", "il n'y a pas d'option `{name}`"), category="unknown"
    ),
    "not-a-count": Said(
        (
            "`{given}` is neither a count nor `{unknown}`",
            "`{given}` n'est ni un nombre ni `{unknown}`",
        )
    ),
    "not-a-number": Said(("`{given}` is not a valid number", "`{given}` n'est pas un nombre")),
    "not-a-whole-number": Said(
        ("`{given}` is not a whole number", "`{given}` n'est pas un nombre entier"),
        ("write one, {least} or more", "écrivez-en un, {least} au moins"),
    ),
    "less-than-least": Said(
        ("`{given}` is less than {least}", "`{given}` est inférieur à {least}"),
        ("write a whole number, {least} or more", "écrivez un nombre entier, {least} au moins"),
    ),
    "name-again": Said(
        ("`{given}` gives that name a second time", "`{given}` donne ce nom une deuxième fois")
    ),
    "not-a-pair": Said(("`{given}` is not `member=role`", "`{given}` n'est pas `member=role`")),
    "not-a-separator": Said(
        ("`{given}` cannot separate cells", "`{given}` ne peut pas séparer des cases")
    ),
    "not-among": Said(("`{given}` is not a choice", "`{given}` n'est pas un choix possible")),
    "not-name-value": Said(("`{given}` is not `NAME=VALUE`", "`{given}` n'est pas `NOM=VALEUR`")),
    "not-written": Said(
        ("not written, since no plan was found", "non écrit, car aucun plan n'a été trouvé")
    ),
    "option-needs-value": Said(
        ("option `{name}` requires an argument", "l'option `{name}` a besoin d'une valeur")
    ),
    "option-takes-nothing": Said(
        ("option `{name}` does not take a value", "l'option `{name}` ne prend pas de valeur")
    ),
    "option-twice": Said(
        ("option `{name}` is given more than once", "l'option `{name}` est donnée plusieurs fois")
    ),
    "why-not-left-out": Said(
        ("left out, since no plan was found", "laissé de côté, car aucun plan n'a été trouvé")
    ),
}
