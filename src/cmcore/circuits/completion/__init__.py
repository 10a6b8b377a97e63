"""Completion: whether a team can bring circuits to their end, at every moment of a window."""
