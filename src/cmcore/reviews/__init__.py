"""Reviews: an act on its way through a circuit, and exceptions that should become rules."""

from cmcore.base.offers import offer

offer(__name__)
