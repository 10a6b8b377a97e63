"""Quorums: how many of the approvers must agree, or that nobody objects."""

from typing import Final

from cmcore.base.errors import refuse
from cmcore.base.regex import regex
from cmcore.base.values import value

#: How many people a stage may ask for.
MOST_APPROVERS: Final = 10_000
#: How a number, a fraction or a percentage of the approvers is written.
SHARE: Final = r"(more than )?([0-9]{1,18})(?:/([0-9]{1,18})| ?(%))?"


@value
class Quorum:
    """How many of the approvers must agree: a `count`, or the share `count / out_of` of them.

    `beyond` asks for more than that share, as a majority is more than half.
    """

    __thing__ = "made-quorum"

    count: int
    out_of: int | None = None
    beyond: bool = False

    def __attrs_post_init__(self) -> None:
        top = self.count if self.out_of is None else self.out_of
        whole = {type(self.count), type(top)} == {int}
        if not (whole and 1 <= self.count <= top - bool(self.beyond)):
            raise refuse("bad-quorum", given=str(self))
        if not self.is_share and self.count > MOST_APPROVERS:
            raise refuse("quorum-too-large", given=str(self), most=MOST_APPROVERS)

    @property
    def is_share(self) -> bool:
        """Whether it asks for a share of the approvers rather than for a number."""
        return self.out_of is not None

    @classmethod
    def parse(cls, text: str | float) -> "Quorum":
        """Read `any`, `all`, `majority`, a number, a share such as `2/3`, `50%`, `more than 2/3`.

        Raises:
            InvalidError: when the text is none of these, or asks for nobody.
        """
        if isinstance(text, str) and text in NAMED:
            return NAMED[text]
        if isinstance(text, int) and not isinstance(text, bool):
            return cls(text)
        parts = _SHARE.fullmatch(str(text)) if not isinstance(text, bool) else None
        if parts is None:
            raise refuse("wrong-value", given=text, wanted="quorum")
        beyond, count, out_of, percent = parts.groups()
        whole = _PERCENT if percent else int(out_of) if out_of else None
        return cls(int(count), whole, beyond=beyond is not None)

    def __str__(self) -> str:
        for name, quorum in NAMED.items():
            if self == quorum:
                return name
        parts = {None: "", _PERCENT: "%"}
        share = f"{self.count}{parts.get(self.out_of, f'/{self.out_of}')}"
        return f"more than {share}" if self.beyond else share


_SHARE = regex(SHARE)
_PERCENT: Final = 100
ANY: Final = Quorum(1)
ALL: Final = Quorum(1, 1)
MAJORITY: Final = Quorum(1, 2, beyond=True)
#: The quorums that have a name.
NAMED: Final = {"any": ANY, "all": ALL, "majority": MAJORITY}


@value
class Silence:
    """Lazy consensus: nobody need agree, as long as nobody objects before the deadline."""

    __thing__ = "made-quorum"

    def __str__(self) -> str:
        return "no objection"


NO_OBJECTION: Final = Silence()
