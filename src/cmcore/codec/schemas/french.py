"""JSON Schemas of files in French."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cmcore.base.asked import checked
from cmcore.base.typography import typeset
from cmcore.codec.french import STEPS, key_in_french, level_of, value_in_french
from cmcore.codec.keys import VALUES
from cmcore.codec.schemas import schema
from cmcore.codec.schemas.french_abouts import ABOUTS
from cmcore.codec.shapes import Schema


@checked
def schema_in_french(kind: type) -> Schema:
    """Return the JSON Schema of files of a kind in French, whose keys say what they are in English.

    Raises:
        InvalidError: there is no such kind of file.

    Examples:
        >>> from cmcore import Plan
        >>> from cmcore.codec import schema_in_french
        >>> schema_in_french(Plan)["properties"]["plan"]["description"][:36]
        'Qui tient quels rôles, par personne.'
    """
    level_of(kind)  # which refuses other kinds
    made = schema(kind)
    title = str(made.get("title", ""))
    shaped: Schema = _shaped(made, title, title)
    return {**shaped, "title": TITLES.get(title) or key_in_french(title, title, title)}


#: What a schema calls the sort of a value -> the same in French; what has a key is called like it.
TITLES: Final[Mapping[str, str]] = {
    "after": "après",
    "calendar": "calendrier",
    "circuit": "circuit",
    "condition": "condition",
    "desk": "service clients",
    "duration": "durée",
    "duration, or working days": "durée, ou jours ouvrés",
    "duty": "devoir",
    "event": "événement",
    "example": "exemple",
    "expectation": "attente",
    "guarantee": "garantie",
    "hours of the week": "horaires de la semaine",
    "hours to cover": "permanence",
    "ignored": "ce qui est ignoré",
    "instant with its offset": "instant, avec son décalage horaire",
    "integer": "nombre entier",
    "kind": "type d’acte",
    "kind of the charter's own": "type d’acte propre à la charte",
    "label": "étiquette",
    "leave": "congé",
    "level": "niveau",
    "member": "collaborateur",
    "mix": "mixité",
    "number": "nombre",
    "practice": "bonne pratique",
    "promise": "promesse",
    "rate: a number of acts in a window that ends now": (
        "rythme\u00a0: un nombre d’actes sur une période qui s’achève maintenant"
    ),
    "redaction": "occultation",
    "route": "orientation",
    "rule": "règle",
    "share of acts": "part des actes",
    "shift": "créneau",
    "skill that ends": "compétence qui prend fin",
    "stage": "étape",
    "target": "objectif",
    "team": "équipe",
    "time since the last act": "temps écoulé depuis le dernier acte",
    "words and phrases": "mots et expressions",
    "yes or no": "oui ou non",
}


def _titled(title: str, *_: str) -> str:
    return TITLES.get(title) or key_in_french(title)


def _shaped(shape: Any, where: str, title: str) -> Any:  # noqa: ANN401 - a schema or a part of one
    """Return a schema with the words of French."""
    if isinstance(shape, list):
        return [_shaped(one, where, title) for one in shape]
    if not isinstance(shape, dict):
        return shape
    made: dict[str, Any] = {}
    for key, one in shape.items():
        if key in _SHAPERS:
            made[key] = _SHAPERS[key](one, where, title)
        elif key not in _LEFT_OUT:
            made[key] = _shaped(one, where, title)
    return made


def _properties(keys: Mapping[str, Any], where: str, title: str) -> dict[str, Any]:
    return {
        key_in_french(key, where, title): {
            **_shaped(under, where, title),
            "description": _about(key, under),
        }
        for key, under in keys.items()
    }


def _about(key: str, shape: object) -> str:
    """Say what a key holds, where there is French for it, and what it is in English."""
    told = shape.get("description") if isinstance(shape, dict) else None
    about = ABOUTS.get(str(told), "")
    return typeset(" ".join([*([about] if about else []), _ABOUT.format(key)]), 1)


def _required(keys: Iterable[str], where: str, title: str) -> list[str]:
    return [key_in_french(key, where, title) for key in keys]


def _beside(keys: Mapping[str, Any], where: str, title: str) -> dict[str, Any]:
    return {
        key_in_french(key, where, title): _required(others, where, title)
        for key, others in keys.items()
    }


def _valued(given: Any, where: str, title: str) -> Any:  # noqa: ANN401 - a value, or a list of them
    if isinstance(given, list):
        return [_valued(one, where, title) for one in given]
    return value_in_french(given, where) if isinstance(given, str) else given


def _patterned(pattern: str, *_: str) -> str:
    """Return a pattern that takes the French of the words it takes as well."""
    words = [word for word in VALUES if re.search(pattern, word)]
    own = [re.escape(VALUES[word]) for word in words if not re.search(pattern, VALUES[word])]
    return f"{pattern}|^(?:{'|'.join(own)})$" if own else pattern


def _named_so(keys: Mapping[str, Any], where: str, title: str) -> dict[str, Any]:
    """Return what names of a pattern hold; the pattern takes their words in both languages."""
    return {
        _STEPS.sub(lambda found: f"(?:{found[0]}|{STEPS[found[0]]})", pattern).replace(
            r"\.same_", r"\.(?:same|même)_"
        ): _shaped(one, where, title)
        for pattern, one in keys.items()
    }


_STEPS: Final = re.compile(rf"(?<!\w)(?:{'|'.join(STEPS)})(?!\w)")
#: What editors show about a key.
_ABOUT: Final = "En anglais : `{}`."
#: What says something in English, or only of names.
_LEFT_OUT: Final = frozenset({"description", "propertyNames", "examples"})
_SHAPERS: Final[Mapping[str, Callable[[Any, str, str], Any]]] = {
    "title": _titled,
    "properties": _properties,
    "patternProperties": _named_so,
    "required": _required,
    "dependentRequired": _beside,
    "enum": _valued,
    "const": _valued,
    "default": _valued,
    "pattern": _patterned,
    "$defs": lambda many, _, title: {name: _shaped(one, name, title) for name, one in many.items()},
}
