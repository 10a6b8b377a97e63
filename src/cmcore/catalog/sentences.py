"""What is said of the catalog."""

from typing import Final

#: Sort of file -> what may be added to it, as comments, in English and in French.
EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "team": (
        """
The people: put yours here, without the # before each line.

members:
  ana:
    name: Ana Martin
    roles: [communicator]
    skills: [writing, calm]
    languages: [en]
    networks: [instagram]
    contract: permanent
    hours: Mon-Fri 09:00-18:00""",
        """
Les personnes : mettez ici les vôtres, sans le # qui précède chaque ligne.

collaborateurs:
  ana:
    nom: Ana Martin
    rôles: [communicant]
    compétences: [rédaction, calme]
    langues: [français]
    réseaux: [instagram]
    contrat: CDI
    horaires: lun-ven 9h-18h""",
    ),
    "organisation": (
        """
What you may add, without the # before it; what you leave out is unknown.

name: Martin and Daughters
leaders: [ana]
contact: ana
incidents: []
history: history.csv
figures: figures.csv
practices:
  - {report: 2026-01-31, by: ana}
does not apply:
  departments: We are two.""",
        """
Ce que vous pouvez ajouter, sans le # qui précède ; ce que vous ne dites pas est inconnu.

nom: Martin et filles
direction: [ana]
interlocuteur: ana
incidents: []
historique: historique.csv
chiffres: chiffres.csv
bonnes pratiques:
  - {rapport: 2026-01-31, par: ana}
sans objet:
  départements: Nous sommes deux.""",
    ),
}

#: Sort of file -> what a file to begin with is called, in English and in French.
NAMES: Final[dict[str, tuple[str, str]]] = {
    "team": ("team.yaml", "equipe.yaml"),
    "needs": ("needs.yaml", "besoins.yaml"),
    "charter": ("charter.yaml", "charte.yaml"),
    "playbook": ("playbook.yaml", "consignes.yaml"),
    "organisation": ("organisation.yaml", "organisation.yaml"),
}

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "catalog sources": ("from {sources}", "d'après {sources}"),
    "catalog id": ("id", "identifiant"),
    "catalog label": ("what it is", "ce que c'est"),
    "kind Idea": ("idea", "idée"),
    "catalog carried": ("{idea} Carried by {carriers}.", "{idea} Portée par {carriers}."),
    "catalog not carried": ("Not carried: {left}.", "Ce qui ne l'est pas : {left}."),
    "catalog prose": (
        "Only put into words: nothing finds that a company goes against it.",
        "Mise en mots seulement : rien ne constate qu'une entreprise s'en écarte.",
    ),
    "catalog how": ("carried", "portée"),
    "catalog how whole": ("yes", "oui"),
    "catalog how part": ("in part", "en partie"),
    "catalog how words": ("in words only", "en mots seulement"),
    "catalog from": ("from", "d'après"),
    "catalog mission": ("mission", "mission"),
    "catalog trait": ("trait", "qualité"),
    "catalog recruited": ("found in", "vient de"),
    "catalog networks": ("networks", "réseaux"),
    "catalog seats": ("roles", "rôles"),
    "catalog indicators": ("measured by", "mesuré par"),
    "catalog condition": ("condition", "condition"),
    "catalog strength": ("strength", "force"),
    "catalog risk": ("risk", "risque"),
    "catalog often": ("at least", "au moins"),
    "catalog days": ("every {count:,} days", "tous les {count:,} jours"),
    "catalog days one": ("every day", "chaque jour"),
    "catalog monthly": ("every month", "chaque mois"),
    "catalog quarterly": ("every three months", "tous les trois mois"),
    "catalog twice a year": ("every six months", "tous les six mois"),
    "catalog yearly": ("every year", "chaque année"),
    "catalog once": ("once", "une fois"),
    "catalog acts": ("acts", "actes"),
    "catalog sound": ("the sound way", "la voie sûre"),
    "catalog light": ("the light way", "la voie légère"),
    "catalog wanted": ("only if", "seulement si"),
    "catalog unwanted": ("not if", "pas si"),
    "catalog undecided": ("cannot tell yet", "indécis pour l'instant"),
    "catalog speaks": ("speaks for", "plaide pour"),
    "catalog question": ("question", "question"),
    "catalog answer": ("answer", "réponse"),
    "catalog design": ("{size}: {objectives}", "{size} : {objectives}"),
    "catalog specialist": ("specialist of {network:network}", "spécialiste de {network:network}"),
    "catalog speaker": ("speaks {language:language}", "parle {language:language}"),
    "catalog seat": ("role", "rôle"),
    "catalog least": ("at least", "au moins"),
    "catalog work": ("daily work", "travail quotidien"),
    "catalog minutes": ("minutes a day", "minutes par jour"),
    "catalog hours": ("watch", "permanence"),
    "catalog zone": ("zone", "fuseau"),
    "design team": (
        "Your team: its roles, and its people.",
        "Votre équipe : les rôles et les personnes.",
    ),
    "design needs": ("What the team is needed for.", "Ce dont l'équipe est chargée."),
    "design charter": (
        "Your charter: what goes out as it is, and who sees the rest.",
        "Votre charte : ce qui paraît tel quel, et qui voit le reste.",
    ),
    "design playbook": ("What you do in a crisis.", "Ce que vous faites dans une crise."),
    "design organisation": (
        "Your organisation: the files above, and what else is known of it.",
        "Votre organisation : les fichiers ci-dessus, et ce que l'on en sait.",
    ),
    "design written": ("written into `{folder}`", "écrit dans `{folder}`"),
    "design next": (
        "next: put your people into {team}, then run `cmcore checkup {file}`",
        "ensuite : mettez votre équipe dans {team}, puis lancez `cmcore checkup {file}`",
    ),
    "catalog shelves": ("The catalog", "Le catalogue"),
    "catalog shelf": ("shelf", "rayon"),
    "catalog count": ("entries", "entrées"),
    "comment charter.charter": (
        "The id of your charter: put your own.",
        "L'identifiant de votre charte : mettez le vôtre.",
    ),
    "comment charter.version": (
        "One more at each change.",
        "Un de plus à chaque modification.",
    ),
    "comment charter.target": (
        "The share of what you publish that goes out without approval.",
        "La part de ce que vous publiez qui se passe d'approbation.",
    ),
    "comment charter.zone": (
        "Your time zone, as in Europe/Paris.",
        "Votre fuseau horaire, comme Europe/Paris.",
    ),
    "comment charter.networks": (
        "The networks you are on: remove the others.",
        "Les réseaux où vous êtes : retirez les autres.",
    ),
    "comment charter.volume": (
        "How much you publish.",
        "Combien vous publiez.",
    ),
    "comment charter.labels": (
        "What whoever publishes says of each post, by yes or no or in a word.",
        "Ce que dit de chaque publication qui publie, par oui ou non ou en un mot.",
    ),
    "comment charter.circuits": (
        "Who sees what goes to a circuit, how soon, and what happens when time is out.",
        "Qui voit ce qui va dans un circuit, sous quel délai, et ce qui se passe ensuite.",
    ),
    "comment charter.default": (
        "The circuit of what no rule speaks of.",
        "Le circuit de ce dont aucune règle ne parle.",
    ),
    "comment charter.rules": (
        "The rules: what is permitted (permit), referred (refer), forbidden (forbid).",
        "Les règles : ce qui est permis (autorise), renvoyé (renvoie), interdit (interdit).",
    ),
    "comment playbook.playbook": (
        "The id of your playbook: put your own.",
        "L'identifiant de vos consignes : mettez le vôtre.",
    ),
    "comment playbook.duties": (
        "What you owe in a crisis, within what time, and who sees to it.",
        "Ce que vous devez dans une crise, sous quel délai, et qui s'en charge.",
    ),
    "comment needs.seats": (
        "How many people should hold each role.",
        "Combien de personnes doivent tenir chaque rôle.",
    ),
    "comment needs.specialists": (
        "How many specialists each network should have.",
        "Combien de spécialistes chaque réseau doit avoir.",
    ),
    "comment needs.languages": (
        "How many people must speak each language.",
        "Combien de personnes doivent parler chaque langue.",
    ),
    "comment needs.hours": (
        "When somebody must be there.",
        "Quand quelqu'un doit être là.",
    ),
    "comment needs.work": (
        "What comes in every day: how many, how long each takes, and whose it is.",
        "Ce qui arrive chaque jour : combien, le temps que cela prend, et à qui c'est.",
    ),
    "comment needs.supervision": (
        "Who is never alone in a role.",
        "Qui n'est jamais seul dans un rôle.",
    ),
    "comment needs.separation": (
        "Roles that one person may not hold together.",
        "Rôles qu'une même personne ne peut pas cumuler.",
    ),
    "comment team.roles": (
        "The roles: the skills each requires, and the minutes a day it takes.",
        "Les rôles : les compétences que chacun demande, et ses minutes par jour.",
    ),
    "comment organisation.practices": (
        "The good practices carried out, each with its day.",
        "Les bonnes pratiques menées, chacune avec son jour.",
    ),
    "catalog shelf charters": ("Charters to start from", "Chartes de départ"),
    "catalog shelf circuits": ("Validation circuits", "Circuits de validation"),
    "catalog shelf dilemmas": ("Choices", "Choix"),
    "catalog shelf ideas": ("Ideas and what carries them", "Idées et ce qui les porte"),
    "catalog shelf indicators": ("Indicators", "Indicateurs"),
    "catalog shelf models": ("Ways of making a team", "Façons de constituer une équipe"),
    "catalog shelf objectives": ("Objectives", "Objectifs"),
    "catalog shelf playbooks": ("Playbooks", "Consignes de crise"),
    "catalog shelf practices": ("Good practices", "Bonnes pratiques"),
    "catalog shelf roles": ("Roles", "Rôles"),
    "catalog shelf sizes": ("Sizes of company", "Tailles d'entreprise"),
    "catalog shelf tasks": ("Tasks", "Tâches"),
}
