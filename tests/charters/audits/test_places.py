"""A place in a file is said in the language of what is shown."""

import attrs

from cmcore import Act, Charter, catalog, compare
from cmcore.charters import Case
from cmcore.charters.rule import Rule


def test_a_comparison_names_lines_in_its_language() -> None:
    desk = catalog.circuits["owner"]
    old = Charter("shop", circuits=[desk], default=desk.id)
    new = attrs.evolve(old, rules=[Rule.permit("all", because="why not")])
    history = [Case(Act(id="a1", kind="publish"), place="line 2")]
    found = compare(old, new, history)
    assert "a1 (line 2)" in found.text()
    assert "a1 (ligne 2)" in found.text("fr")
