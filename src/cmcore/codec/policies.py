"""Policies of Cedar: what a charter becomes there, and what cannot be said of it."""

from cmcore.base.errors import Problem
from cmcore.base.values import value


@value
class CedarExport:
    """A charter as policies of Cedar, with the schema of requests, as JSON.

    `problems` lists what cannot be said, each with its rule; the policies are stricter for it.
    """

    policies: str
    schema: str
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        return self.policies
