"""What is said of labellers and calibrations, in English and in French."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "kind LabelledAct": ("labelled act", "acte étiqueté"),
    "kind OutcomeRisk": ("risk of the outcome", "risque sur l'issue"),
    "kind Scores": ("scores", "scores"),
    "kind LabelAgreement": ("agreement on a label", "accord sur une étiquette"),
    "kind Draw": ("draw", "tirage"),
    "kind ScoreDrift": ("drift of the scores", "dérive des scores"),
    "kind SpotCheck": ("spot check", "contrôle ponctuel"),
    "kind Threshold": ("threshold", "seuil"),
    "kind ScoreCurve": ("curve of the scores", "courbe des scores"),
    "kind ScoreRange": ("range of scores", "plage de scores"),
    "field ranges": ("ranges", "plages"),
    "field low": ("from", "de"),
    "field high": ("to", "à"),
    "field yes": ("truly yes", "vrais oui"),
    "field curves": ("curves", "courbes"),
    "field awaited": ("awaited", "attendus"),
    "field agreed": ("agreed", "accords"),
    "field apart": ("apart", "désaccords"),
    "field both": ("both", "les deux"),
    "field kappa": ("kappa", "kappa"),
    "field alpha": ("alpha", "alpha"),
    "field drifts": ("drifts", "dérives"),
    "field elsewhere": ("elsewhere", "hors promesse"),
    "field failed": ("failed", "sans score"),
    "field key": ("key", "clé"),
    "field called": ("called", "étiquetés"),
    "field failure": ("failure", "échec"),
    "field labeller": ("labeller", "étiqueteur"),
    "field share": ("share", "part"),
    "field scores": ("scores", "scores"),
    "field says": ("says", "réponse"),
    "field version": ("version", "version"),
    "field stratum": ("for", "pour"),
    "field wrong": ("wrong", "à tort"),
    "field risk": ("risk", "risque"),
    "field still_needed": ("more needed", "encore nécessaires"),
    "field planned": ("planned on", "préparé sur"),
    "calibration": (
        "{labeller} {version}: how far it is believed, with {level} confidence",
        "{labeller} {version} : ce qu'on en croit, avec un niveau de confiance de {level}",
    ),
    "risk of acts": (
        "each risk is a share of all acts",
        "chaque risque est une part de tous les actes",
    ),
    "risk of truth": (
        "each risk is a share of the acts whose label is truly the other one",
        "chaque risque est une part des actes dont l'étiquette est en vérité l'inverse",
    ),
    "outcome risk": (
        (
            "of all acts, {risk} at most are covered by {charter} {version} and would not be by "
            "their true labels"
        ),
        (
            "de tous les actes, {risk} au plus sont couverts par {charter} {version} sans l'être "
            "selon leurs vraies étiquettes"
        ),
    ),
    "outcome examples": (
        "laid out on {planned} acts, tried on {examples}: {wrong} may be covered wrongly",
        (
            "préparé sur {planned} actes, éprouvé sur {examples} : {wrong} peuvent être couverts à "
            "tort"
        ),
    ),
    "nothing believed": (
        "no score is believed: every label stays unknown",
        "aucun score n'est cru : chaque étiquette reste inconnue",
    ),
    "acts more would do": (
        "{count} labelled acts more would do",
        "il faudrait encore {count} actes étiquetés",
    ),
    "acts more would do one": (
        "{count} labelled act more would do",
        "il faudrait encore {count} acte étiqueté",
    ),
    "truth more would do": (
        "{count} more that are truly otherwise would do",
        "il en faudrait encore {count} dont l'étiquette est en vérité l'inverse",
    ),
    "truth more would do one": (
        "{count} more that is truly otherwise would do",
        "il en faudrait encore {count} dont l'étiquette est en vérité l'inverse",
    ),
    "no number would do": (
        "no number of labelled acts would do",
        "aucun nombre d'actes étiquetés n'y suffirait",
    ),
    "thresholds": ("Thresholds", "Seuils"),
    "threshold for": ("for", "pour"),
    "threshold call": ("called", "réponse"),
    "threshold at": ("where the score is", "si le score est"),
    "threshold risk": ("risk", "risque"),
    "threshold examples": ("examples", "exemples"),
    "threshold called": ("called so", "ainsi étiquetés"),
    "threshold wrong": ("wrongly", "à tort"),
    "threshold more": ("to believe it", "pour y croire"),
    "curve title": (
        "{label}: the scores of {count} examples",
        "{label} : les scores de {count} exemples",
    ),
    "curve title one": (
        "{label}: the score of {count} example",
        "{label} : le score de {count} exemple",
    ),
    "curve shown": (
        "truly yes, from the lowest scores to the highest",
        "vrais oui, des plus petits scores aux plus grands",
    ),
    "curve called": ("called", "réponse"),
    "curve climbed": (
        "wrong at most, if believed so far (dashed: the risk)",
        "erreurs au plus, si on y croit jusque-là (tirets : le risque)",
    ),
    "curve zone": (
        "{name}: {count} of {total} examples",
        "{name} : {count} exemples sur {total}",
    ),
    "curve zone one": (
        "{name}: {count} of {total} examples",
        "{name} : {count} exemple sur {total}",
    ),
    "curve side": (
        ", where the score is {at}; {wrong} wrongly",
        ", si le score est {at} ; {wrong} à tort",
    ),
    "curve bound of acts": (
        ", so {bound} of all acts at most",
        ", donc {bound} de tous les actes au plus",
    ),
    "curve bound of truth": (
        ", so {bound} at most of those truly otherwise",
        ", donc {bound} au plus de ceux qui sont en vérité l'inverse",
    ),
    "covered by people": (
        "{count} covered by people's labels ({share})",
        "{count} couverts par les étiquettes posées par des personnes ({share})",
    ),
    "covered by people one": (
        "{count} covered by people's labels ({share})",
        "{count} couvert par les étiquettes posées par des personnes ({share})",
    ),
    "covered by machines": (
        "{count} more by machines' ({share})",
        "{count} de plus par celles des machines ({share})",
    ),
    "covered by machines one": (
        "{count} more by machines' ({share})",
        "{count} de plus par celles des machines ({share})",
    ),
    "covered wrongly": (
        "of all acts, {bound} at most are covered by a wrong label ({level} confidence)",
        (
            "de tous les actes, {bound} au plus sont couverts par une étiquette fausse (niveau de "
            "confiance : {level})"
        ),
    ),
    "covered rightly": (
        "so {share} at least are covered rightly",
        "{share} au moins sont donc couverts à juste titre",
    ),
    "unscored": (
        "{count} acts have no score",
        "{count} actes n'ont pas de score",
    ),
    "unscored one": (
        "{count} act has no score",
        "{count} acte n'a pas de score",
    ),
    "contradicted": ("contradicted", "démenti"),
    "scores moved": ("scores moved", "scores déplacés"),
    "too early to say": ("too early to say", "trop tôt pour le dire"),
    "undisputed": ("undisputed", "incontesté"),
    "surveillance": (
        "{labeller} {version}, watched: {state}",
        "{labeller} {version}, surveillé : {state}",
    ),
    "reliance contradicted": (
        "more is called wrongly than was promised: believe it no more, and calibrate again",
        "plus d'erreurs que promis : n'y croyez plus, et calibrez à nouveau",
    ),
    "reliance moved": (
        "acts are drawn otherwise than the examples: the promise is void, so calibrate again",
        (
            "les actes ne sont plus tirés comme les exemples : la promesse ne vaut plus, calibrez "
            "à nouveau"
        ),
    ),
    "reliance early": (
        "nothing speaks against it, but too few acts are checked for anything to",
        "rien ne le contredit, mais trop peu d'actes sont contrôlés pour qu'il puisse l'être",
    ),
    "reliance undisputed": (
        "nothing speaks against it",
        "rien ne le contredit",
    ),
    "alarm at most": (
        "a false alarm, however often one asks: {level} at most, {part} for each line",
        ("une fausse alerte, aussi souvent qu'on le demande : {level} au plus, {part} par ligne"),
    ),
    "elsewhere": (
        "of {count} acts nothing is promised",
        "rien n'est promis de {count} actes",
    ),
    "elsewhere one": (
        "of {count} act nothing is promised",
        "rien n'est promis de {count} acte",
    ),
    "spot checks": ("Spot checks", "Contrôles ponctuels"),
    "spot drawn": ("drawn", "tirés"),
    "spot wrong": ("wrong", "à tort"),
    "spot awaited": ("to label", "à étiqueter"),
    "by chance": ("by chance at most", "par hasard au plus"),
    "score drifts": ("Scores", "Scores"),
    "drift acts": ("acts since", "actes depuis"),
    "agreement of two": ("agreement of two people", "accord entre deux personnes"),
    "labelled by one": (
        "{count} acts are among those of one person only",
        "{count} actes ne sont que chez l'une des deux",
    ),
    "labelled by one one": (
        "{count} act is among those of one person only",
        "{count} acte n'est que chez l'une des deux",
    ),
    "agreed by both": ("said by both", "dit par les deux"),
    "agreed on": ("the same", "identique"),
    "cohen": ("Cohen's kappa", "kappa de Cohen"),
    "krippendorff": ("Krippendorff's alpha", "alpha de Krippendorff"),
    "disputed": ("not the same", "désaccords"),
}
