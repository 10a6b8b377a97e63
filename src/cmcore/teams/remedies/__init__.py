"""Remedies: the trainings and hires that close what a team is short of, at least cost."""
