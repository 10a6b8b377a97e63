"""What is wrong with what is made a table of."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "mixed-rows": Said(
        ("no table can be made of {kinds}", "on ne peut pas faire de tableau de {kinds}"),
        (
            "give at least one thing, all of one kind: acts, decisions, requests…",
            (
                "donnez au moins une chose, toutes du même type : des actes, des "
                "décisions, des demandes…"
            ),
        ),
    ),
    "no-table": Said(
        ("there is no table of `{kind}`", "il n'y a pas de tableau de `{kind}`"),
        (
            "give a verdict, or acts, decisions, requests and the like",
            "donnez un verdict, ou des actes, des décisions, des demandes, et ainsi de suite",
        ),
    ),
    "unknown-table": Said(
        ("there is no table `{name}`", "il n'y a pas de tableau `{name}`"), category="unknown"
    ),
}
