"""What a package offers: names listed in its stub, each imported when it is first used.

The stub, `__init__.pyi`, is the one list: type checkers and editors read it, and so does `offer`.
"""

import re
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

__all__ = ["folders", "homes", "offer", "offered"]

_LINE: Final = re.compile(r"^from ([\w.]+) import (\w+) as \2$", re.MULTILINE)


class _Offering(ModuleType):
    """A package whose names, and the packages in it that it lists, are found where they live."""

    _homes: dict[str, str]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
        if name == "__version__":
            from importlib.metadata import version

            return version(self.__name__)
        if name not in self._homes:
            message = f"module `{self.__name__}` has no attribute `{name}`"
            raise AttributeError(message)
        home = self._homes[name]
        is_package = home == self.__name__
        found = (
            import_module(f"{home}.{name}") if is_package else getattr(import_module(home), name)
        )
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        return sorted(self._homes)


def offer(package: str) -> None:
    """Let a package offer what its stub lists, as PEP 562 has it.

    No name may be that of a module of the package: whichever was imported last would hide the
    other.
    """
    module = sys.modules[package]
    homes = _read(module)
    names = sorted(name for name, home in homes.items() if home != package)
    vars(module).update(_homes=homes, __all__=names)  # a star brings no package: one is called time
    module.__class__ = _Offering


def folders() -> list[str]:
    """Return the packages of the library by their names, sorted; none is imported."""
    from pkgutil import iter_modules

    import cmcore

    return sorted(one.name for one in iter_modules(cmcore.__path__) if one.ispkg)


def homes() -> dict[str, str]:
    """Return the module where each name lives that a package of the library offers."""
    import cmcore

    return {name: home for one in folders() for name, home in _read(cmcore, f"{one}/").items()}


def offered() -> dict[str, Any]:
    """Return all that the packages of the library offer, by name."""
    return {name: getattr(import_module(home), name) for name, home in homes().items()}


def _read(package: Any, folder: str = "") -> dict[str, str]:  # noqa: ANN401 - a module
    try:
        stub = package.__loader__.get_data(f"{package.__path__[0]}/{folder}__init__.pyi").decode()
    except OSError:
        return {}
    return {name: home for home, name in _LINE.findall(stub)}
