"""The commands of `cmcore`."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

import attrs
import click

from cmcore.base.truth import Truth
from cmcore.charters.analysis.contrast import contrast
from cmcore.charters.audits.audit import Audit, ExceptionCause, Verdict
from cmcore.charters.audits.cases import last_case
from cmcore.charters.audits.compare import compare as comparison_of
from cmcore.charters.audits.conclude import USUAL_CONFIDENCE
from cmcore.charters.audits.conclude import audit as audit_of
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decision import Decision, Outcome
from cmcore.charters.decisions.decide import decide as decision_of
from cmcore.charters.history import Case
from cmcore.charters.rule import Term
from cmcore.cli.agendas import due
from cmcore.cli.automod import automod
from cmcore.cli.catalogs import catalog
from cmcore.cli.cedar import cedar
from cmcore.cli.checks import check
from cmcore.cli.checkups import checkup
from cmcore.cli.circuits import circuit
from cmcore.cli.designs import design
from cmcore.cli.fail import BAD, Commands, asking
from cmcore.cli.given import Whole, instant, level, missing, only_day
from cmcore.cli.incidents import incident
from cmcore.cli.inputs import (
    Asked,
    beginning,
    case_of,
    charter_of,
    charters_of,
    history_of,
    knowing_both,
    warned,
)
from cmcore.cli.labelling import label, labelled
from cmcore.cli.logs import log, redaction_of, write_down
from cmcore.cli.names import seen
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    column_options,
    draw_into,
    exits,
    from_start_option,
    history_options,
    json_option,
    reader_options,
    svg_option,
    tell,
)
from cmcore.cli.reports import report
from cmcore.cli.requests import requests
from cmcore.cli.schemas import schema
from cmcore.cli.show import heading, show, show_json
from cmcore.cli.suggestions import suggest
from cmcore.cli.teams import assign, coverage
from cmcore.cli.usage import refuse_alone
from cmcore.cli.watch import detect, staffing
from cmcore.codec.files import unstructure
from cmcore.display.wording import Language, say
from cmcore.time.units import Every

_BY_OUTCOME: Final = {
    Outcome.COVERED: GOOD,
    Outcome.EXCEPTION: UNSETTLED,
    Outcome.FORBIDDEN: SETTLED,
}
_BY_VERDICT: Final = {
    Verdict.MET: GOOD,
    Verdict.MISSED: SETTLED,
    Verdict.UNDECIDED: UNSETTLED,
}
_BY_TRUTH: Final = {Truth.TRUE: GOOD, Truth.FALSE: SETTLED, Truth.UNKNOWN: UNSETTLED}
_UNREAD: Final = (
    "nothing is found to change, but some acts could not be read, or none; or it is not settled"
)


@click.group(
    cls=Commands,
    epilog="The help of each command lists its exit codes.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="cmcore", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context) -> None:
    """Compute with a social-media charter: may this go out as it is, or who must see it first?"""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(BAD)


for command in (
    assign,
    automod,
    catalog,
    cedar,
    check,
    checkup,
    circuit,
    coverage,
    design,
    detect,
    due,
    incident,
    label,
    report,
    log,
    requests,
    schema,
    staffing,
    suggest,
):
    app.add_command(command)


@app.command(epilog=exits("covered", "forbidden", "exception"))
@click.argument("charter")
@click.argument("act", required=False)
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help=(
    "A fact of the act, as a cell of a history has it: `topics=product|event`, `paid=no`, "
    "`template=(none)`. May be repeated, one fact each; replaces what ACT says."))  # fmt: skip
@click.option(
    "--at",
    callback=instant,
    metavar="INSTANT",
    help="The moment of the act, if not in the act.",
)
@click.option(
    "--history",
    metavar="FILE",
    help="The earlier acts, for rules that count: a .csv or .jsonl file of facts.",
)
@from_start_option
@click.option(
    "--log",
    "log_file",
    metavar="FILE",
    help="Append the decision to this decision log, with what it was made from.",
)
@click.option(
    "--redact",
    metavar="names|FILE",
    help="What not to log: `names`, for names of people and texts, or a file that says what.",
)
@column_options
@reader_options
@json_option
def decide(  # noqa: PLR0913 - one for each option
    *, charter: str, act: str | None, facts: tuple[str, ...], at: datetime | None,
    history: str | None, from_start: bool, log_file: str | None, redact: str | None,
    asked: Asked, lang: Language, as_json: bool,
) -> int:  # fmt: skip
    """Decide on an act, with every reason.

    ACT is a .json, .yaml or .toml file of facts, or - for standard input.
    """
    rules = charter_of(charter)
    policy = redaction_of(redact, log_file, rules)
    case = case_of(act, facts, rules, at)
    if history is not None or from_start:
        case = attrs.evolve(case, context=attrs.evolve(case.context, at=case.context.at or at))
        rows = () if history is None else warned(history, history_of(history, rules, asked))
        case = last_case(rules, rows, case, beginning(from_start=from_start) or Context())
    decision = decision_of(rules, case.act, case.context, at=at)
    if log_file is not None:
        write_down(log_file, decision, case.context, rules, policy)
    tell(decision, lang, as_json=as_json)
    return _BY_OUTCOME[decision.outcome]


@app.command(
    epilog=exits(
        "target and expectations met", "target or an expectation missed", "not enough evidence"
    )
)
@click.argument("charter")
@click.argument("history")
@click.option(
    "--confidence",
    type=float,
    callback=level,
    default=USUAL_CONFIDENCE,
    show_default=True,
    help="The confidence level of the interval, between 0 and 1.",
)
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    default="month",
    show_default=True,
    help="The length of the periods.",
)
@click.option(
    "--missing",
    "lacking",
    callback=missing,
    default="0",
    metavar="N|unknown",
    help="How many acts are missing from the history.",
)
@click.option(
    "--since",
    callback=only_day,
    metavar="DAY",
    help="The first day that the history has all acts of, for what is expected of a period.",
)
@click.option(
    "--through",
    callback=only_day,
    metavar="DAY",
    help="The last day that the history has all acts of, days without an act included.",
)
@click.option("--partial", is_flag=True, help="The same as `--missing unknown`.")
@from_start_option
@history_options
@click.option(
    "--explain",
    type=Whole(0),
    default=0,
    metavar="N",
    help="Show the decision about the first example of each of the first N causes.",
)
@click.option("--labels", metavar="LABELS", help=(
    "Put on the acts the labels that this file has, as `cmcore label` writes it."))  # fmt: skip
@svg_option
@reader_options
@json_option
def audit(  # noqa: PLR0913 - one for each option
    *, charter: str, history: str, confidence: float, every: Every, lacking: int | None,
    since: date | None, through: date | None, partial: bool, from_start: bool, asked: Asked,
    explain: int, labels: str | None, lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Audit a history against the target and the expectations.

    Says which share of it the charter covers, why not more, and how that changes over time; and
    which weeks or months are not as expected, those without an act included.

    HISTORY is a .csv or .jsonl file of facts, in order of time, or an archive that a network gives
    its users: a .zip, .tar.gz or .car file, or the file of its posts.
    """
    with asking():
        Term(since, through)
    rules = charter_of(charter)
    rows = history_of(history, rules, asked)
    rows = rows if labels is None else labelled(rows, labels, rules)
    count = None if partial else lacking
    found = audit_of(
        rules, rows, context=beginning(from_start=from_start), confidence=confidence, every=every,
        missing=count, since=since, through=through,
    )  # fmt: skip
    draw_into(svg, lang, found)
    explained = list(_explained(rules, found, explain))
    if as_json:
        more = {"explained": [{"place": case.place, "decision": unstructure(decision)}
                              for _, case, decision in explained]}  # fmt: skip
        show_json({**unstructure(found), **(more if explain else {})})
    else:
        show(seen(found, lang))
        for cause, case, decision in explained:
            heading(say("as in", lang, cause=cause.text(lang), place=case.text(lang)))
            show(seen(decision, lang))
    return _BY_VERDICT[found.standing]


def _explained(
    charter: Charter, found: Audit, count: int
) -> Iterator[tuple[ExceptionCause, Case, Decision]]:
    for cause in found.causes[:count]:
        for case in cause.examples[:1]:
            yield cause, case, decision_of(charter, case.act, case.context)


@app.command(epilog=exits("nothing changes", "something changes", _UNREAD))
@click.argument("before")
@click.argument("after")
@click.argument("history", required=False)
@from_start_option
@history_options
@svg_option
@reader_options
@json_option
def compare(  # noqa: PLR0913 - one for each option
    *, before: str, after: str, history: str | None, from_start: bool, asked: Asked,
    lang: Language, svg: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Compare two charters, on a history or on all possible acts.

    Says which acts change outcome from the charter BEFORE to the charter AFTER: those of HISTORY
    or, without one, an act for each rule that makes a difference. That nothing changes is then
    proven.
    """
    if history is None:
        refuse_alone(("--from-start", from_start), *asked.given.items(), beside="HISTORY")
    old, new = charters_of(before, after)
    if history is None:
        differing = contrast(old, new)
        tell(differing, lang, as_json=as_json, svg=svg)
        return SETTLED if differing.differs_besides else _BY_TRUTH[differing.equivalent]
    rows = history_of(history, knowing_both(old, new), asked)
    found = comparison_of(old, new, rows, context=beginning(from_start=from_start))
    tell(found, lang, as_json=as_json, svg=svg)
    if found.changed_count or found.circuits:
        return SETTLED
    return GOOD if found.total and not found.unreadable else UNSETTLED
