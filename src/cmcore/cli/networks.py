"""Networks that nobody knows, and that are one slip away from a known one."""

from collections.abc import Iterable, Iterator
from typing import Final

from cmcore.base.errors import Path, Problem
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests, words_asked
from cmcore.teams.needs import Needs
from cmcore.teams.people import Team

_KNOWN: Final = frozenset(
    {"bluesky", "dailymotion", "discord", "facebook", "flickr", "instagram", "linkedin"}
    | {"mastodon", "messenger", "pinterest", "quora", "reddit", "snapchat", "telegram", "threads"}
    | {"tiktok", "tumblr", "twitch", "twitter", "viadeo", "vimeo", "vk", "wechat", "weibo"}
    | {"whatsapp", "x", "xing", "youtube"}
)
#: How similar names must be: a private forum is not a misspelling.
_ALIKE: Final = 0.85


def odd_networks(held: object) -> Iterator[Problem]:
    """Yield the networks of a charter, of needs or of a team that look misspelt."""
    for path, name in _named(held):
        near = () if name.casefold() in _KNOWN else nearest(name, _KNOWN, _ALIKE)
        if near:
            yield Problem.of("odd-network", *path, name=name, near=near)


def _named(held: object) -> Iterator[tuple[Path, str]]:
    """Yield the networks that are named, each with its place in the file."""
    if isinstance(held, Charter):
        yield from _at(held.scope.networks or (), "networks")
        for index, rule in enumerate(held.rules):
            for test in tests(rule.when):
                yield from _at(_asked(test), "rules", index, "when", "network")
    elif isinstance(held, Team):
        for member in held.members:
            yield from _at(member.networks, "members", member.id, "networks")
    elif isinstance(held, Needs):
        yield from _at((one.network for one in held.specialists), "specialists")


def _at(names: Iterable[str], *path: str | int) -> Iterator[tuple[Path, str]]:
    yield from ((path, name) for name in sorted(names))


def _asked(test: FactTest) -> Iterable[str]:
    """Return the networks that a test asks for."""
    return words_asked(test) if test.fact == "network" else ()
