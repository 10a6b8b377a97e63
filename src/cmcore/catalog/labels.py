"""What roles, objectives and indicators of the catalog are called, where only ids are known."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final


def _labels(shelf: str, sort: str) -> Iterator[tuple[str, tuple[str, str]]]:
    text = files("cmcore.catalog").joinpath("data", f"{shelf}.json").read_bytes()
    held: dict[str, Any] = json.loads(text)
    yield from (
        (f"{sort} {id_}", (item["label"]["en"], item["label"]["fr"])) for id_, item in held.items()
    )


#: Sort and id -> what it is called in English and in French.
LABELS: Final[dict[str, tuple[str, str]]] = {
    **dict(_labels("roles", "role")),
    **dict(_labels("objectives", "objective")),
    **dict(_labels("indicators", "indicator")),
}
