"""Suggestions: a charter to begin with, drawn from what was published."""
