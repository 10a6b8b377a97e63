"""Text: words and lists of words, links, and what is measured of a post."""

from cmcore.base.offers import offer

offer(__name__)
