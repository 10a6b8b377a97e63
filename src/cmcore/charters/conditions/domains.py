"""Domains: which values each fact can take, for charters and acts alike."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from cmcore.base.counts import MAX_DIGITS
from cmcore.base.values import value
from cmcore.charters.conditions.forms import Form
from cmcore.charters.formats import FORMATS

Scalar = int | float | timedelta | datetime


@value
class Domain:
    """Which values a fact can take.

    Words have a normal form, and may be a closed list of `values`. Numbers, durations and instants
    lie from `low` to `high`, both included, and may be `whole`. `optional` says that the fact may
    be known to have no value.
    """

    form: Form = Form.WORD
    values: frozenset[str] | None = None
    low: Scalar | None = None
    high: Scalar | None = None
    whole: bool = False
    optional: bool = True

    def holds(self, given: Any) -> bool:  # noqa: ANN401 - a number, a duration or an instant
        """Return whether a scalar lies within the range."""
        above = self.low is None or self.low <= given
        return bool(above and (self.high is None or given <= self.high))


ANY: Final = Domain()
_COUNT: Final = Domain(low=0, high=10**MAX_DIGITS - 1, whole=True)
SURE: Final = Domain(optional=False)
#: The facts with restricted values: by name, those of a message by the rest of the name.
DOMAINS: Final[Mapping[str, Domain]] = {
    "network": Domain(Form.NETWORK),
    "account": Domain(Form.ACCOUNT),
    "author": Domain(Form.ID),
    "language": Domain(Form.LANGUAGE),
    "hashtags": Domain(Form.HASHTAG),
    "mentions": Domain(Form.MENTION),
    "links": Domain(Form.LINK),
    "hosts": Domain(Form.HOST),
    "domains": Domain(Form.DOMAIN),
    "format": Domain(Form.FORMAT, frozenset(FORMATS)),
    "recipient": Domain(Form.ACCOUNT),
    "duration": Domain(low=timedelta(0)),
    ".id": Domain(Form.MESSAGE),
    ".author": Domain(Form.ACCOUNT),
    ".language": Domain(Form.LANGUAGE),
    ".tone": Domain(Form.TONE),
    ".followers": _COUNT,
    ".replies": _COUNT,
    ".age": Domain(low=timedelta(0)),
    **dict.fromkeys(("author.roles", "author.seniority", "author.trained_in"), SURE),
    **dict.fromkeys(("incident.open", "holiday"), SURE),
    "at": SURE,
    "fits": SURE,
    "local.hour": Domain(low=0, high=23, whole=True, optional=False),
}
#: No text is longer, and no set larger: a row of a history has as many characters at most.
LARGEST: Final = 1_000_000
#: The measures that are shares; every other number is a count.
_SHARES: Final = frozenset({"capitals"})


def measured(measure: str, base: Domain) -> Domain:
    """Return the values of a measure of a fact: a share, or a count."""
    if measure in _SHARES:
        return Domain(low=0, high=1, optional=base.optional)
    most = LARGEST if base.values is None else len(base.values)
    return Domain(low=0, high=most, whole=True, optional=base.optional)
