"""The command that prints JSON Schemas: of files, and of what commands answer."""

from typing import Final

import click

from cmcore.automoderator.imported import AutomoderatorImport
from cmcore.charters.act import Act
from cmcore.charters.analysis.analysis import Analysis
from cmcore.charters.analysis.differences import Contrast
from cmcore.charters.analysis.proof import Proof
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.comparison import Comparison
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Decision
from cmcore.charters.suggestions.suggestion import Suggestion
from cmcore.circuits.completion.completability import Completability
from cmcore.cli.options import GOOD, exits, lang_option
from cmcore.cli.show import show_json
from cmcore.cli.usage import Command
from cmcore.codec.policies import CedarExport
from cmcore.codec.schemas import schema as schema_of
from cmcore.codec.schemas.french import schema_in_french
from cmcore.codec.schemas.lines import log_line_schema
from cmcore.decisionlog.checks import LogCheck
from cmcore.decisionlog.entries import LogEntry
from cmcore.decisionlog.redactions import Redaction
from cmcore.decisionlog.replays import Replay
from cmcore.display.wording import Language
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.incidents.replay.conduct import Conduct
from cmcore.incidents.replay.owed import Due
from cmcore.incidents.signals.signal import Detection
from cmcore.organisations.checks.checkup import Checkup
from cmcore.organisations.obligations import Agenda
from cmcore.organisations.organisation import Organisation
from cmcore.requests.desk import Desk
from cmcore.requests.follow_up.backlog import Backlog
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.requests.log import RequestLog
from cmcore.requests.staff.staffing import Staffing
from cmcore.reviews.review import Review
from cmcore.teams.assignment.assignment import Assignment, Verification
from cmcore.teams.assignment.choices import Alternatives, WhatIf, WhyNot
from cmcore.teams.cover.coverage import Coverage
from cmcore.teams.needs import Needs
from cmcore.teams.plan import Plan
from cmcore.teams.remedies.remedy import Remedy
from cmcore.teams.team import Team

#: What people write in files, by name.
_SCHEMAS: Final = {
    "charter": Charter,
    "team": Team,
    "needs": Needs,
    "plan": Plan,
    "act": Act,
    "incident": Incident,
    "playbook": Playbook,
    "requests": RequestLog,
    "desk": Desk,
    "organisation": Organisation,
    "redaction": Redaction,
}
#: What commands answer, or parts of it, as `--json` prints them, by name.
ANSWERS: Final[dict[str, type]] = {
    "decision": Decision,
    "audit": Audit,
    "comparison": Comparison,
    "contrast": Contrast,
    "suggestion": Suggestion,
    "cedar-export": CedarExport,
    "automoderator-import": AutomoderatorImport,
    "analysis": Analysis,
    "proof": Proof,
    "coverage": Coverage,
    "assignment": Assignment,
    "verification": Verification,
    "alternatives": Alternatives,
    "what-if": WhatIf,
    "why-not": WhyNot,
    "remedy": Remedy,
    "completability": Completability,
    "review": Review,
    "conduct": Conduct,
    "due": Due,
    "detection": Detection,
    "backlog": Backlog,
    "response-times": ResponseTimes,
    "staffing": Staffing,
    "checkup": Checkup,
    "agenda": Agenda,
    "log-entry": LogEntry,
    "log-check": LogCheck,
    "replay": Replay,
}
#: What a line of a decision log is called.
LINE: Final = "log-line"


@click.command(cls=Command, epilog=exits("printed", bad="bad usage"))
@click.argument(
    "kind", type=click.Choice([*_SCHEMAS, *ANSWERS, LINE]), default="charter", metavar="[KIND]"
)
@lang_option
@click.option("--json", is_flag=True, expose_value=False, help="Print JSON, which it always does.")
def schema(kind: str, lang: Language) -> int:
    """Print a JSON Schema, for editors and programs.

    KIND is that of a file: charter (the usual), team, needs, plan, act, incident, playbook,
    requests, desk or organisation; with --lang fr, of files in French.

    Or it is that of what a command answers with --json: decision, audit, comparison, contrast,
    suggestion, cedar-export, automoderator-import, analysis, proof, coverage, assignment,
    verification, alternatives, `what-if`, why-not, remedy, completability, review, conduct, due,
    detection, backlog, response-times, staffing, checkup, agenda, log-entry, log-check or
    replay; or, as log-line, that of a line of a decision log.
    """
    if kind == LINE:
        show_json(log_line_schema())
        return GOOD
    if kind in ANSWERS:
        show_json(schema_of(ANSWERS[kind]))
        return GOOD
    made = schema_of if lang == "en" else schema_in_french
    show_json(made(_SCHEMAS[kind]))
    return GOOD
