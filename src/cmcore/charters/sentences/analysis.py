"""What is said of analyses and contrasts."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "analysis": ("{count} findings", "{count} constats"),
    "analysis one": ("{count} finding", "{count} constat"),
    "not settled": ("not settled: {count}", "non tranchés : {count}"),
    "of rule": ("rule", "règle"),
    "of circuit": ("circuit", "circuit"),
    "of charter": ("charter", "charte"),
    "of conflicts": ("conflicts", "conflits"),
    "of facts": ("unknown facts", "faits inconnus"),
    "overlaps left": (
        "not settled: which of {count} pairs of rules are true of one act",
        "non tranché : lesquelles de {count} paires de règles sont vraies d'un même acte",
    ),
    "overlaps left one": (
        "not settled: whether the rules of {count} pair are true of one act",
        "non tranché : si les règles de {count} paire sont vraies d'un même acte",
    ),
    "closings left": (
        "not settled: which permits they close",
        "non tranché : quelles permissions ils ferment",
    ),
    "why open": ("why", "pourquoi"),
    "budget spent": (
        "the work of the budget was done before everything was looked at: more of it settles more",
        "le budget de travail s'est épuisé avant que tout soit vu : un plus grand tranche plus",
    ),
    "pairs cut": (
        "of pairs of rules, 10,000 at most are looked at",
        "10 000 paires de règles au plus sont examinées",
    ),
    "neither found": (
        "a search ended with neither an act that shows it nor a proof that there is none",
        "une recherche s'est terminée sans acte qui le montre, ni preuve qu'il n'y en a pas",
    ),
    "claim never true": ("no act makes it true", "aucun acte ne la rend vraie"),
    "claim never decides": ("it never decides", "elle ne décide jamais"),
    "claim needless": (
        "leaving it out changes no decision",
        "l'enlever ne change aucune décision",
    ),
    "claim not reached": ("no act goes there", "aucun acte n'y va"),
    "claim covers nothing": ("no act is covered", "aucun acte n'est couvert"),
    "claim never true open": (
        "not settled: whether any act makes it true",
        "non tranché : si un acte la rend vraie",
    ),
    "claim never decides open": (
        "not settled: whether it ever decides",
        "non tranché : si elle décide jamais",
    ),
    "claim needless open": (
        "not settled: whether leaving it out changes a decision",
        "non tranché : si l'enlever change une décision",
    ),
    "claim not reached open": (
        "not settled: whether any act goes there",
        "non tranché : si un acte y va",
    ),
    "claim covers nothing open": (
        "not settled: whether any act is covered",
        "non tranché : si un acte est couvert",
    ),
    "claim by": ("{claim}, because of {rules}", "{claim}, à cause de {rules}"),
    "guarantees": ("{count} guarantees", "{count} garanties"),
    "guarantees one": ("{count} guarantee", "{count} garantie"),
    "examples": ("{count} examples", "{count} exemples"),
    "examples one": ("{count} example", "{count} exemple"),
    "broken": ("not kept: {count}", "non tenus : {count}"),
    "broken one": ("not kept: {count}", "non tenu : {count}"),
    "none broken": ("all kept", "tout est tenu"),
    "guarantee true": ("{of} – proven", "{of} – prouvé"),
    "guarantee false": ("{of} – not kept", "{of} – non tenu"),
    "guarantee unknown": ("{of} – not settled", "{of} – non tranché"),
    "guarantee idle": ("{of} – there is no such act", "{of} – aucun acte n'est tel"),
    "must be": ("must be", "doit être"),
    "is so": ("is", "est"),
    "the act": ("the act", "l'acte"),
    "what breaks": ("What is not kept", "Ce qui n'est pas tenu"),
    "of history": ("history", "historique"),
    "settled acts": (
        "{settled} of {count} acts settled: no unknown fact could change the decision",
        "{settled} actes sur {count} tranchés : aucun fait inconnu ne changerait la décision",
    ),
    "settled acts one": (
        "{settled} of {count} act settled: no unknown fact could change the decision",
        "{settled} acte sur {count} tranché : aucun fait inconnu ne changerait la décision",
    ),
    "fewest facts": ("no fewer facts settle as much", "moins de faits ne trancheraient pas autant"),
    "fewest facts open": (
        "at least {least} facts are needed; whether fewer than these settle as much is not settled",
        "il faut au moins {least} faits ; si moins que ceux-ci tranchent autant n'est pas établi",
    ),
    "acts left": (
        "{count} acts are not shown to be settled by any fact",
        "{count} actes dont aucun fait n'est sûr de trancher la décision",
    ),
    "acts left one": (
        "{count} act is not shown to be settled by any fact",
        "{count} acte dont aucun fait n'est sûr de trancher la décision",
    ),
    "rows unread": ("{count} rows could not be read", "{count} lignes n'ont pas pu être lues"),
    "rows unread one": ("{count} row could not be read", "{count} ligne n'a pas pu être lue"),
    "worth labelling": ("Worth labelling first", "À renseigner d'abord"),
    "in doubt without": ("in doubt without", "en doute sans lui"),
    "settled then": ("settled then", "tranchés alors"),
    "acts touched": ("acts", "actes"),
    "earlier acts": ("{count} earlier acts", "{count} actes antérieurs"),
    "earlier acts one": ("{count} earlier act", "{count} acte antérieur"),
    "text cut": ("{start}… (characters: {count})", "{start}… (caractères : {count})"),
    "any act": ("any act", "n'importe quel acte"),
    "found gaps": ("Of these acts no rule says anything", "De ces actes, aucune règle ne dit rien"),
    "more gaps true": ("and other acts besides", "et d'autres actes encore"),
    "more gaps unknown": (
        "not settled: whether there are other such acts",
        "non tranché : s'il y a d'autres actes de ce genre",
    ),
    "found overlaps": (
        "Permits and stricter rules that are true of one act",
        "Permissions et règles plus strictes vraies d'un même acte",
    ),
    "found closings": (
        "Permits that no act gets while a fact is unknown",
        "Permissions qu'aucun acte n'obtient tant qu'un fait est inconnu",
    ),
    "acts for which": ("acts for which", "actes pour lesquels"),
    "for example": ("for example", "par exemple"),
    "wins": ("wins", "l'emporte"),
    "unknown fact": ("unknown fact", "fait inconnu"),
    "closes": ("closes", "ferme"),
    "contrast true": (
        "both decide every act alike",
        "les deux décident de même pour chaque acte",
    ),
    "contrast false": (
        "they do not decide every act alike",
        "elles ne décident pas de même pour chaque acte",
    ),
    "contrast unknown": (
        "not settled whether both decide every act alike",
        "non tranché : si les deux décident de même pour chaque acte",
    ),
    "contrast true but": (
        "both decide every act alike, but their circuits differ",
        "les deux décident de même pour chaque acte, mais leurs circuits diffèrent",
    ),
    "contrast true restated": (
        "both decide every act alike, but what they say of themselves differs",
        "les deux décident de même pour chaque acte, mais ce qu'elles disent d'elles-mêmes diffère",
    ),
    "restated always": ("always", "toujours"),
    "restated never": ("never", "jamais"),
    "restated example": ("example", "exemple"),
    "restated expectation": ("expectation", "attente"),
    "restated added": ("new: {of}", "nouveau : {of}"),
    "restated removed": ("gone: {of}", "disparu : {of}"),
    "restated changed": ("changed: {of}", "modifié : {of}"),
    "contrast circuits": (
        "circuits are compared by name; not the same in both: {circuits}",
        "les circuits sont comparés par leur nom ; différents dans l'une et l'autre : {circuits}",
    ),
    "contrast open true": ("no act gets further", "aucun acte ne passe mieux"),
    "contrast open false": ("some acts get further", "des actes passent mieux"),
    "contrast open unknown": (
        "not settled whether an act gets further",
        "non tranché : si un acte passe mieux",
    ),
    "contrast closed true": ("no act is kept back more", "aucun acte n'est retenu davantage"),
    "contrast closed false": (
        "some acts are kept back more",
        "des actes sont retenus davantage",
    ),
    "contrast closed unknown": (
        "not settled whether an act is kept back more",
        "non tranché : si un acte est retenu davantage",
    ),
    "way": ("difference", "différence"),
    "by what": ("by", "par"),
    "way opens open": (
        "not settled: whether any act goes from {before} to {after} because of these rules",
        "non tranché : si un acte passe de « {before} » à « {after} » à cause de ces règles",
    ),
    "way closes open": (
        "not settled: whether any act goes from {before} to {after} because of these rules",
        "non tranché : si un acte passe de « {before} » à « {after} » à cause de ces règles",
    ),
    "way asks open": (
        "not settled: whether any act goes to these circuits that did not",
        "non tranché : si un acte va à ces circuits sans y aller avant",
    ),
    "way spares open": (
        "not settled: whether any act no longer goes to these circuits",
        "non tranché : si un acte ne va plus à ces circuits",
    ),
    "way opens": ("opens", "ouvre"),
    "way closes": ("closes", "ferme"),
    "way asks": ("asks as well", "demande en plus"),
    "way spares": ("no longer asks", "ne demande plus"),
}
