"""Following requests up: who takes each, where it is now, how long people wait."""
