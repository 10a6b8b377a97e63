"""Strategies for what comes of asking whether circuits can be completed."""

from hypothesis import strategies as st

from cmcore.charters.completion import completable
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion.completability import Completability
from cmcore.circuits.quorum import Quorum
from cmcore.circuits.stage import Stage
from cmcore.strategies._charters import a_circuit
from cmcore.strategies._drawing import number, pick, rare
from cmcore.strategies._teams import a_span, a_team


@st.composite
def completabilities(draw: st.DrawFn) -> Completability:
    """Return a strategy for whether teams can complete circuits, come to by completing."""
    team = a_team(draw, 3)
    asked = Approvers("role", {role.id for role in team.roles})
    known = ValidationCircuit("known", [Stage(asked, Quorum(number(draw, 1, 2)))])
    circuit = a_circuit(draw) if rare(draw, 3) else known
    author = pick(draw, (None, *(member.id for member in team.members)))
    return completable(circuit, team, a_span(draw), author=author, emergency=rare(draw))
