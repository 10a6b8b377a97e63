"""Reports: all that is found of an organisation, as one page to hand over."""

from cmcore.base.offers import offer

offer(__name__)
