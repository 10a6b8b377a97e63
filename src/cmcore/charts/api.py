"""Charts: verdicts as Altair charts, for whoever wants to zoom, to restyle or to publish them."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from cmcore.base.errors import MissingExtraError, refuse
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.comparison import Comparison
from cmcore.charts import shares, times, weeks
from cmcore.display.wording import Language, check_language
from cmcore.incidents.incident import Incident
from cmcore.incidents.replay.conduct import Conduct
from cmcore.incidents.signals.signal import Detection
from cmcore.requests.follow_up.backlog import Backlog
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.requests.staff.staffing import Staffing
from cmcore.teams.cover.coverage import Coverage

if TYPE_CHECKING:
    import altair as alt

_MAKERS: Final[Mapping[type, Callable[[Any, Language], Any]]] = MappingProxyType(
    {
        Audit: shares.audit,
        Backlog: shares.backlog,
        Comparison: shares.comparison,
        Conduct: times.conduct,
        Coverage: weeks.coverage,
        Detection: shares.detection,
        Incident: times.incident,
        ResponseTimes: times.response_times,
        Staffing: weeks.staffing,
    }
)


def chart(thing: object, language: Language = "en") -> "alt.TopLevelMixin":
    """Return an Altair chart of a verdict, which contains its data.

    An audit shows its share, interval and target, and the share of each period. Coverage and
    staffing show the week as a heat map; a comparison, the outcomes before and after; an incident
    and its conduct, a timeline; response times, the time of each share; a backlog, its states; and
    a detection, what was seen compared with what is unusual. Every chart has a white background
    and a description that says what it shows.

    Raises:
        InvalidError: when there is no chart of it, or nothing is worded in the language.
        MissingExtraError: without Altair (extra `charts`).

    Examples:
        >>> from cmcore import Charter, audit, chart, read, read_history
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> history = read_history("examples/nodejs-bluesky/history.csv", charter)
        >>> chart(audit(charter, history)).description
        'target missed: 74.4% covered (64 of 86)'
    """
    check_language(language)
    make = _MAKERS.get(type(thing))
    if make is None:
        known = {kind.__name__ for kind in _MAKERS}
        raise refuse("no-chart", kind=type(thing).__name__, known=known)
    if find_spec("altair") is None:
        raise MissingExtraError("altair")
    found: alt.TopLevelMixin = make(thing, language).configure(background="#ffffff")
    return found
