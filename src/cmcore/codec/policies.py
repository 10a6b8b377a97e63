"""Policies of Cedar: what a charter becomes there, and what cannot be said of it."""

from attrs import field

from cmcore.base.errors import Problem
from cmcore.base.values import value


@value
class CedarExport:
    """A charter as policies of Cedar, with the schema of requests and tests, both as JSON.

    `tests` are the examples of the charter as `cedar run-tests` reads them. `problems` lists what
    cannot be said, each with its rule, for which the policies are stricter, or with its example.
    """

    policies: str
    schema: str
    problems: tuple[Problem, ...] = ()
    tests: str = field(default="[]", kw_only=True)

    def __str__(self) -> str:
        return self.policies
