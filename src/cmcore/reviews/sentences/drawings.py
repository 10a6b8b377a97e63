"""What is written in the drawings of circuits."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "asks": ("{need} ({who})", "{need} ({who})"),
    "need any": ("one person", "1 personne"),
    "need people": ("{count} people", "{count} personnes"),
    "need people one": ("{count} person", "{count} personne"),
    "need all": ("everybody", "tous"),
    "need majority": ("a majority", "la majorité"),
    "need no objection": ("no objection", "pas d'objection"),
    "need beyond": ("more than {share}", "plus de {share}"),
    "by role": ("{names}", "{names}"),
    "by skill": ("skill {names}", "compétence {names}"),
    "by team": ("team {names}", "équipe {names}"),
    "by name": ("{names}", "{names}"),
    "in time counted": (
        "within {time}, counted {week}, {zone:hour}",
        "en {time}, comptés {week}, {zone:city}",
    ),
    "in working days": (
        "within {time}, {week}, {zone:hour}",
        "sous {time}, {week}, {zone:city}",
    ),
    "in the working day": (
        "by the end of the working day, {week}, {zone:hour}",
        "avant la fin du jour ouvré, {week}, {zone:city}",
    ),
    "who differ": ("who differ in {trait}", "qui diffèrent par leur {trait}"),
    "asked afterwards": (
        "asked afterwards: the author publishes alone",
        "consultation après coup : l'auteur publie seul",
    ),
    "is enough": (
        "enough by itself, unless it is passed on",
        "suffit, sauf transmission",
    ),
    "deputised by": ("deputies: {who}", "suppléants : {who}"),
    "or else": ("or else {then}", "sinon {then}"),
    "silence or else": (
        "if nobody objects, it passes, or else {then}",
        "si personne ne s'y oppose, elle est franchie, sinon {then}",
    ),
    "arrow yes": ("approve", "accord"),
    "arrow silence": ("no objection", "pas d'objection"),
    "arrow passed on": ("pass on", "transmission"),
    "arrow no": ("refuse", "refus"),
    "arrow time out": ("time out", "délai écoulé"),
    "arrow objected": ("time out with an objection", "délai écoulé avec une objection"),
    "arrow both": ("{one}, or {other}", "{one}, ou {other}"),
}
