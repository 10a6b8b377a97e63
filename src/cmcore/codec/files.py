"""Reading and writing every value of the library: JSON, YAML and TOML, strictly."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import time
from typing import Any, Final, TypeVar

import cattrs
from cattrs.errors import StructureHandlerNotFoundError

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem, first_of, refuse, refuse_any
from cmcore.base.language import Language
from cmcore.codec.bounds import Data, decode, read_bounded, stop
from cmcore.codec.documents import BESIDE, dump_document, format_of, parse_document, read_document
from cmcore.codec.french import Written, in_english, in_file, in_french, read_words
from cmcore.codec.hooks import make_converter
from cmcore.codec.places import as_written, doubts, listed_again, placed
from cmcore.codec.spelt import as_in_file

_T = TypeVar("_T")


@cache
def converter() -> cattrs.Converter:
    """Return the library's own converter; make another with `make_converter` to change it."""
    return make_converter()


@checked
def structure(data: object, kind: type[_T]) -> _T:
    """Return the value of type `kind` that plain data describes.

    Raises:
        InvalidError: with every problem and its place.

    Examples:
        >>> from cmcore import Plan, structure
        >>> structure({"plan": {"maud": ["author"]}}, Plan).pairs
        (('maud', 'author'),)
    """
    try:
        return converter().structure(data, kind)
    except StructureHandlerNotFoundError:
        raise refuse("no-plain-form", kind=getattr(kind, "__name__", str(kind))) from None


def unstructure(thing: object) -> Data:
    """Return the plain data of any value: mappings, lists, text, numbers and flags.

    Examples:
        >>> from cmcore import Plan, unstructure
        >>> unstructure(Plan([("maud", "author")]))
        {'plan': {'maud': ['author']}}
    """
    plain: Data = converter().unstructure(thing)
    return plain


@checked
def parse(text: str | bytes, kind: type[_T], *, format: str = "yaml") -> _T:  # noqa: A002
    """Return the value of type `kind` that a `json`, `yaml` or `toml` text describes.

    Raises:
        InvalidError: with every problem, its place and its line.
        MissingExtraError: when the format needs an extra that is not installed.

    Examples:
        >>> from cmcore import Plan, parse
        >>> parse("plan: {maud: [author]}", Plan).pairs
        (('maud', 'author'),)
    """
    return _parse(text, lambda _: kind, lambda data: _read_as(kind, data), format)


#: What names other files: to import it would load every subject for who reads a charter.
_NAMING_FILES: Final = "cmcore.organisations.organisation.Organisation"


def _linking(kind: type[_T], data: Data, file: Path | None) -> _T:
    """Return the value that a document holds, with what the files hold that it names.

    Raises:
        InvalidError: with every problem of every file.
    """
    if file is None or f"{kind.__module__}.{kind.__name__}" != _NAMING_FILES:
        return structure(data, kind)
    from cmcore.codec.linked import linked  # which reads files of every kind

    whole, found = linked(data, file)
    try:
        made = structure(whole, kind)
    except InvalidError as error:
        raise InvalidError([*error.problems, *found]) from None
    refuse_any(found)
    return made


def _read_as(kind: type[_T], data: Data, file: Path | None = None) -> _T:
    """Return the value that a document holds, or say that it is of another kind altogether."""
    try:
        return _linking(kind, data, file)
    except InvalidError:
        from cmcore.codec.kinds import of_other_kind  # which knows every kind of file

        problem = of_other_kind(data, kind)
        if problem is None:
            raise
        raise InvalidError([problem]) from None


def _parse(
    text: str | bytes, kind: Callable[[Data], type[Any]], made: Callable[[Data], _T], form: str
) -> _T:
    return _made(kind, made, read_document(text, form), text, form)


def _made(
    kind: Callable[[Data], type[Any]],
    made: Callable[[Data], _T],
    document: tuple[Data, list[Problem]],
    text: str | bytes,
    form: str,
) -> _T:
    """Return what a text says, in English or in French; problems have its own keys and lines."""
    data, again = document
    found: type[Any] = object
    written = Written()
    try:
        found = kind(data)
        english, written, both = read_words(data, found)
        again = [*again, *both]
        thing = made(english)
    except InvalidError as error:
        if data == {} and form == "toml":  # which is all that an empty file says there
            raise stop("empty-document", 1) from None
        told = as_written(error.problems, [data])
        own = [as_in_file(one, written, found) for one in told]
        readable = decode(text, form)
        beside = _beside(document[1], placed(own, readable, form))
        raise InvalidError(placed(first_of([*again, *beside]), readable, form)) from None
    if again:
        raise InvalidError(placed(again, decode(text, form), form))
    return thing


def _beside(found: Iterable[Problem], others: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, except those that may only follow from what was found on their line."""
    spoilt = {one.line for one in found if BESIDE.get(one.code)}
    return (one for one in others if one.file is not None or one.line not in spoilt)


@checked
def dump(thing: object, *, format: str = "yaml", lang: Language = "en") -> str:  # noqa: A002
    """Return the `json`, `yaml` or `toml` text of a value; `parse` reads it back equal.

    `lang` is the language of its keys.

    Examples:
        >>> from cmcore import Plan, dump
        >>> print(dump(Plan([("maud", "author")])), end="")
        plan:
          maud:
          - author
        >>> from cmcore import Charter, read
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> dump(charter, lang="fr").splitlines()[0]
        'charte: nodejs-bluesky'
    """
    data = unstructure(thing)
    own = data if lang == "en" else in_french(data, type(thing))
    return dump_document(own, format)


@checked
def read(path: str | os.PathLike[str], kind: type[_T]) -> _T:
    """Return the value of type `kind` in a `.json`, `.yaml` or `.toml` file.

    Raises:
        InvalidError: with every problem, its place and its line.
        OSError: when the file cannot be read.

    Examples:
        >>> from cmcore import Charter, read
        >>> read("examples/nodejs-bluesky/charter.yaml", Charter).id
        'nodejs-bluesky'
    """
    file = Path(path)
    text, form = _text(file)
    return _parse(text, lambda _: kind, lambda data: _read_as(kind, data, file), form)


def read_any(path: str | os.PathLike[str]) -> tuple[object, list[Problem], Written]:
    """Return the value in a file, of whichever kind its keys say, and what may be a slip in it.

    Beside them are the keys that it has, at which what is said of it later is placed.

    Raises:
        InvalidError: with every problem, its place and its line.
        OSError: when the file cannot be read.
    """
    file = Path(path)
    text, form = _text(file)
    document = data, _ = read_document(text, form)
    made: object = _made(
        _kind, lambda data: _linking(_kind(data), data, file), document, text, form
    )
    readable = decode(text, form)
    english, written = in_english(data, type(made))
    again = (one.at(*in_file(one.path, written)) for one in listed_again(english))
    return made, [*doubts(text, form), *placed(again, readable, form)], written


def _kind(data: Data) -> type[Any]:
    """Return what the keys of a file say that it holds."""
    from cmcore.codec.kinds import kind_of  # which knows every kind of file

    return kind_of(data).made


def _text(file: Path) -> tuple[bytes, str]:
    with file.open("rb") as stream:
        form = format_of(file.name)
        return read_bounded(stream), form


@checked
def write(thing: object, path: str | os.PathLike[str], *, lang: Language | None = None) -> None:
    """Write a value to a `.json`, `.yaml` or `.toml` file, atomically.

    An existing file keeps its permissions, and a link keeps pointing to it. Anything that is not a
    file, such as a pipe, is written to directly. `lang` is the language of the keys: by default,
    that of the file which is there, and English where there is none.

    Raises:
        InvalidError: when the ending names no format, or the format cannot express the value.
        OSError: when the file cannot be written; it names `path`.

    Examples:
        >>> from cmcore import Plan, read, write
        >>> plan = Plan([("maud", "author")])
        >>> write(plan, "plan.json")
        >>> read("plan.json", Plan) == plan
        True
    """
    form = format_of(Path(path).name)
    write_text(
        dump(thing, format=form, lang=lang or _language(Path(path), form, type(thing))), path
    )


def write_text(text: str, path: str | os.PathLike[str]) -> None:
    """Write a text to a file as `write` does: as a whole, or not at all.

    Raises:
        OSError: when the file cannot be written; it names `path`.
    """
    try:
        _write(text.encode(), Path(path))
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None


def _language(path: Path, form: str, kind: type) -> Language:
    """Return the language of most keys of a file; English where there is none that reads."""
    with suppress(InvalidError, OSError):
        if path.is_file():
            with path.open("rb") as stream:
                _, written = in_english(parse_document(read_bounded(stream), form), kind)
                return "fr" if written.is_french else "en"
    return "en"


def _write(text: bytes, path: Path) -> None:
    is_there = _is_there(path)
    if is_there and not path.is_file():
        path.write_bytes(text)
        return
    file = Path(os.path.realpath(path))
    _sweep(file.parent)
    draft = file.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    try:
        draft.write_bytes(text)
        if is_there:
            shutil.copymode(file, draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


#: The prefix of a file being written, and for how many seconds it may exist.
_DRAFT: Final = ".cmcore-"
_LONGEST_WRITE: Final = 3600


def _sweep(folder: Path) -> None:
    """Take away what runs left that were killed while they wrote."""
    for draft in folder.glob(f"{_DRAFT}*"):
        with suppress(OSError):  # another run removed it first, or it is not ours
            if draft.is_file() and time() - draft.stat().st_mtime > _LONGEST_WRITE:
                draft.unlink()


def _is_there(path: Path) -> bool:
    """Return whether a path leads anywhere; one that leads back to itself raises."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True
