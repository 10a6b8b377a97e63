"""The decision log: what was decided, on what grounds and by which rules, to be decided again."""

from cmcore.base.offers import offer

offer(__name__)
