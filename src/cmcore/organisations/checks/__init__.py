"""Checkups: an organisation held against what the five source texts ask."""
