"""Charts: verdicts as Altair charts, for whoever wants to zoom, to restyle or to publish them."""

from cmcore.base.offers import offer

offer(__name__)
