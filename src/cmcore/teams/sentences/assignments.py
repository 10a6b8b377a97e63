"""What is said of assignments and plans."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "plan": ("a plan for {count} people", "un plan pour {count} personnes"),
    "plan one": ("a plan for {count} person", "un plan pour {count} personne"),
    "takes": ("takes {roles}", "prend {roles}"),
    "leaves": ("gives up {roles}", "quitte {roles}"),
    "moved": (
        "people moved: {count}, changes: {changes}",
        "personnes qui changent : {count}, changements : {changes}",
    ),
    "nobody moved": ("nobody is moved", "personne ne change"),
    "assigned full": (
        "everything that roles can cover is covered",
        "tout ce que des rôles peuvent couvrir est couvert",
    ),
    "assigned full gap": (
        "everything that roles can cover is covered; not proven the best",
        "tout ce que des rôles peuvent couvrir est couvert ; optimum non prouvé",
    ),
    "assigned short": ("no plan covers everything", "aucun plan ne couvre tout"),
    "assigned short gap": (
        "this plan does not cover everything; not proven the best",
        "ce plan ne couvre pas tout ; optimum non prouvé",
    ),
    "assigned infeasible": ("no plan is possible", "aucun plan n'est possible"),
    "assigned unknown": (
        "no plan found within the budget",
        "aucun plan trouvé dans le budget",
    ),
    "lack": ("{size} of {asked} missing", "il en manque {size} sur {asked}"),
    "lack hours": (
        "{size} of {asked} missing: {week} ({zone:hour})",
        "il en manque {size} sur {asked} : {week} ({zone:city})",
    ),
    "block": (
        "seats for {roles}: {wanted}; only {people} could, and they can fill {filled}",
        (
            "postes pour {roles} : {wanted} ; seules personnes qualifiées : {people}, "
            "pour {filled} au plus"
        ),
    ),
    "block empty": (
        "seats for {roles}: {wanted}; nobody qualifies",
        "postes pour {roles} : {wanted} ; personne n'est qualifié",
    ),
    "enough": (
        "together these are enough to cause all of it, whatever else is in the way: {reasons}",
        "ceci suffit à l'expliquer, quoi qu'il en soit du reste : {reasons}",
    ),
    "enough at most": (
        "together these are enough to cause all of it, some perhaps needlessly: {reasons}",
        "ceci suffit à l'expliquer, peut-être avec du superflu : {reasons}",
    ),
    "ruled out": (
        "together these are enough to rule out every plan: {reasons}",
        "ceci suffit à exclure tout plan : {reasons}",
    ),
    "ruled out at most": (
        "together these are enough to rule out every plan, some perhaps needlessly: {reasons}",
        "ceci suffit à exclure tout plan, peut-être avec du superflu : {reasons}",
    ),
    "cause pin": ("{people} must hold {roles}", "{people} doit tenir {roles}"),
    "cause ban": ("{people} must not hold {roles}", "{people} ne doit pas tenir {roles}"),
    "cause need": ("the need for {roles}", "le besoin de {roles}"),
    "cause watch": ("the hours of {roles} ({what})", "les permanences de {roles} ({what})"),
    "cause mix": ("the mix among {roles} ({what})", "la mixité parmi {roles} ({what})"),
    "cause supervision": (
        "the supervision of {roles} ({what})",
        "l'encadrement de {roles} ({what})",
    ),
    "cause separation": ("{roles} are kept apart", "{roles} sont séparés"),
    "cause minutes": ("the time of {people}", "le temps de {people}"),
    "cause roles": (
        "the limit on the roles of {people}",
        "le nombre de rôles permis à {people}",
    ),
    "cause load": (
        "the fewest roles that {people} should hold, who can hold {roles}",
        "le nombre minimal de rôles de {people}, qui peut tenir {roles}",
    ),
    "cause load none": (
        "the fewest roles that {people} should hold, who can hold none that is asked for",
        "le nombre minimal de rôles de {people}, qui n'en peut tenir aucun de demandé",
    ),
    "cause load seats": (
        "the fewest roles that {people} should hold, who can hold {roles} (seats at most: {what})",
        "le nombre minimal de rôles de {people}, qui peut tenir {roles} (postes au plus : {what})",
    ),
    "breach unfit": (
        "{people} does not have the skills for {roles}",
        "{people} n'a pas les compétences pour {roles}",
    ),
    "breach ban": ("{people} must not hold {roles}", "{people} ne doit pas tenir {roles}"),
    "breach pin": ("{people} should hold {roles}", "{people} devrait tenir {roles}"),
    "breach roles": (
        "{people} with {roles}: too many roles, {excess} over the limit",
        "{people} avec {roles} : trop de rôles, {excess} au-delà de la limite",
    ),
    "breach minutes": (
        "{people} with {roles}: {time} a day too much",
        "{people} avec {roles} : {time} par jour de trop",
    ),
    "breach separation": (
        "{people} with {roles}, which are kept apart",
        "{people} avec {roles}, qui sont séparés",
    ),
    "breach seats": (
        "{roles} held by {people}: {excess} too many",
        "{roles} à {people} : {excess} de trop",
    ),
    "breach cap": (
        "{people} among {roles}: {excess} too many alike",
        "{people} parmi {roles} : {excess} de trop qui se ressemblent",
    ),
    "breach supervision": (
        "{people} on {roles}, with nobody to supervise",
        "{people} sur {roles}, sans personne pour encadrer",
    ),
    "conflict": ("conflict", "conflit"),
    "why": ("why: {told}", "pourquoi : {told}"),
    "member": ("member", "collaborateur"),
    "moves": ("moves", "changements"),
    "holders": ("Who holds what", "Qui tient quoi"),
    "goal": ("goal", "but"),
    "value": ("value", "valeur"),
    "proof": ("proof", "preuve"),
    "how good": ("How good it is", "Ce que cela vaut"),
    "goal shortage": ("shortage", "manque"),
    "goal hours": ("understaffed hours", "heures en sous-effectif"),
    "goal loads": ("load shortfall", "sous-charge"),
    "goal changes": ("changes", "changements"),
    "goal affinity": ("affinity", "affinité"),
    "goal balance": ("balance", "équilibre"),
    "proven": ("proven the best", "optimum prouvé"),
    "bounded": ("could be {bound} at best", "au mieux {bound}"),
    "why not": ("{member} as {role}: {told}", "{member} comme {role} : {told}"),
    "is held": ("already the case", "c'est déjà le cas"),
    "is impossible": ("impossible", "impossible"),
    "is a tie": (
        "just as good; the order of the ids decided",
        "tout aussi bon ; l'ordre des identifiants a décidé",
    ),
    "as far as known": (
        "{told}, as far as known",
        "{told}, pour ce qu'on en sait",
    ),
    "no cost": ("no cost found", "aucun coût trouvé"),
    "cost shortage": ("shortage up by {amount}", "manque en hausse de {amount}"),
    "gain shortage": ("shortage down by {amount}", "manque en baisse de {amount}"),
    "cost hours": (
        "understaffed hours up by {amount}",
        "heures en sous-effectif : {amount} de plus",
    ),
    "gain hours": (
        "understaffed hours down by {amount}",
        "heures en sous-effectif : {amount} de moins",
    ),
    "cost loads": ("load shortfall up by {amount}", "sous-charge en hausse de {amount}"),
    "gain loads": ("load shortfall down by {amount}", "sous-charge en baisse de {amount}"),
    "cost changes": ("changes up by {amount}", "changements en hausse de {amount}"),
    "gain changes": ("changes down by {amount}", "changements en baisse de {amount}"),
    "cost affinity": ("affinity down by {amount}", "affinité en baisse de {amount}"),
    "gain affinity": ("affinity up by {amount}", "affinité en hausse de {amount}"),
    "cost balance": ("balance worse by {amount}", "équilibre moins bon de {amount}"),
    "gain balance": ("balance better by {amount}", "équilibre meilleur de {amount}"),
    "lacks skills": ("has yet to learn {skills}", "n'a pas appris {skills}"),
    "one best": ("only one plan is the best", "un seul plan est le meilleur"),
    "several best": ("several plans are equally good", "plusieurs plans se valent"),
    "maybe several": (
        "not known whether another plan is as good",
        "on ne sait pas si un autre plan vaut celui-ci",
    ),
    "among best": ("Who holds what in the best plans", "Qui tient quoi dans les meilleurs plans"),
    "in all": ("in all", "dans tous"),
    "in some": ("in some", "dans certains"),
    "in none": ("in none", "dans aucun"),
    "not known": ("not known", "inconnu"),
    "same shortage": ("as much is missing as before", "il manque autant qu'avant"),
    "other shortage": ("shortage {before} → {after}", "manque {before} → {after}"),
    "was lacking": ("{before} → {after} missing", "manque : {before} → {after}"),
    "what if": ("{changed}: {told}", "{changed} : {told}"),
    "nothing changed": ("the same team", "la même équipe"),
    "without": ("without {people}", "sans {people}"),
    "joined": ("with {people}", "avec {people}"),
    "learned": ("{member} learns {skills}", "{member} apprend {skills}"),
    "move": ("move", "changement"),
}
