"""What the pages say besides what cmcore says, in English and in French."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "lang": ("en", "fr"),
    "title": ("Publishing desk", "Bureau de publication"),
    "write": ("Write", "Écrire"),
    "queue": ("Reviews", "Validations"),
    "duty": ("On duty", "Permanence"),
    "audit": ("Audit", "Audit"),
    "log": ("Log", "Journal"),
    "sign in": ("Sign in", "Se connecter"),
    "sign out": ("Sign out", "Se déconnecter"),
    "who": ("Who are you?", "Qui êtes-vous\u202f?"),
    "password": ("Password", "Mot de passe"),
    "wrong": ("That is not their password.", "Ce n’est pas son mot de passe."),
    "too many": ("Too many tries: wait 15 minutes.", "Trop d’essais\u202f: attendez 15 minutes."),
    "text": ("Your post", "Votre publication"),
    "network": ("Network", "Réseau"),
    "language": ("Language", "Langue"),
    "topics": ("What it is about", "De quoi elle parle"),
    "unknown": ("not known", "on ne sait pas"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "ask": ("What does the charter say?", "Que dit la charte\u202f?"),
    "submit": ("Submit", "Soumettre"),
    "submit hint": (
        "What is covered goes out at once; the rest is reviewed first.",
        "Ce qui est couvert sort aussitôt\u202f; le reste est validé d’abord.",
    ),
    "out": ("It is out.", "C’est publié."),
    "for you": ("waits for you", "vous attend"),
    "nothing": ("Nothing is under way.", "Rien n’est en cours."),
    "by": ("by", "par"),
    "state": ("State", "État"),
    "deadline": ("Next deadline", "Prochaine échéance"),
    "why": ("Why (they will read it)", "Pourquoi (ce sera lu)"),
    "approved": ("Approve", "Approuver"),
    "refused": ("Refuse", "Refuser"),
    "changes asked": ("Ask for changes", "Demander des retouches"),
    "objected": ("Object", "Objecter"),
    "escalated": ("Pass it on", "Faire remonter"),
    "withdrawn": ("Withdraw", "Retirer"),
    "published": ("Publish", "Publier"),
    "amend": ("Change it", "Modifier"),
    "called": ("By the word list alone:", "Selon la seule liste de mots\xa0:"),
    "history": ("What happened", "Ce qui s’est passé"),
    "decided": ("What the charter says", "Ce que dit la charte"),
    "not done": ("This was not done", "Cela n’a pas été fait"),
    "not found": ("There is nothing here for you.", "Il n’y a rien ici pour vous."),
    "forged": (
        "This form is of another session: reload the page.",
        "Ce formulaire est d’une autre session\u202f: rechargez la page.",
    ),
    "back": ("Back", "Retour"),
    "intact": ("The log is as it was written.", "Le journal est tel qu’il a été écrit."),
    "broken": ("The log has been changed.", "Le journal a été modifié."),
    "last": ("The last entries", "Les dernières entrées"),
}


def words(language: str) -> dict[str, str]:
    """Return the words of a language."""
    return {key: pair[language == "fr"] for key, pair in WORDS.items()}
