"""Words that depend on what comes next: elisions in French, and the names of cities."""

from typing import Final

from cmcore.base.regex import regex
from cmcore.base.typography import APOSTROPHE

#: What `de` stays whole before, though it begins as a vowel sounds.
_WHOLE: Final = regex(r"(?i)onz|oui\b|uhlan|ya|ye|yé|yo|yu|h")
#: How words begin whose h is silent, and counts for nothing.
_SILENT: Final = regex(
    r"(?i)habi|hebdo|hectare|hél|henri|herbe|hériti|hésit|heur|hist|hiver|homm|honn|hono|hôp|hora"
    r"|hôt|hugo|huile|hum[aeio]|hyd|hyp"
)
_VOWEL: Final = regex(r"(?i)[aeiouyhœæàâäéèêëîïôöùûü]")


def is_cut_before(word: str) -> bool:
    """Return whether `de` and `que` lose their vowel before a word; code is no word."""
    return bool(_VOWEL.match(word) and (_SILENT.match(word) or not _WHOLE.match(word)))


def of(what: object) -> str:
    """Return `de` and what comes after it.

    Examples:
        >>> of("Instagram"), of("YouTube"), of("hashtag"), of("Hugo"), of("`analyste`")
        ('d’Instagram', 'de YouTube', 'de hashtag', 'd’Hugo', 'de `analyste`')
    """
    return f"d{APOSTROPHE}{what}" if is_cut_before(str(what)) else f"de {what}"


def that(what: object) -> str:
    """Return `que` and what comes after it.

    Examples:
        >>> that("Anne"), that("Marc")
        ('qu’Anne', 'que Marc')
    """
    return f"qu{APOSTROPHE}{what}" if is_cut_before(str(what)) else f"que {what}"


#: French names of cities that time zones have in English.
_CITIES: Final = {
    "Algiers": "Alger",
    "Athens": "Athènes",
    "Brussels": "Bruxelles",
    "Copenhagen": "Copenhague",
    "Lisbon": "Lisbonne",
    "London": "Londres",
    "Mexico_City": "Mexico",
    "Moscow": "Moscou",
    "Noumea": "Nouméa",
    "Reunion": "La Réunion",
    "Singapore": "Singapour",
    "Vienna": "Vienne",
    "Warsaw": "Varsovie",
}


def _place(zone: str) -> str:
    """Return what a time zone is named after; nothing for one that is named after no place."""
    region, _, place = zone.rpartition("/")
    return "" if region in {"", "Etc"} else place


def city(zone: str) -> str:
    """Return the city of a time zone, or the zone if it is named after none.

    Examples:
        >>> city("Europe/London"), city("America/New_York"), city("UTC")
        ('Londres', 'New York', 'UTC')
    """
    place = _place(zone)
    return _CITIES.get(place, place.replace("_", " ")) if place else zone


def clock_of(zone: str) -> str:
    """Return what a clock is called in English: `Paris time`, `UTC`.

    Examples:
        >>> clock_of("Europe/Paris"), clock_of("America/New_York"), clock_of("UTC")
        ('Paris time', 'New York time', 'UTC')
    """
    place = _place(zone)
    return f"{place.replace('_', ' ')} time" if place else zone


def hour_of(zone: str) -> str:
    """Return what comes after `à l'heure`: `de Paris`, `d’Athènes`, `UTC`.

    Examples:
        >>> hour_of("Europe/Paris"), hour_of("Europe/Athens"), hour_of("UTC")
        ('de Paris', 'd’Athènes', 'UTC')
    """
    place = city(zone)
    return place if place == zone else of(place)
