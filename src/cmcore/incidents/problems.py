"""What is wrong with incidents, their events and playbooks."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "about-itself": Said(
        ("`{id}` is about itself", "`{id}` porte sur lui-même"),
        ("name another event", "nommez un autre événement"),
    ),
    "about-later": Said(
        ("it is about `{id}`, which comes later", "il porte sur `{id}`, qui vient plus tard"),
        ("it is at {at}, `{id}` at {later}", "il est à {at}, `{id}` à {later}"),
    ),
    "about-neither": Said(
        ("`{id}` is neither a message nor an act", "`{id}` n'est ni un message ni un acte"),
        (
            "an act is about messages, or about other acts",
            "un acte porte sur des messages, ou sur d'autres actes",
        ),
    ),
    "clashing-fact": Said(
        ("`{name}` has two values at {at}", "`{name}` a deux valeurs à {at}"),
        ("{other} says otherwise at the same instant", "`{other}` dit autre chose au même instant"),
    ),
    "corrects-no-act": Said(
        ("`{id}` is not an act of ours", "`{id}` n'est pas l'un de nos actes"),
        (
            "we correct what acts of ours claimed",
            "une correction porte sur ce que nos actes ont affirmé",
        ),
    ),
    "event-after-end": Said(
        ("it comes after the end, at {at}", "il vient après la fin, à {at}"),
        ("the incident is known until {until}", "l'incident est connu jusqu'à {until}"),
    ),
    "mixed-fact": Said(
        (
            "`{name}` is {sort:a} here, and {due:a} elsewhere",
            "`{name}` est {sort:a} ici, et {due:a} ailleurs",
        ),
        ("a fact always has the same type", "un fait garde toujours le même type"),
    ),
    "not-our-act": Said(
        ("`{id}` is not an act of ours", "`{id}` n'est pas l'un de nos actes"),
        (
            "the opening is about the acts of ours that caused the incident",
            "l'ouverture porte sur ceux de nos actes qui ont causé l'incident",
        ),
    ),
    "nothing-never-said": Said(
        ("`{kind}` does not say what", "`{kind}` ne dit pas quoi"),
        (
            "list `words`, or name a `label` of acts",
            "donnez des `words`, ou nommez une `label` des actes",
        ),
    ),
    "promise-past": Said(
        ("it promises for {by}, which is past", "il promet pour {by}, qui est passé"),
        ("it is made at {at}", "il est fait à {at}"),
    ),
    "unknown-event": Said(
        ("no event is called `{name}`", "aucun événement ne s'appelle `{name}`"),
        ("name the id of an event", "donnez l'identifiant d'un événement"),
        "unknown",
    ),
    "unknown-named": Said(
        (
            "no fact, measure or level of the incident is `{name}`",
            "aucun fait, aucune mesure, aucun niveau de l'incident n'est `{name}`",
        ),
        (
            "names are for what stands in the incident",
            "on nomme ce dont parle l'incident",
        ),
        "unknown",
    ),
    "unknown-source": Said(
        ("no source is called `{name}`", "aucune source ne s'appelle `{name}`"),
        ("give its address under `sources`", "donnez son adresse sous `sources`"),
        "unknown",
    ),
    "act-not-meant": Said(
        ("`{kind}` cannot be about `{act}`", "`{kind}` ne peut pas porter sur `{act}`")
    ),
    "after-no-instant": Said(
        ("`{id}` has no instant of its own", "`{id}` n'a pas d'instant à lui"),
        (
            "say how long it was after an event that has one, and is another",
            "dites combien de temps après un autre événement, qui en a un",
        ),
    ),
    "after-by-another-time": Said(
        ("it does not come {by} after `{id}`", "il ne vient pas `{by}` après `{id}`"),
        (
            "its instant and its tolerance follow from those of the other",
            "son instant et sa tolérance découlent de ceux de l'autre",
        ),
        "conflict",
    ),
    "tolerance-of-after": Said(
        (
            "how far it may be off is said of how long after it was",
            "la tolérance se dit du temps écoulé depuis l'autre",
        ),
        (
            "as in `at: {{after: post, by: 5 min, tolerance: 1 min}}`",
            "par exemple `at: {{after: post, by: 5 min, tolerance: 1 min}}`",
        ),
    ),
    "after-alone": Said(
        (
            "it comes after `{id}`, and is not in an incident",
            "il vient après `{id}`, et n'est pas dans un incident",
        ),
        ("read it with its incident", "lisez-le avec son incident"),
    ),
    "before-the-other": Said(
        ("it would come before the other event", "il viendrait avant l'autre événement"),
        (
            "say how long after it was, as in `5 min`",
            "dites combien de temps après, par exemple `5 min`",
        ),
    ),
    "bad-tolerance": Said(
        ("the tolerance is impossible", "cette tolérance est impossible"),
        (
            "write a duration of zero or more, as in `30 min`: it goes both ways",
            (
                "écrivez une durée positive ou nulle, par exemple `30 min` : elle vaut "
                "dans les deux sens"
            ),
        ),
    ),
    "escalates-early": Said(
        ("it escalates before it is due", "il est escaladé avant l'échéance"),
        ("write zero or more", "écrivez zéro ou plus"),
    ),
    "extra-detail": Said(
        ("`{kind}` has no `{detail}`", "`{kind}` n'a pas de `{detail}`"),
        ("it takes {details}", "il prend {details}"),
    ),
    "first-level-asks": Said(
        (
            "the first level, `{level}`, asks for something",
            "le premier niveau, `{level}`, demande quelque chose",
        ),
        (
            "put a level before it that asks for nothing: that of any open incident",
            "placez avant lui un niveau qui ne demande rien : celui de tout incident ouvert",
        ),
    ),
    "incident-never-opens": Said(
        ("nothing opens the incident", "rien n'ouvre l'incident"),
        (
            "say when it began, as in `{{opened: o1, at: …}}`",
            "dites quand il a commencé, par exemple `{{opened: o1, at: …}}`",
        ),
    ),
    "incident-not-open-yet": Said(
        ("`{id}` is not open yet at {at}", "`{id}` n'est pas encore ouvert à {at}"),
        ("it opens at {opens}", "il s'ouvre à {opens}"),
        "conflict",
    ),
    "level-never-reached": Said(
        ("nothing reaches `{level}`", "rien n'atteint `{level}`"),
        (
            "say from which measure on, as in `when: {{messages: 100}}`",
            "dites à partir de quelle mesure, par exemple `when: {{messages: 100}}`",
        ),
    ),
    "missing-detail": Said(("`{kind}` does not say `{detail}`", "`{kind}` ne dit pas `{detail}`")),
    "scales-differ": Said(
        (
            "incidents on different scales cannot be told apart by severity",
            "des incidents sur des échelles différentes ne se distinguent pas par la gravité",
        ),
        ("give them the same scale", "donnez-leur la même échelle"),
        "conflict",
    ),
    "step-before-opening": Said(
        ("it is `{step}` before it is opened", "`{step}` vient avant l'ouverture"),
        ("check the instants", "vérifiez les instants"),
        "conflict",
    ),
    "step-not-possible": Said(
        (
            "it is {state}: it cannot be `{step}`",
            "l'incident est {state:say incident state} : `{step}` est impossible",
        ),
        category="conflict",
    ),
    "tone-or-criticism": Said(
        (
            "its tone is `{tone}`, and `criticism` says {criticism}",
            "son ton est `{tone}`, et `criticism` dit {criticism}",
        ),
        ("leave out the one that is wrong", "retirez celui des deux qui est faux"),
        "conflict",
    ),
    "unknown-event-kind": Said(
        ("there is no kind of event `{kind}`", "il n'existe pas de type d'événement `{kind}`"),
        ("as in `untold: [alerted, held]`", "par exemple `untold: [alerted, held]`"),
        "unknown",
    ),
    "unknown-level": Said(
        ("no level is called `{name}`", "aucun niveau ne s'appelle `{name}`"), category="unknown"
    ),
    "unknown-signal": Said(
        ("`{kind}` was not looked at", "`{kind}` n'a pas été examiné"), category="unknown"
    ),
}
