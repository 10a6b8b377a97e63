"""What keys of files hold, in French, by what their schema says of them in English."""

from collections.abc import Mapping
from typing import Final

#: What an editor shows about a key -> the same in French.
ABOUTS: Final[Mapping[str, str]] = {
    # charters
    "The name of the charter.": "Le nom de la charte.",
    "Its version, from 1.": "Sa version, à partir de 1.",
    "What people call it.": "Son nom, pour les gens.",
    "The share of acts it should cover, from 0 to 1.": (
        "La part des actes qu'elle devrait couvrir, de 0 à 1."
    ),
    "The IANA time zone of its days and hours.": "Le fuseau IANA de ses jours et de ses heures.",
    "Which days are holidays: the fact `holiday`, and its clocks.": (
        "Les jours fériés, pour le fait `férié` et pour ses horaires."
    ),
    "The first day it is in force.": "Le premier jour où elle est en vigueur.",
    "The last day it is in force.": "Le dernier jour où elle est en vigueur.",
    "Who signed it.": "Qui l'a signée.",
    "The day it was signed.": "Le jour où elle a été signée.",
    "The day by which it should be reviewed.": "Le jour avant lequel la relire.",
    "The only networks it covers.": "Les seuls réseaux qu'elle couvre.",
    "How many acts it frames at most, by kind of act or by count.": (
        "Combien d'actes elle encadre au plus, par type d'acte ou par décompte."
    ),
    "The facts that people or classifiers supply.": (
        "Les faits que fournissent des personnes ou des classifieurs."
    ),
    "The kinds of act that it has besides the built-in ones.": (
        "Ses propres types d'acte, en plus de ceux que tout le monde a."
    ),
    "Events, each of which adds the fact `since.<event>`.": (
        "Des événements, dont chacun ajoute le fait `depuis.<événement>`."
    ),
    "Counts of earlier acts, each of which adds the log `recent.<count>`.": (
        "Des décomptes d'actes passés, dont chacun ajoute le relevé `récents.<décompte>`."
    ),
    "Who must approve what is not covered, by the name of the circuit.": (
        "Qui valide ce qui n'est pas couvert, par nom de circuit."
    ),
    "The circuit for acts that no rule settles.": (
        "Le circuit des actes dont aucune règle ne décide."
    ),
    "What may go out, what must be approved first, what may not.": (
        "Ce qui peut sortir, ce qu'il faut d'abord valider, ce qui ne sort pas."
    ),
    "What is expected of a period; audits judge it.": (
        "Ce qu'on attend d'une période ; les audits en jugent."
    ),
    "What some acts always get; `cmcore check` proves it.": (
        "Ce que certains actes reçoivent toujours ; `cmcore check` le prouve."
    ),
    "What some acts never get; `cmcore check` proves it.": (
        "Ce que certains actes ne reçoivent jamais ; `cmcore check` le prouve."
    ),
    "Acts with the outcomes that they must get.": "Des actes, avec l'issue qu'ils doivent avoir.",
    # contexts
    "The moment of the act, where it does not say.": "L'instant de l'acte, s'il ne le dit pas.",
    "Who acts, as a charter sees them.": "Qui agit, tel que le voit une charte.",
    "Whether an incident is open, and how severe it is.": (
        "Si un incident est en cours, et s'il est grave."
    ),
    "The acts before it.": "Les actes d'avant.",
    "The acts, each with its moment.": "Les actes, chacun avec son instant.",
    "The moment since when no act is missing; null: none ever is.": (
        "L'instant depuis lequel il ne manque aucun acte ; null : il n'en manque jamais."
    ),
    "The days that are holidays.": "Les jours qui sont fériés.",
    "When each event of the charter was; null: not yet.": (
        "Quand a eu lieu chaque événement de la charte ; null : pas encore."
    ),
    "Its name in English.": "Son nom en anglais.",
    "Its name in French.": "Son nom en français.",
    "What kind of fact it is.": "La nature du fait.",
    "The only words it may have.": "Les seuls mots possibles.",
    "What it means.": "Ce que cela veut dire.",
    "Whether no edit of the act can change it.": "Si aucune retouche de l'acte ne peut le changer.",
    "Lets acts go out; the name of the rule.": "Laisse sortir des actes ; le nom de la règle.",
    "Sends acts to the circuit under `to`; the name of the rule.": (
        "Envoie des actes au circuit donné sous `vers` ; le nom de la règle."
    ),
    "Keeps acts in; the name of the rule.": "Retient des actes ; le nom de la règle.",
    "The circuit that acts are sent to, or several.": "Le circuit de ces actes, ou plusieurs.",
    "The condition; without it, the rule always applies.": (
        "La condition ; sans elle, la règle s'applique toujours."
    ),
    "The reason, shown to the author.": "La raison, montrée à la personne qui écrit.",
    "A private note.": "Une note privée.",
    "The clause of the text that it comes from.": "L'article du texte dont elle vient.",
    "Who is asked, in order.": "Qui est consulté, dans l'ordre.",
    "Who is asked in an emergency: fewer stages.": (
        "Qui est consulté en urgence : moins d'étapes."
    ),
    "Who may approve.": "Qui peut valider.",
    "How many must agree: `any`, `all`, `majority`, a number, `2/3`, `50%`, "
    "or that there is `no objection`.": (
        "Combien d'accords : `un seul`, `tous`, `majorité`, un nombre, `2/3`, `50%`, "
        "ou `aucune objection`."
    ),
    "How long they have; working days are those of `during`.": (
        "Le temps accordé ; les jours ouvrés sont ceux de `pendant`."
    ),
    "What happens at the deadline.": "Ce qui se passe à l'échéance.",
    "The hours in which the time passes.": "Les heures pendant lesquelles le temps court.",
    "People who hold one of these roles, with the skills it requires.": (
        "Les personnes qui tiennent l'un de ces rôles, avec les compétences qu'il exige."
    ),
    "People who have one of these skills.": "Les personnes qui ont l'une de ces compétences.",
    "People of these teams.": "Les personnes de ces équipes.",
    "These very people.": "Ces personnes-là.",
    # conditions
    "True when every part is.": "Vrai quand tout l'est.",
    "True when at least one part is.": "Vrai quand l'un au moins l'est.",
    "True when its part is false.": "Vrai quand ceci est faux.",
    "How many of the parts under `of` are true.": "Combien sont vrais de ceux que donne `de`.",
    "The parts that `at least` counts.": "Ce que compte `au moins`.",
    "It is this very value.": "C'est cette valeur-là.",
    "It is one of these words.": "C'est l'un de ces mots.",
    "It holds none of these words.": "Aucun de ces mots n'y est.",
    "It holds at least one of these words.": "L'un au moins de ces mots y est.",
    "It holds all of these words.": "Tous ces mots y sont.",
    "It holds nothing but these words.": "Rien d'autre que ces mots n'y est.",
    "An RE2 pattern is found in it.": "Un motif RE2 s'y trouve.",
    "It has a value (yes), or is known to have none (no).": (
        "Il a une valeur (oui), ou l'on sait qu'il n'en a pas (non)."
    ),
    "It is below this.": "C'est moins que cela.",
    "It is this at most.": "C'est cela au plus.",
    "It is this at least.": "C'est cela au moins.",
    "It is above this.": "C'est plus que cela.",
    "It lies from the first to the second, both included.": (
        "C'est entre les deux, bornes comprises."
    ),
    "It falls in these hours of the week.": "Cela tombe dans ces heures de la semaine.",
    "Words or phrases that hide what they cover: `mettre` is no insult.": (
        "Des mots ou expressions qui cachent ce qu'ils recouvrent : `mettre` n'est pas une insulte."
    ),
    # teams
    "The name of the team.": "Le nom de l'équipe.",
    "The IANA time zone of members who do not set their own.": (
        "Le fuseau IANA des personnes qui n'en ont pas à elles."
    ),
    "On what days those do not work who have no calendar.": (
        "Les jours où ne travaille pas qui n'a pas de calendrier à soi."
    ),
    "The roles there are, by id; or a list of ids.": (
        "Les rôles, par identifiant ; ou une liste d'identifiants."
    ),
    "The people, by id.": "Les personnes, par identifiant.",
    "The skills it takes; only people who have them all can hold it.": (
        "Les compétences qu'il faut ; seul peut le tenir qui les a toutes."
    ),
    "The time it takes per day.": "Le temps qu'il prend par jour.",
    "Its name for people, in English.": "Son libellé, en anglais.",
    "Its name for people, in French.": "Son libellé, en français.",
    "The role of the catalog that it is derived from.": "Le rôle du catalogue dont il vient.",
    "Their name, for people.": "Le nom de la personne.",
    "The roles assigned to them now.": "Les rôles tenus aujourd'hui.",
    "What they can do; a skill that ends has a mapping.": (
        "Ce que la personne sait faire ; une compétence qui prend fin a ses propres clés."
    ),
    "The languages they speak.": "Les langues parlées.",
    "The networks they specialise in: names, or affinities up to 1000.": (
        "Les réseaux dont la personne est spécialiste : des noms, ou des affinités jusqu'à 1000."
    ),
    "Their trade.": "Le métier.",
    "How old they are, in a word.": "L'âge, en un mot.",
    "How high they stand in their trade.": "Le niveau dans le métier.",
    "How long they have been there.": "L'ancienneté.",
    "What binds them to the team.": "Le lien avec l'équipe : le contrat.",
    "Who employs them.": "L'employeur.",
    "Where they live, in a word.": "La région, en un mot.",
    "When they work; without it, they are on duty in their shifts alone.": (
        "Les horaires ; sans eux, la personne n'est en service que dans ses créneaux."
    ),
    "The IANA time zone of their hours, if it is not the team's.": (
        "Le fuseau IANA de ces horaires, si ce n'est pas celui de l'équipe."
    ),
    "When they are away.": "Les congés.",
    "When they are on duty, beside their hours.": "Les créneaux, en plus des horaires.",
    "The time per day they have for all their roles.": (
        "Le temps disponible par jour, pour tous les rôles."
    ),
    "How well a role suits them, from 0 to 1000, up to six decimals, by role.": (
        "À quel point un rôle convient, de 0 à 1000, par rôle."
    ),
    "The most roles they may hold.": "Combien de rôles au plus.",
    "The fewest roles they should hold, counting those that needs name.": (
        "Combien de rôles au moins, parmi ceux que nomment les besoins."
    ),
    # needs
    "The name of these needs.": "Le nom de ces besoins.",
    "The IANA time zone of hours that do not set their own.": (
        "Le fuseau IANA des permanences qui n'en ont pas à elles."
    ),
    "Which days are no working days, for hours that ask for these.": (
        "Les jours non ouvrés, pour les permanences qui en dépendent."
    ),
    "How many people each role needs, by role.": "Combien de personnes il faut, par rôle.",
    "How many people must specialise in a network, by network.": (
        "Combien de spécialistes il faut, par réseau."
    ),
    "How many people must speak a language, by language.": (
        "Combien de personnes doivent parler une langue, par langue."
    ),
    "The hours to cover.": "Les permanences à tenir.",
    "The work that comes in every day, by name.": "Le travail de chaque jour, par nom.",
    "How varied the people should be.": "La mixité voulue.",
    "Who must not hold a role alone.": "Qui ne doit pas tenir seul un rôle.",
    "Pairs of roles that nobody holds together.": "Les paires de rôles que personne ne cumule.",
    "How many people it needs at least.": "Combien de personnes au moins.",
    "How many at most; by default, no limit.": "Combien au plus ; sinon, sans limite.",
    "If not all seats can be filled, those with a greater weight come first.": (
        "Si tous les postes ne peuvent être pourvus, ceux de plus grand poids le sont d'abord."
    ),
    "When there must be people on duty.": "Quand il faut des personnes en service.",
    "How many people at least.": "Combien de personnes au moins.",
    "Only those who hold this role count.": "Seul compte qui tient ce rôle.",
    "Only specialists of this network count.": "Seuls comptent les spécialistes de ce réseau.",
    "Only speakers of this language count.": "Seul compte qui parle cette langue.",
    "How many items come in every day.": "Combien il en arrive chaque jour.",
    "How long each takes.": "Le temps que chacun prend.",
    "The role of those who do it; by default, anybody.": "Le rôle qui s'en charge ; sinon, tous.",
    "Who holds which roles, by member.": "Qui tient quels rôles, par personne.",
    # incidents and playbooks
    "The id of the incident.": "L'identifiant de l'incident.",
    "Its name, for people.": "Son nom, pour les gens.",
    "The IANA time zone in which it is shown.": "Le fuseau IANA dans lequel il est montré.",
    "The instant until which what happened is known.": (
        "Le moment jusqu'auquel on sait ce qui s'est passé."
    ),
    "Kinds of event of which some may lack here.": (
        "Les types d'événement dont certains peuvent manquer ici."
    ),
    "The levels of severity, the least first.": "Les niveaux de gravité, du moindre au pire.",
    "The address, or the name, of each source.": "L'adresse, ou le nom, de chaque source.",
    "What its facts, measures and levels are called, for people.": (
        "Comment s'appellent ses faits, ses mesures et ses niveaux, pour les gens."
    ),
    "What happened, in any order.": "Ce qui s'est passé, dans n'importe quel ordre.",
    "How far the instant may be off, either way.": "De combien le moment peut être faux.",
    "Which source says so.": "La source qui le dit.",
    "Who did it, or said it.": "Qui l'a fait, ou l'a dit.",
    "Whether it is criticism.": "Si c'est une critique.",
    "What people should know of it.": "Ce qu'il faut en savoir.",
    "The messages and the acts that it answers or acts upon.": (
        "Les messages et les actes auxquels il répond, ou sur lesquels il porte."
    ),
    "The acts of ours whose claims it says were wrong.": (
        "Ceux de nos actes dont il reconnaît l'erreur."
    ),
    "Facts, and what it says they are.": "Des faits, et ce qu'il en affirme.",
    "What it promises.": "Ce qu'il promet.",
    "The circuits that agreed to it before it went out.": (
        "Les circuits qui l'ont validé avant qu'il sorte."
    ),
    "Facts, and what they are from then on.": "Des faits, et ce qu'il en est dès lors.",
    "Facts, and what they will be.": "Des faits, et ce qu'il en sera.",
    "When they will be so.": "Pour quand.",
    "The id of the playbook.": "L'identifiant des consignes de crise.",
    "The IANA time zone of its hours.": "Le fuseau IANA de ses horaires.",
    "The days on which nobody works, for its hours.": (
        "Les jours où personne ne travaille, pour ses horaires."
    ),
    "What is owed in a crisis.": "Ce qui est dû en cas de crise.",
    "How soon it is owed; working days are those of `hours`.": (
        "Dans quel délai ; les jours ouvrés sont ceux des `horaires`."
    ),
    "The hours of the week in which that time goes by.": (
        "Les heures de la semaine pendant lesquelles ce temps court."
    ),
    "The level of severity from which on it is owed.": "Le niveau de gravité à partir duquel.",
    "The role that owes it.": "Le rôle qui en est responsable.",
    "The role it goes to once it is overdue.": "Le rôle qui prend le relais en cas de retard.",
    "Who is to be told.": "Qui prévenir.",
    "Words and phrases that no act says.": "Les mots et expressions qu'aucun acte ne dit.",
    "Phrases that hold such words and are meant well.": (
        "Les expressions qui contiennent de tels mots sans mal."
    ),
    # requests
    "The name of the desk.": "Le nom du service.",
    "The days on which nobody works.": "Les jours où personne ne travaille.",
    "How soon an answer is due; the first match applies.": (
        "Dans quel délai répondre ; le premier qui convient s'applique."
    ),
    "How soon an acknowledgement is due, such as a like; the first match applies.": (
        "Dans quel délai accuser réception, un « j'aime » par exemple ; "
        "le premier qui convient s'applique."
    ),
    "How soon a request is to be resolved; the first match applies.": (
        "Dans quel délai résoudre une demande ; le premier qui convient s'applique."
    ),
    "Which role answers; the first match applies.": (
        "Quel rôle répond ; le premier qui convient s'applique."
    ),
    "Messages to which no answer is owed.": "Les messages auxquels aucune réponse n'est due.",
    "How soon an answer is due.": "Dans quel délai une réponse est due.",
    # organisations
    "Its id.": "Son identifiant.",
    "The IANA time zone of its days.": "Le fuseau IANA de ses jours.",
    "The requests it received, and what befell them. A file, or its keys.": (
        "Les demandes reçues, et ce qu'elles sont devenues : un fichier, ou ses clés."
    ),
    "What it published: a file, or `file` and how it is to be read.": (
        "Ce qu'elle a publié : un fichier, ou `fichier` et comment le lire."
    ),
    "What could not be read of it.": "Ce qui n'a pas pu en être lu.",
    "What was counted, by network and day: a list, or a file with a column for each.": (
        "Ce qui a été compté, par réseau et par jour : une liste, ou un fichier qui a une colonne "
        "pour chacun."
    ),
    "Its team. A file, or its keys.": "Son équipe : un fichier, ou ses clés.",
    "What the team is needed for. A file, or its keys.": (
        "Les besoins de l'équipe : un fichier, ou ses clés."
    ),
    "Its charter. A file, or its keys.": "Sa charte : un fichier, ou ses clés.",
    "What it does in a crisis. A file, or its keys.": (
        "Ce qu'elle fait en cas de crise : un fichier, ou ses clés."
    ),
    "How it treats requests. A file, or its keys.": (
        "Comment elle traite les demandes : un fichier, ou ses clés."
    ),
    "Its incidents, each a file or its keys; an empty list says that there were none.": (
        "Ses incidents, chacun un fichier ou ses clés ; une liste vide dit qu'il n'y en a pas eu."
    ),
    "The good practices carried out, each with its day: `report: 2026-02-20`.": (
        "Les bonnes pratiques menées, chacune avec son jour : `rapport: 2026-02-20`."
    ),
    "What it wants of social media, as in the catalog.": (
        "Ce qu'elle attend des réseaux sociaux, comme dans le catalogue."
    ),
    "Who directs it, by their ids.": "Qui la dirige, par identifiants.",
    "The one person to turn to, by their id.": (
        "La personne à qui s'adresser, par son identifiant."
    ),
    "Its places or countries.": "Ses sites ou ses pays.",
    "The departments it has; nothing is asked of others.": (
        "Ses départements ; rien n'est demandé des autres."
    ),
    "What does not apply to it, a check or the number of a question, each with the reason.": (
        "Ce qui ne la concerne pas, point examiné ou numéro de question, avec la raison."
    ),
}
