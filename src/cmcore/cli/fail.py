"""Failing well: whatever goes wrong is one line for each problem, and an exit code."""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import errorcode
from typing import Any, Final, NoReturn

import attrs
import click

from cmcore.base.errors import CmcoreError, InvalidError, Problem
from cmcore.base.language import LANGUAGES, SENTENCES, Language
from cmcore.cli.language import speak, spoken
from cmcore.cli.show import complain
from cmcore.cli.usage import Command, usage_said
from cmcore.display.wording import say

#: Exit codes: bad input or usage, a fault of ours (which is no verdict), interrupted from the
#: keyboard, and nobody reads the output.
BAD: Final = 2
FAULT: Final = 70
INTERRUPTED: Final = 130
UNREAD: Final = 141
_SELF: Final = "cmcore"


class BadFileError(CmcoreError):
    """A file that was named on the command line does not hold what it should."""

    def __init__(self, path: str, problems: Iterable[Problem]) -> None:
        super().__init__(path, problems)
        self.path = path
        self.problems = tuple(problems)

    def text(self, language: Language = "en") -> str:
        """Say which file it is, and what is wrong with it."""
        return f"{self.path}: {InvalidError(self.problems).text(language)}"


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Have the problems found meanwhile name the file they are in.

    Raises:
        BadFileError: in place of InvalidError, with the same problems.
        OSError: what the system said, of this file where it names none.
    """
    try:
        yield
    except InvalidError as error:
        raise BadFileError(path, error.problems) from None
    except OSError as error:
        error.filename = error.filename or path
        raise


@contextmanager
def asking(path: str | None = None, **flags: str) -> Iterator[None]:
    """Have the problems of a call with options name the option, or else the file, they are about.

    `flags` tell which option what is called otherwise is about.

    Raises:
        BadFileError: in place of InvalidError, with the same problems.
    """
    try:
        yield
    except InvalidError as error:
        found = [_at_option(problem, flags) for problem in error.problems]
        raise BadFileError(path or _SELF, found) from None


def _at_option(problem: Problem, flags: Mapping[str, str]) -> Problem:
    """Return a problem at the option of the running command that it is about, if there is one."""
    first, *rest = problem.path or ("",)
    flag = flags.get(str(first), f"--{first}".replace("_", "-"))
    known = {name for one in click.get_current_context().command.params for name in one.opts}
    return problem.at(flag, *rest) if flag in known else problem


class Commands(Command, click.Group):
    """Commands that return their exit code, and that no input makes fail with a traceback."""

    command_class = Command

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options before the command: the language may stand there, as for its help."""
        lang = click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help="English or French."
        )
        own = super().get_params(ctx)
        return [*own[:-1], lang, *own[-1:]]

    def main(self, *args: Any, **options: Any) -> NoReturn:  # noqa: ANN401 - as click passes them
        """Run a command and leave with its exit code.

        Raises:
            SystemExit: always.
        """
        options["standalone_mode"] = False
        given = next(iter(args), options.get("args"))

        def run() -> Any:  # noqa: ANN401 - the exit code, or nothing
            speak(sys.argv[1:] if given is None else given)
            return super(Commands, self).main(*args, **options)

        sys.exit(_guarded(run))

    def make_context(self, *args: Any, **options: Any) -> click.Context:  # noqa: ANN401
        """Read the arguments, which may print the help."""
        with _reader_told():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command, and whatever it prints."""
        with _reader_told():
            return super().invoke(ctx)


@contextmanager
def _reader_told() -> Iterator[None]:
    """Give a code of its own to what click takes for any other failure: nobody reads on."""
    try:
        yield
    except BrokenPipeError:
        _let_go()
        raise click.exceptions.Exit(UNREAD) from None


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except tuple(_ENDS) as error:
        return _end(error)
    return int(code or 0)


def _end(error: BaseException) -> int:
    return next(end(error) for kind, end in _ENDS.items() if isinstance(error, kind))


def _several(errors: ExceptionGroup) -> int:
    return max(map(_end, errors.exceptions))


def _interrupted(_: BaseException) -> int:
    return INTERRUPTED


def _usage(error: click.ClickException) -> int:
    where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else _SELF
    complain(_SELF, say("try help", spoken(), said=usage_said(error), command=where))
    return BAD


def _bad_file(error: BadFileError) -> int:
    for problem in error.problems:
        is_option = str(next(iter(problem.path), "")).startswith("--")
        complain(_SELF if is_option else file_of(problem, error.path), *told(problem))
    return BAD


def _invalid(error: InvalidError) -> int:
    for problem in error.problems:
        complain(_SELF, problem.text(spoken()))
    return BAD


def _other(error: CmcoreError) -> int:
    complain(_SELF, error.text(spoken()))
    return BAD


def _system(error: OSError) -> int:
    _let_go()
    name = os.fsdecode(error.filename) if error.filename is not None else _SELF
    complain(name, system_problem(error).text(spoken()))
    return BAD


def _too_much(_: MemoryError) -> int:
    complain(_SELF, say("no memory", spoken()))
    return FAULT


def _fault(error: Exception) -> int:
    """Own up to what should not have happened, and say where it did."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119 - a name, not a file
    said = f"{type(error).__name__} at {place}: {error}"
    complain(_SELF, say("our fault", spoken(), said=said))
    return FAULT


def file_of(problem: Problem, path: str) -> str:
    """Return the name of the file that a problem is in: `path`, or one that this names."""
    return path if problem.file is None else os.path.join(os.path.dirname(path), problem.file)  # noqa: PTH118, PTH120 - as it was typed


def system_problem(error: OSError) -> Problem:
    """Return the problem of a file that the system refuses, in its own words where it is rare."""
    reason = errorcode.get(error.errno or 0, "")
    if f"system {reason}" in SENTENCES:
        return Problem.of("file-not-read", reason=reason)
    said = (error.strerror or " ".join(map(str, error.args))).lower()
    return Problem.of("file-refused", reason=said)


def told(problem: Problem) -> tuple[str, int | None]:
    """Return what is said of a problem beside the name of its file, and its line."""
    return attrs.evolve(problem, line=None, file=None).text(spoken()), problem.line


def _let_go() -> None:
    """Forget what could not be written, which Python would try to write again when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


#: What is done about each kind of error; the first that fits.
_ENDS: Final[dict[type[BaseException], Callable[[Any], int]]] = {
    click.Abort: _interrupted,
    KeyboardInterrupt: _interrupted,
    click.ClickException: _usage,
    BadFileError: _bad_file,
    InvalidError: _invalid,
    CmcoreError: _other,
    OSError: _system,
    MemoryError: _too_much,
    ExceptionGroup: _several,
    Exception: _fault,
}
