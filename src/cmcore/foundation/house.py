"""The decorator every value of the library is made with."""

from typing import Any, NoReturn, TypeVar, dataclass_transform

import attrs

_T = TypeVar("_T")


def _refuse_subclass(cls: type, **_: object) -> NoReturn:
    message = f"`{cls.__mro__[1].__name__}` is not made to be subclassed: compose it instead"
    raise TypeError(message)


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def value(cls: type[_T]) -> type[_T]:
    """Make `cls` an immutable, slotted, hashable attrs value that cannot be subclassed."""
    made: Any = attrs.frozen(cls)
    made.__init_subclass__ = classmethod(_refuse_subclass)
    return made  # type: ignore[no-any-return]
