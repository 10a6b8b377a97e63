"""Checkups: an organisation compared with what the five source texts ask."""
