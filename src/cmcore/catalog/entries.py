"""Entries: what the catalog holds besides the library's own nouns, each said in two languages."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import attrs
from attrs import field

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import nearest
from cmcore.base.shown import Sort
from cmcore.base.typography import typeset
from cmcore.base.values import value
from cmcore.display.cards import sentence
from cmcore.display.names import cell
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, check_language, say, say_many
from cmcore.teams.needs import Needs
from cmcore.teams.role import Role


@value
class Bilingual:
    """The same thing said in English and in French."""

    en: str
    fr: str

    def text(self, language: Language = "en") -> str:
        """Return it in a language, as it is set there."""
        column = check_language(language)
        return typeset((self.en, self.fr)[column], column)


@value
class Entry(Viewable):
    """Something of the catalog: its label, what it is about, and the sections it comes from.

    A section is a source text and its number in it, as in `003.6`.
    """

    id: str
    label: Bilingual = field(kw_only=True)
    about: Bilingual = field(kw_only=True)
    sources: tuple[str, ...] = field(kw_only=True)

    def _view(self, language: Language) -> View:
        """Return the view of it for a terminal or a notebook."""
        return View(
            title=self.label.text(language),
            lines=(Line("", "", self.about.text(language)), *self.lines(language)),
            foot=say("catalog sources", language, sources=", ".join(self.sources)),
        )

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield what only this kind of entry says."""
        del language
        yield from ()


def _listed(code: str, many: Iterable[Bilingual], language: Language) -> Iterator[Line]:
    for one in many:
        yield Line(say(f"catalog {code}", language), "", one.text(language))


def _words(
    code: str, many: Iterable[str], language: Language, sort: Sort | None = None
) -> Iterator[Line]:
    told = ", ".join(one if sort is None else cell(one, sort, language) for one in many)
    if told:
        yield Line(say(f"catalog {code}", language), "", told)


@value
class Profile(Entry):
    """A role, and who would suit it: its mission, the traits it wants, where to look for them.

    `core` roles belong to any team; the others depend on its purpose. `networks` are those on which
    somebody with this profile is at home.
    """

    core: bool = field(kw_only=True)
    requires: frozenset[str] = field(kw_only=True)
    minutes: int = field(kw_only=True)
    mission: tuple[Bilingual, ...] = field(kw_only=True)
    traits: tuple[Bilingual, ...] = field(kw_only=True)
    recruited: tuple[Bilingual, ...] = field(kw_only=True)
    networks: tuple[str, ...] = field(kw_only=True)

    @property
    def role(self) -> Role:
        """The role itself, for a team."""
        return Role(
            self.id,
            requires=self.requires,
            minutes=self.minutes,
            english=self.label.en,
            french=self.label.fr,
        )

    def named(self, id: str) -> Role:  # noqa: A002
        """Return the role under another id, which a checkup recognises all the same.

        Raises:
            InvalidError: when it cannot be an id.
        """
        return attrs.evolve(self.role, id=id, based_on=self.id, english="", french="")

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield the mission, the traits, where to look for them, and their networks."""
        yield from _listed("mission", self.mission, language)
        yield from _listed("trait", self.traits, language)
        yield from _listed("recruited", self.recruited, language)
        yield from _words("networks", self.networks, language, "network")


@value
class Objective(Entry):
    """What a company expects of social media, with the needs it creates and its indicators."""

    needs: Needs = field(kw_only=True)
    indicators: tuple[str, ...] = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield the roles it needs and its indicators."""
        yield from _words("seats", (seat.role for seat in self.needs.seats), language, "role")
        yield from _words("indicators", self.indicators, language, "indicator")


@value
class Size(Entry):
    """A size of company: the needs it creates, and its daily work in percent of a small one's."""

    needs: Needs = field(kw_only=True)
    percent: int = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield how many seats each role has."""
        seats = (f"{cell(seat.role, 'role', language)} {seat.least}" for seat in self.needs.seats)
        yield from _words("seats", seats, language)


@value
class Model(Entry):
    """A way of making a team, with the conditions under which it works, its strengths and risks."""

    conditions: tuple[Bilingual, ...] = field(kw_only=True)
    strengths: tuple[Bilingual, ...] = field(kw_only=True)
    risks: tuple[Bilingual, ...] = field(kw_only=True)
    roles: tuple[str, ...] = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield the conditions, the strengths, the risks and the roles."""
        yield from _listed("condition", self.conditions, language)
        yield from _listed("strength", self.strengths, language)
        yield from _listed("risk", self.risks, language)
        yield from _words("seats", self.roles, language, "role")


#: How people say every so many days: those of the longest month, quarter and so on.
_RHYTHMS: Final[Mapping[int, str]] = {
    31: "monthly", 92: "quarterly", 183: "twice a year", 366: "yearly", 3660: "once",
}  # fmt: skip


@value
class Practice(Entry):
    """Something good to do again and again, at least once in `every` days."""

    every: int = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield how often."""
        rhythm = _RHYTHMS.get(self.every)
        told = (
            say(f"catalog {rhythm}", language)
            if rhythm
            else say_many("catalog days", self.every, language)
        )
        yield Line(say("catalog often", language), "", told)


@value
class Task(Entry):
    """A part of the work: the role it belongs to first, and the kinds of act that do it."""

    role: str = field(kw_only=True)
    acts: tuple[str, ...] = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield the role and the acts."""
        yield from _words("seats", [self.role], language, "role")
        yield from _words("acts", self.acts, language, "kind")


@value
class Indicator(Entry):
    """Something to measure."""


@value
class Idea:
    """An idea of a source text, and the names of what carries it in the library.

    A carrier is `cmcore.…`, importable; `catalog.charters["association"]`, an entry of the catalog;
    or `check "reports"`, a check of `checkup`. An idea that is `prose` is only put into words:
    nothing in the library could detect that a company goes against it. `not_carried` is the part of
    an idea of which that is so, where the rest is carried.
    """

    id: str
    en: str = field(kw_only=True)
    fr: str = field(kw_only=True)
    carriers: tuple[str, ...] = field(kw_only=True)
    prose: bool = field(default=False, kw_only=True)
    not_carried: Bilingual | None = field(default=None, kw_only=True)

    @property
    def section(self) -> str:
        """The text and the section, as in `003.6`."""
        return self.id.rpartition(".")[0]

    def text(self, language: Language = "en") -> str:
        """Return it in a language, as it is set there."""
        return Bilingual(self.en, self.fr).text(language)


@sentence.register
def _(idea: Idea, language: Language) -> str:
    """Say an idea, what carries it, and honestly what does not."""
    carriers = ", ".join(f"`{one}`" for one in idea.carriers)
    told = say("catalog carried", language, idea=idea.text(language), carriers=carriers)
    if idea.prose:
        return f"{told} {say('catalog prose', language)}"
    left = idea.not_carried
    if left is None:
        return told
    return f"{told} {say('catalog not carried', language, left=left.text(language))}"


# ------------------------------------------------------------------------------------- dilemmas


@value
class Option:
    """One way out of a dilemma."""

    id: str
    label: Bilingual


@value
class Criterion:
    """A question of a dilemma, as a statement; the light way out needs `wanted` as its answer."""

    wanted: bool
    en: str
    fr: str


@value
class Dilemma(Entry):
    """A choice between a light way out, which has conditions, and a sound one, which has none.

    The light one is enough if every question is known to have the answer it wants. A single answer
    against it calls for the sound one.
    """

    light: Option = field(kw_only=True)
    sound: Option = field(kw_only=True)
    questions: FrozenMap[Criterion] = field(kw_only=True)

    def lines(self, language: Language = "en") -> Iterator[Line]:
        """Yield both ways out, and what the light one needs."""
        yield Line(say("catalog sound", language), "", self.sound.label.text(language))
        yield Line(say("catalog light", language), "", self.light.label.text(language))
        for one in self.questions.values():
            code = "catalog wanted" if one.wanted else "catalog unwanted"
            yield Line(say(code, language), "", Bilingual(one.en, one.fr).text(language))

    def advise(self, answers: Mapping[str, bool | None]) -> "Advice":
        """Return the way out that the answers lead to; an answer that is missing or None is open.

        Raises:
            InvalidError: when an answer is to no question of the dilemma.
        """
        found = [
            Problem.of(
                "not-in-dilemma",
                name,
                name=name,
                near=nearest(name, self.questions),
                known=self.questions,
            )
            for name in answers
            if name not in self.questions
        ]
        if found:
            raise InvalidError(found)
        return Advice(self, {name: one for name, one in answers.items() if one is not None})


def _answers(given: Mapping[str, bool]) -> FrozenMap[bool]:
    return FrozenMap(given)


class Lean(StrEnum):
    """Which way out an answer supports."""

    LIGHT = "light"
    SOUND = "sound"
    OPEN = "open"


@value
class Advice(Viewable):
    """The way out of a dilemma, as far as its questions are answered, with the reasons."""

    dilemma: Dilemma
    answers: FrozenMap[bool] = field(converter=_answers)

    def lean(self, question: str) -> Lean:
        """Return what the answer to a question supports; KeyError when there is no such one."""
        wanted = self.dilemma.questions[question].wanted
        given = self.answers.get(question)
        if given is None:
            return Lean.OPEN
        return Lean.LIGHT if given == wanted else Lean.SOUND

    def of(self, lean: Lean | str) -> tuple[str, ...]:
        """Return the questions whose answers support something, or that are open."""
        return tuple(name for name in self.dilemma.questions if self.lean(name) == lean)

    @property
    def chosen(self) -> Option | None:
        """The way out; None while an open question could change it."""
        if self.of(Lean.SOUND):
            return self.dilemma.sound
        return None if self.of(Lean.OPEN) else self.dilemma.light

    def _view(self, language: Language) -> View:
        """Return the view of the advice for a terminal or a notebook."""
        chosen = self.chosen
        heads = tuple(say(f"catalog {code}", language) for code in ("speaks", "question", "answer"))
        named = [(name, self.lean(name)) for lean in Lean for name in self.of(lean)]
        ordered = sorted(named, key=lambda pair: _ORDER.index(pair[1]))
        return View(
            title=say("catalog undecided", language)
            if chosen is None
            else chosen.label.text(language),
            tone="exception" if chosen is None else "covered",
            tables=(Table(heads, tuple(self._row(*pair, language) for pair in ordered)),),
            foot=self.dilemma.about.text(language),
        )

    def _row(self, name: str, lean: Lean, language: Language) -> tuple[str, ...]:
        one = self.dilemma.questions[name]
        given = self.answers.get(name)
        shown = "?" if given is None else say("yes" if given else "no", language)
        options = {Lean.LIGHT: self.dilemma.light, Lean.SOUND: self.dilemma.sound}
        way = {of: option.label.text(language) for of, option in options.items()}
        return (way.get(lean, "–"), Bilingual(one.en, one.fr).text(language), shown)


_ORDER = (Lean.SOUND, Lean.OPEN, Lean.LIGHT)
