"""What the built-in kinds of act are called in French: their ids are English words already."""

from typing import Final

from cmcore.charters.kinds import KINDS

#: Sort and id -> what it is called in English and in French.
LABELS: Final[dict[str, tuple[str, str]]] = {
    **{f"kind {id_}": ("", kind.noun[1]) for id_, kind in KINDS.items()},
    "kind any": ("acts of any kind", "actes de tout type"),
}
