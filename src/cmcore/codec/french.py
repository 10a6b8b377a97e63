"""Files in French: their keys and closed words to those of English and back, by the JSON Schemas.

A schema knows which keys of a mapping are words of the format and which are names that people
choose. So a file is translated by the schema of its kind, before it is read and after it is
written; what reads and writes it knows English alone. A file may mix both.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import Any, Final
from unicodedata import normalize

from cmcore.base.errors import InvalidError, Path, Problem, refuse, refuse_any
from cmcore.base.regex import regex
from cmcore.charters.conditions.facts import MEASURES
from cmcore.charters.kinds import KINDS
from cmcore.codec.bounds import Data, firsts, whole
from cmcore.codec.keys import KEYS, VALUES
from cmcore.codec.shapes import Schema
from cmcore.display.wording import say, show


class Written(dict[Path, str]):
    """The key that stands in a file, by the path in English; and which language most are of."""

    #: How many keys are in French, of those that are called otherwise there, and in English.
    french = 0
    english = 0

    @property
    def is_french(self) -> bool:
        """Whether as many keys are in French as in English, or more."""
        return self.french >= max(self.english, 1)


_ALTERNATIVES: Final = ("anyOf", "oneOf", "allOf")
#: Definitions of schemas where a charter's own names stand among the words of the format.
_CONDITIONS: Final = frozenset({"act", "condition", "count-condition"})
#: Keys of charters whose own keys are names of facts.
_NAMING: Final = ("labels", "counts", "kinds", "events")
_ENGLISH: Final = {french: english for english, french in VALUES.items() if french != english}
#: Parts of names with dots that are made of a charter's own names: measures, and counts of acts.
STEPS: Final = {
    key: KEYS[key]
    for key in (
        *("recent", "since", "count", *KINDS, *chain.from_iterable(MEASURES.values())),
        *(key for key in KEYS if key.startswith("same_")),
    )
    if key in KEYS
}
_STEP: Final = {french: english for english, french in STEPS.items()}
_FORMAT: Final = STEPS.keys() | _STEP.keys()
#: What keys of French are made of that stand for others in English.
_STEPS: Final = frozenset(
    french for row, french in KEYS.items() if french != row.rpartition("/")[2]
)
#: What words of French are made of that stand for others in English.
_WORDS: Final = _STEPS | _ENGLISH.keys()
#: What a text of a certain sort has in French for its words of English.
_TEXTS: Final = (
    (re.compile(r"\b1 working day\b"), "1 jour ouvré"),
    (re.compile(r"\bworking days\b"), "jours ouvrés"),
    (re.compile(r"\bend of the working day\b"), "fin du jour ouvré"),
    (re.compile(r"\bend of the next working day\b"), "fin du prochain jour ouvré"),
    (re.compile(r"(?<=[0-9]) d\b"), " j"),
    (re.compile(r"(?<=[0-9]) w\b"), " semaines"),
    (re.compile(r" in (?=[0-9])"), " en "),
    (re.compile(r" per day\b"), " par jour"),
    (re.compile(r" per week\b"), " par semaine"),
    (re.compile(r" per month\b"), " par mois"),
    (re.compile(r" per quarter\b"), " par trimestre"),
    (re.compile(r" per year\b"), " par an"),
    (re.compile(r" ever\b"), " en tout"),
    (re.compile(r" since\b"), " depuis"),
)
#: A pattern of names that begin with a word and a dot, as `event.launch` does.
_HEAD: Final = regex(r"\^(\w+)\\\.")
_TIMED: Final = re.compile(r"duration|rate|quiet|working days")


def key_in_french(key: str, where: str = "", title: str = "") -> str:
    """Return the French of a key in a sort of mapping of a kind of file; the key where it has none.

    Examples:
        >>> key_in_french("when"), key_in_french("author.roles.count"), key_in_french("to", "leave")
        ('quand', 'auteur.rôles.nombre', 'au')
    """
    part, _, own = where.rpartition(".")  # `team.leave` is a leave in the team of an organisation
    for row in (f"{part or title} {own}/{key}", f"{own}/{key}", key):
        if row in KEYS:
            return KEYS[row]
    return ".".join(KEYS.get(step, step) for step in key.split(".")) if "." in key else key


def value_in_french(word: str, where: str = "") -> str:
    """Return the French of a word of a closed list in a sort of mapping; itself where it has none.

    Examples:
        >>> value_in_french("kind"), value_in_french("kind", "redaction")
        ('aimable', 'type')
    """
    return KEYS.get(f"{where}/{word}") or VALUES.get(word) or key_in_french(word)


#: No key of the format is as long.
_LONGEST: Final = 200


def _normal(key: str) -> str:
    return " ".join(normalize("NFC", key.replace("’", "'")).split())


def _values(shape: Schema, key: str) -> Iterator[Any]:
    found: Any = shape.get(key, {})
    yield from found.values()


class Level:
    """What may stand at a place of a file: the schemas of it, each with the mapping it is in."""

    def __init__(self, root: Schema, *places: tuple[Schema, str]) -> None:
        self._root = root
        #: The schemas that are open here, each with the definition that it stands in.
        self.shapes = [one for place in places for one in self._opened(*place)]

    def _opened(self, shape: Schema, where: str) -> Iterator[tuple[Schema, str]]:
        if "$ref" in shape:
            name = str(shape["$ref"]).rpartition("/")[2]
            defined: Any = self._root["$defs"]
            yield from self._opened(defined[name], name)
        yield shape, where
        for way in _ALTERNATIVES:
            for part in shape.get(way, ()):
                yield from self._opened(part, where)

    @cached_property
    def keys(self) -> dict[str, "Level"]:
        """The keys that are words of the format, each with what may stand under it."""
        found: dict[str, list[tuple[Schema, str]]] = {}
        for shape, where in self.shapes:
            for key, under in shape.get("properties", {}).items():
                found.setdefault(key, []).append((under, where))
        return {key: Level(self._root, *under) for key, under in found.items()}

    @cached_property
    def french(self) -> dict[str, str]:
        """English key -> its French here."""
        places = {key: where for shape, where in self.shapes for key in shape.get("properties", {})}
        title = str(self._root.get("title", ""))
        return {key: key_in_french(key, where, title) for key, where in places.items()}

    @cached_property
    def english(self) -> dict[str, str]:
        """French key -> its English here."""
        return {french: english for english, french in self.french.items()}

    @cached_property
    def heads(self) -> dict[str, str]:
        """What stands before the dot of names that people choose -> the same in French."""
        patterns = chain.from_iterable(one.get("patternProperties", ()) for one, _ in self.shapes)
        found = filter(None, map(_HEAD.fullmatch, patterns))
        return {one[1]: key_in_french(one[1]) for one in found}

    @cached_property
    def english_heads(self) -> dict[str, str]:
        """The same, French -> English."""
        return {french: english for english, french in self.heads.items()}

    @cached_property
    def free(self) -> "Level":
        """What may stand under a name that people choose."""
        more = [
            (one, where)
            for shape, where in self.shapes
            for one in (shape.get("additionalProperties"), *_values(shape, "patternProperties"))
        ]
        return Level(self._root, *((one, where) for one, where in more if isinstance(one, dict)))

    @cached_property
    def items(self) -> "Level":
        """What may stand in a list."""
        many = [(shape["items"], where) for shape, where in self.shapes if "items" in shape]
        return Level(self._root, *many)

    @cached_property
    def is_condition(self) -> bool:
        """Whether a charter's own facts may stand among the keys."""
        return any(where.rpartition(".")[2] in _CONDITIONS for _, where in self.shapes)

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of closed lists that may stand here, each with the mapping it is in."""
        return {
            word: where
            for shape, where in self.shapes
            for word in (*shape.get("enum", ()), shape.get("const"))
            if isinstance(word, str)
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of closed lists that may stand here."""
        return frozenset(self._words)

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        found = [shape["pattern"] for shape, _ in self.shapes if "pattern" in shape]
        return [re.compile(one) for one in found]

    @cached_property
    def said(self) -> dict[str, str]:
        """The words of closed lists that have another word in French, each with that."""
        both = {word: value_in_french(word, where) for word, where in self._words.items()}
        return {word: french for word, french in both.items() if french != word}

    @cached_property
    def meant(self) -> dict[str, str]:
        """French word of a closed list -> the same in English."""
        return {**_ENGLISH, **{french: word for word, french in self.said.items()}}

    @cached_property
    def is_open(self) -> bool:
        """Whether any other word may stand here as well."""
        return any(
            "string" in shape.get("type", ()) and not {"enum", "const", "pattern"} & shape.keys()
            for shape, _ in self.shapes
        )

    def takes(self, word: str) -> bool:
        """Return whether a word is one of a closed list here, or of the form that is asked."""
        return word in self.words or any(one.search(word) for one in self._patterns)

    @cached_property
    def is_timed(self) -> bool:
        """Whether a text here is a length of time or a rate."""
        titles = (str(shape.get("title", "")) for shape, _ in self.shapes)
        return any(map(_TIMED.search, titles))

    @cached_property
    def is_week(self) -> bool:
        """Whether a text here is hours of the week."""
        return any(shape.get("title") == "hours of the week" for shape, _ in self.shapes)

    def under(self, key: str) -> "Level":
        """Return what may stand under a key."""
        return self.keys.get(key) or self.free


@cache
def level_of(kind: type, *steps: str | int) -> Level:
    """Return what may stand in a file of a kind of value, or below some steps in it.

    Raises:
        InvalidError: there is no such kind of file.
    """
    from cmcore.codec.schemas import FILES, schema  # which imports every subject

    if kind not in FILES:
        raise refuse("no-schema", kind=kind.__name__, known=sorted(one.__name__ for one in FILES))
    made = schema(kind)
    level = Level(made, (made, str(made.get("title", ""))))
    return below(level, steps)


def below(level: Level, steps: Path) -> Level:
    """Return what may stand below a place."""
    for step in steps:
        level = level.items if isinstance(step, int) else level.under(step)
    return level


def in_english(
    data: Data, kind: type, *steps: str | int, kept: Collection[str] = ()
) -> tuple[Data, Written]:
    """Return the data of a file with the words of English, and the keys that the file has for them.

    `steps` say which part of a file it is, and `kept` which names are no words of the format, such
    as labels of the charter. A value that nobody writes in a file stays as it is.

    Raises:
        InvalidError: a key stands in a mapping in both languages.
    """
    made, written, problems = read_words(data, kind, *steps, kept=kept)
    refuse_any(problems)
    return made, written


def read_words(
    data: Data, kind: type, *steps: str | int, kept: Collection[str] = ()
) -> tuple[Data, Written, list[Problem]]:
    """Do as `in_english`, and return the keys that stand in both languages beside what else is.

    As with a key that is repeated, what stands first counts.
    """
    if not has_french(data):
        return data, Written(), []
    try:
        level = level_of(kind, *steps)
    except InvalidError:
        return data, Written(), []
    reading = _Reading({*kept, *_named(data)})
    made = reading.read(data, level, ())
    return made, reading.written if reading.written.french else Written(), reading.problems


def has_french(data: Data) -> bool:
    """Return whether data has a word of French at all, which few files have."""
    todo = [data]
    while todo:
        match todo.pop():
            case dict() as one:
                if any(map(is_french, one)):
                    return True
                todo += one.values()
            case list() as many:
                todo += many
            case str() as text if not {_normal(text), *_normal(text).split(".")}.isdisjoint(_WORDS):
                return True
            case _:
                pass
    return False


def is_french(key: str) -> bool:
    """Return whether a key is one of French, or made of its steps."""
    return len(key) <= _LONGEST and _is_known(key)


@lru_cache(1024)
def _is_known(key: str) -> bool:
    steps = _normal(key).split(".")
    return not _STEPS.isdisjoint(steps) or any(step.startswith("même_") for step in steps)


def _named(data: Data) -> Iterator[str]:
    """Yield the names that a charter gives to its own facts."""
    if isinstance(data, Mapping):
        for key in _NAMING:
            for one in (key, KEYS[key]):
                named = data.get(one)
                yield from map(str, named) if isinstance(named, dict | list) else ()


class _Reading:
    """A file that is read: the keys that it has, in whichever language, and those it has twice."""

    def __init__(self, kept: Collection[str]) -> None:
        self.kept = kept
        self.written = Written()
        self.problems: list[Problem] = []

    def read(self, data: Data, level: Level, path: Path) -> Data:
        """Return data with the words of English."""
        if isinstance(data, str):
            return word_in_english(data, level, self.kept)
        if isinstance(data, list):
            return [self.read(one, level.items, (*path, n)) for n, one in enumerate(data)]
        if not isinstance(data, dict):
            return data
        made: list[tuple[str, Data]] = []
        seen: set[str] = set()
        for key, one in data.items():
            english = self.meant(key, level)
            place = (*path, english)
            if english in seen:
                there = in_file(path, self.written)
                problem = Problem.of("key-in-both", *there, key, key=key, other=self.written[place])
                self.problems.append(problem)
            seen.add(english)
            self.written.setdefault(place, key)
            self.written.french += english != key
            self.written.english += level.french.get(key, key) != key
            made.append((english, self.read(one, level.under(english), place)))
        return firsts(made) if path else whole(made)

    def meant(self, key: str, level: Level) -> str:
        """Return the key of English that a key stands for."""
        if key in level.keys or (level.is_condition and key in self.kept):
            return key
        told = _normal(key)
        meant = level.english.get(told) or _headed(told, level.english_heads) or key
        return stepped(key, _STEP, self.kept) if level.is_condition and meant == key else meant


def word_in_english(word: str, level: Level, kept: Collection[str] = ()) -> str:
    """Return the English of a word that may stand at a place, unless a charter has it as a name."""
    meant = level.meant.get(_normal(word))
    is_own = level.takes(word) or (level.is_open and word in kept)
    return meant if meant and level.takes(meant) and not is_own else word


def key_in_english(key: str, kind: type) -> str:
    """Return the English of a key at the root of a kind of file; the key where it has none."""
    return _Reading(()).meant(key, level_of(kind)) if is_french(key) else key


def in_file(path: Path, written: Written) -> Path:
    """Return a path with the keys that a file has."""
    return tuple(written.get(path[:n], step) for n, step in enumerate(path, 1))


def in_french(data: Data, kind: type) -> Data:
    """Return the data of a file with the words of French, which `in_english` reads back."""
    kept = {*_named(data)}

    def write(data: Data, level: Level) -> Data:
        if isinstance(data, bool):
            return show(data, "fr") if "oui" in level.words else data
        if isinstance(data, str):
            return data if level.is_open and data in kept else word_in_french(data, level)
        if isinstance(data, list):
            return [write(one, level.items) for one in data]
        if not isinstance(data, dict):
            return data
        own = kept if level.is_condition else {*()}
        return {
            key_here(key, level, own): write(one, level.under(key)) for key, one in data.items()
        }

    return write(data, level_of(kind))


def key_here(key: str, level: Level, kept: Collection[str] = ()) -> str:
    """Return the French of a key, where no name that a charter chose is the same."""
    french = level.french.get(key) or _headed(key, level.heads) or key
    if level.is_condition and french == key:
        french = stepped(key, STEPS, kept)
    return key if french in kept or key in kept else french


def _headed(key: str, heads: Mapping[str, str]) -> str:
    """Return a name with a head in the other language; nothing where it has no such head."""
    head, _, rest = key.partition(".")
    return f"{heads[head]}.{rest}" if rest and head in heads else ""


def stepped(key: str, steps: Mapping[str, str], kept: Collection[str]) -> str:
    """Return a name with dots, of which some part is a charter's own, in the other language."""
    parts = _normal(key).split(".")
    if len(parts) == 1:
        return key
    return ".".join(part if part in kept else _step(part, steps, kept) for part in parts)


def _step(part: str, steps: Mapping[str, str], kept: Collection[str]) -> str:
    """Return a part of a name, which may be what acts have in common under a charter's label."""
    told, other = ("same_", "même_") if steps is STEPS else ("même_", "same_")
    made = part.replace(told, other, 1)
    is_own = part.startswith(told) and part.removeprefix(told) in kept
    return made if is_own and _FORMAT.isdisjoint({part, made}) else steps.get(part, part)


#: The words of hours, as files have them: `lun-ven 09:00-18:00`, `toujours`.
_WEEK: Final = {
    **dict(zip(say("days").split(), say("days", "fr").replace(".", "").split(), strict=True)),
    **{word: say(word, "fr") for word in ("always", "never")},
}
_WEEK_WORDS: Final = regex(r"[A-Za-z]+")


def word_in_french(text: str, level: Level) -> str:
    """Return the French of a word that may stand at a place; the word where it has none."""
    french = level.said.get(text) or VALUES.get(text)
    if french and level.takes(text) and not level.takes(french):
        return french
    if level.is_week:
        return hours_in_french(text)
    return time_in_french(text) if level.is_timed else text


def hours_in_french(text: str) -> str:
    """Return hours of the week with the days of French."""
    told = text.replace("working days", "jours ouvrés")
    return _WEEK_WORDS.sub(lambda found: _WEEK.get(found[0], found[0]), told)


def time_in_french(text: str) -> str:
    """Return a length of time, a rate or working days as French has them."""
    for pattern, said in _TEXTS:
        text = pattern.sub(said, text)
    return text
