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
    "field checked": ("checked", "contrôlés"),
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
    "field failures": ("failures", "échecs"),
    "field twins": ("twins", "semblables"),
    "field obstacle": ("obstacle", "obstacle"),
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
    "outcome planned": (
        "laid out on {count} acts, ",
        "préparé sur {count} actes, ",
    ),
    "outcome planned one": (
        "laid out on {count} act, ",
        "préparé sur {count} acte, ",
    ),
    "outcome tried": ("tried on {count}: ", "éprouvé sur {count} : "),
    "outcome tried one": ("tried on {count}: ", "éprouvé sur {count} : "),
    "outcome wrong": (
        "{count} may be covered wrongly",
        "{count} peuvent être couverts à tort",
    ),
    "outcome wrong one": (
        "{count} may be covered wrongly",
        "{count} peut être couvert à tort",
    ),
    "nothing believed": (
        "no score is believed: every label stays unknown",
        "aucun score n'est cru : chaque étiquette reste inconnue",
    ),
    "acts more few": (
        "about {count:,} labelled acts more would do",
        "il faudrait encore environ {count:,} actes étiquetés",
    ),
    "acts more few one": (
        "about {count} labelled act more would do",
        "il faudrait encore environ {count} acte étiqueté",
    ),
    "acts more doubtful": (
        "at least {count:,} labelled acts more",
        "au moins {count:,} actes étiquetés de plus",
    ),
    "acts more doubtful one": (
        "at least {count} labelled act more",
        "au moins {count} acte étiqueté de plus",
    ),
    "truth more few": (
        "about {count:,} more that are truly otherwise would do",
        "il en faudrait encore environ {count:,} dont l'étiquette est en vérité l'inverse",
    ),
    "truth more few one": (
        "about {count} more that is truly otherwise would do",
        "il en faudrait encore environ {count} dont l'étiquette est en vérité l'inverse",
    ),
    "truth more doubtful": (
        "at least {count:,} more that are truly otherwise",
        "au moins {count:,} de plus dont l'étiquette est en vérité l'inverse",
    ),
    "truth more doubtful one": (
        "at least {count} more that is truly otherwise",
        "au moins {count} de plus dont l'étiquette est en vérité l'inverse",
    ),
    "obstacle doubtful": (
        "wrong too often, perhaps by chance: {more}",
        "trop d'erreurs, peut-être par hasard : {more}",
    ),
    "perhaps wrong too often": ("perhaps wrong too often", "peut-être trop souvent faux"),
    "more than anybody labels": (
        "more than {most:,} labelled acts",
        "il faudrait encore plus de {most:,} actes étiquetés",
    ),
    "too few examples": ("too few examples", "trop peu d'exemples"),
    "wrong too often": ("wrong too often", "trop souvent faux"),
    "never truly so": ("never truly so", "jamais vrai"),
    "no labels": ("no labels", "aucune étiquette"),
    "no scores": ("no scores", "aucun score"),
    "called otherwise": ("called otherwise", "étiquetés autrement"),
    "nothing depends on it": ("nothing depends on it", "rien n'en dépend"),
    "obstacle wrong": (
        "wrong too often, even at the safest score",
        "trop d'erreurs, même au score le plus sûr",
    ),
    "obstacle never": (
        "no example is truly {says}",
        "aucun exemple n'est en vérité un {says}",
    ),
    "obstacle unsaid": (
        "no example is labelled",
        "aucun exemple n'est étiqueté",
    ),
    "obstacle unscored": (
        "no labelled example has a score",
        "aucun exemple étiqueté n'a de score",
    ),
    "obstacle otherwise": (
        "these scores are called {other}",
        "ces scores sont déjà des {other}",
    ),
    "obstacle needless": (
        "no example is covered only if its labels are known: nothing would be won",
        "aucun exemple n'attend ses étiquettes pour être couvert : il n'y a rien à gagner",
    ),
    "labeller failed": (
        "the labeller failed for {count} of {total} acts: {kinds}",
        "l'étiqueteur a échoué sur {count} actes sur {total} : {kinds}",
    ),
    "labeller failed one": (
        "the labeller failed for {count} of {total} acts: {kinds}",
        "l'étiqueteur a échoué sur {count} acte sur {total} : {kinds}",
    ),
    "acts twins": (
        (
            "{count} acts have no id and show what an earlier one does: where it is the same act, "
            "it counts twice, and no promise holds"
        ),
        (
            "{count} actes sans identifiant montrent la même chose qu'un acte précédent : si c'est "
            "le même, il compte deux fois et aucune promesse ne tient"
        ),
    ),
    "acts twins one": (
        (
            "{count} act has no id and shows what an earlier one does: where it is the same act, "
            "it counts twice, and no promise holds"
        ),
        (
            "{count} acte sans identifiant montre la même chose qu'un acte précédent : si c'est le "
            "même, il compte deux fois et aucune promesse ne tient"
        ),
    ),
    "acts for nothing": (
        "{count} acts count for nothing: nobody says their {by}",
        "{count} actes sans {by} ne comptent pour rien",
    ),
    "acts for nothing one": (
        "{count} act counts for nothing: nobody says its {by}",
        "{count} acte sans {by} ne compte pour rien",
    ),
    "thresholds": ("Thresholds", "Seuils"),
    "threshold for": ("for", "pour"),
    "threshold call": ("called", "réponse"),
    "threshold at": ("where the score is", "si le score est"),
    "threshold risk": ("risk", "risque"),
    "threshold examples": ("examples", "exemples"),
    "threshold among": ("truly otherwise", "en vérité l'inverse"),
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
    "covered by no machine": (
        "no act is covered by a machine's label",
        "aucun acte n'est couvert par une étiquette de machine",
    ),
    "covered rightly": (
        "so {share} at least are covered rightly ({level} confidence, as both must hold)",
        (
            "{share} au moins sont donc couverts à juste titre (niveau de confiance : {level}, car "
            "les deux doivent tenir)"
        ),
    ),
    "acts failed": (
        "{count} acts have no score",
        "{count} actes n'ont pas de score",
    ),
    "acts failed one": (
        "{count} act has no score",
        "{count} acte n'a pas de score",
    ),
    "contradicted": ("contradicted", "démenti"),
    "failing": ("failing", "en panne"),
    "scores moved": ("scores moved", "scores déplacés"),
    "nothing promised": ("nothing promised", "rien n'est promis"),
    "too early to say": ("too early to say", "trop tôt pour le dire"),
    "undisputed": ("undisputed", "incontesté"),
    "surveillance": (
        "{labeller} {version}, watched: {state}",
        "{labeller} {version}, surveillé : {state}",
    ),
    "reliance failing": (
        "the labeller fails for half of the acts or more: see to it first",
        "l'étiqueteur échoue sur la moitié des actes au moins : réparez-le d'abord",
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
    "reliance nothing": (
        "the calibration believes no score, so there is nothing to check: give it more examples",
        "le calibrage ne croit aucun score : il n'y a rien à contrôler, donnez-lui plus d'exemples",
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
    "acts elsewhere": (
        "of {count} acts nothing is promised",
        "rien n'est promis de {count} actes",
    ),
    "acts elsewhere one": (
        "of {count} act nothing is promised",
        "rien n'est promis de {count} acte",
    ),
    "spot checks": ("Spot checks", "Contrôles ponctuels"),
    "spot drawn": ("drawn", "tirés"),
    "spot checked": ("checked", "contrôlés"),
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
    "labelled by none": (
        "no act has a label that both gave",
        "aucun acte n'a d'étiquette que les deux aient posée",
    ),
    "agreed by both": ("said by both", "dit par les deux"),
    "agreed on": ("the same", "identique"),
    "cohen": ("Cohen's kappa", "kappa de Cohen"),
    "krippendorff": ("Krippendorff's alpha", "alpha de Krippendorff"),
    "disputed": ("not the same", "désaccords"),
}
