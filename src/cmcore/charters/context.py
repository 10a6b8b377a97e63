"""The context of an act: when, by whom, in what situation, after what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from attrs import field

from cmcore.base.asked import checked
from cmcore.base.errors import refuse_any
from cmcore.base.frozen import FrozenMap, symbols
from cmcore.base.ledgers import View
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.teams.contracts import contract_of, contract_problems
from cmcore.teams.team import Team
from cmcore.time.week import require_aware


@value
class Author:
    """The author as a charter sees them; None means unknown.

    Raises:
        InvalidError: when there is no such contract.
    """

    roles: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    seniority: str | None = field(default=None, kw_only=True)
    contract: str | None = field(default=None, kw_only=True, converter=contract_of)
    trained_in: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)

    def __attrs_post_init__(self) -> None:
        refuse_any(contract_problems(self.contract, "contract"))


@checked
def author_of(team: Team, id: str, at: datetime) -> Author:  # noqa: A002 - as in the team
    """Return somebody in a team as a charter sees them at an instant.

    Their roles are those that they hold then with all the skills that these require. Of somebody
    who is not in the team, nothing is known.

    Raises:
        InvalidError: when `at` is naive.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Member, Role, Team
        >>> from cmcore.charters import author_of
        >>> ana = Member("ana", roles={"writer"}, skills={"calm"}, contract="internship")
        >>> team = Team("crew", [ana], [Role("writer")])
        >>> author = author_of(team, "ana", datetime(2026, 3, 2, 9, tzinfo=UTC))
        >>> author.contract, sorted(author.roles), sorted(author.trained_in)
        ('internship', ['writer'], ['calm'])
    """
    then = team.at(require_aware(at, "at"))
    found = next((one for one in then.members if one.id == id), None)
    if found is None:
        return Author()
    return Author(
        roles={role.id for role in then.roles if found.holds(role)},
        seniority=found.seniority,
        contract=found.contract,
        trained_in=found.skills,
    )


@value
class Situation:
    """Whether an incident is open, and how severe it is; None means unknown."""

    open: bool | None = None
    severity: str | None = None


CALM = Situation(open=False)


def _acts(many: Iterable[Act]) -> Sequence[Act]:
    return many if isinstance(many, View) else tuple(many)


def _dates(many: Iterable[date] | None) -> frozenset[date] | None:
    return None if many is None else frozenset(many)


def _events(given: Mapping[str, datetime | None]) -> FrozenMap[datetime | None]:
    return FrozenMap(given)


def _no_events() -> FrozenMap[datetime | None]:
    return FrozenMap()


@value
class Earlier:
    """The earlier acts, and the moment since when none is missing (None: all of them)."""

    acts: Sequence[Act] = field(default=(), converter=_acts)
    since: datetime | None = None


@value
class Context:
    """What is known about the circumstances of an act; None means unknown.

    `at` is the moment of the act if the act itself does not say; `holidays` are whole local days,
    those of the charter's calendar unless given; `events` give the instant of each event that the
    charter declares, None for an event that has not happened (an event that is left out is
    unknown).
    """

    at: datetime | None = field(default=None, kw_only=True)
    author: Author = field(factory=Author, kw_only=True)
    incident: Situation = field(factory=Situation, kw_only=True)
    earlier: Earlier | None = field(default=None, kw_only=True)
    holidays: frozenset[date] | None = field(default=None, kw_only=True, converter=_dates)
    events: FrozenMap[datetime | None] = field(factory=_no_events, kw_only=True, converter=_events)
