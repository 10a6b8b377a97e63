"""Filling: who could fill a gap with no other change, by taking a role or by being on duty."""

from collections.abc import Iterable, Iterator, Sequence

from cmcore.teams._shortfall import Holder, Measure, Meter, among, guides_of
from cmcore.teams.duty import answers
from cmcore.teams.gap import GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import Cap, Mix, Need, NotOnly, Seats, Supervision, Watch, Work
from cmcore.teams.traits import look_of
from cmcore.time.intervals import without


def candidates(one: Measure, need: Need, meter: Meter, crew: Sequence[Holder]) -> tuple[str, ...]:
    """Return the ids of those who could fill a gap, in order."""
    match need:
        case Seats() if one.kind is GapKind.SEATS:
            able = [who for who in crew if can_take(who, need.role, meter, crew)]
        case Watch():
            able = _watchers(int(one.path[1]), need, meter, crew)
        case Work():
            able = [
                who
                for who in crew
                if need.role
                and can_take(who, need.role, meter, crew)
                and spared(who, need.role, meter)
            ]
        case Mix() | NotOnly():
            able = _others(need, meter, crew)
        case Supervision():
            able = _guides(one, need, meter, crew)
        case _:
            able = []
    return tuple(who.member.id for who in able)


def perhaps(one: Measure, need: Need, meter: Meter, crew: Sequence[Holder]) -> tuple[str, ...]:
    """Return the ids of those who might fill a gap once what the need asks of them is known."""
    if not isinstance(need, Mix | NotOnly | Supervision):
        return ()
    untold = [who for who in crew if who.member.trait(need.of) is None]
    if isinstance(need, Supervision):
        able = _supervising(untold, one, need, meter, crew)
    else:
        roles: Iterable[str] = sorted(need.roles or ())
        inside = among(need, crew)
        able = [
            who
            for who in untold
            if who.member in inside or any(can_take(who, role, meter, crew) for role in roles)
        ]
    return tuple(who.member.id for who in able)


def can_take(who: Holder, role: str, meter: Meter, crew: Sequence[Holder]) -> bool:
    """Return whether somebody could take one more role, all else being as it is.

    They could not where they would be alone on it who are not to be, or be too many of a kind.
    """
    member = who.member
    if role in member.roles or member.lacks(meter.roles[role]):
        return False
    if member.most_roles is not None and len(member.roles) >= member.most_roles:
        return False
    if any(
        role in pair and not member.roles.isdisjoint(pair)
        for pair in ({apart.first, apart.second} for apart in meter.needs.separation)
    ):
        return False
    if _would_be_alone(who, role, meter, crew) or _would_be_too_many(who, role, meter, crew):
        return False
    return spared(who, role, meter) >= 0


def _would_be_alone(who: Holder, role: str, meter: Meter, crew: Sequence[Holder]) -> bool:
    """Return whether somebody who is not to be alone on a role would be, or is."""
    return any(meter.is_alone(who.member, guides) for guides in _beside(who, role, meter, crew))


def _would_be_too_many(who: Holder, role: str, meter: Meter, crew: Sequence[Holder]) -> bool:
    """Return whether too many people would be like somebody, were they to take a role."""
    caps = (need for need in meter.needs.mix if isinstance(need, Cap))
    return any(
        len(people) > need.most
        for need in caps
        if role in (need.roles or ()) and not who.held & (need.roles or frozenset())
        for people in need.alike([*among(need, crew), who.member]).values()
        if who.member.id in people
    )


def _beside(
    who: Holder, role: str, meter: Meter, crew: Sequence[Holder]
) -> Iterator[Sequence[Member]]:
    """Yield who may supervise somebody on a role, for each rule by which they need somebody."""
    for need in meter.needs.supervision:
        if need.is_ward(who.member.trait(need.of)) and (not need.roles or role in need.roles):
            yield guides_of(need, role, crew)


def spared(who: Holder, role: str, meter: Meter) -> int:
    """Return the minutes a day that somebody would have left, were they to take a role."""
    taken = sum(who.member.takes(meter.roles[worn]) for worn in {*who.member.roles, role})
    return who.member.availability.day - taken


def _watchers(number: int, need: Watch, meter: Meter, crew: Sequence[Holder]) -> list[Holder]:
    rota = meter.rota
    if rota is None:
        return []
    lapses = rota.lapses(number, meter.able(need, crew))
    when = [(start, stop) for start, stop, _ in lapses]

    def could(who: Holder) -> bool:
        counts = answers(who.member, need, who.held)
        more = who.held | {need.role} if need.role else who.held
        if not answers(who.member, need, frozenset(more)):
            return False
        is_able = counts or (need.role is not None and can_take(who, need.role, meter, crew))
        guarded = _beside(who, need.role, meter, crew) if need.role else ()
        gone = [stretch for guides in guarded for stretch in rota.nobody(rota.mask(guides))]
        return is_able and rota.free(who.number, without(when, gone), counts=counts)

    return [who for who in crew if could(who)]


def _guides(one: Measure, need: Supervision, meter: Meter, crew: Sequence[Holder]) -> list[Holder]:
    """Return those who could supervise on a role, by taking it or by being there at other hours."""
    able = [who for who in crew if need.may_supervise(who.member.trait(need.of))]
    return _supervising(able, one, need, meter, crew)


def _supervising(
    able: Sequence[Holder], one: Measure, need: Supervision, meter: Meter, crew: Sequence[Holder]
) -> list[Holder]:
    """Return those of some people who could be beside others on a role, except when they are away.

    Who is known to supervise on it is so already at their own hours; who is not, at none.
    """
    role = one.what["role"]
    rota, guides = meter.rota, guides_of(need, role, crew)
    wards = [who.member for who in crew if who.member.id in one.people]
    when = rota.alone(rota.mask(wards), rota.mask(guides)) if rota else []

    def could(who: Holder) -> bool:
        if role in who.held:
            return not _would_be_alone(who, role, meter, crew)
        return can_take(who, role, meter, crew)

    return [
        who
        for who in able
        if could(who)
        and (rota is None or not when or rota.free(who.number, when, counts=who.member in guides))
    ]


def _others(need: Mix | NotOnly, meter: Meter, crew: Sequence[Holder]) -> list[Holder]:
    """Return those who would bring another value among the holders of the roles."""
    inside = among(need, crew)
    known = {member.look(need.of) for member in inside} | {None}
    if isinstance(need, NotOnly):
        known.add(look_of(need.value))
    roles: Iterable[str] = sorted(need.roles or ())
    return [
        who
        for who in crew
        if who.member.look(need.of) not in known
        and any(can_take(who, role, meter, crew) for role in roles)
    ]
