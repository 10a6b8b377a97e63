"""What is said of teams and coverages."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "team": ("{team}: {count} people", "{team} : {count} personnes"),
    "team one": ("{team}: {count} person", "{team} : {count} personne"),
    "coverage": ("{team} for {needs}: {said}", "{team} pour {needs} : {said}"),
    "none asked": ("nothing is asked", "rien n'est demandé"),
    "all covered": ("all covered", "tout est couvert"),
    "count gaps one": ("{count} gap", "{count} manque"),
    "count gaps": ("{count} gaps", "{count} manques"),
    "count overloads one": ("{count} overload", "{count} surcharge"),
    "count overloads": ("{count} overloads", "{count} surcharges"),
    "calendar away": ("{name} away", "Absence de {name}"),
    "window": (
        "from {start} to {stop}, {zone:hour}",
        "du {start} au {stop}, à l'heure {zone:hour}",
    ),
    "dimension seats": ("seats", "postes"),
    "dimension specialists": ("specialists", "spécialistes"),
    "dimension languages": ("languages", "langues"),
    "dimension hours": ("hours", "permanences"),
    "dimension workload": ("workload", "charge"),
    "dimension mix": ("mix", "mixité"),
    "dimension supervision": ("supervision", "encadrement"),
    "dimension separation": ("separation", "séparation"),
    "dimension loads": ("fewest roles", "rôles au moins"),
    "gap seats": (
        "{asked} wanted, {have} there",
        "il en faut {asked}, il y en a {have}",
    ),
    "gap excess": (
        "{asked} at most, {have} there: {people}",
        "{asked} au plus, il y en a {have} : {people}",
    ),
    "gap specialists": (
        "{asked} wanted, {have} there",
        "il en faut {asked}, il y en a {have}",
    ),
    "gap languages": (
        "{asked} wanted who speak it, {have} there",
        "parlée par {have}, il en faudrait {asked}",
    ),
    "gap hours": (
        "{size} of {asked} missing: {week} ({zone:hour})",
        "il manque {size} sur {asked} : {week} ({zone:city})",
    ),
    "gap workload": (
        "{asked} a day, {size} too much for those there",
        "{asked} par jour, soit {size} de trop pour les personnes présentes",
    ),
    "gap mix": (
        "{asked} different ones wanted, {have} there",
        "il en faut {asked} sortes, il y en a {have}",
    ),
    "gap not only": (
        "nobody is known to be anything else",
        "personne n'est connu pour être autre chose",
    ),
    "gap cap": (
        "{asked} alike at most, {have} there: {people}",
        "{asked} semblables au plus, il y en a {have} : {people}",
    ),
    "gap supervision": (
        "nobody supervises {people}",
        "personne n'encadre {people}",
    ),
    "gap supervision at times": (
        "nobody supervises {people} for {time}: {week} ({zone:hour})",
        "personne n'encadre {people} pendant {time} : {week} ({zone:city})",
    ),
    "gap separation": (
        "held together by {people}",
        "tenus ensemble par {people}",
    ),
    "gap loads": (
        "{asked} needed roles at least, {have} held",
        "{asked} rôles demandés au moins, {have} tenus",
    ),
    "could": ("; could: {people}", " ; qui le pourrait : {people}"),
    "might trade": (
        "; might, once their trade is known: {people}",
        " ; peut-être, une fois leur métier connu : {people}",
    ),
    "might age": (
        "; might, once their age is known: {people}",
        " ; peut-être, une fois leur âge connu : {people}",
    ),
    "might level": (
        "; might, once their level is known: {people}",
        " ; peut-être, une fois leur niveau connu : {people}",
    ),
    "might seniority": (
        "; might, once their seniority is known: {people}",
        " ; peut-être, une fois leur ancienneté connue : {people}",
    ),
    "might employer": (
        "; might, once their employer is known: {people}",
        " ; peut-être, une fois leur employeur connu : {people}",
    ),
    "might region": (
        "; might, once their region is known: {people}",
        " ; peut-être, une fois leur région connue : {people}",
    ),
    "might contract": (
        "; might, once their contract is known: {people}",
        " ; peut-être, une fois leur contrat connu : {people}",
    ),
    "nobody could": ("; nobody else could", " ; personne ne pourrait"),
    "overload": ("overload", "surcharge"),
    "too many minutes": (
        "{amount} of roles a day, {excess} more than {limit}",
        "{amount} de rôles par jour, {excess} de plus que {limit}",
    ),
    "too many roles": (
        "{amount} roles, {excess} more than {limit}",
        "{amount} rôles, {excess} de plus que {limit}",
    ),
    "skills": ("skills", "compétences"),
    "skill until": (
        "{skill} (only until {end}: not known to be long enough)",
        "{skill} (seulement jusqu'au {end} : rien ne dit que cela suffise)",
    ),
    "skill until unknown": (
        "{skill} (nobody knows until when)",
        "{skill} (personne ne sait jusqu'à quand)",
    ),
    "unfit": (
        "has the role {role:role} without {lacks}: it counts as not held",
        "a le rôle {role:role} sans {lacks} : le rôle compte comme non tenu",
    ),
    "falls": (
        "{kind} {what}: {after} missing",
        "{kind} {what} : il en manque {after}",
    ),
    "falls further": (
        "{kind} {what}: {after} missing, not {before}",
        "{kind} {what} : il en manque {after} et non {before}",
    ),
    "not proven": ("not proven", "non prouvé"),
    "assured": ("What is met", "Ce qui est assuré"),
    "need": ("need", "besoin"),
    "asked": ("asked", "demandé"),
    "lacking": ("missing", "manque"),
    "alone table": ("Who you cannot do without", "Sans qui un besoin n'est plus assuré"),
    "people": ("people", "personnes"),
    "falls head": ("what is then missing", "ce qui manque alors"),
    "several roles": ("Several roles", "Plusieurs rôles"),
    "roles": ("roles", "rôles"),
    "grid": (
        "One person on duty for all at once: what is missing",
        "Une même personne en service pour le tout : ce qui manque",
    ),
    "on duty": ("{count} people on duty", "{count} personnes en service"),
    "on duty one": ("{count} person on duty", "{count} personne en service"),
    "on duty now": ("on duty", "en service"),
    "on duty later": ("later", "plus tard"),
    "on duty perhaps": ("perhaps on duty", "peut-être en service"),
    "on duty never": ("never on duty", "jamais en service"),
    "year untold": ("calendar", "calendrier"),
    "year untold told": (
        "not covered: nobody who goes by it counts as on duty in that year",
        "année non couverte : aucune personne qui le suit ne compte comme en service",
    ),
    "role": ("role", "rôle"),
    "network": ("network", "réseau"),
    "language": ("language", "langue"),
    "heat": (
        "The week: people on duty / needed, at the worst moment",
        "La semaine : personnes en service / voulues, au pire moment",
    ),
}
