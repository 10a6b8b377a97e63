"""Circuits: who must say yes before an act goes out, and whether a team can get it done."""

from cmcore.base.offers import offer

offer(__name__)
