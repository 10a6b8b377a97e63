"""Community management, made computable: charters that decide, audits that explain.

What most programs need is here; the rest is in the package of its subject: `cmcore.charters`,
`cmcore.teams`, `cmcore.circuits`, `cmcore.reviews`, `cmcore.incidents`, `cmcore.requests`,
`cmcore.organisations`. Every name is loaded when it is first used, so that `import cmcore` costs
next to nothing; the list of them is `__init__.pyi`.
"""

from cmcore.base.offers import offer

offer(__name__)
