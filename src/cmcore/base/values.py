"""The decorator every value of the library is made with: immutable, slotted, hashable, comparable.

It is attrs' own, under the house's name, so that type checkers know converters and `attrs.evolve`;
what it makes keeps its instants in UTC, and shows itself in a notebook.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attrs import frozen as internal
    from attrs import frozen as value
else:
    import attrs

    from cmcore.base.fields import converted, transformed

    def value(kind: type | None = None, **options: bool) -> Any:  # noqa: ANN401 - or a decorator
        """Make an immutable value of a class, as `attrs.frozen` does, that shows itself."""
        return _made(kind, transformed, options)

    def internal(kind: type | None = None, **options: bool) -> Any:  # noqa: ANN401 - or a decorator
        """Make one that the library alone makes, many at a time: its fields are not checked."""
        return _made(kind, converted, options)

    def _made(kind: type | None, transformer: Any, options: dict[str, bool]) -> Any:  # noqa: ANN401
        def made(kind: type) -> type:
            if not hasattr(kind, "_repr_mimebundle_"):
                kind._repr_mimebundle_ = _bundle
            return attrs.frozen(kind, field_transformer=transformer, **options)

        return made if kind is None else made(kind)


__all__ = ["internal", "value"]


def _bundle(self: object, **_: Any) -> dict[str, str]:  # noqa: ANN401 - what a notebook asks for
    from cmcore.display.cards import view

    return view(self)._repr_mimebundle_()
