"""What is said of checkups: the questions, and what is checked for each."""

from typing import Final

_QUESTIONS: Final = {
    "000.1": ("goals are set", "les objectifs sont définis"),
    "000.2": ("there is a policy, and it lives", "une politique existe et vit"),
    "000.3": ("profiles suit and differ", "les profils conviennent et diffèrent"),
    "000.4": ("the core team exists and answers", "le noyau de l'équipe est là et répond"),
    "000.5": ("mistakes are corrected", "les faux pas sont corrigés"),
    "001.1": ("you listen to your community", "tu es à l'écoute de ta communauté"),
    "001.2": ("you answer fast and well", "tu es réactif"),
    "001.3": ("you are honest", "tu es honnête"),
    "001.4": ("you are trusted", "une relation de confiance est établie"),
    "001.5": ("interns are not abused", "tu n'abuses pas des stagiaires"),
    "001.6": ("a signed charter frames the work", "une charte signée cadre le travail"),
    "001.7": ("communities are healthy", "les communautés sont saines"),
    "001.8": ("you see the whole, and advise", "tu as du recul et tu conseilles"),
    "001.9": ("you stay yourself", "tu restes toi-même"),
    "001.10": ("you report figures", "tu produis des statistiques"),
    "002.1": ("insiders are found", "les collaborateurs à l'aise sont repérés"),
    "002.2": ("each network has its specialist", "chaque réseau a son spécialiste"),
    "002.3": ("time is set aside every day", "du temps quotidien est dégagé"),
    "002.4": ("the team meets", "l'équipe se réunit"),
    "002.5": ("little direct promotion, and training", "peu de promotion directe, et formation"),
    "002.6": ("networks are open at work", "l'accès aux réseaux est débloqué"),
    "002.7": ("ambassadors share", "des ambassadeurs partagent"),
    "002.8": ("employees take part in content", "les salariés participent au contenu"),
    "003.1": ("management is with you", "la direction est associée"),
    "003.2": ("employees are with you", "les salariés sont associés"),
    "003.3": ("the team is mixed", "l'équipe de projet est mixte"),
    "003.4": ("digital skills grow", "les compétences numériques progressent"),
    "003.5": ("openness and sharing spread", "transparence et partage se diffusent"),
    "003.6": ("information and approval flow", "information et validation circulent"),
    "003.7": ("there is a community manager", "un community manager est en poste"),
    "003.8": ("there are things to say", "il y a des choses à dire"),
    "003.9": ("people meet in real life", "on se rencontre dans la vie réelle"),
    "003.10": ("tools fit", "les outils conviennent"),
    "004.1": ("the scope is defined", "le périmètre est défini"),
    "004.2": ("indicators are followed", "des indicateurs sont suivis"),
    "004.3": ("the place in the company is right", "la place dans l'entreprise est la bonne"),
    "004.4": ("value is reported", "la valeur ajoutée est rapportée"),
    "004.5": ("an intern's post is marked out", "le poste d'un stagiaire est balisé"),
}
_TEXTS: Final = {
    "000": ("Building a team (000)", "Bâtir une équipe (000)"),
    "001": ("The ten commandments (001)", "Les dix commandements (001)"),
    "002": ("Within, without, ambassadors (002)", "Interne, externe, ambassadeurs (002)"),
    "003": ("The ten conditions (003)", "Les dix conditions (003)"),
    "004": ("Scope and indicators (004)", "Périmètre et indicateurs (004)"),
}
#: Check -> what it says, then what to do where it is not so.
_CHECKS: Final = {
    "charter in force": (
        ("the charter is in force", "la charte est en vigueur"),
        ("write a charter, or renew it", "rédigez une charte ou renouvelez-la"),
    ),
    "charter signed": (
        ("management signed the charter", "la direction a signé la charte"),
        ("have it approved by those who direct", "faites-la valider par la direction"),
    ),
    "charter framed": (
        ("the charter names networks and volume", "la charte fixe réseaux et volume"),
        ("say on which networks, and how much", "dites sur quels réseaux et à quel volume"),
    ),
    "networks covered": (
        ("the charter covers the networks you are on", "la charte couvre vos réseaux"),
        ("add them to the charter, or leave them", "ajoutez-les à la charte ou quittez-les"),
    ),
    "charter fresh": (
        ("the charter is up to date", "la charte est à jour"),
        ("read it again, and set the next date", "relisez-la et fixez la prochaine date"),
    ),
    "rules for employees": (
        ("rules say who may speak", "des règles disent qui peut parler"),
        ("say what employees may say and do", "dites ce que les salariés peuvent dire et faire"),
    ),
    "short way": (
        ("exceptions have a short way", "les exceptions ont un circuit court"),
        (
            "refer crises to a circuit with deadlines",
            "renvoyez les crises à un circuit avec échéances",
        ),
    ),
    "circuits complete": (
        ("the team can complete the circuits", "l'équipe peut mener les circuits à bien"),
        ("name deputies, or change the hours", "nommez des suppléants ou changez les horaires"),
    ),
    "share covered": (
        ("the charter covers its share", "la charte couvre sa part"),
        ("the audit says what is not covered", "l'audit dit ce qui n'est pas couvert"),
    ),
    "insiders": (
        ("somebody is at ease on a network", "quelqu'un est à l'aise sur un réseau"),
        ("look for those who are active already", "repérez ceux qui y sont déjà actifs"),
    ),
    "specialists": (
        ("each network has a specialist", "chaque réseau a un spécialiste"),
        ("share networks out by affinity", "répartissez les réseaux par affinité"),
    ),
    "time set aside": (
        ("people have the time their roles take", "chacun a le temps de ses rôles"),
        ("free time every day for it", "dégagez du temps chaque jour"),
    ),
    "core roles": (
        ("the five core roles are held", "les cinq rôles de base sont tenus"),
        ("assign these roles to somebody", "confiez ces rôles à quelqu'un"),
    ),
    "departments": (
        ("sales, marketing and service are linked", "ventes, marketing et SAV sont liés"),
        ("have each department represented", "faites représenter chaque service"),
    ),
    "community manager": (
        ("somebody speaks for the company", "quelqu'un parle pour l'entreprise"),
        ("hire or name a community manager", "embauchez ou nommez un community manager"),
    ),
    "front line": (
        ("somebody meets customers", "quelqu'un est au contact des clients"),
        ("bring in those who meet customers", "associez ceux qui voient les clients"),
    ),
    "ambassadors": (
        ("there are ambassadors", "il y a des ambassadeurs"),
        ("invite employees to share", "invitez des salariés à partager"),
    ),
    "mixed team": (
        ("trades, ages and levels differ", "métiers, âges et niveaux diffèrent"),
        ("mix trades, ages and levels", "mixez métiers, âges et niveaux"),
    ),
    "fit": (
        ("everybody has the skills of their roles", "chacun a les compétences de ses rôles"),
        ("train them, or assign the roles again", "formez-les ou redistribuez les rôles"),
    ),
    "interns supervised": (
        ("no intern holds a role alone", "aucun stagiaire ne tient seul un rôle"),
        (
            "put somebody of experience beside them, at the same hours",
            "mettez à côté une personne d'expérience, aux mêmes heures",
        ),
    ),
    "watch hours": (
        ("every watch asked for is kept", "chaque permanence demandée est tenue"),
        ("change the hours, or ask for fewer", "changez les horaires ou demandez-en moins"),
    ),
    "single contact": (
        ("one contact is named", "un interlocuteur unique est nommé"),
        ("name one person to turn to", "désignez un interlocuteur"),
    ),
    "referents": (
        ("each site has a web referent", "chaque site a un référent web"),
        ("name a referent for each site", "nommez un référent par site"),
    ),
    "on time": (
        ("requests are answered in time", "les demandes ont réponse à temps"),
        ("the response times say who waits", "les délais de réponse disent qui attend"),
    ),
    "none neglected": (
        ("no request is neglected", "aucune demande n'est négligée"),
        ("answer those that wait", "répondez à celles qui attendent"),
    ),
    "one hand": (
        ("each request stays with one person", "chaque demande reste à une personne"),
        ("route requests to one contact", "orientez les demandes vers un seul contact"),
    ),
    "answers kept": (
        ("incidents were answered in time", "les incidents ont eu réponse à temps"),
        (
            "the replay of the incident says what was late",
            "le déroulé de l'incident dit ce qui a tardé",
        ),
    ),
    "mistakes corrected": (
        (
            "false claims were corrected in time",
            "les affirmations fausses ont été rectifiées à temps",
        ),
        ("correct at once, where it was said", "corrigez aussitôt, là où cela a été dit"),
    ),
    "playbook kept": (
        (
            "posts were held, debriefs made and words avoided as the playbook asks",
            "suspensions, bilans et mots à éviter : les consignes ont été suivies",
        ),
        (
            "the replay of the incident says what was missed",
            "le déroulé de l'incident dit ce qui a manqué",
        ),
    ),
    "alert planned": (
        ("those who decide are to be alerted soon", "les décideurs doivent être vite alertés"),
        ("put an alert in the playbook", "mettez une alerte dans les consignes"),
    ),
    "alerts kept": (
        ("those who decide were alerted in time", "les décideurs ont été alertés à temps"),
        ("alert them first", "alertez-les d'abord"),
    ),
    "private way": (
        ("disputes go to a private channel", "les différends passent par messagerie privée"),
        ("put it in the playbook", "mettez-le dans les consignes"),
    ),
    "honest": (
        ("nothing false was said", "rien de faux n'a été dit"),
        ("say only what is true", "ne dites que ce qui est vrai"),
    ),
    "promises kept": (
        ("promises were kept", "les promesses ont été tenues"),
        ("promise what can be kept", "promettez ce que vous tiendrez"),
    ),
    "criticism kept": (
        ("no criticism was taken away", "aucune critique n'a été supprimée"),
        ("answer it and leave it there", "répondez-y et laissez-la"),
    ),
    "exceptions asked": (
        ("exceptions went through their circuit", "les exceptions sont passées par leur circuit"),
        ("ask first: written words remain", "demandez d'abord : les écrits restent"),
    ),
    "little promotion": (
        ("little is direct promotion", "peu de promotion directe"),
        ("say what people expect, sell less", "dites ce qui est attendu, vendez moins"),
    ),
    "own words": (
        ("words are not always the same", "les mots ne sont pas toujours les mêmes"),
        ("let people speak in their own words", "laissez chacun parler avec ses mots"),
    ),
    "cadence": (
        ("something is published nearly every day", "on publie presque chaque jour"),
        ("plan a calendar of posts", "tenez un planning éditorial"),
    ),
    "sharing": (
        ("what others publish is passed on", "ce que d'autres publient est relayé"),
        ("pass on what others publish", "relayez ce que d'autres publient"),
    ),
    "no bought followers": (
        ("followers grow with engagement", "les abonnés croissent avec l'engagement"),
        (
            "buy no followers; find out where these came from",
            "n'achetez pas d'abonnés ; cherchez d'où",
        ),
    ),
    "engagement measured": (
        ("engagement is counted", "l'engagement est compté"),
        ("count engagement beside followers", "comptez l'engagement et pas que les abonnés"),
    ),
    "returns measured": (
        ("what the networks bring is counted", "ce que rapportent les réseaux est compté"),
        ("count orders, or revenue, by day", "comptez commandes ou chiffre d'affaires par jour"),
    ),
    "objectives set": (
        ("objectives are set", "des objectifs sont fixés"),
        ("say what you expect of it", "dites ce que vous en attendez"),
    ),
    "strategy approved": (
        ("management approved the strategy", "la direction a validé la stratégie"),
        ("have it approved", "faites-la valider"),
    ),
    "strategy reviewed": (
        ("the strategy was reassessed", "la stratégie a été réexaminée"),
        ("look at what works, and advise", "regardez ce qui marche et conseillez"),
    ),
    "watch reported": (
        ("a listening report was made", "un compte rendu de veille a été fait"),
        ("report what is said of you", "rapportez ce qui se dit de vous"),
    ),
    "reports made": (
        ("a report was made", "un rapport a été fait"),
        ("report goals, successes and failures", "rapportez objectifs, succès et échecs"),
    ),
    "training": (
        ("somebody was trained", "une formation a eu lieu"),
        ("hold a workshop or a training", "organisez un atelier ou une formation"),
    ),
    "team meetings": (
        ("the team met", "l'équipe s'est réunie"),
        ("meet and go over what comes back", "réunissez-vous sur les retours"),
    ),
    "open access": (
        ("networks may be used at work", "les réseaux sont accessibles au travail"),
        ("open access to them", "débloquez l'accès"),
    ),
    "content by employees": (
        ("employees made content", "des salariés ont produit du contenu"),
        ("ask them to write, or show their posts", "faites-les écrire ou montrez leurs messages"),
    ),
    "employees briefed": (
        ("employees were told why", "la démarche a été expliquée aux salariés"),
        ("explain it, and answer concerns", "expliquez-la et rassurez"),
    ),
    "co-design": (
        ("the strategy was made together", "la stratégie a été conçue ensemble"),
        ("hold workshops with a mixed team", "faites des ateliers en équipe mixte"),
    ),
    "subscribers asked": (
        ("future subscribers were asked", "les futurs abonnés ont été interrogés"),
        ("meet them, or send a survey", "rencontrez-les ou faites une enquête"),
    ),
    "informed": (
        ("the team was kept informed", "l'équipe a été informée"),
        ("share projects and difficulties", "partagez projets et difficultés"),
    ),
    "met in person": (
        ("people met in person", "une rencontre a eu lieu"),
        ("organise an event, a visit or a workshop", "organisez événement, visite ou atelier"),
    ),
    "tools reviewed": (
        ("tools were reassessed", "les outils ont été réexaminés"),
        ("choose simple tools that can grow", "choisissez des outils simples et évolutifs"),
    ),
}
_SHARE: Final = (
    "{so} of {total} ({share}; aim {limit})",
    "{so} sur {total} ({share} ; but {limit})",
)
_UNSURE: Final = (
    "{so} of {total} for sure, {unsure} not known (aim {limit})",
    "{so} sur {total} à coup sûr, {unsure} inconnus (but {limit})",
)
_EVIDENCE: Final = {
    "few": ("only {known} known, {least} needed", "{known} connus seulement, il en faut {least}"),
    "share": _SHARE,
    "share unsure": _UNSURE,
    "repeated share": (f"“{{words}}”: {_SHARE[0]}", f"« {{words}} » : {_SHARE[1]}"),
    "repeated share unsure": (f"“{{words}}”: {_UNSURE[0]}", f"« {{words}} » : {_UNSURE[1]}"),
    "charter in force yes": ("{charter}, version {version}", "{charter}, version {version}"),
    "charter in force no": (
        "{charter}, version {version}, is not",
        "{charter}, version {version}, ne l'est pas",
    ),
    "charter signed": ("approved by {by}", "validée par {by}"),
    "charter signed none": ("approved by nobody", "validée par personne"),
    "charter signed later": ("approved only on {on}", "validée le {on} seulement"),
    "charter framed yes": ("on {networks}", "sur {networks}"),
    "charter framed no": ("missing: {lacks}", "il manque {lacks}"),
    "networks within": ("{networks}", "{networks}"),
    "networks beyond": (
        "it lets nothing out on {networks}",
        "elle ne laisse rien sortir sur {networks}",
    ),
    "networks none": ("no network is named", "aucun réseau n'est nommé"),
    "charter fresh": ("to be read again by {on}", "à relire avant le {on}"),
    "charter fresh none": ("no date is set to read it again", "aucune date de relecture"),
    "rules": ("{rules}", "{rules}"),
    "employees none": ("no rule looks at who speaks", "aucune règle ne regarde qui parle"),
    "short way": (
        "{circuit} takes {time} at most (aim {limit})",
        "{circuit} : dure {time} au plus (but {limit})",
    ),
    "short way over": (
        "{circuit} may take over {time} (aim {limit})",
        "{circuit} : peut durer plus de {time} (but {limit})",
    ),
    "short way days": (
        "working hours and days, as in {circuits}, have no fixed length",
        "les heures et jours ouvrés, comme dans {circuits}, n'ont pas de durée fixe",
    ),
    "short way none": ("no rule refers to a circuit", "aucune règle ne renvoie à un circuit"),
    "short way endless": ("{circuits} have no deadline", "{circuits} n'ont pas d'échéance"),
    "complete yes": ("in {time} at worst, this week", "en {time} au pire, cette semaine"),
    "complete no": ("not this week: {circuits}", "pas cette semaine : {circuits}"),
    "covered": (
        "{so} of {total} covered (target {target})",
        "{so} sur {total} couverts (objectif {target})",
    ),
    "covered unsure": (
        "{so} of {total} covered, {unsure} undecided (target {target})",
        "{so} sur {total} couverts, {unsure} indécis (objectif {target})",
    ),
    "people": ("{people}", "{people}"),
    "roles lack": ("nobody is {roles}", "personne n'est {roles}"),
    "insiders none": (
        "nobody in the company has an affinity with a network",
        "personne dans l'entreprise n'a d'affinité avec un réseau",
    ),
    "specialists": ("for {networks}", "pour {networks}"),
    "specialists lack": ("nobody for {networks}", "personne pour {networks}"),
    "time yes": ("{minutes} minutes a day in all", "{minutes} minutes par jour en tout"),
    "time no": ("not enough for {people}", "pas assez pour {people}"),
    "core yes": ("all five", "tous les cinq"),
    "departments": ("for {roles}", "pour {roles}"),
    "nothing else owed": (
        "the playbook owes nothing of the kind",
        "les consignes ne demandent rien de tel",
    ),
    "departments none": ("the organisation has none of them", "l'organisation n'en a aucun"),
    "front unsure": (
        "nobody says whether these roles meet customers: {roles}",
        "on ignore si ces rôles voient les clients : {roles}",
    ),
    "ambassadors one": ("{people} shared {count} time", "{people}, {count} partage"),
    "ambassadors": ("{people} shared {count} times", "{people}, {count} partages"),
    "ambassadors silent": ("{people} shared nothing", "{people} : aucun partage"),
    "ignored": ("closed and ignored: {requests}", "closes sans réponse : {requests}"),
    "criticism removed": ("removed: {acts}", "supprimé : {acts}"),
    "criticism kept one": ("none removed in {count} act", "rien de supprimé en {count} acte"),
    "criticism kept": ("none removed in {count} acts", "rien de supprimé en {count} actes"),
    "fit yes one": ("{count} role held", "{count} rôle tenu"),
    "fit yes": ("{count} roles held", "{count} rôles tenus"),
    "fit no": ("{unfit}", "{unfit}"),
    "interns yes": (
        "somebody who may supervise holds the same roles at the same hours",
        "quelqu'un qui peut les encadrer tient les mêmes rôles aux mêmes heures",
    ),
    "interns none": (
        "nobody in training holds a role",
        "aucune personne en formation ne tient de rôle",
    ),
    "interns unfit": (
        "{people}: in training, without the skills of a role they have",
        "{people} : en formation, sans les compétences d'un rôle tenu",
    ),
    "interns alone": (
        "only people in training hold {roles}",
        "rôles tenus seulement par des personnes en formation : {roles}",
    ),
    "interns at times": (
        "in the next seven days, {gaps}",
        "dans les sept jours qui viennent, {gaps}",
    ),
    "interns both": (
        "only people in training hold {roles}; besides, {gaps}",
        "rôles tenus seulement par des personnes en formation : {roles} ; de plus, {gaps}",
    ),
    "interns unsure": (
        "perhaps nobody is there to supervise {roles} at some hours",
        "il n'y a peut-être personne pour encadrer à certaines heures, pour {roles}",
    ),
    "mixed yes": ("all three differ", "les trois diffèrent"),
    "mixed no": ("alike in {traits}", "identiques par {traits}"),
    "mixed unsure": ("not known whether {traits} differ", "on ignore si {traits} diffèrent"),
    "watch yes one": ("{count} watch, which is kept", "{count} permanence, tenue"),
    "watch yes": ("{count} watches, all kept", "{count} permanences, toutes tenues"),
    "watch no": ("nobody for {gaps}", "personne pour {gaps}"),
    "watch none": ("no hours are asked for", "aucune heure n'est demandée"),
    "contact yes": ("{who:member}", "{who:member}"),
    "contact no": ("{who:member} is not in the team", "{who:member} n'est pas dans l'équipe"),
    "one place": ("there is one place only", "il n'y a qu'un site"),
    "referents yes": ("for {sites}", "pour {sites}"),
    "referents no": ("nobody for {sites}", "personne pour {sites}"),
    "neglected one": (
        "{count} has waited for more than {time}",
        "{count} attend depuis plus de {time}",
    ),
    "neglected": (
        "{count} have waited for more than {time}",
        "{count} attendent depuis plus de {time}",
    ),
    "neglected none one": (
        "the only one has not waited for more than {time}",
        "la seule n'attend pas depuis plus de {time}",
    ),
    "neglected none": (
        "none of {count} has waited for more than {time}",
        "aucune des {count} n'attend depuis plus de {time}",
    ),
    "kept one": ("kept, on the only occasion", "respecté, la seule fois"),
    "kept": ("occasions: {count}, all kept", "occasions : {count}, toutes tenues"),
    "breached": ("breached: {events}", "manqué : {events}"),
    "reviews late": (
        "went out alone, and the review is late: {acts}",
        "parti seul, et la validation après coup est en retard : {acts}",
    ),
    "unsure": ("not known for {events}", "on l'ignore pour {events}"),
    "not owed": ("nothing of the kind in {playbook}", "rien de tel dans {playbook}"),
    "alert": ("within {time} (aim {limit})", "sous {time} (but {limit})"),
    "alert over": (
        "it may take over {time} (aim {limit})",
        "cela peut prendre plus de {time} (but {limit})",
    ),
    "alert days": (
        "working hours and days, as in {duties}, have no fixed length",
        "les heures et jours ouvrés, comme dans {duties}, n'ont pas de durée fixe",
    ),
    "duties": ("{duties}", "{duties}"),
    "cadence": (
        "{count} of the last {days} days (aim {limit})",
        "{count} des {days} derniers jours (but {limit})",
    ),
    "shared one": ("{count} time", "{count} fois"),
    "shared": ("{count} times", "{count} fois"),
    "shared none one": ("never in {count} act", "jamais en {count} acte"),
    "shared none": ("never in {count} acts", "jamais en {count} actes"),
    "bought": (
        "many followers and no more engagement: {days}",
        "beaucoup d'abonnés et pas plus d'engagement : {days}",
    ),
    "bought unsure": ("many followers at once: {days}", "beaucoup d'abonnés d'un coup : {days}"),
    "bought none one": ("no such growth in {count} count", "aucun bond en {count} relevé"),
    "bought none": ("no such growth in {count} counts", "aucun bond en {count} relevés"),
    "measured": ("{indicators}", "{indicators}"),
    "returns none": (
        "neither orders nor revenue is counted",
        "ni commandes ni chiffre d'affaires",
    ),
    "returns moot": ("sales are no objective", "vendre n'est pas un objectif"),
    "measured none": ("nothing was counted lately", "rien n'a été compté récemment"),
    "done monthly": (
        "last on {on}; wanted every month",
        "dernière fois le {on} ; attendu chaque mois",
    ),
    "done quarterly": (
        "last on {on}; wanted every quarter",
        "dernière fois le {on} ; attendu chaque trimestre",
    ),
    "done twice a year": (
        "last on {on}; wanted every six months",
        "dernière fois le {on} ; attendu tous les six mois",
    ),
    "done yearly": (
        "last on {on}; wanted every year",
        "dernière fois le {on} ; attendu chaque année",
    ),
    "done once": ("done on {on}", "fait le {on}"),
    "never done": ("never, as far as is known", "jamais, d'après ce qu'on en sait"),
    "approved by others": ("by {who} only", "par {who} seulement"),
    "objectives": ("{objectives}", "{objectives}"),
    "not applicable": ("{reason}", "{reason}"),
    "objectives none": ("none is set", "aucun n'est fixé"),
}
_WANTS: Final = {
    "charter": ("a charter", "une charte"),
    "leaders": ("who directs the company", "qui dirige l'entreprise"),
    "team": ("the team", "l'équipe"),
    "hours": ("the hours of some people", "les horaires de certains"),
    "history": ("what was published", "ce qui a été publié"),
    "more acts": ("more acts", "davantage d'actes"),
    "facts": ("facts of some acts", "des faits de certains actes"),
    "networks": ("the networks of the charter", "les réseaux de la charte"),
    "minutes": (
        "the minutes a day of roles or people",
        "les minutes par jour de rôles ou gens",
    ),
    "roles": ("roles that somebody holds", "des rôles tenus par quelqu'un"),
    "alert times": ("the times of alerts in hours", "les délais des alertes en heures"),
    "circuit times": ("the times of circuits in hours", "les durées des circuits en heures"),
    "front roles": ("what some roles do", "ce que font certains rôles"),
    "authors": ("the authors or kinds of some acts", "les auteurs ou types de certains actes"),
    "removals": (
        "what some deletions took away",
        "ce que certaines suppressions ont retiré",
    ),
    "contracts": ("some contracts", "certains contrats"),
    "traits": ("the trades, ages or levels of some", "les métiers, âges ou niveaux de certains"),
    "needs": ("the needs", "les besoins"),
    "contact": ("who the contact is", "qui est l'interlocuteur"),
    "sites": ("the sites there are", "les sites de l'entreprise"),
    "requests": ("the log of requests", "le journal des demandes"),
    "desk": ("the targets of the desk", "les objectifs du service"),
    "more requests": ("more requests", "davantage de demandes"),
    "incidents": ("the incidents there were", "les incidents passés"),
    "occasions": ("an occasion that would show it", "un cas qui le montrerait"),
    "logs": ("what the logs do not say", "ce que les journaux ne disent pas"),
    "playbook": ("the playbook", "des consignes de crise"),
    "promotional": (
        "the label `promotional` of some acts",
        "l'étiquette `promotional` d'actes",
    ),
    "texts": ("the texts of some acts", "les textes de certains actes"),
    "dates": ("the dates or kinds of some acts", "les dates ou types de certains actes"),
    "shared of": (
        "the kinds of some acts, or whose posts were shared",
        "les types de certains actes, ou les auteurs de ce qui est partagé",
    ),
    "figures": ("figures by day", "des chiffres par jour"),
    "engagement": ("engagement around those days", "l'engagement autour de ces jours"),
    "followers by day": (
        "followers, every day, for longer",
        "plus de jours d'abonnés",
    ),
    "deeds": ("what was done, and when", "ce qui a été fait, et quand"),
    "who approved": ("who approved it", "qui l'a validée"),
    "objectives": ("the objectives", "les objectifs"),
}

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    **{f"question {code}": pair for code, pair in _QUESTIONS.items()},
    **{f"text {code}": pair for code, pair in _TEXTS.items()},
    **{f"check {code}": name for code, (name, _) in _CHECKS.items()},
    **{f"check {code} next": advice for code, (_, advice) in _CHECKS.items()},
    **{f"check said {code}": pair for code, pair in _EVIDENCE.items()},
    **{f"check want {code}": pair for code, pair in _WANTS.items()},
    "organisation needs": ("its needs", "ses besoins"),
    "organisation charter": ("the charter", "la charte"),
    "organisation playbook": ("the playbook", "les consignes"),
    "check told": ("{name}: {evidence}", "{name} : {evidence}"),
    "check lack networks": ("networks", "les réseaux"),
    "check lack volume": ("volume", "le volume"),
    "check gap": ("{what}: {when}", "{what} : {when}"),
    "check alone": (
        "nobody supervises {who} ({role}) for {time}: {week} ({zone:hour})",
        "personne n'encadre {who} ({role}) pendant {time} : {week} ({zone:city})",
    ),
    "check unfit": (
        "{who:member} is {role:role} without {lacks}",
        "{who:member} est {role:role} sans {lacks}",
    ),
    "check for want": ("missing: {wants}", "il manque : {wants}"),
    "checkup": (
        "{organisation}: {yes} yes, {no} no, {unknown} unknown",
        "{organisation} : {yes} oui, {no} non, {unknown} inconnus",
    ),
    "checkup with moot": (
        "{organisation}: {yes} yes, {no} no, {unknown} unknown, {moot} not applicable",
        "{organisation} : {yes} oui, {no} non, {unknown} inconnus, {moot} sans objet",
    ),
    "checkup at": (
        "as known at {at}, {zone:hour}",
        "tel que connu le {at}, à l'heure {zone:hour}",
    ),
    "checkup wants": ("to know more, give: {wants}", "pour en savoir plus, donnez : {wants}"),
    "checkup answer": ("answer", "réponse"),
    "checkup no": ("no.", "n°"),
    "checkup question": ("question", "question"),
    "checkup why": ("why", "pourquoi"),
    "checkup check": ("what falls short", "ce qui ne va pas"),
    "checkup next": ("what to do", "que faire"),
    "theme aims": ("Objectives", "Objectifs"),
    "theme charter": ("Charter", "Charte"),
    "theme circuits": ("Validation", "Validation"),
    "theme team": ("Team", "Équipe"),
    "theme listening": ("Listening", "Veille"),
    "theme answers": ("Answers", "Réponses"),
    "theme honesty": ("Honesty and crises", "Honnêteté et crises"),
    "theme content": ("Content", "Contenus"),
    "theme company": ("Company", "Entreprise"),
    "theme figures": ("Figures and tools", "Chiffres et outils"),
    "checkup asked": ("what is checked", "ce qui est vérifié"),
    "checkup to do": ("To do", "À faire"),
    "checkup not so": ("what is not so", "ce qui manque"),
    "checkup theme": ("theme", "thème"),
    "checkup by theme": ("By theme", "Par thème"),
    "checked unknown": ("unknown", "inconnus"),
    "checked unknown one": ("unknown", "inconnu"),
}
