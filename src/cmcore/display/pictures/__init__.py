"""Pictures: small drawings of numbers, steps and times, as SVG and as characters.

They need no library, take the colours of the page they stand on, and say the same in words: a
picture tells nothing that its text does not.
"""
