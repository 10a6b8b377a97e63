"""Organisations: all that is known of one, and a checkup of the whole."""

from cmcore.base.offers import offer

offer(__name__)
