"""What a text may hold at most, and the checks that every format shares."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from typing import Any, BinaryIO, Final, TypeAlias

from cmcore.base.codes import Code
from cmcore.base.counts import MAX_DIGITS, is_held
from cmcore.base.errors import InvalidError, Path, Problem, refuse, refuse_any
from cmcore.base.numbers import grouped

MAX_BYTES: Final = 16 * 2**20
MAX_DEPTH: Final = 64
MAX_NODES: Final = 2_000_000
MAX_NUMBER: Final = 300

#: Plain data: None, bool, int, float, str, lists of plain data, dicts of plain data by text.
Data: TypeAlias = Any
#: A place of a document and the line it starts on, counted from 1.
Mark: TypeAlias = tuple[Path, int]

# Reading a TOML table, dotted step, or key of an array takes about 1 kB: each counts for several.
_TOML_WEIGHT: Final = 8
#: How many bytes are checked for the beginning of a file, and of a list of objects.
_BEGINNING: Final = 64
_LIST: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_UTF_16: Final = re.compile(rb"\xff\xfe|\xfe\xff|(?:[^\0]\0){4}|(?:\0[^\0]){4}")
#: How files that are not UTF-8 text begin, and the codes of their problems.
_BEGINNINGS: Final[tuple[tuple[re.Pattern[bytes], Code], ...]] = (
    (re.compile(rb"\x1f\x8b"), "file-compressed"),
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"), "file-workbook"),
    (_UTF_16, "file-not-utf"),
)
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff"
#: The characters a text must not hold as they are. YAML 1.1 readers break lines at U+0085, U+2028
#: and U+2029, which newer readers and editors do not, so the writer's intention is unclear.
ILLEGAL: Final = {
    "json": re.compile(f"[{_CONTROL}]"),
    "yaml": re.compile(rf"[{_CONTROL}\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"),
    "toml": re.compile(rf"[{_CONTROL}\x7f]"),
}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_JSON_TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|(?P<empty>\[\s*+\]|\{\s*+\})|(?P<step>[\[\]{},])', re.DOTALL
)
#: Strings and comments whole, then everything that gives a TOML text its shape.
TOML_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|(?P<number>[0-9A-Za-z_+-]++)"
    r"|(?P<step>[\[\]{},=.\n])",
    re.DOTALL,
)
# What a token adds: to the depth, to the number of values.
_JSON_STEPS = {"[": (1, 1), "{": (1, 1), "]": (-1, 0), "}": (-1, 0), ",": (0, 1)}
_TOML_STEPS = {
    **_JSON_STEPS,
    ".": (0, _TOML_WEIGHT),
    "=": (0, 1),
    "\n": (0, 0),
}

TOO_DEEP: Final = Problem.of("too-deep", most=MAX_DEPTH)
TOO_MANY: Final = Problem.of("too-many-values", most=MAX_NODES)
_TOO_LARGE: Final = Problem.of("number-too-large", most=MAX_DIGITS)
_NOT_FINITE: Final = Problem("number-not-finite")
_NO_NULL: Final = Problem("no-null")


def check_format(form: str) -> None:
    """Refuse a format that is unknown.

    Raises:
        InvalidError: `form` is none of the formats of `ILLEGAL`.
    """
    if form not in ILLEGAL:
        raise refuse("not-a-choice", given=form, known=ILLEGAL)


def line_at(text: str, position: int) -> int:
    """Return the line, counted from 1, of a position in `text`."""
    return text.count("\n", 0, position) + 1


def stop(problem: Problem | Code, line: int | None) -> InvalidError:
    """Return an error made of one problem, or its code, on a line, to be raised by the caller."""
    made = Problem(problem) if isinstance(problem, str) else problem
    return InvalidError([made.at_line(line)])


def check_size(text: str | bytes) -> None:
    """Refuse a text of more than `MAX_BYTES` bytes.

    Raises:
        InvalidError: the text is longer than that, once in UTF-8.
    """
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_BYTES:
        raise refuse("text-too-long", most=MAX_BYTES)


def read_bounded(stream: BinaryIO) -> bytes:
    """Read a stream to its end, or until it is longer than a text may be.

    Raises:
        InvalidError: it has more than `MAX_BYTES` bytes.
    """
    raw = stream.read(MAX_BYTES + 1)
    check_size(raw)
    return raw


def refuse_binary(stream: Any, *, is_sheet: bool = True) -> None:  # noqa: ANN401 - buffered, which types of files hide
    """Refuse a stream, of which nothing was read, that begins as no text in UTF-8 does.

    `is_sheet` says whether Excel may have written it.

    Raises:
        InvalidError: it is compressed, an archive as workbooks are, or in UTF-16.
    """
    start = stream.peek(_BEGINNING)[:_BEGINNING]
    for beginning, code in _BEGINNINGS:
        if beginning.match(start):
            raise stop("not-utf" if code == "file-not-utf" and not is_sheet else code, 1)


def refuse_utf_16(raw: bytes) -> None:
    """Refuse a text in UTF-16, which may be one in UTF-8 that is full of odd characters.

    Raises:
        InvalidError: it is.
    """
    if _UTF_16.match(raw):
        raise stop("not-utf", 1)


def refuse_list(stream: Any) -> None:  # noqa: ANN401 - buffered, which types of files hide
    """Refuse a stream, of which nothing was read, that should have an object on each line.

    Raises:
        InvalidError: it begins a list of objects.
    """
    if _LIST.match(stream.peek(_BEGINNING)):
        raise stop("list-of-rows", 1)


def decode(text: str | bytes, form: str) -> str:
    """Return a text of bounded size, without byte order mark or illegal characters.

    Raises:
        InvalidError: unknown format, text too long, not UTF-8, or with illegal characters (one
            problem for each).
    """
    check_format(form)
    check_size(text)
    readable = (_from_utf8(text) if isinstance(text, bytes) else text).removeprefix("\ufeff")
    refuse_any(_illegal(readable, ILLEGAL[form]))
    return readable


def _from_utf8(raw: bytes) -> str:
    refuse_utf_16(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise stop("not-utf", line) from None


def _illegal(text: str, illegal: re.Pattern[str]) -> Iterator[Problem]:
    line, seen = 1, 0
    for match in illegal.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield Problem.of("illegal-character", character=named(match[0])).at_line(line)


def check_json_shape(text: str) -> None:
    """Refuse a JSON text whose nesting or number of values passes the limits, before reading it.

    Raises:
        InvalidError: the text has too many levels or values.
    """
    _check_shape(text, _JSON_TOKEN, _JSON_STEPS, 1)


def check_toml_shape(text: str) -> None:
    """Refuse a TOML text that would be costly to read: levels, values, dotted keys, long numbers.

    Raises:
        InvalidError: the text passes a limit.
    """
    _check_shape(text, TOML_TOKEN, _TOML_STEPS, _TOML_WEIGHT)


def _check_shape(
    text: str, tokens: re.Pattern[str], steps: dict[str, tuple[int, int]], weight: int
) -> None:
    depth, dots, nodes = 0, 0, 1
    for match in tokens.finditer(text):
        if match.lastgroup == "step":
            deeper, more = steps[match[0]]
            nodes += more * weight if deeper > depth else more
            depth += deeper
            dots = dots + 1 if match[0] == "." else 0
            if depth > MAX_DEPTH or dots > MAX_DEPTH:
                raise stop(TOO_DEEP, line_at(text, match.start()))
            if nodes > MAX_NODES:
                raise stop(TOO_MANY, line_at(text, match.start()))
        elif match.lastgroup == "empty" and depth == MAX_DEPTH:
            raise stop(TOO_DEEP, line_at(text, match.start()))
        elif match.lastgroup == "number" and match.end() - match.start() > MAX_NUMBER:
            problem = Problem.of("too-long-unquoted", most=MAX_NUMBER)
            raise stop(problem, line_at(text, match.start()))


def whole_number(digits: str) -> int:
    """Read a decimal whole number; an endless one gives some number with too many digits."""
    return int(digits) if len(digits) <= MAX_NUMBER else 10**MAX_NUMBER


#: A number with three decimals, the last one zero: no program writes this, but people who mean
#: thousands do.
_GROUPED: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{2}0")


class Grouped(float):
    """A number that may be thousands, with the text that it was read from; it never gets out."""

    text: str


def real_number(text: str) -> float:
    """Read a number with decimals, as `12.5`; keep apart what may be thousands, as `12.500`."""
    if not _GROUPED.fullmatch(text):
        return float(text)
    found = Grouped(text)
    found.text = text
    return found


def _fine(_: object) -> None:
    return None


def named(character: str) -> str:
    """Name a character that cannot be seen, as `U+00A0`."""
    return f"U+{ord(character):04X}"


def _text_fault(text: str) -> Problem | None:
    lone = _SURROGATE.search(text)
    return Problem.of("half-character-in-text", character=named(lone[0])) if lone else None


def _int_fault(number: int) -> Problem | None:
    return _TOO_LARGE if not is_held(number) else None


def _float_fault(number: float) -> Problem | None:
    return None if isfinite(number) else _NOT_FINITE


def _grouped_fault(number: Grouped) -> Problem | None:
    return grouped(number.text, whole_or_not=False)


_FAULTS: Final[dict[type, Callable[[Any], Problem | None]]] = {
    Grouped: _grouped_fault,
    str: _text_fault,
    int: _int_fault,
    float: _float_fault,
    bool: _fine,
    type(None): _fine,
}


def scalar_fault(item: object) -> Problem | None:
    """Say what is wrong with a scalar: its type, its size, half a character; None when nothing."""
    check = _FAULTS.get(type(item))
    return check(item) if check else Problem.of("not-plain", kind=type(item).__name__)


def _step_fault(step: object) -> Problem | None:
    return scalar_fault(step) if type(step) is str else Problem.of("key-not-text", key=step)


def firsts(pairs: Sequence[tuple[str, Data]]) -> dict[str, Data]:
    """Return a mapping of keys that may be repeated: what stands first under each counts."""
    made = dict(pairs)
    if len(made) < len(pairs):
        made.update(reversed(pairs))
    return made


def whole(pairs: Iterable[tuple[str, Data]]) -> dict[str, Data]:
    """Return the mapping of a file, whose keys may be repeated: collections go on.

    Of other values, the first counts, and so it does of those in collections.
    """
    made: dict[str, Data] = {}
    for key, one in pairs:
        there = made.setdefault(key, one)
        if there is one:
            continue
        if isinstance(there, dict) and isinstance(one, dict):
            made[key] = {**there, **one, **there}
        elif isinstance(there, list) and isinstance(one, list):
            made[key] = [*there, *one]
    return made


def is_mapping(collection: object) -> bool:
    """Tell a dict from a list."""
    return isinstance(collection, dict)


def entries(collection: Data) -> list[tuple[Any, Any]]:
    """List what a dict or a list holds, each with its key or its index."""
    return [*collection.items()] if is_mapping(collection) else [*enumerate(collection)]


def faults(data: Data, *, has_null: bool = True) -> Iterator[Problem]:
    """Find, in document order and with its path, everything in `data` that is not plain data.

    None is a fault too unless the format `has_null`. Sound for any object, even one that holds
    itself.
    """
    todo: list[tuple[Path, Any]] = [((), data)]
    nodes = 0
    while todo:
        path, item = todo.pop()
        nodes += 1
        if nodes > MAX_NODES:
            yield TOO_MANY
            return
        if type(item) not in (dict, list):
            fault = scalar_fault(item) if has_null or item is not None else _NO_NULL
            if fault:
                yield fault.at(*path)
        elif len(path) >= MAX_DEPTH:
            yield TOO_DEEP.at(*path)
        else:
            fault_of = _step_fault if is_mapping(item) else _fine
            told = [(step, below, fault_of(step)) for step, below in entries(item)]
            yield from (fault.at(*path) for _, _, fault in told if fault)
            todo += [((*path, step), below) for step, below, fault in reversed(told) if not fault]
