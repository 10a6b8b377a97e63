"""What is said of requests."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "request picture": ("First answer within", "Première réponse en"),
    # the backlog
    "request backlog": ("{count} requests, {late}", "{count} demandes, {late}"),
    "request backlog one": ("{count} request, {late}", "{count} demande, {late}"),
    "request late": ("{count} overdue", "{count} en retard"),
    "request late one": ("{count} overdue", "{count} en retard"),
    "request late none": ("none overdue", "aucune en retard"),
    "request state open": ("open", "ouverte"),
    "request state assigned": ("assigned", "attribuée"),
    "request state waiting": ("waiting", "en attente"),
    "request state resolved": ("resolved", "résolue"),
    "request state merged": ("merged", "fusionnée"),
    "request states open": ("open", "ouvertes"),
    "request states assigned": ("assigned", "attribuées"),
    "request states waiting": ("waiting", "en attente"),
    "request states resolved": ("resolved", "résolues"),
    "request states merged": ("merged", "fusionnées"),
    "request owed": ("What is owed an answer", "Ce qui attend une réponse"),
    "request id": ("request", "demande"),
    "request state": ("state", "état"),
    "request who": ("who", "qui"),
    "request since": ("owed since", "attend depuis"),
    "request acknowledge by": ("acknowledge by", "à accuser avant"),
    "request to resolve": ("What is to be resolved", "Ce qui est à résoudre"),
    "request resolve by": ("resolve by", "à résoudre avant"),
    "request due": ("due", "échéance"),
    "request overdue by": ("overdue by", "retard"),
    "request no target": ("no target", "sans objectif"),
    "request never due": ("never", "jamais"),
    "request no promise": ("not promised", "non promis"),
    "request no calendar": (
        "unknown: no calendar covers {year}",
        "inconnue : aucun calendrier ne couvre {year}",
    ),
    "request undated": (
        "{count} have a deadline that is unknown: no calendar covers {years}",
        "{count} ont une échéance inconnue : aucun calendrier ne couvre {years}",
    ),
    "request undated one": (
        "{count} has a deadline that is unknown: no calendar covers {years}",
        "{count} a une échéance inconnue : aucun calendrier ne couvre {years}",
    ),
    "request untargeted": (
        "{count} owed an answer without a target: nobody knows whether they are late",
        "{count} attendent une réponse sans objectif : impossible de dire si elles sont en retard",
    ),
    "request untargeted one": (
        "{count} owed an answer without a target: nobody knows whether it is late",
        "{count} attend une réponse sans objectif : impossible de dire si elle est en retard",
    ),
    "request ignored": (
        "{count} ignored, as the desk says: no answer is owed",
        "{count} ignorées, comme le dit le service : aucune réponse n'est due",
    ),
    "request ignored one": (
        "{count} ignored, as the desk says: no answer is owed",
        "{count} ignorée, comme le dit le service : aucune réponse n'est due",
    ),
    "request stranded": (
        "{count} are with {who:member}, who is not in the team: {requests}",
        "{count} sont chez {who:member}, qui n'est pas dans l'équipe : {requests}",
    ),
    "request more stranded": (
        "more is with {count} others who are not in the team",
        "d'autres sont chez {count} autres qui ne sont pas dans l'équipe",
    ),
    "request more stranded one": (
        "more is with {count} other who is not in the team",
        "d'autres sont chez {count} autre qui n'est pas dans l'équipe",
    ),
    "request stranded one": (
        "{requests} is with {who:member}, who is not in the team",
        "{requests} est chez {who:member}, qui n'est pas dans l'équipe",
    ),
    "request as of": ("at {at}, {zone:hour}", "le {at}, à l'heure {zone:hour}"),
    "request to assign": ("Who should take what is open", "Qui devrait prendre ce qui est ouvert"),
    "request why": ("why", "pourquoi"),
    "request nobody": ("nobody", "personne"),
    # where a request goes
    "request routed": (
        "`{request}` goes to {who:member} as {role:role}",
        "`{request}` va à {who:member} comme {role:role}",
    ),
    "request not routed": ("`{request}` goes to nobody", "`{request}` ne va à personne"),
    "request why contact": (
        "had the last request of the same author",
        "avait la demande précédente du même auteur",
    ),
    "request why alone": (
        "the only one on duty who can",
        "seule personne en service à le pouvoir",
    ),
    "request why least": ("has the lightest load: {load}", "a le moins de demandes : {load}"),
    "request why tie": (
        "has as light a load as others ({load}); the order of the ids decided",
        "en a aussi peu que d'autres ({load}) ; l'ordre des identifiants a décidé",
    ),
    "request why not first": ("could take it too: load {load}", "pourrait aussi, avec {load}"),
    "request why off": ("off duty until {back}", "pas en service avant {back}"),
    "request why never": (
        "never on duty, or their hours are not known",
        "jamais en service, ou ses heures sont inconnues",
    ),
    "request why language": ("does not speak `{language}`", "ne parle pas `{language}`"),
    "request why skills": ("does not have the skills for it", "n'en a pas les compétences"),
    "request contact": ("contact", "contact"),
    "request contact gone": (
        "{who:member} had the last request of the same author, and is not in the team",
        "{who:member} avait la demande précédente du même auteur, et n'est pas dans l'équipe",
    ),
    "request contact other": (
        "{who:member} had the last request of the same author, and does not hold this role",
        "{who:member} avait la demande précédente du même auteur, et ne tient pas ce rôle",
    ),
    "request gap": ("gap", "manque"),
    "request gap no route": (
        "no route of the desk fits this request",
        "aucune orientation du service ne vise cette demande",
    ),
    "request gap ignored": (
        "the desk ignores what its author wrote",
        "le service ignore ce que son auteur a écrit",
    ),
    "request gap no holder": ("nobody holds {role:role}", "personne ne tient {role:role}"),
    "request gap unable": (
        "nobody who holds {role:role} is able to take it",
        "parmi les personnes qui tiennent {role:role}, aucune ne peut la prendre",
    ),
    "request gap off duty": (
        "nobody is on duty as {role:role}; {who:member} will be, at {back}",
        "personne n'est en service comme {role:role} ; {who:member} le sera, le {back}",
    ),
    "request gap never": (
        "nobody is or will be on duty as {role:role}",
        "personne n'est en service comme {role:role}, ni ne le sera",
    ),
    # response times
    "request times": (
        "how long {count} requests waited for an answer",
        "attente d'une réponse : {count} demandes",
    ),
    "request times one": (
        "how long {count} request waited for an answer",
        "attente d'une réponse : {count} demande",
    ),
    "request times none": ("no request", "aucune demande"),
    "request quantile": ("{share} answered within", "réponse à {share} en"),
    "request between": ("between {low} and {high}", "entre {low} et {high}"),
    "request not known": ("not known yet: {low} or more", "pas encore connu : {low} ou plus"),
    "request count": ("requests", "demandes"),
    "request unanswered": ("unanswered", "sans réponse"),
    "request unanswered told": (
        "{count}: each counts as longer than what it has waited so far",
        "{count} : chacune compte pour plus long que son attente à ce jour",
    ),
    "request excused": ("left out", "écartées"),
    "request excused told": (
        "{count}: resolved in a way that needs no answer",
        "{count} : résolues d'une façon qui n'appelle pas de réponse",
    ),
    "request on time": ("within target", "dans l'objectif"),
    "request on time told": (
        "{share}: {met} in time, {missed} late, {pending} not due yet, {untargeted} with no target",
        (
            "{share} : {met} à temps, {missed} en retard, {pending} à venir,"
            " {untargeted} sans objectif"
        ),
    ),
    "request undated told": (
        "{count} unknown: no calendar covers the year in which they are due",
        "inconnu : {count} ; aucun calendrier ne couvre l'année de l'échéance",
    ),
    "request by network": ("By network", "Par réseau"),
    "request by hour": (
        "By hour when they came, {zone:hour}",
        "Par heure d'arrivée, à l'heure {zone:hour}",
    ),
    "request hour": ("hour", "heure"),
    "request by topic": (
        "By topic: what has several is in each",
        "Par sujet : ce qui en a plusieurs est sous chacun",
    ),
    "request topic": ("topic", "sujet"),
    "request by severity": ("By severity", "Par gravité"),
    "request severity": ("severity", "gravité"),
    "request by holder": ("By who has them", "Par personne"),
    "request holder": ("who", "qui"),
    "request beyond": ("Beyond the first answer", "Au-delà de la première réponse"),
    "request beyond what": ("until", "jusqu'à"),
    "request acknowledgement": ("an acknowledgement", "un accusé de réception"),
    "request all answers": ("each answer", "chaque réponse"),
    "request resolution": ("the resolution", "la résolution"),
    # staffing
    "request staffing one": (
        "{share} taken up within {within}: {count} person at a time, {total} h a week",
        "{share} pris en charge en {within} : {count} personne à la fois, {total} h par semaine",
    ),
    "request staffing": (
        "{share} taken up within {within}: up to {count} people at once, {total} h a week",
        "{share} pris en charge en {within} : {count} personnes à la fois, {total} h par semaine",
    ),
    "request staffing unknown": ("not known", "inconnu"),
    "request staffing unknown told": (
        "how much comes in, for {count} hours of the week",
        "ce qui arrive, pour {count} heures de la semaine",
    ),
    "request staffing unknown told one": (
        "how much comes in, for {count} hour of the week",
        "ce qui arrive, pour {count} heure de la semaine",
    ),
    "request staffing lack": ("{count} missing", "il en manque {count}"),
    "request staffing foot": (
        "{handling} each, {zone:hour}",
        "{handling} chacune, à l'heure {zone:hour}",
    ),
    "request staffing week": ("The week: people needed", "La semaine : personnes nécessaires"),
    "request staffing rota": (
        "The week: people on duty / needed, at the worst moment",
        "La semaine : en service / nécessaires, au pire moment",
    ),
}  # fmt: skip
