"""What Hypothesis calls when it starts: nothing is imported before it is needed."""


def register() -> None:
    """Register the public strategies, so that `from_type(Charter)` gives valid charters."""
    from cmcore.strategies import register_all

    register_all()
