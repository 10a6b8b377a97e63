"""Requests: what people ask of us, who takes it, how long they wait, how many are needed."""

from cmcore.base.offers import offer

offer(__name__)
