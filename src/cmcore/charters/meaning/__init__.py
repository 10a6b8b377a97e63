"""The meaning of a charter: the plain evaluation that every faster path must agree with."""
