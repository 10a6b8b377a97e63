"""Roles: what somebody in the team does, and the skills it takes."""

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError
from cmcore.base.frozen import each_once
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.display.wording import Language
from cmcore.teams.availability import DAY


@value
class Role:
    """A role: the skills it `requires`, the minutes a day it takes, its names for people.

    `based_on` is the role of the catalog that it is derived from, under whatever name.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    requires: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    minutes: int = field(default=0, kw_only=True)
    english: str = field(default="", kw_only=True)
    french: str = field(default="", kw_only=True)
    based_on: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "id"), *count_problems(self.minutes, "minutes", most=DAY)]
        found += [] if self.based_on is None else id_problems(self.based_on, "based_on")
        if found:
            raise InvalidError(found)

    def label(self, language: Language = "en") -> str:
        """Return its name in a language, or its id if it has none."""
        return (self.english if language == "en" else self.french) or self.id
