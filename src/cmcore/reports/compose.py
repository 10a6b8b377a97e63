"""Composing: the report on an organisation, from its cover to what was left out."""

from collections.abc import Mapping
from datetime import datetime

from cmcore.base.asked import checked
from cmcore.display.wording import Language, check_language, moment_text, say
from cmcore.organisations.organisation import Organisation
from cmcore.reports.page import Section, page
from cmcore.reports.sections import sections
from cmcore.reports.sources import left_out, sources
from cmcore.time.week import local, require_aware


@checked
def report(
    organisation: Organisation,
    at: datetime,
    language: Language = "en",
    *,
    title: str = "",
    files: Mapping[str, str] | None = None,
) -> str:
    """Return a report on an organisation as an HTML page: one file to open, print or hand over.

    It holds the checkup in one page, the team and who should hold which role, the charter and its
    circuits, incidents and requests, as far as the organisation has them; what it does not have is
    named in the last line. Hours are those of the week from the day of `at`. `files` names the file
    that each part was read from, by the key of the part, as in `{"team": "team.yaml"}`.

    The page needs nothing else: it has no script, and loads nothing. The same report is the same
    text, to the byte.

    Raises:
        InvalidError: when `at` is naive, the language is unknown, a route of the desk names a role
            that nobody has, or a duty of the playbook names a level that the scale of an incident
            does not have.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Organisation, catalog
        >>> from cmcore.reports import report
        >>> shop = Organisation("shop", charter=catalog.charters["small-brand"])
        >>> page = report(shop, datetime(2026, 3, 2, tzinfo=UTC), title="The shop, in March")
        >>> page.startswith("<!doctype html>"), "<script" in page
        (True, False)
    """
    check_language(language)
    moment = local(require_aware(at, "at"), organisation.zone)
    name = organisation.name or organisation.id
    return page(
        title or say("report title", language, organisation=name),
        language,
        subtitle=name if title else "",
        day=moment_text(moment.date(), language),
        read=sources(organisation, files or {}, language),
        sections=[Section(*one) for one in sections(organisation, moment, language)],
        foot=left_out(organisation, language),
    )
