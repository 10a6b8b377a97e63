"""What a file holds: its keys say so."""

from collections.abc import Collection
from itertools import islice
from typing import Any, Final, NamedTuple

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.codec.acts import MESSAGES
from cmcore.codec.charters import CHARTER
from cmcore.codec.french import key_in_french
from cmcore.codec.incidents import INCIDENT
from cmcore.codec.needs import NEEDS
from cmcore.codec.organisations import KEYS as ORGANISATION
from cmcore.codec.plain import as_mapping
from cmcore.codec.plans import PLAN
from cmcore.codec.playbooks import PLAYBOOK
from cmcore.codec.redactions import REDACTION
from cmcore.codec.requests import DESK, LOG
from cmcore.codec.reviews import REVIEW_KEYS
from cmcore.codec.teams import TEAM
from cmcore.decisionlog.redactions import Redaction
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk
from cmcore.requests.log import RequestLog
from cmcore.reviews.review import Review
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Plan
from cmcore.teams.team import Team


class Kind(NamedTuple):
    """A kind of file: what it holds, the key that says so, and the keys it may have."""

    name: str
    made: type
    key: str
    keys: Collection[str]


KINDS: Final = (
    Kind("charter", Charter, "charter", CHARTER.names),
    Kind("team", Team, "team", TEAM.names),
    Kind("needs", Needs, "needs", NEEDS.names),
    Kind("plan", Plan, "plan", PLAN.names),
    Kind("incident", Incident, "incident", INCIDENT.names),
    Kind("playbook", Playbook, "playbook", PLAYBOOK.names),
    Kind("desk", Desk, "desk", DESK.names),
    Kind("review", Review, "decision", REVIEW_KEYS),
    Kind("requests", RequestLog, "events", LOG.names),
    Kind("organisation", Organisation, "organisation", ORGANISATION),
    Kind("redaction", Redaction, "erase", REDACTION.names),
)


#: How many unknown keys are compared with those of the kinds, and how similar they must be.
_FEW: Final = 20
_ALIKE: Final = 0.8
#: The keys that an act may have, labels among its facts aside.
_OF_ACTS: Final = frozenset(
    name
    for key in (*BUILTIN, "id", "labels", "absent", *MESSAGES)
    for name in (key, key_in_french(key, "act", "act"))
)
_FACTS: Final = frozenset(name for key in BUILTIN for name in (key, key_in_french(key)))


def kind_of(data: object) -> Kind:
    """Return what kind of file wrote plain data: the one that most of its keys are of.

    The key that says so counts twice; where it is misspelt, the others say it too.

    Raises:
        InvalidError: it is no mapping, or no key is of any kind of file.
    """
    item = _spelt(as_mapping(data))
    counts = [_count(item, kind) for kind in KINDS]
    is_act = any(key in _FACTS for key in item)
    if is_act and sum(key in _OF_ACTS for key in item) >= max(counts):
        raise refuse("act-alone")
    if any(counts):
        return KINDS[counts.index(max(counts))]
    raise refuse("unknown-kind", known=[kind.key for kind in KINDS])


def _spelt(item: Collection[str]) -> Collection[str]:
    """Return keys, of which those that may be the misspelt key of a kind are that."""
    names = [name for kind in KINDS for name in sorted(_both(kind, [kind.key]))]
    known = {name for kind in KINDS for name in _both(kind, kind.keys)}
    few = list(islice((key for key in item if key not in known), _FEW))
    meant = {key: near[0] for key in few if (near := nearest(key, names, _ALIKE))}
    return [meant.get(key, key) for key in item]


def _count(item: Collection[str], kind: Kind) -> int:
    """Return how many keys are of a kind of file; the one that says so counts twice."""
    names, own = _both(kind, kind.keys), _both(kind, [kind.key])
    return sum(key in names for key in item) + any(key in own for key in item)


def _both(kind: Kind, keys: Collection[str]) -> frozenset[str]:
    """Return keys of a kind of file, in English and in French."""
    return frozenset({*keys, *(key_in_french(key, kind.name, kind.name) for key in keys)})


def of_other_kind(data: object, made: Any) -> Problem | None:  # noqa: ANN401 - any type
    """Return the problem of plain data whose keys say that it is of another kind of file.

    `made` is what it should have been read as.
    """
    own = next((kind for kind in KINDS if kind.made is made), None)
    try:
        other = kind_of(data)
    except InvalidError:
        return None
    if own is None or other is own or other.key not in as_mapping(data):
        return None
    return Problem.of("other-kind", found=other.name, wanted=own.name)


def name_of(thing: object) -> str:
    """Return the name of the kind of file that holds a thing."""
    return next(kind.name for kind in KINDS if isinstance(thing, kind.made))
