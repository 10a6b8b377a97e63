"""Networks that nobody knows, one slip from a known one; roles and objectives of no catalog."""

from collections.abc import Iterable, Iterator
from typing import Final

from cmcore import catalog
from cmcore.base.errors import Path, Problem
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, tests, words_asked
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team

_KNOWN: Final = frozenset(
    {"bluesky", "dailymotion", "discord", "facebook", "flickr", "instagram", "linkedin"}
    | {"mastodon", "messenger", "pinterest", "quora", "reddit", "snapchat", "telegram", "threads"}
    | {"tiktok", "tumblr", "twitch", "twitter", "viadeo", "vimeo", "vk", "wechat", "weibo"}
    | {"whatsapp", "x", "xing", "youtube"}
)
#: How similar names must be: a private forum is not a misspelling.
_ALIKE: Final = 0.85


def odd_networks(held: object) -> Iterator[Problem]:
    """Yield the networks of a charter, of a desk, of needs or of a team that look misspelt."""
    for path, name in _named(held):
        near = () if name.casefold() in _KNOWN else nearest(name, _KNOWN, _ALIKE)
        if near:
            yield Problem.of("odd-network", *path, name=name, near=near)


def odd_roles(team: Team) -> Iterator[Problem]:
    """Yield the roles that are based on one that the catalog does not have."""
    for role in team.roles:
        if role.based_on is not None and role.based_on not in catalog.roles:
            near, known = nearest(role.based_on, catalog.roles), [*catalog.roles]
            place = ("roles", role.id, "based on")
            wrong = role.based_on
            yield Problem.of(
                "not-in-catalog", *place, what="role", name=wrong, near=near, known=known
            )


def odd_objectives(organisation: Organisation) -> Iterator[Problem]:
    """Yield the objectives that the catalog does not have, of which no question is asked."""
    known = [*catalog.objectives]
    for name in sorted((organisation.objectives or frozenset()) - {*known}):
        yield Problem.of(
            "not-in-catalog", "objectives", what="objective", name=name,
            near=nearest(name, known), known=known,
        )  # fmt: skip


def _named(held: object) -> Iterator[tuple[Path, str]]:
    """Yield the networks that are named, each with its place in the file."""
    if isinstance(held, Charter):
        yield from _of_charter(held)
    elif isinstance(held, Team):
        for member in held.members:
            yield from _at(member.networks, "members", member.id, "networks")
    elif isinstance(held, Needs):
        yield from _at((one.network for one in held.specialists), "specialists")
    elif isinstance(held, Desk):
        for key in ("ignore", "acknowledge", "targets", "resolve", "routes"):
            for index, one in enumerate(getattr(held, key)):
                yield from _at(one.networks or (), key, index, "networks")


def _of_charter(charter: Charter) -> Iterator[tuple[Path, str]]:
    """Yield the networks that a charter names."""
    yield from _at(charter.scope.networks or (), "networks")
    for index, rule in enumerate(charter.rules):
        yield from _asked(rule.when, "rules", index, "when")
    for name, counted in charter.counts.items():
        yield from _asked(counted, "counts", name)
    for word, index, one in charter.guarantees:
        yield from _asked(one.when, word, index, one.outcome)
    for index, example in enumerate(charter.examples):
        named = filter(None, [example.act.network])
        yield from _at(named, "examples", index, example.outcome, "network")


def _at(names: Iterable[str], *path: str | int) -> Iterator[tuple[Path, str]]:
    yield from ((path, name) for name in sorted(names))


def _asked(condition: Condition, *path: str | int) -> Iterator[tuple[Path, str]]:
    """Yield the networks that a condition asks for."""
    for test in tests(condition):
        if test.fact == "network":
            yield from _at(words_asked(test), *path, "network")
