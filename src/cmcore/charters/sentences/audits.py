"""What is said of audits and comparisons."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "met": ("target met", "objectif atteint"),
    "missed": ("target missed", "objectif manqué"),
    "not enough evidence": ("not enough evidence", "pas assez de preuves"),
    "charter": (
        "{charter}, version {version}; target {target}; otherwise {default} decides",
        "{charter}, version {version} ; objectif {target} ; sinon {default} décide",
    ),
    "audit": (
        "{verdict}: {share} covered ({covered} of {total})",
        "{verdict} : {share} couverts ({covered} sur {total})",
    ),
    "row at line": ("line {number}", "ligne {number}"),
    "no moment": ("undated", "sans date"),
    "interval": (
        "between {low} and {high} at {level} confidence, for a target of {target}",
        "entre {low} et {high} au niveau de confiance {level}, pour un objectif de {target}",
    ),
    "outcomes": (
        "exceptions: {exceptions}, forbidden: {forbidden}",
        "exceptions : {exceptions}, interdits : {forbidden}",
    ),
    "scale": ("0% {bar} 100%   ● share  ┊ target", "0 % {bar} 100 %   ● part  ┊ objectif"),
    "picture covered": ("Covered share", "Part couverte"),
    "picture share": ("{share}, between {low} and {high}", "{share}, entre {low} et {high}"),
    "picture target": ("target {target}", "objectif {target}"),
    "picture period": ("{share} ({covered} of {total})", "{share} ({covered} sur {total})"),
    "drift": ("over time: {trend}", "dans le temps : {trend}"),
    "trend rising": ("the covered share is rising", "la part couverte augmente"),
    "trend falling": ("the covered share is falling", "la part couverte baisse"),
    "trend steady": ("no drift found", "aucune dérive constatée"),
    "trend not enough evidence": (
        "not enough evidence of a drift",
        "pas assez de preuves d'une dérive",
    ),
    "partial": (
        "the history is partial: {count} acts are missing",
        "l'historique est partiel : il manque {count} actes",
    ),
    "for want of": ("undecided, unknown: {facts}", "indécis, inconnu : {facts}"),
    "never fired": ("never fired: {rules}", "jamais déclenchées : {rules}"),
    "unreadable": ("unreadable", "illisible"),
    "unread count": ("{count} could not be read", "{count} illisibles"),
    "lost": (
        "{count} more rows may be lost with them",
        "{count} autres lignes sont peut-être perdues avec elles",
    ),
    "lost one": (
        "1 more row may be lost with them",
        "1 autre ligne est peut-être perdue avec elles",
    ),
    "doubts": (
        "{count} of them cast doubt on other rows: correct the file to judge the target",
        "{count} d'entre elles font douter d'autres lignes : corrigez-les pour juger de l'objectif",
    ),
    "doubts one": (
        "one of them casts doubt on other rows: correct the file to judge the target",
        "l'une d'elles fait douter d'autres lignes : corrigez-la pour juger de l'objectif",
    ),
    "unread": ("What could not be read", "Ce qui n'a pas pu être lu"),
    "cannot tell": ("{rules} (cannot tell)", "{rules} (indécis)"),
    "not in force": ("the charter is not in force", "la charte n'est pas en vigueur"),
    "outside": ("outside the scope: {parts}", "hors du périmètre : {parts}"),
    "outside networks": ("networks", "réseaux"),
    "outside term": ("term", "validité"),
    "outside volume": ("volume of {kind}", "volume de {kind}"),
    "cause": ("cause", "cause"),
    "outcome": ("outcome", "issue"),
    "circuits": ("circuits", "circuits"),
    "acts": ("acts", "actes"),
    "share": ("share", "part"),
    "alone": ("alone", "seule"),
    "period": ("period", "période"),
    "permit rule": ("permit", "règle qui permet"),
    "causes": ("What is not covered, and why", "Ce qui n'est pas couvert, et pourquoi"),
    "carried": ("What each permit covers", "Ce que couvre chaque règle qui permet"),
    "evolution": ("Over time", "Dans le temps"),
    "comparison": (
        "{changed} of {total} acts change outcome",
        "{changed} actes sur {total} changent d'issue",
    ),
    "shares": ("covered share: {before} → {after}", "part couverte : {before} → {after}"),
    "act": ("act", "acte"),
    "before": ("before", "avant"),
    "after": ("after", "après"),
    "rules": ("rules", "règles"),
    "changes": ("What changes", "Ce qui change"),
    "as in": ("{cause}, as in {place}", "{cause}, comme {place}"),
}
