"""The index of a charter, which finds the rules an act meets without trying them all."""
