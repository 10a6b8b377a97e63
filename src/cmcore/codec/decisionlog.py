"""Decision logs as lines of JSON, each with the digest of the one before: written, read, checked.

A line is `{"digest": …, "entry": …, "previous": …}` in the one way in which the library writes it:
keys sorted, no spaces, no escapes but those that JSON needs. `digest` is that of the line without
itself; `previous` is the `digest` of the line before.
"""

import codecs
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from cmcore.base.asked import checked, each_of
from cmcore.base.digests import DIGEST
from cmcore.base.errors import MAX_PROBLEMS, InvalidError, Problem, more, refuse, refuse_any
from cmcore.charters.history import Unreadable
from cmcore.codec.bounds import MAX_BYTES, MAX_DEPTH, Data, check_json_shape, faults
from cmcore.codec.files import structure, unstructure
from cmcore.decisionlog.checks import START, LogCheck
from cmcore.decisionlog.entries import FORMAT, LogEntry

#: The longest line of a log, in bytes.
LONGEST: Final = MAX_BYTES
_LINE: Final = re.compile(
    rb'\{"digest":"([0-9a-f]{64})",("entry":\{.*\},"previous":"([0-9a-f]{64})"\})', re.DOTALL
)
#: How a line of a log begins, of any digest, and all that may follow before its end.
_BEGINNING: Final = b'{"digest":"%s","entry":{' % (b"0" * 64)
_BEGUN: Final = re.compile(rb'\{"digest":"[0-9a-f]{64}","entry":\{[^\x00-\x1f]*')
#: How a line of a log ends: within an entry nothing does, for quotes are escaped there.
_END: Final = re.compile(rb',"previous":"[0-9a-f]{64}"\}\Z')
_STEP: Final = 2**16
_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


# --------------------------------------------------------------------------------------- writing


@checked
def log_line(entry: LogEntry, previous: str = START) -> bytes:
    """Return the line of a log that holds an entry, after the line with the digest `previous`.

    It ends in a line break. Its own digest, which the next line needs, is `line_digest(line)`.

    Raises:
        InvalidError: when `previous` is no digest, or the line would hold half a character, or be
            longer than 16 MiB.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Context, catalog, decide
        >>> from cmcore.codec import line_digest, log_line
        >>> from cmcore.decisionlog import entry
        >>> charter = catalog.charters["small-brand"]
        >>> decision = decide(charter, Act(kind="delete", network="x"))
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> first = log_line(entry(decision, Context(), charter, id="d-1", at=noon))
        >>> second = log_line(entry(decision, Context(), charter, id="d-2", at=noon),
        ...                   line_digest(first))
        >>> second[-68:-3].decode() == '"' + line_digest(first)
        True
    """
    if not DIGEST.fullmatch(previous):
        raise refuse("wrong-value", "previous", given=previous, wanted="file-digest")
    data = {"entry": unstructure(entry), "previous": previous}
    try:
        body = _canonical(data)
    except UnicodeEncodeError:
        raise InvalidError(faults(data)) from None
    line = b'{"digest":"' + sha256(body).hexdigest().encode() + b'",' + body[1:] + b"\n"
    if len(line) > LONGEST:
        raise refuse("line-bytes", most=LONGEST)
    return line


@checked
def line_digest(line: bytes) -> str:
    """Return the digest that a line of a log says of itself.

    Raises:
        InvalidError: when it is no line of a log.

    Examples:
        >>> from cmcore.codec import line_digest
        >>> line_digest(
        ...     b'{"digest":"%(digest)s","entry":{},"previous":"%(digest)s"}'
        ...     % {b"digest": b"0" * 64}
        ... )[:8]
        '00000000'
    """
    found = _LINE.fullmatch(line.removesuffix(b"\n"))
    if found is None:
        raise refuse("log-line-damaged")
    return found[1].decode()


def _canonical(data: Data) -> bytes:
    """Return plain data in the one way in which a log holds it.

    It is the same on every Python: keys in the order of their code points, numbers as short as they
    can be, UTF-8.
    """
    return _ENCODER.encode(data).encode()


@checked
def append_to_log(path: str | os.PathLike[str], entries: Iterable[LogEntry]) -> str:
    """Append entries to a log, each a whole line, and return the digest of the last.

    All lines are on the disk when it returns. Where the machine stopped while a line was written,
    its piece stays, and the next line begins after it. Several processes may append to one log,
    where the system can lock files.

    Raises:
        InvalidError: when the file is no log, or an entry cannot be written.
        OSError: when the file cannot be written.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Context, catalog, decide
        >>> from cmcore.codec import append_to_log, verify_log
        >>> from cmcore.decisionlog import entry
        >>> charter = catalog.charters["small-brand"]
        >>> decision = decide(charter, Act(kind="delete", network="x"))
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> made = entry(decision, Context(), charter, id="d-1", at=noon)
        >>> head = append_to_log("decisions.jsonl", [made])
        >>> verify_log("decisions.jsonl").head == head
        True
    """
    file = Path(path)
    with file.open("a+b") as stream:
        _lock(stream)
        head, is_open = _end(stream)
        if is_open:
            stream.write(b"\n")
        for one in entries:
            line = log_line(one, head)
            head = line_digest(line)
            stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(OSError):  # where a folder cannot be opened, the system looks after it
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return head


def _lock(stream: BinaryIO) -> None:
    """Wait until nobody else appends to a file; it is let go when it is closed."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # on Windows, where one process at a time appends
        return
    flock(stream, LOCK_EX)


def _end(stream: BinaryIO) -> tuple[str, bool]:
    """Return the digest of the last whole line of a log, and whether what follows it has no end.

    Raises:
        InvalidError: it holds something, and no such line.
    """
    size = stream.seek(0, os.SEEK_END)
    if not size:
        return START, False
    is_open = False
    for number, line in enumerate(_backwards(stream, size)):
        if number == 0:
            is_open = bool(line)
        found = _LINE.fullmatch(line)
        if found:
            return found[1].decode(), is_open
    stream.seek(0)
    start = stream.read(len(_LEAD))
    if _LEAD.startswith(start):
        return START, is_open  # the first line was not written to its end
    raise refuse("not-a-log")


#: How a line of a log begins.
_LEAD: Final = b'{"digest":"'


def _backwards(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield what stands between the line breaks of a file, from the end: first what has no end."""
    rest, place = b"", size
    while place:
        step = min(_STEP, place)
        place -= step
        stream.seek(place)
        head, *lines = (stream.read(step) + rest).split(b"\n")
        yield from reversed(lines)
        rest = head
        if len(rest) > LONGEST:
            return
    yield rest


# --------------------------------------------------------------------------------------- reading


class _Line(NamedTuple):
    """A line of a log: its number, its data where it is whole, and what is wrong with it."""

    number: int
    data: Data
    problems: tuple[Problem, ...]


class LogReading(Iterator[LogEntry | Unreadable]):
    """The entries of a log, one by one, and what was found of its lines so far (`check`)."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._walk = _Walk()
        self._rows = map(_entry, self._walk.lines(lines))

    def __next__(self) -> LogEntry | Unreadable:
        return next(self._rows)

    @property
    def check(self) -> LogCheck:
        """Whether what was read so far is as it was written; of the whole log, at its end."""
        return self._walk.check()


@checked
def read_log(log: str | os.PathLike[str] | Iterable[bytes]) -> LogReading:
    """Return the entries of a log, in a file or as its lines, and what becomes known meanwhile.

    They come one by one. A line that is not whole, was changed, or holds no valid entry is yielded
    as `Unreadable`.

    Raises:
        OSError: when the file cannot be read.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Act, Context, catalog, decide
        >>> from cmcore.codec import append_to_log, read_log
        >>> from cmcore.decisionlog import entry, replay
        >>> charter = catalog.charters["small-brand"]
        >>> decision = decide(charter, Act(kind="delete", network="x"))
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> made = entry(decision, Context(), charter, id="d-1", at=noon)
        >>> _ = append_to_log("read.jsonl", [made])
        >>> log = read_log("read.jsonl")
        >>> replay(log, [charter]).equal, log.check.is_intact
        (1, True)
    """
    return LogReading(_given_lines(log))


@checked
def verify_log(
    log: str | os.PathLike[str] | Iterable[bytes], *, head: str | None = None
) -> LogCheck:
    """Return whether a log, in a file or as its lines, is as it was written.

    Every line has its digest and that of the line before, so that whatever was changed, removed,
    added or moved between its first and its last line shows. That lines were cut off the end shows
    only by a `head`: the digest of a line that is known to be in it.

    Raises:
        InvalidError: when `head` is no digest, or a line is not made of bytes.
        OSError: when the file cannot be read.

    Examples:
        >>> from cmcore.codec import verify_log
        >>> print(verify_log([]))
        the log is intact: 0 entries
          (head: 0000000000000000000000000000000000000000000000000000000000000000)
    """
    if head is not None and not DIGEST.fullmatch(head):
        raise refuse("wrong-value", "head", given=head, wanted="file-digest")
    walk = _Walk(head)
    for _ in walk.lines(_given_lines(log)):
        pass
    return walk.check(at_end=True)


def _given_lines(log: str | os.PathLike[str] | Iterable[bytes]) -> Iterator[bytes]:
    """Return the lines of a log that is a file, or its lines."""
    if isinstance(log, str | os.PathLike):
        return _lines(Path(log))
    return each_of(log, "log", bytes)


def _lines(file: Path) -> Iterator[bytes]:
    """Yield the lines of a file with their ends; of one that is too long, its beginning."""
    with file.open("rb") as stream:
        while line := stream.readline(LONGEST + 1):
            yield line
            while len(line) > LONGEST and not line.endswith(b"\n"):
                line = stream.readline(LONGEST + 1)


class _Walk:
    """A log that is checked line by line."""

    def __init__(self, head: str | None = None) -> None:
        self.entries = 0
        self.digest = START
        self.wanted = head
        self.after: int | None = 0 if head == START else None
        self.problems: list[Problem] = []
        self.is_lost = False

    def lines(self, lines: Iterable[bytes]) -> Iterator[_Line]:
        """Yield each line, with what is wrong with it."""
        for number, line in enumerate(lines, 1):
            data, found = self._looked_at(line)
            placed = tuple(problem.at_line(number) for problem in found)
            if len(self.problems) <= MAX_PROBLEMS:
                self.problems += placed
            yield _Line(number, data, placed)

    def check(self, *, at_end: bool = False) -> LogCheck:
        """Return what was found so far."""
        found = self.problems
        if at_end and self.wanted is not None and self.after is None:
            found = [*found, Problem.of("log-head-missing", digest=self.wanted)]
        if len(found) > MAX_PROBLEMS:
            found = [*found[:MAX_PROBLEMS], more()]
        return LogCheck(self.entries, self.digest, tuple(found), after=self.after)

    def _looked_at(self, line: bytes) -> tuple[Data, list[Problem]]:
        """Return what a line holds, where it is whole, and what is wrong with it."""
        text = line.removesuffix(b"\n")
        if len(line) > LONGEST:
            return None, [Problem.of("line-bytes", most=LONGEST)]
        found = _LINE.fullmatch(text)
        if found is None:
            return None, [self._not_a_line(text)]
        problems = [] if text != line else [Problem("log-line-torn", hint="only-its-break")]
        digest, body, previous = found[1].decode(), b"{" + found[2], found[3].decode()
        if self.is_lost:
            self.is_lost = False  # what it follows cannot be read, and that is told
        elif previous != self.digest:
            hint = "another-log" if previous == START else None
            problems.append(Problem("log-line-out-of-place", hint=hint))
        self.digest = digest
        if sha256(body).hexdigest() != digest:
            return None, [*problems, Problem("log-line-edited")]
        self._count(digest)
        data = _parsed(body)
        if data is None:
            problems.append(Problem("log-line-unusual"))
        return data, problems

    def _not_a_line(self, text: bytes) -> Problem:
        """Return what is wrong with what is no line: nothing rests on one that was only begun."""
        if _is_begun(text):
            return Problem("log-line-torn")
        self.is_lost = True
        bare = text.removeprefix(codecs.BOM_UTF8).removesuffix(b"\r")
        is_resaved = bare != text and _LINE.fullmatch(bare)
        return Problem("log-line-damaged", hint="saved-otherwise" if is_resaved else None)

    def _count(self, digest: str) -> None:
        self.entries += 1
        if self.after is not None:
            self.after += 1
        elif digest == self.wanted:
            self.after = 0


def _is_begun(text: bytes) -> bool:
    """Return whether a text is the beginning of a line, of which the end was not written."""
    whole = text + _BEGINNING[len(text) :]
    return bool(text and _BEGUN.fullmatch(whole)) and _END.search(text) is None


def _parsed(body: bytes) -> Data:
    """Return the data of a line that is written in the one way; None for any other."""
    try:
        text = body.decode()
        if body.count(b"{") + body.count(b"[") > MAX_DEPTH:
            check_json_shape(text)
        data = json.loads(text)
        return data["entry"] if _canonical(data) == body else None
    except (ValueError, RecursionError):
        return None


def _entry(line: _Line) -> LogEntry | Unreadable:
    """Return the entry that a line holds, or what is wrong with it.

    What is wrong with its place between the others is not wrong with the entry.
    """
    place = f"line {line.number}"
    if line.data is None:
        return Unreadable(place, line.problems)
    try:
        refuse_any(_format_problems(line.data))
        return structure(line.data, LogEntry)
    except InvalidError as error:
        found = (problem.at_line(line.number) for problem in error.problems)
        return Unreadable(place, tuple(chain(line.problems, found)))


def _format_problems(data: Data) -> Iterator[Problem]:
    """Yield the problem of an entry in a format of another version, of which nothing is known."""
    if data.get("format", FORMAT) != FORMAT:
        yield Problem.of("unknown-log-format", "format", given=data["format"], wanted=FORMAT)
