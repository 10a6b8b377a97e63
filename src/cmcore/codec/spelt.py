"""What is said of a file in French: at its own keys, and with the words that it may have."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import attrs

from cmcore.base.errors import Path, Problem, show_path
from cmcore.base.ids import nearest
from cmcore.base.regex import regex
from cmcore.base.shown import Param
from cmcore.base.synonyms import SYNONYMS
from cmcore.charters.kinds import fact_text
from cmcore.codec.french import (
    STEPS,
    Level,
    Written,
    below,
    hours_in_french,
    in_file,
    key_here,
    level_of,
    stepped,
    time_in_french,
    word_in_french,
)
from cmcore.codec.keys import VALUES
from cmcore.display.wording import show

#: Codes of problems with a word that is not known -> the parameter that it is.
_UNKNOWN: Final = {
    "unknown-key": "key",
    "unknown-fact": "fact",
    "unknown-op": "op",
    "unknown-value": "value",
}
#: Hints that know what is meant, so that no near word is looked for.
_SURE: Final = frozenset({"beside-when", "look-back", "side-by-side"})
#: Parameters that are keys of files, and those that are keys or words which it should have.
_NAMES: Final = ("key", "beside", "fact", "detail")
_OFFERED: Final = ("known", "near")
#: Problems of an event that lacks what its kind, a key of its own, must say.
_OF_KINDS: Final = frozenset({"missing-detail"})
#: A step of a path: the number of an item, or a key.
_STEP: Final = regex(r"\[([0-9]+)\]|([^.\[\]]+)")
#: Problems of a name that is a word of the format where it stands.
_OF_WORDS: Final = frozenset({"erased-and-masked", "left-in-text"})


def as_in_file(problem: Problem, written: Written, kind: type, *steps: str | int) -> Problem:
    """Return a problem with the keys that a file has, and in French those that it should have.

    One in another file, which this one names, has the keys of that file already.
    """
    if not written or problem.file is not None:
        return problem
    path = problem.path
    around = below(level_of(kind, *steps), path[:-1])
    there = in_file(path, written)
    if not written.is_french:
        return problem.at(*there)
    if path and path not in written:
        there = (*there[:-1], _translated(path[-1], around.french))
    levels = [below(level_of(kind, *steps), path[:n]) for n in range(len(path), -1, -1)]
    words = VALUES if problem.code == "unknown-value" else around.french
    told = dict(problem.params)
    told |= {name: _translated(told[name], around.french) for name in _NAMES if name in told}
    told |= {name: _translated(problem.params[name], words) for name in _OFFERED if name in told}
    if "fact" in told and problem.code != "unknown-fact":
        told["fact"] = fact_text(str(told["fact"]), "fr").strip("`")
    here = {**levels[0].french, **levels[0].said}
    if problem.code in _OF_KINDS:
        told["kind"] = _translated(told["kind"], around.french)
    beside = {key: one.said for key, one in around.keys.items() if key in told}
    told |= {key: _translated(told[key], said) for key, said in beside.items()}
    if problem.hint_code == "first-at":
        told["first"] = show_path(in_file(_path(str(told["first"])), written))
    if problem.code in _OF_WORDS:
        told["name"] = _translated(told["name"], here)
    for name in told.keys() & {*_OFFERED}:
        told[name] = _made(_translated(told[name], here))
    wrong = _UNKNOWN.get(problem.code)
    near = _near(str(told[wrong]), _known(told, around), around.french) if wrong else ()
    if near and problem.hint_code not in _SURE and "write" not in told:
        told["near"] = near
    made = attrs.evolve(problem, path=there, params=told)
    own = {*_named(made)}
    spelt = {piece: _spelt(piece, levels=levels, named=own) for piece in made.pieces}
    return attrs.evolve(made, spelt={one: told for one, told in spelt.items() if told != one})


def _path(shown: str) -> Path:
    """Return the path that a place shows, such as `rules[3]`."""
    return tuple(int(number) if number else key for number, key in _STEP.findall(shown))


def _near(word: str, known: Collection[str], french: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of French that are meant by another, or else are nearest to it."""
    meant = french.get(SYNONYMS.get(word.casefold(), ""), "")
    return (meant,) if meant in known else nearest(word, known)


def _known(told: Mapping[str, Param], around: Level) -> Collection[str]:
    """Return the words that might be meant: those that the problem names, or all keys there."""
    known = told.get("known")
    return [str(one) for one in known] if isinstance(known, tuple) else around.french.values()


def _translated(given: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - a step or a parameter
    if isinstance(given, tuple):
        return tuple(_translated(one, words) for one in given)
    return words.get(given, given) if isinstance(given, str) else given


def _made(given: Any) -> Any:  # noqa: ANN401 - a parameter
    """Return names of facts with their parts in French, where they are made of others."""
    if isinstance(given, tuple):
        return tuple(map(_made, given))
    return stepped(given, STEPS, ()) if str(given).startswith(_OF_OTHERS) else given


# ---------------------------------------------------------------------------- what is to be written

#: Flags of files in English.
_FLAGS: Final = {"yes": True, "no": False}
#: Hours of the week, as hints write them.
_HOURS: Final = regex(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*|working days.*|always|never")
#: A length of time, a number of acts, or what it is counted in.
_TIMED: Final = regex(r"[0-9].*|per .*")
#: Names of facts that are made of others.
_OF_OTHERS: Final = ("recent.", "since.")
_PAIR: Final = regex(r"([^:{}\[\],`]+): (.+)")
#: Parameters that are to be written, and not what a file names.
_WRITTEN: Final = frozenset({"write", "example", "op"})


def _named(problem: Problem) -> Iterator[str]:
    """Yield what a problem names: people chose it, or it is translated by itself."""
    for name, given in problem.params.items():
        if name not in _WRITTEN:
            yield from map(str, given if isinstance(given, tuple) else [given])


def _spelt(piece: str, levels: Sequence[Level], named: Collection[str]) -> str:
    """Return what a sentence says to write as a file in French would have it.

    It is looked for at its place first, then in what is around: what a hint writes may be a value
    there, a key beside it, or what stands anywhere in the file.
    """
    if piece in named:
        return _word(piece, levels[0])
    parts = [(one, one.items, one.free) for one in levels[-1].keys.values()]
    places = [*levels, *chain.from_iterable(parts)]
    name, colon, rest = piece.partition(": ")
    for own, body in (("", piece), (f"{name}{colon}", rest)):
        found = (_written(body, level) for level in places if name in named or not own)
        told = next((one for one in found if one != body), None)
        if told is not None:
            return own + told
    return stepped(piece, STEPS, ()) if piece.startswith(_OF_OTHERS) else piece


def _written(text: str, level: Level) -> str:
    """Return a text of YAML with the words of French, as far as they may stand at a place."""
    if text.startswith("- "):
        return f"- {_written(text[2:], level.items)}"
    if text[:1] + text[-1:] == "[]":
        return f"[{', '.join(_written(one, level.items) for one in _parts(text[1:-1]))}]"
    is_mapping = text[:1] + text[-1:] == "{}"
    pairs = [_PAIR.fullmatch(one) for one in _parts(text[1:-1] if is_mapping else text)]
    many = [(level.english.get(one[1], one[1]), one[2]) for one in pairs if one]
    if not many or len(many) < len(pairs):
        return _word(text, level)
    if not all(_has(level, key) for key, _ in many):
        return text
    told = (f"{key_here(key, level)}: {_written(one, level.under(key))}" for key, one in many)
    return f"{{{', '.join(told)}}}" if is_mapping else ", ".join(told)


def _word(text: str, level: Level) -> str:
    """Return the French of one word: a value at a place, or else a key there."""
    if text in _FLAGS:
        return show(_FLAGS[text], "fr")
    if _HOURS.fullmatch(text):
        return hours_in_french(text)
    if _TIMED.fullmatch(text):
        return time_in_french(f" {text}")[1:]
    found = word_in_french(text, level)
    return found if found != text else level.french.get(text, text)


def _has(level: Level, key: str) -> bool:
    """Return whether a key may stand at a place: as a word of the format, or as any name."""
    if level.is_condition:
        return key in level.keys or stepped(key, STEPS, ()) != key
    return key in level.keys or bool(level.free.shapes)


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a text between commas that stand in no brackets."""
    depth, begun = 0, 0
    for at, sign in enumerate(text):
        depth += (sign in "{[") - (sign in "}]")
        if sign == "," and depth == 0:
            yield text[begun:at].strip()
            begun = at + 1
    yield text[begun:].strip()
