"""What is said of signals."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "signal name volume": ("volume", "volume"),
    "signal name silence": ("silence", "silence"),
    "signal name mood": ("mood", "humeur"),
    "signal name repeats": ("repeated text", "texte répété"),
    "signal name spread": ("spread", "étendue"),
    "signal state unusual": ("unusual", "inhabituel"),
    "signal state usual": ("usual", "habituel"),
    "signal state untold": ("cannot tell", "indécis"),
    "signal all unusual": ("unusual: {names}", "inhabituel : {names}"),
    "signal all usual": ("nothing unusual", "rien d'inhabituel"),
    "signal all partly": (
        "nothing unusual, as far as is known",
        "rien d'inhabituel, pour ce qu'on peut en dire",
    ),
    "signal all untold": (
        "cannot tell what is unusual",
        "impossible de dire ce qui est inhabituel",
    ),
    "signal volume": ("messages: {seen}, usually {usual}", "messages : {seen}, d'habitude {usual}"),
    "signal silence": (
        "messages: {seen}, usually {usual}",
        "messages : {seen}, d'habitude {usual}",
    ),
    "signal mood": (
        "negative: {seen} of {among}, usually {usual}",
        "négatifs : {seen} sur {among}, d'habitude {usual}",
    ),
    "signal repeats": (
        "copies: {seen} among {among} texts, usually {usual}",
        "copies : {seen} parmi {among} textes, d'habitude {usual}",
    ),
    "signal spread": (
        "networks unusual at once: {seen} of {among}",
        "réseaux inhabituels à la fois : {seen} sur {among}",
    ),
    "signal quoted": ("“{text}”", "« {text} »"),
    "signal chance": ("as much by chance: {chance}", "autant par hasard : {chance}"),
    "signal chance few": ("as few by chance: {chance}", "aussi peu par hasard : {chance}"),
    "signal where": ("in the {window} until {at}", "dans les {window} jusqu'au {at}"),
    "signal most": ("unusual up to {least}", "inhabituel jusqu'à {least}"),
    "signal or fewer": ("{least} or fewer", "{least} ou moins"),
    "signal zone": ("zone", "fuseau"),
    "signal zone asked": (
        "none was given: in UTC, false alarms appear whenever local clocks change",
        "aucun n'est donné : en UTC, de fausses alertes viennent quand l'heure locale change",
    ),
    "signal odds": ("1 window in {count:,}", "1 fenêtre sur {count:,}"),
    "signal rarer": ("less than 1 window in {count:,}", "moins de 1 fenêtre sur {count:,}"),
    "signal since": ("since {since}", "depuis le {since}"),
    "signal least": ("unusual from {least}", "inhabituel à partir de {least}"),
    "signal lack short": (
        "not enough history: {weeks} whole weeks",
        "pas assez d'historique : {weeks} semaines entières",
    ),
    "signal lack short one": (
        "not enough history: {weeks} whole week",
        "pas assez d'historique : {weeks} semaine entière",
    ),
    "signal lack empty": (
        "not enough history: nobody said anything in it",
        "pas assez d'historique : rien n'y a été dit",
    ),
    "signal lack not given": (
        "not given for these messages",
        "inconnu pour les messages qu'il y a",
    ),
    "signal lack blind": (
        "not enough history for so few false alarms: even {cap} would not stand out",
        "pas assez d'historique pour si peu de fausses alertes : même {cap} n'étonnerait pas",
    ),
    "signal lack deaf": (
        "not enough history for so few false alarms: even silence would not stand out",
        "pas assez d'historique pour si peu de fausses alertes : même le silence n'étonnerait pas",
    ),
    "signal lack alone": (
        "fewer than two networks have enough history",
        "moins de deux réseaux ont assez d'historique",
    ),
    "signal table": ("What was looked at", "Ce qui a été regardé"),
    "signal signal": ("signal", "signal"),
    "signal seen": ("seen", "vu"),
    "signal usually": ("usually", "d'habitude"),
    "signal from": ("unusual from", "inhabituel dès"),
    "signal by chance": ("by chance", "par hasard"),
    "signal compared": ("compared with", "par comparaison avec"),
    "signal rhythm week": (
        "the same time of the week, over {weeks} weeks",
        "le même moment de la semaine, sur {weeks} semaines",
    ),
    "signal rhythm workdays": (
        "the same time of similar days, over {weeks} weeks",
        "le même moment des jours semblables, sur {weeks} semaines",
    ),
    "signal rhythm day": (
        "the same time of every day, over {weeks} weeks",
        "le même moment de chaque jour, sur {weeks} semaines",
    ),
    "signal rhythm around": (
        "about the same time of every day, over {weeks} weeks",
        "à peu près le même moment de chaque jour, sur {weeks} semaines",
    ),
    "signal undated": (
        "without a known time, and left out: {count}",
        "sans heure connue, et laissés de côté : {count}",
    ),
    "signal foot": (
        "from {start} to {stop}, {zone:hour}; false alarms: {rate} in a quiet week",
        "du {start} au {stop}, à l'heure {zone:hour} ; fausses alertes : {rate} par semaine calme",
    ),
}
