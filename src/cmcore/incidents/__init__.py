"""Incidents: what happened, what is owed, how the team behaved, and when to be alarmed."""

from cmcore.base.offers import offer

offer(__name__)
