"""Promotions: exceptions that keep being approved unchanged become proposed permit rules."""
