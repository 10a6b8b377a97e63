"""Signals: what is unusual in a window of a history, at a stated rate of false alarms."""
