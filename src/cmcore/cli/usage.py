"""What click says of a command, in the language that is spoken: its help, and what is wrong."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from inspect import cleandoc
from typing import Any, Final, cast

import click

from cmcore.base.codes import Code
from cmcore.base.errors import Problem, check_language
from cmcore.base.typography import typeset
from cmcore.cli.help import FRENCH, HEADINGS, METAVARS
from cmcore.cli.language import spoken
from cmcore.display.wording import say

#: The column of French.
_FRENCH: Final = check_language("fr")
_CODE: Final = re.compile(r"(\s*\d+\s+)(.+)")
_EXTRA: Final = re.compile(r"(.*?)(?:  (\[.*\]))?", re.DOTALL)
_AT_LEAST: Final = re.compile(r"\bx>=(\d+)")
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")

#: What click says of the usage of a command -> the code of the problem; the first that fits.
_SAYINGS: Final[tuple[tuple[str, Code], ...]] = (
    (r"No such option:? '?(?P<name>[^' ]+?)'?(?:[. ].*)?", "no-such-option"),
    (r"No such command '(?P<name>.*?)'.*", "no-such-command"),
    (r"Missing argument '(?P<name>.*?)'.*", "missing-argument"),
    (r"Missing option '(?P<name>.*?)'.*", "missing-option"),
    (r"Got unexpected extra arguments? \((?P<given>.*)\)", "extra-argument"),
    (r"Option '?(?P<name>.*?)'? does not take a value\.?", "option-takes-nothing"),
    (r"Option '?(?P<name>.*?)'? requires an argument\.?", "option-needs-value"),
    (r"Option '?(?P<name>.*?)'? is given more than once\.?", "option-twice"),
    (r"'(?P<given>.*)' is not one of (?P<choices>.*)\.", "not-among"),
    (r"'(?P<given>.*)' is not a valid float\.", "not-a-number"),
    (r"File '(?P<given>.*)' is a directory\.", "is-a-folder"),
)


_NO_COMMAND: Final = re.compile(r"No such command '(.*?)'.*", re.DOTALL)
#: What is looked for under the name that Python or another program has for it -> the command.
_ELSEWHERE: Final[Mapping[str, str]] = {
    "prove": "check",
    "verify": "check",
    "analyse": "check --deep",
    "analyze": "check --deep",
    "contrast": "compare",
    "diff": "compare",
}


class _Formatter(click.HelpFormatter):
    """Writes the help in the language that is spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        head = "Usage: " if prefix is None else prefix
        super().write_usage(prog, _in_capitals(args), _headed(head))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_headed(heading))

    def write_text(self, text: str) -> None:
        super().write_text(in_french(text) if spoken() == "fr" else text)

    def write_dl(self, rows: Any, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as click has it
        super().write_dl([_row(*row) for row in rows], *args, **options)


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is in the language that is spoken."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises:
            click.UsageError: one of them is wrong.
            ExceptionGroup: several are.
        """
        given = [*args]
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            found = {one.format_message(): one for one in (error, *self._wrong(ctx, given))}
            if len(found) == 1:
                raise
            raise ExceptionGroup("; ".join(found), [*found.values()]) from None
        self._refuse_twice(ctx, given)
        return rest

    def _refuse_twice(self, ctx: click.Context, args: list[str]) -> None:
        """Refuse an option that has one value and is given several: click takes the last."""
        _, _, order = self.make_parser(ctx).parse_args(args=args)
        for param, times in Counter(order).items():
            if (
                times > 1
                and isinstance(param, click.Option)
                and not (param.multiple or param.is_flag)
            ):
                raise click.UsageError(f"Option '{param.opts[0]}' is given more than once.")

    def _wrong(self, ctx: click.Context, args: list[str]) -> Iterator[click.UsageError]:
        """Yield what is wrong with each argument by itself, if the line can be parted into them."""
        with suppress(click.UsageError):
            given, rest, order = self.make_parser(ctx).parse_args(args=args)
            for param in click.core.iter_params_for_processing(order, self.get_params(ctx)):
                if param.is_eager:  # as for the help, which would be printed
                    continue
                try:
                    param.handle_parse_result(ctx, given, rest)
                except click.UsageError as error:
                    yield error

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the list of commands says of it."""
        if spoken() == "en":
            return super().get_short_help_str(limit)
        return in_french(self.short_help or cleandoc(self.help or "").split("\n\n")[0])


def in_french(text: str) -> str:
    """Return what the help says in French: paragraph by paragraph, or a table of exit codes."""
    if text.startswith("\b"):
        return "\n".join(map(_line, text.split("\n")))
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(_in_capitals(_set(FRENCH, part)) for part in parts)


def _set(texts: Mapping[str, str], english: str) -> str:
    """Return the French of an English text, set as French is; the text where there is none."""
    return typeset(texts[english], _FRENCH) if english in texts else english


def _line(line: str) -> str:
    found = _CODE.fullmatch(line)
    head, told = found.groups() if found else ("", line)
    return head + _set(FRENCH, told)


def _row(name: str, told: str) -> tuple[str, str]:
    """Return a row of a list of options or of commands."""
    if spoken() == "en":
        return name, told
    found = _EXTRA.fullmatch(told)
    said, extra = found.groups() if found else (told, None)
    return _in_capitals(name), "  ".join(filter(None, (in_french(said), extra and _extra(extra))))


def _extra(told: str) -> str:
    """Return what is said of an option in brackets: its default, its bounds, that it is needed."""
    told = _AT_LEAST.sub(r"au moins \1", told.replace("; ", " ; "))
    for english, french in HEADINGS.items():
        told = told.replace(english, french)
    return typeset(told, _FRENCH)


def _headed(heading: str) -> str:
    return heading if spoken() == "en" else _set(HEADINGS, heading)


def _in_capitals(text: str) -> str:
    """Return a text with its words for values, which are in capitals, as French has them."""
    if spoken() == "en":
        return text
    return _CAPITALS.sub(lambda found: METAVARS.get(found[0], found[0]), text)


def usage_said(error: click.ClickException) -> str:
    """Say what is wrong with a command in the language that is spoken."""
    said = error.format_message().strip()
    named = _NO_COMMAND.fullmatch(said)
    if named and named[1] in _ELSEWHERE:
        other = _ELSEWHERE[named[1]]
        return Problem.of("command-elsewhere", name=named[1], other=other).text(spoken())
    if spoken() == "en":
        told = said.rstrip(".").replace("'", "`")
        return f"{told[:1].lower()}{told[1:]}"
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        told = _resaid(error.message)
        return say("bad option value", "fr", name=_option(error), what=told)
    return _resaid(said)


def _resaid(said: str) -> str:
    """Return what click said in French; what it did not say is in French already."""
    for pattern, code in _SAYINGS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            told = {name: _in_capitals(one) for name, one in found.groupdict().items()}
            choices = told.pop("choices", "")
            known = [one.strip("'") for one in choices.split(", ")] if choices else ()
            return Problem.of(code, **told, known=known).text("fr")
    return said


def _option(error: click.BadParameter) -> str:
    """Return the name of the option or the argument whose value is wrong."""
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint(cast("click.Context", error.ctx))
    names = [hint or ""] if hint is None or isinstance(hint, str) else hint
    return _in_capitals(" / ".join(name.strip("'") for name in names))


def misused(code: Code, **params: Any) -> click.UsageError:  # noqa: ANN401 - of its sentence
    """Return the error that options do not go with what they are given for, or beside."""
    return click.UsageError(Problem.of(code, **params).text(spoken()))


def refuse_alone(*options: tuple[str, bool], beside: str) -> None:
    """Refuse each option that is given without what it goes with.

    Raises:
        click.UsageError: one of them is given.
    """
    for option, is_given in options:
        if is_given:
            raise misused("stands-alone", key=option, beside=[beside])
