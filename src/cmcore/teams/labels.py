"""What contracts are called: files have one word for each."""

from typing import Final

from cmcore.teams.contracts import CONTRACTS

#: Sort and id -> what it is called in English and in French.
LABELS: Final[dict[str, tuple[str, str]]] = {
    f"contract {id_}": (english, french) for id_, (english, french, _) in CONTRACTS.items()
}
