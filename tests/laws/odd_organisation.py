"""The car maker of the examples, every id of it odd: none is shown where names are known."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from .naming import ODD

_EXAMPLES: Final = Path(__file__).parents[2] / "examples"
_PARTS: Final = ("team", "needs", "charter", "playbook", "recall", "organisation")
#: Words that are ids there, and keys of files as well.
_OTHERWISE: Final = {"desk": "bureau", "criticism": "critics", "recall": "summons"}
#: What the example lacks that has ids, too.
_MORE: Final[dict[str, dict[str, Any]]] = {
    "charter": {
        "title": "What we may say",
        "kinds": {"visit": {"en": "store visit", "fr": "visite de magasin"}},
        "expect": [
            {"id": "often", "of": "visit", "at least": "2 per week", "because": "It is liked."}
        ],
    },
    "organisation": {"desk": "desk.yaml", "requests": "requests.jsonl"},
}


#: Only numbers are not the text they are: `on` stays a key, and a day stays as it is written.
_NUMBERS: Final = {
    first: [one for one in many if one[0].endswith((":int", ":float"))]
    for first, many in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = _NUMBERS


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers = _NUMBERS


def write(folder: Path) -> None:
    """Write its files, and those of a desk with its requests, which have no names."""
    parts = {name: {**_read(name), **_MORE.get(name, {})} for name in _PARTS}
    for id_, role in parts["team"]["roles"].items():
        role.setdefault("en", f"{id_} here")
        role.setdefault("fr", f"{id_} ici")
    parts["recall"]["names"].update(watch="0 (a few people)", crisis="3 (everybody)")
    ids = {*_ids(parts)}
    for name, data in parts.items():
        _dump(folder / f"{name}.yaml", _odd(data, ids))
    _dump(folder / "desk.yaml", {"desk": f"{ODD}front", "targets": [{"within": "4 h"}]})
    rows = [
        {"received": "r1", "at": "2026-02-09T09:00+01:00", "network": "facebook"},
        {"answered": "r1", "at": "2026-02-09T09:30+01:00", "by": f"{ODD}maya"},
        {"received": "r2", "at": "2026-02-09T09:40+01:00", "network": "facebook"},
        {"assigned": "r2", "at": "2026-02-09T10:00+01:00", "to": f"{ODD}maya"},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "requests.jsonl").write_text(text, "utf-8")


def _read(name: str) -> dict[str, Any]:
    text = (_EXAMPLES / "car-maker" / f"{name}.yaml").read_text("utf-8")
    if name == "charter":
        for word, other in _OTHERWISE.items():
            text = re.sub(rf"\b{word}\b(?!-)", other, text)
    return dict(yaml.load(text, _Loader))  # noqa: S506 - a safe one


def _dump(path: Path, data: object) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")


def _ids(parts: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the ids of everything that has a name, or says what it is."""
    yield from (parts[name][name] for name in ("team", "needs", "charter", "playbook"))
    yield from (parts["organisation"]["organisation"], parts["recall"]["incident"], "visit")
    yield from (*parts["team"]["roles"], *parts["team"]["members"])
    yield from ("defect", "collected", "watch", "serious", "crisis", "often")
    yield from parts["charter"]["circuits"]
    effects = ("permit", "refer", "forbid")
    yield from (rule[one] for rule in parts["charter"]["rules"] for one in effects if one in rule)
    yield from (next(iter(duty.values())) for duty in parts["playbook"]["duties"])
    yield from (next(iter(event.values())) for event in parts["recall"]["events"])


def _odd(data: Any, ids: set[str]) -> Any:  # noqa: ANN401 - plain data
    if isinstance(data, dict):
        return {
            _odd(key, ids): one if key in {"en", "fr", "mentions"} else _odd(one, ids)
            for key, one in data.items()
        }
    if isinstance(data, list):
        return [_odd(one, ids) for one in data]
    return f"{ODD}{data.replace(' ', '-')}" if data in ids else data
