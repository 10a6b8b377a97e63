"""What facts and their words are called in French: as files in French have them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.tones import TONES
from cmcore.codec.french import STEPS, key_in_french
from cmcore.codec.keys import VALUES

#: Fact -> the words of its closed list, which files in French have in French.
_WORDS: Final[Mapping[str, AbstractSet[str]]] = {
    **{name: fact.domain.values for name, fact in BUILTIN.items() if fact.domain.values},
    **{name: TONES.keys() for name in BUILTIN if name.endswith(".tone")},
}
#: Sort and id -> what it is called in English and in French; in English, by its id.
LABELS: Final[dict[str, tuple[str, str]]] = {
    **{f"step {step}": ("", french) for step, french in STEPS.items()},
    **{f"fact {name}": ("", key_in_french(name, "condition")) for name in BUILTIN},
    **{
        f"word {name}={word}": ("", VALUES.get(word) or key_in_french(word))
        for name, words in _WORDS.items()
        for word in words
    },
}
