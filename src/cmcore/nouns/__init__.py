"""The nouns of community management, as immutable values."""
