"""Pictures: small drawings of numbers, steps and times, as SVG and as characters.

They need no library, take the colours of the page around them, and say the same in words: a picture
shows nothing that its text does not.
"""
