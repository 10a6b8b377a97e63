"""Lets the reference show what the library's values are made from, as it does for dataclasses."""  # noqa: INP001 - read by MkDocs, not a package

from collections.abc import Iterator
from typing import Any

import griffe

_DECORATORS = {"cmcore.base.values.value", "cmcore.base.values.internal"}
_COMPOSITE = "hypothesis.strategies.composite"
_KINDS = griffe.ParameterKind


class Values(griffe.Extension):
    """Gives each value an `__init__` with its fields as parameters, and each enum its members."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:  # noqa: ANN401
        """Add the constructor that attrs writes, or the list of an enum's members."""
        if cls.docstring and any(str(base) in {"Enum", "StrEnum"} for base in cls.bases):
            members = "\n".join(_members(cls))
            cls.docstring.value += f"\n\n{members}"
        if not any(made.callable_path in _DECORATORS for made in cls.decorators):
            return
        given = sorted(_parameters(cls), key=lambda one: one.kind is _KINDS.keyword_only)
        first = griffe.Parameter("self", kind=_KINDS.positional_or_keyword)
        made = griffe.Function("__init__", parameters=griffe.Parameters(first, *given))
        cls.set_member("__init__", made)

    def on_function_instance(self, *, func: griffe.Function, **_: Any) -> None:  # noqa: ANN401
        """Show a composite strategy as it is called: Hypothesis itself gives `draw`."""
        if any(made.callable_path == _COMPOSITE for made in func.decorators):
            del func.parameters["draw"]
            func.returns = f"SearchStrategy[{func.returns}]"


def _members(cls: griffe.Class) -> Iterator[str]:
    for name, member in cls.members.items():
        if isinstance(member, griffe.Attribute) and name.isupper():
            said = str(member.value).strip("'")
            yield f"- `{name}`: `{said}`"


def _parameters(cls: griffe.Class) -> Iterator[griffe.Parameter]:
    for name, member in cls.members.items():
        is_field = isinstance(member, griffe.Attribute) and "property" not in member.labels
        if not is_field or member.annotation is None:
            continue
        told = _told(member.value)
        if told.get("init") == "False":
            continue
        is_named = told.get("kw_only") == "True"
        kind = _KINDS.keyword_only if is_named else _KINDS.positional_or_keyword
        default = told.get("default", _made(told.get("factory")))
        yield griffe.Parameter(
            name.lstrip("_"), annotation=member.annotation, kind=kind, default=default
        )


def _told(given: Any) -> dict[str, Any]:  # noqa: ANN401 - an expression, a text or nothing
    """Return what `field(...)` says, or the default itself."""
    if not isinstance(given, griffe.ExprCall):
        return {} if given is None else {"default": str(given)}
    if str(given.function) == "_deep":  # a field that the conditions compute for themselves
        return {"init": "False"}
    if str(given.function) not in {"field", "attrs.field"}:
        return {"default": str(given)}
    words = [each for each in given.arguments if isinstance(each, griffe.ExprKeyword)]
    return {each.name: str(each.value) for each in words}


def _made(factory: str | None) -> str | None:
    return None if factory is None else "..."
