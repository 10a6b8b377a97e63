"""Teams and needs whose ids nobody could take for anything else, and whose names are distinct."""

from collections.abc import Callable, Iterable
from typing import Final

import attrs
from hypothesis import strategies as st

from cmcore import Approvers, Needs, Stage, Team, ValidationCircuit, strategies

#: How every id begins: what is shown has it only if an id is shown.
ODD: Final = "zz-"


def renamed(team: Team, needs: Needs) -> tuple[Team, Needs]:
    """Return a team and its needs with other ids, and with a name for each of these."""
    roles = {role.id: f"{ODD}role-{n}-id" for n, role in enumerate(team.roles)}
    people = {member.id: f"{ODD}who-{n}-id" for n, member in enumerate(team.members)}
    made = Team(
        team.id,
        [
            attrs.evolve(
                one,
                id=people[one.id],
                name=f"Person {n} <b>",
                roles={roles[id_] for id_ in one.roles},
                affinity={roles[id_]: liking for id_, liking in one.affinity.items()},
                minutes={roles[id_]: minutes for id_, minutes in one.minutes.items()},
            )
            for n, one in enumerate(team.members)
        ],
        [
            attrs.evolve(one, id=roles[one.id], english=f"Role {n}", french=f"Rôle {n}")
            for n, one in enumerate(team.roles)
        ],
        zone=team.zone,
    )
    return made, _renamed_needs(needs, roles)


def _renamed_needs(needs: Needs, roles: dict[str, str]) -> Needs:
    def some(many: Iterable[str] | None) -> frozenset[str] | None:
        return None if many is None else frozenset(roles[id_] for id_ in many)

    def one(id_: str | None) -> str | None:
        return None if id_ is None else roles[id_]

    return attrs.evolve(
        needs,
        seats=[attrs.evolve(need, role=roles[need.role]) for need in needs.seats],
        hours=[attrs.evolve(need, role=one(need.role)) for need in needs.hours],
        work=[attrs.evolve(need, role=one(need.role)) for need in needs.work],
        mix=[attrs.evolve(need, roles=some(need.roles)) for need in needs.mix],
        supervision=[attrs.evolve(need, roles=some(need.roles)) for need in needs.supervision],
        separation=[
            attrs.evolve(need, first=roles[need.first], second=roles[need.second])
            for need in needs.separation
        ],
    )


def teams_and_needs() -> st.SearchStrategy[tuple[Team, Needs]]:
    """Return teams and their needs, renamed."""
    return strategies.teams_and_needs().map(lambda pair: renamed(*pair))


def asking(team: Team, circuit: ValidationCircuit) -> ValidationCircuit:
    """Return a circuit that asks the roles and the people of a team."""
    ids: dict[str, list[str]] = {
        "role": [role.id for role in team.roles],
        "name": [member.id for member in team.members],
    }

    def asked(given: Approvers | None) -> Approvers | None:
        known = ids.get(str(given.by), []) if given else []
        return given if not (given and known) else Approvers(given.by, known[: len(given.names)])

    def stages(many: Iterable[Stage]) -> list[Stage]:
        change: Callable[[Stage], Stage] = lambda one: attrs.evolve(  # noqa: E731 - one line
            one, ask=asked(one.ask) or one.ask, deputies=asked(one.deputies)
        )
        return [change(one) for one in many]

    return attrs.evolve(circuit, stages=stages(circuit.stages), emergency=stages(circuit.emergency))
