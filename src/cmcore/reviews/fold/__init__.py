"""The fold of reviews: what their opening, their events and time in between make of them."""
