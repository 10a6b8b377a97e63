"""The decorator every value of the library is made with: immutable, slotted, hashable, comparable.

It is attrs' own, under the house's name, so that type checkers know converters and `attrs.evolve`.
"""

from attrs import frozen as value

__all__ = ["value"]
