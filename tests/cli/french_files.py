"""Bad files that write in French, and every line that is told of them with `--lang fr`."""
# ruff: noqa: E501 - the lines are as they are shown

from typing import Final

#: Files with nothing wrong, beside which the others are read.
BESIDE: Final = {
    "ton.yaml": """\
charte: boutique
étiquettes: {ton: {valeurs: [doux, dur]}}
circuits: {patron: [{consulte: {rôle: patron}}]}
par défaut: patron
règles: [{autorise: vie, quand: {ton: doux}, parce que: Oui.}]
""",
    "gens.yaml": """\
équipe: boutique
collaborateurs: {rose: {}}
""",
    "langues.yaml": """\
besoins: boutique
langues: {fr: 1}
""",
    "bon.csv": """\
id,kind
a,publish
""",
}
#: File -> what is in it, the command that reads it, and what is told of it.
TOLD: Final = {
    "mod.yaml": (
        """\
---
type: commentt
body (includes-wrd): [a]
author:
  karma: "bla"
  account_age: "< 3 lunes"
action: destroy
---
titel: x
title (regex): "(a"
action: remove
action: spam
---
- liste
---
body: {a: b}
""",
        "automod mod.yaml",
        """\
mod.yaml:2: avertissement : `type` ne peut pas valoir `commentt` (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:3: avertissement : `body` n’a pas de modificateur `includes-wrd` (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:5: avertissement : il n’y a pas de champ `karma` (vouliez-vous dire `post_karma` ?)
mod.yaml:6: avertissement : `account_age` ne peut pas valoir `< 3 lunes` (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:7: avertissement : `action` ne peut pas valoir `destroy` (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:9: avertissement : il n’y a pas de champ `titel` (vouliez-vous dire `title` ?)
mod.yaml:10: avertissement : `(a` n’est pas une expression régulière : un `(` n’est jamais fermé (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:12: avertissement : `action` figure deux fois dans une règle, dès la ligne 11 : seul celui-ci compte (mettez les valeurs dans une seule liste, ou numérotez la seconde : title#2)
mod.yaml:14: avertissement : AutoModerator ignore ce qui n’a pas de clés : rien ici n’est en vigueur (une règle a des clés et des valeurs, et trois tirets la séparent de la suivante)
mod.yaml:16: avertissement : `body` ne peut pas valoir `{…}` (Reddit n’enregistre pas un fichier avec une telle règle, et rien n’y change)
mod.yaml:16: avertissement : la règle ne fait rien : AutoModerator la laisse de côté (dites ce qu’elle fait, par une action par exemple)
""",
    ),
    "agenda.ics": (
        """\
BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Rose
DTSTART;TZID=Lune/Base:20260301T090000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Rose
DTSTART:20260301T090000
DTEND:20260201T180000
RRULE:FREQ=SECONDLY
END:VEVENT
BEGIN:VEVENT
DTSTART:demain
END:VEVENT
BEGIN:VEVENT
SUMMARY:Rose
END:VEVENT
END:VCALENDAR
""",
        "coverage gens.yaml langues.yaml --start 2026-03-01 --rota agenda.ics",
        """\
agenda.ics:4: erreur : events.2 : `Lune/Base` n’est pas un fuseau horaire connu (les fuseaux portent le nom de la base IANA, par exemple `Europe/Paris`)
agenda.ics:9: erreur : events.6 : la fin vient avant le début (échangez les deux dates)
agenda.ics:10: erreur : events.6 : une répétition avec `FREQ=SECONDLY` ne se lit pas ici (répétez par jour, semaine, mois ou année, selon les jours de la semaine ou du mois)
agenda.ics:13: erreur : events.12 : `demain` n’est pas un `DTSTART` qui se lit ici
agenda.ics:15: erreur : events.15 : l’événement n’a pas de `DTSTART`
""",
    ),
    "étiquettes.jsonl": (
        """\
{"id": "a", "labels": {"ton": "bof"}}
[1]
{"id": 5}
{"id": "b", "ton": "dur"}
{"id": "b", "ton": "dur"}
{
""",
        "audit ton.yaml bon.csv --labels étiquettes.jsonl",
        """\
étiquettes.jsonl: erreur : ligne 1.labels.ton : `ton` ne vaut jamais `bof` (au choix : `doux`, `dur`)
étiquettes.jsonl: erreur : ligne 2 : il faut un dictionnaire, et non une liste
étiquettes.jsonl: erreur : ligne 3.id : `5` n’est pas du texte (mettez-le entre guillemets)
étiquettes.jsonl: erreur : ligne 5 : une ligne plus haut a le même identifiant (gardez une ligne par acte)
étiquettes.jsonl: erreur : ligne 6 : il manque une clé entre guillemets doubles (écrivez `"clé": valeur`, sans `,` à la fin)
""",
    ),
    "outbox.json": (
        """\
{"a": 1""",
        "audit ton.yaml outbox.json",
        """\
outbox.json: erreur : le fichier s’arrête avant la fin de son contenu, à l’élément 0 (téléchargez-le à nouveau)
""",
    ),
    "tweets.js": (
        """\
window.YTD.tweets.part0 = [ {"tweet": {"created_at": "hier", "full_text": 3}}, 4, {"tweet": 5} ]
""",
        "label tweets.js --charter ton.yaml --save s.jsonl",
        """\
tweets.js: avertissement : élément 1 : tweet.full_text : `3` n’est pas du texte (mettez-le entre guillemets) ; tweet.created_at : `hier` n’est pas un moment tel que les réseaux l’écrivent
tweets.js: avertissement : élément 2 : sa forme n’est pas de celles qui se lisent ici (`list`)
tweets.js: avertissement : élément 3 : tweet : `5` n’est pas un dictionnaire ; sa forme n’est pas de celles qui se lisent ici (`tweets`)
""",
    ),
    "Shares.csv": (
        """\
Date,ShareLink,ShareCommentary,SharedUrl
hier,x,a,
2026-02-30 10:00:00,y,b,,,,
""",
        "label Shares.csv --charter ton.yaml --save s.jsonl",
        """\
Shares.csv: avertissement : ligne 2 : at : `hier` n’est pas un instant (écrivez-le `2026-01-31T09:00+01:00`)
Shares.csv: avertissement : ligne 3 : le nombre de cases est 7, au lieu de 4 (mettez entre guillemets les cases qui contiennent `,`)
""",
    ),
    "table.yaml": (
        """\
columns: {texte: Message, at: 3}
zone: Lyon
dates: YYY
""",
        "audit ton.yaml bon.csv --columns table.yaml",
        """\
table.yaml:1: erreur : columns.at : `3` n’est pas du texte (mettez-le entre guillemets)
table.yaml:2: erreur : zone : `Lyon` n’est pas un fuseau horaire connu (les fuseaux portent le nom de la base IANA, par exemple `Europe/Paris`)
table.yaml:3: erreur : dates : dans `YYY`, `YYY` ne désigne rien de ce qui se lit (au choix : `YYYY`, `MMMM`, `MMM`, `MM`, `M`, `DD`, `D`, `HH`, `H`, `hh`, `h`, `mm`, `ss`, `a`, `Z`)
""",
    ),
    "journal.jsonl": (
        """\
{"format": 1, "x": 3}
[1]
{""",
        "log verify journal.jsonl",
        """\
✗ le journal n’est plus tel qu’il a été écrit : 0 entrée entière
  ligne 1 : ce n’est pas une ligne de journal des décisions
  ligne 2 : ce n’est pas une ligne de journal des décisions
  ligne 3 : la ligne n’a pas été écrite jusqu’au bout (le programme ou la machine s’est arrêté entre-temps ; sa décision n’y est pas)
  (empreinte finale : 0000000000000000000000000000000000000000000000000000000000000000)
""",
    ),
    "mairie.yaml": (
        """\
équipe: mairie
calendrier: {pays: ZZ, années: [bientôt], travaillés: [demain]}
collaborateurs: {léa: {}}
""",
        "check mairie.yaml",
        """\
mairie.yaml:2: erreur : calendrier.années[0] : `bientôt` n’est pas un nombre entier
mairie.yaml:2: erreur : calendrier.travaillés[0] : `demain` n’est pas un jour (écrivez-le `2026-01-31`)
mairie.yaml:2: erreur : calendrier.pays : les jours fériés du pays `ZZ` ne sont pas connus (écrivez son code, comme `FR`)
""",
    ),
    "mairie-et-équipe.yaml": (
        """\
organisation: mairie
équipe: {équipe: mairie, calendrier: {pays: FR, région: ZZ, années: [bientôt]}, collaborateurs: {léa: {}}}
""",
        "checkup mairie-et-équipe.yaml",
        """\
mairie-et-équipe.yaml:2: erreur : équipe.calendrier.années[0] : `bientôt` n’est pas un nombre entier
mairie-et-équipe.yaml:2: erreur : équipe.calendrier.région : `FR` n’a pas de région `ZZ` avec ses propres jours fériés (au choix : `57`, `6AE`, `971`, `972`, `973`, `974`, `976`, `BL`, `MF`, `NC`, `PF`, `PM`, `TF`, `WF`, `Zone A`, `Zone B`, `Zone C`)
""",
    ),
    "histoire.csv": (
        """\
id,moment,texte,text,résau,moment
a,hier,x,y,z,t
""",
        "audit ton.yaml histoire.csv",
        """\
histoire.csv:1: erreur : moment : la colonne `moment` apparaît deux fois (gardez-en une)
histoire.csv:1: erreur : texte : `texte` et `text` sont la même clé (gardez l’une des deux)
histoire.csv:1: erreur : résau : il n’existe pas de fait `résau` (vouliez-vous dire `réseau` ?)
""",
    ),
    "lignes.csv": (
        """\
id,moment,type,ton,sponsorisé,durée
a,hier,chanter,bof,peut-être,1 lustre
b,2026-03-01T09:00+01:00,publication
"c
""",
        "label lignes.csv --charter ton.yaml --save s.jsonl",
        """\
lignes.csv: avertissement : ligne 2 : moment : `hier` n’est pas un instant (écrivez-le `2026-01-31T09:00+01:00`) ; type : `type` ne vaut jamais `chanter` (au choix : `archivage`, `blocage`, `suppression`, `modification`, `abonnement`, `masquage`, `message`, `sourdine`, `publication`, `citation`, `réaction`, `réponse`, `signalement`, `rétablissement`, `partage`, `déblocage`, `désabonnement`, `démasquage`, `fin de sourdine`, `avertissement`) ; sponsorisé : `peut-être` n’est pas oui ou non (écrivez `oui` ou `non`) ; durée : `lustre`, dans `1 lustre`, n’est pas une unité de temps (les unités sont `s`, `min`, `h`, `j` et `semaines` ; les mois et les années n’ont pas de longueur fixe) ; ton : `ton` ne vaut jamais `bof` (au choix : `doux`, `dur`)
lignes.csv: avertissement : ligne 3 : le nombre de cases est 3, au lieu de 6 (mettez entre guillemets les cases qui contiennent `,`)
lignes.csv: avertissement : ligne 4 : un guillemet ouvert à la ligne 4 n’est jamais fermé (fermez-le à la ligne 4)
""",
    ),
    "acte.yaml": (
        """\
acte: {type: publication, moment: 2026-03-01T09:00+01:00}
contexte:
  actes antérieurs:
    actes:
      - {type: publication, moment: 2026-03-01T08:00+01:00, étiquettes: {ton: bof, humeur: gaie}}
      - {type: chanter, moment: hier, ton: oui}
""",
        "decide ton.yaml acte.yaml",
        """\
acte.yaml:5: erreur : contexte.actes antérieurs.actes[0].étiquettes.humeur : il n’existe pas de fait `humeur` (déclarez une étiquette, ou faites commencer le nom par `_` pour l’ignorer)
acte.yaml:5: erreur : contexte.actes antérieurs.actes[0].étiquettes.ton : `ton` ne vaut jamais `bof` (au choix : `doux`, `dur`)
acte.yaml:6: erreur : contexte.actes antérieurs.actes[1].ton : `ton` ne vaut jamais `oui` (au choix : `doux`, `dur`)
acte.yaml:6: erreur : contexte.actes antérieurs.actes[1].moment : `hier` n’est pas un instant (écrivez-le `2026-01-31T09:00+01:00`)
acte.yaml:6: erreur : contexte.actes antérieurs.actes[1].type : il n’existe pas de type d’acte `chanter` (au choix : `archivage`, `blocage`, `suppression`, `modification`, `abonnement`, `masquage`, `message`, `sourdine`, `publication`, `citation`, `réaction`, `réponse`, `signalement`, `rétablissement`, `partage`, `déblocage`, `désabonnement`, `démasquage`, `fin de sourdine`, `avertissement`)
""",
    ),
    "type.yaml": (
        """\
charte: mairie
étiquettes: {ton: {type: oui-non, valeurs: [a]}}
circuits: {patron: [{consulte: {rôle: patron}}]}
par défaut: patron
""",
        "check type.yaml",
        """\
type.yaml:2: erreur : étiquettes.ton.valeurs : une étiquette de type `oui-non` n’a pas de liste de valeurs (seuls les mots en ont une)
""",
    ),
    "rôles.yaml": (
        """\
équipe: mairie
rôles: {clerc: {inspiré de: coordinatr}, vendeuse: {inspiré de: comunicant}}
collaborateurs: {léa: {rôles: [clerc]}}
""",
        "coverage rôles.yaml langues.yaml",
        """\
rôles.yaml: avertissement : rôles.clerc.inspiré de : le catalogue ne contient pas `coordinatr` (vouliez-vous dire `coordinateur` ?)
rôles.yaml: avertissement : rôles.vendeuse.inspiré de : le catalogue ne contient pas `comunicant` (vouliez-vous dire `communicant` ?)
""",
    ),
}
