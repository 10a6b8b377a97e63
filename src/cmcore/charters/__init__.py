"""Charters: acts, rules and their conditions; deciding, auditing and comparing."""

from cmcore.base.offers import offer

offer(__name__)
