"""Tables: verdicts and nouns as data frames, of whatever kind the reader works with."""

from cmcore.base.offers import offer

offer(__name__)
