"""The ground: errors, ids, the decorator of values, three-valued truth, numbers."""

from cmcore.base.offers import offer

offer(__name__)
