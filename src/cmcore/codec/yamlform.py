"""YAML to plain data and back: the 1.2 core rules for scalars, and nothing that can surprise.

Read from the events of PyYAML, one by one, so that no nesting and no alias can hurt.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import inf
from types import ModuleType
from typing import Any, Final

from cmcore.base.codes import Code
from cmcore.base.errors import (
    MAX_PROBLEMS,
    InvalidError,
    MissingExtraError,
    Path,
    Problem,
)
from cmcore.base.numbers import grouped
from cmcore.codec import bounds
from cmcore.codec.bounds import Data, Mark

WIDTH: Final = 100

# YAML 1.2, section 10.3.2, less octal and hexadecimal numbers; what is not finite is refused later.
_WORDS: Final[dict[str, Data]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{
        sign + word: inf
        for sign in ("", "+", "-")
        for word in (".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")
    },
}
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+|(?P<real>(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?))"
)
_NUMBER_STARTS: Final = frozenset("+-.0123456789")
# Every `%TAG` line makes the next one slower to read, and tags are refused anyway.
_TAG_LINE = re.compile(r"^%TAG\b", re.MULTILINE)

# A comment that may have been meant as text: `#1`, unlike `# one`.
_TAG_COMMENT = re.compile(r"[ \t]+(#\w[^\r\n]*)")

# An indentation with characters that only look like spaces.
_ODD_INDENTATION = re.compile(r" *([^\S \t\n\r])")

# PyYAML's messages, in C or in Python, and ours: the first one contained wins.
_SAYINGS: Final[tuple[tuple[str, Code], ...]] = (
    ("tab", "tab-as-indentation"),
    ("mapping values are not allowed", "stray-colon"),
    ("could not find expected ':'", "colon-missing"),
    ("unexpected end of stream", "quote-open"),
    ("unexpected document", "quote-open"),
    ("escape", "bad-escape"),
    ("',' or", "bracket-missing"),
    ("<document start>", "more-after-end"),
    ("block collections", "bad-indentation"),
    ("sequence entries", "stray-dash"),
    ("expected key", "bad-indentation"),
    ("block end", "bad-indentation"),
    ("'-' indicator", "bad-indentation"),
    ("node content", "yaml-value-missing"),
    ("block scalar", "more-after-block-sign"),
    ("anchor", "bad-anchor"),
    ("alias", "bad-alias"),
    ("directive", "bad-directive"),
    ("tag", "bad-tag"),
    ("cannot start any token", "bad-start"),
    ("", "not-yaml"),
)


# A line of dashes that is not the one between documents, which has three.
_TOO_MANY_DASHES = re.compile(r"-{4,}\s*")
#: What PyYAML says of the line after such a one.
_AFTER_DASHES: Final = frozenset({"stray-colon", "colon-missing", "more-after-end"})


def _pyyaml() -> ModuleType:
    try:
        import yaml
    except ImportError as error:
        raise MissingExtraError("PyYAML") from error
    return yaml


def resolve(text: str) -> Data:
    """Return what an unquoted scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS and (number := _NUMBER.fullmatch(text)):
        return bounds.real_number(text) if number["real"] else bounds.whole_number(text)
    return text


def read(text: str) -> tuple[Data, list[Problem], bool]:
    """Read one YAML document: the data, what is wrong with it, whether a key is repeated in it.

    Raises:
        InvalidError: the text cannot be read to its end.
        MissingExtraError: PyYAML is not installed.
    """
    builder = _build(text, None)
    return builder.root, builder.problems, builder.has_repeats


def marks(text: str) -> Iterator[Mark]:
    """Yield each place of a YAML text and its line; an entry of a mapping is on its key's line.

    Raises:
        InvalidError: the text does not read to its end.
        MissingExtraError: PyYAML is not installed.
    """
    found: list[Mark] = []
    _build(text, found)
    yield from found


def cut_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each unquoted text that a comment such as `#1` ends, and the comment.

    Raises:
        MissingExtraError: PyYAML is not installed.
    """
    yaml = _pyyaml()
    for event in yaml.parse(text, Loader=_loader(yaml)):
        if event.__class__ is yaml.ScalarEvent and not event.style and event.value:
            comment = _TAG_COMMENT.match(text, event.end_mark.index)
            if comment and resolve(event.value).__class__ is str:
                yield _line(event), comment[1]


def _loader(yaml: ModuleType) -> Any:  # noqa: ANN401  (a class of PyYAML)
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _build(text: str, found: list[Mark] | None) -> "_Builder":
    yaml = _pyyaml()
    builder = _Builder(found)
    handlers: dict[type, Callable[[Any], None]] = {
        yaml.ScalarEvent: builder.scalar,
        yaml.MappingStartEvent: builder.open_mapping,
        yaml.SequenceStartEvent: builder.open_sequence,
        yaml.MappingEndEvent: builder.close,
        yaml.SequenceEndEvent: builder.close,
        yaml.AliasEvent: builder.alias,
        yaml.DocumentStartEvent: builder.document,
    }
    for event in events(text, builder.problems):
        handler = handlers.get(event.__class__)
        if handler is not None:
            handler(event)
    if builder.is_empty:
        builder.problems.append(Problem("empty-document", (), 1))
    return builder


def events(text: str, found: Sequence[Problem] = (), *, is_fast: bool = True) -> Iterator[Any]:
    """Yield the events of PyYAML for a text, of the parser in C if it is to be fast.

    Raises:
        InvalidError: the text cannot be read to its end; what was `found` before comes first.
        MissingExtraError: PyYAML is not installed.
    """
    yaml = _pyyaml()
    if tag := _TAG_LINE.search(text):
        raise bounds.stop("tag-line", bounds.line_at(text, tag.start()))
    try:
        yield from yaml.parse(text, Loader=_loader(yaml) if is_fast else yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise InvalidError([*found, _syntax_problem(error, text)]) from None
    except (ValueError, OverflowError):
        # PyYAML in Python does not check the numbers of escapes and of `%YAML` lines.
        raise bounds.stop("bad-number", None) from None


@lru_cache(maxsize=1024)
def resolve_as_1_1(text: str) -> bool | int | float | str | None:
    """Return what an unquoted scalar means in YAML 1.1; a date is the text that Python makes of it.

    Raises:
        MissingExtraError: PyYAML is not installed.
    """
    yaml = _pyyaml()
    loader = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))
    try:
        made = loader.construct_object(yaml.ScalarNode(tag, text))
    except (ValueError, yaml.YAMLError):
        return text
    return made if made is None or isinstance(made, bool | int | float | str) else str(made)


def _syntax_problem(error: Any, text: str) -> Problem:  # noqa: ANN401  (an error of PyYAML)
    said = f"{error.context} {error.problem}"
    mark = error.context_mark if "quoted scalar" in said else error.problem_mark
    if "cannot start any token" in said and text[mark.index : mark.index + 1] == "\t":
        said = "tab"
    lines = text.splitlines()[: mark.line + 1]
    for number in range(len(lines), max(0, len(lines) - 2), -1):
        if odd := _ODD_INDENTATION.match(lines[number - 1]):
            return Problem.of("odd-indentation", character=bounds.named(odd[1])).at_line(number)
    code: Code = next(code for theirs, code in _SAYINGS if theirs in said)
    dashes = _dashes_above(lines) if code in _AFTER_DASHES else None
    return Problem("too-many-dashes", (), dashes) if dashes else Problem(code, (), mark.line + 1)


def _dashes_above(lines: Sequence[str]) -> int | None:
    """Return the number of the last line or the one before, blank ones aside, if it is of dashes.

    The last may be the one that stands after them.
    """
    written = [number for number, line in enumerate(lines, 1) if line.strip()][-2:]
    of_dashes = (one for one in written if _TOO_MANY_DASHES.fullmatch(lines[one - 1]))
    return next(of_dashes, None)


def _line(event: Any) -> int:  # noqa: ANN401  (an event of PyYAML)
    line: int = event.start_mark.line + 1
    return line


class _Builder:
    """Plain data in the making: the open collections, the key that waits for its value."""

    def __init__(self, found: list[Mark] | None) -> None:
        self._top: list[Data] = []
        self.problems: list[Problem] = []
        self.has_repeats = False
        self._found = found
        self._into: Any = self._top
        self._key: str | None = None
        self._around: list[tuple[Any, str | None]] = []
        self._steps: list[str | int] = []
        self._nodes = 0
        self._documents = 0

    @property
    def root(self) -> Data:
        """The data of the document; None while there is none."""
        return self._top[0] if self._top else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read."""
        return not self._top

    def document(self, event: Any) -> None:  # noqa: ANN401
        """Begin a document: there must be only one."""
        self._documents += 1
        if self._documents > 1:
            raise self._stop(Problem("several-documents", (), _line(event)))

    def scalar(self, event: Any) -> None:  # noqa: ANN401
        """Take a scalar as the key that is awaited, or else as a value."""
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        text: str = event.value
        if self._key is None and self._into.__class__ is dict:
            self._take_key(event, text)
            return
        if event.style:
            value: Data = text
        elif text or self._around:
            value = resolve(text)
        else:
            return
        step = self._place(event, value)
        if value.__class__ is not str or event.style == '"':
            self._check(event, step, value)

    def open_mapping(self, event: Any) -> None:  # noqa: ANN401
        """Begin a mapping."""
        self._open(event, {})

    def open_sequence(self, event: Any) -> None:  # noqa: ANN401
        """Begin a sequence."""
        self._open(event, [])

    def close(self, _: object) -> None:
        """End the innermost collection."""
        self._into, self._key = self._around.pop()
        self._steps.pop()

    def alias(self, event: Any) -> None:  # noqa: ANN401
        """Refuse an alias, and go on as if nothing stood there."""
        self._report(event, Problem.of("alias", name=event.anchor))
        if self._key is None and self._into.__class__ is dict:
            self._key = self._no_key()
        else:
            self._place(event, None)

    def _open(self, event: Any, collection: Data) -> None:  # noqa: ANN401
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        if len(self._around) >= bounds.MAX_DEPTH:
            raise self._stop(bounds.TOO_DEEP.at_line(_line(event)))
        if self._key is None and self._into.__class__ is dict:
            self._report(event, Problem("collection-as-key"))
            step: str | int = self._no_key()
            self._around.append((self._into, str(step)))
        else:
            step = self._place(event, collection)
            self._around.append((self._into, None))
            there = self._into[step]
            if len(self._steps) == 1 and there.__class__ is collection.__class__:
                collection = there  # a key of the file that is repeated goes on where it was
        self._steps.append(step)
        self._into = collection

    def _place(self, event: Any, value: Data) -> str | int:  # noqa: ANN401
        self._nodes += 1
        if self._nodes > bounds.MAX_NODES:
            raise self._stop(bounds.TOO_MANY.at_line(_line(event)))
        into = self._into
        if into.__class__ is dict:
            step: str | int = self._key or ""
            into.setdefault(step, value)
            self._key = None
        else:
            step = len(into)
            into.append(value)
            if self._found is not None:
                self._found.append((self._path(step), _line(event)))
        return step

    def _take_key(self, event: Any, text: str) -> None:  # noqa: ANN401
        if not event.style:
            self._check_plain_key(event, text)
        elif event.style == '"':
            self._check(event, text, text)
        self.has_repeats = self.has_repeats or text in self._into
        self._key = text
        if self._found is not None:
            self._found.append((self._path(text), _line(event)))

    def _check_plain_key(self, event: Any, text: str) -> None:  # noqa: ANN401
        if text == "<<":
            self._report(event, Problem("merge-key"))
        elif not text:
            self._report(event, Problem("key-before-colon"))
        elif resolve(text).__class__ is not str:
            last = next(reversed(self._into.values()), None)  # `{at least: 0,7}` ends at its comma
            is_cut = text.isdecimal() and last.__class__ is int
            self._report(
                event,
                _cut_at_comma(str(last), text)
                if is_cut
                else Problem.of("key-not-text", key=text, hint="quote-key"),
            )

    def _check(self, event: Any, step: str | int, value: Data) -> None:  # noqa: ANN401
        if fault := bounds.scalar_fault(value):
            self._report(event, fault, step)

    def _refuse_decoration(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor:
            self._report(event, Problem.of("anchor", name=event.anchor))
        if event.tag:
            self._report(event, Problem.of("tag", name=event.tag))

    def _no_key(self) -> str:
        return f"?{self._nodes}"

    def _next_step(self) -> tuple[str | int, ...]:
        if self._into.__class__ is list:
            return (len(self._into),)
        return () if self._key is None else (self._key,)

    def _path(self, *steps: str | int) -> Path:
        return (*self._steps, *steps)[1:]

    def _report(
        self,
        event: Any,  # noqa: ANN401
        problem: Problem,
        *steps: str | int,
    ) -> None:
        path = self._path(*(steps or self._next_step()))
        self.problems.append(problem.at(*path).at_line(_line(event)))
        if len(self.problems) > MAX_PROBLEMS:
            raise InvalidError(self.problems)

    def _stop(self, problem: Problem) -> InvalidError:
        return InvalidError([*self.problems, problem])


def write(data: Data) -> str:
    """Write plain data in block style, keys in their order, texts of several lines as blocks.

    Raises:
        MissingExtraError: PyYAML is not installed.
    """
    yaml = _pyyaml()

    class Dumper(yaml.SafeDumper):  # type: ignore[name-defined, misc]
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
            return True

    Dumper.add_representer(str, _represent_text)
    written: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return written


def _represent_text(dumper: Any, text: str) -> Any:  # noqa: ANN401  (a dumper and a node of PyYAML)
    if bounds.ILLEGAL["yaml"].search(text):
        style = '"'
    elif "\n" in text:
        style = "|"
    else:
        style = "" if resolve(text).__class__ is str else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style or None)


def _cut_at_comma(before: str, after: str) -> Problem:
    """Return the problem of a number that ends at its comma, as `0,7` does within braces."""
    given = f"{before},{after}"
    return grouped(given, whole_or_not=False) or Problem.of(
        "decimal-comma", given=given, write=f"{before}.{after}"
    )
