"""The command that asks people for labels, or says how far two of them agree."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final, cast

import attrs
import click

from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.charters.audits.cases import cases
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.context import Context
from cmcore.charters.history import Case, Unreadable
from cmcore.cli.fail import asking, naming
from cmcore.cli.inputs import Asked, beginning, charter_of, history_of, warned
from cmcore.cli.language import spoken
from cmcore.cli.options import (
    GOOD,
    UNSETTLED,
    exits,
    from_start_option,
    history_options,
    json_option,
    reader_options,
    tell,
)
from cmcore.cli.show import clean, complain, show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import unstructure, write_text
from cmcore.codec.streams import read_history
from cmcore.display.cards import view
from cmcore.display.views import Line, View
from cmcore.display.wording import Language, say, say_many
from cmcore.display.wording import show as shown
from cmcore.labellers.agreements import agreement as agreement_of
from cmcore.labellers.questions import (
    Order,
    Question,
    Questions,
    askable,
    asked_labels,
    unasked_labels,
)
from cmcore.labellers.said import name_of, with_labels
from cmcore.labellers.session import Session

#: The key of a row that says in which order it was asked.
_ORDER: Final = "_order"
_ENDING: Final = ".jsonl"
#: An answer is no longer than this.
_LONGEST: Final = 1000
#: What may be answered, in both languages, and what it means.
_ANSWERS: Final[dict[str, bool]] = {
    **dict.fromkeys(("y", "yes", "o", "oui"), True),
    **dict.fromkeys(("n", "no", "non"), False),
}
#: What may be commanded instead, in both languages: with a slash, where a word is an answer.
_COMMANDS: Final[dict[str, frozenset[str]]] = {
    "skip": frozenset({"s", "skip", "p", "passer"}),
    "back": frozenset({"b", "back", "r", "retour"}),
    "quit": frozenset({"q", "quit", "quitter"}),
}


@click.command(
    cls=Command,
    epilog=exits("nothing is left to ask, or agreement shown", unsettled=(
        "something is left to ask, no row can be read, or no act has a label that both gave")),
    short_help="Label acts, one question after the other.",
)  # fmt: skip
@click.argument("history")
@click.option("--charter", required=True, metavar="CHARTER", help=(
    "The charter whose labels are asked for."))  # fmt: skip
@click.option("--save", metavar="LABELS", help=(
    "Write the acts that are labelled to this .jsonl file, after each answer; what is in it "
    "already is not asked again."))  # fmt: skip
@click.option(
    "--label",
    "names",
    multiple=True,
    metavar="NAME",
    help=("Ask for this label; by default, for those that the rules ask for. May be repeated."),
)
@click.option("--by-lot", is_flag=True, help=(
    "Ask about all acts, as if drawn by lot: what a calibration needs. By default, what settles "
    "the most decisions comes first."))  # fmt: skip
@click.option("--agreement", "other", metavar="OTHER", help=(
    "Ask nothing: say how far the labels of HISTORY agree with those of this file, by somebody "
    "else."))  # fmt: skip
@from_start_option
@history_options
@reader_options
@json_option
def label(  # noqa: PLR0913 - one for each option
    *, history: str, charter: str, save: str | None, names: tuple[str, ...], by_lot: bool,
    other: str | None, from_start: bool, asked: Asked, lang: Language, as_json: bool,
) -> int:  # fmt: skip
    """Label acts, one question after the other.

    Shows an act, asks for a label, and writes what is answered. Answers are read from standard
    input, one a line: yes, no, skip, back or quit, or a word of the label's list.

    HISTORY is a .csv or .jsonl file of facts, in order of time, or an archive that a network gives
    its users: a .zip, .tar.gz or .car file, or the file of its posts.
    """
    rules = charter_of(charter)
    if (save is None) == (other is None):
        raise refuse("save-or-agreement")
    if other is not None:
        about = {"--label": names, "--by-lot": by_lot, "--from-start": from_start}
        refuse_any(chain((Problem.of("nothing-is-asked", option, option=option)
                          for option, given in about.items() if given),
                         _themselves(history, other)))  # fmt: skip
        found = agreement_of(_all(history, history_of(history, rules, asked)),
                             _all(other, history_of(other, rules)))  # fmt: skip
        tell(found, lang, as_json=as_json)
        return GOOD if found.labels else UNSETTLED
    with asking(label="--label"):
        wanted = asked_labels(rules, names)
    if not wanted:
        hint = "name-label" if askable(rules) else None
        raise refuse("no-label-asked", charter=rules.id, hint=hint)
    questions = Questions.of(rules, Order.LOT if by_lot else Order.WORTH, wanted)
    file = _Labels(save or "", rules, questions.order)
    read = cases(rules, history_of(history, rules, asked), beginning(from_start=from_start)
                 or Context())  # fmt: skip
    rows = list(warned(history, read))  # of those that cannot be read, nobody is asked
    acts = [row for row in rows if isinstance(row, Case)]
    unread = len(rows) - len(acts)
    with naming(save or ""):
        session = Session(questions, acts, file.rows)
    before = session.settled()
    _ask(session, file, lang)
    told = {
        "acts": len(acts),
        "unread": unread,
        "answered": session.answered,
        "skipped": session.skipped,
        "left": session.left,
        "not_asked": list(unasked_labels(rules)),
        "settled": {"before": before, "after": session.settled()},
    }
    if as_json:
        show_json(told)
    else:
        show(_summary(session, before, unread, lang))
    return GOOD if _is_done(session, unread) else UNSETTLED


def _is_done(session: Session, unread: int) -> bool:
    """Return whether nothing is left to ask: where no row can be read, nobody can say so."""
    return not session.left and (bool(session.history) or not unread)


def _themselves(one: str, other: str) -> Iterator[Problem]:
    """Yield the problem of a file that is to agree with itself, whatever each name calls it."""
    with suppress(OSError):  # what is no file is told when it is read
        if Path(one).samefile(other):
            yield Problem.of("agreement-with-itself", "--agreement")


def _all(path: str, rows: Iterator[Case | Unreadable]) -> list[Case]:
    """Return the rows of a file, of which none may be passed over.

    Raises:
        BadFileError: some cannot be read.
    """
    found = list(rows)
    with naming(path):
        refuse_any(problem.under(row.place) for row in found if isinstance(row, Unreadable)
                   for problem in row.problems)  # fmt: skip
    return [row for row in found if isinstance(row, Case)]


def labelled(
    rows: Iterator[Case | Unreadable], path: str, charter: Charter
) -> Iterator[Case | Unreadable]:
    """Yield the rows of a history with the labels in a file; warn of what is not in the history.

    Raises:
        BadFileError: a row of the labels cannot be read, or says something else than the history.
    """
    history = list(rows)
    found = _all(path, history_of(path, charter))
    here = {name_of(row.act) for row in history if isinstance(row, Case)}
    if count := len({name_of(row.act) for row in found} - here):
        complain(path, say_many("label elsewhere", count, spoken()), word="warning")
    with naming(path):
        yield from cast("tuple[Case | Unreadable, ...]", with_labels(history, found))


class _Labels:
    """The file of the acts that are labelled, which this session alone may change meanwhile.

    Raises:
        BadFileError: it is not one of such a session, or of one that asked in another order.
    """

    def __init__(self, path: str, charter: Charter, order: Order) -> None:
        self._path, self._order = path, order
        self.rows: list[Case] = []
        with naming(path):
            if not path.endswith(_ENDING):
                raise refuse("unknown-format", file=path, known=[_ENDING], hint="end-with")
            self._text = self._held()
            if not self._text:
                return
            self.rows = _all(path, read_history(path, charter))
            for line in self._text.splitlines():
                if json.loads(line).get(_ORDER) != order:
                    raise refuse("labels-of-other-order")

    def _held(self) -> str:
        try:
            return Path(self._path).read_text(encoding="utf-8", errors="surrogateescape")
        except FileNotFoundError:
            return ""

    def write(self, rows: Iterator[Case]) -> None:
        """Write the acts that are labelled, as a whole or not at all.

        Raises:
            BadFileError: somebody else has changed the file meanwhile.
        """
        lines = [{_ORDER: self._order.value, **_plain(row)} for row in rows]
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        with naming(self._path):
            if self._held() != self._text:
                raise refuse("labels-changed")
            write_text(text, self._path)
        self._text = text


def _plain(row: Case) -> dict[str, object]:
    """Return an act as plain data, with what is known around it if anything is."""
    written: dict[str, object] = unstructure(row if row.context != Context() else row.act)
    return written


def _ask(session: Session, file: _Labels, lang: Language) -> None:
    """Ask one question after the other, until nothing is left or nobody answers."""
    shown_at = 0
    while question := session.question():
        if session.place != shown_at:
            shown_at = session.place
            show(_act(session, question, lang), err=True)
        click.echo(_prompt(question, lang), nl=False, err=True)
        line = sys.stdin.buffer.readline(_LONGEST)
        word = line.decode(errors="replace").strip().casefold()
        given = _answers(question).get(word)
        command = _command(word) if line else "quit"
        if given is not None:
            session.answer(question, given)
        elif command == "quit":
            click.echo(err=True)
            return
        elif command == "skip":
            session.skip()
        elif command != "back" or not session.back():
            click.echo(say("label none before" if command else "label no answer", lang), err=True)
            continue
        file.write(session.labelled())


def _answers(question: Question) -> Mapping[str, bool | str]:
    """Return what each word that is an answer means."""
    if True in question.answers:
        return _ANSWERS
    return {str(one).casefold(): one for one in question.answers}


def _command(word: str) -> str | None:
    """Return what a word commands, if anything."""
    bare = word.removeprefix("/")
    return next((name for name, words in _COMMANDS.items() if bare in words), None)


def _act(session: Session, question: Question, lang: Language) -> View:
    charter = session.questions.charter.charter
    found = view(question.case.act, lang, names=charter, zone=charter.zone)
    return attrs.evolve(found, title=f"{session.place}/{session.length} · {found.title}")


def _prompt(question: Question, lang: Language) -> str:
    commands = [say(f"label {name}", lang) for name in _COMMANDS]
    taken = _answers(question)
    words = [*(shown(one, lang) for one in question.answers),
             *(f"/{one}" if one in taken else one for one in commands)]  # fmt: skip
    about = f" ({question.about})" if question.about else ""
    return clean(f"{question.label}{about} [{', '.join(words)}]") + say("incident colon", lang)


def _not_asked(charter: Charter, lang: Language) -> Iterator[str]:
    """Yield which labels the rules ask for that nobody was asked for, and why."""
    for label in unasked_labels(charter):
        is_word = charter.labels[label].type is FactType.SYMBOL
        yield say("label without list" if is_word else "label no choice", lang, label=label)


def _summary(session: Session, before: int, unread: int, lang: Language) -> View:
    """Return what a session has settled."""
    total, after = len(session.history), session.settled()
    lines = []
    if total:
        lines.append(say("label settled", lang, count=total, before=before, after=after))
    if unread:
        lines.append(say_many("label unread", unread, lang))
    elif not total:
        lines.append(say("label no act", lang))
    if session.skipped:
        lines.append(say_many("label skipped", session.skipped, lang))
    if session.left:
        lines.append(say_many("label left", session.left, lang))
    lines += _not_asked(session.questions.charter.charter, lang)
    if session.history:
        order = session.questions.order
        aside = " aside" if session.skipped and order is Order.LOT else ""
        lines.append(say(f"label order {order}{aside}", lang))
    return View(
        title=say_many("label answers", session.answered, lang),
        tone="covered" if _is_done(session, unread) else "exception",
        lines=tuple(Line("", "", one) for one in lines),
    )
