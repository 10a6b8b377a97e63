"""What is wrong with what is drawn."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "no-chart": Said(
        ("there is no chart of `{kind}`", "il n'y a pas de graphique de `{kind}`"),
        category="unknown",
    ),
}
