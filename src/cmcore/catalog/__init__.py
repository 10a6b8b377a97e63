"""The catalog: what the five source texts teach, as ready-made values.

Each shelf is a mapping that is read when it is first used: `catalog.charters["association"]` is a
charter, `print(catalog.charters)` lists them, `catalog.charters.in_language("fr")` has them in
French, and `catalog.charters.entry("association")` says which sections of the texts it comes from.
"""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cmcore.catalog.designs import Design, design, specialise
    from cmcore.catalog.entries import (
        Advice,
        Bilingual,
        Dilemma,
        Entry,
        Idea,
        Indicator,
        Model,
        Objective,
        Practice,
        Profile,
        Size,
        Task,
    )
    from cmcore.catalog.shelves import Shelf
    from cmcore.charters.charter import Charter
    from cmcore.circuits.circuit import ValidationCircuit
    from cmcore.incidents.playbook import Playbook

    charters: Shelf[Charter]
    circuits: Shelf[ValidationCircuit]
    dilemmas: Shelf[Dilemma]
    ideas: Shelf[Idea]
    indicators: Shelf[Indicator]
    models: Shelf[Model]
    objectives: Shelf[Objective]
    playbooks: Shelf[Playbook]
    practices: Shelf[Practice]
    roles: Shelf[Profile]
    sizes: Shelf[Size]
    tasks: Shelf[Task]

#: Shelf -> the module and the name of what stands on it.
_SHELVES: Final = {
    "charters": ("charters.charter", "Charter"),
    "circuits": ("circuits.circuit", "ValidationCircuit"),
    "dilemmas": ("catalog.entries", "Dilemma"),
    "ideas": ("catalog.entries", "Idea"),
    "indicators": ("catalog.entries", "Indicator"),
    "models": ("catalog.entries", "Model"),
    "objectives": ("catalog.entries", "Objective"),
    "playbooks": ("incidents.playbook", "Playbook"),
    "practices": ("catalog.entries", "Practice"),
    "roles": ("catalog.entries", "Profile"),
    "sizes": ("catalog.entries", "Size"),
    "tasks": ("catalog.entries", "Task"),
}
_NAMES: Final = {
    **dict.fromkeys(("Design", "design", "specialise"), "catalog.designs"),
    **dict.fromkeys(
        (
            *("Advice", "Bilingual", "Dilemma", "Entry", "Idea", "Indicator", "Model"),
            *("Objective", "Practice", "Profile", "Size", "Task"),
        ),
        "catalog.entries",
    ),
    "Shelf": "catalog.shelves",
}

__all__ = [
    "Advice",
    "Bilingual",
    "Design",
    "Dilemma",
    "Entry",
    "Idea",
    "Indicator",
    "Model",
    "Objective",
    "Practice",
    "Profile",
    "Shelf",
    "Size",
    "Task",
    "charters",
    "circuits",
    "design",
    "dilemmas",
    "ideas",
    "indicators",
    "models",
    "objectives",
    "playbooks",
    "practices",
    "roles",
    "sizes",
    "specialise",
    "tasks",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _SHELVES:
        shelves = _taken("catalog.shelves", "Shelf")
        found = shelves(name, _taken(*_SHELVES[name]))
    elif name in _NAMES:
        found = _taken(_NAMES[name], name)
    else:
        message = f"module `cmcore.catalog` has no attribute `{name}`"
        raise AttributeError(message)
    globals()[name] = found
    return found


def _taken(home: str, name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    from importlib import import_module

    return getattr(import_module(f"cmcore.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
