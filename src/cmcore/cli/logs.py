"""The commands about decision logs: appending to one, checking it, deciding it again."""

from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

import click

from cmcore.base.errors import refuse
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decision import Decision
from cmcore.cli.fail import BAD, Commands, asking, naming
from cmcore.cli.inputs import charters_of, value_of
from cmcore.cli.language import spoken
from cmcore.cli.options import GOOD, SETTLED, UNSETTLED, exits, json_option, reader_options, tell
from cmcore.cli.show import complain
from cmcore.codec.decisionlog import append_to_log, read_log, verify_log
from cmcore.decisionlog.checks import LogCheck
from cmcore.decisionlog.decide_again import replay as replay_of
from cmcore.decisionlog.entries import made_entry
from cmcore.decisionlog.redactions import NAMES_AND_TEXTS, Redaction, stray_names
from cmcore.display.wording import Language

#: The word for the policy that every log may have.
NAMES: Final = "names"


def redaction_of(given: str | None, log: str | None, charter: Charter) -> Redaction:
    """Return the policy of an option: the usual one, or that in a file, beside the charter's names.

    Raises:
        BadFileError: it is not a valid one.
        InvalidError: there is no log of which anything might be left out.
    """
    if given is not None and log is None:
        raise refuse("redact-without-log", "--redact")
    if given is None:
        return Redaction()
    if given == NAMES:
        return NAMES_AND_TEXTS
    policy = value_of(given, Redaction)
    for problem in stray_names(policy, [charter]):
        complain(given, problem.text(spoken()), word="warning")
    return policy


def write_down(
    log: str, decision: Decision, context: Context, charter: Charter, policy: Redaction
) -> None:
    """Append a decision to a log.

    Raises:
        BadFileError: the file is no log, or holds no such entry.
    """
    made = made_entry(
        decision, context, charter, id_=str(uuid4()), at=datetime.now(UTC), policy=policy
    )
    with naming(log):
        append_to_log(log, [made])


@click.group(
    cls=Commands,
    short_help="Check a decision log, or decide it again.",
    invoke_without_command=True,
)
@click.pass_context
def log(ctx: click.Context) -> None:
    """Check a decision log, or decide it again.

    `cmcore decide --log FILE` writes one.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(BAD)


@log.command(
    epilog=exits(
        "the log is as it was written",
        "it was changed, or its head is missing",
        "the last line, or another, was not written to its end, and nothing rests on it",
    ),
    short_help="Say whether a log is as it was written.",
)
@click.argument("file")
@click.option(
    "--head",
    metavar="DIGEST",
    help="The head of the log as it was kept elsewhere: its line must still be there.",
)
@reader_options
@json_option
def verify(*, file: str, head: str | None, lang: Language, as_json: bool) -> int:
    """Say whether a log is as it was written.

    Whatever was changed, removed, added or moved shows, save lines that were cut off the end: keep
    the head elsewhere, and give it with --head.
    """
    with naming(file), asking():
        found = verify_log(file, head=head)
    tell(found, lang, as_json=as_json)
    return _standing(found)


@log.command(
    epilog=exits(
        "every entry comes out equal",
        "an entry comes out different, or the log is not as it was written",
        "of some entries one cannot tell; or there is none",
    ),
    short_help="Decide every entry of a log again.",
)
@click.argument("file")
@click.option(
    "--charter",
    "charters",
    multiple=True,
    metavar="CHARTER",
    help="A charter by which entries were decided. Repeatable: give every version.",
)
@reader_options
@json_option
def replay(*, file: str, charters: tuple[str, ...], lang: Language, as_json: bool) -> int:
    """Decide every entry of a log again, and say what differs, and why."""
    known = charters_of(*charters)
    with naming(file):
        rows = read_log(file)
        found = replay_of(rows, known)
    for problem in rows.check.problems:
        text = problem.at_line(None).text(spoken())
        complain(file, text, problem.line, "warning")
    tell(found, lang, as_json=as_json)
    if found.different or _standing(rows.check) == SETTLED:
        return SETTLED
    return UNSETTLED if found.untold or not found.total else GOOD


def _standing(check: LogCheck) -> int:
    return GOOD if check.is_intact else UNSETTLED if check.is_only_torn else SETTLED
