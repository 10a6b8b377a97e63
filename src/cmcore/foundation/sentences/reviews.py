"""What is said of reviews and circuits, in English and French: a part of the table of sentences."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "review": ("review of {act} by {circuits}", "validation de {act} par {circuits}"),
    "review in emergency": (
        "review of {act} by {circuits}, in emergency",
        "validation de {act} par {circuits}, en urgence",
    ),
    "status": ("{act}: {state}", "{act} : {state}"),
    "track circuit": ("circuit", "circuit"),
    "state open": ("under review", "en cours de validation"),
    "state changes asked": ("changes asked", "modifications demandées"),
    "state approved": ("approved", "approuvé"),
    "state published": ("published", "publié"),
    "state refused": ("refused", "refusé"),
    "state lapsed": ("lapsed", "caduc"),
    "state withdrawn": ("withdrawn", "retiré"),
    "event opened": ("opened", "ouverture"),
    "event approved": ("approved", "accord"),
    "event objected": ("objected", "objection"),
    "event delegated": ("delegated", "délégation"),
    "event escalated": ("escalated", "escalade"),
    "event regrouped": ("team changed", "changement d'équipe"),
    "event changes asked": ("changes asked", "modifications demandées"),
    "event amended": ("amended", "modification"),
    "event refused": ("refused", "refus"),
    "event withdrawn": ("withdrawn", "retrait"),
    "event published": ("published", "publication"),
    "event instead": ("instead of {person}", "à la place de {person}"),
    "event to": ("to {person}", "à {person}"),
    "turn passed": ("stage passed", "étape franchie"),
    "turn escalated": ("escalated", "escalade"),
    "turn refused": ("time out: refused", "délai écoulé : refus"),
    "turn lapsed": ("time out: lapsed", "délai écoulé : caduc"),
    "turn approved": ("all approved", "tout est approuvé"),
    "track number": ("stage {stage}", "étape {stage}"),
    "track stage": ("stage {stage} of {stages}", "étape {stage} sur {stages}"),
    "track complete": ("complete", "terminé"),
    "track yes": ("{yes} yes of {needed}", "{yes} accord(s) sur {needed}"),
    "track awaits": ("awaits {people}", "attend {people}"),
    "track nobody": ("awaits nobody", "n'attend personne"),
    "track objected": ("{people} objected", "objection de {people}"),
    "track silent": ("no objection so far", "pas d'objection pour l'instant"),
    "track until": ("until {at}, then {then}", "jusqu'au {at}, ensuite {then}"),
    "then passes": ("it passes", "elle est franchie"),
    "then escalate": ("it escalates", "elle passe au-dessus"),
    "then refuse": ("it is refused", "c'est refusé"),
    "then lapse": ("it lapses", "c'est caduc"),
    "shortened": ("{circuit}: {count} stage(s) only delay", "{circuit} : {count} étape(s) de trop"),
    "not shortened": ("{circuit}: no stage only delays", "{circuit} : aucune étape de trop"),
    "delay stage": ("stage", "étape"),
    "delay emergency": ("stage in emergency", "étape d'urgence"),
    "delay weaker before": (
        "stage {other} asks more of {who}: whoever satisfies it satisfies stage {stage}",
        "l'étape {other} demande davantage de {who} : qui la franchit franchit l'étape {stage}",
    ),
    "delay weaker after": (
        "stage {other} has asked as much of {who}: stage {stage} is always satisfied by then",
        "l'étape {other} en a demandé autant à {who} : l'étape {stage} est déjà franchie",
    ),
    "delay silence of all": (
        (
            "stage {other} wants a yes of all of {who}: that nobody objects at stage {stage} adds"
            " nothing"
        ),
        (
            "l'étape {other} veut l'accord de tous ({who}) : l'absence d'objection"
            " à l'étape {stage} n'ajoute rien"
        ),
    ),
    "delay asked at once": (
        "stages {other} and {stage} both ask {who}: {need} of them can be asked at once",
        (
            "les étapes {other} et {stage} demandent {who} : {need} d'entre eux peuvent l'être à la"
            " fois"
        ),
    ),
}
