"""Conditions: what a rule asks of facts, and which values each fact can take."""

from cmcore.charters.conditions import cards as cards
