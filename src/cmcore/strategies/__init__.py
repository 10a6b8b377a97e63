"""Public Hypothesis strategies for every noun."""


def register_all() -> None:
    """Register a strategy for every noun with Hypothesis."""
