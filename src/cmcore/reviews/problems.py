"""Why a review cannot be opened, or an event cannot happen to it."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "amended-by-other-charter": Said(
        (
            "the new content was decided by another charter",
            "le nouveau contenu a été décidé par une autre charte",
        ),
        (
            "decide by the charter that the review began under: `{charter}`, version {version}",
            (
                "décidez par la charte sous laquelle la validation a commencé : "
                "`{charter}`, version {version}"
            ),
        ),
        "stale",
    ),
    "amended-other-act": Said(
        ("`{found}` is a different act", "`{found}` est un autre acte"),
        ("the review is of `{act}`", "la validation porte sur `{act}`"),
        "stale",
    ),
    "amended-other-circuit": Said(
        ("the circuit `{id}` has changed", "le circuit `{id}` a changé"),
        (
            "a review keeps the circuits it began with",
            "une validation garde les circuits avec lesquels elle a commencé",
        ),
        "stale",
    ),
    "amended-to-forbidden": Said(
        ("the new content is forbidden by {rules}", "le nouveau contenu est interdit par {rules}"),
        (
            "change what they forbid, or withdraw the act",
            "changez ce qu'elles interdisent, ou retirez l'acte",
        ),
        "forbidden",
    ),
    "author-looks-alike": Said(
        (
            "{author:member} is not in the team, but looks like `{twin}`",
            "{author:member} n'est pas dans l'équipe, mais ressemble à `{twin}`",
        ),
        (
            "write `{twin}` if that is who it is; if not, give them another id",
            (
                "écrivez `{twin}` si c'est bien cette personne ; sinon, donnez-lui un "
                "autre identifiant"
            ),
        ),
        "forbidden",
    ),
    "author-not-in-team": Said(
        ("{author:member} is not in the team", "{author:member} n'est pas dans l'équipe"),
        (
            "give the id of a member, or say that the author is external",
            "donnez l'identifiant d'un collaborateur, ou dites que l'auteur est externe",
        ),
        "forbidden",
    ),
    "change-not-made": Said(
        (
            "`{fact}` of the act cannot be changed in this way",
            "`{fact}` de l'acte ne peut pas être changé ainsi",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "circuits-missing": Said(
        ("what is `{outcome}` goes to a circuit", "ce qui est {outcome:word} va vers un circuit"),
        ("name it", "nommez-le"),
        "conflict",
    ),
    "circuits-needless": Said(
        (
            "what is `{outcome}` goes to no circuit",
            "ce qui est {outcome:word} ne va vers aucun circuit",
        ),
        ("drop it", "retirez-le"),
        "conflict",
    ),
    "decision-against-rules": Said(
        (
            "its rules come to `{found}`, not to `{given}`",
            "selon ses règles, l'acte est {found:word}, et non {given:word}",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "finding-against-act": Said(
        ("this contradicts the act, on `{fact}`", "cela contredit l'acte, sur `{fact}`"),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "finding-against-rest": Said(
        (
            "this contradicts the rest of the decision, on `{fact}`",
            "cela contredit le reste de la décision, sur `{fact}`",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "finding-against-test": Said(
        (
            "what was read makes the test {found}, not {given}",
            "ce qui a été lu rend le test `{found}`, et non `{given}`",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "hides-from-no-rule": Said(
        (
            "no rule `{rule}` refers or forbids this act",
            "aucune règle `{rule}` ne renvoie ni n'interdit cet acte",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "hits-against-test": Said(
        ("what the test finds is {found}", "ce que le test trouve est {found}"),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "other-zone": Said(
        (
            "another finding is on the clock of `{found}`",
            "un autre constat est à l'heure de `{found}`",
        ),
        ("one charter has one zone", "une charte a un seul fuseau"),
        "conflict",
    ),
    "part-against-rules": Said(
        (
            "its rules come to {found}, not to {named}",
            "ses règles mènent à {found}, et non à {named}",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "part-needless": Said(
        (
            "a decision that is `{outcome}` has no `{part}`",
            "une décision {outcome:word} n'a pas de `{part}`",
        ),
        ("drop it", "retirez-le"),
        "conflict",
    ),
    "repair-against-changes": Said(
        (
            "the act is not the result of the changes",
            "l'acte n'est pas le résultat des changements",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "repair-hides-from-rule": Said(
        (
            "the changes hide from the rule `{rule}` what the act is about",
            "les changements cachent à la règle `{rule}` ce dont parle l'acte",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "repair-leaves-rule": Said(
        (
            "the rule `{rule}` applies to the changed act too",
            "la règle `{rule}` s'applique aussi à l'acte changé",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "rule-against-charter": Said(
        (
            "this contradicts the charter, on the rule `{rule}`",
            "cela contredit la charte, sur la règle `{rule}`",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "rule-against-findings": Said(
        (
            "the findings for the rule `{rule}` do not lead to this",
            "les constats de la règle `{rule}` n'y mènent pas",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "rule-not-found": Said(
        (
            "the rule `{rule}` is not among the findings",
            "la règle `{rule}` n'est pas parmi les constats",
        ),
        ("decide the act again", "décidez à nouveau de l'acte"),
        "conflict",
    ),
    "circuits-left-out": Said(
        (
            "a circuit of the decision is missing: {names}",
            "il manque un circuit de la décision : {names}",
        ),
        ("give all circuits of the decision", "donnez tous les circuits de la décision"),
    ),
    "circuits-not-decided": Said(
        ("the decision does not send it to {names:or}", "la décision n'y envoie pas : {names:or}"),
        ("give the circuits of the decision alone", "donnez les seuls circuits de la décision"),
    ),
    "already-approved": Said(
        ("{by:member} has approved this content already", "{by:member} a déjà approuvé ce contenu"),
        category="conflict",
    ),
    "already-delegated": Said(
        (
            "{by:member} has delegated to {to:member} already",
            "{by:member} a déjà délégué à {to:member}",
        ),
        category="conflict",
    ),
    "already-spoken": Said(
        ("{by:member} has spoken already", "{by:member} s'est déjà prononcé"), category="conflict"
    ),
    "already-spoken-for": Said(
        (
            "{by:member} has spoken for {person:member} already",
            "{by:member} s'est déjà prononcé au nom de {person:member}",
        ),
        category="conflict",
    ),
    "asked-later": Said(
        (
            "{by:member} is asked by a later stage, which is not open yet",
            "{by:member} est demandé à une étape suivante, qui n'est pas encore ouverte",
        ),
        category="conflict",
    ),
    "content-unchanged": Said(
        ("the content is the same as before", "le contenu est le même qu'avant"),
        ("an amendment changes its digest", "une modification change son empreinte"),
        "conflict",
    ),
    "decision-of-other-act": Said(
        (
            "the decision is of an act with other {fields}",
            "la décision porte sur un acte dont diffèrent {fields}",
        ),
        (
            "decide again, and give the act that was decided",
            "décidez à nouveau, et donnez l'acte qui a été décidé",
        ),
        "stale",
    ),
    "decision-of-other-charter": Said(
        (
            "the decision is of `{charter}`, version {version}",
            "la décision est de `{charter}`, version {version}",
        ),
        ("give the charter it is of", "donnez la charte dont elle vient"),
        "stale",
    ),
    "decision-of-other-rules": Said(
        (
            (
                "the decision is of another charter that is also called `{charter}`, "
                "version {version}"
            ),
            (
                "la décision vient d'une autre charte qui s'appelle aussi `{charter}`, "
                "version {version}"
            ),
        ),
        (
            "give each changed charter a version of its own",
            "donnez à chaque charte modifiée sa propre version",
        ),
        "stale",
    ),
    "event-out-of-order": Said(
        ("it comes before the latest event", "il vient avant le dernier événement"),
        ("that was at {at}", "celui-là était à {at}"),
        "conflict",
    ),
    "is-author": Said(
        (
            "{author:member} is the author: nobody reviews their own act",
            "l'acte est de {author:member} : personne ne valide ses propres actes",
        ),
        category="forbidden",
    ),
    "no-author": Said(
        ("it is not known who the author is", "on ne sait pas de qui est l'acte"),
        (
            "say who wrote it, in `author`: nobody approves their own act",
            "dites qui l'a écrit, dans `author` : personne n'approuve ses propres actes",
        ),
    ),
    "not-a-deputy": Said(
        ("{to:member} is not a deputy of {by:member}", "{to:member} ne supplée pas {by:member}"),
        (
            "the circuit says who the deputies of a stage are",
            "le circuit dit qui sont les suppléants d'une étape",
        ),
        "forbidden",
    ),
    "not-an-exception": Said(
        (
            "the act is {outcome}: only an exception is reviewed",
            "l'acte est {outcome:word} : seule une exception se valide",
        ),
        category="conflict",
    ),
    "not-approved-content": Said(
        (
            "`{digest:.16}` is not the content approved",
            "`{digest:.16}` n'est pas le contenu approuvé",
        ),
        ("that is `{current:.16}`", "c'est `{current:.16}`"),
        "stale",
    ),
    "not-asked": Said(
        ("{by:member} is not asked", "l'avis de {by:member} n'est pas demandé"),
        category="forbidden",
    ),
    "not-delegated": Said(
        (
            "{by:member} may not speak for {person:member}",
            "{by:member} ne peut pas parler au nom de {person:member}",
        ),
        ("only {person:member} can let them", "c'est à {person:member} de l'y autoriser"),
        "forbidden",
    ),
    "not-possible-now": Said(
        (
            "{state:say while}: it cannot be `{move}` now",
            "{state:say while} : `{move}` est impossible maintenant",
        ),
        ("it may be {moves}", "sont possibles {moves}"),
        "conflict",
    ),
    "not-the-author": Said(
        ("{by:member} is not the author", "l'acte n'est pas de {by:member}"),
        ("that is {author:member}", "il est de {author:member}"),
        "forbidden",
    ),
    "not-under-review": Said(
        (
            "`{digest:.16}` is not the content under review",
            "`{digest:.16}` n'est pas le contenu en validation",
        ),
        ("that is `{current:.16}`", "c'est `{current:.16}`"),
        "stale",
    ),
    "nothing-to-escalate": Said(
        ("{by:member} has nothing to escalate", "{by:member} n'a rien à escalader"),
        (
            "only those asked by an open stage, with another after it, may escalate it",
            "seuls ceux que consulte une étape ouverte, suivie d'une autre, peuvent l'escalader",
        ),
        "forbidden",
    ),
    "nothing-waits": Said(
        (
            "nothing that is open now awaits {by:member}",
            "rien de ce qui est ouvert maintenant n'attend {by:member}",
        ),
        category="conflict",
    ),
    "review-closed": Said(
        (
            "the review is {state:say state}: nothing more can happen to it",
            "l'acte est {state:say state} : plus rien ne peut arriver à sa validation",
        ),
        ("open another review", "ouvrez-en une autre"),
        "conflict",
    ),
    "review-not-open-yet": Said(
        ("the review was not open yet", "la validation n'était pas encore ouverte"),
        ("it opened at {at}", "elle s'est ouverte à {at}"),
        "conflict",
    ),
    "time-is-out": Said(
        (
            "the next stage is asked now, and {by:member} no longer is",
            "c'est désormais à l'étape suivante de répondre, et non plus à {by:member}",
        ),
        category="conflict",
    ),
    "review-of-other-act": Said(
        ("the review is of `{act}`", "la validation porte sur `{act}`"),
        ("give the act it is of, not `{given}`", "donnez l'acte dont il s'agit, et non `{given}`"),
        "stale",
    ),
}
