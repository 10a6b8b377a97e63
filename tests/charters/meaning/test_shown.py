"""What is shown of a value that no fact of its type can be."""

import pytest

from cmcore.charters.conditions.facts import Bad, FactSpec, FactType
from cmcore.charters.conditions.readings import fitted

SHOWN = [
    (FactType.FLAG, 0, "0"),
    (FactType.FLAG, 0.0, "0.0"),
    (FactType.FLAG, "", '""'),
    (FactType.FLAG, frozenset(), "[]"),
    (FactType.FLAG, "perhaps", '"perhaps"'),
    (FactType.NUMBER, False, "no"),
    (FactType.NUMBER, True, "yes"),
    (FactType.NUMBER, "0.1", '"0.1"'),
    (FactType.SYMBOL, frozenset({"a"}), '["a"]'),
    (FactType.SYMBOL, frozenset({"b", "a"}), '["a", "b"]'),
    (FactType.SYMBOL, " ", '""'),
    (FactType.SYMBOL, "“x”", "“x”"),
    (FactType.SYMBOLS, "a", '"a"'),
    (FactType.TEXT, 3, "3"),
]


@pytest.mark.parametrize(("wanted", "given", "shown"), SHOWN)
def test_a_value_that_does_not_fit_is_shown_as_it_was_given(
    wanted: FactType, given: object, shown: str
) -> None:
    assert fitted(FactSpec("f", wanted), given) == Bad(shown, wanted)
