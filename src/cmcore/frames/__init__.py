"""Frames: many rows decided and audited at once, from tables of any kind."""

from cmcore.base.offers import offer

offer(__name__)
