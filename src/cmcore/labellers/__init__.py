"""Labellers: scores of machines for the labels of acts, and how far they may be believed."""

from cmcore.base.offers import offer

offer(__name__)
