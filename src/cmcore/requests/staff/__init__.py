"""Staffing: how many people each hour of the week takes, and where there are not enough."""
