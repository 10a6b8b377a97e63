"""Sources: what a report was made from, how much of it, and what was not given."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cmcore.display.views import Table
from cmcore.display.wording import Language, say, say_many
from cmcore.organisations.organisation import Organisation

#: Part -> what is counted in it, by the words for that.
_COUNTED: Final[Mapping[str, Callable[[Any], Mapping[str, int]]]] = {
    "team": lambda team: {"people": len(team.members), "roles": len(team.roles)},
    "needs": lambda needs: {"needs": len(list(needs.placed()))},
    "charter": lambda charter: {"rules": len(charter.rules), "circuits": len(charter.circuits)},
    "playbook": lambda playbook: {"duties": len(playbook.duties)},
    "incidents": lambda many: {"incidents": len(many)},
    "history": lambda many: {"acts": len(many)},
    "requests": lambda log: {"requests": len(log.requests)},
    "desk": lambda desk: {"targets": len(desk.targets)},
    "figures": lambda many: {"figures": len(many)},
    "deeds": lambda many: {"deeds": len(many)},
}


def sources(organisation: Organisation, files: Mapping[str, str], language: Language) -> Table:
    """Return a table of what was read: each part, how much of it there is, and its file."""
    rows = tuple(_rows(organisation, files, language))
    codes = ("part", "content", *(["file"] if files else []))
    heads = tuple(say(f"report {code}", language) for code in codes)
    return Table(heads, rows, say("report read", language))


def _rows(
    organisation: Organisation, files: Mapping[str, str], language: Language
) -> Iterator[tuple[str, ...]]:
    for part, counts in _COUNTED.items():
        given = getattr(organisation, part)
        if given is not None:
            count = {**counts(given), **_unread(organisation, part)}
            told = (
                say_many(f"report count {what}", many, language) for what, many in count.items()
            )
            file = (files.get(part, "–"),) if files else ()
            yield say(f"report part {part}", language), ", ".join(told), *file


def _unread(organisation: Organisation, part: str) -> Mapping[str, int]:
    is_asked = part == "history" and organisation.unread
    return {"unread": len(organisation.unread)} if is_asked else {}


def left_out(organisation: Organisation, language: Language) -> str:
    """Say what was not given; empty where all was."""
    parts = [say(f"report part {part}", language) for part in _COUNTED
             if getattr(organisation, part) is None]  # fmt: skip
    return say("report left out", language, parts=", ".join(parts)) if parts else ""
