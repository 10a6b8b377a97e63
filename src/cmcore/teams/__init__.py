"""Teams: who is there, what is asked of them, who should hold which role, and what is short."""

from cmcore.base.offers import offer

offer(__name__)
