"""The ground floor: errors, values, three-valued truth, time and text."""
