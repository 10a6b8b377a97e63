"""Compiling: a charter as an index that finds the rules an act meets without trying them all."""
