"""What the library says to people, in English and French, by theme."""
