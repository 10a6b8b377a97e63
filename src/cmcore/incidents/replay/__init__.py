"""Conducting: an incident replayed, duty by duty."""
