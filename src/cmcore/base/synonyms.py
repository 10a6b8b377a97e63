"""Words that people write for those of the files: other names, and those of French."""

from collections.abc import Mapping
from typing import Final

#: The words of files for a flag.
FLAGS: Final[Mapping[str, bool]] = {"yes": True, "no": False, "oui": True, "non": False}
_MEANT: Final = {
    # kinds of act
    "publish": "post posts poste tweet toot skeet publication publier poster publie publish-post",
    "share": "retweet repost reblog boost partager partage relayer",
    "reply": "answer respond comment répondre repondre réponse reponse commenter",
    "quote": "quote-tweet citer citation",
    "react": "like favourite favorite aimer réagir reagir",
    "message": "dm mp direct-message private-message",
    "edit": "modify update modifier corriger",
    "delete": "remove take-down supprimer suppression effacer",
    "archive": "unpublish archiver dépublier depublier",
    "restore": "undelete unarchive unremove rétablir retablir restaurer",
    "hide": "masquer cacher",
    "unhide": "un-hide démasquer demasquer",
    "block": "ban bloquer bannir",
    "unblock": "unban débloquer debloquer",
    "mute": "silence taire",
    "unmute": "unsilence",
    "warn": "caution avertir",
    "report": "flag signaler",
    "follow": "suivre",
    # days of the week
    "mon": "monday lun lundi",
    "tue": "tuesday mar mardi",
    "wed": "wednesday mer mercredi",
    "thu": "thursday jeu jeudi",
    "fri": "friday ven vendredi",
    "sat": "saturday sam samedi",
    "sun": "sunday dim dimanche",
    # keys of files
    "because": "reason why raison motif",
    "forbid": "deny prohibit refuse interdire",
    "permit": "allow accept autoriser permettre",
    "when": "if condition quand si",
    "through": "until till jusqu'au",
    "roles": "role rôle",
    "name": "title titre",
    "title": "name nom",
    # measures
    "graphemes": "length_on_bluesky bluesky_length",
    # quorums
    "no objection": "lazy-consensus tacit-consent sans-objection aucune-objection",
    # what joins conditions, and asks
    "any": "or either ou",
    "any of": "one-of",
    "not": "unless without sauf",
    # types of labels, as programs call them
    "flag": "bool boolean",
    "number": "int integer float",
    "symbol": "enum",
    "symbols": "list set array tags",
    "text": "string str",
    "instant": "date datetime timestamp",
    "duration": "timedelta",
    # zones, by the letters that people know them by
    "America/Los_Angeles": "pst pdt",
    "America/Denver": "mdt",
    "America/Chicago": "cst cdt",
    "America/New_York": "edt",
    "Europe/London": "bst",
    "Europe/Paris": "cest",
    "Asia/Kolkata": "ist",
    "Asia/Tokyo": "jst",
    "Australia/Sydney": "aest aedt",
}
#: word, in lower case -> the word of the files that is meant.
SYNONYMS: Final[Mapping[str, str]] = {
    word: meant for meant, words in _MEANT.items() for word in words.split()
}

_ASKED: Final = {
    "is": "equals equal eq ==",
    "one of": "in among parmi",
    "any of": "contains includes has in with contient",
    "all of": "every both",
    "none of": "not not-in is-not except excludes without sauf sans",
    "mentions": "contains includes has says word words any-of contient",
    "matches": "regex regexp pattern",
    "at most": "max maximum up-to no-more-than <= au-plus",
    "at least": "min minimum no-less-than >= au-moins",
    "above": "over more-than greater-than longer-than after later-than > après plus-de",
    "more than": "over above greater-than > plus-de",
    "below": "under less-than fewer-than shorter-than before earlier-than < avant moins-de",
    "fewer than": "under below less-than < moins-de",
    "during": "in on within",
}
#: word, in lower case -> the questions that may be meant, of which a type of fact has one at most.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(op for op, others in _ASKED.items() if word in others.split())
    for words in _ASKED.values()
    for word in words.split()
}
#: Words for which there is a question that says the contrary.
CONTRARY: Final = frozenset({"absent", "missing", "empty", "none", "vide"})
