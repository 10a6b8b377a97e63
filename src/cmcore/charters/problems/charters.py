"""What is wrong with charters, their rules, and acts."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "bad-version": Said(
        ("there is no version `{version}`", "il n'existe pas de version `{version}`"),
        ("count versions from 1", "comptez les versions à partir de 1"),
    ),
    "circuit-not-asked": Said(
        (
            "a {effect} rule goes to no circuit",
            "une règle qui {effect:word} ne va vers aucun circuit",
        ),
        (
            "make it a refer rule, or name no circuit",
            "faites-en une règle qui renvoie, ou ne nommez aucun circuit",
        ),
    ),
    "circuit-not-named": Said(
        ("rule `{rule}` refers to no circuit", "la règle `{rule}` ne renvoie vers aucun circuit"),
        ("name a circuit", "nommez un circuit"),
    ),
    "empty-act": Said(
        ("the act is empty", "l'acte est vide"),
        (
            "say what it is, as in `kind: publish`",
            "dites ce que c'est, par exemple `kind: publish`",
        ),
    ),
    "ends-before-it-begins": Said(
        ("it ends before it begins", "la fin vient avant le début"),
        ("swap the two dates", "échangez les deux dates"),
    ),
    "no-outcome": Said(
        ("it is not said what acts get", "rien ne dit ce que les actes obtiennent"),
        (
            "write `covered`, `exception` or `forbidden`, and which acts",
            "écrivez `covered`, `exception` ou `forbidden`, et quels actes",
        ),
    ),
    "several-outcomes": Said(
        ("an act gets one outcome", "un acte n'a qu'une issue"),
        ("write one clause for each outcome", "écrivez une clause par issue"),
    ),
    "outcome-without-circuit": Said(
        (
            "what is `{outcome}` goes to no circuit",
            "ce qui est {outcome:word} ne va vers aucun circuit",
        ),
        (
            "write `exception`, or name no circuit",
            "écrivez `exception`, ou ne nommez aucun circuit",
        ),
    ),
    "no-circuit": Said(
        ("the charter has no circuit", "la charte n'a pas de circuit"),
        (
            "say under `circuits` who decides where no rule does",
            "dites sous `circuits` qui décide quand aucune règle ne le fait",
        ),
    ),
    "no-permit": Said(
        (
            "no rule permits anything: the charter covers nothing",
            "aucune règle n'autorise rien : la charte ne couvre rien",
        ),
        ("write a rule with `permit`", "écrivez une règle `permit`"),
    ),
    "permits-whatever": Said(
        (
            "rule `{rule}` asks nothing: it permits every act that no other rule stops",
            (
                "la règle `{rule}` ne demande rien : elle autorise tout acte qu'aucune "
                "autre règle n'arrête"
            ),
        ),
        ("say under `when` what it is about", "dites sous `when` sur quoi elle porte"),
    ),
    "rule-never-true": Said(
        (
            "rule `{rule}` can never be true: no act is as it asks of {facts:and}",
            (
                "la règle `{rule}` ne peut jamais être vraie : aucun acte n'est comme "
                "elle le demande de {facts:and}"
            ),
        ),
        ("ask for less, or drop the rule", "demandez moins, ou retirez la règle"),
    ),
    "rule-of-nothing": Said(
        (
            "rule `{rule}` can never be true: it asks for one of no conditions",
            "la règle `{rule}` ne peut jamais être vraie : elle demande l'une d'aucune condition",
        ),
        ("list the conditions, or drop the rule", "donnez les conditions, ou retirez la règle"),
    ),
    "count-never-true": Said(
        (
            "`{count}` never counts an act: none is as it asks of {facts:and}",
            "`{count}` ne compte jamais rien : aucun acte n'est comme il le demande de {facts:and}",
        ),
        ("ask for less, or drop the count", "demandez moins, ou retirez le décompte"),
    ),
    "count-of-nothing": Said(
        (
            "`{count}` never counts an act: it asks for one of no conditions",
            "`{count}` ne compte jamais rien : il demande l'une d'aucune condition",
        ),
        ("list the conditions, or drop the count", "donnez les conditions, ou retirez le décompte"),
    ),
    "label-unused": Said(
        ("nothing here asks for the label `{name}`", "rien ici ne demande l'étiquette `{name}`"),
        ("ask for it in a rule, or drop it", "demandez-la dans une règle, ou retirez-la"),
    ),
    "event-unused": Said(
        ("nothing here is about the event `{name}`", "rien ici ne porte sur l'événement `{name}`"),
        (
            "ask for `since.{name}` in a rule, or drop it",
            "demandez `since.{name}` dans une règle, ou retirez-le",
        ),
    ),
    "count-unused": Said(
        ("nothing here uses the count `{name}`", "rien ici n'utilise le décompte `{name}`"),
        (
            "ask for `recent.{name}` in a rule, or drop it",
            "demandez `recent.{name}` dans une règle, ou retirez-le",
        ),
    ),
    "kind-called-alike": Said(
        (
            "`{kind}` has the same name as `{other}`: people take the one for the other",
            "`{kind}` a le même nom que `{other}` : on prend l'un pour l'autre",
        ),
        ("give it a name of its own", "donnez-lui un nom à lui"),
    ),
    "never-expected": Said(
        (
            "expectation `{expectation}` is about no hours at all",
            "l'attente `{expectation}` ne porte sur aucune heure",
        ),
        (
            "give hours, such as `Mon-Fri 09:00-18:00`, or leave them out",
            "donnez des heures, par exemple `Mon-Fri 09:00-18:00`, ou retirez-les",
        ),
    ),
    "guarantee-idle": Said(
        (
            "there is no act like this, so nothing is guaranteed",
            "il n'existe pas d'acte de ce genre : rien n'est garanti",
        ),
        ("ask for less, or drop the guarantee", "demandez moins, ou retirez la garantie"),
    ),
    "said-again": Said(
        ("the charter says this twice", "la charte le dit deux fois"),
    ),
    "no-reason": Said(
        ("rule `{rule}` gives no reason", "la règle `{rule}` ne donne pas de raison"),
        ("tell the author why", "dites à l'auteur pourquoi"),
    ),
    "not-approved": Said(
        ("no approver is named", "aucun valideur n'est nommé"),
        ("name one, or leave the approval out", "nommez-en un, ou retirez l'approbation"),
    ),
    "built-in-kind": Said(
        (
            "`{kind}` is built in: every charter has it",
            "`{kind}` existe d'office : toute charte l'a",
        ),
        ("leave it out, or choose another name", "retirez-le, ou choisissez un autre nom"),
    ),
    "silent-and-like": Said(
        (
            "what it says and points at cannot be nothing, and also be what `{kind}` does",
            "ce qu'il dit et vise ne peut pas être rien, et en même temps ce que fait `{kind}`",
        ),
        ("leave one of the two out", "retirez l'un des deux"),
        category="conflict",
    ),
    "kind-in-capitals": Said(
        ("`{kind}` is not in small letters", "`{kind}` n'est pas en minuscules"),
    ),
    "no-own-kind": Said(
        (
            "`{kind}` cannot name a kind of act of your own",
            "`{kind}` ne peut pas nommer un type d'acte à vous",
        ),
        (
            "one of your own has a hyphen, as in `open-account`",
            "un type à vous a un trait d'union, comme `open-account`",
        ),
    ),
    "unknown-act-kind": Said(
        ("there is no kind of act `{kind}`", "il n'existe pas de type d'acte `{kind}`"),
        category="unknown",
    ),
    "unknown-circuit": Said(
        ("no circuit is called `{name}`", "aucun circuit ne s'appelle `{name}`"), category="unknown"
    ),
    "unknown-fact": Said(
        ("there is no fact `{fact}`", "il n'existe pas de fait `{fact}`"),
        ("declare it under `labels`", "déclarez-le sous `labels`"),
        "unknown",
    ),
    "unknown-value": Said(
        ("`{fact}` is never `{value}`", "`{fact}` ne vaut jamais `{value}`"), category="unknown"
    ),
    "at-least-alone": Said(
        ("`at least` goes with `of`, and nothing else", "`at least` va avec `of`, et rien d'autre"),
        (
            "write the two in a mapping of their own, under `all` where there is more",
            "écrivez les deux dans leur propre dictionnaire, sous `all` s'il y a autre chose",
        ),
    ),
    "bad-at-least": Said(
        ("at least {count} of {of} makes no sense", "au moins {count} sur {of} n'a pas de sens"),
        ("ask for 1 to {of}", "demandez de 1 à {of}"),
    ),
    "condition-too-deep": Said(
        (
            "the condition is nested more than {most} deep",
            "la condition a plus de {most} niveaux d'imbrication",
        ),
        ("split the rule", "divisez la règle"),
        "too-large",
    ),
    "empty-condition": Said(
        ("a condition asks nothing", "une condition ne demande rien"),
        ("leave `when` out for always", "retirez `when` pour dire toujours"),
    ),
    "label-as-log": Said(
        ("a label cannot be a `log`", "une étiquette ne peut pas être de type `log`"),
        ("logs come from the history", "les journaux viennent de l'historique"),
    ),
    "label-with-values": Said(
        (
            "a label of type `{type}` has no list of values",
            "une étiquette de type `{type}` n'a pas de liste de valeurs",
        ),
        ("only symbols have one", "seuls les mots en ont une"),
    ),
    "list-without-brackets": Said(
        ("`{stray}` follows `{first}` without brackets", "`{stray}` suit `{first}` sans crochets"),
        (
            "write a list in brackets: `{op}: [{first}, {stray}]`",
            "écrivez une liste entre crochets : `{op}: [{first}, {stray}]`",
        ),
    ),
    "needs-question": Said(("{type:a} needs a question", "il faut une question pour {type:a}")),
    "not-two": Said(
        ("`between` takes two values, not {count}", "`between` prend deux valeurs, et non {count}"),
        (
            "as in `[1, 5]`; decimals have a point, as in `[0.2, 0.7]`",
            "par exemple `[1, 5]` ; les décimales ont un point, comme dans `[0.2, 0.7]`",
        ),
    ),
    "nothing-asked": Said(
        ("nothing is asked of `{fact}`", "rien n'est demandé de `{fact}`"),
        ("as in `{{present: yes}}`", "par exemple `{{present: yes}}`"),
    ),
    "not-one-window": Said(
        ("acts are counted in one window", "les actes se comptent dans une seule fenêtre"),
        (
            'say one of `within=hours(1)`, `per="week"` and `ever=True`',
            'choisissez entre `within=hours(1)`, `per="week"` et `ever=True`',
        ),
    ),
    "count-of-context": Said(
        ("`{fact}` is not known of earlier acts", "`{fact}` n'est pas connu des actes antérieurs"),
        (
            "count them by what an act says itself: its kind, topics, labels, author or moment",
            (
                "comptez-les d'après ce qu'un acte dit lui-même : son type, ses "
                "sujets, ses étiquettes, son auteur ou son moment"
            ),
        ),
    ),
    "after-at-any-time": Said(
        (
            "it is not said within what time acts are to follow `{after}`",
            "rien ne dit en combien de temps des actes doivent suivre `{after}`",
        ),
        ("as in `within: 24 h`", "par exemple `within: 24 h`"),
    ),
    "after-itself": Said(
        (
            "`{of}` cannot be what is to follow `{of}`",
            "`{of}` ne peut pas être ce qui doit suivre `{of}`",
        ),
        ("name what is to follow", "nommez ce qui doit suivre"),
    ),
    "before-at-any-time": Said(
        (
            "it is not said by what time acts are to come before `{before}`",
            "rien ne dit combien de temps avant `{before}` des actes doivent venir",
        ),
        ("as in `by: [3 days, 30 min]`", "par exemple `by: [3 days, 30 min]`"),
    ),
    "before-itself": Said(
        (
            "`{of}` cannot be what is to come before `{of}`",
            "`{of}` ne peut pas être ce qui doit venir avant `{of}`",
        ),
        ("name what is to come before", "nommez ce qui doit venir avant"),
    ),
    "times-before-acts": Said(
        (
            "`by` counts back from an event, and `{before}` names acts",
            "`by` se compte depuis un événement, et `{before}` nomme des actes",
        ),
        (
            "leave it out, or write `within` for how long before at most",
            "retirez-le, ou écrivez `within` : combien de temps avant, au plus",
        ),
    ),
    "working-days-back": Said(
        (
            "`{given}` cannot be counted back from `{before}`",
            "`{given}` ne se compte pas en remontant depuis `{before}`",
        ),
        (
            "write a duration here, such as `48 h`; working days are for acts that follow",
            (
                "écrivez ici une durée, par exemple `48 h` ; les jours ouvrés sont pour les actes "
                "qui suivent"
            ),
        ),
    ),
    "before-in-no-time": Said(
        (
            "nothing comes `{within}` before at most and `{by}` before at least",
            "rien ne vient `{within}` avant au plus et `{by}` avant au moins",
        ),
        ("give a longer time, or leave it out", "donnez un temps plus long, ou retirez-le"),
    ),
    "not-after-acts": Said(
        (
            (
                "`{given}` does not go with acts that are to follow others, or to come "
                "before an event"
            ),
            (
                "`{given}` ne va pas avec des actes qui doivent en suivre d'autres, ou "
                "venir avant un événement"
            ),
        ),
        ("leave it out", "retirez-le"),
    ),
    "unknown-charter-event": Said(
        ("the charter has no event `{name}`", "la charte n'a pas d'événement `{name}`"),
        ("declare it under `events`", "déclarez-le sous `events`"),
        "unknown",
    ),
    "bound-never-missed": Said(
        ("`{given}` is true of any acts", "`{given}` est vrai de tous les actes"),
        (
            "ask for more than nothing, and for less than all",
            "demandez plus que rien, et moins que tout",
        ),
    ),
    "expectations-clash": Said(
        (
            "no period can meet both `{one}` and `{other}`",
            "aucune période ne peut remplir à la fois `{one}` et `{other}`",
        ),
        (
            "ask for less of the one, or allow more of the other",
            "demandez moins de l'une, ou autorisez plus à l'autre",
        ),
        "conflict",
    ),
    "never-in-force": Said(
        (
            "`{name}` is never in force: the charter is not in force on any of its days",
            "`{name}` n'est jamais en vigueur : la charte ne l'est aucun de ses jours",
        ),
        (
            "bring its days within those of the charter, or drop it",
            "ramenez ses jours dans ceux de la charte, ou retirez-la",
        ),
    ),
    "calendar-too-short": Said(
        (
            "the calendar says nothing of {year}: whether a day is a holiday is then unknown",
            "le calendrier ne dit rien de {year} : on ne sait alors pas si un jour est férié",
        ),
        (
            "add {year} to its `years`, with its holidays",
            "ajoutez {year} à ses `years`, avec ses jours fériés",
        ),
    ),
    "expects-nothing": Said(
        (
            "expectation `{expectation}` gives no bound",
            "l'attente `{expectation}` ne donne aucune borne",
        ),
        (
            "write `at least`, `at most`, `after` or `before`",
            "écrivez `at least`, `at most`, `after` ou `before`",
        ),
    ),
    "expects-twice": Said(
        (
            "expectation `{expectation}` gives two bounds",
            "l'attente `{expectation}` donne deux bornes",
        ),
        ("make an expectation of each", "faites une attente de chacune"),
    ),
    "no-share": Said(
        ("`{given}` is no share of anything", "`{given}` n'est la part de rien"),
        ("write a share, as in `20 % per month`", "écrivez une part, par exemple `20 % per month`"),
    ),
    "night-by-day": Said(
        (
            "`{given}` goes on past midnight, so that a night is of two days",
            "`{given}` continue après minuit : une nuit y est de deux jours",
        ),
        (
            "count `per week`, or end the hours at `24:00`",
            "comptez par semaine, `per week`, ou finissez les heures à `24:00`",
        ),
    ),
    "not-of-calendar": Said(
        (
            "`{given}` names no day, week, month, quarter or year",
            "`{given}` ne nomme ni jour, ni semaine, ni mois, ni trimestre, ni année",
        ),
        ("as in `2 per week`", "par exemple `2 per week`"),
    ),
    "share-of-itself": Said(
        ("all of `{of}` is among `{of}`", "tout `{of}` est parmi `{of}`"),
        ("name what the share is taken of", "nommez ce dont la part est prise"),
    ),
    "share-too-large": Said(
        ("`{given}` is more than all of them", "`{given}` dépasse le tout"),
        ("write at most `100 %`", "écrivez `100 %` au plus"),
        "too-large",
    ),
    "share-of-nothing": Said(
        (
            "it is not said what `{given}` is a share of",
            "rien ne dit de quoi `{given}` est la part",
        ),
        ("as in `among: publish`", "par exemple `among: publish`"),
    ),
    "reserved-name": Said(
        ("`{name}` already has a meaning of its own", "`{name}` a déjà un sens à lui"),
        ("choose another name", "choisissez un autre nom"),
    ),
    "stands-alone": Said(
        ("`{key}` is on its own", "`{key}` est seul"),
        ("it goes with {beside:or}", "il va avec {beside:or}"),
    ),
    "unknown-op": Said(
        ("{type:a} cannot be asked `{op}`", "`{op}` ne s'applique pas à {type:a}"),
        category="unknown",
    ),
    "wrong-operand": Said(
        (
            "for `{fact}`, `{op}` takes {wanted:a}, not `{given}`",
            "pour `{fact}`, `{op}` attend {wanted:a}, et non `{given}`",
        ),
        ("{wanted:how}", "{wanted:how}"),
    ),
}
