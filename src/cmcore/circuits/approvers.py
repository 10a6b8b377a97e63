"""Approvers: whom a stage may ask."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems, one_of
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.display.names import cells
from cmcore.display.wording import Language, say


class Source(StrEnum):
    """How approvers are found."""

    ROLE = "role"
    SKILL = "skill"
    TEAM = "team"
    NAME = "name"


def _source(given: str) -> Source:
    return one_of(Source, given)


@value
class Approvers:
    """The people a stage may ask, found by the `names` of their role, skill, team or their own.

    Somebody with a role but without the skills it requires does not hold it, and is not asked.
    """

    __thing__ = "approvers"

    by: Source = field(converter=_source)
    names: frozenset[str] = field(converter=each_once)

    def __attrs_post_init__(self) -> None:
        found = [p for name in sorted(self.names) for p in id_problems(name, str(self.by))]
        if not self.names:
            found.append(Problem.of("empty", str(self.by), key=self.by))
        if found:
            raise InvalidError(found)

    def text(self, language: Language = "en") -> str:
        """Say in a few words who they are."""
        return say(f"by {self.by}", language, names=cells(sorted(self.names), self.sort, language))

    @property
    def sort(self) -> Sort:
        """What its names are the ids of."""
        return _SORTS[self.by]


_SORTS: Final[Mapping[Source, Sort]] = {
    Source.ROLE: "role",
    Source.SKILL: "skill",
    Source.TEAM: "team",
    Source.NAME: "member",
}
