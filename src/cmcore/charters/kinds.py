"""Kinds of act: what each is called, what is true of it, and what it undoes, said once."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from attrs import field

from cmcore.base.characters import fold
from cmcore.base.errors import Problem, check_language, refuse_any
from cmcore.base.ids import name_problems, nearest
from cmcore.base.language import LABELS, Language
from cmcore.base.synonyms import SYNONYMS
from cmcore.base.values import internal, value
from cmcore.display.names import named
from cmcore.time.week import WEEKDAYS


class Trait(Enum):
    """A property of a kind of act."""

    SAYS = auto()  # something in words of our own
    SHOWS = auto()  # what somebody else said, and needs no words of ours
    INFORMS = auto()  # may answer a question, or correct what was said
    ANSWERS = auto()  # points at the message that it answers
    TARGETS = auto()  # points at the message, or the account, that it acts on
    DIRECTED = auto()  # speaks to whoever wrote the message that it is about
    ADDRESSED = auto()  # has a recipient
    PRIVATE = auto()  # is seen by its recipient only
    PLANNED = auto()  # may be scheduled long before: others are made when there is cause
    REMOVES = auto()  # takes a message out of the sight of others
    SHUNS = auto()  # keeps a person from us, or from speaking to us
    LASTS = auto()  # may be over by itself after some time


@internal
class Kind:
    """A kind of act: a phrase and a noun in either language, what is true of it, what it undoes."""

    phrase: tuple[str, str]
    noun: tuple[str, str]
    traits: frozenset[Trait]
    undoes: frozenset[str]


def _kind(
    english: str, french: str, nouns: tuple[str, str], *traits: Trait, undoes: str = ""
) -> Kind:
    return Kind((english, french), nouns, frozenset(traits), frozenset(undoes.split()))


_T = Trait
_WORDS = (_T.SAYS, _T.INFORMS)
_TAKEN = (_T.TARGETS, _T.REMOVES)
_SHUNNED = (_T.TARGETS, _T.SHUNS, _T.LASTS)
#: Every kind is one word: what a charter declares has a hyphen, so that neither is ever the other.
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({
    "publish": _kind("publish something new", "publier", ("publication", "publication"),
                     *_WORDS, _T.PLANNED),
    "reply": _kind("answer somebody", "répondre", ("reply", "réponse"),
                   *_WORDS, _T.ANSWERS, _T.DIRECTED),
    "quote": _kind("pass on with a word of our own", "citer", ("quotation", "citation"),
                   *_WORDS, _T.TARGETS, _T.DIRECTED),
    "share": _kind("pass on what somebody else published", "partager", ("share", "partage"),
                   _T.SHOWS, _T.INFORMS, _T.TARGETS, _T.DIRECTED, _T.PLANNED),
    "react": _kind("like or react with a sign", "réagir", ("reaction", "réaction"),
                   _T.ANSWERS, _T.TARGETS),
    "message": _kind("write in private", "écrire en privé", ("private message", "message privé"),
                     *_WORDS, _T.ANSWERS, _T.DIRECTED, _T.ADDRESSED, _T.PRIVATE),
    "warn": _kind("warn somebody who broke a rule", "avertir", ("warning", "avertissement"),
                  _T.SAYS, _T.ANSWERS, _T.TARGETS, _T.DIRECTED, _T.ADDRESSED),
    "edit": _kind("change what was published", "modifier", ("edit", "modification"),
                  *_WORDS, _T.TARGETS),
    "archive": _kind("take away and keep", "archiver", ("archiving", "archivage"), *_TAKEN),
    "delete": _kind("take away for good", "supprimer", ("deletion", "suppression"), *_TAKEN),
    "restore": _kind("put back what was taken away", "rétablir", ("restoring", "rétablissement"),
                     _T.TARGETS, undoes="archive delete"),
    "hide": _kind("hide from the public", "masquer", ("hiding", "masquage"), *_TAKEN),
    "unhide": _kind("show what was hidden", "démasquer", ("unhiding", "démasquage"),
                    _T.TARGETS, undoes="hide"),
    "mute": _kind("stop seeing somebody", "mettre en sourdine", ("muting", "mise en sourdine"),
                  *_SHUNNED),
    "unmute": _kind("see somebody again", "lever la sourdine", ("unmuting", "levée de sourdine"),
                    _T.TARGETS, undoes="mute"),
    "block": _kind("shut somebody out", "bloquer", ("blocking", "blocage"), *_SHUNNED),
    "unblock": _kind("let somebody in again", "débloquer", ("unblocking", "déblocage"),
                     _T.TARGETS, undoes="block"),
    "follow": _kind("follow an account", "suivre", ("following", "abonnement"), _T.TARGETS),
    "unfollow": _kind("stop following an account", "ne plus suivre",
                      ("unfollowing", "désabonnement"), _T.TARGETS, undoes="follow"),
    "report": _kind("report to the network", "signaler",
                    ("report to the network", "signalement au réseau"), _T.TARGETS),
})  # fmt: skip


@value
class OwnKind:
    """A kind of act that a charter declares: what it is called in English and in French.

    Acts of a `silent` kind say nothing of their own and point at no message, unless either is
    given: to open an account is one. Those of a kind `like` a built-in one say and point at what
    acts of that do: to keep a copy of a message is like hiding it. Of others, what nobody gives is
    not known.

    Raises:
        InvalidError: when it has no name in one of the languages, is like no kind, or is both.
    """

    english: str
    french: str
    silent: bool = False
    like: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        named = {"en": self.english, "fr": self.french}
        empty = (
            Problem.of("empty", key, key=key, hint="name-kind")
            for key, name in named.items()
            if not name.strip()
        )
        refuse_any(empty, self._likeness_problems())

    def _likeness_problems(self) -> Iterator[Problem]:
        if self.like is not None and self.like not in KINDS:
            near = nearest(self.like, KINDS)
            yield Problem.of(
                "unknown-act-kind", "like", kind=self.like, near=near, known=sorted(KINDS)
            )
        elif self.like and self.silent:
            yield Problem.of("silent-and-like", "silent", kind=self.like)

    def name(self, language: Language = "en") -> str:
        """Return what it is called."""
        return self.french if language == "fr" else self.english


def own_kind_problems(name: str, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids a name as that of a kind of act that a charter declares.

    It has a hyphen, which no built-in kind has, and is no other way to write one of these. It is in
    small letters, as acts name it.
    """
    near = _spelt(name)
    if name in KINDS:
        yield Problem.of("built-in-kind", *path, kind=name)
    elif near or "-" not in name.strip("-"):
        yield Problem.of("no-own-kind", *path, kind=name, near=near)
    elif name != name.lower():
        yield Problem.of(
            "kind-in-capitals", *path, kind=name, hint="write-this", write=name.lower()
        )
    else:
        yield from name_problems(name, *path)


def _spelt(name: str) -> tuple[str, ...]:
    """Return the built-in kind that a name only writes in another way."""
    whole = name.casefold().replace("-", "")
    if "-" not in name.strip("-"):
        return nearest(name, KINDS, alike=0.85)
    meant = SYNONYMS.get(name.casefold(), whole)
    return (meant,) if meant in KINDS else ()


def word_text(fact: str, word: str, language: Language = "en") -> str:
    """Return a word that a fact may be in a sentence: as rules have it, in backticks.

    A kind of act that a charter declares is called by its label. French has the words of closed
    lists as files in French do.
    """
    if fact == "kind" and word not in KINDS:
        return named(word, "kind", language)
    return f"`{_label(f'word {fact}={word}', language) or word}`"


def fact_text(fact: str, language: Language = "en") -> str:
    """Return a fact in a sentence: as rules have it, in backticks; French as files in French do.

    What a charter chose as a name stays what it is.
    """
    told = _label(f"fact {fact}", language)
    return f"`{told or '.'.join(_steps(fact, language))}`"


def _steps(fact: str, language: Language) -> list[str]:
    """Return the parts of a fact that is measured or counted."""
    head, dot, last = fact.rpartition(".")
    if not dot:
        return [last]
    whole = _label(f"fact {head}", language) or _label(f"step {head}", language)
    return [
        *([whole] if whole else _steps(head, language)),
        _label(f"step {last}", language) or last,
    ]


def _label(code: str, language: Language) -> str:
    """Return what something is called in a language other than English, whose words files have."""
    column = check_language(language)
    return LABELS.get(code, ("", ""))[column] if column else ""


def words_text(fact: str, words: str | AbstractSet[str], language: Language = "en") -> str:
    """Return what a rule asks a fact to be, one word or one of several."""
    many = {words} if isinstance(words, str) else words
    return ", ".join(word_texts(fact, many, language)) or "∅"


def word_texts(fact: str, words: AbstractSet[str], language: Language = "en") -> list[str]:
    """Return words that a fact may be, as whoever reads them looks for them: days as they come."""
    many = [day for day in WEEKDAYS if day in words]
    if len(many) == len(words):
        return [word_text(fact, day, language) for day in many]
    told = sorted(word_text(fact, word, language) for word in words)
    return sorted(told, key=fold)  # those that fold alike stay in one order


def kinds(*traits: Trait) -> frozenset[str]:
    """Return the kinds of act of which all `traits` are true."""
    return frozenset(name for name, kind in KINDS.items() if kind.traits.issuperset(traits))


def undoing(*many: str) -> frozenset[str]:
    """Return the kinds of act that undo any of `many`."""
    return frozenset(name for name, kind in KINDS.items() if not kind.undoes.isdisjoint(many))


def undoes(later: str | None, earlier: str | None) -> bool:
    """Return whether acts of one kind undo those of another."""
    kind = KINDS.get(later or "")
    return kind is not None and earlier in kind.undoes


#: The kinds of act that say or show nothing of their own.
SILENT: Final = frozenset(KINDS) - kinds(Trait.SAYS) - kinds(Trait.SHOWS)
#: The kinds of act that take a message out of the sight of others.
REMOVING: Final = kinds(Trait.REMOVES)
#: What acts of some kinds have not, unless it is given -> these kinds.
WITHOUT: Final[Mapping[str, frozenset[str]]] = MappingProxyType({
    **dict.fromkeys(
        ("text", "links", "hashtags", "mentions", "media", "described", "template", "format"),
        SILENT,
    ),
    "recipient": frozenset(KINDS) - kinds(Trait.ADDRESSED),
    "duration": frozenset(KINDS) - kinds(Trait.LASTS),
    "in_reply_to": frozenset(KINDS) - kinds(Trait.ANSWERS),
    "target": frozenset(KINDS) - kinds(Trait.TARGETS),
})  # fmt: skip
