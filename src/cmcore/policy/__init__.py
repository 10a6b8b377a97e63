"""Pure functions over the nouns: deciding, auditing, comparing."""
