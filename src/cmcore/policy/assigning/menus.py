"""All that one person may hold, written out where that is short.

At the size of a team, hats and minutes leave each person a few dozen sets of roles. They are found
once; to choose is then to add up prices, and to know all that costs little more than the best.
"""

from collections.abc import Sequence

from cmcore.foundation.house import value
from cmcore.policy.assigning.bundles import Bonus
from cmcore.policy.assigning.model import Model, bits

LONGEST = 100
"""A longer menu is not written out."""


@value(eq=False)
class Menu:
    """The sets of roles of one person as masks, the first being what they hold for certain.

    `steps` make each other set: the place of one that has a role less, the role, and by how much
    the square of the number of hats grows.
    """

    masks: tuple[int, ...]
    steps: tuple[tuple[int, int, int], ...]

    def worths(
        self, gains: Sequence[int], step: int, bonuses: Sequence[Bonus] = ()
    ) -> list[int]:
        """Return what each set gains; `step` is what the square of the number of hats costs."""
        first = self.masks[0]
        worn = first.bit_count()
        worths = [sum(gains[role] for role in bits(first)) - step * worn * worn]
        for before, role, rise in self.steps:
            worths.append(worths[before] + gains[role] - step * rise)
        for wanted, bonus in bonuses:
            worths = [
                worth + bonus if mask & wanted else worth
                for worth, mask in zip(worths, self.masks, strict=True)
            ]
        return worths


class Menus:
    """The menus of everybody, by what they hold for certain and may hold."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[tuple[int, int, int], Menu | None] = {}

    def of(self, person: int, must: int, may: int) -> Menu | None:
        """Return one person's menu, or None where it is too long."""
        asked = person, must, may
        if asked not in self._known:
            self._known[asked] = written(self._model, person, must, may)
        return self._known[asked]


def written(model: Model, person: int, must: int, may: int) -> Menu | None:
    """Return all that a person may hold, or None where that is too long."""
    masks, steps = [must], list[tuple[int, int, int]]()
    minutes, clash, hats = model.minutes[person], model.clash, model.hats[person]
    capacity = model.capacity[person]
    free = tuple(bits(may & ~must))
    rooms = [None if capacity is None else capacity - sum(minutes[role] for role in bits(must))]
    for before, mask in enumerate(masks):
        room, worn = rooms[before], mask.bit_count()
        if worn >= hats:
            continue
        top = (mask & ~must).bit_length()
        for role in free:
            if role < top or clash[role] & mask or (room is not None and minutes[role] > room):
                continue
            masks.append(mask | 1 << role)
            steps.append((before, role, 2 * worn + 1))
            rooms.append(None if room is None else room - minutes[role])
        if len(masks) > LONGEST:
            return None
    return Menu(tuple(masks), tuple(steps))
