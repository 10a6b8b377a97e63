"""Mappings of files, each declared once: its form reads it, writes it, and gives its schema.

A `Form` is the value it makes and its keys, in the order in which they are written. A `Key` is its
name in the file, the kind of value under it, and what editors show about it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

import attrs

from cmcore.base.errors import InvalidError, Path, Problem
from cmcore.codec.bounds import Data
from cmcore.codec.plain import Gather, opened, renamed
from cmcore.codec.shapes import Schema, either, mapping, ref, told
from cmcore.codec.values import ZONE, Parts, Value

_T = TypeVar("_T")
#: The default zone of a part's hours: the zone of the whole.
ZONE_KEY: Final = "zone"


@attrs.frozen
class Key:
    """A key of a mapping.

    Attributes:
        name: what it is called in a file.
        value: the kind of value that stands under it.
        about: what editors show about it.
        field: the field it gives, where that has another name; `clock.week` is one of a part.
        missing: what stands for it where it is left out; what is equal to it is not written.
        broken: what stands for it where it does not read, so that the rest is checked.
        needed: whether it must be there; the code of the hint where it is missing, if it has one.
        beside: the key it goes with; `alone` makes the problem of it standing without.
        unknown: whether it may be null, where it is unknown; the item is read without these.
        always: whether it is written whatever it is.
        zoned: whether what reads it takes the zone of the mapping too.
        written: whether the form writes it; else who has the form does.
        later: whether what reads it takes what the other keys say: `Reading.key` is to be called.
    """

    name: str
    value: Value[Any]
    about: str
    field: str = attrs.Factory(lambda key: key.name, takes_self=True)
    missing: Any = attrs.field(
        default=attrs.Factory(lambda key: key.value.nothing, takes_self=True), kw_only=True
    )
    broken: Any = attrs.field(
        default=attrs.Factory(lambda key: key.missing, takes_self=True), kw_only=True
    )
    needed: str | bool = attrs.field(default=False, kw_only=True)
    beside: str | None = attrs.field(default=None, kw_only=True)
    alone: Callable[[], Problem] | None = attrs.field(default=None, kw_only=True)
    unknown: bool = attrs.field(default=False, kw_only=True)
    always: bool = attrs.field(default=False, kw_only=True)
    zoned: bool = attrs.field(default=False, kw_only=True)
    written: bool = attrs.field(default=True, kw_only=True)
    later: bool = attrs.field(default=False, kw_only=True)

    def read(self, item: Mapping[str, object], gather: Gather, more: Sequence[object]) -> Any:  # noqa: ANN401 - any value
        """Return what an item has under the key; what is wrong with it is gathered."""
        value = self.value
        if self.name not in item:
            return self.missing
        if isinstance(value, Parts):
            many = gather.key(item, self.name, value.read, ())
            return value.gathered(gather, self.name, many, more)
        read = (lambda data: value.read(data, *more)) if more else value.read
        return gather.key(item, self.name, read, self.broken)

    def write(self, thing: object) -> Data:
        """Return the plain data of what a thing has here; None where it goes without saying."""
        found = thing
        for step in self.field.split("."):
            found = getattr(found, step, None)
        is_said = (
            found is not None and self.written and (self.always or self.needed or self._says(found))
        )
        return self.value.write(found) if is_said else None

    def _says(self, found: object) -> bool:
        """Return whether it says more than the default; all empty values are alike."""
        missing = self.missing
        return bool(found != missing and (missing is None or found or missing))

    def schema(self) -> Schema:
        """Return the schema of what stands under the key."""
        is_usual = self.missing is not None and not self.needed
        usual = self.value.write(self.missing) if is_usual else None
        default: Schema = {} if usual in (None, "", [], {}) else {"default": usual}
        made = told(self.about, {**default, **self.value.schema})
        return told(self.about, either(made, {"type": "null"})) if self.unknown else made


def zone_key(about: str) -> Key:
    """Return the key of the zone of all that a file has."""
    return Key(ZONE_KEY, ZONE, about, missing="UTC", always=True)


class Form(Generic[_T]):
    """A mapping of a file: what it makes, its name, what editors show about it, and its keys.

    Args:
        make: makes a value from the fields; what it finds wrong is placed at the keys they have.
        title: what it is called.
        about: what editors show about it.
        keys: its keys, in the order in which they are written.
        parts: what makes the fields that several keys give together, by field.
        short: the schemas of what may stand for the mapping.
        required: keys that a schema asks for, and the codec does not: what is made does.
        more: what its schema says beside.
        instead: makes what is looked at where a key does not read; `dict` finds nothing wrong.
        sift: leaves out problems that only follow from others.
    """

    def __init__(  # noqa: PLR0913 - all but the first are named
        self,
        make: Callable[..., _T],
        title: str,
        about: str,
        *keys: Key,
        parts: Mapping[str, Callable[..., Any]] | None = None,
        short: Sequence[Schema] = (),
        required: Sequence[str] = (),
        more: Mapping[str, Data] | None = None,
        instead: Callable[..., object] | None = None,
        sift: Callable[[list[Problem]], list[Problem]] = list,
    ) -> None:
        self.make = make
        self.title = title
        self.about = about
        self.keys: Final = {key.name: key for key in keys}
        self.names: Final = frozenset(self.keys)
        self.parts: Final = parts or {}
        self.short = short
        self.needed: Final = {
            key.name: key.needed if isinstance(key.needed, str) else None
            for key in keys
            if key.needed
        }
        self.required: Final = [key.name for key in keys if key.needed or key.name in required]
        self.more: Final = more or {}
        self.instead = instead
        self.sift = sift
        #: Part, or nothing -> its fields, each with the key it has in the file.
        self.places: Final[dict[str, dict[str, Path]]] = {"": {}}
        for key in keys:
            part, _, field = key.field.rpartition(".")
            self.places.setdefault(part, {})[field] = (key.name,)

    def open(self, data: object, zone: str = "UTC") -> "Reading[_T]":
        """Return a mapping read key by key; `zone` is where its hours are, unless it says."""
        return Reading(self, data, zone)

    def read(self, data: object, zone: str = "UTC", **given: object) -> _T:
        """Return what a mapping makes, with fields that are `given` by what is around it.

        Raises:
            InvalidError: with every problem of every key, each with its place.
        """
        return self.open(data, zone).made(**given)

    def write(self, thing: _T) -> dict[str, Data]:
        """Return the plain data of a thing, without what goes without saying."""
        found = {name: key.write(thing) for name, key in self.keys.items()}
        return {name: data for name, data in found.items() if data is not None}

    def defined(self, name: str) -> Value[_T]:
        """Return the mapping as a kind of value, whose schema is the definition `name`."""
        return Value(self.read, ref(name), self.write)

    def closed(self) -> Schema:
        """Return the JSON Schema of the mapping alone, without what may stand for it."""
        keys = {name: key.schema() for name, key in self.keys.items()}
        beside = {name: [key.beside] for name, key in self.keys.items() if key.beside}
        more = {"dependentRequired": beside, **self.more} if beside else self.more
        return mapping(keys, self.required, **more)

    def schema(self, **defs: "Form[Any] | Schema") -> Schema:
        """Return the JSON Schema of the mapping, with the definitions that it refers to."""
        full = either(*self.short, self.closed())
        made = {"title": self.title, **told(self.about, full)}
        shapes = {
            name: one.schema() if isinstance(one, Form) else one for name, one in defs.items()
        }
        return {**made, "$defs": shapes} if shapes else made


def one_of(title: str, about: str, forms: Iterable[Form[Any]]) -> Schema:
    """Return the schema of a mapping that has one of several forms."""
    shapes = (told(form.about, form.closed()) for form in forms)
    return {"title": title, **told(about, either(*shapes))}


class Reading(Generic[_T]):
    """A mapping that is read by its form: what it says, field by field, and what is wrong."""

    def __init__(self, form: Form[_T], data: object, zone: str) -> None:
        self.form = form
        self.item, self.gather = opened(data, form.names, form.needed)
        self.told: dict[str, Any] = {}
        self.places: dict[str, Path] = {}
        if ZONE_KEY in form.keys:  # wherever it is written, other keys are read in it
            zone = Gather().key(self.item, ZONE_KEY, ZONE.read, zone)
        for key in form.keys.values():
            if key.name == ZONE_KEY:
                self.told[key.field] = self.gather.key(self.item, ZONE_KEY, ZONE.read, zone)
            elif not key.later:
                more = (zone,) if key.zoned else ()
                is_here = key.name in self.item
                self.told[key.field] = (
                    key.read(self.item, self.gather, more) if is_here else key.missing
                )
            if key.alone and key.name in self.item and key.beside not in self.item:
                self.gather.add([key.alone()])

    def key(self, name: str, *more: object) -> None:
        """Read a key that takes what the others say."""
        key = self.form.keys[name]
        self.told[key.field] = key.read(self.item, self.gather, more)
        self.places[key.field] = (key.name,)

    def made(self, **given: object) -> _T:
        """Return what the mapping makes, or raise all that is wrong with it."""
        form, gather = self.form, self.gather
        for part, make in form.parts.items():
            some = {name: self.told.pop(f"{part}.{name}") for name in form.places[part]}
            found = self._made(make, part, some)
            if found is not None:
                self.told[part] = found
        make = form.instead if form.instead and gather.problems else form.make
        made: _T | None = self._made(make, "", {**given, **self.told}, given)
        gather.problems = form.sift(gather.problems)
        return gather.made(made)

    def _made(
        self, make: Callable[..., Any], part: str, told: dict[str, Any], given: Iterable[str] = ()
    ) -> Any:  # noqa: ANN401 - what it makes, or None
        """Return what is made of fields; what is wrong with them is placed at their keys."""
        try:
            return make(**told)
        except InvalidError as error:
            places = {**dict.fromkeys(given, ()), **self.form.places[part], **self.places}
            self.gather.add(renamed(problem, places) for problem in error.problems)
            return None
