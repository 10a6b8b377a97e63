"""What is wrong with frames, and with their columns."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    "column-not-readable": Said(
        (
            "`{fact}` is {type:a}, which a column of type `{kind}` cannot hold",
            "`{fact}` est {type:a}, qu'une colonne de type `{kind}` ne peut pas contenir",
        )
    ),
    "column-taken": Said(
        ("the frame has a column `{column}` already", "le tableau a déjà une colonne `{column}`"),
        ("rename it, or leave it out", "renommez-la, ou retirez-la"),
        "conflict",
    ),
    "computed-fact": Said(
        (
            "the fact `{fact}` is computed, never given",
            "le fait `{fact}` se calcule, et ne se donne jamais",
        ),
        (
            "leave the column out, or give it another name",
            "retirez la colonne, ou donnez-lui un autre nom",
        ),
    ),
    "looks-back": Said(
        (
            "`{charter}` counts earlier acts, which other parts may hold",
            "`{charter}` compte les actes antérieurs, que d'autres parties peuvent contenir",
        ),
        (
            "audit the table in one piece, with `audit_frame`",
            "auditez le tableau d'une seule pièce, avec `audit_frame`",
        ),
    ),
    "empty-frame": Said(
        ("the frame has no columns", "le tableau n'a pas de colonnes"),
        (
            "give one whose columns are named after facts",
            "donnez-en un dont les colonnes portent le nom des faits",
        ),
    ),
}
