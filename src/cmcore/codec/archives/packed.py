"""What is read of an archive: a few of its files, by name, never unpacked to disk."""

import gzip
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import BufferedReader, RawIOBase, TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO, Final, NamedTuple, TextIO

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.codec.archives.parts import FIRST_YEAR
from cmcore.codec.bounds import refuse_binary

#: The most bytes that are read of a file, and that a compressed tar is followed for.
MOST_BYTES: Final = 2**31
MOST_FOLLOWED: Final = 2**34
#: How many times its own size an archive may unpack to; a small one may to this many bytes.
MOST_TIMES: Final = 100
LEAST_BYTES: Final = 2**20
#: The most files that an archive may have.
MOST_FILES: Final = 1_000_000
_LONGEST_NAME: Final = 1_000
ZIPS: Final = (".zip",)
TARS: Final = (".tar.gz", ".tgz", ".tar")
_DAMAGED: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    gzip.BadGzipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class File(NamedTuple):
    """A file that is read: its name, its text, and when it was packed, if that is told."""

    name: str
    text: TextIO
    packed: datetime | None


class _Budget:
    """How many bytes may be read of the files of an archive, in all."""

    def __init__(self, most: int, size: int | None = None) -> None:
        burst = most if size is None else max(LEAST_BYTES, MOST_TIMES * size)
        self._left = self._most = min(most, burst)
        self._is_burst = burst < most

    def spend(self, count: int) -> None:
        """Take note of bytes that were read.

        Raises:
            InvalidError: they are more than may be read.
        """
        self._left -= count
        if self._left < 0:
            raise refuse("archive-bursts" if self._is_burst else "archive-too-large",
                         most=self._most)  # fmt: skip


class _Limited(RawIOBase):
    """A stream of bytes that ends in an error where more is read than may be."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, budget: _Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._is_over = False
        self.name = getattr(stream, "name", "")

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview, /) -> int:  # type: ignore[override]
        if self._is_over:
            return 0
        self._is_over = True  # nothing is read after what cannot be
        with _told():
            found = self._stream.read(len(into))
        self._budget.spend(len(found))
        self._is_over = False
        into[: len(found)] = found
        return len(found)


def is_packed(name: str) -> bool:
    """Return whether the name of a file is that of an archive."""
    return name.lower().endswith((*ZIPS, *TARS))


def files_of(path: Path, is_wanted: Callable[[str], bool]) -> Generator[File, None, None]:
    """Yield the wanted files of an archive, in order of their names where it has one.

    Raises:
        InvalidError: the archive is damaged, too large, locked, or has names that lead out of it.
        OSError: it cannot be read.
    """
    read = _in_zip if path.name.lower().endswith(ZIPS) else _in_tar
    with _told():
        yield from read(path, is_wanted)


@contextmanager
def alone(path: Path) -> Iterator[TextIO]:
    """Give the text of a file that is no archive."""
    with path.open("rb") as stream:
        yield _text(stream, _Budget(MOST_BYTES))


@contextmanager
def _told() -> Iterator[None]:
    """Say of an archive that cannot be read what is wrong with it."""
    try:
        yield
    except InvalidError:
        raise
    except _DAMAGED:
        raise refuse("archive-damaged") from None


def _text(stream: IO[bytes], budget: _Budget) -> TextIO:
    limited = BufferedReader(_Limited(stream, budget))
    refuse_binary(limited, is_sheet=False)
    return TextIOWrapper(limited, encoding="utf-8-sig", errors="surrogateescape", newline="")


def names_in(path: Path) -> list[str]:
    """Return the names of the files of a zip.

    Raises:
        InvalidError: it is damaged, has too many files, or names that lead out of it.
        OSError: it cannot be read.
    """
    with _told(), zipfile.ZipFile(path) as archive:
        return [info.filename for info in _listed(archive)]


def _listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise refuse("too-many-packed", most=MOST_FILES)
    refuse_any(_leading_out([info.filename for info in infos]))
    return infos


def _in_zip(path: Path, is_wanted: Callable[[str], bool]) -> Iterator[File]:
    budget = _Budget(MOST_BYTES, path.stat().st_size)
    with zipfile.ZipFile(path) as archive:
        infos = _listed(archive)
        wanted = sorted(
            (one for one in infos if not one.is_dir() and is_wanted(one.filename)),
            key=lambda one: _natural(one.filename),
        )
        refuse_any(
            Problem.of("archive-locked", name=one.filename) for one in wanted if one.flag_bits & 1
        )
        for one in wanted:
            packed = _moment(partial(datetime, *one.date_time, tzinfo=UTC))
            with archive.open(one) as stream:
                yield File(one.filename, _text(stream, budget), packed)


def _in_tar(path: Path, is_wanted: Callable[[str], bool]) -> Iterator[File]:
    with path.open("rb") as raw:
        is_bare = path.name.lower().endswith(".tar")
        stream = raw if is_bare else gzip.GzipFile(fileobj=raw)
        size = path.stat().st_size
        budget = _Budget(MOST_BYTES, size)
        followed = BufferedReader(_Limited(stream, _Budget(MOST_FOLLOWED, size)))
        with tarfile.open(fileobj=followed, mode="r|") as archive:
            for count, one in enumerate(archive, 1):
                if count > MOST_FILES:
                    raise refuse("too-many-packed", most=MOST_FILES)
                refuse_any(_leading_out([one.name]))
                archive.members = []  # type: ignore[attr-defined]
                found = archive.extractfile(one) if one.isreg() and is_wanted(one.name) else None
                if found:
                    packed = _moment(partial(datetime.fromtimestamp, one.mtime, UTC))
                    yield File(one.name, _text(found, budget), packed)


def _moment(read: Callable[[], datetime]) -> datetime | None:
    """Return when a file was packed; None where that is told as no moment, or by none that knew."""
    try:
        found = read()
    except (OSError, OverflowError, ValueError):
        return None
    return found if found.year >= FIRST_YEAR else None


def _leading_out(names: list[str]) -> Iterator[Problem]:
    """Yield the problem of each name that leads out of its archive."""
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/"))
        is_out = parts.is_absolute() or ".." in parts.parts or ":" in name[:2]
        if is_out or len(name) > _LONGEST_NAME or not name.isprintable():
            yield Problem.of("leads-out", name=name[:_LONGEST_NAME])


def _natural(name: str) -> list[tuple[int, str]]:
    """Return what names are put in order by, so that `part10` comes after `part2`."""
    return [
        (int(part), "") if part.isdecimal() else (0, part) for part in re.split("([0-9]+)", name)
    ]
