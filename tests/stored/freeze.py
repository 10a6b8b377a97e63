"""Write one stored value of each kind, as this version of the library packs it.

`python tests/stored/freeze.py` writes the file of the version that runs, before it is released; the
files of released versions are never written again. `tests/laws/test_stored_values.py` reads all.
"""

import json
from inspect import isclass
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import cmcore
from cmcore import unstructure
from cmcore.base.offers import offered
from cmcore.codec import pack

FOLDER: Final = Path(__file__).parent
NO_VALUES: Final = {
    *("CmcoreError", "InvalidError", "MissingExtraError", "CompiledCharter", "Fact", "View"),
}


def drawn(kind: type[Any]) -> Any:  # noqa: ANN401 - a value of that kind
    """Return the value with the most to say of a few that are drawn."""
    found: list[Any] = []

    @seed(19)
    @settings(
        max_examples=25,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.from_type(kind))
    def draw(thing: Any) -> None:  # noqa: ANN401 - as above
        found.append(thing)

    draw()
    told = [(len(json.dumps(unstructure(one))), one) for one in found]
    return max(
        (pair for pair in told if pair[0] < 6000), key=lambda pair: pair[0], default=told[0]
    )[1]


def main() -> None:
    kinds = {name: one for name, one in offered().items() if isclass(one)}
    values = {name: drawn(kind) for name, kind in sorted(kinds.items()) if name not in NO_VALUES}
    stored = {
        "packed": {name: pack(one) for name, one in values.items()},
        "digests": {
            "Charter": values["Charter"].digest,
            "Act": values["Act"].digest(),
        },
    }
    path = FOLDER / f"{cmcore.__version__}.json"
    path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(values)} values, {path.stat().st_size:,} bytes")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
