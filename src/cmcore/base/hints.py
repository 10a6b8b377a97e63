"""What to do about a problem, where its kind alone does not say."""

from typing import Final

from cmcore.base.said import Words

#: Code -> hint in English and in French.
HINTS: Final[dict[str, Words]] = {
    "aware-datetime": (
        "make it aware, as `datetime.now(UTC)` is",
        "donnez-lui un fuseau, comme le fait `datetime.now(UTC)`",
    ),
    "did-you-mean": ("did you mean {near:or}?", "vouliez-vous dire {near:or} ?"),
    "name-organisation": (
        "name the organisation, as in `organisation: my-shop`",
        "nommez l'organisation, par exemple `organisation: my-shop`",
    ),
    "first-at": ("{first} has it already", "`{first}` l'a déjà"),
    "which-acts": (
        "say which acts, as in `kind: publish`",
        "dites quels actes, par exemple `kind: publish`",
    ),
    "from-to": (
        "write a whole number, from {least} to {most}",
        "écrivez un nombre entier, de {least} à {most}",
    ),
    "for-every-network": (
        "name one, or leave it out for every network",
        "nommez-en un, ou retirez la clé pour tous les réseaux",
    ),
    "install-zones": (
        "this machine has no time zones: run `pip install 'cmcore[{extra}]'`",
        "cette machine n'a pas de fuseaux horaires : lancez `pip install 'cmcore[{extra}]'`",
    ),
    "one-of": ("one of {known}", "au choix : {known}"),
    "another-log": (
        "another log begins here: two were joined",
        "un autre journal commence ici : deux ont été réunis",
    ),
    "only-its-break": (
        "only its line break is missing: its entry is whole, and the next one ends it",
        "il n'y manque que le saut de ligne : son entrée est entière, et la suivante la terminera",
    ),
    "saved-otherwise": (
        "another program saved the file, with a byte order mark or with line breaks of its own",
        "un autre programme a enregistré le fichier : marque d'ordre des octets, sauts de ligne",
    ),
    "quote": ("put it in quotes", "mettez-le entre guillemets"),
    "refuse-or-ask": ("refuse it, or ask for changes", "refusez-le, ou demandez des changements"),
    "null": (
        "leave it out where it is not known, or give null",
        "retirez-le si la valeur est inconnue, ou donnez une valeur nulle",
    ),
    "speak-for": (
        'say for whom they speak: `instead_of="{person}"`',
        'dites au nom de qui parle cette personne : `instead_of="{person}"`',
    ),
    "unquote": ("take off the quotes", "retirez les guillemets"),
    "end-with": (
        "end its name with one of {known}",
        "son nom doit finir par l'un de ceux-ci : {known}",
    ),
    "country-of-region": (
        "the region is one of a country, as in `country: FR`",
        "la région est celle d'un pays, par exemple `country: FR`",
    ),
    "country-of-worked": (
        "these are holidays of a country, as in `country: FR`",
        "ce sont des jours fériés d'un pays, par exemple `country: FR`",
    ),
    "hours-of-calendar": (
        "the calendar is that of the hours",
        "le calendrier est celui des heures",
    ),
    "hours-of-zone": ("the zone is that of the hours", "le fuseau est celui des heures"),
    "years-of-country": (
        "say for which years, as in `years: [2026, 2027]`",
        "dites pour quelles années, par exemple `years: [2026, 2027]`",
    ),
    "list-stages": ("list who is asked, in order", "donnez dans l'ordre qui est consulté"),
    "name-charter": (
        "name the charter, as in `charter: airline`",
        "nommez la charte, par exemple `charter: airline`",
    ),
    "name-default": (
        "name the circuit that decides where no rule does",
        "nommez le circuit qui décide quand aucune règle ne le fait",
    ),
    "name-desk": (
        "name the desk, as in `desk: customer care`",
        "nommez le service, par exemple `desk: customer care`",
    ),
    "name-counted": (
        "name what is counted, as in `of: publish`",
        "nommez ce qui est compté, par exemple `of: publish`",
    ),
    "name-escalation": ("name the role that it goes to", "nommez le rôle qui prend le relais"),
    "name-expectation": ("name it, as in `id: weekly`", "nommez-la, par exemple `id: weekly`"),
    "name-incident": (
        "name the incident, as in `incident: aquarelle`",
        "nommez l'incident, par exemple `incident: aquarelle`",
    ),
    "name-level": ("name it", "nommez-le"),
    "name-measure": ("name what was measured", "nommez ce qui a été mesuré"),
    "name-needs": ("name them, as in `needs: airline`", "nommez-les, par exemple `needs: airline`"),
    "name-playbook": (
        "name it, as in `playbook: crisis`",
        "nommez les consignes, par exemple `playbook: crisis`",
    ),
    "name-role": ("name the role that answers", "nommez le rôle qui répond"),
    "name-team": (
        "name the team, as in `team: airline`",
        "nommez l'équipe, par exemple `team: airline`",
    ),
    "name-told": ("name who was told", "nommez qui a été prévenu"),
    "name-two-roles": ("name two roles of the team", "nommez deux rôles de l'équipe"),
    "say-how-long": ("say how long each one takes", "dites combien de temps prend chacun"),
    "say-how-many": ("say how many there are", "dites combien il y en a"),
    "say-who": ("say who, under `approved by`", "dites qui, sous `approved by`"),
    "one-trait": (
        "name one trait; for another one, let the rule refer to a second circuit as well",
        "nommez un seul trait ; pour un autre, faites aller la règle vers un second circuit aussi",
    ),
    "one-by-one": ("give them one by one, not as a list", "donnez-les un par un, et non en liste"),
    "declare-measured": ("declare `{event}` under `labels`", "déclarez `{event}` sous `labels`"),
    "no-dots": ("a label has no dots in its name", "le nom d'une étiquette n'a pas de point"),
    "declare-kind": ("declare it under `kinds`", "déclarez-le sous `kinds`"),
    "from-earlier": (
        "it is worked out from earlier acts: leave it out, and give these",
        "il se calcule à partir des actes précédents : retirez-le, et donnez ceux-ci",
    ),
    "name-kind": (
        "say what it is called, as in `{{en: Open an account, fr: Ouvrir un compte}}`",
        ("dites comment il s'appelle, par exemple `{{en: Open an account, fr: Ouvrir un compte}}`"),
    ),
    "declare-event": (
        "declare the event, as in `events: [{event}]`",
        "déclarez l'événement, par exemple `events: [{event}]`",
    ),
    "look-back": (
        (
            "rules look back: declare the moment from which it applies as an event, as in "
            "`events: [before-{event}]`, and ask for `since.before-{event}`"
        ),
        (
            "une règle regarde en arrière : déclarez comme événement le moment à partir duquel "
            "elle vaut, par exemple `events: [before-{event}]`, et demandez `since.before-{event}`"
        ),
    ),
    "count-acts": (
        (
            "write a kind of act, such as `publish`, or say under `counts` which acts are "
            "meant, as in `{kind}: {{kind: publish}}`"
        ),
        (
            "écrivez un type d'acte, par exemple `publish`, ou dites sous `counts` de quels "
            "actes il s'agit, par exemple `{kind}: {{kind: publish}}`"
        ),
    ),
    "beside-when": ("it belongs beside `when`", "sa place est à côté de `when`"),
    "comment-sign": (
        "`#` begins a comment here: put the text in quotes",
        "`#` commence un commentaire ici : mettez le texte entre guillemets",
    ),
    "side-by-side": (
        "write the keys side by side, or `all` before a list",
        "écrivez les clés côte à côte, ou `all` devant une liste",
    ),
    "as-in": ("as in `{example}`", "par exemple `{example}`"),
    "compare-number": (
        "as in `3`, or `{{above: 3}}`",
        "par exemple `3`, ou `{{above: 3}}`",
    ),
    "either-whole": ("write `{low}` or `{high}`", "écrivez `{low}` ou `{high}`"),
    "write-this": ("write `{write}`", "écrivez `{write}`"),
    "of-measure": (
        "write `{write}`, or ask another measure of it",
        "écrivez `{write}`, ou demandez-en une autre mesure",
    ),
    "write-unit": ("write `{write}`, or another unit", "écrivez `{write}`, ou une autre unité"),
    "write-ask": (
        "write one of `role`, `skill`, `team`, `name` and a name",
        "écrivez `role`, `skill`, `team` ou `name`, suivi d'un nom",
    ),
    "write-events": (
        "say what happened, as in `- {{opened: o1, at: …}}`",
        "dites ce qui s'est passé, par exemple `- {{opened: o1, at: …}}`",
    ),
    "write-number": ("write what it was", "écrivez combien c'était"),
    "write-plan": (
        "say who holds what, as in `plan: {{maud: [analyst]}}`",
        "dites qui tient quoi, par exemple `plan: {{maud: [analyst]}}`",
    ),
    "write-promise": ("as in `that: {{delivered: yes}}`", "par exemple `that: {{delivered: yes}}`"),
    "write-requests": (
        "as in `{{received: r1, at: …}}` or `{{answered: r1, at: …, by: ana}}`",
        "par exemple `{{received: r1, at: …}}` ou `{{answered: r1, at: …, by: ana}}`",
    ),
    "write-that": ("as in `that: {{refunded: no}}`", "par exemple `that: {{refunded: no}}`"),
    "write-trait": ("say of what, as in `of: trade`", "dites de quoi, par exemple `of: trade`"),
    "write-week": (
        "write hours, as in `week: Mon-Fri 09:00-18:00`",
        "écrivez les heures, par exemple `week: Mon-Fri 09:00-18:00`",
    ),
    "write-how-long": (
        "write how long after it was, as in `by: 5 min`",
        "écrivez combien de temps après, par exemple `by: 5 min`",
    ),
    "write-when": (
        "write when, as `2026-01-31T09:00+01:00`",
        "écrivez quand, par exemple `2026-01-31T09:00+01:00`",
    ),
    "write-within": (
        "give a duration, as in `within: 2 h`",
        "donnez une durée, par exemple `within: 2 h`",
    ),
    "write-days": (
        "write days, then hours, such as `Mon-Fri 09:00-18:00; Sat 10:00-12:00`",
        ("écrivez les jours, puis les heures, par exemple `Mon-Fri 09:00-18:00; Sat 10:00-12:00`"),
    ),
    "write-until": (
        "write the last day, as in `until: 2027-01-31`, or `until: unknown`",
        "écrivez le dernier jour, par exemple `until: 2027-01-31`, ou bien `until: unknown`",
    ),
    "write-leave": (
        (
            "write a day, two days as `{{from: 2026-08-03, through: 2026-08-21}}`, "
            "or two instants as `{{from: 2026-08-03T12:00+02:00, to: 2026-08-03T18:00+02:00}}`"
        ),
        (
            "écrivez un jour, deux jours sous la forme `{{from: 2026-08-03, "
            "through: 2026-08-21}}`, ou deux instants sous la forme "
            "`{{from: 2026-08-03T12:00+02:00, to: 2026-08-03T18:00+02:00}}`"
        ),
    ),
    "about-in-opening": (
        "the opening says which acts caused the incident",
        "c'est l'ouverture qui dit quels actes ont causé l'incident",
    ),
    "assign-first": ("assign it, or answer it, first", "attribuez-la d'abord, ou répondez-y"),
    "closed-already": ("it is closed already", "elle est déjà close"),
    "for-any": ("leave it out for any", "retirez-le pour n'importe lequel"),
    "for-whole-team": (
        "name one, or leave them out for the whole team",
        "nommez-en un, ou retirez-les pour toute l'équipe",
    ),
    "give-check": ("give a check", "donnez un point de contrôle"),
    "give-window": ("give a length, as in 1 h", "donnez une longueur, par exemple 1 h"),
    "give-within": (
        "give a time, as in `within: 1 h`",
        "donnez un temps, par exemple `within: 1 h`",
    ),
    "hand-over": ("hand it over", "passez le relais"),
    "leave-fact-out": (
        "give its value, or leave it out where it is not known",
        "donnez sa valeur, ou retirez-le si elle est inconnue",
    ),
    "name-answerer": ("name who answered", "nommez qui a répondu"),
    "name-holder": ("name who has it from now on", "nommez qui l'a désormais"),
    "name-into": ("name the request that goes on", "nommez la demande qui continue"),
    "name-those-told": (
        "name who is told, as in `roles: management`",
        "nommez qui est prévenu, par exemple `roles: management`",
    ),
    "not-resolved": ("it is not resolved", "elle n'est pas résolue"),
    "opens-once": ("an incident opens once", "un incident s'ouvre une fois"),
    "write-flag": ("write `yes` or `no`", "écrivez `oui` ou `non`"),
    "put-in-note": ("put it in `note`", "mettez-le dans `note`"),
    "reopen-first": ("reopen it first, with a reason", "rouvrez-le d'abord, avec une raison"),
    "resolve-first": ("resolve it first", "résolvez-le d'abord"),
    "say-how": (
        "say how, as in `refunded` or `spam`",
        "dites comment, par exemple `refunded` ou `spam`",
    ),
    "leave-out-unknown": (
        "leave it out where it is not known",
        "retirez-le si la valeur est inconnue",
    ),
    "offset-no-zone": (
        "name a place, such as `Europe/Paris`: an offset knows no summer time",
        ("nommez un lieu, par exemple `Europe/Paris` : un décalage ne connaît pas l'heure d'été"),
    ),
    "tell-author": ("tell the author why", "dites à l'auteur pourquoi"),
    "say-why": ("say why it is reopened", "dites pourquoi c'est rouvert"),
    "takes-nothing": ("it takes nothing more", "il ne prend rien de plus"),
    "add-approved-by": ("add `approved by`", "ajoutez `approved by`"),
    "at-option": ("give `--at`", "donnez `--at`"),
    "columns-hold": (
        "columns hold what acts and contexts are made of",
        "les colonnes contiennent ce qui compose les actes et les contextes",
    ),
    "false-alarms": (
        "a number above 0, up to {most:g}, for each quiet week",
        "un nombre supérieur à 0, de {most:g} au plus, par semaine calme",
    ),
    "larger-budget": ("solve with a larger budget", "résolvez avec un budget plus grand"),
    "first-day": (
        "say its first day, as in `--start 2026-03-02`",
        "donnez son premier jour, par exemple `--start 2026-03-02`",
    ),
    "write-something": ("write a word or more", "écrivez au moins un mot"),
    "name-label": ("name one with `--label`", "nommez-en une avec `--label`"),
    "name-team-option": ("name a `--team`", "nommez une équipe avec `--team`"),
    "or-underscore": (
        "declare a label, or begin its name with `_` to leave it alone",
        "déclarez une étiquette, ou faites commencer le nom par `_` pour l'ignorer",
    ),
    "quote-key": ('quote it: `"{key}"`', 'mettez-le entre guillemets : `"{key}"`'),
    "see-conflicts": ("see its conflicts and its reasons", "voyez ses conflits et ses raisons"),
    "start-and-stop": ("give `--start` and `--stop`", "donnez `--start` et `--stop`"),
    "of-booleans": ("make it a column of booleans", "faites-en une colonne de booléens"),
    "of-categories": (
        "make it a column of strings, or of categories",
        "faites-en une colonne de textes, ou de catégories",
    ),
    "of-durations": ("make it a column of durations", "faites-en une colonne de durées"),
    "of-lists": (
        "make it a column of lists of strings",
        "faites-en une colonne de listes de textes",
    ),
    "of-numbers": (
        "make it a column of integers or of floats",
        "faites-en une colonne de nombres, entiers ou décimaux",
    ),
    "of-strings": ("make it a column of strings", "faites-en une colonne de textes"),
    "of-timestamps": ("make it a column of timestamps", "faites-en une colonne d'instants"),
    "say-zone": (
        "say in which time zone they are: naive timestamps are refused",
        "dites dans quel fuseau ils sont : les instants sans fuseau sont refusés",
    ),
    "list-conditions": ("list the conditions under `of`", "donnez les conditions sous `of`"),
    "or-no-list": ("name one, or leave the list out", "nommez-en un, ou retirez la liste"),
    "in-range": ("from {least} to {most}", "de {least} à {most}"),
    "known-or-unknown": (
        "it is unknown at times, but never without a value: drop the test",
        "il est parfois inconnu, mais jamais sans valeur : retirez le test",
    ),
    "none-of": ("write `{{none of: [{meant}]}}`", "écrivez `{{none of: [{meant}]}}`"),
    "or-more": ("{least} or more", "{least} ou plus"),
    "pattern-ends": (
        "nothing comes before the beginning of a text, or after its end",
        "rien ne vient avant le début d'un texte, ni après sa fin",
    ),
    "pattern-letter": (
        "a pattern sees the normal form, in which there is no `{letter}`",
        "un motif voit la forme normale, où il n'y a pas de `{letter}`",
    ),
    "pattern-letter-so": (
        (
            "a pattern sees the normal form, in which there is no `{letter}`: write `{write}`",
            "un motif voit la forme normale, où il n'y a pas de `{letter}` : écrivez `{write}`",
        )
    ),
    "link-beginning": (
        "addresses begin with `https://`: write that, or let it begin anywhere",
        "les adresses commencent par `https://` : écrivez-le, ou laissez le début libre",
    ),
    "pattern-script": (
        "write names of sites in their own letters, as in `münchen`",
        "écrivez le nom des sites dans leurs propres lettres, comme `münchen`",
    ),
    "whether-any": (
        "to ask whether there is any, write `{write}`",
        "pour demander s'il y en a, écrivez `{write}`",
    ),
    "wildcard": (
        "to ask for any at all, write `{{present: yes}}`",
        "pour demander n'importe quelle valeur, écrivez `{{present: yes}}`",
    ),
    "star": (
        "`*` is not a wildcard here: write `{write}`",
        "`*` n'est pas un joker ici : écrivez `{write}`",
    ),
    "counted": ("it is counted: leave out the decimals", "cela se compte : retirez les décimales"),
    "whole-unless-decimals": (
        "write `{whole}`, or `{fraction}` where decimals make sense",
        "écrivez `{whole}`, ou `{fraction}` si des décimales ont un sens",
    ),
    "write-account": (
        "write the name of the account or the id, without quotes or brackets",
        "écrivez le nom du compte ou son identifiant, sans guillemets ni crochets",
    ),
    "same-of-words": (
        "acts may have labels in common that are words: of type `symbol` or `symbols`",
        (
            "des actes peuvent avoir en commun des étiquettes qui sont des mots : "
            "de type `symbol` ou `symbols`"
        ),
    ),
    "write-message": (
        "write the id or the address by which the network knows the message",
        "écrivez l'identifiant ou l'adresse sous lesquels le réseau connaît le message",
    ),
    "write-as-listed": ("write it as it is listed", "écrivez-le comme dans la liste"),
    "write-hashtag": (
        "a hashtag is one word of letters, digits and `_`",
        "un hashtag est un seul mot, fait de lettres, de chiffres et de `_`",
    ),
    "write-host": (
        (
            (
                "write the site alone, as in `example.org`, or `*.example.org` for all "
                "below it; whole addresses are asked of `links`"
            ),
            (
                "écrivez le site seul, par exemple `example.org`, ou `*.example.org` "
                "pour tout ce qui en dépend ; les adresses entières se demandent à `links`"
            ),
        )
    ),
    "write-domain": (
        "write the domain, as in `example.org`: every site below it is within it",
        ("écrivez le domaine, par exemple `example.org` : tous les sites qui en dépendent y sont"),
    ),
    "write-language": (
        "write its name or its code, as in `fr` or `pt-br`",
        "écrivez son nom ou son code, par exemple `fr` ou `pt-br`",
    ),
    "write-list": ("write a list, as in `{words}`", "écrivez une liste, par exemple `{words}`"),
    "write-link": (
        "write the address, as in `https://example.org/page`",
        "écrivez l'adresse, par exemple `https://example.org/page`",
    ),
    "write-mention": (
        "write one name, as in `acme` or `acme@mastodon.social`",
        "écrivez un seul nom, par exemple `acme` ou `acme@mastodon.social`",
    ),
    "write-network": (
        "write the name of the network, as in `bluesky`",
        "écrivez le nom du réseau, par exemple `bluesky`",
    ),
    "write-other-word": (
        (
            "programs write this where there is nothing: use another word, or a "
            "label that lists it among its values"
        ),
        (
            "les programmes écrivent cela quand il n'y a rien : prenez un autre "
            "mot, ou une étiquette qui l'a parmi ses valeurs"
        ),
    ),
    "write-word": (
        "write the word itself, without quotes or brackets",
        "écrivez le mot lui-même, sans guillemets ni crochets",
    ),
}
