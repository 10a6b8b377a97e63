"""What a charter decides of an act, why, and what would cover it."""
