"""A word of its own in every text of another area, and whoever comes across one of them has found a leak."""
