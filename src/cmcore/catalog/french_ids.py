"""French ids: what the catalog's own names are called in a French file to begin with.

Ids of the catalog are English words, as its code has them. A file that somebody fills in has ids in
the language of whoever reads it; a role says beside its own which role of the catalog it is.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from cmcore.codec.bounds import Data
from cmcore.codec.french import Level, level_of
from cmcore.teams.team import Team

#: Id of the catalog -> the same in French; those that French writes alike are not here.
IDS: Final[Mapping[str, str]] = {
    # roles, and what they ask
    "ambassador": "ambassadeur",
    "analyst": "analyste",
    "communicator": "communicant",
    "coordinator": "coordinateur",
    "customer-service": "service-clients",
    "enthusiast": "passionné",
    "it": "informatique",
    "management": "direction",
    "product-expert": "expert-produit",
    "sales": "ventes",
    "web-referent": "référent-web",
    "authority": "autorité",
    "calm": "calme",
    "campaigns": "campagnes",
    "complaints": "réclamations",
    "figures": "chiffres",
    "house": "connaissance-de-la-maison",
    "networks": "réseaux",
    "products": "produits",
    "selling": "vente",
    "systems": "systèmes",
    "writing": "rédaction",
    # what needs are called, and the work in them
    "large": "grande",
    "medium": "moyenne",
    "small": "petite",
    "event": "événement",
    "notoriety": "notoriété",
    "recruitment": "recrutement",
    "contests": "concours",
    "event posts": "publications sur l'événement",
    "offers": "offres",
    "posts": "publications",
    "questions of applicants": "questions de candidats",
    "questions on sales": "questions sur la vente",
    "replies": "réponses",
    "technical questions": "questions techniques",
    # charters, and their circuits
    "draft": "ébauche",
    "large-group": "grand-groupe",
    "public-service": "service-public",
    "small-brand": "petite-marque",
    "crisis": "crise",
    "desk": "relecture",
    "negative-review": "avis-négatif",
    "owner": "décideur",
    # rules
    "aggression": "agression",
    "ambassadors-on-the-brand": "ambassadeurs-sur-la-marque",
    "ambassadors-share": "partages-des-ambassadeurs",
    "an-offer-a-week": "une-offre-par-semaine",
    "appeals-for-money": "appels-aux-dons",
    "competitors-troubles": "ennuis-des-concurrents",
    "criticism-deleted": "critique-supprimée",
    "everyday": "quotidien",
    "negative-reviews": "avis-négatifs",
    "open-crisis": "crise-ouverte",
    "others-troubles": "ennuis-des-autres",
    "party-politics": "politique-partisane",
    "personal-positions": "positions-personnelles",
    "politics": "politique",
    "politics-and-strategy": "politique-et-stratégie",
    "sharing-institutions": "partages-des-institutions",
    "slips": "étourderies",
    "somebody's-file": "dossier-de-quelqu'un",
    "volunteers-share": "partages-des-bénévoles",
    "words-of-danger": "mots-de-danger",
    "words-to-avoid": "mots-à-éviter",
    # what people say of an act, whose account it is on, and its subjects
    "aggressive": "agressif",
    "asks_money": "demande_d_argent",
    "personal": "personnel",
    "personal_data": "données_personnelles",
    "positive": "positif",
    "promise": "promesse",
    "promotional": "promotionnel",
    "cold": "froid",
    "courteous": "courtois",
    "familiar": "familier",
    "ironic": "ironique",
    "neutral": "neutre",
    "brand": "marque",
    "own": "personnel",
    "advice": "conseils",
    "alert": "alerte",
    "company": "entreprise",
    "competitor-trouble": "ennuis-d-un-concurrent",
    "delivery": "livraison",
    "elections": "élections",
    "jobs": "emplois",
    "layoffs": "licenciements",
    "opening": "ouverture",
    "procedure": "démarches",
    "product": "produit",
    "recall": "rappel",
    "strategy": "stratégie",
    "strike": "grève",
    "team": "équipe",
    "testimony": "témoignage",
    "thanks": "remerciements",
    "volunteers": "bénévoles",
    "works": "travaux",
    "workshop": "atelier",
    # duties
    "decision-makers": "décideurs",
    "exceptions-asked": "exceptions-validées",
    "first-word": "premier-mot",
    "lessons": "leçons",
    "moved-to-private": "passage-en-privé",
    "never-a-lie": "jamais-un-mensonge",
    "nobody-blamed": "personne-n-est-accusé",
    "noticed": "constaté",
    "nothing-deleted": "rien-de-supprimé",
    "one-story": "une-seule-version",
    "own-mistakes": "nos-erreurs",
    "promises-kept": "promesses-tenues",
    "scheduled-posts": "publications-prévues",
    # what an organisation is called that was given no name
    "my-organisation": "mon-organisation",
}
#: A role that is made for each site, whose name comes after it.
_REFERENT: Final = "web-referent "
#: Keys below which nothing is called otherwise: texts, words that are looked for, networks.
_TEXTS: Final = frozenset({
    "about", "because", "en", "except", "fr", "languages", "mentions", "networks", "source",
    "specialists", "text", "title", "words",
})  # fmt: skip


def ids_in_french(data: Data, kind: type, kept: Collection[str] = ()) -> Data:
    """Return the plain data of a file with the ids of the catalog in French; keys stay in English.

    `kept` are names that somebody chose, which stay as they are.
    """
    named = {id_: french for id_, french in IDS.items() if id_ not in kept}

    def called(word: str) -> str:
        if word.startswith(_REFERENT) and word not in kept:
            return f"{IDS['web-referent']} {word.removeprefix(_REFERENT)}"
        return named.get(word, word)

    def write(data: Data, level: Level) -> Data:
        if isinstance(data, str):
            return data if level.takes(data) else called(data)
        if isinstance(data, list):
            return [write(one, level.items) for one in data]
        if not isinstance(data, dict):
            return data
        return {
            key if key in level.keys else called(key): one
            if key in _TEXTS and key in level.keys
            else write(one, level.under(key))
            for key, one in data.items()
        }

    made: Any = write(data, level_of(kind))
    if kind is Team and "roles" in made:
        made = {**made, "roles": _derived(data, made)}
    return made


def _derived(data: Any, made: Any) -> Data:  # noqa: ANN401 - plain data
    """Return roles that say which role of the catalog each is, where their ids no longer do."""
    return {
        id_: role if id_ == own or "based on" in role else {"based on": own, **role}
        for own, (id_, role) in zip(data["roles"], made["roles"].items(), strict=True)
    }
