"""Names: what people and things are called, and whom they are named for.

Values refer to others by id. Whoever reads a view knows people by their names, and roles by their
labels: so each view is for a `Reader`, who has a language and knows some names. Where a thing has
no name that the reader knows, its id stands for it.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, singledispatch
from itertools import islice
from typing import Final, Self, cast

from attrs import evolve, field

from cmcore.base.alike import looks
from cmcore.base.errors import Problem, check_language
from cmcore.base.language import LABELS, LANGUAGES, SENTENCES, Language
from cmcore.base.shown import Sort, clean, clip
from cmcore.base.typography import typeset
from cmcore.base.values import internal

#: What something is called, in English and in French: either may be missing.
Label = tuple[str, str]
#: Ids of one sort, with what each is called.
Labels = Mapping[str, Label]


@internal
class Names:
    """What things are called, by sort and id: `role`, `member`, `rule`, `circuit` and so on."""

    labels: Mapping[Sort, Labels] = field(factory=dict)

    def __or__(self, other: "Names") -> "Names":
        """Return the names of both: those of `other` come first."""
        if self is other or not (self.labels and other.labels):
            return self if self.labels else other
        sorts: list[Sort] = [*dict.fromkeys([*self.labels, *other.labels])]
        return Names(
            {sort: {**self.labels.get(sort, {}), **other.labels.get(sort, {})} for sort in sorts}
        )

    def name(self, id: str, sort: Sort, column: int) -> str:  # noqa: A002
        """Return what a thing is called in the language of a column; nothing if that is unknown.

        Its own name in that language comes before that of the catalog, and that before its own name
        in another language, which is better than an id.
        """
        own = self.labels.get(sort, {}).get(id, _UNNAMED)
        return own[column] or LABELS.get(f"{sort} {id}", _UNNAMED)[column] or own[1 - column]

    def is_shared(self, id: str, sort: Sort, column: int) -> bool:  # noqa: A002
        """Return whether people may take the name of a thing for that of another."""
        of_all = self._looks[column].get(sort, {})
        shown = looks(self.name(id, sort, column))
        return any(of_all.get(look, {id}) != {id} for look in shown)

    @cached_property
    def _looks(self) -> tuple[Mapping[Sort, Mapping[str, set[str]]], ...]:
        """Whose name or id each look is, by language and sort."""
        return tuple(
            {sort: self._looks_of(sort, column) for sort in self.labels}
            for column in range(len(LANGUAGES))
        )

    def _looks_of(self, sort: Sort, column: int) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for id_ in self.labels[sort]:
            for look in looks(self.name(id_, sort, column) or id_):
                found.setdefault(look, set()).add(id_)
        return found


def _tidy(label: str | Label) -> Label:
    """Return a name on one line, without what could pass for code: strangers wrote it."""
    english, french = (label, label) if isinstance(label, str) else label
    return _line(english), _line(french)


def _line(name: str) -> str:
    """Return a name on one line, not too long: a no-break space that fits is left as it is."""
    shown = clean(name.replace("`", "'")).strip()
    cut = clip(shown)
    return shown if len(shown) == len(cut) else cut


def names_by_sort(**labels: Mapping[str, str | Label]) -> Names:
    """Return what things are called: by sort and id, one text, or one in English and in French.

    The sorts are `circuit`, `member`, `role`, `rule` and the others that sentences speak of. With
    `reader`, and as the `names` of a view, these come beside those that a team or a charter knows.

    ```pycon
    >>> from cmcore import Plan
    >>> from cmcore.display import names_by_sort
    >>> names = names_by_sort(member={"bo": "Bo Lin"}, role={"author": ("writer", "rédaction")})
    >>> print(Plan([("bo", "author")]).text("fr", names=names))
    un plan pour 1 personne
      Bo Lin  rédaction

    ```
    """
    return Names({
        cast("Sort", sort): {id_: _tidy(label) for id_, label in many.items()}
        for sort, many in labels.items() if many
    })  # fmt: skip


#: What a thing is called that has no name.
_UNNAMED: Final[Label] = ("", "")
#: Knowing no names, everything is called by its id.
NO_NAMES: Final = Names()


class Reader(str):
    """A language, with the names that whoever reads it knows, and whether ids are shown as well.

    Where they have a time zone, conditions tell moments by its clocks. It is its language: whatever
    says something in a language says it to a reader.
    """

    __slots__ = ("ids", "names", "zone")

    names: Names
    ids: bool
    zone: str

    def __new__(
        cls, language: str, names: Names = NO_NAMES, *, ids: bool = False, zone: str = ""
    ) -> Self:
        """Return the reader of a language."""
        made = super().__new__(cls, language)
        made.names, made.ids, made.zone = names, ids, zone
        return made


def reader(
    language: Language, names: Names = NO_NAMES, *, ids: bool = False, zone: str = ""
) -> Language:
    """Return who reads a language and knows some names, and those that they know already.

    Whatever takes a language takes its reader.

    ```pycon
    >>> from datetime import UTC, datetime
    >>> from cmcore.display import moment_text, reader
    >>> moment_text(datetime(2026, 11, 28, 8, tzinfo=UTC), reader("en", zone="Europe/Paris"))
    '2026-11-28 09:00+01:00'

    ```

    Raises:
        InvalidError: when nothing is worded in the language.
    """
    check_language(language)
    known = language if isinstance(language, Reader) else Reader(language)
    made = Reader(str(known), names | known.names, ids=ids or known.ids, zone=zone or known.zone)
    return cast("Language", made)


def zone_of(language: Language) -> str:
    """Return the time zone of whoever reads a language, if they have one."""
    return language.zone if isinstance(language, Reader) else ""


@singledispatch
def own_names(thing: object) -> Names:
    """Return the names of what a thing is made of: a subject registers its values that have any."""
    return thing if isinstance(thing, Names) else NO_NAMES


@own_names.register(list)
@own_names.register(tuple)
def _(many: Iterable[object]) -> Names:
    known = NO_NAMES
    for one in many:
        known |= names_of(one)
    return known


def names_of(thing: object) -> Names:
    """Return the names that a thing knows, its own and those it was told.

    Several things, in a list, know what each of them knows.

    ```pycon
    >>> from cmcore import Member, Plan, Role, Team
    >>> from cmcore.display import names_of
    >>> team = Team("crew", [Member("ana", name="Ana Roy")], [Role("author", english="writer")])
    >>> print(Plan([("ana", "author")]).text(names=names_of(team)))
    a plan for 1 person
      Ana Roy  writer

    ```
    """
    told: Names = getattr(thing, "_names_told", NO_NAMES)
    return own_names(thing) | told


def named(id: str, sort: Sort, language: Language = "en") -> str:  # noqa: A002
    """Return what a thing is called in a sentence: by its id, in backticks, if it has no name.

    Where several have that name, or ids are asked for, its id comes after it in brackets.
    """
    return _called(id, sort, language) or f"`{id}`"


def cell(id: str, sort: Sort, language: Language = "en") -> str:  # noqa: A002
    """Return what a thing is called where it stands alone: by its id if it has no name."""
    return _called(id, sort, language) or id


def handle(id: str, sort: Sort, language: Language = "en") -> str:  # noqa: A002
    """Return the id of a thing where a sentence beside it says what it is.

    A reader who knows things of that sort by name needs no id, unless they ask for it.
    """
    who = language if isinstance(language, Reader) else Reader(language)
    is_known = bool(who.names.labels.get(sort, {}).get(id))
    return id if who.ids or not is_known else ""


def _called(id_: str, sort: Sort, language: Language) -> str:
    who = language if isinstance(language, Reader) else Reader(language)
    column = check_language(language)
    name = who.names.name(id_, sort, column)
    if not name:
        return ""
    is_told = who.ids or who.names.is_shared(id_, sort, column)
    if name == id_:
        return "" if is_told else name
    return f"{name} (`{id_}`)" if is_told else name


def told_by_name(problems: Iterable[Problem], names: Names) -> list[Problem]:
    """Return problems that call people and things by names, as far as these are known."""
    english, french = reader("en", names), reader("fr", names)

    def told(problem: Problem) -> Problem:
        called = {
            f"{sort} {id_}": (
                _called(id_, cast("Sort", sort), english),
                _called(id_, cast("Sort", sort), french),
            )
            for sort, id_ in problem.named
        }
        return evolve(problem, called=called) if called else problem

    return [told(problem) for problem in problems]


def name_list(
    ids: Iterable[str], sort: Sort, language: Language = "en", most: int | None = None
) -> str:
    """Return what things are called in a sentence, the first of them, with commas between them."""
    many = [*islice(ids, None if most is None else most + 1)]
    told = [named(id_, sort, language) for id_ in many[:most]]
    return ", ".join([*told, *(["…"] if len(many) > len(told) else [])])


def all_named(ids: Iterable[str], sort: Sort, language: Language = "en") -> str:
    """Return what things are called in a sentence, as a list that ends in `and`."""
    *most, last = [named(id_, sort, language) for id_ in ids] or ["–"]
    column = check_language(language)
    joint = typeset(SENTENCES["and"][column], column)
    return joint.join([*([", ".join(most)] if most else []), last])


def cells(ids: Iterable[str], sort: Sort, language: Language = "en") -> str:
    """Return what things are called where they stand alone; a dash if there are none."""
    return ", ".join(cell(id_, sort, language) for id_ in ids) or "–"
